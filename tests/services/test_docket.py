"""Every date in one list, with its reasons; nothing overdue is ever hidden, nothing deleted."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.docket import DocketDate, DocketDecision
from brandpool.models.honour import Honour
from brandpool.models.madrid import (
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.mark_file import MarkEvent, MarkLicence, MarkPledge, UseEvidence
from brandpool.models.record import Record
from brandpool.models.renewal import RenewalStep
from brandpool.models.trademark import Trademark
from brandpool.rules.reference import shipped
from brandpool.services import (
    check,
    docket,
    docket_cache,
    docket_decide,
    history,
    judging,
    notices,
    reference_data,
    schemes,
    tiers,
    trademarks,
)
from brandpool.services.decision import MoveOrder
from brandpool.services.docket import Asked, Entry
from brandpool.services.docket_decide import Decision
from brandpool.services.notices import NoticeOrder, Proposal

TODAY = date(2026, 11, 22)


@pytest.fixture
def mark(pool: Pool, enterprise: str) -> str:
    """A mark registered on 7 December 2016, so that its term ends on 6 December 2026."""
    values = {
        "enterprise_id": enterprise, "reg_no": "18000001", "nice_class": 7, "name": "朝阳",
        "registered_on": date(2016, 12, 7), "reg_published": date(2016, 12, 7),
        "valid_until": date(2026, 12, 6),
    }  # fmt: skip
    return _add(pool, Trademark, values)


def _add(pool: Pool, model: type[Record], values: Mapping[str, Any]) -> str:
    with pool.write("登记", who="测试员") as session:
        return journal.insert(session, model, [values])[0]


def _caught_up(pool: Pool, on: date = TODAY) -> None:
    with pool.maintain() as session:
        docket_cache.catch_up(session, on, reference_data.reference(session, on))


def _docket(pool: Pool, on: date = TODAY, **asked: Any) -> list[Entry]:
    _caught_up(pool, on)
    with pool.read() as session:
        ref = reference_data.reference(session, on)
        return docket.find(session, Asked(on, **asked), ref)


def _named(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.rule: entry for entry in entries}


def _counts(pool: Pool, on: date = TODAY) -> dict[str, int]:
    _caught_up(pool, on)
    with pool.read() as session:
        return docket.counts(session, Asked(on), shipped())


def _decide(pool: Pool, key: str, decision: str, **how: Any) -> None:
    with pool.write("办理期限", who="王敏") as session:
        docket_decide.decide(session, [key], Decision(decision, TODAY, "王敏", **how), shipped())


def _letter(pool: Pool, mark: str, **values: Any) -> str:
    with pool.write("登记来文", who="测试员") as session:
        return trademarks.record_event(session, mark, values)


def test_a_refusal_received_yesterday_tells_day_roll_and_article(pool: Pool, mark: str) -> None:
    received = date(2026, 9, 20)
    _letter(pool, mark, event="refusal", letter="refusal_review", dated=received,
            received=received, delivery="paper", recipient="owner")  # fmt: skip
    entry = _named(_docket(pool, date(2026, 9, 21)))["mark.letter"]
    assert (entry.raw, entry.due) == (date(2026, 10, 5), date(2026, 10, 8))
    assert (entry.state, entry.note) == ("30", "驳回通知书")
    with pool.read() as session:
        told = docket.explained(session, entry.key, TODAY, shipped())
    assert "第三十四条" in told.chain[-1].article
    assert told.chain[-1].rolled == date(2026, 10, 8)


def test_on_its_last_day_of_grace_a_mark_still_shows_and_says_so(pool: Pool, mark: str) -> None:
    last = date(2027, 6, 6)
    entries = _named(_docket(pool, last))
    assert "mark.renewal_due" not in entries
    entry = entries["mark.grace_end"]
    assert (entry.due, entry.left, entry.state) == (last, "宽展期最后1天", "overdue")
    day_after = _named(_docket(pool, last + timedelta(days=1)))["mark.grace_end"]
    assert (day_after.state, day_after.left) == ("overdue", "逾期1天")


@pytest.mark.parametrize("years_late", [1, 5, 20])
def test_a_mark_imported_years_late_is_overdue_and_counted(
    pool: Pool, mark: str, years_late: int
) -> None:
    on = date(2027 + years_late, 8, 1)
    assert _named(_docket(pool, on))["mark.grace_end"].state == "overdue"
    assert _counts(pool, on)["overdue"] == 1


def test_the_window_opens_then_ends_then_leaves_grace_one_after_another(
    pool: Pool, mark: str
) -> None:
    def shown(on: date) -> set[str]:
        return {e.rule for e in _docket(pool, on, rules=_RENEWAL)}

    assert shown(date(2025, 11, 22)) == {"mark.renewal_opens"}
    assert shown(date(2026, 10, 1)) == {"mark.renewal_due"}
    assert shown(date(2026, 12, 6)) == {"mark.renewal_due"}
    assert shown(date(2026, 12, 7)) == {"mark.grace_end"}


_RENEWAL = ("mark.renewal_opens", "mark.renewal_due", "mark.grace_end")


def test_renewal_filed_or_granted_takes_the_term_off_and_brings_the_next(
    pool: Pool, mark: str
) -> None:
    _add(pool, RenewalStep, {"trademark_id": mark, "due": date(2026, 12, 6), "step": "filed",
                             "dated": TODAY})  # fmt: skip
    assert _docket(pool, rules=_RENEWAL) == []
    _letter(pool, mark, event="renewal_granted", dated=TODAY)
    later = _named(_docket(pool, date(2036, 12, 1), rules=_RENEWAL))
    assert later["mark.renewal_due"].due == date(2036, 12, 6)


def test_a_decision_takes_the_date_off_the_desk_and_keeps_it(pool: Pool, mark: str) -> None:
    entry = _named(_docket(pool))["mark.renewal_due"]
    _decide(pool, entry.key, "done")
    assert "mark.renewal_due" not in _named(_docket(pool))
    assert "mark.grace_end" not in _named(_docket(pool, date(2027, 1, 5)))
    kept = _named(_docket(pool, settled=True))
    assert kept["mark.renewal_due"].due == entry.due
    with pool.write("重新打开", who="王敏") as session:
        docket_decide.reopen(session, entry.key)
    assert "mark.renewal_due" in _named(_docket(pool))
    with pool.read() as session:
        assert check.check(session) == []


def test_a_missed_date_needs_a_reason_names_the_remedy_and_opens_it(pool: Pool, mark: str) -> None:
    entry = _named(_docket(pool))["mark.renewal_due"]
    with pytest.raises(UserError, match="请填写原因"):
        _decide(pool, entry.key, "missed")
    by = TODAY + timedelta(days=5)
    _decide(pool, entry.key, "missed", reason="企业未回复", remedy_by=by)
    with pool.read() as session:
        [decision] = session.execute(select(DocketDecision.remedy, DocketDecision.title)).all()
    assert "宽展期" in decision.remedy
    assert decision.title == "续展期满 朝阳 18000001 第7类"
    follow_up = _named(_docket(pool))["decision.remedy"]
    assert (follow_up.due, follow_up.state) == (by, "7")
    assert "mark.grace_end" in _named(_docket(pool, date(2027, 1, 5)))


@pytest.mark.parametrize(("decision", "missing"), [("not_needed", "原因"), ("passed_on", "转交")])
def test_what_was_not_done_must_be_accounted_for(
    pool: Pool, mark: str, decision: str, missing: str
) -> None:
    entry = _docket(pool)[0]
    with pytest.raises(UserError, match=missing):
        _decide(pool, entry.key, decision)


def test_a_decided_date_that_moves_is_open_again(pool: Pool, mark: str) -> None:
    event = _letter(pool, mark, event="refusal", letter="refusal_review", dated=TODAY,
                    received=TODAY, delivery="paper", recipient="owner")  # fmt: skip
    entry = _named(_docket(pool))["mark.letter"]
    _decide(pool, entry.key, "done")
    assert "mark.letter" not in _named(_docket(pool))
    with pool.write("更正收到日", who="王敏") as session:
        journal.update(session, MarkEvent, {event: {"received": TODAY + timedelta(days=3)}})
    assert _named(_docket(pool))["mark.letter"].due > entry.due


def test_an_override_counts_is_marked_and_survives_a_change_of_facts(pool: Pool, mark: str) -> None:
    event = _letter(pool, mark, event="refusal", letter="refusal_review", dated=TODAY,
                    received=TODAY, delivery="paper", recipient="owner")  # fmt: skip
    entry = _named(_docket(pool))["mark.letter"]
    agreed = entry.due + timedelta(days=30)
    with pool.write("改定期限", who="王敏") as session:
        with pytest.raises(UserError, match="理由"):
            docket_decide.override(session, entry.key, agreed, "王敏", " ", shipped())
        docket_decide.override(session, entry.key, agreed, "王敏", "书面同意延期", shipped())
    with pool.write("更正收到日", who="王敏") as session:
        journal.update(session, MarkEvent, {event: {"received": TODAY - timedelta(days=5)}})
    moved = _named(_docket(pool))["mark.letter"]
    assert (moved.due, moved.overridden) == (agreed, True)
    with pool.read() as session:
        told = docket.explained(session, entry.key, TODAY, shipped())
    assert (told.chain[-1].rolled, told.chain[-1].note) == (agreed, "书面同意延期")
    assert told.chain[-1].raw != entry.due


def test_a_preview_shows_old_and_new_and_writes_nothing(pool: Pool, mark: str) -> None:
    event = _letter(pool, mark, event="refusal", letter="refusal_review", dated=TODAY,
                    received=TODAY, delivery="paper", recipient="owner")  # fmt: skip
    before = _named(_docket(pool))["mark.letter"].due
    edits = {event: {"received": TODAY + timedelta(days=10)}}
    with pool.read() as session:
        [moved] = docket_decide.preview(session, MarkEvent, edits, TODAY, shipped())
        assert journal.snapshot(session, MarkEvent, [event])[event]["received"] == TODAY
    assert (moved.label, moved.old) == ("来文答复", before)
    with pool.write("更正收到日", who="王敏") as session:
        journal.update(session, MarkEvent, edits)
    assert _named(_docket(pool))["mark.letter"].due == moved.new


def test_a_preview_shows_an_overridden_date_where_it_stays_with_the_day_of_the_rules(
    pool: Pool, mark: str
) -> None:
    event = _letter(pool, mark, event="refusal", letter="refusal_review", dated=TODAY,
                    received=TODAY, delivery="paper", recipient="owner")  # fmt: skip
    entry = _named(_docket(pool))["mark.letter"]
    agreed = entry.due + timedelta(days=30)
    with pool.write("改定期限", who="王敏") as session:
        docket_decide.override(session, entry.key, agreed, "王敏", "书面同意延期", shipped())
    edits = {event: {"received": TODAY + timedelta(days=10)}}
    with pool.read() as session:
        [moved] = docket_decide.preview(session, MarkEvent, edits, TODAY, shipped())
    assert (moved.old, moved.new, moved.overridden) == (agreed, agreed, True)
    assert moved.computed not in (None, agreed, entry.due)


def test_a_letter_without_its_day_of_receipt_is_shown_at_once(pool: Pool, mark: str) -> None:
    _letter(pool, mark, event="letter", letter="correction", dated=date(2026, 11, 1),
            delivery="paper")  # fmt: skip
    entry = _named(_docket(pool))["mark.letter"]
    assert entry.state == "overdue"
    assert "未填写" in entry.note


@pytest.mark.parametrize("answer", [{"answered": TODAY}, None])
def test_an_answered_letter_is_off_the_docket(
    pool: Pool, mark: str, answer: dict[str, date] | None
) -> None:
    _letter(pool, mark, event="non_use_filed", letter="non_use_answer", dated=date(2026, 11, 2),
            received=date(2026, 11, 2), delivery="paper", recipient="owner",
            **(answer or {}))  # fmt: skip
    if answer is None:
        assert "mark.non_use_answer" in _named(_docket(pool))
        _letter(pool, mark, event="non_use_decided", outcome="kept", dated=TODAY)
    assert "mark.non_use_answer" not in _named(_docket(pool))


def test_risk_stands_apart_and_only_dated_use_moves_it(pool: Pool, mark: str) -> None:
    assert "mark.non_use_risk" not in _named(_docket(pool, within=366))
    assert _counts(pool)["exposed"] == 1
    _add(pool, UseEvidence, {"trademark_id": mark, "what": "invoice", "year": 2026})
    assert _counts(pool)["exposed"] == 1
    _add(pool, UseEvidence, {"trademark_id": mark, "what": "invoice", "used_on": TODAY})
    assert _counts(pool)["exposed"] == 0


def test_licences_pledges_and_honours_end(pool: Pool, mark: str, enterprise: str) -> None:
    soon = TODAY + timedelta(days=20)
    _add(pool, MarkLicence, {"trademark_id": mark, "licensee": "甲", "ends": soon})
    _add(pool, MarkPledge, {"trademark_id": mark, "pledgee": "乙", "ends": soon})
    _add(pool, MarkPledge, {"trademark_id": mark, "pledgee": "丙", "ends": soon, "released": soon})
    _add(pool, Honour, {"enterprise_id": enterprise, "honour": "high_tech", "valid_until": soon,
                        "review_year": 2026})  # fmt: skip
    entries = _docket(pool, states=("30",))
    found = sorted(entry.rule for entry in entries)
    ends = ["honour.valid_until", "licence.ends", "mark.renewal_due", "pledge.ends"]
    assert found == ends
    assert {entry.enterprise for entry in entries} == {enterprise}


def test_a_refusal_abroad_is_due_as_printed_and_a_grant_takes_it_off(
    pool: Pool, enterprise: str
) -> None:
    ir = _add(pool, InternationalRegistration, {
        "enterprise_id": enterprise, "irn": "1700001", "name": "ZHAOYANG",
        "ir_date": date(2025, 3, 1), "expiry": date(2035, 3, 1)})  # fmt: skip
    one = _add(pool, Designation, {
        "ir_id": ir, "party": "US", "designated_on": date(2025, 3, 1),
        "notified": date(2025, 6, 5)})  # fmt: skip
    assert _named(_docket(pool))["madrid.refusal_limit"].due == date(2026, 12, 7)
    refusal = {"designation_id": one, "tag": "RFNT", "dated": date(2026, 10, 1),
               "response_limit": date(2026, 12, 1), "event_key": "a"}  # fmt: skip
    _add(pool, DesignationEvent, refusal)
    entries = _named(_docket(pool))
    assert "madrid.refusal_limit" not in entries
    assert entries["madrid.response"].due == date(2026, 12, 1)
    grant = {"designation_id": one, "tag": "R18NV", "dated": TODAY, "event_key": "b"}
    _add(pool, DesignationEvent, grant)
    assert "madrid.response" not in _named(_docket(pool))


def test_next_years_holidays_make_provisional_dates_final(pool: Pool, mark: str) -> None:
    _letter(pool, mark, event="non_use_filed", letter="non_use_answer", dated=date(2026, 12, 1),
            received=date(2026, 12, 1), delivery="paper", recipient="owner")  # fmt: skip
    on = date(2026, 12, 2)
    before = _named(_docket(pool, on))["mark.non_use_answer"]
    assert (before.due, before.provisional) == (date(2027, 2, 1), True)
    holidays = copy.deepcopy(dict(shipped().documents["holidays"]))
    edited = reference_data.with_year(holidays, 2027, [date(2027, 2, 1)], [], "测试通知")
    with pool.write("2027年放假安排", who="王敏") as session:
        text = reference_data.written(edited)
        reference_data.save(session, "holidays", text, date(2026, 11, 25), "测试通知")
    after = _named(_docket(pool, on))["mark.non_use_answer"]
    assert (after.due, after.provisional) == (date(2027, 2, 2), False)


def _all_rows(session: Session) -> set[tuple[Any, ...]]:
    table = DocketDate.__table__
    names = [column for column in table.c if column.key != "id"]
    return set(map(tuple, session.execute(select(*names))))


def test_the_cache_that_followed_the_journal_equals_one_made_anew(
    pool: Pool, mark: str, enterprise: str
) -> None:
    _caught_up(pool)
    licence = _add(pool, MarkLicence, {"trademark_id": mark, "licensee": "甲", "ends": TODAY})
    _caught_up(pool)
    second = _add(pool, Trademark, {"enterprise_id": enterprise, "reg_no": "18000002",
                                    "nice_class": 9, "name": "朝阳",
                                    "prelim_published": date(2026, 11, 6)})  # fmt: skip
    with pool.write("改挂", who="王敏") as session:
        journal.update(session, MarkLicence, {licence: {"trademark_id": second}})
    entry = _named(_docket(pool))["mark.renewal_due"]
    _decide(pool, entry.key, "missed", reason="无", remedy_by=TODAY)
    _caught_up(pool)
    with pool.write("删除", who="王敏") as session:
        journal.delete(session, MarkLicence, [licence])
    _caught_up(pool)
    with pool.read() as session:
        followed = _all_rows(session)
    with pool.maintain() as session:
        docket_cache._note(session, [0, "", ""])
    _caught_up(pool)
    with pool.read() as session:
        assert _all_rows(session) == followed
    assert {row[0] for row in followed} >= {"mark.opposition_end", "decision.remedy"}


def test_counts_agree_with_what_the_list_shows(pool: Pool, mark: str, enterprise: str) -> None:
    for days in (-400, -1, 0, 1, 7, 8, 30, 31, 90, 91, 366):
        ends = TODAY + timedelta(days=days)
        _add(pool, MarkLicence, {"trademark_id": mark, "licensee": str(days), "ends": ends})
    numbers = _counts(pool)
    for state, number in numbers.items():
        assert len(_docket(pool, states=(state,))) == number, state
    assert numbers["overdue"] == 2
    assert (numbers["today"], numbers["7"], numbers["30"], numbers["90"]) == (1, 2, 3, 2)


def _registration(pool: Pool, enterprise: str, **values: Any) -> str:
    known = {"enterprise_id": enterprise, "irn": "1700001", "name": "ZHAOYANG"}
    return _add(pool, InternationalRegistration, known | values)


def test_a_registration_past_its_term_shows_grace_and_then_stays_overdue(
    pool: Pool, enterprise: str
) -> None:
    ir = _registration(pool, enterprise, ir_date=date(2016, 6, 15))
    shown = _named(_docket(pool, date(2026, 6, 10)))
    assert (shown["madrid.renewal_due"].raw, shown["madrid.renewal_due"].state) == (
        date(2026, 6, 15), "7",
    )  # fmt: skip
    for on in (date(2026, 12, 15), date(2031, 1, 1)):
        entry = _named(_docket(pool, on))["madrid.grace_end"]
        assert (entry.due, entry.state) == (date(2026, 12, 15), "overdue")
    _add(pool, IrEvent, {"ir_id": ir, "tag": "REN", "dated": date(2026, 6, 15), "event_key": "r"})
    again = _named(_docket(pool, date(2036, 6, 10)))
    assert again["madrid.renewal_due"].raw == date(2036, 6, 15)
    assert "madrid.grace_end" not in again


def test_a_central_attack_leaves_three_months_to_transform(pool: Pool, enterprise: str) -> None:
    ir = _registration(pool, enterprise, ir_date=date(2024, 1, 10))
    assert _named(_docket(pool, date(2028, 12, 1)))["madrid.dependency_end"].due == date(
        2029, 1, 10
    )
    fallen = {"ir_id": ir, "tag": "CBNT", "dated": date(2026, 11, 1), "event_key": "c"}
    _add(pool, IrEvent, fallen)
    entries = _named(_docket(pool))
    assert list(entries) == ["madrid.transformation"]
    assert entries["madrid.transformation"].due == date(2027, 2, 1)
    assert _named(_docket(pool, date(2027, 5, 1)))["madrid.transformation"].state == "overdue"


def test_a_declaration_abroad_counts_from_its_own_anchor_and_leaves_grace(
    pool: Pool, enterprise: str
) -> None:
    ir = _registration(pool, enterprise, ir_date=date(2019, 1, 10))
    one = _add(pool, Designation, {
        "ir_id": ir, "party": "US", "designated_on": date(2019, 1, 10),
        "notified": date(2019, 3, 1), "national_registered": date(2020, 12, 15)})  # fmt: skip
    grant = {"designation_id": one, "tag": "GP18N", "dated": date(2020, 12, 15), "event_key": "g"}
    _add(pool, DesignationEvent, grant)
    assert _named(_docket(pool))["madrid.duty"].due == date(2026, 12, 15)
    late = _named(_docket(pool, date(2027, 1, 10)))
    assert "madrid.duty" not in late
    assert late["madrid.duty_grace"].due == date(2027, 6, 15)


def test_a_tier_asks_for_its_review_a_year_on_and_a_new_day_brings_it(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("建库", who="王敏") as session:
        schemes.install_shipped(session)
        code = schemes.ladders(session, TODAY)[0][0]
        rungs = judging.ladder_of(schemes.for_ladder(session, code, TODAY), code)
        order = MoveOrder(
            enterprise, code, rungs.tiers[0].code, date(2026, 11, 25), "入库", override="先行入库"
        )
        tiers.move(session, [order], TODAY)
    assert _docket(pool) == []
    entry = _named(_docket(pool, date(2027, 11, 1)))["tier.review"]
    assert (entry.due, entry.title) == (date(2027, 11, 25), "宁波朝阳机械有限公司")
    later = date(2027, 11, 2)
    with pool.write("年度复核", who="王敏") as session:
        kept = MoveOrder(
            enterprise, code, rungs.tiers[0].code, later, "复核", override="照旧", review=True
        )
        tiers.move(session, [kept], later)
    assert "tier.review" not in _named(_docket(pool, later))


def test_a_public_notice_stays_until_somebody_is_moved_under_it(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("公示", who="王敏") as session:
        schemes.install_shipped(session)
        code = schemes.ladders(session, TODAY)[0][0]
        rungs = judging.ladder_of(schemes.for_ladder(session, code, TODAY), code)
        lines = (Proposal(enterprise, rungs.tiers[0].code),)
        notice = notices.publish(
            session, NoticeOrder("公示", code, date(2026, 11, 16), lines, working_days=5)
        )
    entry = _named(_docket(pool))["notice.ends"]
    assert (entry.due, entry.state) == (date(2026, 11, 23), "7")
    assert _named(_docket(pool, date(2026, 12, 30)))["notice.ends"].state == "overdue"
    with pool.write("入库", who="王敏") as session:
        [order] = notices.orders(session, notice, date(2026, 11, 25), "公示无异议")
        tiers.move(session, [replace(order, override="先行入库")], TODAY)
    assert "notice.ends" not in _named(_docket(pool, date(2026, 12, 30)))


def test_an_undone_step_takes_its_dates_back(pool: Pool, mark: str) -> None:
    before = {entry.key for entry in _docket(pool)}
    _add(pool, MarkLicence, {"trademark_id": mark, "licensee": "甲", "ends": TODAY})
    assert {entry.key for entry in _docket(pool)} > before
    with pool.read() as session:
        step = history.next_undo(session)
    assert step is not None
    with pool.write("撤销", who="王敏", source="undo", undoes=step.txn) as session:
        history.undo(session, step.txn)
    assert {entry.key for entry in _docket(pool)} == before
