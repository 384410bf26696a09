"""What ordinary software gets wrong about the Madrid System, one test each."""

import json
from datetime import date
from typing import Any

import pytest

from brandpool.errors import UserError
from brandpool.rules.catalogue import compute
from brandpool.rules.designation import DECISIONS, ENDINGS, PROVISIONAL_REFUSALS, REMARKS
from brandpool.rules.reference import shipped

MEMBERS = shipped().members
DESIGNATABLE = sorted(code for code, m in MEMBERS.by_code.items() if m.designatable)
ON = "2026-10-01"
CHF_100 = {
    "AM", "BG", "BX", "BY", "CH", "CU", "IT", "KE", "KG", "KZ", "MA", "MD", "SM", "TJ", "UA", "VN",
}  # fmt: skip
TWELVE_MONTHS = {
    "AM", "BG", "BY", "CH", "CY", "DZ", "IR", "IT", "KE", "LI", "PL", "SK", "SM", "TJ", "UA",
}  # fmt: skip


def fee(rule: str, code: str, **more: Any) -> dict[str, Any]:
    return compute(rule, {"parties": [code], "classes": 1, "on": ON, **more})


def status(*records: tuple[str, str], today: str = "2027-06-01", **more: Any) -> str:
    given = {"records": [list(r) for r in records], "limit": "2025-09-15", "today": today, **more}
    return str(compute("madrid.designation_status", given)["value"])


def test_the_safeguard_clause_costs_a_chinese_holder_100_at_exactly_sixteen_parties() -> None:
    individual = {c for c in DESIGNATABLE if MEMBERS.by_code[c].individual_fee and c != "CN"}
    cheap = {c for c in individual if fee("madrid.fee_application", c)["parties"][c] == 100}
    assert cheap == CHF_100


def test_the_safeguard_clause_leaves_twelve_months_at_exactly_fifteen_parties() -> None:
    declared = {c for c in DESIGNATABLE if MEMBERS.by_code[c].refusal_18m and c != "CN"}
    months = {
        c: compute("madrid.refusal_limit", {"party": c, "notified": "2024-06-12"})["months"]
        for c in declared
    }
    assert {c for c, m in months.items() if m == 12} == TWELVE_MONTHS
    assert set(months.values()) == {12, 18}


def test_the_safeguard_clause_does_not_bind_a_holder_outside_the_agreement() -> None:
    assert fee("madrid.fee_application", "VN", origin="JP")["parties"]["VN"] == 109
    late = compute(
        "madrid.refusal_limit", {"party": "CH", "notified": "2024-06-12", "holder_cp": "JP"}
    )
    assert late["months"] == 18


@pytest.mark.parametrize("classes", [1, 5])
@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("madrid.fee_application", {}),
        ("madrid.fee_subsequent", {}),
        ("madrid.fee_renewal", {}),
        ("madrid.fee_renewal", {"grace": True}),
    ],
)
def test_every_designatable_party_has_a_fee(rule: str, more: dict[str, Any], classes: int) -> None:
    assert len(DESIGNATABLE) == 120
    for code in DESIGNATABLE:
        answer = fee(rule, code, classes=classes, **more)
        assert answer["parties"][code] > 0
        parts = answer["basic"] + answer["supplementary"] + answer.get("surcharge", 0)
        assert answer["total"] == parts + answer["parties"][code]


def test_the_clock_starts_when_each_office_is_notified() -> None:
    one = compute("madrid.refusal_limit", {"party": "US", "notified": "2024-03-15"})
    later = compute("madrid.refusal_limit", {"party": "US", "notified": "2024-09-02"})
    assert (one["value"], later["value"]) == ("2025-09-15", "2026-03-02")
    assert "发出通知" in one["chain"][0]["event"]


def test_the_seven_months_run_from_the_start_of_the_opposition_period() -> None:
    long = {"opposition_start": "2026-01-10", "opposition_end": "2027-01-10"}
    assert compute("madrid.opposition_limit", long)["value"] == "2026-08-10"


def test_the_day_of_sending_decides_not_the_day_of_receipt() -> None:
    sent = {"party": "DE", "notified": "2024-06-12", "sent": "2025-06-12"}
    assert compute("madrid.refusal_in_time", sent)["value"] is True
    assert compute("madrid.refusal_in_time", {**sent, "sent": "2025-06-13"})["value"] is False


def test_there_is_no_default_answer_period_for_parties_outside_the_table() -> None:
    with pytest.raises(UserError, match="printed"):
        compute("madrid.response_limit", {"party": "KR", "start": "2026-01-01"})


def test_the_printed_answer_period_wins_over_the_table() -> None:
    given = {"party": "SG", "start": "2026-02-10", "printed": "2026-07-01"}
    assert compute("madrid.response_limit", given)["value"] == "2026-07-01"


def test_the_supplementary_fee_is_paid_once_and_not_with_individual_fees_alone() -> None:
    def extra(*codes: str) -> int:
        given = {"parties": list(codes), "classes": 6, "on": ON}
        return int(compute("madrid.fee_application", given)["supplementary"])

    assert extra("DE", "FR", "ES") == 300
    assert extra("US", "JP") == 0
    assert extra("US", "CH") == 300
    assert (
        compute("madrid.fee_subsequent", {"parties": ["DE"], "classes": 6, "on": ON})["total"]
        == 400
    )


def test_the_surcharge_in_grace_is_half_of_the_basic_fee_only() -> None:
    plain, late = fee("madrid.fee_renewal", "US"), fee("madrid.fee_renewal", "US", grace=True)
    assert late["surcharge"] == 326.5
    assert late["total"] - plain["total"] == 326.5


def test_colour_makes_no_difference_at_renewal() -> None:
    assert fee("madrid.fee_renewal", "DE", colour=True)["basic"] == 653


@pytest.mark.parametrize(("on", "amount"), [("2026-10-31", 91), ("2026-11-01", 125)])
def test_the_tariff_of_the_basis_date_applies(on: str, amount: int) -> None:
    assert fee("madrid.fee_application", "ID", on=on)["parties"]["ID"] == amount


def test_a_day_without_a_known_tariff_is_estimated_and_says_so() -> None:
    old = fee("madrid.fee_application", "US", on="2019-01-01")
    assert old["parties"]["US"] == 388
    assert "估算" in old["warnings"][0]
    near = fee("madrid.fee_application", "US", on="2026-08-01")
    assert near["parties"]["US"] == 460
    assert "warnings" not in fee("madrid.fee_application", "US")


def test_a_later_designation_has_no_renewal_date_of_its_own() -> None:
    assert compute("madrid.renewal", {"ir_date": "2016-08-31"})["due"] == "2026-08-31"
    with pytest.raises(UserError):
        compute("madrid.renewal", {"ir_date": "2016-08-31", "subsequent_date": "2020-01-01"})


def test_dependency_knows_only_the_date_of_the_registration() -> None:
    with pytest.raises(UserError, match="subsequent_date"):
        compute(
            "madrid.dependency_ends", {"ir_date": "2021-05-20", "subsequent_date": "2024-01-01"}
        )


def test_a_proceeding_begun_inside_the_five_years_reaches_the_registration_later() -> None:
    given = {"ir_date": "2021-05-20", "effective": "2028-01-01", "proceeding_started": "2026-05-20"}
    assert compute("madrid.central_attack", given)["value"] is True


def test_renewal_cannot_be_rescued_by_continued_processing() -> None:
    with pytest.raises(UserError):
        compute("madrid.continued_processing", {"missed": "2026-01-01", "rule": "30"})


def test_intermediate_days_are_not_rolled() -> None:
    given = {"ir_date": "2016-02-28"}
    renewal = compute("madrid.renewal", given)
    assert (renewal["due"], renewal["due_rolled"]) == ("2026-02-28", "2026-03-02")
    assert renewal["grace_ends"] == "2026-08-28"


def test_interim_status_is_no_grant_and_a_pending_refusal_is_not_dead() -> None:
    assert status(("2025-01-20", "ISN"), today="2025-05-01") == "临时状态:可被异议"
    assert status(("2025-01-20", "GPON"), today="2025-05-01") == "临时状态:可被异议"
    assert status(("2025-02-01", "RFNT")) == "全部临时驳回"
    assert status(("2025-02-01", "RFNP")) == "部分临时驳回"


def test_two_pending_refusals_stand_side_by_side() -> None:
    assert status(("2025-02-01", "RFNT"), ("2025-03-01", "RFNP")) == "全部临时驳回"


@pytest.mark.parametrize(
    ("tag", "result"),
    [
        ("R18NV", "给予保护"), ("R18NP", "部分给予保护"), ("R18NT", "驳回确认"),
        ("FDNV", "给予保护"), ("FDNP", "部分给予保护"), ("FDNT", "驳回确认"),
    ],
)  # fmt: skip
def test_a_statement_settles_the_refusal(tag: str, result: str) -> None:
    assert status(("2025-02-01", "RFNT"), ("2026-02-01", tag)) == result


def test_a_further_decision_overrides_a_confirmed_refusal() -> None:
    records = (("2025-02-01", "RFNT"), ("2026-02-01", "R18NT"), ("2026-09-01", "FDNV"))
    assert status(*records) == "给予保护"
    assert status(*records, today="2026-08-31") == "驳回确认"


def test_records_are_read_by_date_whatever_their_order() -> None:
    assert status(("2026-02-01", "R18NV"), ("2025-02-01", "RFNT")) == "给予保护"


def test_an_announced_late_opposition_keeps_the_examination_open() -> None:
    told = ("2025-08-01", "OPN")
    assert status(told, today="2025-10-01") == "审查中(异议延长)"
    period = {"opposition_start": "2025-08-10", "opposition_end": "2025-11-10"}
    assert status(told, today="2025-12-10", **period) == "审查中(异议延长)"
    assert status(told, today="2025-12-11", **period) == "默示保护(第5条保留期内)"


def test_limitations_and_transfers_are_remarks_and_end_nothing() -> None:
    given = {"records": [["2025-02-01", "GP18N"], ["2026-02-01", "LIN"]], "today": "2027-01-01"}
    answer = compute("madrid.designation_status", given)
    assert (answer["value"], answer["remarks"]) == ("给予保护", ["删减"])


def test_a_lapse_is_taken_back_by_the_renewal_recorded_in_grace() -> None:
    granted = ("2025-02-01", "GP18N")
    assert status(granted, ("2026-02-01", "REN2")) == "期满失效"
    assert status(granted, ("2026-02-01", "REN2"), ("2026-03-01", "REN")) == "给予保护"
    assert status(granted, ("2026-02-01", "REN3"), ("2026-02-01", "REN")) == "未续展(该方)"
    assert status(granted, ("2026-02-01", "REN3"), ("2026-03-01", "RCN")) == "给予保护"


def test_the_fall_of_the_basic_mark_opens_three_months_of_transformation() -> None:
    given = {"records": [["2025-02-01", "GP18N"], ["2025-11-30", "CBNT"]], "today": "2026-01-01"}
    answer = compute("madrid.designation_status", given)
    assert answer["value"] == "国际注册撤销(基础终止效力)"
    assert answer["transformable_until"] == "2026-02-28"


def test_silence_is_never_certain() -> None:
    given = {"records": [], "party": "US", "notified": "2024-03-15", "today": "2027-01-01"}
    answer = compute("madrid.designation_status", given)
    assert (answer["value"], answer["verify"]) == ("默示保护", True)


def test_every_tag_of_the_register_is_read() -> None:
    tags = [row["tag"] for row in shipped().documents["madrid_codes"]["codes"]]
    assert len(tags) == 69
    for tag in tags:
        assert status(("2025-01-20", tag))
    spoken = {*PROVISIONAL_REFUSALS, *DECISIONS, *ENDINGS, *REMARKS}
    assert spoken <= set(tags)


def test_duties_in_the_united_states_and_mexico_never_hang_on_the_ir_date() -> None:
    for party in ("US", "MX"):
        with pytest.raises(UserError):
            compute("madrid.maintenance", {"party": party, "ir_date": "2020-01-01"})


def test_codes_people_type_are_the_parties_they_mean() -> None:
    assert fee("madrid.fee_application", "EU")["parties"] == {"EU": 789}
    assert fee("madrid.fee_application", "uk")["parties"] == {"UK": 240}
    assert (
        fee("madrid.fee_application", "EM")["total"] == fee("madrid.fee_application", "EU")["total"]
    )


def test_all_spellings_of_an_ir_number_have_one_key() -> None:
    spellings = ["1234567A", "G1234567A", "g 1 234 567 a", "R1234567A", "国际注册第1234567A号"]
    keys = {compute("madrid.parse_irn", {"text": text})["key"] for text in spellings}
    assert keys == {"1234567A"}


def test_a_transfer_is_paid_per_registration_and_a_name_per_request() -> None:
    def amount(kind: str) -> float:
        return float(compute("madrid.fee_recording", {"kind": kind, "registrations": 4})["value"])

    assert (amount("transfer"), amount("name_address")) == (708, 150)


def test_a_confirmed_refusal_is_not_renewed_and_a_pending_one_is() -> None:
    given: dict[str, Any] = {"parties": ["US", "JP"], "classes": 1, "on": ON}
    given["party_status"] = {"US": "驳回确认", "JP": "全部临时驳回"}
    answer = compute("madrid.fee_renewal", given)
    assert set(answer["parties"]) == {"JP"}


def test_a_chinese_holder_never_owes_the_cuban_second_part() -> None:
    assert "second_part" not in fee("madrid.fee_application", "CU")
    assert fee("madrid.fee_application", "CU", origin="US")["second_part"] == {"CU": 72}


def test_an_abandoned_colour_mark_loses_half_of_653_only() -> None:
    assert compute("madrid.abandoned_refund", {"paid": 903})["kept"] == 326.5


def test_the_ldc_rate_never_applies_to_china() -> None:
    assert fee("madrid.fee_application", "DE", ldc=True)["basic"] == 653


def test_a_party_whose_declarations_are_unknown_is_an_estimate() -> None:
    answer = fee("madrid.fee_application", "SA", on="2026-11-22")
    assert answer["parties"] == {"SA": 100}
    assert any("估算" in warning for warning in answer["warnings"])
    limit = compute("madrid.refusal_limit", {"party": "SA", "notified": "2026-11-01"})
    assert limit["months"] == 12
    assert limit["warnings"]


def test_money_is_exact_in_the_rows_of_the_bill() -> None:
    answer = fee("madrid.fee_renewal", "BR", grace=True, classes=2)
    assert sum(row["amount"] for row in answer["rows"]) == answer["total"] == 1563.5
    assert json.loads(json.dumps(answer))["rows"][-1]["tariff_of"] == "2026-08-23"
    assert date.fromisoformat(answer["rows"][-1]["tariff_of"])
