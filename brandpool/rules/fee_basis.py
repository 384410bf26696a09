"""Which day's tariff applies to a Madrid payment."""

from collections.abc import Mapping
from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add

SIX_MONTHS = Period(6, "m")
KINDS: Mapping[str, frozenset[str]] = {
    "application": frozenset({"application", "international_application", "申请", "国际注册申请"}),
    "subsequent": frozenset({
        "subsequent", "subsequent_designation", "subsequent_via_office", "subsequent_direct",
        "designation", "后期指定",
    }),
    "renewal": frozenset({"renewal", "续展"}),
    "other": frozenset({
        "other", "transfer", "limitation", "licence", "license", "division", "change",
        "name_change", "name_address", "change_of_name", "continued_processing",
        "cancellation", "renunciation",
        "recording", "merger", "correction", "representative",
        "其他", "转让", "删减", "许可", "分案", "变更", "名称地址变更", "继续处理", "注销", "放弃",
    }),
}  # fmt: skip


def fee_basis_date(
    kind: str,
    office_received: date | None = None,
    ib_received: date | None = None,
    paid: date | None = None,
    due: date | None = None,
) -> Explained:
    """The day whose tariff applies.

    Rule 34(7): application (a) and subsequent designation through the Office (b): the day the
    Office received it; subsequent designation filed direct (c): the day the International Bureau
    received it; renewal (d): the day of payment, but a payment more than six months early counts
    as made exactly six months before the due date (Rule 30(1)(b)) and one after the due date takes
    the tariff of the due date; anything else (e): the day the International Bureau received it.
    """
    name = next((name for name, words in KINDS.items() if kind.strip().lower() in words), None)
    match name:
        case "application":
            day, event, article = (
                _given("office_received", office_received),
                said("原属局收到"),
                "(a)",
            )
        case "subsequent" if office_received is not None:
            day, event, article = office_received, said("主管局收到后期指定"), "(b)"
        case "subsequent":
            day, event, article = (
                _given("ib_received", ib_received),
                said("国际局收到后期指定"),
                "(c)",
            )
        case "renewal":
            return _renewal(_given("paid", paid), _given("due", due))
        case "other":
            day = _given("ib_received", ib_received or paid)
            event, article = said("国际局收到"), "(e)"
        case _:
            known = "、".join(KINDS)
            raise UserError(f"kind：不认识的种类“{kind}”，可用 {known}")
    return Explained({"value": day}, (Step(event, f"Rule 34(7){article}", day),))


def _renewal(paid: date, due: date) -> Explained:
    earliest = add(due, SIX_MONTHS, -1)
    day = min(max(paid, earliest), due)
    if paid < earliest:
        note = said("早于届满前六个月缴纳，视为届满前六个月之日收到")
    elif paid > due:
        note = said("届满后缴纳，按届满日的费率")
    else:
        note = said("按缴费日的费率")
    chain = (
        Step(said("缴费"), "Rule 30(1)(b)", paid),
        Step(said("续展届满日"), "Rule 30(1)", due),
        Step(said("费率基准日"), "Rule 34(7)(d)", day, note=note),
    )
    return Explained({"value": day}, chain)


def _given(name: str, day: date | None) -> date:
    if day is None:
        raise UserError(f"{name}：请填写该日期")
    return day
