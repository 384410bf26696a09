"""What all charts share: font, sheet, print in words, saving, and what lies under the mouse."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.paths import resources

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

FONT_FILE = "NotoSansCJKsc-Regular.otf"
INK, SOFT, LINE, PAPER = "#1f2328", "#57606a", "#8c959f", "#ffffff"
SIZE = (10.0, 6.0)
BODY, TITLE, NOTE = 9.5, 14.0, 8.0
PRINT_DPI = 300
Format = Literal["png", "svg", "pdf"]
_HATCHES = ("", "////", "", "....", "", "xxxx")
_LIGHT, _DARK = (0xE3, 0xED, 0xF8), (0x12, 0x3A, 0x66)
_NOT_FIRST = "，。；：、）》”！？"


@dataclass(frozen=True, slots=True)
class Rows:
    """The enterprises behind a band, bar or cell, and what to call the list of them."""

    ids: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is told apart, on a screen and on a grey printout: lightness and hatching."""

    fill: str
    hatch: str
    text: str


@cache
def prepare(font: Path | None = None) -> None:
    """Give matplotlib the bundled Chinese font and the house's settings, once.

    Raises UserError when the font file is missing or damaged.
    """
    import matplotlib as mpl
    from matplotlib import font_manager

    file = font or resources() / "fonts" / FONT_FILE
    try:
        font_manager.fontManager.addfont(file)
        family = font_manager.FontProperties(fname=file).get_name()
    except (OSError, RuntimeError) as bad:
        raise UserError(
            _("缺少中文字体文件 {file}，图表无法绘制。请重新安装程序。").format(file=file)
        ) from bad
    mpl.rcParams.update(
        {
            "font.family": [family],
            "font.size": BODY,
            "axes.unicode_minus": False,
            "text.color": INK,
            "axes.edgecolor": LINE,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "hatch.color": LINE,
            "hatch.linewidth": 0.6,
            "svg.hashsalt": "brandpool",
            "svg.fonttype": "path",
            "pdf.fonttype": 3,
        }
    )


def sheet(title: str, definition: str, size: tuple[float, float] = SIZE) -> Figure:
    """An empty figure of `size` inches with its title above and its definition printed below."""
    prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=100, facecolor=PAPER)
    width, height = size
    lines = wrapped(definition, int((width - 0.6) * 72 * 1.9 / NOTE))
    note_height = len(lines) * NOTE * 1.45 / 72 + 0.2
    figure.text(0.3 / width, 1 - 0.2 / height, title, fontsize=TITLE, va="top")
    figure.text(
        0.3 / width,
        (note_height - 0.06) / height,
        "\n".join(lines),
        fontsize=NOTE,
        color=SOFT,
        va="top",
        linespacing=1.35,
    )
    figure.subplots_adjust(top=1 - 0.72 / height, bottom=(note_height + 0.15) / height)
    return figure


def wrapped(text: str, units: int) -> list[str]:
    """The text in lines of so many half-widths; no line starts with a closing mark."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for char in paragraph:
            width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
            if used + width > units and char not in _NOT_FIRST:
                done, line = _broken(line, char)
                lines.append(done)
                used = len(line)
            line += char
            used += width
        lines.append(line)
    return lines


def _broken(line: str, char: str) -> tuple[str, str]:
    """A full line and what of it begins the next: a Latin word is not broken."""
    start = re.search(r"[!-~]+$", line) if char.isascii() and not char.isspace() else None
    if start is None or not start.start():
        return line, ""
    return line[: start.start()].rstrip(), start[0]


def looks(count: int) -> list[Look]:
    """As many looks, from light to dark, every second one hatched."""
    return [_look(place / max(count - 1, 1), place) for place in range(count)]


def _look(depth: float, place: int) -> Look:
    mixed = (
        round(light + (dark - light) * depth) for light, dark in zip(_LIGHT, _DARK, strict=True)
    )
    return Look(
        "#" + "".join(f"{part:02x}" for part in mixed),
        _HATCHES[place % len(_HATCHES)],
        INK if depth < 0.5 else PAPER,
    )


def empty(figure: Figure, sentence: str) -> Figure:
    """A figure that says why there is nothing to see."""
    figure.text(0.5, 0.5, sentence, ha="center", va="center", fontsize=12, color=SOFT)
    return figure


@dataclass(frozen=True, slots=True)
class Area:
    """Where something that stands for rows is drawn, in pixels from the lower left."""

    mark: str
    outline: Any
    box: tuple[float, float, float, float]


def areas(figure: Figure) -> list[Area]:
    """The areas of everything that stands for rows, what lies on top first.

    Marks are the artists' gids; they are also in a saved SVG.
    """
    found = []
    for patch in sorted(marked(figure), key=lambda one: -one.get_zorder()):
        outline = patch.get_path().transformed(patch.get_transform())
        box = outline.get_extents()
        found.append(Area(patch.get_gid(), outline, (box.x0, box.y0, box.x1, box.y1)))
    return found


def hit(drawn: Sequence[Area], x: float, y: float) -> str | None:
    """The mark of what is drawn at a point, or None."""
    for area in drawn:
        left, low, right, top = area.box
        if left <= x <= right and low <= y <= top and area.outline.contains_point((x, y)):
            return area.mark
    return None


def marked(figure: Figure) -> list[Any]:
    """Everything in the figure that stands for rows."""
    return [artist for axes in figure.axes for artist in axes.patches if artist.get_gid()]


def save(figure: Figure, path: Path) -> None:
    """Save as PNG (300 dpi), SVG or PDF, by the name's ending; same figure, same bytes.

    Raises UserError for another ending or when the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("png", "svg", "pdf"):
        raise UserError(_("图片只能存为 png、svg 或 pdf，请改文件名的结尾。"))
    half = path.with_name(f".{path.stem[:40]}.part{path.suffix}")
    try:
        half.write_bytes(picture(figure, kind))
        half.replace(path)
    except OSError as bad:
        raise UserError(
            _("{file} 没有写成（{why}）。请检查文件是否正打开、文件夹能否写入。").format(
                file=path.name, why=bad.strerror
            )
        ) from bad
    finally:
        half.unlink(missing_ok=True)


def picture(figure: Figure, kind: str = "png", dpi: int = PRINT_DPI) -> bytes:
    """The figure as a picture file's bytes."""
    dateless: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None},
        "pdf": {"CreationDate": None},
    }
    bytes_ = io.BytesIO()
    figure.savefig(bytes_, format=kind, dpi=dpi, metadata=dateless[kind])
    return bytes_.getvalue()


def tsv(frame: DataFrame) -> str:
    """A table of numbers as spreadsheets paste it: tabs between, CRLF after each line."""
    lines = [[str(name) for name in frame.columns]]
    lines += [["" if value is None else str(value) for value in row] for row in frame.to_numpy()]
    return "".join("\t".join(_quoted(cell) for cell in line) + "\r\n" for line in lines)


def _quoted(cell: str) -> str:
    if not any(char in cell for char in '\t\r\n"'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
