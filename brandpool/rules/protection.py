"""Limits of mediation, aid and credit lists: the law's where it gives one, else the station's."""

from datetime import date

from brandpool.i18n import said
from brandpool.rules.complaints import complaint_mediation
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

ADMINISTRATIVE = "administrative"


def mediation_end(kind: str, accepted: date, *, ref: Reference | None = None) -> Explained:
    """When a mediation without agreement ends: `due`, and `work_by` the last working day up to it.

    Administrative mediation goes by 令第121号第二十三条 (sixty days from acceptance), or the order
    before it; people's and trade mediation by the station's own limit, which is data.
    """
    ref = ref or shipped()
    if kind not in ref.documents["protection"]["mediation"] or kind == ADMINISTRATIVE:
        told = complaint_mediation(accepted, ref=ref)
        answer = {"due": told["terminate_mediation_on"], "work_by": told["work_by"]}
        return Explained(answer, told.chain)
    rule = ref.documents["protection"]["mediation"]
    return _limit(said("受理调解"), accepted, rule[kind], rule["source"], ref)


def aid_limit(accepted: date, *, ref: Reference | None = None) -> Explained:
    """When an aid request has been open for long: the station's own limit, which is data."""
    ref = ref or shipped()
    rule = ref.documents["protection"]["aid"]
    return _limit(said("受理维权援助"), accepted, rule["open"], rule["source"], ref)


def listing_term(list_type: str, listed: date, *, ref: Reference | None = None) -> Explained | None:
    """From when a listed enterprise may ask for removal (`early`), and how long it is published.

    总局令第44号 for serious dishonesty; the data says what is not checked. None for other lists.
    """
    ref = ref or shipped()
    rule = ref.documents["protection"]["credit_terms"].get(list_type)
    if rule is None:
        return None
    period = Period.parse(rule["published"])
    steps = [Step(said("列入名单"), rule["source"], listed)]
    early = add(listed, Period.parse(rule["early"])) if "early" in rule else None
    if early is not None:
        steps.append(Step(said("可以申请提前移出"), rule["source"], early))
    end = add(listed, period)
    steps.append(Step(said("公示满{period}", period=period), rule["source"], end))
    return Explained({"early": early, "due": end}, tuple(steps))


def _limit(event: str, start: date, length: str, source: str, ref: Reference) -> Explained:
    period = Period.parse(length)
    end = add(start, period)
    step = ref.china.backward(said("满{period}", period=period), source, end)
    begin = Step(event, source, start, note=said("当日不计"))
    return Explained({"due": end, "work_by": step.rolled}, (begin, step))
