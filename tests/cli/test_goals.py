"""`targets`, `stars` and `inspection` say on the command line what the window says."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from brandpool.cli.main import main
from brandpool.db import journal
from brandpool.exchange import pool_files
from brandpool.models.enterprise import Enterprise
from brandpool.models.target import Target
from brandpool.models.training import Training
from tests.services.marks import mark

POLICY = Path(__file__).parent.parent / "data" / "policy_2023_10.txt"


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pool with a mark, a target of two marks, and a lecture."""
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    pool = pool_files.create(tmp_path / "station.brandpool", who="甲")
    with pool.write("登记", who="甲") as session:
        [firm] = journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
        mark(session, firm)
        journal.insert(session, Target, [
            {"title": "有效注册量", "indicator": "marks_in_force", "year": 2026,
             "operator": "reach", "value": Decimal(2)}
        ])  # fmt: skip
        held = {"topic": "讲座", "held_on": date(2026, 5, 1), "star_item": "lectures"}
        journal.insert(session, Training, [held])
    pool.close()
    return pool.path


def told(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> Any:
    capfdbinary.readouterr()
    assert main([*words]) == 0
    return json.loads(capfdbinary.readouterr().out)


def test_targets_name_their_actual_definition_and_rows(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("targets", "--pool", str(station), "--on", "2026-11-22", "--json")
    [one] = told(capfdbinary, *words)["targets"]
    assert (one["actual"], one["needed"], one["pace"], one["months"]) == ("1", "1", "0.5", 2)
    assert len(one["rows"]) == 1
    assert "注册号×类别" in one["definition"]
    assert told(capfdbinary, *words, "--year", "2025")["targets"] == []


def test_a_policy_is_read_without_anything_being_written(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = station.read_bytes()
    words = ("targets", "--policy", str(POLICY), "--pool", str(station), "--json")
    found = told(capfdbinary, *words)
    assert len(found) == 9
    text = POLICY.read_text("utf-8")
    assert all(text[one["start"] : one["end"]] == one["clause"] for one in found)
    assert station.read_bytes() == before


def test_stars_and_the_tables_for_people(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("stars", "--pool", str(station), "--on", "2026-11-22")
    found = told(capfdbinary, *words, "--json")
    assert len(found["items"]) == 13
    assert found["rules_verified"] is False
    assert Decimal(found["proposed"]) == Decimal("1.66")
    for command in (words, ("targets", "--pool", str(station))):
        assert main([*command]) == 0
        assert "─" in capfdbinary.readouterr().out.decode()


def test_the_inspection_folder_is_written_once(
    station: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "检查材料"
    words = ("inspection", str(out), "--pool", str(station), "--on", "2026-11-22")
    made = told(capfdbinary, *words, "--json")
    assert made["gaps"]
    for entry in made["entries"]:
        assert (out / entry["name"]).is_file()
    assert main([*words]) == 1
    assert "已有文件" in capfdbinary.readouterr().err.decode()
