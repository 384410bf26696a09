"""Cases of well-known protection: anchor, stages, clocks, and what a record still lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.record import Record, fields
from brandpool.models.well_known import WellKnownCase, WellKnownStage
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.rules.well_known_case import (
    Clock,
    Stage,
    Words,
    case_anchor,
    case_words,
    clocks,
)
from brandpool.services import reference_data
from brandpool.services.placings import narrowed

PROTECTED = "protected"
_ALWAYS = ("mark", "goods", "route", "authority")
_DECIDED = ("document_no", "decided_on")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. `words` are those of the law on the day it was decided, before that of today.

    `note` is what every list prints beside it. `anchor` is None while the day its route asks for
    is unknown. `lacking` names the fields without which it is no record of protection; only a
    complete one with the outcome "protected" says that the mark was protected (`protects`).
    """

    values: Mapping[str, Any]
    words: Words
    anchored: Explained | None
    stages: tuple[Stage, ...]
    clocks: tuple[Clock, ...]
    lacking: tuple[str, ...]

    @property
    def id(self) -> str:
        """The record."""
        return str(self.values["id"])

    @property
    def anchor(self) -> date | None:
        """The day from which three and five years are counted back."""
        return self.anchored["value"] if self.anchored else None

    @property
    def note(self) -> str:
        """个案认定 or 个案确认, and that it is no title."""
        return self.words.note

    @property
    def protects(self) -> bool:
        """Whether it stands as a record of protection."""
        return self.values["outcome"] == PROTECTED and not self.lacking

    def running(self) -> tuple[Clock, ...]:
        """The clocks that nothing has stopped."""
        return tuple(clock for clock in self.clocks if clock.ended_on is None)


def cases(
    session: Session,
    on: date,
    ids: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> list[CaseRow]:
    """These cases (None: all), the latest decided first, undecided ones before them.

    商标法2019第十三、十四条; 2026第二十一、六十三条: the day of the decision selects the law.
    """
    ref = ref or reference_data.reference(session, on)
    table = _table(WellKnownCase)
    query = select(table).where(table.c.dup_of.is_(None))
    rows = [
        dict(row)
        for part in narrowed(query, table.c.id, ids)
        for row in session.execute(part).mappings()
        if ids is None or row["id"] in set(ids)
    ]
    rows.sort(key=lambda row: row["id"])
    rows.sort(key=lambda row: row["decided_on"] or date.max, reverse=True)
    stages = _stages(session, ids)
    return [_row(row, stages.get(row["id"], ()), on, ref) for row in rows]


def _row(values: Mapping[str, Any], stages: Sequence[Stage], on: date, ref: Reference) -> CaseRow:
    route = values["route"]
    known = route in ref.documents["well_known"]["anchors"]
    anchored = case_anchor(route, values, ref=ref) if known else None
    return CaseRow(
        values,
        case_words(values["decided_on"] or on, ref),
        anchored,
        tuple(stages),
        tuple(_clocks(values, stages, ref)),
        _lacking(values, anchored),
    )


def _clocks(values: Mapping[str, Any], stages: Sequence[Stage], ref: Reference) -> Iterator[Clock]:
    """The clocks; the day of the decision stops them even where its stage is not entered."""
    decided = values["decided_on"]
    implied = [Stage("", "decided", decided, None)] if decided else []
    found = clocks(values["route"] or "", [*stages, *implied], ref=ref)
    return (clock for clock in found if clock.stage)


def _lacking(values: Mapping[str, Any], anchored: Explained | None) -> tuple[str, ...]:
    declared = fields(WellKnownCase)
    wanted = [*_ALWAYS, *(_DECIDED if values["outcome"] else ())]
    found = [declared[name].label(lang()) for name in wanted if not values[name]]
    if anchored is not None and anchored["value"] is None:
        found.append(_("{day}（基准日）").format(day=declared[anchored["field"]].label(lang())))
    return tuple(found)


def _stages(session: Session, ids: Sequence[str] | None) -> Mapping[str, list[Stage]]:
    table = _table(WellKnownStage)
    c = table.c
    query = select(c.case_id, c.id, c.stage, c.sent, c.received).where(
        c.dup_of.is_(None), c.stage.is_not(None)
    )
    found: dict[str, list[Stage]] = defaultdict(list)
    for part in narrowed(query, c.case_id, ids):
        for case, *rest in session.execute(part):
            found[case].append(Stage._make(rest))
    for stages in found.values():
        stages.sort(key=lambda stage: (stage.day or date.max, stage.id))
    return found


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
