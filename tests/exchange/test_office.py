"""Files opened by an office program for real: nothing is lost on the way through it.

One start of LibreOffice serves all workbooks, one all documents. Where it is not on the machine,
or cannot open that kind of file, the test says so and is skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from brandpool.db.pool import Pool
from brandpool.exchange import data_book, list_out, pool_files, sample
from brandpool.models.kinds import KINDS
from brandpool.models.record import fields
from brandpool.paths import resources
from brandpool.reports.documents import catalogue, leaving
from brandpool.reports.documents.catalogue import Order, World
from brandpool.reports.documents.content import Listing, Office
from brandpool.reports.documents.period import period_of
from brandpool.services import answers, records, reference_data

DAY = date(2026, 11, 22)
SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


@pytest.fixture(scope="module")
def office_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of the test's own, and the program's font for it to draw with."""
    home = tmp_path_factory.mktemp("office")
    (home / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{resources() / 'fonts'}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{home / 'cache'}</cachedir></fontconfig>"
    )
    return home


def convert(home: Path, kind: str, files: Sequence[Path], target: Path) -> str:
    """Let the office program open all files and write them as another kind; what it said."""
    assert SOFFICE is not None
    told = subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless",
            "--convert-to", kind, "--outdir", str(target), *map(str, files),
        ],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf"), "HOME": str(home)},
    )  # fmt: skip
    return told.stdout + told.stderr


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    """A small sample pool."""
    made = pool_files.create(
        tmp_path_factory.mktemp("pool") / "a.brandpool", who="王敏", sample=True
    )
    sample.build(made, 15, today=DAY)
    return made


def workbooks(pool: Pool, folder: Path) -> list[Path]:
    """A workbook of every kind of record that the pool holds, with all its columns."""
    made = []
    with pool.read() as session:
        for model in KINDS:
            ids = records.find(session, model)[:40]
            if ids:
                found = answers.listing(session, model, ids, list(fields(model)), DAY)
                table = list_out.table_of(found, model.zh, station="指导站", clerk="王敏")
                path = folder / f"{model.kind()}.xlsx"
                list_out.export_table(path, table)
                made.append(path)
    odd = Listing(
        ("编号", "数", "文"), (("007", "1,234.5", "=1+1"), ("G0012345", "-3", "—")), "数据"
    )
    data_book.write_book(folder / "data.xlsx", [odd], DAY)
    return [*made, folder / "data.xlsx"]


def cells(path: Path) -> dict[tuple[str, str], object]:
    """Every filled cell of every sheet."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def plain(value: object) -> object:
    """A number or day as such, whatever type carries it."""
    if isinstance(value, datetime):
        return value.date()
    return round(float(value), 6) if isinstance(value, int | float) else value


def test_every_workbook_comes_back_cell_for_cell(
    pool: Pool, office_home: Path, tmp_path: Path
) -> None:
    written, back = tmp_path / "out", tmp_path / "back"
    written.mkdir()
    made = workbooks(pool, written)
    assert len(made) > 20
    told = convert(office_home, "xlsx:Calc MS Excel 2007 XML", made, back)
    for path in made:
        assert (back / path.name).is_file(), told
        before, after = cells(path), cells(back / path.name)
        assert {k: (v, after.get(k)) for k, v in before.items() if after.get(k) != v} == {}
        assert set(after) == set(before), path.name


def test_every_document_becomes_a_pdf_without_a_warning(
    pool: Pool, office_home: Path, tmp_path: Path
) -> None:
    probe = tmp_path / "probe.docx"
    shutil.copy(resources() / "templates" / "certificate.docx", probe)
    made = [probe]
    with pool.maintain() as session:
        ref = reference_data.reference(session, DAY)
        world = World(Office("宁波高新区商标品牌指导站", "宁波高新区", "王敏"), DAY, ref)
        firm = records.find(session, by_kind("enterprise"))[0]
        notice = records.find(session, by_kind("public_notice"))[-1]
        for order in (
            Order("report", period=period_of("quarter", DAY)),
            Order("approval"),
            Order("notice", (notice,)),
            Order("admission", start=date(2025, 1, 1), end=DAY),
            Order("dossier", (firm,)),
        ):
            for draft in catalogue.drafts(session, order, world):
                made.append(tmp_path / f"{order.kind}.docx")
                made[-1].write_bytes(leaving.docx_of(draft))
    told = convert(office_home, "pdf", made, tmp_path / "pdf")
    if not (tmp_path / "pdf" / "probe.pdf").is_file():
        pytest.skip("LibreOffice has no Writer here, so Word files cannot be opened")
    known = "javaldx"
    assert [t for t in told.splitlines() if "arning" in t and known not in t] == []
    for path in made:
        pages = PdfReader(tmp_path / "pdf" / f"{path.stem}.pdf").pages
        assert pages, path.name
        for page in pages:
            assert sorted(round(float(side)) for side in page.mediabox[2:]) == [595, 842]
            assert page.extract_text().strip(), f"{path.name} has an empty page"


def by_kind(kind: str) -> type:
    return next(model for model in KINDS if model.kind() == kind)
