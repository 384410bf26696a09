"""The inspection folder: every item a file or a named gap, the counts those of the pool."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import inspection, pool_files
from brandpool.exchange.inspection import Inspection
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.models.shortlist import ExportEntry
from brandpool.models.star import PAPERS, StationPaper
from brandpool.models.target import Target
from brandpool.models.training import Training
from brandpool.models.visit import Visit
from brandpool.reports.documents.content import Office
from brandpool.rules.reference import shipped
from brandpool.services import records, reference_data, stars
from tests.services.marks import ON, mark

BY = Office("高新区品牌指导服务站", "宁波高新区", "王敏")


@pytest.fixture
def station(tmp_path: Path) -> Pool:
    """A pool with a scheme, a mark, visits of two years, papers with and without a file."""
    pool = pool_files.create(tmp_path / "站.brandpool", who="王敏")
    rule = Attachments(pool.path).put("走访制度全文".encode())
    with pool.write("登记", who="王敏") as session:
        [firm] = journal.insert(session, Enterprise, [
            {"name": "宁波朝阳机械有限公司", "contact": "周敏", "phone": "13800000000"}
        ])  # fmt: skip
        mark(session, firm)
        journal.insert(session, Visit, [
            {"enterprise_id": firm, "visited_on": day, "visitors": "王敏、李强", "met": "周敏"}
            for day in (date(2026, 3, 1), date(2026, 5, 1), date(2025, 5, 1))
        ])  # fmt: skip
        journal.insert(session, StationPaper, [
            {"title": "走访制度", "paper_kind": "rule", "dated": date(2024, 1, 1),
             "file_name": "走访制度.docx", "content_hash": rule},
            {"title": "保密制度", "paper_kind": "rule", "dated": date(2025, 1, 1)},
            {"title": "岗位职责", "paper_kind": "duty", "content_hash": "0" * 64},
        ])  # fmt: skip
        journal.insert(session, Target, [
            {"title": "高价值发明", "indicator": "high_value_patents", "year": 2026,
             "operator": "reach", "value": Decimal(1800)},
            {"title": "商标有效注册量", "indicator": "marks_in_force", "year": 2026,
             "operator": "reach", "value": Decimal(2)},
        ])  # fmt: skip
    return pool


def written(pool: Pool, out: Path, on: date = ON) -> Inspection:
    with pool.write("检查材料", who="王敏") as session:
        return inspection.write(session, out, 2026, on, Attachments(pool.path), BY)


def items() -> set[tuple[str, str]]:
    """Every item that must be there, by folder and name."""
    return {
        (folder["zh"], item["zh"])
        for folder in shipped().documents["inspection"]["folders"]
        for item in folder["items"]
        if item.get("needed", True)
    }


def test_every_item_is_a_file_or_a_named_gap(station: Pool, tmp_path: Path) -> None:
    made = written(station, tmp_path / "检查材料")
    told = {(one.folder, one.item) for one in (*made.entries, *made.gaps)}
    assert items() <= told
    files = {one.name for one in made.entries}
    on_disk = {
        path.relative_to(made.folder).as_posix()
        for path in made.folder.rglob("*") if path.is_file()
    }  # fmt: skip
    assert on_disk == files | {inspection.CONTENTS, inspection.GAPS}
    assert all(what.what for what in made.gaps)


def test_the_counts_are_those_of_the_pool(station: Pool, tmp_path: Path) -> None:
    made = written(station, tmp_path / "检查材料")
    counts = {one.item: one for one in made.entries}
    assert counts["走访记录"].records == 2
    assert counts["商标台账"].records == 1
    rows = CalamineWorkbook.from_path(made.folder / counts["走访记录"].name)
    cells = rows.get_sheet_by_index(0).to_python()
    assert sum(isinstance(row[0], float) for row in cells) == 2
    gaps = CalamineWorkbook.from_path(made.folder / inspection.GAPS).get_sheet_by_index(0)
    assert sum(isinstance(row[0], float) for row in gaps.to_python()) == len(made.gaps)


def test_a_paper_is_copied_and_one_without_its_file_is_named(station: Pool, tmp_path: Path) -> None:
    made = written(station, tmp_path / "检查材料")
    [rule] = [one for one in made.entries if one.item == "规章制度"]
    assert rule.name == "01_组织与制度/01-02_规章制度_01_走访制度.docx"
    assert (made.folder / rule.name).read_bytes() == "走访制度全文".encode()
    missing = {one.what for one in made.gaps if one.folder == "组织与制度"}
    assert {"《保密制度》没有附件文件", "《岗位职责》的附件缺失或已损坏"} <= missing


def test_targets_to_be_verified_and_star_items_not_borne_out_are_gaps(
    station: Pool, tmp_path: Path
) -> None:
    made = written(station, tmp_path / "检查材料")
    by_item = {item: [one.what for one in made.gaps if one.item == item]
               for item in ("目标完成情况", "星级自评表")}  # fmt: skip
    [target] = by_item["目标完成情况"]
    assert target.startswith("高价值发明（2026）：2026 年还没有填报数据，待核")
    with station.read() as session:
        rating = stars.rate(session, 2026, ON)
    assert len(by_item["星级自评表"]) == sum(len(item.missing) for item in rating.items)


def test_the_same_pool_gives_the_same_bytes(station: Pool, tmp_path: Path) -> None:
    first, second = (written(station, tmp_path / name) for name in ("甲", "乙"))
    hashes = [
        {
            path.relative_to(made.folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in made.folder.rglob("*") if path.is_file()
        }
        for made in (first, second)
    ]  # fmt: skip
    assert hashes[0] == hashes[1]
    for one in first.entries:
        assert hashes[0][Path(one.name)] == one.sha256


def test_people_are_masked_and_the_folder_is_in_the_register(station: Pool, tmp_path: Path) -> None:
    made = written(station, tmp_path / "检查材料")
    texts = "".join(
        json.dumps(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(), default=str)
        for path in made.folder.rglob("*.xlsx")
    )
    assert "13800000000" not in texts
    with station.read() as session:
        [entry] = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    assert (entry["file_name"], entry["unmasked"]) == ("检查材料", False)
    assert entry["row_count"] == sum(one.records for one in made.entries)


def test_a_folder_with_something_in_it_is_left_alone(station: Pool, tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "a.txt").write_text("a")
    with pytest.raises(UserError, match="已有文件"):
        written(station, tmp_path / "旧")
    assert [path.name for path in (tmp_path / "旧").iterdir()] == ["a.txt"]
    with pytest.raises(UserError, match="还没有开始"):
        written(station, tmp_path / "新", on=date(2025, 6, 1))
    assert not (tmp_path / "新").exists()
    with station.read() as session:
        assert records.count(session, ExportEntry) == 0


def test_the_checklist_is_data(station: Pool, tmp_path: Path) -> None:
    own = {"note": "", "title": "督查材料", "folders": [
        {"zh": "培训", "items": [{"zh": "讲座", "ledger": "training", "in_year": "held_on"}]}
    ]}  # fmt: skip
    with station.write("清单", who="王敏") as session:
        reference_data.save(session, "inspection", json.dumps(own), date(2026, 1, 1))
        journal.insert(session, Training, [{"topic": "A", "held_on": date(2026, 2, 1)}])
    made = written(station, tmp_path / "督查")
    assert [(one.name, one.records) for one in made.entries] == [("01_培训/01-01_讲座.xlsx", 1)]
    assert made.gaps == ()


def test_a_checklist_that_asks_for_what_is_not_there_is_refused(
    station: Pool, tmp_path: Path
) -> None:
    for item in ({"zh": "怪", "ledger": "nothing"}, {"zh": "怪"}):
        own = {"note": "", "title": "x", "folders": [{"zh": "一", "items": [item]}]}
        with station.write("清单", who="王敏") as session:
            reference_data.save(session, "inspection", json.dumps(own), date(2026, 1, 1))
        with pytest.raises(UserError, match="怪"):
            written(station, tmp_path / "督查")
        assert not (tmp_path / "督查").exists()
        assert not (tmp_path / ".督查.part").exists()


def test_the_shipped_checklist_names_ledgers_fields_and_papers_that_exist() -> None:
    known = {choice.code for choice in PAPERS}
    for folder in shipped().documents["inspection"]["folders"]:
        for item in folder["items"]:
            if "ledger" in item:
                held = fields(by_kind()[item["ledger"]])
                assert item.get("in_year", next(iter(held))) in held, item
            assert set(item.get("papers", ())) <= known
