"""Codes and numbers are put right where they can be, doubted where they cannot, never blocked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import exceptions
from stdnum.cn import uscc as stdnum_uscc

from brandpool.rules.catalogue import compute
from brandpool.rules.identifiers import CODE_CHARACTERS, check_character, organisation_check

REAL = "91330100799655058B"


@given(st.text(CODE_CHARACTERS, min_size=17, max_size=17))
def test_the_check_character_makes_a_code_valid_and_any_other_does_not(first: str) -> None:
    right = check_character(first)
    for last in CODE_CHARACTERS:
        assert compute("id.credit_code", {"uscc": first + last})["valid"] is (last == right)


@given(st.text("0123456789", min_size=16, max_size=16))
def test_numeric_codes_agree_with_the_independent_library(digits: str) -> None:
    code = "9" + digits
    code += check_character(code)
    try:
        stdnum_uscc.validate(code)
    except exceptions.ValidationError:
        pytest.fail(f"{code} is refused by python-stdnum")


def test_the_check_of_the_organisation_code_is_a_doubt_only() -> None:
    assert organisation_check("79965505") == "8"
    spoilt = REAL[:16] + "9"
    answer = compute("id.credit_code", {"uscc": spoilt + check_character(spoilt)})
    assert answer["valid"] is True
    assert "GB 11714" in answer["warnings"][0]


def test_a_remainder_taken_for_its_complement_is_recognised() -> None:
    values = [CODE_CHARACTERS.index(char) for char in REAL[:17]]
    weights = [3**i % 31 for i in range(17)]
    remainder = CODE_CHARACTERS[sum(v * w for v, w in zip(values, weights, strict=True)) % 31]
    answer = compute("id.credit_code", {"uscc": REAL[:17] + remainder})
    assert answer["suggestion"] == REAL
    assert "补数" in answer["reason"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("330215000012345", "15位旧注册号"),
        ("3302151234567", "13位旧注册号"),
        ("NA001234X", "农民专业合作社旧注册号"),
        ("330225NA000123X", "农民专业合作社旧注册号"),
        ("79965505-8", "组织机构代码"),
        ("", "空"),
        ("无", "未知"),
    ],
)
def test_older_numbers_are_named_and_are_no_credit_code(typed: str, kind: str) -> None:
    answer = compute("id.credit_code", {"uscc": typed})
    assert (answer["valid"], answer["kind"]) == (False, kind)
    assert answer["reason"]


def test_a_letter_in_place_one_is_no_fault() -> None:
    first = "A1330000002482093"
    answer = compute("id.credit_code", {"uscc": first + check_character(first)})
    assert answer["valid"] is True
    assert answer["department"] == "中央军委改革和编制办公室"


@given(st.text(max_size=40))
def test_no_text_breaks_the_identifiers(text: str) -> None:
    assert isinstance(compute("id.credit_code", {"uscc": text})["valid"], bool)
    assert isinstance(compute("id.trademark_number", {"raw": text})["valid"], bool)


@given(
    st.integers(1, 99_999_999), st.sampled_from(["{}", "'{}", " {} ", "{}.0", "第{}号", "No.{}"])
)
def test_a_number_survives_what_spreadsheets_and_letters_do_to_it(number: int, shape: str) -> None:
    answer = compute("id.trademark_number", {"raw": shape.format(number)})
    assert (answer["valid"], answer["normalized"], answer["kind"]) == (True, str(number), "国内")


@pytest.mark.parametrize("raw", [12345678, 12345678.0, "1.2345678E+07", "１２３４５６７８"])
def test_numbers_and_scientific_notation_are_read(raw: object) -> None:
    assert compute("id.trademark_number", {"raw": raw})["normalized"] == "12345678"


@pytest.mark.parametrize("raw", ["-", "—", "至", "G12", "G1234567AB", "12345678.5", "1234567890"])
def test_what_is_no_number_is_said_to_be_none(raw: str) -> None:
    answer = compute("id.trademark_number", {"raw": raw})
    assert answer["valid"] is False
    assert answer["reason"]
