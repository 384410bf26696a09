"""Workbooks and text files that leave the station, read back by other programs."""

import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.exchange import table_out
from brandpool.exchange.table_out import Table, clean_name, file_name
from brandpool.exchange.text_out import write_csv
from brandpool.exchange.workbook_out import write_xlsx
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Field, Kind, Value
from brandpool.models.record import fields

DAY = date(2026, 11, 2)
CODE = "91330200144069541X"
OLD_NUMBER = "330200000001234"
PHONE = "13805741234"
NAMES = ("name", "credit_code", "registration_no", "status", "established", "capital")


def table(rows: list[tuple[Value, ...]], names: tuple[str, ...] = NAMES, **more: object) -> Table:
    declared = [fields(Enterprise)[name] for name in names]
    return Table("升级名单", declared, rows, DAY, **more)  # type: ignore[arg-type]


ROW = (
    "宁波朝阳机械有限公司",
    CODE,
    OLD_NUMBER,
    "in_business",
    date(2003, 7, 1),
    Decimal("1234567.8"),
)


def test_ids_come_back_as_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([ROW]))
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    header = next(n for n, line in enumerate(sheet) if line[0] == "序号")
    assert sheet[header][1:4] == ["企业名称", "统一社会信用代码", "工商注册号"]
    assert sheet[header + 1][1:6] == [ROW[0], CODE, OLD_NUMBER, "在业", date(2003, 7, 1)]
    assert sheet[header + 1][6] == 1234567.8


def test_ids_stay_text_when_the_clerk_types_into_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([ROW]))
    cell = _found(path, OLD_NUMBER)
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_header_is_frozen_filtered_and_repeated_and_the_page_is_a4(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([ROW, ROW], notes=("适用方案：建议稿 2026",), station="高新区指导站"))
    sheet = openpyxl.load_workbook(path).active
    assert sheet["A1"].value == "升级名单"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:G6"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.oddFooter.center.text == "第&P页/共&N页"
    texts = [cell.value for row in sheet for cell in row if cell.value]
    assert "填报单位（盖章）：高新区指导站" in texts
    assert "日期：2026年11月2日" in texts
    assert "适用方案：建议稿 2026" in texts


def test_more_than_eight_columns_lie_across(tmp_path: Path) -> None:
    names = tuple(fields(Enterprise))[:9]
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([], names=names))
    assert openpyxl.load_workbook(path).active.page_setup.orientation == "landscape"


def test_a_chinese_character_takes_two_units_of_width(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([("宁波朝阳机械有限公司",)], names=("name",)))
    assert openpyxl.load_workbook(path).active.column_dimensions["B"].width >= 20


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_narrow_tables_keep_their_signature_line(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, table([ROW[:columns]], names=NAMES[:columns], numbered=False, clerk="王立"))
    texts = [str(cell.value) for row in openpyxl.load_workbook(path).active for cell in row]
    assert any("填报人：王立" in text for text in texts)


def test_same_table_same_bytes(tmp_path: Path) -> None:
    first = write_xlsx(tmp_path / "a.xlsx", table([ROW]))
    second = write_xlsx(tmp_path / "b.xlsx", table([ROW]))
    assert first.sha256 == second.sha256
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_long_tables_say_the_same_as_short_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"企业{n}", CODE, OLD_NUMBER, None, None, Decimal(n)) for n in range(50)]
    write_xlsx(tmp_path / "a.xlsx", table(rows))
    monkeypatch.setattr("brandpool.exchange.workbook_out._MANY_ROWS", 10)
    write_xlsx(tmp_path / "b.xlsx", table(rows))
    assert _read(tmp_path / "a.xlsx") == _read(tmp_path / "b.xlsx")


def test_people_are_masked_unless_asked(tmp_path: Path) -> None:
    people = table([("张朝阳", PHONE, "zhang@example.com")], names=("contact", "phone", "email"))
    masked = write_xlsx(tmp_path / "a.xlsx", people)
    shown = write_xlsx(tmp_path / "b.xlsx", people, unmasked=True)
    assert (masked.unmasked, shown.unmasked) == (False, True)
    assert "张朝阳" not in str(_read(tmp_path / "a.xlsx"))
    assert PHONE not in str(_read(tmp_path / "a.xlsx"))
    assert "zhang@" not in str(_read(tmp_path / "a.xlsx"))
    assert PHONE in str(_read(tmp_path / "b.xlsx"))
    write_csv(tmp_path / "a.csv", people)
    assert PHONE not in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_personal_data_of_a_kind_without_a_pattern_is_hidden_whole() -> None:
    assert table_out.hidden(Field("出生日期", "Born", Kind.DATE, personal=True), "1980") == "****"


def test_long_notes_are_not_in_text_format(tmp_path: Path) -> None:
    note = "产品" * 200
    write_xlsx(tmp_path / "a.xlsx", table([(note,)], names=("products",)))
    assert _found(tmp_path / "a.xlsx", note).number_format == "General"


def test_numbers_of_more_than_fifteen_digits_stay_whole(tmp_path: Path) -> None:
    big = Decimal("1234567890123456.7")
    write_xlsx(tmp_path / "a.xlsx", table([(big,)], names=("capital",)))
    assert "1234567890123456.7" in str(_read(tmp_path / "a.xlsx"))


def test_a_text_too_long_for_a_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"第 1 行“主要产品”.*32767"):
        write_xlsx(tmp_path / "a.xlsx", table([("长" * 40_000,)], names=("products",)))
    assert list(tmp_path.iterdir()) == []


def test_csv_has_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", table([ROW]))
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 2
    assert CODE in raw.decode("utf-8-sig")
    assert "1234567.8" in raw.decode("utf-8-sig")


def test_csv_text_that_would_be_computed_is_escaped(tmp_path: Path) -> None:
    rows: list[tuple[Value, ...]] = [("=1+1",), ("@SUM(A1)",), ("-2",), ("普通",)]
    write_csv(tmp_path / "a.csv", table(rows, names=("name",), numbered=False))
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1:]
    assert lines == ["'=1+1", "'@SUM(A1)", "'-2", "普通"]


def test_a_rare_character_is_named_and_gb18030_takes_it(tmp_path: Path) -> None:
    rare = table([("宁波𬭎达有限公司",)], names=("name",))
    with pytest.raises(UserError, match=r"第 1 行“企业名称”中的“𬭎”.*GB18030"):
        write_csv(tmp_path / "a.csv", rare, encoding="gbk")
    assert list(tmp_path.iterdir()) == []
    write_csv(tmp_path / "a.csv", rare, encoding="gb18030")
    assert "宁波𬭎达有限公司" in (tmp_path / "a.csv").read_text("gb18030")


def test_file_names_are_the_offices_own() -> None:
    name = file_name("宁波高新区", "升级名单", date(2026, 11, 22))
    assert name == "宁波高新区_商标品牌梯队培育库_升级名单_20261122.xlsx"


@given(st.text(max_size=300), st.text(max_size=300))
def test_file_names_never_hold_what_a_disk_refuses(zone: str, what: str) -> None:
    name = file_name(zone, what, DAY)
    assert not set(name) & set('\\/:*?"<>|\0\n')
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
    assert clean_name(what) == clean_name(clean_name(what))


def test_a_file_open_in_wps_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_text("old")
    lock = tmp_path / ".~名单.xlsx"
    lock.touch()
    with pytest.raises(UserError, match="正在 WPS"):
        write_xlsx(path, table([ROW]))
    assert path.read_text() == "old"


def test_a_missing_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹是否存在"):
        write_xlsx(tmp_path / "none" / "a.xlsx", table([ROW]))
    with pytest.raises(UserError, match="文件夹是否存在"):
        write_csv(tmp_path / "none" / "a.csv", table([ROW]))


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=20
)


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            _TEXT,
            st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
            st.none() | st.decimals(0, 10**9, places=2),
        ),
        max_size=5,
    )
)
def test_whatever_goes_out_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Value, ...]]
) -> None:
    path = tmp_path_factory.mktemp("out") / "a.xlsx"
    write_xlsx(path, table(rows, names=("credit_code", "established", "capital"), signed=False))
    found = openpyxl.load_workbook(path).active
    for number, (text, day, amount) in enumerate(rows, 4):
        line = [cell.value for cell in found[number]]
        assert (line[1] or "") == text
        assert (line[2].date() if line[2] else None) == day
        assert line[3] is amount or Decimal(str(line[3])) == amount


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_it_back_cell_for_cell(tmp_path: Path) -> None:
    rows = [
        (f"企业{n}", CODE, OLD_NUMBER, "in_business", DAY - timedelta(n), Decimal(n))
        for n in range(30)
    ]
    path = tmp_path / "名单.xlsx"
    write_xlsx(path, table(rows))
    out = tmp_path / "out"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert _read(out / "名单.xlsx") == _read(path)


def _read(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _found(path: Path, text: str) -> openpyxl.cell.Cell:
    sheet = openpyxl.load_workbook(path).active
    return next(cell for row in sheet for cell in row if cell.value == text)
