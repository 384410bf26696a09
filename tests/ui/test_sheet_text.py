"""Cells on the clipboard, as WPS and Excel write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.ui.widgets.sheet_text import read_cells, write_cells, write_html


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('a\t"b\r\nc"\t"d""e"\r\n', [["a", "b\nc", 'd"e']]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("\t\r\n", [["", ""]]),
        ("", [[""]]),
        ("a\r\n\r\nb", [["a"], [""], ["b"]]),
        ('5" pipe\t6"', [['5" pipe', '6"']]),
        ('"open\tb', [['"open', "b"]]),
    ],
)
def test_reading(text: str, cells: list[list[str]]) -> None:
    assert read_cells(text) == cells


def test_plain_cells_are_not_quoted() -> None:
    assert write_cells([["甬江", 'a"b', "c\td"]]) == '甬江\ta"b\t"c\td"\r\n'


_CELL = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=("Cs",)))


@given(st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=5)
))  # fmt: skip
def test_what_is_written_is_read_again(cells: list[list[str]]) -> None:
    assert read_cells(write_cells(cells)) == cells


def test_numbers_stay_text_in_the_table_for_wps() -> None:
    assert "mso-number-format" in write_html([], [["91330200144069541X"]])
    assert "&lt;b&gt;" in write_html(["<b>"], [])
