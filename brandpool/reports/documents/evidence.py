"""The dossier of a preparation file: a numbered catalogue of its evidence, and the papers for it.

The catalogue says on which pages of the volume (exchange/evidence_volume.py) each paper stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.exchange.chinese_words import EMPTY, plain
from brandpool.exchange.evidence_volume import Paper, can_join, page_count
from brandpool.exchange.table_out import chinese_day
from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark
from brandpool.models.well_known_codes import FACTORS, FIGURES, ROUTES, UNITS
from brandpool.reports.documents.content import Draft, Listing, Office, frame
from brandpool.services import records, well_known
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_rows import Figure, Item

TEMPLATE = "evidence_catalogue.docx"
_HEADS = ("序号", "证据名称", "证明因素", "年度", "出具单位", "日期", "页数", "页码", "原件")
_FACTOR = {choice.code: choice.zh for choice in FACTORS}
_MEASURE = {choice.code: choice.zh for choice in FIGURES}
_UNIT = {choice.code: choice.zh for choice in UNITS}
_ROUTE = {choice.code: choice.zh for choice in ROUTES}
_ORDER = tuple(_FACTOR)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: its number, its paper, and its pages in the volume.

    `first` and `last` are None for a paper without a file, or whose file is no PDF or picture.
    """

    number: int
    item: Item
    first: int | None
    last: int | None

    @property
    def where(self) -> str:
        """The pages as they are printed."""
        if self.first is None:
            return "另附" if self.item.content_hash else "缺附件"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier ready to be written: the Word draft, the lines, and the papers of the volume."""

    draft: Draft
    entries: tuple[Entry, ...]
    papers: tuple[Paper, ...]


def dossier(session: Session, file: str, files: Attachments, by: Office, day: date) -> Dossier:
    """The dossier of a file as of a day; a paper used twice stands in the volume once.

    Raises UserError when the file is gone, or an attachment is missing or damaged.
    """
    found = well_known.assess(session, file, day)
    entries, papers = _entries(found.gathered.items, files)
    title = f"“{found.file.mark or ''}”商标驰名保护证据目录"
    listed = _catalogue(entries, found)
    figures = _figures(entries, found)
    context = frame(
        title,
        by,
        day,
        facts=_facts(session, found),
        figures=figures,
        catalogue=listed,
        gaps=[gap.what for gap in found.gaps] + list(found.refusals),
        verdict=found.label,
        note=found.words.note,
        pages=sum(page_count(paper) for paper in papers),
        count=len(entries),
    )
    draft = Draft(title, TEMPLATE, context, len(entries), data=(listed, figures))
    return Dossier(draft, tuple(entries), tuple(papers))


def _entries(items: Sequence[Item], files: Attachments) -> tuple[list[Entry], list[Paper]]:
    ordered = sorted(items, key=_place)
    entries: list[Entry] = []
    papers: list[Paper] = []
    pages: dict[str, tuple[int, int] | None] = {}
    following = 1
    for number, item in enumerate(ordered, 1):
        digest = item.content_hash
        if digest and digest not in pages:
            paper = Paper(f"{number}　{item.title or ''}", files.read(digest))
            pages[digest] = None
            if can_join(paper.content):
                pages[digest] = (following, following + page_count(paper) - 1)
                following += page_count(paper)
                papers.append(paper)
        span = pages.get(digest or "")
        entries.append(Entry(number, item, *(span or (None, None))))
    return entries, papers


def _place(item: Item) -> tuple[Any, ...]:
    factor = _ORDER.index(item.factor) if item.factor in _ORDER else len(_ORDER)
    return (factor, item.shows or 0, item.dated or date.max, item.title or "", item.id)


def _catalogue(entries: Sequence[Entry], found: Assessment) -> Listing:
    numbers = {factor.code: factor.number for factor in found.words.factors}
    rows = []
    for entry in entries:
        item = entry.item
        of_law = numbers.get(item.factor or "", numbers["other"] if _is_other(item) else "")
        counted = entry.last - entry.first + 1 if entry.first and entry.last else item.pages
        seen = "已核对" if item.seen_by and item.seen_on else "未核对"
        rows.append((
            str(entry.number), item.title or EMPTY,
            f"{_FACTOR.get(item.factor or '', '')}{of_law}", str(item.shows or EMPTY),
            item.issuer or EMPTY, chinese_day(item.dated) if item.dated else EMPTY,
            str(counted or EMPTY), entry.where, seen,
        ))  # fmt: skip
    return Listing(_HEADS, tuple(rows))


def _is_other(item: Item) -> bool:
    return item.factor == "business"


def _figures(entries: Sequence[Entry], found: Assessment) -> Listing:
    """The five figures of the years, each with the number of the paper that shows it."""
    shown_by = {entry.item.id: entry.number for entry in entries}
    held = {(f.measure, f.year): f for f in found.gathered.figures}
    rows = [
        (label, *(_amount(held.get((code, year)), shown_by) for year in found.years))
        for code, label in _MEASURE.items()
    ]
    return Listing(("指标", *(f"{year}年" for year in found.years)), tuple(rows))


def _amount(figure: Figure | None, shown_by: Mapping[str, int]) -> str:
    if figure is None:
        return EMPTY
    value = figure.region or ""
    if figure.value is not None:
        value = f"{plain(figure.value, grouped=True)}{_UNIT.get(figure.unit or '', '')}"
    number = shown_by.get(figure.evidence_id or "")
    return f"{value or EMPTY}（证据{number}）" if number else f"{value or EMPTY}（无证据）"


def _facts(session: Session, found: Assessment) -> list[dict[str, str]]:
    file = found.file
    owner = records.titles(session, Enterprise, [file.enterprise_id or ""])
    marks = records.rows(session, Trademark, [file.trademark_id] if file.trademark_id else [])
    number = f"{marks[0]['reg_no']}（第{marks[0]['nice_class']}类）" if marks else "未注册"
    anchor = chinese_day(found.anchor) + ("（暂按今日）" if found.assumed else "")
    pairs = (
        ("企业", owner.get(file.enterprise_id or "", "")),
        ("商标", file.mark),
        ("注册号", number),
        ("主要商品/服务", file.goods),
        ("保护途径", _ROUTE.get(file.route or "")),
        ("对方", file.opponent),
        ("基准日", f"{anchor}（{found.anchored['label']}）"),
        ("首次使用日", chinese_day(file.first_used) if file.first_used else None),
        ("法律依据", found.words.article),
    )
    return [{"label": label, "value": value or EMPTY} for label, value in pairs]
