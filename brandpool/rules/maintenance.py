"""Duties a mark has at a national Office besides renewal: declarations of use and the like."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

ANCHORS = {
    "us_registration": said("美国注册日"),
    "ir_date": said("国际注册日或后期指定登记日"),
    "base": said("起算日"),
    "grant": said("给予保护（核准）日"),
    "registration": said("注册日"),
    "renewal": said("续展日"),
    "gazette": said("续展公告日"),
}
SPECIFIC_FIRST = (
    "gazette",
    "renewal",
    "us_registration",
    "grant",
    "registration",
    "base",
    "ir_date",
)


def maintenance(
    party: str,
    base: date | None = None,
    ir_date: date | None = None,
    us_registration: date | None = None,
    grant: date | None = None,
    registration: date | None = None,
    renewal: date | None = None,
    gazette: date | None = None,
    cycle: int | None = None,
    mid: bool = False,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The window of one national duty, counted from its own anchor, not from the IR date.

    US 15 USC 1141k (us_registration; cycle n: every ten years), PH IN 18/2013 (base, grant,
    renewal; mid: the fifth year after it), MX IN 32/2024 (grant; gazette with grant), KH (base or
    registration, renewal), MZ (base = IR date) and CV IN 22/2022 (base = grant) every five years
    (cycle n). required is false, with no dates, where the party asks nothing.
    """
    ref = ref or shipped()
    member = ref.members.acting(party)
    duty = next(
        (row for row in ref.documents["maintenance"]["duties"] if row["party"] == member.code), None
    )
    if duty is None:
        note = said("{member}没有收录的国内维护义务", member=both(member.zh, member.en))
        return Explained(
            {"required": False, "due": None}, (Step(said("国内维护义务"), "", note=note),)
        )
    dates = {
        "base": base, "ir_date": ir_date, "us_registration": us_registration, "grant": grant,
        "registration": registration, "renewal": renewal, "gazette": gazette,
    }  # fmt: skip
    given = {name: day for name, day in dates.items() if day is not None}
    window = _window(duty, given, cycle, mid)
    anchor = next(name for name in SPECIFIC_FIRST if name in given and name in window["anchors"])
    start = Step(ANCHORS[anchor], duty["article"], given[anchor])
    excused = _excused(window.get("only_if", {}), given, anchor)
    if excused:
        step = Step(_name(window), duty["article"], note=excused)
        return Explained({"required": False, "duty": window["id"], "due": None}, (start, step))
    return _dates(duty, window, given[anchor], cycle, start)


def _window(
    duty: Mapping[str, Any], given: Mapping[str, date], cycle: int | None, mid: bool
) -> Mapping[str, Any]:
    """The window the inputs speak of: by anchor, by cycle, by mid; UserError names what lacks."""
    if cycle is not None and cycle < 0:
        raise UserError("cycle：周期数不能为负数")
    windows = [row for row in duty["windows"] if row.get("mid", mid) == mid]
    repeating = [row for row in windows if "every" in row]
    if cycle and repeating:
        windows = repeating
    for anchor in SPECIFIC_FIRST:
        for window in windows:
            if anchor in given and anchor in window["anchors"]:
                return dict(window)
    names = list(dict.fromkeys(name for window in windows for name in window["anchors"]))
    spelled = "、".join(f"{name}（{ANCHORS[name]}）" for name in names)
    raise UserError(f"{spelled}：{duty['zh']}从该日起算，请填写")


def _excused(condition: Mapping[str, Any], given: Mapping[str, date], anchor: str) -> str:
    """Why nothing is due in this window; empty where it is."""
    if "granted_from" in condition and given[anchor].isoformat() < condition["granted_from"]:
        return said("{granted_from}之前核准的，不需提交", granted_from=condition["granted_from"])
    if "input" in condition and condition["input"] in given:
        ripe = add(given[condition["input"]], Period.parse(condition["at_least"]))
        if given[anchor] < ripe:
            return said(
                "核准未满{at_least}（{ripe}），不需提交",
                at_least=Period.parse(condition["at_least"]),
                ripe=ripe,
            )
    return ""


def _dates(
    duty: Mapping[str, Any],
    window: Mapping[str, Any],
    anchor: date,
    cycle: int | None,
    start: Step,
) -> Explained:
    if "every" in window:
        due = add(anchor, Period.parse(window["every"]), cycle or 1)
        opens: date | None = add(due, Period.parse(window["opens_before_due"]), -1)
    else:
        due = add(anchor, Period.parse(window["due"]))
        opens = add(anchor, Period.parse(window["opens"])) if "opens" in window else None
    answer: dict[str, object] = {"required": True, "duty": window["id"]}
    steps = [start]
    if opens is not None:
        answer["opens"] = opens
        steps.append(Step(said("{window}：可提交", window=_name(window)), duty["article"], opens))
    answer["due"] = due
    note = _also(duty, "consequence")
    steps.append(
        Step(said("{window}：截止", window=_name(window)), duty["article"], due, note=note)
    )
    for key, name, label in (
        ("grace", "grace_ends", said("宽限期")),
        ("extension", "extended", said("延期（届满前申请）")),
    ):
        if key in window:
            answer[name] = add(due, Period.parse(window[key]))
            steps.append(
                Step(
                    said("{window}：{label}届满", window=_name(window), label=label),
                    duty["article"],
                    add(due, Period.parse(window[key])),
                )
            )
    needs = _also(duty, "needs")
    warnings = (said("{duty}：{needs}", duty=_name(duty), needs=needs),) if needs else ()
    return Explained(answer, tuple(steps), warnings)


def _name(row: Mapping[str, Any]) -> str:
    return both(row["zh"], row.get("en", row["zh"]))


def _also(duty: Mapping[str, Any], what: str) -> str:
    text = duty.get(what, "")
    return both(text, duty.get(f"{what}_en", text))
