"""A form in a spreadsheet: read, with faults told by sheet and row; written, read back the same."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import visit_form_sheet
from brandpool.exchange.visit_form_sheet import CHOICES, SETTINGS, SURVEY
from brandpool.rules.visit_form_faults import faults
from brandpool.services import visit_forms

Rows = Sequence[Sequence[object]]
DAY = ("date", "visited_on", "走访日期", "", "yes")


def book(
    path: Path, survey: Rows, choices: Rows = (), settings: Rows = (("表", "visit", 2026),)
) -> Path:
    made = openpyxl.Workbook()
    for name, heads, rows in (
        ("survey", SURVEY, survey), ("choices", CHOICES, choices), ("settings", SETTINGS, settings),
    ):  # fmt: skip
        sheet = made.create_sheet(name)
        sheet.append(list(heads))
        for row in rows:
            sheet.append(list(row))
    del made["Sheet"]
    made.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(UserError) as told:
        visit_form_sheet.read(path)
    return str(told.value)


def test_the_shipped_form_has_no_fault_and_fills_every_field_of_a_visit_that_a_visitor_knows() -> (
    None
):
    form = visit_form_sheet.shipped()
    assert list(faults(form)) == []
    assert set(visit_forms.mapped(form)) >= {
        "visited_on", "at_time", "place", "visitors", "met", "met_title", "met_phone", "purpose",
        "marks_home", "marks_abroad", "marks_expiring", "marks_unused", "products",
        "export_countries", "wording", "wording_note", "guidance", "handed_out", "satisfaction",
        "visitor_signature", "host_signature", "remark",
    }  # fmt: skip


def test_a_form_written_out_is_read_back_as_the_same_form(tmp_path: Path) -> None:
    form = visit_form_sheet.shipped()
    visit_form_sheet.write(form, tmp_path / "表单.xlsx")
    assert visit_form_sheet.read(tmp_path / "表单.xlsx") == form


def test_faults_are_told_by_sheet_and_row_all_at_once(tmp_path: Path) -> None:
    survey = [
        DAY,
        (),
        ("text", "2nd", "题"),
        ("select_one yn", "a", "题", "", "", "${b} = 1"),
        ("begin repeat", "r", "重复"),
    ]
    told = refused(book(tmp_path / "a.xlsx", survey, [("yn", "y es", "是")], [("表", "", "1")]))
    assert "a.xlsx" in told
    for part in (
        "有 5 处",
        "工作表 settings 第 2 行：form_id",
        "工作表 survey 第 4 行：name 列的“2nd”",
        "工作表 survey 第 5 行：relevant 列用到的 ${b}",
        "工作表 survey 第 6 行：type 列",
        "工作表 choices 第 2 行：清单“yn”的 name“y es”",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("text", "marks_home", "境内商标"), "type 应为 integer"),
        (("select_one w", "wording", "字样"), "选项 maybe 不在可用的代码中"),
        (("select_one w", "needs", "需求"), "type 应为 select_multiple"),
        (("select_multiple w", "needs", "需求"), "needs 的选项 maybe"),
    ],
)
def test_a_question_that_does_not_fit_the_record_it_fills_is_refused(
    tmp_path: Path, line: tuple[str, ...], told: str
) -> None:
    assert told in refused(book(tmp_path / "a.xlsx", [DAY, line], [("w", "maybe", "也许")]))


def test_a_form_without_the_day_of_the_visit_is_refused(tmp_path: Path) -> None:
    assert "visited_on" in refused(book(tmp_path / "a.xlsx", [("text", "a", "题")]))


def test_headings_may_be_chinese_or_name_a_language_and_numbers_stay_whole(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    survey = made.create_sheet("问题")
    for row in (["走访表"], ["类型", "代号", "label::中文 (zh)", "必填"],
                ["date", "visited_on", "走访日期", True],
                ["select one lv", "level", "级别", None]):  # fmt: skip
        survey.append(row)
    choices = made.create_sheet("选项")
    for row in (["list name", "代号", "标签"], ["lv", 1, "一级"], ["lv", 2.0, "二级"]):
        choices.append(row)
    settings = made.create_sheet("设置")
    for row in (["表单名称", "表单代号", "版本"], ["走访表", "visit", 2026.0]):
        settings.append(row)
    made.save(tmp_path / "a.xlsx")
    form = visit_form_sheet.read(tmp_path / "a.xlsx")
    assert form.version == "2026"
    assert [option.code for option in form.choices["lv"]] == ["1", "2"]
    assert form.by_name["visited_on"].required == "true"


def test_a_book_without_the_sheets_or_their_headings_is_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.save(tmp_path / "a.xlsx")
    assert "survey" in refused(tmp_path / "a.xlsx")
    made.create_sheet("survey").append(["问题"])
    made.save(tmp_path / "b.xlsx")
    assert "type、name" in refused(tmp_path / "b.xlsx")


def test_the_form_in_use_is_the_one_that_started_last_and_the_shipped_one_before_any(
    pool: Pool, tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", [DAY])
    with pool.write("启用", who="甲") as session:
        assert visit_form_sheet.in_use(session, date(2026, 1, 1)) is visit_form_sheet.shipped()
        mine = visit_form_sheet.read(path)
        visit_forms.keep(session, mine, date(2026, 6, 1))
        assert visit_form_sheet.in_use(session, date(2026, 5, 31)) == visit_form_sheet.shipped()
        assert visit_form_sheet.in_use(session, date(2026, 6, 1)) == mine
        assert visit_forms.keep(session, mine, date(2027, 1, 1))
        assert visit_form_sheet.in_use(session, date(2026, 6, 1)) == mine
