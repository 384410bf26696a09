"""A round of fieldwork by command: out, open, home, merge, receipt."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandpool.cli.main import main
from brandpool.cli.packs import VARIABLE
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import pack_out
from brandpool.exchange.pack_out import Order
from tests.exchange.pack_parts import (
    OFFICE,
    WORDS,
    Station,
    attach,
    hash_of,
    photo,
    read,
    station,
    write,
)

Run = Any
NEXT_WEEK = date.today() + timedelta(days=7)


@pytest.fixture
def office(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    """An office with settings of the test's own, and a pack that is out."""
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    monkeypatch.delenv(VARIABLE, raising=False)
    made = station(pool)
    order = Order((made.first,), "乙", NEXT_WEEK)
    pack_out.create(pool, order, tmp_path / "out.brandpack", made.key, OFFICE, today=date.today())
    (tmp_path / "words.txt").write_text(f"{WORDS}\n", encoding="utf-8")
    return made


@pytest.fixture
def run(office: Station, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a pack command with the passphrase from a file, and read its JSON."""

    def answer(*words: object) -> Any:
        capfdbinary.readouterr()
        given = ["--passphrase-file", str(tmp_path / "words.txt"), "--json"]
        code = main(["pack", *map(str, words), *given])
        told = capfdbinary.readouterr()
        assert code == 0, told.err.decode()
        return json.loads(told.out)

    return answer


def test_a_round_of_fieldwork(office: Station, run: Run, tmp_path: Path) -> None:
    out, laptop = tmp_path / "out.brandpack", tmp_path / "laptop.brandpool"
    told = run("inspect", out)
    assert (told["sort"], told["made_for"], told["enterprises"]) == ("out", "乙", 1)
    assert [part["name"].partition("/")[0] for part in told["parts"]] == [
        "thumbs", "journal.jsonl.zz",
    ]  # fmt: skip
    assert run("open", out, "--as", laptop)["until"] == NEXT_WEEK.isoformat()

    field = Pool.open(laptop)
    write(field, office.first, street="梅墟街道")
    digest = attach(field, office.first, photo(3, 1200))
    field.close()
    home = tmp_path / "home.brandpack"
    told = run("home", "--out", home, "--pool", laptop)
    assert (told["steps"], told["files"], told["missing"]) == (2, 1, [])

    before = hash_of(office.pool)
    told = run("merge", home, "--preview", "--pool", office.pool.path)
    assert {r["what"] for r in told["records"]["records"]} >= {"new", "changed"}
    assert hash_of(office.pool) == before
    receipt = tmp_path / "receipt.brandpack"
    told = run("merge", home, "--receipt", receipt, "--pool", office.pool.path)
    assert (told["records"]["new"], told["files_new"], told["returned"]) == (1, 1, True)
    assert told["receipt"] == {"file": str(receipt), "steps": 2, "files": 1}
    assert read(office.pool, office.first)["street"] == "梅墟街道"
    assert list((office.pool.path.parent / "备份").glob("station_合并前_*.brandpool"))

    told = run("merge", receipt, "--free", "--pool", laptop)
    assert (told["steps"], told["files"], told["freed_files"]) == (2, 1, 1)
    assert not Attachments(laptop).has(digest)
    again = run("receipt", home, "--out", tmp_path / "again.brandpack", "--pool", office.pool.path)
    assert (again["steps"], again["files"]) == (2, 1)


def test_a_person_reads_the_same(
    office: Station, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(VARIABLE, WORDS)
    laptop = str(tmp_path / "l.brandpool")
    home = str(tmp_path / "home.brandpack")
    where = ["--pool", str(office.pool.path)]
    assert main(["pack", "open", str(tmp_path / "out.brandpack"), "--as", laptop]) == 0
    field = Pool.open(Path(laptop))
    write(field, office.first, street="梅墟街道")
    field.close()
    write(office.pool, office.first, who="甲", street="新明街道")
    assert main(["pack", "home", "--out", home, "--interim", "--pool", laptop]) == 0
    assert main(["pack", "merge", home, "--preview", *where]) == 0
    assert main(["pack", "merge", home, *where]) == 0
    assert main(["pack", "inspect", home]) == 0
    told = capfd.readouterr().out.replace("\n", "").replace(" ", "")
    for words in ("已新建外勤副本", "1步操作", "冲突1", "梅墟街道", "待裁定1", "带回的外勤包"):
        assert words in told, words
    assert len(list(tmp_path.glob("home.回执*.brandpack"))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inspect", "missing.brandpack"], "无法读取"),
        (["inspect", "settings.json"], "无法读取"),
        (["inspect", "words.txt"], "不是外勤包"),
        (["open", "out.brandpack", "--as", "words.txt"], "已存在"),
        (["merge", "out.brandpack"], "带出去的外勤包"),
        (["home"], "不是外勤副本"),
        (["out"], "请写出企业名称"),
        (["out", "无此企业"], "没有找到"),
        (["out", "--where", "所属街道=无"], "没有符合条件"),
        (["out", "朝阳", "--until", "2020-01-01"], "口令太短"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_1(
    office: Station, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, words: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv(VARIABLE, "short" if said == "口令太短" else WORDS)
    monkeypatch.chdir(tmp_path)
    given = [*words] if words[0] in ("inspect", "open") else [*words, "--pool", "station.brandpool"]
    before = sorted(tmp_path.iterdir())
    assert main(["pack", *given]) == 1
    told = capfd.readouterr().err
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_without_a_passphrase_nothing_is_asked_of_a_script(
    office: Station, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["pack", "inspect", str(tmp_path / "out.brandpack")]) == 1
    assert "没有口令" in capfd.readouterr().err
    monkeypatch.setenv(VARIABLE, "不是这个口令")
    assert main(["pack", "inspect", str(tmp_path / "out.brandpack")]) == 1
    assert "口令不对" in capfd.readouterr().err


def test_the_estimate_needs_no_passphrase(office: Station, run: Run) -> None:
    told = run("out", "--where", "企业名称~宁波", "--estimate", "--pool", office.pool.path)
    assert (told["enterprises"], told["files"]) == (2, 2)


@pytest.mark.slow
def test_a_pack_made_by_command_opens(office: Station, run: Run, tmp_path: Path) -> None:
    made = run("out", "朝阳机械", "--for", "丙", "--out", tmp_path / "b.brandpack",
               "--pool", office.pool.path)  # fmt: skip
    assert (made["enterprises"], made["missing"]) == (1, [])
    assert run("open", tmp_path / "b.brandpack", "--as", tmp_path / "b.brandpool")
