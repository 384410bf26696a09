"""Renewal of a mark whose expiry is recorded: the register's date, not a computed one, counts."""

from datetime import date

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import ONE_DAY, add, validity_end
from brandpool.rules.reference import Reference, shipped

COUNTING = "实施条例第十二条"


def recorded_term(
    valid_to: date,
    as_of: date | None = None,
    renewed: bool = False,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Renewal window and grace of the term that ends on a recorded day.

    商标法第四十条 (2026: 第四十四条): the last twelve months, and six months after; the following
    term starts the day after and lasts ten years. renewed: its renewal is done, so that following
    term counts. With as_of also where that day lies, first and last days belonging to their period.
    """
    ref = ref or shipped()
    steps = [Step(said("登记簿记载的届满日"), "商标注册证", valid_to, note=said("以记载为准"))]
    if renewed:
        law = ref.laws.on(valid_to)
        valid_to = validity_end(valid_to + ONE_DAY, law.terms["term"])
        steps.append(
            Step(
                said("续展一次，{term}届满", term=law.terms["term"]),
                law.article("renewal"),
                valid_to,
            )
        )
    law = ref.laws.on(valid_to)
    next_term = valid_to + ONE_DAY
    opens = add(next_term, law.terms["renewal_window"], -1)
    grace_to = validity_end(next_term, law.terms["grace"])
    article = f"{law.article('renewal')}；{COUNTING}第二款"
    steps += [
        Step(
            said("期满前{window}可申请续展", window=law.terms["renewal_window"]),
            article,
            opens,
        ),
        Step(
            said("宽展期{grace}届满", grace=law.terms["grace"]),
            article,
            grace_to,
            note=said("期满未续展的予以注销"),
        ),
    ]
    answer: dict[str, object] = {
        "valid_to": valid_to,
        "renewal_opens": opens,
        "grace_to": grace_to,
        "next_term_starts": next_term,
    }
    if as_of is not None:
        stage = _stage(as_of, opens, valid_to, grace_to)
        answer["renewal_status"] = stage
        steps.append(
            Step(
                said("查询日所处阶段"),
                article,
                as_of,
                note=said("{stage}（首末日均计入）", stage=stage),
            )
        )
    return Explained(answer, tuple(steps))


def _stage(on: date, opens: date, valid_to: date, grace_to: date) -> str:
    if on < opens:
        return said("已注册")
    if on <= valid_to:
        return said("续展期内")
    return said("宽展期") if on <= grace_to else said("已失效")
