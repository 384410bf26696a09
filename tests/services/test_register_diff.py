"""Differences to an official extract are decided cell by cell, and a rejection is remembered."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.trademark import Trademark
from brandpool.services import records, register_diff
from tests.services.marks import ON, mark

OFFICE = {
    "reg_no": "12345678", "nice_class": 9, "name": "朝阳", "owner": "宁波朝阳机械有限公司",
    "agent": "某代理公司", "valid_until": date(2030, 3, 28), "goods": "",
}  # fmt: skip


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        mark(opened, enterprise)
        yield opened


def test_only_cells_where_the_office_says_otherwise_are_asked(session: Session) -> None:
    found = register_diff.compare(session, [OFFICE])
    assert {(d.field, d.ours, d.office) for d in found.differences} == {
        ("agent", None, "某代理公司"),
        ("valid_until", date(2030, 2, 28), date(2030, 3, 28)),
    }


def test_an_accepted_cell_is_taken_and_the_others_stay(session: Session) -> None:
    found = register_diff.compare(session, [OFFICE]).differences
    agent = [d for d in found if d.field == "agent"]
    assert register_diff.accept(session, agent) == 1
    [row] = records.rows(session, Trademark, [agent[0].mark])
    assert (row["agent"], row["valid_until"]) == ("某代理公司", date(2030, 2, 28))


def test_a_rejection_is_remembered_until_the_office_says_something_new(session: Session) -> None:
    found = register_diff.compare(session, [OFFICE]).differences
    term = [d for d in found if d.field == "valid_until"]
    assert register_diff.reject(session, term, "注册证为准", ON, "张三") == 1
    assert register_diff.reject(session, term, "注册证为准", ON, "张三") == 0
    again = register_diff.compare(session, [OFFICE])
    assert [d.field for d in again.differences] == ["agent"]
    assert again.rejected == 1
    changed = {**OFFICE, "valid_until": date(2030, 4, 28)}
    assert "valid_until" in {d.field for d in register_diff.compare(session, [changed]).differences}


def test_a_rejection_needs_a_reason(session: Session) -> None:
    found = register_diff.compare(session, [OFFICE]).differences
    with pytest.raises(UserError, match="理由"):
        register_diff.reject(session, found, "", ON)


def test_blanks_and_brackets_are_no_difference(session: Session) -> None:
    row = {**OFFICE, "owner": "宁波朝阳机械 有限公司", "name": " 朝 阳"}
    fields = {d.field for d in register_diff.compare(session, [row]).differences}
    assert not fields & {"owner", "name"}


def test_numbers_the_pool_does_not_have_are_listed(session: Session) -> None:
    found = register_diff.compare(session, [{**OFFICE, "nice_class": 42}])
    assert found.unknown == (("12345678", 42),)
    assert found.differences == ()
