"""Statistics and printed numbers from the command line."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from brandpool.cli.main import main
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark


@pytest.fixture
def path(pool: Pool) -> Path:
    with pool.write("登记", who="王敏") as session:
        [one] = journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
        marks = [{"enterprise_id": one, "reg_no": f"1000{n}", "nice_class": n} for n in (7, 9)]
        journal.insert(session, Trademark, marks)
    return pool.path


def told(capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    found: dict[str, object] = json.loads(capfd.readouterr().out)
    return found


def test_a_statistic_is_printed_with_its_definition(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = told(capfd, "statistic", "marks_class", "--on", "2026-11-22", "--pool", str(path))
    rows = found["rows"]
    assert isinstance(rows, list)
    assert [row["类别"] for row in rows] == ["第07类", "第09类", "合计"]
    assert str(found["definition"]).startswith("口径：2026年11月22日")


def test_the_code_of_an_exported_number_brings_its_rows_back(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "商标.xlsx"
    told(capfd, "statistic", "marks_class", "--out", str(out), "--pool", str(path))
    last = [cell.value for cell in list(load_workbook(out).worksheets[1].iter_rows())[-1]]
    assert last[0] == "合计"
    found = told(capfd, "number", str(last[-1]), "--pool", str(path))
    rows = found["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 2
    assert float(str(found["total"])) == 2


def test_without_a_name_the_statistics_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["statistic", "--json"]) == 0
    assert "flows" in [one["key"] for one in json.loads(capfd.readouterr().out)]


def test_an_unknown_step_is_refused(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["statistic", "flows", "--step", "week", "--pool", str(path)]) == 1
    assert "month" in capfd.readouterr().err
