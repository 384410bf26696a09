"""The star rating of a station: thirteen items scored from the ledgers, set right by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sqlalchemy import Select, Table, and_, or_, select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.kinds import by_kind
from brandpool.models.star import StarScore
from brandpool.models.training import STAR_ITEMS, Training
from brandpool.rules.reference import Reference
from brandpool.services import records, reference_data
from brandpool.services.counted import Counted, RecordKey, keys
from brandpool.services.records import Filter, Op, Query

_HUNDREDTH = Decimal("0.01")
_STATION = "station_id"
Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of an item: what was found for it, how much is enough, what is missing.

    `rows` are the records that count for it and for nothing else; `number` is how many count
    (enterprises, where the part counts those).
    """

    label: str
    points: Decimal
    score: Decimal
    kind: str
    rows: tuple[RecordKey, ...]
    number: int
    enough: int
    missing: str


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One of the thirteen: `proposed` by the ledgers, `own` as a person scored it, and why."""

    code: str
    label: str
    group: str
    points: Decimal
    parts: tuple[PartScore, ...]
    own: Decimal | None = None
    reason: str = ""
    scored_by: str = ""
    record: str = ""

    @property
    def proposed(self) -> Decimal:
        """The points that the ledgers bear out."""
        return sum((part.score for part in self.parts), Decimal(0))

    @property
    def score(self) -> Decimal:
        """The person's score where there is one, else the proposed one."""
        return self.proposed if self.own is None else self.own

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still lacking for all the points."""
        return tuple(part.missing for part in self.parts if part.missing)

    @property
    def rows(self) -> tuple[RecordKey, ...]:
        """All records that bear the item out."""
        return tuple(row for part in self.parts for row in part.rows)


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of a year; `verified` tells whether the rules within the items were checked."""

    year: int
    on: date
    standard: str
    note: str
    verified: bool
    items: tuple[ItemScore, ...]

    @property
    def total(self) -> Decimal:
        """The sum with the scores a person has set."""
        return sum((item.score for item in self.items), Decimal(0))

    @property
    def proposed(self) -> Decimal:
        """The sum that the ledgers bear out."""
        return sum((item.proposed for item in self.items), Decimal(0))


def rate(
    session: Session, year: int, on: date, station: str = "", ref: Reference | None = None
) -> Rating:
    """Score the station in a year, as far as the ledgers go on a day (no later than its last).

    Every record counts in one item only, the first that takes it; papers of the profile marked
    `shared` are no events and may be cited twice. `station` limits what is kept by station.
    """
    ref = ref or reference_data.reference(session, on)
    document = ref.documents["stars"]
    day = min(on, date(year, 12, 31))
    own = _own(session, year, station)
    taken: set[RecordKey] = set()
    items = []
    for spec in document["items"]:
        parts = tuple(_part(session, part, year, day, station, taken) for part in spec["parts"])
        mine = own.get(spec["code"], {})
        score = mine.get("score")
        items.append(
            ItemScore(
                spec["code"], spec["zh"], spec["group"], Decimal(str(spec["points"])), parts,
                score if isinstance(score, Decimal) else None, str(mine.get("reason") or ""),
                str(mine.get("scored_by") or ""), str(mine.get("id") or ""),
            )
        )  # fmt: skip
    return Rating(
        year, day, document["standard"], document["note"], bool(document["rules_verified"]),
        tuple(items),
    )  # fmt: skip


def set_score(
    session: Session, rating: Rating, item: str, score: Decimal, reason: str, who: str, on: date,
    station: str = "",
) -> str:  # fmt: skip
    """Put a person's score in place of the proposed one; returns its record.

    Raises UserError without a reason, or when the score is below 0 or above the item's points.
    """
    held = next((one for one in rating.items if one.code == item), None)
    if held is None:
        raise UserError(_("评价项目中没有“{item}”。").format(item=item))
    if not reason.strip():
        raise UserError(_("改动自评分须写明理由，例如评价细则的条款或补充的材料。"))
    if not 0 <= score <= held.points:
        text = _("“{item}”的分值为 0 至 {points} 分，没有保存。")
        raise UserError(text.format(item=held.label, points=held.points))
    values: dict[str, Value] = {
        "year": rating.year, "item": item, "score": score, "reason": reason.strip(),
        "scored_by": who or None, "scored_on": on, _STATION: station or None,
    }  # fmt: skip
    if held.record:
        records.edit(session, StarScore, held.record, values)
        return held.record
    return records.add(session, StarScore, values)


def clear_score(session: Session, rating: Rating, item: str) -> None:
    """Go back to the score that the ledgers bear out."""
    held = next((one.record for one in rating.items if one.code == item and one.record), "")
    if held:
        records.remove(session, StarScore, [held])


def events(session: Session, year: int) -> dict[str, Counted]:
    """The events of a year by the item each counts for; "" are those assigned to none yet.

    Their totals add up to the year's events: each is in exactly one.
    """
    within = (
        Filter("held_on", Op.AT_LEAST, date(year, 1, 1)),
        Filter("held_on", Op.AT_MOST, date(year, 12, 31)),
    )
    ids = records.find(session, Training, Query(within, order=("held_on",)))
    by_item: dict[str, list[str]] = {code: [] for code in ("", *(c.code for c in STAR_ITEMS))}
    for row in records.rows(session, Training, ids):
        if row.dup_of is None:
            by_item.setdefault(str(row["star_item"] or ""), []).append(row.id)
    text = _("{year} 年举办、计入该项目的活动")
    return {
        item: Counted(len(held), _("次"), keys("training", held), text.format(year=year))
        for item, held in by_item.items()
    }


def _own(session: Session, year: int, station: str) -> dict[str, dict[str, Any]]:
    """The scores that people have set, by item."""
    ids = records.find(session, StarScore, Query((Filter("year", Op.EQUALS, year),)))
    return {
        str(row["item"]): {**row.values, "id": row.id}
        for row in records.rows(session, StarScore, ids)
        if row.dup_of is None and (row[_STATION] or "") == station
    }


def _part(
    session: Session, spec: Spec, year: int, day: date, station: str, taken: set[RecordKey]
) -> PartScore:
    points, enough = Decimal(str(spec["points"])), int(spec["enough"])
    rows, number = _found(session, spec, year, day, station, taken)
    share = min(Decimal(1), Decimal(number) / enough)
    if spec.get("whole"):
        share = Decimal(number >= enough)
    missing = ""
    if number < enough:
        model = by_kind().get(spec["kind"])
        text = _("{label}：现有 {number}，还差 {lacking}（登记在“{ledger}”）")
        missing = text.format(
            label=spec["zh"], number=number, lacking=enough - number,
            ledger=model.zh if model else spec["kind"],
        )  # fmt: skip
    score = (points * share).quantize(_HUNDREDTH, ROUND_DOWN)
    return PartScore(spec["zh"], points, score, spec["kind"], rows, number, enough, missing)


def _found(
    session: Session, spec: Spec, year: int, day: date, station: str, taken: set[RecordKey]
) -> tuple[tuple[RecordKey, ...], int]:
    model = by_kind().get(spec["kind"])
    if model is None:
        return (), 0
    found = session.execute(_query(model.__table__, spec, year, day, station)).mappings().all()
    if not spec.get("shared"):
        found = [row for row in found if (spec["kind"], row["id"]) not in taken]
        taken.update((spec["kind"], row["id"]) for row in found)
    by = spec.get("distinct")
    number = len({row[by] for row in found if row[by]}) if by else len(found)
    return keys(spec["kind"], [row["id"] for row in found]), number


def _query(table: Table, spec: Spec, year: int, day: date, station: str) -> Select[Any]:
    c = table.c
    conditions: list[Any] = [c.dup_of.is_(None)]
    conditions += [c[name].in_(values) for name, values in spec.get("where", {}).items()]
    if "in_year" in spec:
        conditions.append(c[spec["in_year"]].between(date(year, 1, 1), day))
    if "standing" in spec:
        begins, ends = (c[name] for name in spec["standing"])
        conditions.append(or_(begins.is_(None), begins <= day))
        conditions.append(or_(ends.is_(None), ends > day))
    conditions += [_filled(c[name]) for name in spec.get("filled", ())]
    if station and _STATION in c:
        conditions.append(or_(c[_STATION] == station, c[_STATION].is_(None)))
    elif station and spec["kind"] == "station":
        conditions.append(c.id == station)
    return select(table).where(*conditions).order_by(c.id)


def _filled(column: Any) -> Any:
    return and_(column.is_not(None), column != "") if _textual(column) else column.is_not(None)


def _textual(column: Any) -> bool:
    return column.type.python_type is str


def lines(rating: Rating) -> Sequence[tuple[str, str, str, str, str, str]]:
    """The rating as a table: item, points, proposed, score, reason, what is missing."""
    return [
        (
            item.label, number(item.points), number(item.proposed), number(item.score),
            item.reason, "；".join(item.missing),
        )
        for item in rating.items
    ]  # fmt: skip


def number(value: Decimal) -> str:
    """Points without needless zeros."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")
