"""Visit forms: what applies, what is wrong, and a small language that can do no harm."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from brandpool.errors import UserError
from brandpool.rules import visit_form, visit_form_text
from brandpool.rules.form_expression import Asking, compiled
from brandpool.rules.visit_form import Form, Option, Question
from brandpool.rules.visit_form_faults import faults

TODAY = date(2026, 11, 22)
KNOWN: dict[str, Any] = {
    "n": Decimal(3), "many": ("a", "b"), "day": date(2026, 1, 2), "word": "宁波", "empty": None,
}  # fmt: skip


def value(source: str, own: Any = None) -> Any:
    return compiled(source).value(Asking(KNOWN.get, own, TODAY))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${n} + 2 * 3", Decimal(9)),
        ("(${n} + 2) * 3", Decimal(15)),
        ("-${n} + 1", Decimal(-2)),
        ("7 mod 4 = 3 and 8 div 4 = 2", True),
        ("1 div 0", None),
        ("${empty} + 1", None),
        ("${empty} > 0", False),
        ("${empty} < 0", False),
        ("${empty} = ''", True),
        ("${word} = '宁波'", True),
        ("${word} != '宁波'", False),
        ("${n} = '3'", True),
        ("'10' > '9'", True),
        ("'b' > 'a'", False),
        ("${day} < today()", True),
        ("${day} = '2026-01-02'", True),
        ("${day} >= date('2026-01-03')", False),
        ("selected(${many}, 'b')", True),
        ("selected(${many}, 'c')", False),
        ("selected(${word}, '宁波')", True),
        ("count-selected(${many})", Decimal(2)),
        ("count-selected(${empty})", Decimal(0)),
        ("string-length('驰名商标')", Decimal(4)),
        ("not(${n} > 5) and true()", True),
        ("false() or ${n}", True),
        ("if(${n} > 2, '多', '少')", "多"),
        ("coalesce(${empty}, ${word})", "宁波"),
        ("contains(${word}, '波') and starts-with(${word}, '宁')", True),
        ("number('x')", None),
        ("1 = 1 or 1 div 0", True),
        ("true() or false() and false()", True),
    ],
)
def test_an_expression_has_the_value_that_xlsform_gives_it(source: str, expected: Any) -> None:
    assert value(source) == expected


def test_its_own_answer_is_a_point() -> None:
    assert value(". >= 0 and . <= 100", Decimal(50)) is True
    assert value("regex(., '1[3-9][0-9]{9}')", "13800001234") is True
    assert value("regex(., '1[3-9][0-9]{9}')", "1380000123x") is False


def test_full_width_signs_mean_the_same_and_texts_keep_theirs() -> None:
    assert value("（${n} ＞ 2） and ${word} ＝ ‘宁波’") is True
    assert value("string-length('（）') = 2 and '（' != '('") is True


@pytest.mark.parametrize(
    "source",
    ["", "${n", "1 +", "(1", "1 2", "and", "n > 1", "foo(1)", "selected(1)", "1 & 2",
     "__import__('os')", "().__class__", "lambda: 1", "regex(., ${word})", "regex(., '(a+)+$')",
     "regex(., '[')", "(" * 60 + "1" + ")" * 60, "-" * 60 + "1", "1+" * 1500 + "1"],
)  # fmt: skip
def test_what_is_no_expression_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(UserError):
        compiled(source)


@given(some.text(alphabet="${}()'\"+-*.=<>!,0123456789 abdnortmive宁（）", max_size=60))
def test_no_text_does_more_than_give_a_value_or_be_refused(source: str) -> None:
    try:
        found = compiled(source)
    except UserError:
        return
    found.value(Asking(KNOWN.get, "x", TODAY))


def form(*questions: Question, **choices: tuple[Option, ...]) -> Form:
    return Form("f", "1", "表", questions, choices)


YES_NO = (Option("yes", "是"), Option("no", "否"))


def test_a_question_applies_while_its_condition_and_its_groups_hold() -> None:
    asked = form(
        Question("select_one", "exports", "出口", choices="yn"),
        Question("begin_group", "abroad", "境外", relevant="${exports} = 'yes'"),
        Question("text", "where", "哪里", required="yes"),
        Question("text", "why", "原因", relevant="${where} != ''"),
        Question("end_group", "", ""),
        yn=YES_NO,
    )
    closed = visit_form.states(asked, {"exports": "no", "where": "美国", "why": "展会"}, TODAY)
    assert not closed["where"].relevant
    assert not closed["why"].relevant
    assert closed["where"].problem == ""
    opened = visit_form.states(asked, {"exports": "yes"}, TODAY)
    assert opened["where"] == visit_form.State(True, True, "请填写")
    assert not opened["why"].relevant
    found = visit_form.in_force(asked, {"exports": "no", "where": "美国", "why": "x"}, TODAY)
    assert found == {"exports": "no"}


def test_what_does_not_fit_is_told_and_not_thrown_away() -> None:
    asked = form(
        Question("integer", "n", "件数", constraint=". >= 0", constraint_message="不能是负数"),
        Question("date", "d", "日期", constraint=". <= today()"),
        Question("select_multiple", "m", "多选", choices="yn"),
        yn=YES_NO,
    )

    def problems(**answers: Any) -> dict[str, str]:
        states = visit_form.states(asked, answers, TODAY)
        return {name: state.problem for name, state in states.items() if state.problem}

    assert problems(n="一些", d="去年", m=("yes", "也许")) == {
        "n": "请填写整数", "d": "请填写日期，如 2026-11-22", "m": "没有“也许”这一选项",
    }  # fmt: skip
    assert problems(n="-1", d="2026-11-23") == {"n": "不能是负数", "d": "不符合表单的要求"}
    assert problems(n="1,200", d="2026-11-22", m=("no",)) == {}
    assert problems(n="1.5") == {"n": "请填写整数"}


def test_required_may_depend_on_another_answer() -> None:
    asked = form(
        Question("integer", "unused", "未使用"),
        Question("text", "note", "说明", required="${unused} > 0"),
    )
    assert visit_form.states(asked, {"unused": "2"}, TODAY)["note"].required
    assert not visit_form.states(asked, {"unused": "0"}, TODAY)["note"].required


def test_defaults_are_texts_or_are_worked_out() -> None:
    asked = form(
        Question("date", "d", "日期", default="today()"),
        Question("text", "t", "目的", default="年度走访（例行）"),
        Question("select_multiple", "m", "多选", choices="yn", default="yes no"),
        yn=YES_NO,
    )
    assert visit_form.defaults(asked, TODAY) == {
        "d": "2026-11-22", "t": "年度走访（例行）", "m": ("yes", "no"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ([Question("begin_repeat", "r", "重复")], "begin_repeat"),
        ([Question("text", "1a", "题")], "英文字母开头"),
        ([Question("text", "a", "题"), Question("text", "a", "题")], "已经用过"),
        ([Question("text", "a", "")], "label"),
        ([Question("begin_group", "g", "组")], "没有对应的 end_group"),
        ([Question("end_group", "", "")], "没有对应的 begin_group"),
        ([Question("select_one", "a", "题", choices="none")], "没有内容"),
        ([Question("text", "a", "题", relevant="${b} = 1")], "${b} 不是本表单的问题"),
        ([Question("text", "a", "题", constraint="1 +")], "没有写完"),
        ([Question("text", "a", "题", relevant="${a} = 1")], "绕回"),
        ([Question("text", "a", "题", relevant="${b} = 1"),
          Question("text", "b", "题", relevant="${a} = 1")], "绕回"),
        ([Question("begin_group", "g", "组", relevant="${a} = 1"), Question("text", "a", "题"),
          Question("end_group", "", "")], "绕回"),
    ],
)  # fmt: skip
def test_a_fault_of_the_form_is_named(questions: list[Question], told: str) -> None:
    assert told in "；".join(fault.text for fault in faults(form(*questions)))


def test_a_form_comes_back_from_its_text_as_it_was_and_a_faulty_one_does_not() -> None:
    asked = form(
        Question("select_one", "a", "题", choices="yn", relevant=""),
        Question("note", "b", "说明"),
        yn=YES_NO,
    )
    assert visit_form_text.from_json(visit_form_text.to_json(asked)) == asked
    bad = visit_form_text.to_json(form(Question("text", "a", "题", relevant="${x} = 1")))
    for text in ("", "[]", "{}", '{"name": 1}', bad):
        with pytest.raises(UserError):
            visit_form_text.from_json(text)
