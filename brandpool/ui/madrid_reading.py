"""Everything of one international registration, read in one job for its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import Lang, _
from brandpool.models.madrid import (
    BasicMark,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.record import Record
from brandpool.models.renewal import MarkImage, RenewalStep
from brandpool.rules.explained import Explained
from brandpool.services import dependency, history, madrid, madrid_duties, madrid_rows, records
from brandpool.services.history import HistoryRow
from brandpool.services.madrid import Cell, IrStanding
from brandpool.services.madrid_rows import DesignationRow, IrRow
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.ui.madrid_words import party_word
from brandpool.ui.widgets.history_dialog import spoken
from brandpool.ui.widgets.plain_table import Shown
from brandpool.ui.widgets.record_lines import Line, read_lines

LINK = "ir_id"
SECTIONS: tuple[type[Record], ...] = (BasicMark, RenewalStep)
KINDS = frozenset(
    {"international_registration", "designation", "designation_event", "ir_event", "mark_image",
     "basic_mark", "renewal_step", "enterprise", "trademark", "mark_event"}
)  # fmt: skip


class Held(NamedTuple):
    """One designation with its state, its events as lines, and how it stood."""

    row: DesignationRow
    cell: Cell
    events: tuple[Line, ...]


class IrDate(NamedTuple):
    """One date of a registration with its chain; `recorded` where the pool has its own."""

    label: str
    recorded: date | None
    computed: date | None
    explained: Explained
    note: str = ""


@dataclass(frozen=True, slots=True)
class IrCard:
    """What the card of a registration shows."""

    line: Line
    ir: IrRow
    standing: IrStanding
    dates: Sequence[IrDate]
    held: Sequence[Held]
    events: Sequence[Line]
    warnings: Sequence[str]
    images: Sequence[RecordRow]
    sections: Sequence[Sequence[Line]]
    past: Sequence[Shown[HistoryRow]]


def read_registration(session: Session, record: str, lang: Lang, on: date) -> IrCard:
    """Read the card of a registration. Raises UserError when it has been deleted."""
    records.get(session, InternationalRegistration, record)
    ir = one_registration(session, record)
    state = madrid.standing(ir, on)
    held = _held(session, ir, lang, on)
    resting = [r for r in dependency.dependency(session, on, _owner(ir)) if r.ir.id == record]
    past = history.of_record(session, InternationalRegistration.kind(), record)[:200]
    images = records.find(session, MarkImage, _of(LINK, record, ("place",)))
    return IrCard(
        read_lines(session, InternationalRegistration, [record], lang)[record],
        ir, state, _dates(session, ir, state, held, resting, on), held,
        _lines(session, IrEvent, LINK, record, lang, ("-dated",)),
        [_danger(one) for row in resting for one in row.troubled if row.dependent],
        records.rows(session, MarkImage, images),
        [_lines(session, model, LINK, record, lang) for model in SECTIONS],
        spoken(session, InternationalRegistration, past),
    )  # fmt: skip


def one_registration(session: Session, record: str) -> IrRow:
    """A registration with its events. Raises UserError when it is gone or was merged."""
    found = madrid_rows.registrations(session, ids=[record])
    if not found:
        raise UserError(_("这件国际注册已被删除或合并。可在“历史”中恢复。"))
    return found[0]


def _held(session: Session, ir: IrRow, lang: Lang, on: date) -> list[Held]:
    rows = madrid_rows.designations(session, [ir.id]).get(ir.id, [])
    found = []
    for row in rows:
        lines = _lines(session, DesignationEvent, "designation_id", row.id, lang, ("-dated",))
        found.append(Held(row, madrid.cell(ir, row, on), tuple(lines)))
    return found


def _dates(
    session: Session,
    ir: IrRow,
    state: IrStanding,
    held: Sequence[Held],
    resting: Sequence[dependency.DependencyRow],
    on: date,
) -> list[IrDate]:
    found: list[IrDate] = []
    if state.term is not None:
        term = state.term
        found = [
            IrDate(_("可缴续展费起始日"), None, term.day("window_opens"), term),
            IrDate(_("有效期届满日"), ir.expiry, term.day("due"), term),
            IrDate(_("宽展期届满日"), None, term.day("grace_ends_rolled"), term),
        ]
    for row in resting:
        note = "" if row.dependent else _("已独立")
        found.append(IrDate(_("依赖期届满日"), None, row.ends, row.explained, note))
    for one in held:
        found += _of_designation(one.cell)
    for duty in madrid_duties.duties(session, on, _owner(ir)):
        if duty.ir.id == ir.id and duty.explained is not None:
            label = f"{party_word(duty.party)} {duty.what}"
            found.append(IrDate(label, None, duty.due, duty.explained, _last(duty)))
    return found


def _of_designation(cell: Cell) -> list[IrDate]:
    """The refusal limit of a designation still examined, and answers to its refusals."""
    party, found = party_word(cell.party), []
    if cell.refusal_limit is not None and cell.family == "pending":
        limit = cell.refusal_limit
        found.append(IrDate(_("{p} 驳回期限").format(p=party), None, limit["rolled"], limit))
    for refusal in cell.refusals:
        if refusal.explained is not None and not refusal.answered:
            label = _("{p} 驳回答复截止").format(p=party)
            printed = refusal.due if refusal.printed else None
            found.append(IrDate(label, printed, refusal.due, refusal.explained, refusal.note))
    return found


def _last(duty: madrid_duties.Duty) -> str:
    if duty.last_day is None or duty.last_day == duty.due:
        return ""
    return _("含宽限最后日 {day}").format(day=duty.last_day)


def _danger(basic: dependency.Basic) -> str:
    text = _("基础商标 {number} 处于撤销、无效、驳回程序中或已失效，依赖期内会连带影响本注册。")
    return text.format(number=basic.number)


def _owner(ir: IrRow) -> list[str] | None:
    return [ir.enterprise_id] if ir.enterprise_id else None


def _lines(
    session: Session, model: type[Record], link: str, record: str, lang: Lang,
    order: tuple[str, ...] = (),
) -> list[Line]:  # fmt: skip
    ids = records.find(session, model, _of(link, record, order))
    lines = read_lines(session, model, ids, lang)
    return [lines[one] for one in ids if one in lines]


def _of(link: str, record: str, order: tuple[str, ...] = ()) -> Query:
    return Query((Filter(link, Op.EQUALS, record),), order)
