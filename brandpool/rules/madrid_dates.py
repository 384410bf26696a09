"""Dates of an international registration: from the Office's receipt to dependency and renewal."""

from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.calendar import Calendar
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add
from brandpool.rules.periods import unit as unit_of
from brandpool.rules.reference import Reference, shipped

TWO_MONTHS = Period(2, "m")
THREE_MONTHS = Period(3, "m")
SIX_MONTHS = Period(6, "m")
FIVE_YEARS = Period(5, "y")
TEN_YEARS = Period(10, "y")


def add_period(start: date, length: int, unit: str) -> Explained:
    """The day a period ends before closed days are looked at.

    Common Regulations Rule 4(1)-(3): the corresponding day, or the month's last day.
    """
    period = _period(length, unit)
    end = add(start, period)
    return Explained(
        {"value": end},
        (
            Step(said("起算"), "Rule 4", start),
            Step(said("满{period}", period=period), "Rule 4(1)-(3)", end),
        ),
    )


def expire(
    start: date, length: int, unit: str, office: str = "IB", *, ref: Reference | None = None
) -> Explained:
    """The day a period ends, and the next day the office is open.

    Common Regulations Rule 4(4): moved if the International Bureau or the Office concerned is
    closed. office: IB, or CN for what must reach CNIPA.
    """
    period = _period(length, unit)
    end = add(start, period)
    step = _office(office, ref or shipped()).forward(
        said("满{period}", period=period), "Rule 4(1)-(4)", end
    )
    return Explained(
        {"raw": end, "rolled": step.rolled}, (Step(said("起算"), "Rule 4", start), step)
    )


def ir_date(
    office_received: date,
    ib_received: date,
    missing_element_received: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The date of the international registration.

    Protocol Art. 3(4): the Office's receipt if the application reaches the International Bureau
    within two months, otherwise the day it does. Rule 15(1): where applicant, parties, mark or
    goods were missing, the day the last of them arrives, unless that is within the two months.
    """
    return _transmitted(
        "Protocol Art. 3(4)", "Rule 15(1)", office_received, ib_received, missing_element_received,
        ref or shipped(),
    )  # fmt: skip


def subsequent_date(
    ib_received: date,
    office_received: date | None = None,
    missing_element_received: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The date of a subsequent designation.

    Rule 24(6)(a): filed direct, the day the International Bureau receives it; (b): through the
    Office, the Office's receipt if it arrives within two months; (c): as Rule 15(1).
    """
    if office_received is None:
        day = max(ib_received, missing_element_received or ib_received)
        return Explained(
            {"value": day}, (Step(said("国际局收到（直接提交）"), "Rule 24(6)(a)", day),)
        )
    return _transmitted(
        "Rule 24(6)(b)", "Rule 24(6)(c)", office_received, ib_received, missing_element_received,
        ref or shipped(),
    )  # fmt: skip


def _transmitted(
    article: str,
    missing_article: str,
    office_received: date,
    ib_received: date,
    missing: date | None,
    ref: Reference,
) -> Explained:
    if ib_received < office_received:
        raise UserError("ib_received：国际局收到日早于原属局收到日 office_received")
    limit = ref.wipo.forward(said("两个月内送达国际局"), article, add(office_received, TWO_MONTHS))
    complete = max(ib_received, missing or ib_received)
    assert limit.rolled is not None
    in_time = complete <= limit.rolled
    day = office_received if in_time else complete
    steps = [Step(said("原属局收到"), article, office_received), limit]
    steps.append(Step(said("国际局收到"), article, ib_received))
    if missing is not None:
        steps.append(Step(said("缺少的要素补齐"), missing_article, missing))
    why = (
        said("两个月内送达，以原属局收到日为准")
        if in_time
        else said("超过两个月，以送达或补齐之日为准")
    )
    steps.append(Step(said("确定日期"), article if in_time else missing_article, day, note=why))
    return Explained({"value": day, "transmission_limit": limit.rolled}, tuple(steps))


def priority_ok(
    priority_date: date, ir_date: date, office: str = "CN", *, ref: Reference | None = None
) -> Explained:
    """Whether a claim of priority is recorded.

    Art. 4(2), Rule 14(2)(i), Paris Convention Art. 4C: six months from the first filing; if the
    Office where protection is claimed is closed that day, the next open day. office: CN or IB.
    """
    if ir_date < priority_date:
        raise UserError("ir_date：国际注册日早于优先权日 priority_date")
    end = add(priority_date, SIX_MONTHS)
    calendar = _office(office, ref or shipped())
    step = calendar.forward(
        said("优先权期限{SIX_MONTHS}届满", SIX_MONTHS=SIX_MONTHS),
        "Paris Art. 4C(3); Rule 14(2)(i)",
        end,
    )
    assert step.rolled is not None
    ok = ir_date <= step.rolled
    chain = (
        Step(said("首次申请"), "Art. 4(2)", priority_date),
        step,
        Step(said("国际注册日"), "", ir_date),
    )
    return Explained({"value": ok, "limit": step.rolled}, chain)


def dependency_ends(ir_date: date) -> Explained:
    """The last day the registration depends on its basic mark.

    Protocol Art. 6(2), (3): five years from the date of the international registration; later
    designations do not start them again.
    """
    end = add(ir_date, FIVE_YEARS)
    chain = (
        Step(said("国际注册日"), "Art. 6(2)", ir_date),
        Step(
            said("依赖期{FIVE_YEARS}届满", FIVE_YEARS=FIVE_YEARS),
            "Art. 6(3)",
            end,
            note=said("后期指定不重新起算"),
        ),
    )
    return Explained({"value": end}, chain)


def central_attack(
    ir_date: date, effective: date | None = None, proceeding_started: date | None = None
) -> Explained:
    """Whether the end of the basic mark takes the international registration with it.

    Protocol Art. 6(3): the basic mark ceases to have effect within five years, or later through an
    appeal, action or opposition begun within them (also by withdrawal or renunciation while such a
    proceeding is pending). The last day of the five years is within them.
    """
    if effective is None and proceeding_started is None:
        raise UserError("effective、proceeding_started：请至少填写一项")
    ends = dependency_ends(ir_date)
    end = ends.day()
    steps = list(ends.chain)
    if proceeding_started is not None:
        note = said("依赖期内提起") if proceeding_started <= end else said("依赖期后提起")
        steps.append(Step(said("程序开始"), "Art. 6(3)", proceeding_started, note=note))
    if effective is not None:
        note = said("依赖期内") if effective <= end else said("依赖期后")
        steps.append(Step(said("基础商标效力终止"), "Art. 6(3)", effective, note=note))
    hit = any(day is not None and day <= end for day in (effective, proceeding_started))
    return Explained({"value": hit, "dependency_ends": end}, tuple(steps))


def transformation_deadline(cancelled: date) -> Explained:
    """Until when the mark can be transformed into national applications keeping its date.

    Protocol Art. 9quinquies(i): three months from the day the registration was cancelled, filed at
    each Office; whether a closed day there moves it is that country's law.
    """
    end = add(cancelled, THREE_MONTHS)
    chain = (
        Step(said("国际注册撤销登记"), "Art. 9quinquies", cancelled),
        Step(
            said("转变期{THREE_MONTHS}届满", THREE_MONTHS=THREE_MONTHS),
            "Art. 9quinquies(i)",
            end,
            note=said("在各缔约方主管局提出"),
        ),
    )
    return Explained({"value": end}, chain)


def renewal(
    ir_date: date,
    term: int | None = None,
    as_of: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Renewal window, due date and grace of a registration and all its designations.

    Protocol Art. 7, Rule 30(1): due ten years from the date of the registration (term 1), and
    every ten years; fees count from six months before; six months of grace with a surcharge.
    Later designations have no due date of their own. term: which ten years; with as_of instead,
    the first due date whose grace is not over.
    """
    ref = ref or shipped()
    if term is not None and term < 1:
        raise UserError("term：届次须为1或更多")
    number = term or 1
    if term is None and as_of is not None:
        while _grace_end(ir_date, number, ref) < as_of:
            number += 1
    due = add(ir_date, TEN_YEARS, number)
    opens = add(due, SIX_MONTHS, -1)
    due_step = ref.wipo.forward(
        said("第{number}个十年届满", number=number), "Rule 30(1), 4(4)", due
    )
    grace_step = ref.wipo.forward(
        said("宽展期届满"),
        "Rule 30(1)(a), 4(4)",
        add(due, SIX_MONTHS),
        said("另缴基本费50%的附加费"),
    )
    answer = {
        "term": number,
        "window_opens": opens,
        "due": due,
        "due_rolled": due_step.rolled,
        "grace_ends": grace_step.raw,
        "grace_ends_rolled": grace_step.rolled,
    }
    chain = (
        Step(said("国际注册日"), "Art. 7", ir_date),
        Step(said("可缴纳续展费（届满前6个月）"), "Rule 30(1)(b)", opens),
        due_step,
        grace_step,
    )
    return Explained(answer, chain)


def _grace_end(ir_date: date, number: int, ref: Reference) -> date:
    due = add(ir_date, TEN_YEARS, number)
    return ref.wipo.next_open_day(add(due, SIX_MONTHS))


def _period(length: int, unit: str) -> Period:
    period = Period(length, unit_of(unit))
    if period.unit == "wd":
        raise UserError("unit：马德里的期限不按工作日计，可用 d、w、m、y")
    if length < 0:
        raise UserError("length：期限不能为负数")
    return period


def _office(office: str, ref: Reference) -> Calendar:
    calendars: dict[str, Calendar] = {"IB": ref.wipo, "CN": ref.china}
    try:
        return calendars[office.strip().upper()]
    except KeyError:
        raise UserError(f"office：没有“{office}”的工作日历，可用 IB、CN") from None
