"""A case of well-known protection: the day that counts, the words of the law, the clocks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules import well_known
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

_COUNTING = "实施条例第十二条"
_HANDLING = {
    "report_up": well_known.wellknown_report_up,
    "province_review": well_known.wellknown_province_review,
    "act_on_reply": well_known.wellknown_act_on_reply,
    "file_decision": well_known.wellknown_file_decision,
}


class Factor(NamedTuple):
    """One factor of the law: its code, its number in the article and its words."""

    code: str
    number: str
    words: str


class Words(NamedTuple):
    """How the law of a day speaks: `verb` 认定 or 确认, its articles, its factors, and the note
    that every list of cases prints."""

    law: str
    verb: str
    article: str
    factors: tuple[Factor, ...]
    note: str


class Stage(NamedTuple):
    """One stage of a case: its code, the day it was made or sent, the day it was received."""

    id: str
    stage: str
    sent: date | None
    received: date | None

    @property
    def day(self) -> date | None:
        """The day it happened, as far as is known."""
        return self.sent or self.received


class Clock(NamedTuple):
    """One clock of a case that a stage started: it runs to `due`, work ends by `work_by`.

    `matter` is its word in the reference data, `whose` who must act (office, party), `ended_on`
    the day of the stage that stopped it.
    """

    matter: str
    whose: str
    stage: str
    started: date
    due: date
    work_by: date
    ended_on: date | None
    explained: Explained


def case_words(on: date, ref: Reference | None = None) -> Words:
    """The words and articles of well-known protection on a day.

    商标法2019第十三条、第十四条 (认定); 商标法2026第二十一条、第六十三条 (确认). The event's date
    selects the version.
    """
    ref = ref or shipped()
    version = ref.laws.on(on)
    verb = str((version.detail["well_known"] or {}).get("verb") or "认定")
    starts = {one.id: one.start for one in ref.laws.versions}
    rows = ref.documents["well_known"]["factors"]
    known = [row for row in rows if starts[row["law"]] <= version.start] or rows[:1]
    row = max(known, key=lambda one: starts[one["law"]])
    factors = tuple(Factor(item["id"], item["no"], item["zh"]) for item in row["items"])
    article = version.name + row["article"]
    note = said(
        "个案{verb}：只在该案及其商品范围内有效，不是荣誉称号（{article}）",
        verb=verb,
        article=article,
    )
    return Words(version.name, verb, article, factors, note)


def case_anchor(
    route: str, days: Mapping[str, date | None], *, ref: Reference | None = None
) -> Explained:
    """The day from which three and five years are counted back, by the route of the case.

    驰名商标认定和保护规定第九条: the filing day of the opposed or disputed mark, the day protection
    is requested in enforcement; in court the day of the infringement. `days` holds opponent_filed,
    requested_on and infringed_on as far as they are known. `value` is None where the day that the
    route asks for is not; `field` and `label` say which. Raises UserError for an unknown route.
    """
    ref = ref or shipped()
    rule = ref.documents["well_known"]["anchors"].get(route)
    if rule is None:
        raise UserError(f"route：没有“{route}”这一保护途径")
    day = days.get(rule["field"])
    article = rule["article"]
    if article == "第九条":
        article = in_force(ref.law["well_known_handling"], day or date.max)["name"] + article
    label = both(rule["zh"], rule.get("en", rule["zh"]))
    step = Step(
        said("基准日：{label}", label=label), article, day, note="" if day else said("尚未登记")
    )
    return Explained({"value": day, "field": rule["field"], "label": label}, (step,))


def clocks(route: str, stages: Sequence[Stage], *, ref: Reference | None = None) -> list[Clock]:
    """Every clock that the stages of a case started, the earliest first, the stopped ones too.

    驰名商标认定和保护规定第十一、十二、十四条: 30, 30, 60 and 30 days; the office's periods and
    those of the parties as in the reference data. A stage without the day that starts its clock is
    counted from the other day it has, which is said in the chain.
    """
    ref = ref or shipped()
    rows: Iterable[Mapping[str, Any]] = ref.documents["well_known"]["clocks"]
    found = [
        clock for row in rows if route in row["routes"] for clock in _started(row, stages, ref)
    ]
    return sorted(found, key=lambda clock: (clock.started, clock.due, clock.matter))


def _started(row: Mapping[str, Any], stages: Sequence[Stage], ref: Reference) -> Iterator[Clock]:
    for stage in stages:
        if stage.stage != row["starts"] or stage.day is None:
            continue
        counted = stage.sent if row["counts"] == "sent" else stage.received
        started = counted or stage.received or stage.sent
        assert started is not None
        told = _period(row, started, ref)
        if counted is None:
            lacking = said("作出或发出日") if row["counts"] == "sent" else said("收到日")
            first = replace(
                told.chain[0], note=said("{lacking}没有登记，按已知的日期推算", lacking=lacking)
            )
            told = replace(told, chain=(first, *told.chain[1:]))
        ends = [
            other.day for other in stages
            if other.stage in row["ended_by"] and other.day and other.day >= started
        ]  # fmt: skip
        yield Clock(
            row["matter"], row["whose"], stage.id, started, told.day("due"), told.day("work_by"),
            min(ends, default=None), told,
        )  # fmt: skip


def _period(row: Mapping[str, Any], start: date, ref: Reference) -> Explained:
    if "handling" in row:
        return _HANDLING[row["handling"]](start, ref=ref)
    version = ref.laws.on(start)
    article = row.get("article") or version.article(row["law_article"])
    period = Period.parse(row["period"])
    due = add(start, period)
    memory = said("期限未与原文核对") if row.get("confidence") == "memory" else ""
    begin = Step(said("起算"), article, start, note=memory)
    if row["whose"] == "party":
        end = ref.china.forward(said("满{period}", period=period), f"{article}；{_COUNTING}", due)
        assert end.rolled is not None
        answer = {"due": end.rolled, "work_by": end.rolled}
        return Explained(answer, (begin, end), (memory,) if memory else ())
    back = ref.china.backward(
        said("满{period}", period=period), article, due, note=said("机关办理期限，不顺延")
    )
    more = row.get("extension")
    steps = [begin, back]
    if more:
        longer = add(due, Period.parse(more))
        steps.append(Step(said("经批准可延长{more}", more=Period.parse(more)), article, longer))
    return Explained(
        {"due": due, "work_by": back.rolled}, tuple(steps), (memory,) if memory else ()
    )
