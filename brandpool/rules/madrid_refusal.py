"""How long an Office may refuse, and whether a refusal came in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.members import Member, in_effect
from brandpool.rules.periods import ONE_DAY, Period, add
from brandpool.rules.reference import Reference, shipped

ONE_YEAR = Period(12, "m")
EIGHTEEN_MONTHS = Period(18, "m")
ONE_MONTH = Period(1, "m")
SEVEN_MONTHS = Period(7, "m")
LAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class _Limit:
    """The refusal period between two parties for a designation notified on a day."""

    party: Member
    months: Period
    safeguarded: bool
    late_opposition: bool
    step: Step

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the clerk must know about this party's declarations."""
        if self.party.declarations_known:
            return ()
        party = both(self.party.zh, self.party.en)
        text = said(
            "{party}的声明未收录，按未作声明计；请以世界知识产权组织公布的为准", party=party
        )
        return (text,)

    @property
    def last_day(self) -> date:
        """The day the period ends, closed days of the International Bureau considered."""
        assert self.step.rolled is not None
        return self.step.rolled


def refusal_limit(
    party: str, notified: date, holder_cp: str = "CN", *, ref: Reference | None = None
) -> Explained:
    """The day the period for a provisional refusal ends.

    Protocol Art. 5(2)(a), (b): twelve months, eighteen where the party declared so, from the day
    the International Bureau SENT the notification of the designation to that Office. Art.
    9sexies(1)(b), Rule 18(1)(a)(iii): no such declaration between two parties to the Agreement, so
    fifteen "18-month" parties have twelve months against a Chinese holder. value is the day itself,
    rolled the next open day.
    """
    limit = _limit(party, notified, holder_cp, ref or shipped())
    answer = {
        "value": limit.step.raw,
        "rolled": limit.step.rolled,
        "months": limit.months.count,
        "art_9sexies": limit.safeguarded,
        "late_opposition_possible": limit.late_opposition,
    }
    return Explained(answer, (_notified(notified), limit.step), limit.warnings)


def opposition_limit(
    opposition_start: date,
    opposition_end: date,
    opposition_filed: date | None = None,
    party: str | None = None,
    notified: date | None = None,
    holder_cp: str = "CN",
    *,
    ref: Reference | None = None,
) -> Explained:
    """The day a refusal based on an opposition may still be sent after the eighteen months.

    Protocol Art. 5(2)(c)(ii): one month after the opposition period ends, at most seven months
    after it STARTS. Rule 16(1)(c): one month from an opposition filed in the last thirty days of
    the eighteen months (needs party, notified and opposition_filed).
    """
    ref = ref or shipped()
    if opposition_end < opposition_start:
        raise UserError("opposition_end：异议期届满日早于起始日 opposition_start")
    expiry = None
    if party is not None and notified is not None:
        expiry = _limit(party, notified, holder_cp, ref).step.raw
    step = _opposition_step(opposition_start, opposition_end, opposition_filed, expiry, ref)
    start = Step(said("异议期开始"), "Rule 16(1)(b)", opposition_start)
    end = Step(said("异议期届满"), "Rule 16(1)(b)", opposition_end)
    return Explained({"value": step.raw, "rolled": step.rolled}, (start, end, step))


def refusal_in_time(
    party: str,
    notified: date,
    sent: date,
    holder_cp: str = "CN",
    kind: str | None = None,
    rule16_info_sent: date | None = None,
    opposition_start: date | None = None,
    opposition_end: date | None = None,
    opposition_filed: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Whether a refusal counts, by the day the Office SENT it.

    Protocol Art. 5(2), Rule 18(1)(a)(iii). After the eighteen months only a refusal based on an
    opposition counts, if the party declared so with effect between the two, told the International
    Bureau within the eighteen months (Rule 16(1)(a)), and sent it within opposition_limit.
    """
    ref = ref or shipped()
    if sent < notified:
        raise UserError("sent：驳回发出日早于国际局通知日 notified")
    limit = _limit(party, notified, holder_cp, ref)
    sending = Step(said("主管局发出驳回"), "Rule 18(1)(a)(iii)", sent)
    chain = [_notified(notified), limit.step, sending]
    last_day = limit.last_day
    if sent > last_day and _may_be_late(limit, kind, rule16_info_sent):
        if opposition_start is None or opposition_end is None:
            raise UserError("opposition_start、opposition_end：请填写异议期的起止日")
        step = _opposition_step(
            opposition_start, opposition_end, opposition_filed, limit.step.raw, ref
        )
        assert step.rolled is not None
        last_day = step.rolled
        chain += [Step(said("第16条信息发出"), "Rule 16(1)(a)", rule16_info_sent), step]
    answer = {"value": sent <= last_day, "last_day": last_day, "art_9sexies": limit.safeguarded}
    return Explained(answer, tuple(chain), limit.warnings)


def response_limit(
    party: str,
    kind: str = "ex_officio",
    start: date | None = None,
    printed: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The last day to answer a provisional refusal.

    Rule 17(2)(vii): the date printed in the notification wins; else the party's own period from
    WIPO's table (Rule 17(7)), counted from the day that party counts from. kind: ex_officio or
    opposition. Raises UserError where neither is known: there is no general default.
    """
    ref = ref or shipped()
    member = ref.members.acting(party)
    if printed is not None:
        step = Step(said("通知书载明的答复期限"), "Rule 17(2)(vii)", printed)
        return Explained({"value": printed, "basis": "通知书载明"}, (step,))
    table = ref.documents["response_times"]
    known = table["members"].get(member.code, {}).get(_kind(kind))
    if known is None:
        raise UserError(f"party：{member.zh}没有收录的答复期限，请填写通知书载明的日期 printed")
    basis = counted_from(table, known["basis"])
    if start is None:
        raise UserError(f"start：请填写起算日（{basis}）")
    period = Period(known["value"], known["unit"][0])
    end = add(start, period)
    chain = (
        Step(basis, "Rule 17(7)", start),
        Step(said("答复期{period}届满", period=period), "Rule 17(2)(vii)", end),
    )
    warning = said("由该局的一般期限推算，以通知书载明的为准")
    return Explained({"value": end, "basis": basis}, chain, (warning,))


def counted_from(table: Mapping[str, Any], code: str) -> str:
    """The day a party counts its answering period from, in words; `table` is response_times."""
    text = table["basis"][code]
    return both(text, table.get("basis_en", {}).get(code, text))


def _limit(party: str, notified: date, holder_cp: str, ref: Reference) -> _Limit:
    member = ref.members.acting(party)
    holder = ref.members.acting(holder_cp, "holder_cp")
    safeguarded = ref.members.safeguarded(member, holder, notified)
    longer = in_effect(member.refusal_18m, notified) and not safeguarded
    months = EIGHTEEN_MONTHS if longer else ONE_YEAR
    declared = in_effect(member.refusal_18m, notified)
    note = said("18个月的声明在双方均受协定约束时不生效") if declared and safeguarded else ""
    article = "Art. 5(2)(b)" if longer else "Art. 5(2)(a)"
    if declared and safeguarded:
        article += "; Art. 9sexies(1)(b)"
    step = ref.wipo.forward(
        said("驳回期限{months}届满", months=months), article, add(notified, months), note
    )
    late = longer and in_effect(member.late_opposition, notified)
    return _Limit(member, months, safeguarded, late, step)


def _notified(day: date) -> Step:
    return Step(
        said("国际局向该局发出通知"), "Art. 5(2)", day, note=said("不是国际注册日、登记日或公告日")
    )


def _kind(text: str | None) -> str:
    spelled = (text or "ex_officio").strip().lower()
    if spelled in {"opposition", "异议", "依据异议"}:
        return "opposition"
    if spelled in {"ex_officio", "ex officio", "依职权"}:
        return "ex_officio"
    if spelled in {"both", "ex_officio_and_opposition", "依职权和异议"}:
        return "opposition"
    raise UserError(f"kind：不认识的驳回种类“{text}”，可用 ex_officio、opposition")


def _may_be_late(limit: _Limit, kind: str | None, info_sent: date | None) -> bool:
    told_in_time = info_sent is not None and info_sent <= limit.last_day
    return _kind(kind) == "opposition" and limit.late_opposition and told_in_time


def _opposition_step(
    start: date, end: date, filed: date | None, expiry: date | None, ref: Reference
) -> Step:
    """The limit of Art. 5(2)(c)(ii), or of Rule 16(1)(c) where the opposition was filed in time.

    expiry: the end of the eighteen months, if known.
    """
    if filed is not None and expiry is not None and end <= expiry:
        opens = expiry - LAST_DAYS * ONE_DAY
        if opens <= filed <= expiry:
            day = add(filed, ONE_MONTH)
            return ref.wipo.forward(said("异议提出后1个月"), "Rule 16(1)(c), 4(4)", day)
    by_end, by_start = add(end, ONE_MONTH), add(start, SEVEN_MONTHS)
    if by_start < by_end:
        event, day = said("异议期开始后7个月（上限）"), by_start
    else:
        event, day = said("异议期届满后1个月"), by_end
    return ref.wipo.forward(event, "Art. 5(2)(c)(ii), Rule 4(4)", day)
