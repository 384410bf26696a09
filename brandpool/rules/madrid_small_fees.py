"""Madrid amounts beside the bill: refunds, classification, recordings, continued processing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.madrid_fees import chf
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

TWO_MONTHS = Period(2, "m")
RECORDINGS: Mapping[str, tuple[str, str, bool]] = {
    "transfer": ("transfer", "Schedule 7.1, 7.2", True),
    "limitation": ("limitation", "Schedule 7.3", True),
    "name_address": ("name_or_address", "Schedule 7.4", False),
    "licence": ("licence", "Schedule 7.5", True),
    "continued_processing": ("continued_processing", "Schedule 7.6", True),
    "division": ("division", "Schedule 7.7", True),
}
"""Kind: the Schedule's word, its item, whether it is paid for each registration."""
FREE = ("renunciation", "cancellation", "representative", "correction", "limitation_in_application")
CONTINUED = (
    "11(2)", "11(3)", "12(7)", "20bis(2)", "24(5)(b)", "26(2)", "27bis(3)(c)", "34(3)(c)(iii)",
    "39(1)",
)  # fmt: skip


def abandoned_refund(
    paid: Decimal,
    kind: str = "application",
    on: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """What comes back of the fees of an abandoned application or subsequent designation.

    Rule 11(5): all but half of item 2.1.1 (half of 653, also for a mark in colour); Rule 24(5)(b):
    all but half of item 5.1.
    """
    tariffs = (ref or shipped()).tariffs
    schedule = tariffs.schedule_on(on or tariffs.as_of)
    if paid < 0:
        raise UserError("paid：已缴金额不能为负数")
    later = _is_subsequent(kind)
    item, article = ("subsequent", "Rule 24(5)(b)") if later else ("basic", "Rule 11(5)")
    kept = min(paid, chf(schedule[item]) / 2)
    step = Step(said("退还：已缴{paid}减基本费的一半{kept}", paid=paid, kept=kept), article)
    return Explained({"value": paid - kept, "kept": kept, "currency": "CHF"}, (step,))


def classification_fee(
    terms: int,
    grouped: bool = False,
    misclassified: int | None = None,
    on: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The fee for putting the classification of goods and services right.

    Rule 12(1)(b), Schedule item 4: goods not grouped by class 77 plus 4 per term over twenty;
    grouped but misclassified 20 plus 4 per such term; nothing where the total is below 150. terms:
    all terms if not grouped, else the misclassified ones (unless misclassified gives their number).
    """
    tariffs = (ref or shipped()).tariffs
    rule = tariffs.schedule_on(on or tariffs.as_of)["classification"]
    wrong = terms if misclassified is None else misclassified
    if min(terms, wrong) < 0:
        raise UserError("terms：项数不能为负数")
    if not grouped:
        article, amount = "Schedule 4.1", rule["not_grouped"]
        amount += rule["per_term"] * max(0, terms - rule["terms_included"])
    elif wrong:
        article, amount = (
            "Schedule 4.2",
            rule["misclassified"] + rule["per_misclassified_term"] * wrong,
        )
    else:
        article, amount = "Schedule 4", 0
    due = chf(amount if amount >= rule["nil_below"] else 0)
    note = "" if due else said("不足{nil_below}，免缴", nil_below=rule["nil_below"])
    step = Step(said("分类不规范费 {amount}", amount=amount), article, note=note)
    return Explained({"value": due, "currency": "CHF"}, (step,))


def fee_recording(
    kind: str, registrations: int = 1, on: date | None = None, *, ref: Reference | None = None
) -> Explained:
    """The fee for recording a change.

    Schedule item 7: transfer, limitation, licence and division for each registration; a change of
    name or address once per request, whatever the number of registrations. Rule 36: renunciation,
    cancellation, representatives and corrections are free.
    """
    tariffs = (ref or shipped()).tariffs
    if registrations < 1:
        raise UserError("registrations：国际注册的件数须为1或更多")
    if kind in FREE:
        free = Step(said("免费登记"), "Rule 36", note=kind)
        return Explained({"value": chf(0), "currency": "CHF"}, (free,))
    if kind not in RECORDINGS:
        known = "、".join((*RECORDINGS, *FREE))
        raise UserError(f"kind：不认识的登记种类“{kind}”，可用 {known}")
    word, article, each = RECORDINGS[kind]
    price = chf(tariffs.schedule_on(on or tariffs.as_of)[word])
    amount = price * registrations if each else price
    how = said("按每件国际注册计") if each else said("按每次申请计，不论件数")
    step = Step(said("登记费 {amount}", amount=amount), article, on, note=how)
    return Explained({"value": amount, "currency": "CHF"}, (step,))


def continued_processing(missed: date, rule: str, *, ref: Reference | None = None) -> Explained:
    """Until when continued processing may be asked for after a missed time limit.

    Rule 5bis: two months from the expiry of the limit, with the fee, everything missed being done
    at once. Only for the limits the Rule names: never for renewal, Rules 11(4), 12(2), 13.
    """
    ref = ref or shipped()
    name = rule.replace(" ", "").removeprefix("R")
    if name not in CONTINUED:
        raise UserError(f"rule：第{name}条的期限不能请求继续处理，只适用于 {'、'.join(CONTINUED)}")
    step = ref.wipo.forward(
        said("请求继续处理{TWO_MONTHS}届满", TWO_MONTHS=TWO_MONTHS),
        "Rule 5bis(1)(a)(ii)",
        add(missed, TWO_MONTHS),
    )
    fee = chf(ref.tariffs.schedule_on(missed)["continued_processing"])
    start = Step(said("错过的期限（Rule {name}）", name=name), "Rule 5bis(1)(a)", missed)
    return Explained({"value": step.raw, "rolled": step.rolled, "fee": fee}, (start, step))


def _is_subsequent(kind: str) -> bool:
    spelled = kind.strip().lower()
    if spelled in {"application", "国际注册申请", "申请"}:
        return False
    if spelled in {"subsequent", "subsequent_designation", "后期指定"}:
        return True
    raise UserError(f"kind：不认识的种类“{kind}”，可用 application、subsequent")
