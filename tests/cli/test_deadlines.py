"""`deadlines` tells what is due as of any day, and writes it as a calendar."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brandpool.cli.main import main
from brandpool.db import journal
from brandpool.exchange import pool_files
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.trademark import Trademark


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pool with one mark whose term ends on 6 December 2026."""
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    pool = pool_files.create(tmp_path / "station.brandpool", who="甲")
    with pool.write("登记", who="甲") as session:
        [firm] = journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
        mark: dict[str, Value] = {
            "enterprise_id": firm, "reg_no": "18000001", "nice_class": 7, "name": "朝阳",
            "registered_on": date(2016, 12, 7), "valid_until": date(2026, 12, 6),
        }  # fmt: skip
        journal.insert(session, Trademark, [mark])
    pool.close()
    return pool.path


def _told(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> Any:
    capfdbinary.readouterr()
    assert main([*words]) == 0
    return json.loads(capfdbinary.readouterr().out)


@pytest.mark.parametrize(
    ("as_of", "rule", "due"),
    [
        ("2026-11-22", "mark.renewal_due", "2026-12-06"),
        ("2026-12-07", "mark.grace_end", "2027-06-06"),
    ],
)
def test_the_day_asked_for_decides_what_is_due(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes], as_of: str, rule: str, due: str
) -> None:
    words = ("deadlines", "--pool", str(station), "--as-of", as_of, "--json")
    told = _told(capfdbinary, *words)
    assert [(entry["rule"], entry["due"]) for entry in told["entries"]] == [(rule, due)]


def test_the_horizon_can_be_narrowed_but_never_hides_what_is_overdue(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for as_of, number in (("2026-11-22", 0), ("2030-01-01", 1)):
        words = ("deadlines", "--pool", str(station), "--as-of", as_of, "--within", "7", "--json")
        assert len(_told(capfdbinary, *words)["entries"]) == number


def test_the_calendar_holds_what_the_list_shows(station: Path, tmp_path: Path) -> None:
    ics = tmp_path / "期限.ics"
    assert (
        main(["deadlines", "--pool", str(station), "--as-of", "2026-11-22", "--ics", str(ics)]) == 0
    )
    assert ics.read_bytes().count(b"BEGIN:VEVENT") == 1
