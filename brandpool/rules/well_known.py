"""Well-known protection: the law in force, how long the mark must have lived, and the clocks."""

from datetime import date

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped


def law_in_force(event_date: date, *, ref: Reference | None = None) -> Explained:
    """Which Trademark Law governs an event, and what it calls well-known protection.

    商标法2026第八十七条: in force from 2027-01-01, the law of 2019 until then; the event's date
    selects the version.
    """
    ref = ref or shipped()
    version = ref.laws.on(event_date)
    well_known = version.detail["well_known"] or {"verb": None, "articles": []}
    answer = {
        "law": version.name,
        "in_force_from": version.start,
        "wkm_term": well_known["verb"],
        "wkm_articles": list(well_known["articles"]),
    }
    warnings = []
    if event_date < version.start:
        warnings.append(said("该日早于收录的最早一版（{name}）的施行日", name=version.name))
    if version.detail["confidence"] == "memory":
        warnings.append(said("该版的施行日未与原文核对"))
    step = Step(
        said("按事件日期选择法律版本"),
        version.name,
        event_date,
        note=said("{start}起施行", start=version.start),
    )
    return Explained(answer, (step,), tuple(warnings))


def wellknown_duration(
    anchor_date: date,
    registered_on: date | None = None,
    first_use: date | None = None,
    route: str | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Whether the mark has been registered or used long enough on the day that counts.

    驰名商标认定和保护规定第九条: registered for three years, or used for five (an unregistered
    mark: used for five), counted back from the anchor: the filing date of the opposed or
    disputed mark, the day protection is requested in enforcement, the day of infringement in
    court. earliest_ok is the first day either is met; none where neither date is known.
    """
    ref = ref or shipped()
    rule = in_force(ref.law["well_known_handling"], anchor_date)
    article = f"{rule['name']}{rule['duration_article']}"
    ways = []
    for event, start, length, label in (
        (said("核准注册"), registered_on, rule["registered_for"], said("注册满三年")),
        (said("首次使用"), first_use, rule["used_for"], said("持续使用满五年")),
    ):
        if start is not None:
            met = add(start, Period.parse(length))
            ways.append((met, label, Step(f"{event}（{start}），{label}", article, met)))
    by = next((label for met, label, _ in ways if met <= anchor_date), None)
    answer = {
        "duration_ok": by is not None,
        "by": by,
        "earliest_ok": min((met for met, _, _ in ways), default=None),
    }
    anchor = Step(
        said("基准日（{route}）", route=route) if route else said("基准日"), article, anchor_date
    )
    return Explained(answer, (*(step for _, _, step in ways), anchor))


def wellknown_report_up(case_filed: date, *, ref: Reference | None = None) -> Explained:
    """Until when the handling bureau reports the request upward: 30 days from opening the case.

    驰名商标认定和保护规定第十一条.
    """
    return _clock(said("立案"), "report_up", case_filed, ref or shipped())


def wellknown_province_review(received: date, *, ref: Reference | None = None) -> Explained:
    """Until when the province examines and passes on the material: 30 days from receipt.

    驰名商标认定和保护规定第十二条.
    """
    return _clock(said("省级收到材料"), "province_review", received, ref or shipped())


def wellknown_act_on_reply(reply_date: date, *, ref: Reference | None = None) -> Explained:
    """Until when the bureau decides the case and copies the province: 60 days from the reply.

    驰名商标认定和保护规定第十四条.
    """
    return _clock(said("国家知识产权局批复"), "act_on_reply", reply_date, ref or shipped())


def wellknown_file_decision(province_received: date, *, ref: Reference | None = None) -> Explained:
    """Until when the province files the penalty decision with CNIPA: 30 days from receipt.

    驰名商标认定和保护规定第十四条.
    """
    return _clock(said("省级收到处罚决定书"), "file_decision", province_received, ref or shipped())


def _clock(event: str, matter: str, start: date, ref: Reference) -> Explained:
    """An office's own limit in calendar days: it does not move, so work ends before a holiday."""
    rule = in_force(ref.law["well_known_handling"], start)
    article = rule["name"] + rule["articles"][matter]
    period = Period.parse(rule[matter])
    due = add(start, period)
    step = ref.china.backward(
        said("满{period}", period=period), article, due, note=said("机关办理期限，不顺延")
    )
    return Explained({"due": due, "work_by": step.rolled}, (Step(event, article, start), step))
