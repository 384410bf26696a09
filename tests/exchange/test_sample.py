"""The sample pool is consistent, repeatable and plainly a sample."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, sample
from brandpool.models.agency import Agency, AgencyFinding, AgencyYear, CustodyContract
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.credit import CreditListing
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Kind
from brandpool.models.info_point import InfoPoint
from brandpool.models.kinds import KINDS
from brandpool.models.leading_group import GroupMember, GroupTask
from brandpool.models.mediation import Mediation
from brandpool.models.officer import Officer, OfficerTraining
from brandpool.models.partner import JointAction, Partner
from brandpool.models.record import Record, fields
from brandpool.models.shortlist import Shortlist
from brandpool.models.station import Station, StationArea, StationStaff
from brandpool.models.tier import TierMove
from brandpool.models.trademark import Trademark
from brandpool.rules.cn_mark import unopposed_registration
from brandpool.rules.identifiers import credit_code
from brandpool.services import check, credit, history, tiers

PROTECTING = (
    EnforcementCase, Complaint, Mediation, AidRequest, CreditListing, Officer, OfficerTraining,
    Agency, AgencyYear, AgencyFinding, CustodyContract, Station, StationStaff, StationArea,
    InfoPoint, GroupMember, GroupTask, Partner, JointAction,
)  # fmt: skip
_TIMED = re.compile(r"[0-9a-f]{12}7[0-9a-f]{19}")
"""An id by time (version 7), as it stands inside the facts that a move keeps."""
TODAY = date(2026, 11, 22)


def _made(path: Path, count: int, seed: int) -> Pool:
    pool = pool_files.create(path, who=sample.CLERK, sample=True)
    sample.build(pool, count, seed, TODAY)
    return pool


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    pool = _made(tmp_path_factory.mktemp("sample") / "sample.brandpool", 60, 1)
    yield pool
    pool.close()


def _rows(session: Session, model: type[Record]) -> list[dict[str, Any]]:
    table = model.__table__
    assert isinstance(table, Table)
    return [dict(row) for row in session.execute(select(table)).mappings()]


def _content(pool: Pool) -> list[str]:
    """All that is recorded, ids of kinds without an official number left out."""
    found = []
    with pool.read() as session:
        for model in KINDS:
            links = {"notice_id", "question_id"}
            names = [name for name in fields(model) if name not in links]
            rows = ([row[name] for name in names] for row in _rows(session, model))
            found += sorted(f"{model.kind()} {_TIMED.sub('', str(row))}" for row in rows)
    return found


def test_the_journal_agrees_with_every_row(made: Pool) -> None:
    with made.read() as session:
        assert check.check(session) == []


def test_the_same_seed_gives_the_same_content_and_another_seed_another(
    made: Pool, tmp_path: Path
) -> None:
    again, other = _made(tmp_path / "a.brandpool", 60, 1), _made(tmp_path / "b.brandpool", 60, 2)
    contents = [_content(pool) for pool in (made, again, other)]
    again.close()
    other.close()
    assert contents[0] == contents[1] != contents[2]


def test_everything_in_it_says_that_it_is_a_sample(made: Pool) -> None:
    assert made.fact("sample") == "1"
    with made.read() as session:
        for row in _rows(session, Enterprise):
            assert row["tags"] == "示例"
            assert "示例" in row["name"]
            assert row["phone"].startswith("0574-0000")
            assert credit_code(row["credit_code"])["valid"]


def test_every_code_it_uses_is_in_the_code_lists(made: Pool) -> None:
    with made.read() as session:
        for model in KINDS:
            for name, declared in fields(model).items():
                if declared.kind is Kind.CHOICE:
                    used = {row[name] for row in _rows(session, model)} - {None}
                    assert used <= {choice.code for choice in declared.choices}, (model, name)


def test_dates_of_marks_follow_the_law_and_no_mark_is_older_than_its_firm(made: Pool) -> None:
    with made.read() as session:
        firms = {row["id"]: row["established"] for row in _rows(session, Enterprise)}
        marks = _rows(session, Trademark)
    assert len(marks) > 100
    for mark in marks:
        assert mark["filed"] > firms[mark["enterprise_id"]]
        assert mark["filed"] <= TODAY
        if mark["registered_on"]:
            computed = unopposed_registration(mark["prelim_published"]).day("registration_date")
            assert mark["registered_on"] == computed <= TODAY


def test_three_years_of_moves_go_up_down_out_and_back(tmp_path: Path) -> None:
    pool = _made(tmp_path / "moves.brandpool", 150, 1)
    with pool.read() as session:
        whats = {
            row.what
            for firm in _rows(session, Enterprise)
            for row in tiers.history(session, firm["id"], TODAY)
        }
        steps = history.steps(session, 100)
        lists = _rows(session, Shortlist)
    pool.close()
    assert {"entry", "up", "down", "review", "exit", "reentry"} <= whats
    assert sum("入库与层级调整" in step.why for step in steps) >= 30
    assert [row["row_count"] > 0 for row in lists] == [True]


@pytest.mark.parametrize("model", PROTECTING, ids=lambda model: model.kind())
def test_every_ledger_of_protection_and_service_has_records(
    made: Pool, model: type[Record]
) -> None:
    with made.read() as session:
        assert _rows(session, model)


def test_nobody_rose_on_a_ladder_while_on_a_credit_list(made: Pool) -> None:
    with made.read() as session:
        listed = credit.barred(session, None, TODAY)
        assert listed
        assert not {row["enterprise_id"] for row in _rows(session, TierMove)} & set(listed)


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pool = pool_files.create(tmp_path / "p.brandpool", who=sample.CLERK, sample=True)
    sample.build(pool, 3, 1, TODAY, lambda done, total: told.append((done, total)))
    pool.close()
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
