"""Enforcement of marks and trade secrets: which articles apply, and by when a case is decided."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import LawVersion, in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

_TRADEMARK_LAW: Mapping[str, tuple[str, ...]] = {
    "mark_infringement": ("infringement", "infringement_penalty"),
    "agency": ("agency_penalty",),
}
_COMPETITION_LAW: Mapping[str, tuple[str, ...]] = {
    "trade_secret": ("trade_secret", "trade_secret_penalty"),
    "confusion": ("confusion", "confusion_penalty"),
}
_WORDING = "well_known_wording"


def case_law(
    case_type: str, filed_on: date, acted_on: date | None = None, *, ref: Reference | None = None
) -> Explained:
    """The law of a case and its articles: `law`, `articles`, and both together as `text`.

    行政处罚法第三十七条: the law at the time of the act; without that day the day of filing. The
    Trademark Law of 2019 names infringement in 第五十七条 and its penalty in 第六十条, that of 2026
    (from 2027-01-01) in 第七十二条 and 第七十四条. `text` is empty for a type of no known law.
    """
    ref = ref or shipped()
    day = acted_on or filed_on
    law, articles = _law(case_type, day, ref)
    text = law + "、".join(articles) if law else ""
    event = said("违法行为日") if acted_on else said("立案日（未登记违法行为日）")
    step = Step(said("按{event}选择法律", event=event), text or said("本类案件未收录法律依据"), day)
    warnings = []
    if acted_on and law and _law(case_type, filed_on, ref)[0] != law:
        warnings.append(said("行为日与立案日之间法律已修改：新规定处罚较轻的，适用新规定"))
    if law and not articles:
        warnings.append(said("条号未收录，请对照法律文本"))
    return Explained(
        {"law": law, "articles": tuple(articles), "text": text}, (step,), tuple(warnings)
    )


def case_decision(
    filed_on: date,
    suspended_on: date | None = None,
    resumed_on: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Until when a case is to be decided; the days it stood still are not counted.

    市场监督管理行政处罚程序规定第六十四条: ninety days from filing; the office's head can extend
    them. `due` is None while the case stands still (商标法: 权属有争议的，可以中止查处).
    """
    ref = ref or shipped()
    rule = ref.documents["protection"]["case"]
    period, source = Period.parse(rule["decide"]), rule["source"]
    steps = [Step(said("立案"), source, filed_on, note=said("当日不计"))]
    if suspended_on and not resumed_on:
        steps.append(Step(said("中止"), source, suspended_on, note=said("中止期间不计算办案期限")))
        return Explained({"due": None}, tuple(steps))
    end = add(filed_on, period)
    steps.append(
        Step(
            said("作出处理决定（{period}）", period=period),
            source,
            end,
            note=said("经批准可以延长"),
        )
    )
    if suspended_on and resumed_on:
        still = max((resumed_on - suspended_on).days, 0)
        end += timedelta(days=still)
        steps.append(Step(said("加上中止的{still}天", still=still), source, end))
    last = ref.china.forward(said("期限届满"), source, end)
    return Explained({"due": last.rolled}, (*steps, last))


def agency_penalty(article: str, dated: date, *, ref: Reference | None = None) -> Explained:
    """Whether a penalty of an agency is one that is to be shown on the marks it handles.

    商标法2026第六十七条: penalties of trademark agencies from 2027-01-01. `article` is what the
    decision cites, in Chinese or Arabic numerals.
    """
    ref = ref or shipped()
    version = ref.laws.on(dated)
    number = version.articles.get("agency_penalty", "")
    marks = bool(version.detail.get("agency_penalty_marks")) and bool(number)
    cited = marks and number in _articles(article)
    note = said("处罚依据：{article}", article=article) if article else said("没有登记处罚依据")
    step = Step(said("处罚日所施行的法律"), version.name + number, dated, note=note)
    return Explained({"flagged": cited}, (step,))


def _law(case_type: str, day: date, ref: Reference) -> tuple[str, list[str]]:
    if case_type == _WORDING:
        version = ref.laws.on(day)
        return version.name, _wording(version)
    if case_type in _TRADEMARK_LAW:
        version = ref.laws.on(day)
        return version.name, _named(version.articles, _TRADEMARK_LAW[case_type])
    if case_type in _COMPETITION_LAW:
        row = in_force(ref.law["unfair_competition"], day)
        return row["name"], _named(row["articles"], _COMPETITION_LAW[case_type])
    return "", []


def _named(articles: Mapping[str, str], matters: tuple[str, ...]) -> list[str]:
    return [articles[matter] for matter in matters if matter in articles]


def _wording(version: LawVersion) -> list[str]:
    ban: Mapping[str, Any] = version.detail.get("wording_ban") or {}
    return list(dict.fromkeys(filter(None, (ban.get("article"), ban.get("penalty_article")))))


def _articles(text: str) -> set[str]:
    """Every article a text cites, as 第六十七条."""
    return set(_cited(text.replace(" ", "")))


def _cited(text: str) -> Iterator[str]:
    for piece in text.split("第")[1:]:
        number, found, _rest = piece.partition("条")
        if found:
            yield f"第{_chinese(int(number)) if number.isdecimal() else number}条"


def _chinese(number: int) -> str:
    """A number below a hundred in Chinese: 67 is 六十七."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
