"""How the window looks: one light palette, one font size, a few leaf widgets with a style sheet.

Cells of tables have no style sheet rules: they would cost half as much time again per cell.
"""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from brandpool.paths import resources

INK = "#1f2328"
SOFT = "#57606a"
PAPER = "#ffffff"
DESK = "#f3f5f8"
RAIL = "#e8ecf2"
LINE = "#d0d7de"
ACCENT = "#1f5fa8"
TINT = "#e3edf8"
WARN = "#8a4b00"
WARN_PAPER = "#fff4df"
SAMPLE = "#a34a00"
BAD = "#b3261e"
BAD_PAPER = "#fdecea"
GOOD = "#1b6e3c"
STRIPE = "#f8fafc"

ROW_HEIGHT = 26
POINTS = 10


def load_font() -> str:
    """Load the fonts that ship with the program; returns the family to use."""
    family = ""
    for file in sorted((resources() / "fonts").glob("*.[ot]t[fc]")):
        number = QFontDatabase.addApplicationFont(str(file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family


def dress(app: QApplication) -> None:
    """Give the whole program its font and palette."""
    app.setStyle("Fusion")
    family = load_font()
    font = QFont(family) if family else app.font()
    font.setPointSize(POINTS)
    app.setFont(font)
    app.setPalette(palette())


def palette() -> QPalette:
    """The colours of the program; every text on its ground has a contrast of 4.5:1 or more."""
    colours = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: DESK,
        role.WindowText: INK,
        role.Base: PAPER,
        role.AlternateBase: STRIPE,
        role.Text: INK,
        role.PlaceholderText: "#6a737d",
        role.Button: "#f6f8fa",
        role.ButtonText: INK,
        role.ToolTipBase: "#fffbe6",
        role.ToolTipText: INK,
        role.Highlight: ACCENT,
        role.HighlightedText: PAPER,
        role.Link: ACCENT,
        role.Accent: ACCENT,
        role.Mid: LINE,
    }.items():
        colours.setColor(which, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(off, which, QColor("#8c959f"))
    colours.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor("#cfe0f3"))
    colours.setColor(QPalette.ColorGroup.Inactive, role.HighlightedText, QColor(INK))
    return colours


def heading(text: str, *, points: float = 14) -> QLabel:
    """A title of a page or section."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(points)
    font.setBold(True)
    label.setFont(font)
    return label


def soft(text: str) -> QLabel:
    """A quiet line of explanation."""
    label = QLabel(text)
    tint(label, SOFT)
    label.setWordWrap(True)
    return label


def tint(widget: QWidget, colour: str) -> None:
    """Colour the text of a widget."""
    colours = widget.palette()
    colours.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    colours.setColor(QPalette.ColorRole.Text, QColor(colour))
    widget.setPalette(colours)


def paint_ground(widget: QWidget, colour: str) -> None:
    """Fill the ground of a widget."""
    colours = widget.palette()
    colours.setColor(QPalette.ColorRole.Window, QColor(colour))
    widget.setPalette(colours)
    widget.setAutoFillBackground(True)


def card() -> QFrame:
    """A white sheet with a fine line around it."""
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    paint_ground(frame, PAPER)
    return frame


def primary(button: QPushButton) -> QPushButton:
    """The one button of a page that is most likely wanted."""
    button.setStyleSheet(
        f"QPushButton {{ background: {ACCENT}; color: {PAPER}; border: 1px solid {ACCENT};"
        " border-radius: 3px; padding: 4px 14px; }"
        f"QPushButton:hover {{ background: #174a85; }}"
        f"QPushButton:focus {{ border: 2px solid #0b2f57; }}"
        f"QPushButton:disabled {{ background: #c9d3df; border-color: #c9d3df; color: #4a525b; }}"
    )
    return button


def quiet(button: QPushButton) -> QPushButton:
    """A button that looks like a link."""
    button.setStyleSheet(
        f"QPushButton {{ border: none; color: {ACCENT}; padding: 2px 6px; text-align: left; }}"
        f"QPushButton:hover, QPushButton:focus {{ text-decoration: underline; }}"
    )
    return button


RAIL_SHEET = (
    f"QListWidget {{ background: {RAIL}; border: none; outline: none; }}"
    f"QListWidget::item {{ color: {INK}; padding: 0 8px; border-left: 3px solid transparent; }}"
    f"QListWidget::item:disabled {{ color: {SOFT}; padding: 0 6px 2px 6px; }}"
    f"QListWidget::item:hover {{ background: #dde4ed; }}"
    f"QListWidget::item:disabled:hover {{ background: {RAIL}; }}"
    f"QListWidget::item:selected {{ background: {PAPER}; color: {ACCENT};"
    f" border-left: 3px solid {ACCENT}; }}"
)

BANNER_SHEET = f"QLabel {{ background: {WARN_PAPER}; color: {WARN}; padding: 4px 10px; }}"
SAMPLE_SHEET = (
    f"QLabel {{ background: {SAMPLE}; color: {PAPER}; padding: 3px 10px; font-weight: bold; }}"
)


def colour(name: str) -> QColor:
    """A colour of the palette above, for items of models."""
    return QColor(name)
