"""The command line does what the window does, answers in JSON, and fails with a sentence."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.cli.main import commands, main
from brandpool.db.pool import Pool
from brandpool.exchange import pool_files
from brandpool.models.enterprise import Enterprise
from brandpool.services import records

Run = Any


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pool with a scheme, and settings of the test's own."""
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    path = tmp_path / "station.brandpool"
    pool_files.create(path, who="甲").close()
    return path


@pytest.fixture
def run(station: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command on the pool and read its JSON."""

    def answer(*words: str) -> Any:
        capfdbinary.readouterr()
        code = main([*words, "--pool", str(station), "--json"])
        told = capfdbinary.readouterr()
        assert code == 0, told.err.decode()
        return json.loads(told.out)

    return answer


@pytest.fixture
def file(tmp_path: Path) -> str:
    book = openpyxl.Workbook()
    for row in (
        ["企业名称", "统一社会信用代码", "成立日期"],
        ["宁波朝阳机械有限公司", "91330200144069541X", "2004-03-06"],
        ["宁波东方股份有限公司", "91330100799655058B", "2010-05-01"],
        ["宁波坏日期有限公司", None, "2010-02-30"],
    ):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    return str(tmp_path / "名单.xlsx")


def test_import_counts_every_row_and_names_the_rejected_cell(run: Run, file: str) -> None:
    dry = run("import", "enterprise", file, "--dry-run")
    assert run("list", "enterprise")["count"] == 0
    done = run("import", "enterprise", file)
    for answer in (dry, done):
        counts = {k: answer[k] for k in ("new", "changed", "unchanged", "conflict", "missing")}
        assert counts == {"new": 2, "changed": 0, "unchanged": 0, "conflict": 0, "missing": 0}
        [rejected] = answer["rejected_rows"]
        assert (answer["rejected"], rejected["row"], rejected["cell"]) == (1, 4, "C4")
    assert run("list", "enterprise")["count"] == 2


def test_list_filters_and_searches_by_pinyin(run: Run, file: str) -> None:
    run("import", "enterprise", file)
    assert [r["name"] for r in run("list", "企业", "--search", "zyjx")["rows"]] == [
        "宁波朝阳机械有限公司"
    ]
    assert run("list", "enterprise", "--where", "企业名称~东方")["count"] == 1


def test_a_move_is_judged_recorded_and_undone(run: Run, file: str) -> None:
    run("import", "enterprise", file)
    judged = run("judge", "--only", "all")
    assert {one["tier"] for one in judged} == {None}
    run(
        "move", "朝阳机械", "--to", "储备层", "--reason", "首批", "--override", "试点",
        "--effective", "2026-03-02", "--document-no", "甬高新〔2026〕1号",
    )  # fmt: skip
    shown = run("show", "cyjx")
    assert [now["since"] for now in shown["standing"].values()] == ["2026-03-02"]
    flow = run("chart", "flow", "--from", "2026-03-01", "--to", "2026-11-22")
    assert flow["rows"][-1]["合计"] == 1
    assert run("undo")["put_back"] == 1
    assert run("show", "cyjx")["standing"] == {}
    run("redo")
    assert run("show", "cyjx")["standing"] != {}


def test_history_undo_check_backup_and_the_past(run: Run, file: str, tmp_path: Path) -> None:
    run("import", "enterprise", file)
    assert run("history")[0]["why"] == "导入企业：名单.xlsx（Sheet）"
    assert run("as-of", date.today().isoformat())["count"] == 2
    assert run("as-of", "2020-01-01")["count"] == 0
    assert run("check") == {"disagreements": []}
    kept = run("backup", str(tmp_path / "kept"))
    with Pool.open(Path(kept["file"])).read() as session:
        assert records.count(session, Enterprise) == 2


def test_a_shortlist_is_handed_in_frozen_and_compared(run: Run, file: str, tmp_path: Path) -> None:
    run("import", "enterprise", file)
    target = tmp_path / "名单.xlsx"
    first = run("shortlist", "--all", "--hand-in", "首批", "--out", str(target))
    assert first["count"] == 2
    assert target.read_bytes()[:2] == b"PK"
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "所属街道"])
    book.active.append(["宁波后来有限公司", None])
    book.active.append(["宁波东方股份有限公司", "梅墟"])
    book.save(tmp_path / "又来.xlsx")
    run("import", "enterprise", str(tmp_path / "又来.xlsx"))
    again = run("shortlist", "--all", "--against", "首批")
    assert again["compared"] == {
        "came": ["宁波后来有限公司"],
        "left": [],
        "changed": ["宁波东方股份有限公司 所属街道：→梅墟"],
    }


def test_a_chart_is_saved_as_a_picture(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "stock.png"
    run("chart", "stock", "--out", str(target))
    assert target.read_bytes().startswith(b"\x89PNG")


def test_the_calculator_answers_with_its_chain(capfd: Any, tmp_path: Path) -> None:
    assert main(["compute", "cn.reply", "received=2026-09-20", "days=15", "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["period_end"], answer["due"]) == ("2026-10-05", "2026-10-08")
    assert answer["chain"]
    cases = tmp_path / "cases.json"
    cases.write_text('[{"id": "a", "rule": "cn.reply", "input": {"received": "nie"}}]')
    assert main(["compute", "--batch", str(cases)]) == 0
    [told] = json.loads(capfd.readouterr().out)
    assert (told["id"], "received" in told["error"]) == ("a", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["list", "nothing"], 1, "没有“nothing”这一类记录"),
        (["import", "enterprise", "missing.xlsx"], 1, "missing.xlsx"),
        (["undo"], 1, "没有可以撤销的步骤"),
        (["show", "无此企业"], 1, "没有找到"),
        (["flyaway"], 2, "flyaway"),
        (["list"], 2, "kind"),
    ],
)
def test_what_cannot_be_done_ends_with_a_code_and_a_sentence(
    station: Path, capfd: Any, words: list[str], code: int, said: str
) -> None:
    assert main([*words, "--pool", str(station)]) == code
    assert said in capfd.readouterr().err


def test_every_command_says_what_it_does() -> None:
    for command in commands().registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__
