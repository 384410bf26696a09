"""What all charts share: font, sheet, print in words, saving, and what lies under the mouse."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.paths import resources
from brandpool.reports.ask import Span
from brandpool.services.counted import RecordKey

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

FONT_FILE = "NotoSansCJKsc-Regular.otf"
INK, SOFT, LINE, PAPER = "#1f2328", "#57606a", "#8c959f", "#ffffff"
SIZE = (10.0, 6.0)
BODY, TITLE, NOTE = 9.5, 14.0, 8.0
PRINT_DPI = 300
TIME, DAYS = "time", "days"
"""Gids of axes along which time runs, by places of periods or by days."""
Format = Literal["png", "svg", "pdf"]
_HATCHES = ("", "////", "", "....", "", "xxxx")
_LIGHT, _DARK = (0xE3, 0xED, 0xF8), (0x12, 0x3A, 0x66)
_NOT_FIRST = "，。；：、）》”！？"


@dataclass(frozen=True, slots=True)
class Rows:
    """The records behind a band, bar or cell, and what to call the list of them."""

    keys: tuple[RecordKey, ...]
    title: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The records' ids."""
        return tuple(record for _kind, record in self.keys)


def firms(ids: Iterable[str], title: str) -> Rows:
    """Enterprises behind something drawn."""
    return Rows(tuple((Enterprise.kind(), one) for one in ids), title)


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

    Marks are the artists' gids; they are also in a saved SVG. The entries of legends come first.
    """
    if figure.stale:
        # A legend has its place only once it has been laid out.
        figure.draw_without_rendering()
    found = list(_entries(figure))
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


def _entries(figure: Figure) -> Iterator[Area]:
    from matplotlib.path import Path as Outline
    from matplotlib.transforms import Bbox

    made = [*figure.legends, *(axes.get_legend() for axes in figure.axes)]
    for one in made:
        for patch, text in zip(one.get_patches(), one.get_texts(), strict=True) if one else ():
            if patch.get_gid():
                box = Bbox.union([patch.get_window_extent(), text.get_window_extent()]).padded(3)
                outline = Outline([(box.x0, box.y0), (box.x0, box.y1), (box.x1, box.y1),
                                   (box.x1, box.y0), (box.x0, box.y0)])  # fmt: skip
                yield Area(str(patch.get_gid()), outline, (box.x0, box.y0, box.x1, box.y1))


@dataclass(frozen=True, slots=True)
class Scale:
    """Where time runs in a picture: pixels from the left, and what they mean at both ends.

    `days` says that the meaning is a day since 1970-01-01, otherwise it is a place among periods.
    """

    left: float
    right: float
    low: float
    high: float
    days: bool

    def at(self, pixel: float) -> float:
        """What a pixel from the left means."""
        share = (min(max(pixel, self.left), self.right) - self.left) / (self.right - self.left)
        return self.low + share * (self.high - self.low)


def scale(figure: Figure) -> Scale | None:
    """Where time runs in a figure, in pixels; None where it does not."""
    for axes in figure.axes:
        if axes.get_gid() in (TIME, DAYS):
            box = axes.get_window_extent()
            low, high = axes.get_xlim()
            return Scale(box.x0, box.x1, low, high, axes.get_gid() == DAYS)
    return None


def span_of(spans: Sequence[Span], found: Scale, first: float, last: float) -> Span:
    """The days between two pixels from the left, however they were dragged.

    `spans` are the periods by their places, for a scale of places.
    """
    low, high = sorted((found.at(first), found.at(last)))
    if found.days:
        return _day(low), _day(high)
    places = [min(max(round(place), 0), len(spans) - 1) for place in (low, high)]
    return spans[places[0]][0], spans[places[1]][1]


def run_in_days(axes: Any, most: int = 12) -> None:
    """Let time run along the axes by days, with so many dates under it at most."""
    from matplotlib import dates

    known: Any = dates
    axes.set_gid(DAYS)
    axes.xaxis.set_major_locator(known.AutoDateLocator(maxticks=most))
    axes.xaxis.set_major_formatter(known.DateFormatter("%Y-%m"))


def _day(number: float) -> date:
    return date(1970, 1, 1) + timedelta(round(number))


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
