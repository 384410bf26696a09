"""Clocks of complaints and reports at the market regulator, by the order then in force."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped


def complaint_acceptance(received: date, *, ref: Reference | None = None) -> Explained:
    """Until when a complaint must be accepted or refused.

    投诉举报处理办法 (市场监管总局令第20号, from 2026-04-15 第121号): seven working days from
    receipt.
    """
    ref = ref or shipped()
    order = _order(received, ref)
    step = _working_days(said("决定是否受理并告知"), order, "accept", received, ref)
    return Explained({"due": step.rolled}, (_start(said("收到投诉"), order, received), step))


def complaint_mediation(accepted: date, *, ref: Reference | None = None) -> Explained:
    """When a mediation without agreement must be ended.

    令第121号第二十三条第一款第（五）项: sixty days from acceptance; 令第20号, for complaints
    accepted before 2026-04-15: forty-five working days. work_by: the last working day up to then.
    """
    ref = ref or shipped()
    order = _order(accepted, ref)
    start = _start(said("受理投诉"), order, accepted)
    period = Period.parse(order["mediation"])
    if period.unit == "wd":
        step = _working_days(said("未达成协议的终止调解"), order, "mediation", accepted, ref)
        return Explained(
            {"terminate_mediation_on": step.rolled, "work_by": step.rolled}, (start, step)
        )
    article = order["name"] + order.get("mediation_article", "")
    end = add(accepted, period)
    step = ref.china.backward(said("满{period}未达成协议的终止调解", period=period), article, end)
    return Explained({"terminate_mediation_on": end, "work_by": step.rolled}, (start, step))


def clue_check(found: date, *, ref: Reference | None = None) -> Explained:
    """Until when a clue must be checked, and until when that can be extended.

    令第20号、第121号: fifteen working days from the day it is found, fifteen more in special cases.
    """
    ref = ref or shipped()
    order = _order(found, ref)
    step = _working_days(said("核查并决定是否立案"), order, "check", found, ref)
    assert step.rolled is not None
    more = _working_days(said("特殊情况延长后"), order, "check_extension", step.rolled, ref)
    answer = {"due": step.rolled, "extendable_to": more.rolled}
    return Explained(answer, (_start(said("发现线索或收到材料"), order, found), step, more))


def reporter_told(filing_decision: date, *, ref: Reference | None = None) -> Explained:
    """Until when a reporter who gave a name must be told whether a case is opened.

    令第20号、第121号: five working days from the decision.
    """
    ref = ref or shipped()
    order = _order(filing_decision, ref)
    step = _working_days(said("告知实名举报人"), order, "tell_reporter", filing_decision, ref)
    return Explained(
        {"due": step.rolled}, (_start(said("作出是否立案的决定"), order, filing_decision), step)
    )


def _order(day: date, ref: Reference) -> Mapping[str, Any]:
    return in_force(ref.law["complaints"], day)


def _start(event: str, order: Mapping[str, Any], day: date) -> Step:
    return Step(event, order["name"], day, note=said("当日不计"))


def _working_days(
    event: str, order: Mapping[str, Any], matter: str, start: date, ref: Reference
) -> Step:
    period = Period.parse(order[matter])
    end = ref.china.nth_open_day(start, period.count)
    return ref.china.counted(f"{event}（{period}）", order["name"], start, end)
