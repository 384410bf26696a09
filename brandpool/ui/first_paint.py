"""What is on the screen while the rest of the program is still being read from the disk."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QWidget

from brandpool.i18n import Lang
from brandpool.ui import style

_WORDS = {"zh": "正在打开品牌培育库……", "en": "Opening BrandPool …"}


class FirstPaint(QMainWindow):
    """An empty window where the real one will stand, with nothing behind it yet."""

    def __init__(self, placement: str, lang: Lang) -> None:
        super().__init__()
        self.setWindowTitle(_WORDS[lang].rstrip(" …"))
        self.resize(1280, 700)
        geometry = placement.partition(" ")[2]
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        rail = QWidget()
        rail.setFixedWidth(132)
        style.paint_ground(rail, style.RAIL)
        words = QLabel(_WORDS[lang])
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = QWidget()
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(rail)
        line.addWidget(words, 1)
        self.setCentralWidget(centre)
