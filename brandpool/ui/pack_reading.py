"""What the pages about packs show, read and put into words away from the widgets."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from brandpool.db import thumbnails
from brandpool.db.attachments import Attachments
from brandpool.db.merge import ALREADY, CHANGED, CONFLICT, GONE, NEW, FieldPreview, RecordPreview
from brandpool.db.pool import Pool
from brandpool.exchange import pack_home, pack_receipt
from brandpool.exchange.packs import Opened
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.kinds import by_kind
from brandpool.models.pack import FILE
from brandpool.models.record import fields
from brandpool.services import history, packs, records
from brandpool.services.history import StepRow
from brandpool.services.packs import Copy, PackRow
from brandpool.ui import typed

ORDER = (CONFLICT, NEW, CHANGED, GONE, ALREADY)
_STEPS = 5000
Titles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class PackState:
    """The register; on a laptop also whose copy this is and what no receipt has confirmed yet.

    `free_files` originals of `free_bytes` together are confirmed and may leave the laptop.
    """

    rows: tuple[PackRow, ...]
    copy: Copy | None = None
    steps: tuple[StepRow, ...] = ()
    files: int = 0
    free_files: int = 0
    free_bytes: int = 0


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One field of one record as a merge would find it, in words."""

    what: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging some packs would do; nothing was written.

    `records` counts them by what becomes of them; `volumes` says how many of a pack's files were
    opened out of how many; `office` whether this pool may give a receipt.
    """

    lines: tuple[MergeLine, ...]
    records: Mapping[str, int]
    files_new: int
    files_known: int
    lacking: int
    returned: bool
    volumes: tuple[int, int]
    office: bool
    fresh: bool


def read_state(pool: Pool, on: date) -> PackState:
    """Read the register, and on a laptop what waits for a receipt."""
    with pool.read() as session:
        rows = tuple(packs.listed(session, on))
        copy = packs.copy_of(session)
        confirmed = packs.acknowledged(session, FILE) if copy else frozenset()
    if copy is None:
        return PackState(rows)
    waiting, unsent = pack_receipt.waiting(pool)
    with pool.read() as session:
        wanted = set(waiting)
        steps = tuple(one for one in history.steps(session, _STEPS) if one.txn in wanted)
    files = Attachments(pool.path)
    sizes = [files.size(one) for one in confirmed if files.has(one)]
    free = [size for size in sizes if size > thumbnails.LARGEST]
    return PackState(rows, copy, steps, len(unsent), len(free), sum(free))


def foresee(pool: Pool, opened: Sequence[Opened]) -> MergePlan:
    """What merging these files would do; writes nothing. Raises UserError as `preview` does."""
    told = [pack_home.preview(pool, one) for one in opened]
    previews = [one.records for one in told if one.records is not None]
    found = [row for preview in previews for row in preview.records]
    files = Attachments(pool.path)
    coming = {digest for one in opened for digest in one.files}
    needs = {digest for one in opened for digest in one.manifest.needs}
    with pool.read() as session:
        known = {(row.kind, row.record): row.title for row in found if row.title}
        for kind in {row.kind for row in found if not row.title}:
            missing = [row.record for row in found if row.kind == kind and not row.title]
            titles = records.titles(session, by_kind()[kind], missing)
            known |= {(kind, record): title for record, title in titles.items()}
        known |= _linked(session, found, known)
        office = packs.copy_of(session) is None
    return MergePlan(
        tuple(line for row in sorted(found, key=_rank) for line in _lines(row, known)),
        Counter(row.what for row in found),
        sum(one.files_new for one in told),
        sum(one.files_known for one in told),
        sum(one not in coming and not files.has(one) for one in needs),
        office and any(one.returned for one in told),
        (len(opened), max(one.manifest.volume[1] for one in opened)),
        office,
        any(one.transactions for one in previews) or any(one.files_new for one in told),
    )


def what_word(what: str) -> str:
    """What becomes of a record, in words."""
    return {
        NEW: _("新增"),
        CHANGED: _("修改"),
        CONFLICT: _("冲突"),
        GONE: _("删除"),
        ALREADY: _("已在库中"),
    }[what]


def state_word(row: PackRow) -> str:
    """Where a pack of the register is."""
    if row.returned_on is not None:
        return _("已归还")
    return _("逾期") if row.overdue else _("在外")


def _rank(row: RecordPreview) -> tuple[int, str, str]:
    return ORDER.index(row.what), row.kind, row.title


def _linked(session: Session, found: Sequence[RecordPreview], known: Titles) -> Titles:
    """What the records are called to which links point and that do not come themselves."""
    wanted: dict[str, set[str]] = {}
    for row in found:
        declared = fields(by_kind()[row.kind])
        for line in row.fields:
            links = declared[line.field].links
            ids = {str(v) for v in (line.base, line.office, line.theirs) if links and v}
            wanted.setdefault(links, set()).update(one for one in ids if (links, one) not in known)
    titles: dict[tuple[str, str], str] = {}
    for links, ids in wanted.items():
        if ids:
            named = records.titles(session, by_kind()[links], ids)
            titles |= {(links, record): title for record, title in named.items()}
    return titles


def _lines(row: RecordPreview, known: Titles) -> list[MergeLine]:
    model = by_kind()[row.kind]
    title = row.title or known.get((row.kind, row.record), "")
    head = (what_word(row.what), model.label(lang()), title)
    if not row.fields or row.what == ALREADY:
        return [MergeLine(row.what, (*head, "", "", "", "", ""))]
    return [_field_line(row, line, head, known) for line in row.fields]


def _field_line(
    row: RecordPreview, line: FieldPreview, head: tuple[str, ...], known: Titles
) -> MergeLine:
    declared = fields(by_kind()[row.kind])[line.field]

    def said(value: Value) -> str:
        if declared.links and value:
            return known.get((declared.links, str(value)), str(value))
        return typed.shown(declared, {line.field: value}, lang())

    here = said(line.office) + _signed(line.office_by, line.office_at)
    came = said(line.theirs) + _signed(line.their_by, line.their_at)
    after = _("等待裁定（暂用：{value}）").format(value=said(line.shown)) if line.conflict else ""
    texts = (*head, declared.label(lang()), said(line.base), here, came, after or said(line.shown))
    return MergeLine(CONFLICT if line.conflict else row.what, texts)


def _signed(who: str, at: datetime | None) -> str:
    if at is None:
        return ""
    return _("（{who} {at:%m-%d %H:%M}）").format(who=who, at=at)
