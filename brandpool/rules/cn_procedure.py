"""Opposition, and the periods that start with a letter from the office."""

from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import LawVersion
from brandpool.rules.periods import ONE_DAY, Period, add
from brandpool.rules.reference import Reference, shipped
from brandpool.rules.service import Letter

COUNTING = "实施条例第十二条"


def opposition(
    preliminary_publication: date, law: str | None = None, *, ref: Reference | None = None
) -> Explained:
    """Opposition period of a preliminarily approved mark.

    商标法第三十三条 (three months; 2026: 第三十六条, two), 实施条例第十二条: the day of publication
    is not counted; the last day moves to the next working day for filing, the registration of an
    unopposed mark does not move. Published before the new law and ending after it begins: the law
    is silent, both ends are given and the earlier one is to be watched.
    """
    ref = ref or shipped()
    version = ref.laws.chosen(preliminary_publication, law)
    following = ref.laws.after(version)
    end = add(preliminary_publication, version.terms["opposition"])
    published = Step(said("初步审定公告"), version.article("opposition"), preliminary_publication)
    if law is None and following and end >= following.start and _differ(version, following):
        return _in_transition(published, version, following, ref)
    step = _opposition_end(preliminary_publication, version, ref)
    registered = end + ONE_DAY
    answer = {
        "period_end": end,
        "last_filing_day": step.rolled,
        "registration_date_if_unopposed": registered,
    }
    article = version.article("registration")
    last = Step(
        said("无异议的，公告期满次日核准注册"), article, registered, note=said("注册日不顺延")
    )
    return Explained(answer, (published, step, last))


def _differ(version: LawVersion, following: LawVersion) -> bool:
    return version.terms["opposition"] != following.terms["opposition"]


def _opposition_end(published: date, version: LawVersion, ref: Reference) -> Step:
    term = version.terms["opposition"]
    article = f"{version.article('opposition')}；{COUNTING}"
    return ref.china.forward(said("异议期{term}届满", term=term), article, add(published, term))


def _in_transition(
    published: Step, version: LawVersion, following: LawVersion, ref: Reference
) -> Explained:
    assert published.raw is not None
    steps = [_opposition_end(published.raw, law, ref) for law in (version, following)]
    ends = {
        f"end_if_{law.terms['opposition'].count}_months": step.raw
        for law, step in zip((version, following), steps, strict=True)
    }
    earlier = min(steps, key=lambda step: step.raw or date.max)
    answer = {
        **ends,
        "alert_on": earlier.rolled,
        "flag": "transition_unconfirmed",
        "alert_on_earlier": True,
    }
    warning = said(
        "公告在新法施行前、期满在施行后，法律没有过渡条款：按较早日预警，权利日以公告载明的期限为准"
    )
    return Explained(answer, (published, *steps), (warning,))


def reply(
    received: date | None = None,
    days: int | None = None,
    months: int | None = None,
    letter: str | None = None,
    e_dispatched: date | None = None,
    entered_system: date | None = None,
    agent_received: date | None = None,
    owner_received: date | None = None,
    notice_published: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The last day to answer a letter.

    实施条例第十条 (service), 第十二条 (the first day is not counted; a holiday at the end moves the
    day to the next working day). The length is given in days, in months, or by the kind of letter;
    one of the ways of service starts it. Raises UserError where that is not exactly one.
    """
    ref = ref or shipped()
    arrival = Letter(
        received=received,
        e_dispatched=e_dispatched,
        entered_system=entered_system,
        agent_received=agent_received,
        owner_received=owner_received,
        notice_published=notice_published,
    )
    delivered, service = arrival.delivered(ref)
    period, event, article = _length(delivered, days, months, letter, ref)
    return _answer(
        delivered,
        service,
        period,
        said("{event}{period}届满", event=event, period=period),
        article,
        ref,
    )


def non_use_answer(
    notice_received: date | None = None,
    received: date | None = None,
    e_dispatched: date | None = None,
    entered_system: date | None = None,
    agent_received: date | None = None,
    owner_received: date | None = None,
    notice_published: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The last day to file evidence of use against a request for cancellation.

    实施条例第六十六条: two months from receipt of the notice; service and counting as for reply.
    received is another name of notice_received.
    """
    ref = ref or shipped()
    if received is not None and notice_received is not None:
        raise UserError("notice_received、received：只能填写其中一项，期限只有一个起算日")
    arrival = Letter(
        received=notice_received or received,
        e_dispatched=e_dispatched,
        entered_system=entered_system,
        agent_received=agent_received,
        owner_received=owner_received,
        notice_published=notice_published,
    )
    delivered, service = arrival.delivered(ref, "notice_received")
    rule = ref.law["non_use_answer"]
    period = Period.parse(rule["period"])
    return _answer(
        delivered, service, period, said("举证期{period}届满", period=period), rule["article"], ref
    )


def _length(
    delivered: date, days: int | None, months: int | None, letter: str | None, ref: Reference
) -> tuple[Period, str, str]:
    """The period, its event and its article, from exactly one of the three ways to give it."""
    given = {"days": days, "months": months, "letter": letter}
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1:
        raise UserError("days、months、letter：请填写且只填写一项，作为期限的长度")
    if letter is not None:
        for row in ref.law["letters"]:
            if letter in {row["id"], row["zh"], row["zh"].split("：")[0]}:
                matter = row.get("law_article")
                article = ref.laws.on(delivered).article(matter) if matter else row["article"]
                name = both(row["zh"], row.get("en", row["zh"]))
                return Period.parse(row["period"]), said("{letter}，", letter=name), article
        known = "、".join(row["id"] for row in ref.law["letters"])
        raise UserError(f"letter：没有“{letter}”这种来文，可用 {known}")
    count = days if days is not None else months
    if count is None or count < 1:
        raise UserError(f"{named[0]}：期限须为1或更多")
    return Period(count, named[0][0]), said("答复期"), ""


def _answer(
    delivered: date, service: Step, period: Period, event: str, article: str, ref: Reference
) -> Explained:
    end = add(delivered, period)
    article = f"{article}；{COUNTING}" if article else COUNTING
    step = ref.china.forward(event, article, end, note=said("首日不计"))
    answer = {"deemed_delivered": delivered, "period_end": end, "due": step.rolled}
    return Explained(answer, (service, step))
