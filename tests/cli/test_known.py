"""`well-known` says on the command line what the page says, and writes the dossier."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from brandpool.cli.main import main
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import pool_files
from brandpool.models.shortlist import ExportEntry
from brandpool.models.well_known import EvidenceFigure, WellKnownCase
from brandpool.services import records
from tests.services.well_known_rooms import complete

DAY = ("--on", "2026-11-22")


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pool with one file that lacks a figure, and one case."""
    monkeypatch.setattr("brandpool.settings.settings_file", lambda: tmp_path / "settings.json")
    pool = pool_files.create(tmp_path / "station.brandpool", who="甲")
    enterprise, _file = complete(pool)
    with pool.write("登记", who="甲") as session:
        gone = records.rows(session, EvidenceFigure, records.find(session, EvidenceFigure))
        journal.delete(
            session, EvidenceFigure,
            [row.id for row in gone if (row["measure"], row["year"]) == ("tax", 2024)],
        )  # fmt: skip
        journal.insert(session, WellKnownCase, [
            {"enterprise_id": enterprise, "mark": "朝阳", "goods": "机床", "route": "court",
             "authority": "法院", "outcome": "protected", "decided_on": date(2027, 2, 1),
             "infringed_on": date(2026, 1, 1), "document_no": "1号"}
        ])  # fmt: skip
    pool.close()
    return pool.path


def told(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> Any:
    capfdbinary.readouterr()
    assert main([*words]) == 0
    return json.loads(capfdbinary.readouterr().out)


def test_the_list_has_verdicts_and_the_note_of_each_case(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    found = told(capfdbinary, "well-known", "list", *DAY, "--pool", str(station), "--json")
    [file] = found["files"]
    assert (file["mark"], file["verdict"], file["gaps"]) == (
        "朝阳", "gaps", ["2024年纳税额：没有数据"]
    )  # fmt: skip
    [case] = found["cases"]
    assert case["protects"]
    assert case["note"].startswith("个案确认：")
    assert main(["well-known", "list", *DAY, "--pool", str(station)]) == 0
    assert "个案确认" in capfdbinary.readouterr().out.decode()


def test_the_grid_shows_every_cell_by_sign(
    station: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("well-known", "grid", "朝阳", *DAY, "--pool", str(station))
    found = told(capfdbinary, *words, "--json")
    states = {(cell["line"], cell["year"]): cell["state"] for cell in found["cells"]}
    assert states["tax", 2024] == "missing"
    assert states["tax", 2023] == "full"
    assert main([*words]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert "缺项：2024年纳税额：没有数据" in text
    assert "●" in text


def test_the_dossier_is_a_word_file_and_a_numbered_pdf_both_registered(
    station: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a" / "b"
    words = ["well-known", "dossier", "朝阳", "--out", str(out), *DAY, "--pool", str(station)]
    assert main(words) == 0
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(first) == {"朝阳驰名保护证据.docx", "朝阳驰名保护证据.pdf"}
    pages = PdfReader(out / "朝阳驰名保护证据.pdf").pages
    assert pages[-1].extract_text().strip() == str(len(pages))
    assert main(words) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    pool = Pool.open(station)
    with pool.read() as session:
        assert len(records.find(session, ExportEntry)) == 4
    pool.close()


def test_an_unknown_file_is_told(station: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["well-known", "grid", "没有", "--pool", str(station)]) == 1
    assert "没有找到" in capfd.readouterr().err
