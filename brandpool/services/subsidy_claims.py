"""What an enterprise may claim under a subsidy policy, capped, and why it may not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.services import credit, records
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.services.subsidies import SubsidyRule

CENT = Decimal("0.01")
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_OVER = frozenset({"refused", "withdrawn"})
_PREPARING = frozenset({"draft", ""})
_SEPARATORS = str.maketrans(dict.fromkeys("；;、，,", "\n"))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a policy, read out of its record; money is renminbi, `share` is in percent."""

    id: str
    title: str
    area: str
    policy: str
    document_no: str
    basis: str
    amount: Decimal
    share: Decimal
    included_parties: int
    least_parties: int
    cap: Decimal | None
    year_cap: Decimal | None
    total_cap: Decimal | None
    starts: date | None
    ends: date | None
    documents: tuple[str, ...]
    excludes: tuple[str, ...]

    @property
    def rule(self) -> SubsidyRule:
        """The item as the rule that a Madrid bill is set against."""
        per_party = self.amount if self.basis == "parties" else _ZERO
        return SubsidyRule(
            self.title, self.document_no, self.starts or date.min, self.ends,
            fixed=self.amount if self.basis == "fixed" else _ZERO,
            per_party=per_party, included_parties=self.included_parties,
            share=self.share / _HUNDRED if self.basis == "share" else _ZERO,
            cap=self.cap, least_parties=self.least_parties,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim to be weighed: who, for which item, for what, when it happened, how much of it.

    `cost` is what the enterprise paid, in renminbi. `record` is the claim's own record, if it has
    one already. `wanted` is the amount the clerk has filled in, None for all that is due.
    """

    enterprise: str
    item: str
    subject: str
    event_on: date
    quantity: int = 1
    parties: int = 0
    cost: Decimal | None = None
    documents: tuple[str, ...] = ()
    record: str = ""
    wanted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the policy gives for a claim.

    `full` is the amount by the standard, `amount` what is left after the caps; `steps` say how it
    came about. `refusals` are reasons why it cannot be claimed, `missing` the documents that still
    have to be handed in.
    """

    item: Item
    full: Decimal
    amount: Decimal
    steps: tuple[str, ...]
    refusals: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def claimable(self) -> bool:
        """Whether the enterprise may claim at all; documents can follow."""
        return not self.refusals and self.amount > 0


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """A recorded claim that does not stand up to the policy, and why."""

    record: str
    enterprise: str
    subject: str
    texts: tuple[str, ...]


def items(session: Session, on: date | None = None) -> list[Item]:
    """The items in force on a day (None: all), in the order they were entered."""
    rows = records.rows(session, SubsidyItem, records.find(session, SubsidyItem))
    found = [_item(row) for row in rows if row.dup_of is None]
    return [one for one in found if on is None or _in_force(one, on)]


def weigh(session: Session, asked: Asked, on: date) -> Weighed:
    """What a claim made on a day would bring, and what stands against it.

    The policy's version is that of the day of the event; the credit lists are those of the day of
    the claim. Raises UserError when the item or the enterprise has been deleted.
    """
    item = _item(records.get(session, SubsidyItem, asked.item))
    claims = _claims(session, asked.record)
    refusals = [*_out_of_force(item, asked), *_twice(session, item, asked, claims)]
    listed = credit.barred(session, [asked.enterprise], on, credit.SUBSIDISE)
    refusals += [row.sentence for row in listed.values()]
    full, steps, lacking = _standard(item, asked)
    amount, capped = _capped(item, asked, full, claims)
    refusals += lacking
    if not refusals and full > 0 and amount == 0:
        refusals.append(_("本年度的限额已用完"))
    missing = tuple(one for one in item.documents if one not in asked.documents)
    return Weighed(item, full, amount, (*steps, *capped), tuple(refusals), missing)


def offers(session: Session, enterprise: str, on: date) -> list[tuple[Item, Decimal | None]]:
    """The items in force on a day, with what is left of each one's yearly cap for an enterprise."""
    claims = _claims(session, "")
    found: list[tuple[Item, Decimal | None]] = []
    for item in items(session, on):
        used = _used(claims, item.id, on.year, enterprise)
        found.append((item, None if item.year_cap is None else max(_ZERO, item.year_cap - used)))
    return found


def keep(session: Session, asked: Asked, on: date, *, submit: bool) -> str:
    """Write a claim, new or over its record, with the amount that is due; returns its id.

    Raises UserError when the enterprise is barred or the policy does not give it, when more is
    asked than is due, and, to be submitted, while documents are missing.
    """
    weighed = weigh(session, asked, on)
    if not weighed.claimable:
        reasons = "；".join(weighed.refusals) or _("按标准计算没有可申领的金额")
        raise UserError(_("不能申领“{item}”：{why}。").format(item=weighed.item.title, why=reasons))
    amount = weighed.amount if asked.wanted is None else asked.wanted
    if amount > weighed.amount:
        text = _("申领金额 {wanted} 元超过可申领的 {due} 元（{steps}）。请改小后再保存。")
        raise UserError(
            text.format(wanted=amount, due=weighed.amount, steps="；".join(weighed.steps))
        )
    if submit and weighed.missing:
        text = _("还缺材料：{missing}。可先存为“拟申领”，补齐后再提交。")
        raise UserError(text.format(missing="、".join(weighed.missing)))
    values: dict[str, Value] = {
        "enterprise_id": asked.enterprise, "item_id": asked.item, "subject": asked.subject,
        "event_on": asked.event_on, "quantity": asked.quantity, "parties": asked.parties or None,
        "cost": asked.cost, "amount": amount, "documents": "\n".join(asked.documents) or None,
        "state": "submitted" if submit else "draft", "claimed_on": on if submit else None,
    }  # fmt: skip
    if not asked.record:
        return records.add(session, SubsidyClaim, values)
    records.edit(session, SubsidyClaim, asked.record, values)
    return asked.record


def stopped(session: Session, values: Mapping[str, Value], today: date) -> list[str]:
    """Why a claim as a list tells it must not be entered: who is barred, and by which entry.

    The lists are those of the day of the claim, else of `today`. A claim that was refused or
    withdrawn may be entered.
    """
    made, enterprise = values.get("claimed_on"), str(values.get("enterprise_id") or "")
    if values.get("state") in _OVER or not enterprise:
        return []
    day = made if isinstance(made, date) else today
    return [
        row.sentence for row in credit.barred(session, [enterprise], day, credit.SUBSIDISE).values()
    ]


def note(session: Session, claim: str, values: Mapping[str, Value]) -> None:
    """Write what else a claim holds, such as a remark; empty values write nothing."""
    told = {name: value for name, value in values.items() if value is not None}
    if told:
        records.edit(session, SubsidyClaim, claim, told)


def asked_of(row: RecordRow) -> Asked:
    """The claim that a record holds. Raises UserError while a part of it is not filled in."""
    day = row["event_on"]
    if not (row["enterprise_id"] and row["item_id"] and isinstance(day, date)):
        raise UserError(_("请先填写企业、资助事项和事由发生日。"))
    cost, amount = row["cost"], row["amount"]
    return Asked(
        str(row["enterprise_id"]), str(row["item_id"]), str(row["subject"] or ""), day,
        int(str(row["quantity"] or 1)), int(str(row["parties"] or 0)),
        cost if isinstance(cost, Decimal) else None, names_in(row["documents"]), row.id,
        amount if isinstance(amount, Decimal) else None,
    )  # fmt: skip


def faults(session: Session, on: date) -> list[ClaimFault]:
    """Claims on record that the policy or the credit lists do not allow, however they came in.

    A claim is judged on the day it was made, one in preparation on the day asked for.
    """
    found = []
    for row in _claims(session, ""):
        try:
            asked = asked_of(row)
        except UserError as lacking:
            texts: tuple[str, ...] = (str(lacking),)
        else:
            texts = _faults(session, row, asked, on)
        if texts:
            found.append(
                ClaimFault(row.id, str(row["enterprise_id"] or ""), str(row["subject"]), texts)
            )
    return found


def names_in(text: Value) -> tuple[str, ...]:
    """The documents or items named in a field, one per line or between semicolons."""
    parts = str(text or "").translate(_SEPARATORS).splitlines()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _faults(session: Session, row: RecordRow, asked: Asked, on: date) -> tuple[str, ...]:
    claimed = row["claimed_on"]
    made = claimed if isinstance(claimed, date) else on
    weighed = weigh(session, replace(asked, wanted=None), made)
    texts = list(weighed.refusals)
    if asked.wanted is not None and asked.wanted > weighed.amount and not texts:
        text = _("申领 {wanted} 元，按政策可申领 {due} 元")
        texts.append(text.format(wanted=asked.wanted, due=weighed.amount))
    if weighed.missing and str(row["state"] or "") not in _PREPARING:
        texts.append(_("缺材料：{missing}").format(missing="、".join(weighed.missing)))
    return tuple(texts)


def _claims(session: Session, without: str) -> list[RecordRow]:
    """Claims that stand, in preparation or further, apart from one."""
    over = Query((Filter("state", Op.ONE_OF, tuple(_OVER)),))
    gone = set(records.find(session, SubsidyClaim, over)) | {without}
    ids = [one for one in records.find(session, SubsidyClaim) if one not in gone]
    return [row for row in records.rows(session, SubsidyClaim, ids) if row.dup_of is None]


def _in_force(item: Item, on: date) -> bool:
    begun = item.starts is None or item.starts <= on
    return begun and (item.ends is None or on <= item.ends)


def _out_of_force(item: Item, asked: Asked) -> list[str]:
    if _in_force(item, asked.event_on):
        return []
    if item.starts is not None and asked.event_on < item.starts:
        return [_("事由发生在政策施行（{day}）之前").format(day=item.starts)]
    return [_("政策已于 {day} 到期").format(day=item.ends)]


def _twice(session: Session, item: Item, asked: Asked, claims: Sequence[RecordRow]) -> list[str]:
    """The same thing claimed before, under this item or one that excludes it or is excluded."""
    known = {one.id: one for one in items(session)}
    found = []
    for row in claims:
        same = _plain(row["subject"]) == _plain(asked.subject)
        if row["enterprise_id"] != asked.enterprise or not same or row.id == asked.record:
            continue
        other = known.get(str(row["item_id"]))
        if row["item_id"] == item.id:
            found.append(_("同一事由已申领过本项"))
        elif other and (other.title in item.excludes or item.title in other.excludes):
            found.append(_("与已申领的“{item}”互斥").format(item=other.title))
    return found


def _standard(item: Item, asked: Asked) -> tuple[Decimal, list[str], list[str]]:
    """The amount by the standard, how it came about, and what is lacking for it."""
    lacking = []
    if asked.parties < item.least_parties:
        lacking.append(_("指定国家不足 {least} 个").format(least=item.least_parties))
    if item.basis == "share":
        if asked.cost is None:
            return _ZERO, [], [*lacking, _("按费用比例资助，请填写实际费用")]
        full = (asked.cost * item.share / _HUNDRED).quantize(CENT, ROUND_HALF_UP)
        text = _("实际费用 {cost} 元 × {share}% ＝ {full} 元")
        return full, [text.format(cost=asked.cost, share=item.share, full=full)], lacking
    number = asked.quantity
    if item.basis == "parties":
        number = max(0, asked.parties - item.included_parties)
    full = item.amount * number
    text = _("定额 {amount} 元 × {number} ＝ {full} 元")
    return full, [text.format(amount=item.amount, number=number, full=full)], lacking


def _capped(
    item: Item, asked: Asked, full: Decimal, claims: Sequence[RecordRow]
) -> tuple[Decimal, list[str]]:
    year = asked.event_on.year
    amount, steps = full, []
    for cap, used, text in (
        (item.cap, _ZERO, _("单项上限 {cap} 元")),
        (item.year_cap, _used(claims, item.id, year, asked.enterprise),
         _("企业年度上限 {cap} 元，已申领 {used} 元")),
        (item.total_cap, _used(claims, item.id, year, None),
         _("年度总额 {cap} 元，已申领 {used} 元")),
    ):  # fmt: skip
        if cap is not None and amount > max(_ZERO, cap - used):
            amount = max(_ZERO, cap - used)
            steps.append(text.format(cap=cap, used=used) + _("，可申领 {n} 元").format(n=amount))
    return amount, steps


def _used(claims: Sequence[RecordRow], item: str, year: int, enterprise: str | None) -> Decimal:
    """What has been claimed of an item in a year: the approved amount where there is one."""
    total = _ZERO
    for row in claims:
        day = row["event_on"]
        mine = row["item_id"] == item and enterprise in (None, row["enterprise_id"])
        if mine and isinstance(day, date) and day.year == year:
            total += _money(row, "approved") or _money(row, "amount") or _ZERO
    return total


def _plain(subject: Value) -> str:
    return "".join(str(subject or "").split()).casefold()


def _money(row: RecordRow | Mapping[str, Any], name: str) -> Decimal | None:
    value = row[name]
    return value if isinstance(value, Decimal) else None


def _item(row: RecordRow) -> Item:
    starts, ends = row["starts"], row["ends"]
    return Item(
        row.id,
        str(row["title"] or ""),
        str(row["area"] or ""),
        str(row["policy"] or ""),
        str(row["document_no"] or ""),
        str(row["basis"] or "fixed"),
        _money(row, "amount") or _ZERO,
        _money(row, "share") or _ZERO,
        int(str(row["included_parties"] or 0)),
        int(str(row["least_parties"] or 0)),
        _money(row, "cap"),
        _money(row, "year_cap"),
        _money(row, "total_cap"),
        starts if isinstance(starts, date) else None,
        ends if isinstance(ends, date) else None,
        names_in(row["documents"]),
        names_in(row["excludes"]),
    )
