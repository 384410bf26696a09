"""What is checked before a request for well-known protection is supported, besides the grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.visit import Visit
from brandpool.models.well_known_codes import FIGURES
from brandpool.rules.reference import Reference
from brandpool.services import credit, mark_dates, records, trademarks
from brandpool.services.letter_facts import SEEN
from brandpool.services.trademarks import MarkRow
from brandpool.services.well_known_rows import Figure, Gathered, elsewhere

YUAN = {
    "yuan": Decimal(1),
    "ten_thousand_yuan": Decimal(10_000),
    "hundred_million_yuan": Decimal(100_000_000),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `ok` is None where it is not known; `blocks` where its failing refuses support."""

    code: str
    label: str
    ok: bool | None
    told: str
    blocks: bool = False


def checks(
    session: Session, one: Gathered, mark: MarkRow | None, anchor: date, on: date, ref: Reference
) -> list[Check]:
    """All checks of a file; those of a registration are left out for an unregistered mark."""
    found = [_owner(session, one, mark), _valid(mark, anchor, ref)] if mark else []
    found += [_reused(session, one), _originals(one), _units(one, ref)]
    return [*found, _credit(session, one, on, ref), _wording(session, one, on)]


def _owner(session: Session, one: Gathered, mark: MarkRow) -> Check:
    label = _("权利人与企业名称一致")
    if not mark.owner:
        return Check("owner", label, None, _("商标的登记权利人未填写"))
    names = records.titles(session, Enterprise, [one.file.enterprise_id or ""])
    name = names.get(one.file.enterprise_id or "", "")
    if mark_dates.plain_name(mark.owner) == mark_dates.plain_name(name):
        return Check("owner", label, True, mark.owner)
    found = mark_dates.owner_mismatches(session, [mark.id])
    why = found[0].advice if found else _("登记权利人为“{owner}”").format(owner=mark.owner)
    return Check("owner", label, False, why)


def _valid(mark: MarkRow, anchor: date, ref: Reference) -> Check:
    label = _("商标在基准日有效")
    if mark.registered_on is None or mark.valid_until is None:
        return Check("valid", label, None, _("商标的注册日或专用权期限未填写"))
    status = trademarks.judged(mark, anchor, ref=ref)
    ok = mark.registered_on <= anchor and status.status in trademarks.IN_FORCE | {"grace"}
    text = _("注册 {start}，有效期至 {end}").format(start=mark.registered_on, end=mark.valid_until)
    return Check("valid", label, ok, text)


def _reused(session: Session, one: Gathered) -> Check:
    other = elsewhere(session, one)
    titles = {item.id: item.title or "" for item in one.items}
    told = _("、").join(
        _("《{title}》也用于“{mark}”").format(title=titles[item], mark=mark)
        for item, mark in other.items()
    )
    return Check("reused", _("同一证据不重复用于其他商标"), not other, told)


def _originals(one: Gathered) -> Check:
    unseen = [item.title or "" for item in one.items if not (item.seen_by and item.seen_on)]
    label = _("证据原件已核对")
    if not one.items:
        return Check("originals", label, None, _("还没有证据"))
    told = _("未核对：{titles}").format(titles=_("、").join(unseen)) if unseen else ""
    return Check("originals", label, not unseen, told)


def _units(one: Gathered, ref: Reference) -> Check:
    """Net profit or tax above revenue, or a thousandfold jump, is a mistaken unit."""
    label = _("金额单位合理")
    amounts = {
        (f.measure, f.year): amount for f in one.figures if (amount := in_yuan(f)) is not None
    }
    if not amounts:
        return Check("units", label, None, _("还没有带单位的金额"))
    names = {choice.code: choice.zh for choice in FIGURES}
    told = []
    for (measure, year), amount in amounts.items():
        revenue = amounts.get(("revenue", year))
        if measure in ("net_profit", "tax") and revenue is not None and amount > revenue:
            text = _("{year}年{what}大于销售收入")
            told.append(text.format(year=year, what=names[measure]))
    unlikely = Decimal(ref.documents["well_known"]["unlikely_factor"])
    for measure in ("revenue", "net_profit", "tax"):
        series = [abs(a) for (m, _year), a in amounts.items() if m == measure and a]
        if series and max(series) >= unlikely * min(series):
            text = _("各年{what}相差 {times} 倍以上")
            told.append(text.format(what=names[measure], times=unlikely))
    return Check("units", label, not told, _("、").join(told))


def in_yuan(figure: Figure) -> Decimal | None:
    """The amount in yuan; None for shares, regions and amounts without a unit."""
    if figure.value is None or figure.unit not in YUAN:
        return None
    return figure.value * YUAN[figure.unit]


def _credit(session: Session, one: Gathered, on: date, ref: Reference) -> Check:
    label = _("不在失信名单上")
    found = credit.barred(session, [one.file.enterprise_id or ""], on, credit.RECOMMEND, ref)
    row = found.get(one.file.enterprise_id or "")
    return Check("credit", label, row is None, row.sentence if row else "", blocks=True)


def _wording(session: Session, one: Gathered, on: date) -> Check:
    label = _("商品和宣传中没有“驰名商标”字样")
    seen = last_looked(session, [one.file.enterprise_id or ""], on).get(
        one.file.enterprise_id or ""
    )
    if seen is None:
        return Check("wording", label, None, _("还没有在走访中查看"), blocks=True)
    day, wording = seen
    ok = wording not in SEEN
    text = _("{day} 走访未发现") if ok else _("{day} 走访发现")
    return Check("wording", label, ok, text.format(day=day), blocks=True)


def last_looked(
    session: Session, enterprises: Sequence[str], on: date
) -> dict[str, tuple[date, str]]:
    """The last visit up to a day that looked for the words: {enterprise: (day, answer)}."""
    table: Any = Visit.__table__
    assert isinstance(table, Table)
    c = table.c
    query = (
        select(c.enterprise_id, c.visited_on, c.wording)
        .where(c.enterprise_id.in_(list(enterprises)), c.dup_of.is_(None), c.visited_on <= on)
        .where(c.wording.is_not(None), c.wording != "not_checked")
        .order_by(c.visited_on, c.id)
    )
    return {enterprise: (day, wording) for enterprise, day, wording in session.execute(query)}
