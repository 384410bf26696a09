"""The life of a Chinese mark: term and renewal, registration, non-use."""

from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import ONE_DAY, add, validity_end
from brandpool.rules.reference import Reference, shipped

COUNTING = "实施条例第十二条"


def mark_validity(
    registration_date: date, renewals: int = 0, *, ref: Reference | None = None
) -> Explained:
    """Term, renewal window and grace of a registered mark.

    商标法第三十九条、第四十条 (2026: 第四十三条、第四十四条), 实施条例第十二条第二款: ten years
    from the day of registration, ending the day before the corresponding day; renewal in the last
    twelve months; six months of grace. renewals: how often it has been renewed. The law does not
    say that these days move past holidays, so no extra day is promised.
    """
    ref = ref or shipped()
    if renewals < 0:
        raise UserError("renewals：续展次数不能为负数")
    start, law = registration_date, ref.laws.on(registration_date)
    valid_to = validity_end(start, law.terms["term"])
    for _ in range(renewals):
        start = valid_to + ONE_DAY
        valid_to = validity_end(start, law.terms["term"])
    next_term = valid_to + ONE_DAY
    law = ref.laws.on(valid_to)
    opens = add(next_term, law.terms["renewal_window"], -1)
    grace_to = validity_end(next_term, law.terms["grace"])
    answer = {
        "valid_from": start,
        "valid_to": valid_to,
        "renewal_opens": opens,
        "grace_to": grace_to,
        "next_term_starts": next_term,
    }
    chain = (
        Step(said("本届有效期起算"), law.article("term"), start),
        Step(
            said("有效期{term}届满", term=law.terms["term"]),
            f"{law.article('term')}；{COUNTING}第二款", valid_to,
            note=said("届满日为相应日的前一日，无相应日的为当月最后一日；法律未规定节假日顺延"),
        ),
        Step(
            said("期满前{window}可申请续展", window=law.terms["renewal_window"]),
            law.article("renewal"), opens,
        ),
        Step(
            said("宽展期{grace}届满", grace=law.terms["grace"]), law.article("renewal"), grace_to,
            note=said("自期满次日起算；期满未续展的予以注销"),
        ),
    )  # fmt: skip
    return Explained(answer, chain)


def renewal_status(
    registration_date: date,
    as_of: date,
    renewed: bool = False,
    renewals: int = 0,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Where a mark stands between two terms on a day; first and last days belong to their period.

    商标法第四十条: 已注册 before the window, 续展期内, 宽展期, 已失效 after the grace. renewed: the
    renewal of the running term is done, so the next term counts.
    """
    ref = ref or shipped()
    if as_of < registration_date:
        raise UserError("as_of：查询日早于注册日 registration_date")
    term = mark_validity(registration_date, renewals + int(renewed), ref=ref)
    if as_of < term.day("renewal_opens"):
        status = said("已注册")
    elif as_of <= term.day("valid_to"):
        status = said("续展期内")
    elif as_of <= term.day("grace_to"):
        status = said("宽展期")
    else:
        status = said("已失效")
    step = Step(
        said("查询日所处阶段"),
        f"商标法；{COUNTING}",
        as_of,
        note=said("{status}（首末日均计入）", status=status),
    )
    return Explained({"renewal_status": status, **term.answer}, (*term.chain, step))


def unopposed_registration(
    preliminary_publication: date, law: str | None = None, *, ref: Reference | None = None
) -> Explained:
    """Registration day and term of a mark nobody opposed.

    商标法第三十三条、第三十九条: registered the day after the opposition period; holidays do not
    move the registration. A publication before the new law keeps the period printed in it.
    """
    ref = ref or shipped()
    version = ref.laws.chosen(preliminary_publication, law)
    end = add(preliminary_publication, version.terms["opposition"])
    registered = end + ONE_DAY
    term = mark_validity(registered, ref=ref)
    answer = {"registration_date": registered, **term.answer}
    chain = (
        Step(said("初步审定公告"), version.article("opposition"), preliminary_publication),
        Step(
            said("公告期{opposition}届满", opposition=version.terms["opposition"]),
            version.article("opposition"),
            end,
        ),
        Step(
            said("核准注册"),
            version.article("registration"),
            registered,
            note=said("公告期满次日，不顺延"),
        ),
        *term.chain,
    )
    following = ref.laws.after(version)
    if law is None and following and end >= following.start:
        warning = said(
            "公告在新法施行前、期满在施行后，法律没有过渡条款；以公告载明的期限和注册证为准"
        )
        return Explained({**answer, "flag": "transition_unconfirmed"}, chain, (warning,))
    return Explained(answer, chain)


def non_use_risk(
    registration_published: date,
    last_dated_use: date | None = None,
    as_of: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """From which day anyone may apply to cancel the mark for three years of non-use.

    商标法第四十九条 (2026: 第五十七条), 实施条例第六十六条: three years after the publication of
    the registration, or after the last use that carries a date; evidence without a date does not
    count. With as_of the answer says whether that day has come.
    """
    ref = ref or shipped()
    last = max(registration_published, last_dated_use or registration_published)
    version = ref.laws.on(last)
    version = ref.laws.on(add(last, version.terms["non_use"]))
    attackable = add(last, version.terms["non_use"])
    used = last_dated_use is not None and last == last_dated_use
    event = said("最近一次有日期的使用") if used else said("注册公告")
    chain = (
        Step(event, version.article("non_use"), last),
        Step(
            said("满{non_use}，可被申请撤销", non_use=version.terms["non_use"]),
            version.article("non_use"),
            attackable,
        ),
    )
    answer: dict[str, object] = {"attackable_from": attackable}
    if as_of is not None:
        answer["attackable"] = as_of >= attackable
        answer["days_left"] = max(0, (attackable - as_of).days)
    return Explained(answer, chain)


def non_use_window(cancellation_applied: date, *, ref: Reference | None = None) -> Explained:
    """The three years before an application for cancellation: the years evidence must cover.

    商标法第四十九条, 实施条例第六十六、六十七条.
    """
    ref = ref or shipped()
    version = ref.laws.on(cancellation_applied)
    opens = add(cancellation_applied, version.terms["non_use"], -1)
    closes = cancellation_applied - ONE_DAY
    chain = (
        Step(said("申请撤销"), version.article("non_use"), cancellation_applied),
        Step(
            said("前{non_use}起始日", non_use=version.terms["non_use"]),
            version.article("non_use"),
            opens,
        ),
        Step(said("申请日前一日"), version.article("non_use"), closes),
    )
    return Explained({"window_from": opens, "window_to": closes}, chain)
