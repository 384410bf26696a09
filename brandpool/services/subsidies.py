"""How a filing stands to a subsidy rule that the clerk states, with its document and its days."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.services.madrid_bills import CENT, Bill


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """One rule of a subsidy for filings abroad, in renminbi.

    Amounts add up: `fixed` per registration, `per_party` for each party beyond `included_parties`,
    `share` (0 to 1) of the fees paid; `cap` limits the sum. `least_parties` must be designated.
    """

    title: str
    document_no: str
    starts: date
    ends: date | None = None
    fixed: Decimal = Decimal(0)
    per_party: Decimal = Decimal(0)
    included_parties: int = 0
    share: Decimal = Decimal(0)
    cap: Decimal | None = None
    least_parties: int = 1


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What the rule would give, in renminbi, and what is lacking (empty: nothing).

    `own` is what remains for the enterprise to pay; None where the bill has no renminbi.
    """

    amount: Decimal
    own: Decimal | None
    lacking: tuple[str, ...]
    text: str


def subsidy(bill: Bill, parties: int, on: date, rule: SubsidyRule) -> Subsidy:
    """The subsidy of a filing with so many parties on a day, or how far it is from it.

    Raises UserError where the rule asks for a share of the fees and the bill has no renminbi.
    """
    if rule.share and bill.rmb is None:
        raise UserError(_("该资助按实缴费用的比例计算，请先填写汇率和汇率日期。"))
    lacking = _lacking(parties, on, rule)
    full = rule.fixed + rule.per_party * max(0, parties - rule.included_parties)
    full += rule.share * (bill.rmb or Decimal(0))
    if rule.cap is not None:
        full = min(full, rule.cap)
    amount = Decimal(0) if lacking else full.quantize(CENT, ROUND_HALF_UP)
    own = None if bill.rmb is None else max(Decimal(0), bill.rmb - amount)
    text = _("依据《{title}》（{document}），估算资助 {amount} 元").format(
        title=rule.title, document=rule.document_no, amount=amount
    )
    return Subsidy(amount, own, lacking, text)


def _lacking(parties: int, on: date, rule: SubsidyRule) -> tuple[str, ...]:
    found = []
    if parties < rule.least_parties:
        text = _("差 {number} 个缔约方（至少 {least} 个）")
        found.append(text.format(number=rule.least_parties - parties, least=rule.least_parties))
    if on < rule.starts:
        found.append(_("政策自 {day} 起施行").format(day=rule.starts))
    if rule.ends is not None and on > rule.ends:
        found.append(_("政策已于 {day} 到期").format(day=rule.ends))
    return tuple(found)
