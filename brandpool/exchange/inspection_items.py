"""One item of the inspection checklist: the files it becomes, or what is missing for it.

Files and gaps are in Chinese, whatever the window's language.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.exchange import list_out, target_papers, word
from brandpool.exchange.table_out import chinese_day, clean_name
from brandpool.i18n import _
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.models.star import StationPaper
from brandpool.reports.documents.content import Listing, Office, frame
from brandpool.rules.reference import Reference
from brandpool.rules.scheme import Group, Ladder
from brandpool.services import answers, indicators, questions, records, schemes, stars, targets
from brandpool.services.records import Filter, Op, Query
from brandpool.services.targets import UNVERIFIED

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """What every item may look at: the pool, the year and its last day, today, files, the office.

    `day` is the last day that counts: the end of the year, or today while it still runs.
    """

    session: Session
    year: int
    day: date
    on: date
    files: Attachments
    by: Office
    ref: Reference


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written for an item."""

    path: Path
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """What became of an item; one that is not needed may have neither."""

    files: tuple[Made, ...] = ()
    gaps: tuple[str, ...] = ()


def write(room: Room, item: Item, folder: Path, stem: str) -> Found:
    """Write the files of one item into a folder, their names beginning with `stem`.

    Raises UserError when the checklist asks for something that the program does not know.
    """
    kind = next((key for key in _WRITERS if key in item), None)
    if kind is None:
        text = _("检查清单中的“{item}”没有写明来源，请在参考数据“检查清单”中改正。")
        raise UserError(text.format(item=item.get("zh", "")))
    found = _WRITERS[kind](room, item, folder, stem)
    return found if item.get("needed", True) else Found(found.files)


def _ledger(room: Room, item: Item, folder: Path, stem: str) -> Found:
    model = by_kind().get(item["ledger"])
    if model is None:
        text = _("检查清单中的“{item}”指向不存在的台账“{kind}”，请在参考数据中改正。")
        raise UserError(text.format(item=item["zh"], kind=item["ledger"]))
    query = Query(
        _within(room, item.get("in_year")), (item["in_year"],) if "in_year" in item else ()
    )
    ids = records.find(room.session, model, query)
    if not ids:
        return Found(gaps=(_none(room, item),))
    names = [name for name, declared in fields(model).items() if declared.listed]
    answer = answers.listing(room.session, model, ids, names, room.day)
    return Found((_list(room, answer, item["zh"], folder / f"{stem}.xlsx"),))


def _standing(room: Room, item: Item, folder: Path, stem: str) -> Found:
    made, gaps = [], []
    for code, name, _scheme in schemes.ladders(room.session, room.day):
        answer = answers.answer(room.session, questions.pool_list(code), room.day)
        if answer.rows:
            title = f"{item['zh']}（{name}）"
            path = folder / f"{stem}_{clean_name(name)}.xlsx"
            made.append(_list(room, answer, title, path))
        else:
            gaps.append(f"“{name}”没有在库企业")
    return Found(tuple(made), tuple(gaps) if made or gaps else (_none(room, item),))


def _papers(room: Room, item: Item, folder: Path, stem: str) -> Found:
    wanted = Filter("paper_kind", Op.ONE_OF, tuple(item["papers"]))
    query = Query((wanted, *_within(room, item.get("in_year"))), ("dated", "title"))
    ids = records.find(room.session, StationPaper, query)
    made: list[Made] = []
    gaps: list[str] = []
    for row in records.rows(room.session, StationPaper, ids):
        title = str(row["title"])
        if not row["content_hash"]:
            gaps.append(f"《{title}》没有附件文件")
            continue
        try:
            content = room.files.read(str(row["content_hash"]))
        except UserError:
            gaps.append(f"《{title}》的附件缺失或已损坏")
            continue
        suffix = Path(str(row["file_name"] or "")).suffix
        path = folder / f"{stem}_{len(made) + 1:02d}_{clean_name(title)[:60]}{suffix}"
        path.write_bytes(content)
        made.append(Made(path, 1, hashlib.sha256(content).hexdigest()))
    return Found(tuple(made), tuple(gaps) if ids else (_none(room, item),))


def _scheme(room: Room, item: Item, folder: Path, stem: str) -> Found:
    tables = [
        Listing(("层级", "条件", "说明"), tuple(_conditions(ladder)),
                f"{ladder.words.label('zh')}（{scheme.title} {scheme.document_no}）".strip())
        for scheme in schemes.in_force(room.session, room.day)
        for ladder in scheme.ladders
    ]  # fmt: skip
    if not tables:
        return Found(gaps=("没有施行中的梯队方案",))
    return Found((_paper(room, item["zh"], tables, folder / f"{stem}.docx"),))


def _effects(room: Room, item: Item, folder: Path, stem: str) -> Found:
    before = date(room.day.year - 1, 12, 31)
    counted = []
    for code in item["effects"]:
        one = indicators.indicator(code, room.ref)
        way = one.way(None)
        now = indicators.count(room.session, one, way, room.day, room.ref)
        then = indicators.count(room.session, one, way, before, room.ref)
        counted.append((one.label, now, then))
    table = target_papers.effect_listing(counted, room.day)
    gaps = tuple(
        f"{name}：{len(now.unknown)} 条待查" for name, now, _then in counted if now.unknown
    )
    return Found((_paper(room, item["zh"], [table], folder / f"{stem}.docx"),), gaps)


def _targets(room: Room, item: Item, folder: Path, stem: str) -> Found:
    rows = [row for row in targets.find(room.session, room.on, ref=room.ref)
            if row.year >= room.year]  # fmt: skip
    if not rows:
        return Found(gaps=(_none(room, item),))
    table = target_papers.target_listing(rows)
    gaps = tuple(
        f"{row.title}（{row.year}）：{row.actual.definition}"
        for row in rows
        if row.state == UNVERIFIED
    )
    return Found((_paper(room, item["zh"], [table], folder / f"{stem}.docx"),), gaps)


def _stars(room: Room, item: Item, folder: Path, stem: str) -> Found:
    rating = stars.rate(room.session, room.year, room.on, ref=room.ref)
    table = target_papers.rating_listing(rating)
    gaps = tuple(f"{one.label}：{what}" for one in rating.items for what in one.missing)
    return Found((_paper(room, item["zh"], [table], folder / f"{stem}.docx"),), gaps)


def _conditions(ladder: Ladder) -> Iterator[tuple[str, ...]]:
    for tier in ladder.tiers:
        name = tier.words.label("zh")
        for condition in tier.conditions:
            label = condition.words.label("zh")
            if isinstance(condition, Group):
                parts = "；".join(part.words.label("zh") for part in condition.parts)
                label = f"{label}：{parts}" if label else parts
            yield name, label, condition.note or "—"
        if not tier.conditions:
            yield name, "—", "—"


def _within(room: Room, name: str | None) -> tuple[Filter, ...]:
    if name is None:
        return ()
    return (
        Filter(name, Op.AT_LEAST, date(room.year, 1, 1)), Filter(name, Op.AT_MOST, room.day),
    )  # fmt: skip


def _none(room: Room, item: Item) -> str:
    if "in_year" in item:
        return f"{room.year} 年没有登记"
    return "没有登记"


def _list(room: Room, answer: answers.Answer, title: str, path: Path) -> Made:
    table = list_out.table_of(
        answer, title, station=room.by.station, clerk=room.by.clerk, phone=room.by.phone
    )
    written = list_out.export_table(path, table)
    return Made(path, written.rows, written.sha256)


def _paper(room: Room, title: str, tables: list[Listing], path: Path) -> Made:
    opening = f"截至{chinese_day(room.day)}。"
    context = frame(title, room.by, room.day, opening=opening, tables=tables)
    sha256 = word.render(word.template("tables.docx"), context, path)
    return Made(path, sum(len(table.rows) for table in tables), sha256)


_WRITERS: Mapping[str, Callable[[Room, Item, Path, str], Found]] = {
    "ledger": _ledger,
    "papers": _papers,
    "standing": _standing,
    "scheme": _scheme,
    "effects": _effects,
    "targets": _targets,
    "stars": _stars,
}
