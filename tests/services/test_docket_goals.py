"""Targets, subsidy policies and the station's papers stand in the docket."""

from datetime import date

from brandpool.db.pool import Pool
from brandpool.models.star import StationPaper
from brandpool.models.subsidy import SubsidyItem
from brandpool.models.target import Target
from tests.systems.ledgers import TODAY, add, dates


def test_what_ends_is_told_before_and_a_past_year_no_longer(pool: Pool) -> None:
    target = {"indicator": "madrid", "operator": "reach"}
    add(pool, Target, {**target, "title": "马德里", "year": 2026})
    add(pool, Target, {**target, "title": "马德里", "year": 2025})
    add(pool, SubsidyItem, {"title": "资助", "basis": "fixed", "starts": date(2026, 1, 1),
                            "ends": date(2026, 12, 31)})  # fmt: skip
    add(pool, StationPaper, {"title": "制度", "paper_kind": "rule",
                             "valid_until": date(2026, 11, 1)})  # fmt: skip
    found = {entry.rule: (entry.due, entry.title) for entry in dates(pool)}
    assert found == {
        "target.ends": (date(2026, 12, 31), "马德里"),
        "subsidy.ends": (date(2026, 12, 31), "资助"),
        "station_paper.ends": (date(2026, 11, 1), "制度"),
    }
    overdue = [entry.rule for entry in dates(pool) if entry.due < TODAY]
    assert overdue == ["station_paper.ends"]
