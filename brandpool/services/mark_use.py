"""Evidence of use by mark, class and year, and the risk of cancellation for non-use."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.mark_file import UseEvidence
from brandpool.rules.cn_mark import non_use_risk, non_use_window
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import trademarks
from brandpool.services.placings import narrowed
from brandpool.services.trademarks import MarkRow


class Evidence(NamedTuple):
    """One piece of evidence; `used_on` None: it does not count."""

    id: str
    used_on: date | None
    year: int | None
    what: str | None


class UseCell(NamedTuple):
    """One year of one mark: dated evidence, and what does not count for lack of a date."""

    year: int
    dated: tuple[str, ...]
    undated: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether any evidence of that year counts."""
        return bool(self.dated)


class UseRow(NamedTuple):
    """One mark (number × class) with its years and its risk.

    `attackable_from`: from that day anyone may apply to cancel it; `attackable`: that day has come.
    `in_window` are the pieces of evidence inside the three years before `on`, which an application
    filed that day would look at. Before publication of the registration there is no risk and
    `explained` is None; `estimated` where the registration day stands in for its publication.
    """

    mark: MarkRow
    cells: tuple[UseCell, ...]
    last_use: date | None
    attackable_from: date | None
    attackable: bool
    days_left: int | None
    in_window: tuple[str, ...]
    estimated: bool
    explained: Explained | None

    @property
    def gaps(self) -> tuple[int, ...]:
        """The years without dated evidence."""
        return tuple(cell.year for cell in self.cells if not cell.proved)


def use_grid(
    session: Session,
    on: date,
    ids: Sequence[str] | None = None,
    years: int = 3,
    *,
    ref: Reference | None = None,
) -> list[UseRow]:
    """The evidence of these marks (None: all) over the last `years` years, the nearest risk first.

    商标法第49条 (2026: 第57条), 实施条例第66、67条. Marks out of force are left out.
    """
    marks = trademarks.gather(session, ids)
    evidence = _evidence(session, ids)
    found = [
        _row(mark, evidence.get(mark.id, ()), on, years, ref)
        for mark in marks
        if trademarks.judged(mark, on, ref=ref).status != "dead"
    ]
    return sorted(found, key=lambda row: (row.attackable_from or date.max, row.mark.id))


def at_risk(rows: Iterable[UseRow], within_days: int = 180) -> list[UseRow]:
    """Rows whose mark can be attacked now or within so many days."""
    return [row for row in rows if row.days_left is not None and row.days_left <= within_days]


def _row(
    mark: MarkRow,
    evidence: Sequence[Evidence],
    on: date,
    years: int,
    ref: Reference | None,
) -> UseRow:
    counted = [piece for piece in evidence if piece.used_on is not None and piece.used_on <= on]
    cells = tuple(_cell(year, evidence, on) for year in range(on.year - years + 1, on.year + 1))
    last = max((piece.used_on for piece in counted if piece.used_on), default=None)
    window = non_use_window(on, ref=ref)
    inside = tuple(
        piece.id for piece in counted
        if piece.used_on and window.day("window_from") <= piece.used_on <= window.day("window_to")
    )  # fmt: skip
    published = mark.reg_published or mark.registered_on
    if published is None or published > on:
        return UseRow(mark, cells, last, None, False, None, inside, False, None)
    risk = non_use_risk(published, last, on, ref=ref)
    return UseRow(
        mark, cells, last, risk.day("attackable_from"), bool(risk["attackable"]),
        int(risk["days_left"]), inside, mark.reg_published is None, risk,
    )  # fmt: skip


def _cell(year: int, evidence: Sequence[Evidence], on: date) -> UseCell:
    dated = (p.id for p in evidence if p.used_on and p.used_on.year == year and p.used_on <= on)
    undated = (p.id for p in evidence if p.used_on is None and p.year == year)
    return UseCell(year, tuple(dated), tuple(undated))


def _evidence(session: Session, ids: Sequence[str] | None) -> dict[str, list[Evidence]]:
    table: Any = UseEvidence.__table__
    assert isinstance(table, Table)
    c = table.c
    query = select(c.trademark_id, c.id, c.used_on, c.year, c.what).order_by(c.used_on, c.id)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for part in narrowed(query, c.trademark_id, ids):
        for mark, *rest in session.execute(part):
            found[mark].append(Evidence(*rest))
    return found
