"""Fieldwork on the command line: who is due, the route, the form, the letters."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.cli.main import main
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, visit_form_sheet
from brandpool.models.enterprise import Enterprise
from brandpool.models.letter import Letter
from brandpool.models.shortlist import ExportEntry
from brandpool.models.visit import Visit
from brandpool.services import records, visits
from tests.services.marks import mark

Run = Any


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    path = tmp_path / "station.brandpool"
    pool = pool_files.create(path, who="甲")
    with pool.write("准备", who="甲") as session:
        values = [
            {"name": "宁波朝阳机械有限公司", "street": "梅墟街道", "contact": "王小明"},
            {"name": "宁波东方股份有限公司", "street": "新明街道"},
        ]
        first, _second = journal.insert(session, Enterprise, values)
        visits.record(session, {"enterprise_id": first, "visited_on": date(2025, 3, 1)})
        mark(session, first)
    pool.close()
    return path


@pytest.fixture
def run(station: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def answer(*words: str) -> Any:
        capfdbinary.readouterr()
        code = main([*words, "--pool", str(station), "--json"])
        told = capfdbinary.readouterr()
        assert code == 0, told.err.decode()
        return json.loads(told.out)

    return answer


def test_visits_are_listed_by_enterprise_and_day(run: Run) -> None:
    assert run("visit", "list", "朝阳")["visits"][0]["visited_on"] == "2025-03-01"
    assert run("visit", "list", "--from", "2025-03-02")["count"] == 0


def test_who_is_due_is_told_with_reasons_and_the_route_goes_by_street(
    run: Run, tmp_path: Path, station: Path
) -> None:
    assert run("visit", "due", "--on", "2026-11-22")["count"] == 0
    found = run("visit", "due", "--all", "--on", "2026-11-22")
    assert [row["name"] for row in found["due"]] == ["宁波东方股份有限公司", "宁波朝阳机械有限公司"]
    out = tmp_path / "路线.xlsx"
    route = run("visit", "route", "--all", "--from", "2026-11-23", "--per-week", "1",
                "--weeks", "2", "--out", str(out))  # fmt: skip
    assert [len(week["rows"]) for week in route["weeks"]] == [1, 1]
    cells = [str(c) for row in openpyxl.load_workbook(out).active.values for c in row]
    assert "宁波朝阳机械有限公司" in cells
    assert "王小明" not in cells
    pool = Pool.open(station)
    with pool.read() as session:
        assert records.count(session, ExportEntry) == 1
    pool.close()


def test_the_form_goes_out_is_changed_and_comes_back_as_a_new_version(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "表单.xlsx"
    assert run("visit", "form", "--out", str(out))["version"] == visit_form_sheet.shipped().version
    book = openpyxl.load_workbook(out)
    book["settings"]["C2"] = "2027.1"
    book["survey"]["C3"] = "走访日"
    book.save(out)
    assert run("visit", "form", str(out), "--from", "2026-11-01")["version"] == "2027.1"
    assert run("visit", "form", "--from", "2026-11-22")["version"] == "2027.1"


def test_a_letter_is_written_under_its_own_name_and_registered(
    run: Run, tmp_path: Path, station: Path
) -> None:
    told = run("letter", "商标运用指导书", "朝阳", "--out", str(tmp_path), "--on", "2026-11-22")
    assert Path(told["file"]).name == "商标运用指导书_宁波朝阳机械有限公司_站用〔2026〕1号.docx"
    assert Path(told["file"]).is_file()
    warned = run("letter", "protect", "朝阳", "--out", str(tmp_path / "警示.docx"),
                 "--seen-on", "2026-11-20", "--seen-at", "外箱")  # fmt: skip
    assert Path(warned["file"]).is_file()
    pool = Pool.open(station)
    with pool.read() as session:
        assert records.count(session, Letter) == 2
        assert records.count(session, Visit) == 1
    pool.close()


def test_a_letter_without_content_fails_with_a_sentence(
    station: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["letter", "use", "东方", "--pool", str(station)]) == 1
    assert "不必出具" in capfd.readouterr().err
