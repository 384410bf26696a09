"""Conditions of schemes that count visits look at the visits of the pool."""

from datetime import date, timedelta

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.models.visit import Visit
from brandpool.services import judging, known, schemes, visits

TODAY = date(2026, 11, 22)
YEAR_AGO = date(2025, 11, 22)
SCHEMES = [
    scheme
    for scheme in (schemes.read_file(path) for path in schemes.shipped_files())
    if any("visit" in known.needs(ladder.conditions()).kinds for ladder in scheme.ladders)
]


def test_two_shipped_schemes_ask_for_visits() -> None:
    assert len(SCHEMES) == 2


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.key)
def test_an_enterprise_neither_visited_nor_updated_for_a_year_is_proposed_to_leave_until_visited(
    pool: Pool, scheme
) -> None:
    ladder = scheme.ladders[0]

    def inactive() -> bool | None:
        with pool.read() as session:
            [found] = judging.judge(session, [one], scheme, ladder.code, TODAY)
        reasons = {v.condition.exit_reason for v in found.proposed_exits}
        return "inactive" in reasons

    def write(visited: date, enterprise: str) -> None:
        with pool.write("走访", who="甲") as session:
            visits.record(session, {"enterprise_id": enterprise, "visited_on": visited})

    with pool.write("准备", who="甲") as session:
        schemes.save(session, scheme)
        old = {"source_date": date(2025, 1, 1)}
        one, other = journal.insert(
            session, Enterprise, [{"name": "甲", **old}, {"name": "乙", **old}]
        )
        journal.insert(session, TierMove, [{
            "enterprise_id": one, "ladder": ladder.code, "tier": ladder.tiers[0].code,
            "effective": date(2025, 1, 5), "reason": "入库",
        }])  # fmt: skip
    assert not inactive()
    write(TODAY, other)
    assert inactive()
    write(YEAR_AGO - timedelta(1), one)
    assert inactive()
    write(TODAY + timedelta(1), one)
    assert inactive()
    write(YEAR_AGO, one)
    assert not inactive()
    with pool.write("删除", who="甲") as session:
        journal.delete(session, Visit, [row.id for row in session.query(Visit)])
    assert not inactive()
