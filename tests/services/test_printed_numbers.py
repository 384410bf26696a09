"""Printed numbers: a code brings back exactly the rows, also on another computer."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.models.printed_number import PrintedNumber
from brandpool.services import printed_numbers, records
from brandpool.services.counted import Counted, keys

TODAY = date(2026, 11, 22)


def counted(pool: Pool, number: int) -> Counted:
    with pool.write("企业", who="王敏") as session:
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(number)])
    return Counted(len(ids), "家", keys("enterprise", ids), "截至 2026-11-22 在库企业。")


def printed(pool: Pool, name: str, one: Counted) -> str:
    with pool.write("打印", who="王敏") as session:
        return printed_numbers.keep(session, {name: one}, TODAY, "王敏")[name]


def test_a_code_brings_back_the_same_rows_with_the_same_count(pool: Pool) -> None:
    one = counted(pool, 3)
    code = printed(pool, "在库企业", one)
    with pool.read() as session:
        found = printed_numbers.recall(session, code)
    assert (found.total, found.unit, found.definition) == (Decimal(3), "家", one.definition)
    assert sorted(found.rows) == sorted(one.rows)
    assert found.gone == ()


def test_a_code_read_out_by_telephone_is_understood(pool: Pool) -> None:
    code = printed(pool, "在库企业", counted(pool, 3))
    told = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    with pool.read() as session:
        assert printed_numbers.recall(session, told).code == code


def test_the_same_number_printed_again_bears_the_same_code_and_is_kept_once(pool: Pool) -> None:
    one = counted(pool, 2)
    assert printed(pool, "在库企业", one) == printed(pool, "在库企业", one)
    with pool.read() as session:
        assert records.count(session, PrintedNumber) == 1


def test_rows_deleted_since_are_named_and_still_counted(pool: Pool) -> None:
    one = counted(pool, 3)
    code = printed(pool, "在库企业", one)
    with pool.write("删除", who="王敏") as session:
        journal.delete(session, Enterprise, [one.rows[1][1]])
    with pool.read() as session:
        found = printed_numbers.recall(session, code)
    assert found.gone == (one.rows[1],)
    assert (found.total, len(found.rows)) == (Decimal(3), 3)


def test_another_computer_with_the_same_backup_finds_the_same(pool: Pool, tmp_path: Path) -> None:
    one = counted(pool, 3)
    code = printed(pool, "在库企业", one)
    there = tmp_path / "另一台" / "副本.brandpool"
    there.parent.mkdir()
    shutil.copy(pool.path, there)
    other = Pool.open(there)
    with other.read() as session:
        assert sorted(printed_numbers.recall(session, code).rows) == sorted(one.rows)
    other.close()


def test_an_unknown_code_is_refused_with_a_sentence(pool: Pool) -> None:
    with pool.read() as session, pytest.raises(UserError, match="没有打印过"):
        printed_numbers.recall(session, "7K3M-Q2WD")


IDS = st.sets(st.text("0123456789abcdef", min_size=32, max_size=32), max_size=5)


@given(st.text(max_size=20), st.integers(0, 10**6), IDS)
def test_a_code_holds_only_signs_that_are_not_confused_on_paper(
    name: str, total: int, ids: set[str]
) -> None:
    code = printed_numbers.code_of(name, Counted(total, "件", keys("trademark", ids), ""))
    assert len(code) == 9
    assert not set(code) & set("OILU")
    assert printed_numbers.spelled(code) == code
