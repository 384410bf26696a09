"""Madrid in a pool: the status of each designation, and the traps of ordinary software."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.enterprise import Enterprise
from brandpool.services import madrid, madrid_bills, madrid_counts, madrid_duties, madrid_events
from brandpool.services.madrid_bills import Rate
from brandpool.services.madrid_counts import FiftyDefinition
from tests.services.marks import ON, designation, event, registration


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


@pytest.fixture
def ir(session: Session, enterprise: str) -> str:
    return registration(session, enterprise)


def cell(session: Session, party: str, on: date = ON, place: int = -1) -> madrid.Cell:
    [row] = madrid.matrix(session, on).rows
    return row.cells[party][place]


def test_status_is_per_designation_and_not_by_the_registrations_last_record(
    session: Session, ir: str
) -> None:
    us, jp = designation(session, ir, "US"), designation(session, ir, "JP")
    event(session, us, "RFNT", date(2025, 1, 10))
    event(session, jp, "GP18N", date(2025, 3, 10))
    assert cell(session, "US").status == "全部临时驳回"
    assert cell(session, "JP").status == "给予保护"


def test_a_provisional_refusal_is_not_dead_and_survives_the_limit(
    session: Session, ir: str
) -> None:
    us = designation(session, ir, "US")
    event(session, us, "RFNT", date(2025, 1, 10))
    late = cell(session, "US", date(2026, 6, 1))
    assert (late.status, late.family, late.protected) == ("全部临时驳回", "refused", False)


def test_a_partial_refusal_is_not_a_total_one(session: Session, ir: str) -> None:
    us = designation(session, ir, "US")
    event(session, us, "RFNP", date(2025, 1, 10))
    assert cell(session, "US").status == "部分临时驳回"


def test_interim_status_is_no_grant(session: Session, ir: str) -> None:
    au = designation(session, ir, "AU")
    event(session, au, "ISN", date(2025, 1, 10))
    found = cell(session, "AU", date(2025, 2, 1))
    assert (found.status, found.protected, found.granted) == ("临时状态:可被异议", False, None)


def test_a_further_decision_overrides_the_confirmed_refusal(session: Session, ir: str) -> None:
    us = designation(session, ir, "US")
    event(session, us, "RFNT", date(2025, 1, 10))
    event(session, us, "R18NT", date(2025, 6, 10))
    assert cell(session, "US").family == "lost"
    event(session, us, "FDNV", date(2026, 2, 10))
    assert (cell(session, "US").status, cell(session, "US").granted) == (
        "给予保护", date(2026, 2, 10),
    )  # fmt: skip


def test_silence_is_presumed_protection_to_be_verified(session: Session, ir: str) -> None:
    designation(session, ir, "US")
    before, after = cell(session, "US", date(2026, 1, 1)), cell(session, "US", date(2026, 1, 3))
    assert (before.status, before.verify) == ("审查中", False)
    assert (after.status, after.verify, after.protected) == (
        "默示保护(第5条保留期内)", True, True,
    )  # fmt: skip


def test_the_refusal_period_runs_from_the_notification_to_that_office(
    session: Session, ir: str
) -> None:
    designation(session, ir, "US", notified=date(2024, 7, 1))
    designation(session, ir, "JP", notified=date(2024, 8, 15))
    us, jp = cell(session, "US").refusal_limit, cell(session, "JP").refusal_limit
    assert us is not None
    assert jp is not None
    assert (us["value"], jp["value"]) == (date(2026, 1, 1), date(2026, 2, 15))


def test_towards_an_agreement_state_a_chinese_holder_has_twelve_months(
    session: Session, ir: str
) -> None:
    designation(session, ir, "CH")
    limit = cell(session, "CH").refusal_limit
    assert limit is not None
    assert (limit["months"], limit["art_9sexies"]) == (12, True)


def test_without_the_day_of_notification_nothing_is_presumed(session: Session, ir: str) -> None:
    designation(session, ir, "US", notified=None)
    found = cell(session, "US", date(2030, 1, 1))
    assert (found.status, found.verify, found.refusal_limit) == ("审查中", True, None)


def test_a_later_designation_is_its_own_and_both_stand_in_the_matrix(
    session: Session, ir: str
) -> None:
    first = designation(session, ir, "US")
    event(session, first, "RFNT", date(2025, 1, 10))
    event(session, first, "R18NT", date(2025, 6, 10))
    designation(
        session, ir, "US", on=date(2026, 3, 1), route="subsequent", notified=date(2026, 4, 1)
    )
    assert cell(session, "US", place=0).status == "驳回确认"
    assert cell(session, "US", place=1).status == "审查中"


def test_europe_is_one_party_whatever_its_code(session: Session, ir: str) -> None:
    designation(session, ir, "EU")
    assert madrid.matrix(session, ON).parties == ("EM",)


def test_several_refusals_must_all_be_settled_and_each_has_its_limit(
    session: Session, ir: str
) -> None:
    ca = designation(session, ir, "CA")
    event(session, ca, "RFNT", date(2025, 1, 10), sent=date(2025, 1, 10), document_id="A")
    event(session, ca, "RFNP", date(2025, 2, 10), sent=date(2025, 2, 10), document_id="B",
          grounds="opposition", response_limit=date(2025, 5, 1))  # fmt: skip
    refusals = cell(session, "CA", date(2025, 3, 1)).refusals
    assert [(r.due, r.printed) for r in refusals] == [
        (date(2025, 7, 10), False), (date(2025, 5, 1), True),
    ]  # fmt: skip
    event(session, ca, "R18NV", date(2025, 12, 1))
    assert cell(session, "CA").refusals == ()


def test_a_response_limit_is_never_guessed(session: Session, ir: str) -> None:
    us = designation(session, ir, "US")
    event(session, us, "RFNT", date(2025, 1, 10), sent=date(2025, 1, 10))
    ca = designation(session, ir, "CA")
    event(session, ca, "RFNT", date(2025, 1, 10))
    assert [r.due for r in cell(session, "CA").refusals] == [None]
    [refusal] = cell(session, "US").refusals
    assert refusal.due is None or not refusal.printed


def test_a_refusal_counts_by_its_sending_and_a_late_one_is_told(session: Session, ir: str) -> None:
    jp = designation(session, ir, "JP")
    event(session, jp, "RFNT", date(2026, 1, 20), sent=date(2026, 1, 2), document_id="in time")
    event(session, jp, "RFNP", date(2026, 1, 21), sent=date(2026, 1, 5), document_id="late")
    assert [r.late for r in cell(session, "JP").refusals] == [False, True]


def test_the_same_event_twice_is_one(session: Session, ir: str) -> None:
    us = designation(session, ir, "US")
    first = event(session, us, "RFNT", date(2025, 1, 10), document_id="X")
    assert event(session, us, "RFNT", date(2025, 1, 10), document_id="X") == first


def test_the_end_of_the_whole_registration_takes_every_party(session: Session, ir: str) -> None:
    us = designation(session, ir, "US")
    event(session, us, "GP18N", date(2025, 3, 1))
    madrid_events.record_ir_event(session, ir, {"tag": "CBNT", "dated": date(2026, 9, 30)})
    found = cell(session, "US")
    assert found.status == "国际注册撤销(基础终止效力)"
    assert found.transformable_until == date(2026, 12, 30)
    [row] = madrid.matrix(session, ON).rows
    assert row.status == "国际注册撤销(基础终止效力)"


def test_filings_outside_madrid_stand_in_the_same_matrix(
    session: Session, ir: str, enterprise: str
) -> None:
    designation(session, ir, "US")
    for party, state in (("HK", "registered"), ("TW", "filed")):
        values = {"enterprise_id": enterprise, "party": party, "name": "SUNRISE",
                  "filing_no": "30" + party, "status": state}  # fmt: skip
        journal.insert(session, ForeignFiling, [values])
    found = madrid.matrix(session, ON)
    assert set(found.parties) == {"US", "HK", "TW"}
    direct = found.rows[1]
    assert direct.kind == "foreign_filing"
    assert {p: c[0].family for p, c in direct.cells.items()} == {"HK": "protected", "TW": "pending"}


def test_renewal_of_a_late_designation_hangs_on_the_registrations_date(
    session: Session, enterprise: str
) -> None:
    one = registration(session, enterprise, "900001", ir_date=date(2016, 12, 1))
    designation(session, one, "JP", on=date(2023, 1, 1), route="subsequent")
    [bill] = madrid_bills.renewals(session, ON)
    assert bill.state.term is not None
    assert bill.state.term["due"] == date(2026, 12, 1)


def test_a_missed_renewal_is_not_hidden_by_the_next_term(session: Session, enterprise: str) -> None:
    one = registration(
        session, enterprise, "900002", ir_date=date(2006, 5, 5), expiry=date(2016, 5, 5)
    )
    us = designation(session, one, "US", on=date(2006, 5, 5))
    event(session, us, "GP18N", date(2007, 3, 1))
    [row] = madrid.matrix(session, ON).rows
    assert (row.status, row.verify) == ("期满失效", True)
    assert cell(session, "US").status == "期满失效"
    recorded = {"tag": "REN", "dated": date(2016, 5, 5)}
    madrid_events.record_ir_event(session, one, recorded)
    [row] = madrid.matrix(session, ON).rows
    assert row.status == "期满失效"
    madrid_events.record_ir_event(session, one, {"tag": "REN", "dated": date(2026, 5, 5)})
    [row] = madrid.matrix(session, ON).rows
    assert row.status == "已国际注册"


def test_a_renewal_skips_the_finally_refused_and_bills_the_pending(
    session: Session, enterprise: str
) -> None:
    one = registration(session, enterprise, "900003", ir_date=date(2016, 12, 1), classes="9;35")
    for party in ("US", "JP", "CH"):
        designation(session, one, party, on=date(2016, 12, 1), notified=date(2017, 1, 20))
    [row] = madrid.matrix(session, ON).rows
    us, jp = row.cells["US"][0].id, row.cells["JP"][0].id
    event(session, us, "RFNT", date(2017, 8, 1))
    event(session, us, "R18NT", date(2018, 8, 1))
    event(session, jp, "RFNT", date(2017, 8, 1))
    [bill] = madrid_bills.renewals(session, ON, rate=Rate(Decimal("8.9"), ON, "央行"))
    assert bill.skipped == {"US": "驳回确认"}
    assert bill.bill is not None
    assert {r.party for r in bill.bill.rows if r.party} == {"JP", "CH"}
    by_party = {r.party: r.chf for r in bill.bill.rows}
    assert by_party["CH"] == 100
    assert bill.bill.rows[0].chf == 653
    assert bill.bill.rmb == sum(r.rmb or 0 for r in bill.bill.rows)


def test_grace_adds_half_of_the_basic_fee_only(session: Session, enterprise: str) -> None:
    one = registration(session, enterprise, "900004", ir_date=date(2016, 9, 1), colour=True)
    designation(session, one, "CH", on=date(2016, 9, 1))
    [bill] = madrid_bills.renewals(session, ON)
    assert bill.bill is not None
    assert [row.chf for row in bill.bill.rows] == [
        Decimal(653), Decimal("326.5"), Decimal(100),
    ]  # fmt: skip


def test_an_estimate_has_rows_tariff_date_and_renminbi_with_its_rate() -> None:
    rate = Rate(Decimal("8.8765"), date(2026, 11, 20), "中国外汇交易中心")
    bill = madrid_bills.estimate("application", ["VN", "MA", "KE", "CH", "IT", "BX"], 1, ON,
                                 rate=rate)  # fmt: skip
    assert bill.chf == 1253
    assert bill.rmb == sum(row.rmb or 0 for row in bill.rows)
    assert (bill.basis, bill.rate) == (ON, rate)
    assert bill.tariff <= ON
    assert madrid_bills.estimate("application", ["VN"], 1, ON).rmb is None


def test_each_national_duty_counts_from_its_own_anchor(
    session: Session, ir: str, enterprise: str
) -> None:
    us = designation(session, ir, "US", national_registered=date(2025, 6, 3))
    event(session, us, "GP18N", date(2025, 6, 10))
    ph = designation(session, ir, "PH")
    mx = designation(session, ir, "MX")
    event(session, mx, "GP18N", date(2025, 2, 1), sent=date(2025, 1, 28))
    found = {(d.party, d.what): d for d in madrid_duties.duties(session, ON)}
    first = found["US", "首次声明"]
    assert (first.opens, first.due, first.last_day) == (
        date(2030, 6, 3), date(2031, 6, 3), date(2031, 12, 3),
    )  # fmt: skip
    assert found["PH", "第三年声明"].due == date(2027, 5, 5)
    assert found["MX", "第三年声明"].opens == date(2028, 1, 28)
    event(session, ph, "R18NT", date(2026, 1, 1))
    assert "PH" not in {d.party for d in madrid_duties.duties(session, ON)}


def test_a_missing_anchor_is_asked_for_and_not_replaced_by_the_registration_date(
    session: Session, ir: str
) -> None:
    us = designation(session, ir, "US")
    event(session, us, "GP18N", date(2025, 6, 10))
    [duty] = madrid_duties.duties(session, ON)
    assert duty.due is None
    assert "美国注册日" in duty.missing


def test_the_fifty_are_counted_by_the_chosen_definition(
    session: Session, ir: str, enterprise: str
) -> None:
    away = journal.insert(session, Enterprise, [{"name": "迁走", "status": "moved_out"}])[0]
    for party in ("US", "JP", "EM"):
        designation(session, ir, party)
    other = registration(session, away, "900005")
    designation(session, other, "US")
    registration(session, enterprise, None, ir_date=None, office_received=date(2026, 10, 1),
                 name="新申请")  # fmt: skip
    journal.insert(session, IntroducedMark, [{"enterprise_id": enterprise, "name": "外国品牌"}])
    count = madrid_counts.count_fifty(session, FiftyDefinition(), ON)
    assert (count.value, count.designations, count.enterprises) == (1, 3, 1)
    assert "引进境外注册商标" in count.text
    filed = FiftyDefinition(state="filed", in_zone=False)
    assert madrid_counts.count_fifty(session, filed, ON).value == 3
    parties = FiftyDefinition(unit="designations", in_zone=False)
    assert madrid_counts.count_fifty(session, parties, ON).value == 4
    assert "×缔约方" in madrid_counts.count_fifty(session, parties, ON).text


def test_a_registration_without_protection_anywhere_counts_only_if_chosen(
    session: Session, ir: str
) -> None:
    us = designation(session, ir, "US")
    event(session, us, "RFNT", date(2025, 1, 10))
    strict = FiftyDefinition(refused_everywhere=False)
    assert madrid_counts.count_fifty(session, strict, ON).value == 1
    event(session, us, "R18NT", date(2025, 6, 10))
    assert madrid_counts.count_fifty(session, strict, ON).value == 0
    assert madrid_counts.count_fifty(session, FiftyDefinition(), ON).value == 1
