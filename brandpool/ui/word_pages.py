"""Strips put on pages: nothing is torn that belongs together, headers of tables come again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from brandpool.exchange.word_reading import Sheet
from brandpool.ui.word_layout import UNITS, Strip, strips


@dataclass(slots=True)
class Page:
    """A page: the paper of its section, its strips with their heights from the top, its number.

    `of_section` is how many pages its section has, `total` how many there are in all.
    """

    sheet: Sheet
    strips: list[tuple[float, Strip]] = field(default_factory=list)
    number: int = 0
    of_section: int = 0
    total: int = 0


def pages(sheets: Sequence[Sheet]) -> list[Page]:
    """All pages of the sections, numbered through."""
    made: list[Page] = []
    for sheet in sheets:
        filled = _Filler(sheet).fill()
        for page in filled:
            page.of_section = len(filled)
        made += filled
    for number, page in enumerate(made, 1):
        page.number, page.total = number, len(made)
    return made


class _Filler:
    """Fills the pages of one section from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        top, right, bottom, left = sheet.margins
        self._sheet = sheet
        self._width = (sheet.width - left - right) * UNITS
        self._room = (sheet.height - top - bottom) * UNITS
        self._pages = [Page(sheet)]
        self._y = 0.0

    def fill(self) -> list[Page]:
        """The pages; there is always one."""
        for group in _groups(strips(self._sheet.blocks, self._width)):
            high = sum(strip.height for strip in group)
            torn = self._y + high > self._room + 1
            fits_alone = high + _headers(group) <= self._room
            if self._y and (group[0].new_page or (torn and fits_alone)):
                self._turn()
            for strip in group:
                self._put(strip)
        return self._pages

    def _put(self, strip: Strip) -> None:
        if self._y and self._y + strip.height > self._room + 1:
            self._turn()
        if not self._y:
            for head in strip.repeated:
                self._place(head)
        self._place(strip)

    def _place(self, strip: Strip) -> None:
        self._pages[-1].strips.append((self._y, strip))
        self._y += strip.height

    def _turn(self) -> None:
        self._pages.append(Page(self._sheet))
        self._y = 0.0


def _groups(found: Iterator[Strip]) -> Iterator[list[Strip]]:
    """Strips that must stand on one page: each holds on to the next, but for the last."""
    group: list[Strip] = []
    for strip in found:
        if strip.new_page and group:
            yield group
            group = []
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def _headers(group: Sequence[Strip]) -> float:
    return sum(head.height for head in group[0].repeated)
