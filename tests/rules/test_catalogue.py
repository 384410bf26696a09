"""Every rule answers the contract's cases and the vectors, and speaks the contract's language."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.rules.catalogue import batch, compute, listing, rule, rules
from brandpool.rules.inputs import READERS

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "cases.json").read_text("utf-8"))
VECTORS: list[dict[str, Any]] = json.loads((HERE / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_contract_case_is_answered(case: dict[str, Any]) -> None:
    result = compute(case["rule"], case["input"])
    assert {key: result.get(key, "missing") for key in case["expected"]} == case["expected"]
    assert result["chain"]


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda v: f"{v['rule']}{sorted(v['input'].items())}"
)
def test_vector_is_answered(vector: dict[str, Any]) -> None:
    result = compute(vector["rule"], vector["input"])
    assert {key: result.get(key, "missing") for key in vector["expected"]} == vector["expected"]


def test_every_rule_has_three_vectors_at_least() -> None:
    counted = Counter(case["rule"] for case in (*CASES, *VECTORS))
    assert {each.id: counted[each.id] for each in rules() if counted[each.id] < 3} == {}


def test_every_rule_names_its_law_in_the_docstring_and_declares_all_its_inputs() -> None:
    law = r"第.{1,6}条|Art\.|Rule|Schedule|USC|GB \d|s\. 16|令|notice|公示|通知|商标号"
    for each in rules():
        assert re.search(law, each.function.__doc__ or ""), each.id
        declared = {item.name for item in each.inputs}
        asked = set(each._parameters) - {"ref"}
        assert declared == asked, each.id
        assert all(item.kind in READERS for item in each.inputs), each.id
        assert all(item.zh and item.en for item in each.inputs), each.id


def test_every_answer_of_the_cases_is_declared_as_an_output_or_said_in_the_chain() -> None:
    for case in CASES:
        named = {output.name for output in rule(case["rule"]).outputs} | {"provisional"}
        assert set(case["expected"]) <= named, case["id"]


def test_listing_is_json_with_id_inputs_outputs_and_article() -> None:
    shown = json.loads(json.dumps(listing(), ensure_ascii=False))
    assert len({entry["id"] for entry in shown}) == len(shown)
    assert all(entry["article"] and entry["inputs"] and entry["outputs"] for entry in shown)


def test_chain_says_event_article_raw_calendar_rolled_and_provisional() -> None:
    chain = compute("cn.reply", {"received": "2026-09-20", "days": 15})["chain"]
    last = chain[-1]
    assert set(last) == {
        "event", "article", "raw", "calendar", "rolled", "provisional", "note",
    }  # fmt: skip
    assert (last["raw"], last["rolled"], last["calendar"]) == (
        "2026-10-05", "2026-10-08", "中国工作日历",
    )  # fmt: skip
    assert "第十二条" in last["article"]


def test_batch_answers_or_explains_each_case_on_its_own() -> None:
    answers = batch([
        {"id": "a", "rule": "madrid.dependency_ends", "input": {"ir_date": "2021-05-20"}},
        {"id": "b", "rule": "madrid.dependency_ends", "input": {"ir_date": "2021-02-30"}},
        {"id": "c", "rule": "no.such", "input": {}},
        {"id": "d", "rule": "madrid.dependency_ends"},
        {"id": "e", "rule": "madrid.dependency_ends", "input": [1]},
        "nonsense",
    ])  # fmt: skip
    assert answers[0]["result"]["value"] == "2026-05-20"
    assert "ir_date" in answers[1]["error"]
    assert "no.such" in answers[2]["error"]
    assert "ir_date" in answers[3]["error"]
    assert "input" in answers[4]["error"]
    assert answers[5]["error"]
    assert [answer["id"] for answer in answers[:5]] == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("rule_id", "given_inputs", "named"),
    [
        ("cn.mark_validity", {"registration_date": "2016-02-30"}, "registration_date"),
        ("cn.mark_validity", {"registration_date": "yesterday"}, "registration_date"),
        ("cn.mark_validity", {"registration_date": "9999-01-01"}, "registration_date"),
        ("cn.mark_validity", {"registered": "2016-02-29"}, "registered"),
        ("cn.mark_validity", {}, "registration_date"),
        ("cn.reply", {"days": 15}, "received"),
        (
            "cn.reply",
            {"received": "2026-01-05", "e_dispatched": "2026-01-01", "days": 15},
            "received",
        ),
        ("cn.reply", {"received": "2026-01-05"}, "days"),
        ("cn.reply", {"received": "2026-01-05", "days": 15, "months": 1}, "months"),
        ("cn.reply", {"received": "2026-01-05", "days": 0}, "days"),
        ("cn.reply", {"received": "2026-01-05", "letter": "love"}, "letter"),
        (
            "cn.reply",
            {"e_dispatched": "2026-01-05", "entered_system": "2026-01-04", "days": 15},
            "entered_system",
        ),
        ("cn.opposition", {"preliminary_publication": "2026-01-06", "law": "1999"}, "law"),
        ("cn.invalidation_limit", {"registration_date": "2020-01-01", "ground": "?"}, "ground"),
        ("madrid.add_period", {"start": "2026-01-01", "length": 1, "unit": "moon"}, "unit"),
        (
            "madrid.ir_date",
            {"office_received": "2026-02-01", "ib_received": "2026-01-01"},
            "ib_received",
        ),
        ("madrid.refusal_limit", {"party": "XX", "notified": "2024-01-01"}, "party"),
        (
            "madrid.fee_application",
            {"parties": ["BE"], "classes": 1, "on": "2026-10-01"},
            "parties",
        ),
        ("madrid.fee_application", {"parties": [], "classes": 1, "on": "2026-10-01"}, "parties"),
        (
            "madrid.fee_application",
            {"parties": ["EU", "EM"], "classes": 1, "on": "2026-10-01"},
            "parties",
        ),
        (
            "madrid.fee_application",
            {"parties": ["US"], "classes": 46, "on": "2026-10-01"},
            "classes",
        ),
        (
            "madrid.fee_application",
            {"parties": ["US"], "classes": 1, "on": "2026-10-01", "classes_by_cp": {"JP": 1}},
            "classes_by_cp",
        ),
        (
            "madrid.fee_basis_date",
            {"kind": "application", "ib_received": "2026-01-01"},
            "office_received",
        ),
        ("madrid.maintenance", {"party": "US", "ir_date": "2020-01-01"}, "us_registration"),
        ("madrid.continued_processing", {"missed": "2026-01-01", "rule": "30"}, "rule"),
        ("madrid.parse_irn", {"text": "abc"}, "text"),
        (
            "madrid.designation_status",
            {"records": [["2025-01-01", "XX"]], "today": "2025-02-01"},
            "records",
        ),
        ("privacy.mask", {"kind": "星座", "raw": "x"}, "kind"),
    ],
)
def test_an_impossible_input_is_named(
    rule_id: str, given_inputs: dict[str, Any], named: str
) -> None:
    with pytest.raises(UserError, match=named):
        compute(rule_id, given_inputs)


def test_texts_from_a_command_line_are_read_like_json_values() -> None:
    typed = compute("madrid.fee_application", {
        "parties": "US, EU", "classes": "3", "classes_by_cp": "US=1", "on": "20261001",
        "colour": "否",
    })  # fmt: skip
    assert typed["parties"] == {"US": 460, "EU": 981}
    spoken = compute("madrid.designation_status", {
        "records": "2025-01-20 ISN; 2025-03-01 rfnt", "today": "2025年5月1日", "limit": "2025/9/15",
    })  # fmt: skip
    assert spoken["value"] == "全部临时驳回"


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-50, 50), st.floats(allow_nan=True), st.text(max_size=12),
    st.dates(date(1900, 1, 1), date(2120, 1, 1)).map(date.isoformat),
    st.sampled_from(["US", "EU", "CN", "DE", "m", "2019", "opposition", "renewal", "", "10"]),
    st.lists(st.one_of(st.text(max_size=4), st.sampled_from(["US", "DE", "ZM"])), max_size=3),
    st.dictionaries(st.sampled_from(["US", "x"]), st.integers(0, 5), max_size=2),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_given_a_rule_answers_json_or_says_what_is_wrong(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(rules()))
    inputs = data.draw(st.fixed_dictionaries({item.name: ODD for item in each.inputs}))
    [answer] = batch([{"id": 1, "rule": each.id, "input": inputs}])
    assert ("error" in answer) != ("result" in answer)
    json.dumps(answer, ensure_ascii=False, allow_nan=False)
