"""What a Madrid filing costs in CHF: application, later designation, renewal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step, Value
from brandpool.rules.members import Member, in_effect
from brandpool.rules.reference import Reference, shipped
from brandpool.rules.tariffs import Price, Tariff, price_of

ZERO = Decimal(0)
LOST = {
    "驳回确认",
    "宣告无效(全部)",
    "放弃",
    "未续展(该方)",
    "国际注册撤销(基础终止效力)",
    "全部注销",
}
"""Designations a renewal no longer pays for: Rule 30(1)(a)(iii); a pending refusal still pays."""


@dataclass(slots=True)
class _Bill:
    """The rows of one bill and what must be said about them."""

    on: date
    rows: list[dict[str, Value]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, item: str, article: str, amount: Decimal, **more: Value) -> Decimal:
        self.rows.append({"item": item, "article": article, "amount": amount, **more})
        return amount

    def explained(
        self, basic: Decimal, supplementary: Decimal, more: Mapping[str, Value]
    ) -> Explained:
        answer: dict[str, Value] = {"basic": basic, "supplementary": supplementary, **more}
        answer["total"] = sum((row["amount"] for row in self.rows), ZERO)
        answer["currency"] = "CHF"
        answer["rows"] = self.rows
        steps = [Step(said("费率基准日"), "Rule 34(7)", self.on)]
        steps += [
            Step(f"{row['item']} {row['amount']}", row["article"], note=row.get("note", ""))
            for row in self.rows
        ]
        return Explained(answer, tuple(steps), tuple(dict.fromkeys(self.warnings)))


@dataclass(frozen=True, slots=True)
class _Designated:
    """One designated party of a bill: the code as typed, its classes, how it is paid."""

    code: str
    member: Member
    classes: int
    individual: bool


def fee_application(
    parties: Sequence[str],
    classes: int,
    on: date,
    colour: bool = False,
    collective: bool = False,
    classes_by_cp: Mapping[str, int] | None = None,
    origin: str = "CN",
    ldc: bool = False,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Fees of an international application.

    Schedule items 2.1-2.4, Protocol Art. 8(2), (7): basic fee (higher for any reproduction in
    colour, a tenth for an applicant from a least developed country); 100 per class over three,
    once, unless every party takes an individual fee; per party its individual fee or 100. Art.
    9sexies(1)(b): between two parties to the Agreement always 100. classes_by_cp: classes of
    parties the list is limited for. on: the day whose tariff applies (see fee_basis_date).
    """
    ref = ref or shipped()
    bill = _Bill(on)
    schedule = ref.tariffs.schedule_on(on)
    _some(parties)
    designated = _designations(parties, classes, classes_by_cp, origin, "origin", on, bill, ref)
    least = ldc and ref.members.find(origin, "origin").code != "CN"
    if ldc and not least:
        bill.warnings.append(said("来源国为中国，不适用最不发达国家的优惠"))
    name = ("basic_colour" if colour else "basic") + ("_ldc" if least else "")
    label = said("基本费（彩色）") if colour else said("基本费（黑白）")
    basic = bill.add(label, "Schedule 2.1", chf(schedule[name]))
    supplementary = _supplementary(bill, "Schedule 2.2", schedule, designated, classes)
    amounts, second = _party_fees(bill, designated, "application", collective, ref)
    more: dict[str, Value] = {"parties": amounts}
    if second:
        more["second_part"] = second
    return bill.explained(basic, supplementary, more)


def fee_subsequent(
    parties: Sequence[str],
    classes: int,
    on: date,
    collective: bool = False,
    classes_by_cp: Mapping[str, int] | None = None,
    holder_cp: str = "CN",
    *,
    ref: Reference | None = None,
) -> Explained:
    """Fees of a subsequent designation.

    Schedule item 5: 300 plus each party's fee; never a supplementary fee, whatever the classes.
    """
    ref = ref or shipped()
    bill = _Bill(on)
    schedule = ref.tariffs.schedule_on(on)
    _some(parties)
    designated = _designations(
        parties, classes, classes_by_cp, holder_cp, "holder_cp", on, bill, ref
    )
    basic = bill.add(said("后期指定基本费"), "Schedule 5.1", chf(schedule["subsequent"]))
    amounts, second = _party_fees(bill, designated, "application", collective, ref)
    more: dict[str, Value] = {"parties": amounts}
    if second:
        more["second_part"] = second
    return bill.explained(basic, ZERO, more)


def fee_renewal(
    parties: Sequence[str],
    classes: int,
    on: date,
    grace: bool = False,
    collective: bool = False,
    classes_by_cp: Mapping[str, int] | None = None,
    party_status: Mapping[str, str] | None = None,
    colour: bool = False,
    holder_cp: str = "CN",
    *,
    ref: Reference | None = None,
) -> Explained:
    """Fees of a renewal.

    Schedule item 6, Rule 30: 653 (colour makes no difference), 100 per class over three as in an
    application, per party its individual fee or 100; in grace half of the 653 more, never of the
    total, and some parties' own grace tariffs. classes_by_cp: classes protected after a statement
    under Rule 18ter(2) or (4) (Rule 30(1)(c)). party_status: designation statuses; a confirmed
    total refusal or invalidation is not paid for, a pending refusal is (Rule 30(1)(a)(iii)).
    """
    ref = ref or shipped()
    bill = _Bill(on)
    schedule = ref.tariffs.schedule_on(on)
    _some(parties)
    lost = _lost(parties, party_status or {}, ref)
    kept = [code for code in parties if ref.members.acting(code, "parties").code not in lost]
    if lost:
        bill.warnings.append(f"{'、'.join(sorted(lost))}：已确认全部驳回、无效或终止，不计续展费")
    if colour:
        bill.warnings.append(said("续展基本费不分黑白与彩色"))
    limits = {
        code: count
        for code, count in (classes_by_cp or {}).items()
        if ref.members.acting(code, "classes_by_cp").code not in lost
    }
    designated = _designations(kept, classes, limits, holder_cp, "holder_cp", on, bill, ref)
    basic = bill.add(said("续展基本费"), "Schedule 6.1", chf(schedule["renewal"]))
    supplementary = _supplementary(bill, "Schedule 6.2", schedule, designated, classes)
    surcharge = ZERO
    if grace:
        surcharge = chf(schedule["grace_surcharge"])
        bill.add(said("宽展附加费（基本费的50%）"), "Schedule 6.5", surcharge)
    kind = "renewal_in_grace" if grace else "renewal"
    amounts, _ = _party_fees(bill, designated, kind, collective, ref)
    return bill.explained(basic, supplementary, {"surcharge": surcharge, "parties": amounts})


def _designations(
    parties: Sequence[str],
    classes: int,
    by_party: Mapping[str, int] | None,
    holder_code: str,
    holder_name: str,
    on: date,
    bill: _Bill,
    ref: Reference,
) -> list[_Designated]:
    """The parties of a bill, each looked up once; UserError names what cannot be designated."""
    holder = ref.members.acting(holder_code, holder_name)
    limited = _limited(by_party or {}, classes, parties, ref)
    found: dict[str, _Designated] = {}
    for typed in parties:
        member = _designatable(typed, ref)
        if member.code in found:
            raise UserError(f"parties：{typed} 重复")
        _warn(member, holder, on, bill)
        individual = in_effect(member.individual_fee, on)
        individual = individual and not ref.members.safeguarded(member, holder, on)
        code = typed.strip().upper()
        found[member.code] = _Designated(
            code, member, limited.get(member.code, classes), individual
        )
    return list(found.values())


def _some(parties: Sequence[str]) -> None:
    if not parties:
        raise UserError("parties：请至少填写一个缔约方")


def _limited(
    by_party: Mapping[str, int], classes: int, parties: Sequence[str], ref: Reference
) -> dict[str, int]:
    if not 1 <= classes <= 45:
        raise UserError("classes：类别数须在1到45之间")
    named = {ref.members.acting(code, "parties").code for code in parties}
    limited = {}
    for code, count in by_party.items():
        member = ref.members.find(code, "classes_by_cp")
        if member.code not in named:
            raise UserError(f"classes_by_cp：{code} 不在 parties 之中")
        if not 1 <= count <= classes:
            raise UserError(f"classes_by_cp：{code} 的类别数须在1到{classes}之间")
        limited[member.code] = count
    return limited


def _designatable(code: str, ref: Reference) -> Member:
    member = ref.members.find(code, "parties")
    if not member.designatable:
        other = f"，请指定 {member.designate_as}" if member.designate_as else ""
        raise UserError(f"parties：{member.zh}（{member.code}）不能单独指定{other}")
    return member


def _warn(member: Member, holder: Member, on: date, bill: _Bill) -> None:
    if member.code == holder.code:
        bill.warnings.append(
            said("{member}的注册人不能在国际注册中指定本国", member=both(member.zh, member.en))
        )
    if member.not_yet(on):
        bill.warnings.append(
            said(
                "{member}在{on}尚未加入马德里体系，不能指定",
                member=both(member.zh, member.en),
                on=on,
            )
        )
    if not member.declarations_known:
        bill.warnings.append(
            said("{member}的单独规费声明未收录，暂按补充费估算", member=both(member.zh, member.en))
        )


def _supplementary(
    bill: _Bill,
    article: str,
    schedule: Mapping[str, Value],
    designated: Sequence[_Designated],
    classes: int,
) -> Decimal:
    """100 per class over three, once per bill; none if only individual-fee parties are paid."""
    extra = max(0, classes - int(schedule["classes_included"]))
    if not extra or all(party.individual for party in designated):
        return ZERO
    amount = chf(schedule["supplementary"]) * extra
    return bill.add(
        said("附加费（超过三类的{extra}类）", extra=extra), article, amount, classes=extra
    )


def _party_fees(
    bill: _Bill, designated: Sequence[_Designated], kind: str, collective: bool, ref: Reference
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Each party's amount, and the second parts that some parties ask for later."""
    amounts: dict[str, Decimal] = {}
    second: dict[str, Decimal] = {}
    complementary = chf(ref.tariffs.schedule_on(bill.on)["complementary"])
    for party in designated:
        if not party.individual:
            item, article = (
                said("补充费 {member}", member=both(party.member.zh, party.member.en)),
                "Schedule 2.3/5.2/6.3",
            )
            amounts[party.code] = bill.add(item, article, complementary, party=party.code)
            continue
        tariffs = [_tariff(bill, party, each, collective, ref) for each in _kinds(
            bill, party, kind, collective, ref
        )]  # fmt: skip
        amount = sum((price_of(price, party.classes) for _, price in tariffs), ZERO)
        tariff = tariffs[0][0]
        item = said(
            "单独规费 {member}（{classes}类）",
            member=both(party.member.zh, party.member.en),
            classes=party.classes,
        )
        amounts[party.code] = bill.add(
            item, "Schedule 2.4/5.3/6.4; Art. 8(7)", amount,
            party=party.code, classes=party.classes, tariff_of=tariff.day,
            note=said("费率：{day}", day=tariff.day),
        )  # fmt: skip
        if kind == "application" and tariff.second_part is not None:
            second[party.code] = price_of(tariff.second_part, party.classes)
    return amounts, second


def _kinds(
    bill: _Bill, party: _Designated, kind: str, collective: bool, ref: Reference
) -> tuple[str, ...]:
    """The prices to be added up: in grace the party's own grace tariff, alone or on top."""
    if kind != "renewal_in_grace":
        return (kind,)
    own = ref.tariffs.individual_on(party.member.code, kind, bill.on, collective=collective)
    price = own.tariff.price(kind, collective) if own else None
    if price is None:
        return ("renewal",)
    return ("renewal", kind) if price.get("additive") else (kind,)


def _tariff(
    bill: _Bill, party: _Designated, kind: str, collective: bool, ref: Reference
) -> tuple[Tariff, Price]:
    chosen = ref.tariffs.individual_on(party.member.code, kind, bill.on, collective=collective)
    price = chosen.tariff.price(kind, collective) if chosen else None
    if chosen is None or price is None:
        name = f"{party.member.zh}（{party.member.code}）"
        raise UserError(f"parties：参考数据中没有{name}的单独规费")
    if chosen.estimated:
        day = chosen.tariff.day
        bill.warnings.append(
            said(
                "{member}在{on}的费率未收录，按{day}的费率估算",
                member=both(party.member.zh, party.member.en),
                on=bill.on,
                day=day,
            )
        )
    return chosen.tariff, price


def _lost(parties: Sequence[str], statuses: Mapping[str, str], ref: Reference) -> set[str]:
    named = {ref.members.acting(code, "parties").code for code in parties}
    lost = {
        ref.members.acting(code, "party_status").code
        for code, status in statuses.items()
        if status in LOST
    }
    return lost & named


def chf(amount: Value) -> Decimal:
    return Decimal(str(amount))
