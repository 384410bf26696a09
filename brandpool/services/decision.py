"""A decision to move, weighed before it is taken: what speaks against it and what it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import PublicNotice
from brandpool.rules.scheme import Ladder, Scheme
from brandpool.rules.standing import Placing, stays
from brandpool.rules.verdict import Verdict
from brandpool.services import judging, schemes
from brandpool.services.judging import Judgement
from brandpool.services.placings import placings

FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """What a person decided about one enterprise.

    `tier` is the code to move to, None to leave the ladder (then `exit_reason` says why).
    `effective` may lie in the past, or up to a year ahead. `scheme` is key@version, by default the
    one in force on that day, else the nearest. `override` says why the move is made although a
    condition is not met or not known, a tier is skipped, the notice still runs, or the scheme was
    not in force.
    `review` confirms the tier it stands on (年度复核) instead of moving.
    """

    enterprise: str
    ladder: str
    tier: str | None
    effective: date
    reason: str
    exit_reason: str | None = None
    document_no: str | None = None
    decided_by: str | None = None
    evidence: str | None = None
    override: str | None = None
    scheme: str | None = None
    notice_id: str | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """An order with what is known about it.

    `came_from` is the tier it would leave. `refusals` are what must be put right, `exceptions`
    what needs an override reason, each a sentence. `verdicts` are the facts the move will keep.
    """

    order: MoveOrder
    name: str
    came_from: str | None
    scheme: Scheme
    verdicts: tuple[Verdict, ...]
    refusals: tuple[str, ...]
    exceptions: tuple[str, ...]

    @property
    def needs_override(self) -> bool:
        """There are exceptions, and the order gives no reason for them."""
        return bool(self.exceptions) and not (self.order.override or "").strip()


def weigh(session: Session, orders: Sequence[MoveOrder], today: date) -> list[Weighed]:
    """What speaks against these orders, each judged as of its effective day; writes nothing.

    Several orders for one enterprise are read together, as when a history is entered. Raises
    UserError when an order stands there twice, or its ladder or scheme does not exist.
    """
    if len(set(orders)) < len(orders):
        raise UserError(_("名单中有企业重复，没有变动。请去掉重复的行。"))
    groups: dict[str, list[MoveOrder]] = defaultdict(list)
    for order in orders:
        groups[order.ladder].append(order)
    ends = _notice_ends(session, orders)
    found: dict[MoveOrder, Weighed] = {}
    for ladder, group in groups.items():
        line = _line(session, ladder, group)
        for one in _weigh_ladder(session, group, line, today, ends):
            found[one.order] = one
    return [found[order] for order in orders]


def _line(session: Session, ladder: str, orders: Sequence[MoveOrder]) -> dict[str, list[Placing]]:
    """The moves of the enterprises concerned, these orders among them."""
    before = placings(session, ladder, list({order.enterprise for order in orders}))
    for number, order in enumerate(orders):
        before[order.enterprise].append(Placing(order.effective, f"~{number}", order.tier))
    return before


def _scheme(session: Session, order: MoveOrder) -> Scheme:
    if order.scheme:
        return schemes.get(session, order.scheme)
    versions = schemes.versions_with(session, order.ladder)
    if versions and not any(version.in_force(order.effective) for version in versions):
        earlier = [version for version in versions if version.starts <= order.effective]
        return earlier[0] if earlier else versions[-1]
    return schemes.for_ladder(session, order.ladder, order.effective)


def _notice_ends(session: Session, orders: Iterable[MoveOrder]) -> dict[str, date | None]:
    ids = list({order.notice_id for order in orders if order.notice_id})
    found = journal.snapshot(session, PublicNotice, ids)
    return {notice: row["ends"] for notice, row in found.items()}


def _weigh_ladder(
    session: Session,
    orders: Sequence[MoveOrder],
    line: Mapping[str, Sequence[Placing]],
    today: date,
    ends: Mapping[str, date | None],
) -> list[Weighed]:
    established = journal.snapshot(session, Enterprise, list(line))
    cases: dict[tuple[date, str | None], list[MoveOrder]] = defaultdict(list)
    for order in orders:
        cases[order.effective, order.scheme].append(order)
    found: list[Weighed] = []
    for (day, _name), group in cases.items():
        scheme = _scheme(session, group[0])
        rungs = judging.ladder_of(scheme, group[0].ladder)
        judgements = _judged_before(session, group, rungs, day, line)
        for order in group:
            judgement = judgements.get(order.enterprise)
            refusals = [_("企业已不在库中，或是待合并的重复企业")]
            if judgement is not None:
                same_day = sum(1 for p in line[order.enterprise] if p.effective == day) > 1
                born = established[order.enterprise]["established"]
                refusals = _refusals(order, rungs, judgement)
                refusals += _credit_refusals(order, rungs, judgement)
                refusals += _date_refusals(order, today, born, same_day)
            found.append(_weighed(order, scheme, rungs, judgement, refusals, ends))
    return found


def _judged_before(
    session: Session,
    orders: Sequence[MoveOrder],
    rungs: Ladder,
    day: date,
    line: Mapping[str, Sequence[Placing]],
) -> dict[str, Judgement]:
    """The enterprises as they stood when that day began."""
    ids = list({order.enterprise for order in orders})
    eve = day - timedelta(days=1)
    past = {enterprise: stays(line[enterprise], eve) for enterprise in ids}
    return {j.enterprise: j for j in judging.judged(session, ids, rungs, day, past)}


def _weighed(
    order: MoveOrder,
    scheme: Scheme,
    rungs: Ladder,
    judgement: Judgement | None,
    refusals: Sequence[str],
    ends: Mapping[str, date | None],
) -> Weighed:
    came_from = judgement.standing.tier if judgement and judgement.standing else None
    verdicts: tuple[Verdict, ...] = ()
    exceptions: list[str] = []
    if judgement and not refusals:
        verdicts = _verdicts(order, judgement)
        exceptions = _exceptions(order, scheme, rungs, came_from, verdicts)
        exceptions += _open_notice(order, ends)
    name = judgement.name if judgement else order.enterprise
    return Weighed(order, name, came_from, scheme, verdicts, tuple(refusals), tuple(exceptions))


def _date_refusals(
    order: MoveOrder, today: date, established: date | None, same_day: bool
) -> list[str]:
    found = []
    if order.effective > today + FAR:
        found.append(_("生效日期 {day} 在一年以后，请核对年份").format(day=order.effective))
    if established and order.effective < established:
        text = _("生效日期 {day} 早于企业成立日期 {established}")
        found.append(text.format(day=order.effective, established=established))
    if same_day:
        found.append(_("{day} 已有另一次变动，同一天只能变动一次").format(day=order.effective))
    return found


def _refusals(order: MoveOrder, rungs: Ladder, judgement: Judgement) -> list[str]:
    now = judgement.standing.tier if judgement.standing else None
    found = []
    if not order.reason.strip():
        found.append(_("没有填写变动理由"))
    if order.tier is None:
        found += _exit_refusals(order, rungs, now)
    elif rungs.tier(order.tier) is None:
        found.append(_("方案中没有层级“{tier}”").format(tier=order.tier))
    elif order.review and order.tier != now:
        found.append(_("复核只能保留现在的层级；要改变层级请另办升降级"))
    elif order.tier == now and not order.review:
        label = _label(rungs, now)
        found.append(_("当天已在“{tier}”；如为年度复核，请按复核办理").format(tier=label))
    if order.tier is not None and order.exit_reason:
        found.append(_("填写了退出原因，却没有退出"))
    return found


def _credit_refusals(order: MoveOrder, rungs: Ladder, judgement: Judgement) -> list[str]:
    """Who is on a credit list may be reviewed, go down and leave, but not enter or go up."""
    if judgement.listing is None or order.tier is None or order.review:
        return []
    here = rungs.place(judgement.standing.tier) if judgement.standing else None
    there = rungs.place(order.tier)
    if here is not None and there is not None and there <= here:
        return []
    text = _("{listing}，不能入库或升级")
    return [text.format(listing=judgement.listing.sentence)]


def _exit_refusals(order: MoveOrder, rungs: Ladder, now: str | None) -> list[str]:
    found = []
    if now is None:
        found.append(_("{day} 不在梯队中，无从退出").format(day=order.effective))
    if not order.exit_reason:
        found.append(_("没有选择退出原因"))
    elif rungs.exit_reason(order.exit_reason) is None:
        found.append(_("方案中没有退出原因“{reason}”").format(reason=order.exit_reason))
    return found


def _verdicts(order: MoveOrder, judgement: Judgement) -> tuple[Verdict, ...]:
    if order.tier is None:
        return judgement.exits
    return next(v.verdicts for v in judgement.tiers if v.tier.code == order.tier)


def _exceptions(
    order: MoveOrder,
    scheme: Scheme,
    rungs: Ladder,
    came_from: str | None,
    verdicts: Sequence[Verdict],
) -> list[str]:
    """What needs a reason of its own; going down and leaving need none beyond the move's reason."""
    found = []
    if not scheme.in_force(order.effective):
        text = _("方案“{scheme}”在 {day} 没有施行")
        found.append(text.format(scheme=scheme.title, day=order.effective))
    if order.tier is None:
        return found
    here, there = rungs.place(came_from), rungs.place(order.tier)
    if here is not None and there is not None and there < here:
        return found
    if here is not None and there is not None and there > here + 1:
        skipped = "、".join(tier.words.label() for tier in rungs.tiers[here + 1 : there])
        found.append(_("越过了“{tiers}”").format(tiers=skipped))
    found += [verdict.gap for verdict in verdicts if verdict.gap]
    return found


def _open_notice(order: MoveOrder, ends: Mapping[str, date | None]) -> list[str]:
    if not order.notice_id:
        return []
    end = ends.get(order.notice_id)
    if end is None:
        return [_("所引公示没有截止日")]
    if order.effective <= end:
        return [_("公示到 {end} 才届满").format(end=end)]
    return []


def _label(rungs: Ladder, code: str | None) -> str:
    tier = rungs.tier(code)
    return tier.words.label() if tier else code or ""
