"""Statistics of international registrations: by party, class, year of registration, status."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.madrid import Designation, InternationalRegistration
from brandpool.models.madrid_codes import PLACES
from brandpool.reports.ask import Ask
from brandpool.reports.scope import day_words
from brandpool.reports.tally import About, by_number, tally
from brandpool.services import madrid, madrid_rows, reference_data
from brandpool.services.madrid_rows import IrRow

if TYPE_CHECKING:
    from pandas import DataFrame


def families() -> dict[str, str]:
    """The families of designations' statuses, in words."""
    return {
        "protected": _("已获保护"), "pending": _("审查中"), "refused": _("驳回中"),
        "lost": _("已丧失"), "planned": _("拟指定"),
    }  # fmt: skip


def party_names() -> dict[str, str]:
    """Parties by code, in words."""
    return {place.code: place.label(lang()) for place in PLACES}


def by_party(session: Session, ask: Ask) -> DataFrame:
    """Designations by party and family of status on the day."""
    ref = reference_data.reference(session, ask.end)
    words, names = families(), party_names()
    irs = {ir.id: ir for ir in madrid_rows.registrations(session) if _there(ir, ask)}
    lines = []
    for held in madrid_rows.designations(session, list(irs)).values():
        for one in held:
            if one.designated_on is not None and one.designated_on > ask.end:
                continue
            cell = madrid.cell(irs[one.ir_id], one, ask.end, ref=ref)
            party = names.get(one.party, one.party)
            lines.append((party, words[cell.family], Designation.kind(), one.id))
    text = _(
        "口径：{day}日终的马德里国际注册指定（件×缔约方），状态逐个指定推算；"
        "指定日晚于该日的不计，马德里以外的申请不计。"
    ).format(day=day_words(ask.end))
    rows = by_number(row for row, *_rest in lines)
    used = {line[1] for line in lines}
    columns = tuple(word for word in words.values() if word in used)
    title = _("马德里：缔约方与状态")
    return tally(About(title, _("缔约方"), _("个"), text, rows, columns), lines)


def by_class(session: Session, ask: Ask) -> DataFrame:
    """International registrations by class and status; one of several classes counts in each."""
    unknown = _("类别未登记")

    def of(ir: IrRow) -> Iterable[str]:
        found = sorted(madrid_rows.classes_of(ir.classes))
        return [_("第{number:02d}类").format(number=number) for number in found] or [unknown]

    return _registrations(session, ask, (_("马德里：类别与状态"), _("类别")), of)


def by_year(session: Session, ask: Ask) -> DataFrame:
    """International registrations by year of registration and status."""
    unknown = _("年份未登记")
    return _registrations(
        session, ask, (_("马德里：注册年份与状态"), _("注册年份")),
        lambda ir: [str(ir.ir_date.year) if ir.ir_date else unknown],
    )  # fmt: skip


def _registrations(
    session: Session,
    ask: Ask,
    titles: tuple[str, str],
    of: Callable[[IrRow], Iterable[str]],
) -> DataFrame:
    ref = reference_data.reference(session, ask.end)
    kind = InternationalRegistration.kind()
    lines = []
    for ir in madrid_rows.registrations(session):
        if _there(ir, ask):
            state = madrid.standing(ir, ask.end, ref=ref)
            status = (
                _("待核：{status}").format(status=state.status) if state.verify else state.status
            )
            lines += [(row, status, kind, ir.id) for row in of(ir)]
    text = _(
        "口径：{day}日终的马德里国际注册，状态由注册簿事项和日期推算，只由日期得出的标“待核”；"
        "国际注册日（未注册的按主管局收到日）晚于该日的不计。"
    ).format(day=day_words(ask.end))
    rows = tuple(sorted({line[0] for line in lines}))
    columns = by_number(line[1] for line in lines)
    return tally(About(titles[0], titles[1], _("件"), text, rows, columns), lines)


def _there(ir: IrRow, ask: Ask) -> bool:
    """Whether the registration, or the application for it, was there on the day."""
    begun = ir.ir_date if ir.irn else ir.office_received or ir.ir_date
    return begun is None or begun <= ask.end
