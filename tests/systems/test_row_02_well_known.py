"""Row 2 of the policy: support for asking protection as a well-known mark.

Evidence per year, anchor and route are recorded; a readiness sheet with its gaps follows.
"""

from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.models.record import fields
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.rules.well_known_case import case_words
from brandpool.services import well_known
from tests.services.well_known_rooms import ON, complete

TRAP = {"registered_on": date(2021, 2, 14), "valid_until": date(2031, 2, 13)}


def test_the_anchor_trap_gives_not_yet_with_the_earliest_day(pool: Pool) -> None:
    """Three and five years have passed today; on the opposed mark's filing day they had not."""
    _enterprise, file = complete(
        pool,
        mark=TRAP,
        file={"first_used": date(2019, 1, 1), "route": "opposition",
              "planned_anchor": date(2023, 4, 1)},
    )  # fmt: skip
    with pool.read() as session:
        found = well_known.assess(session, file, ON)
    assert (found.verdict, found.earliest) == ("not_yet", date(2024, 1, 1))
    assert found.label == "未到期（最早 2024-01-01）"
    assert found.past


def test_the_same_mark_is_old_enough_on_the_day_of_a_request_today(pool: Pool) -> None:
    _enterprise, file = complete(pool, mark=TRAP, file={"first_used": date(2019, 1, 1)})
    with pool.read() as session:
        assert well_known.assess(session, file, ON).verdict == "supportable"


@pytest.mark.parametrize(
    ("day", "verb", "article"),
    [(date(2026, 12, 31), "认定", "第十四条"), (date(2027, 1, 1), "确认", "第六十三条")],
)
def test_the_text_of_2027_says_confirmed(day: date, verb: str, article: str) -> None:
    words = case_words(day)
    assert words.verb == verb
    assert article in words.article
    assert verb in words.note


def test_a_case_asks_for_route_anchor_mark_goods_authority_and_number() -> None:
    asked = fields(WellKnownCase)
    for name in ("route", "opponent_filed", "requested_on", "infringed_on", "mark", "goods",
                 "opponent", "authority", "outcome", "document_no", "decided_on"):  # fmt: skip
        assert name in asked
    assert WellKnownCase.zh == "驰名保护记录"
    assert WellKnownFile.zh == "驰名保护准备档"
