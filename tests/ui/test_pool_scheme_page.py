"""The scheme page: what is edited there holds together, and trying a scheme writes nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Group
from brandpool.services import scheme_form, schemes, tiers
from brandpool.ui.condition_form import ConditionForm
from brandpool.ui.main_window import MainWindow
from brandpool.ui.scheme_page import SchemePage
from brandpool.ui.scheme_version import VersionForm
from tests.services import ladders
from tests.services.ladders import order
from tests.ui.conftest import Settle

TODAY = date.today()


@pytest.fixture
def page(pool: Pool, window: MainWindow, settle: Settle) -> SchemePage:
    with pool.write("载入方案", who="测试员") as session:
        ladders.save(session)
        rows = [
            {
                "name": "宁波甲机械有限公司",
                "brand_officer": "周敏",
                "established": date(2024, 1, 1),
            },
            {
                "name": "宁波乙机械有限公司",
                "brand_officer": "周敏",
                "established": date(2010, 1, 1),
            },
        ]
        ids = ladders.enterprises(session, rows)
    with pool.write("入库", who="测试员") as session:
        tiers.move(session, [order(e, "one", date(2026, 1, 1)) for e in ids], TODAY)
    page = window.visit("schemes")
    assert isinstance(page, SchemePage)
    settle()
    return page


def stored(pool: Pool) -> list[str]:
    with pool.read() as session:
        return [row.name for row in schemes.find(session)]


def set_threshold(page: SchemePage, label: str, value: str) -> None:
    view = page.sheet.conditions
    view._change(tuple(replace(c, threshold=value) if c.zh == label else c for c in view.lines))


def test_a_scheme_shown_and_not_edited_is_the_scheme(page: SchemePage) -> None:
    assert page.scheme() == ladders.scheme()
    assert not page.sheet.touched


def test_an_edit_is_saved_as_a_new_version_with_its_own_start(
    page: SchemePage, settle: Settle, pool: Pool
) -> None:
    set_threshold(page, "成立满2年", "5")
    assert page.note.isVisible()
    page.save_as()
    (ask,) = page.findChildren(VersionForm)
    ask.version.setText("2")
    ask.starts.put(date(2099, 1, 1))
    ask.finish()
    settle()
    assert sorted(stored(pool)) == ["steps@1", "steps@2"]
    with pool.read() as session:
        assert schemes.get(session, "steps@1") == ladders.scheme()
        new = schemes.get(session, "steps@2")
    assert new.starts == date(2099, 1, 1)
    assert page.row is not None
    assert page.row.name == "steps@2"
    assert not page.sheet.touched


def test_a_version_that_exists_is_not_written_over(page: SchemePage, pool: Pool) -> None:
    page.save_as()
    (ask,) = page.findChildren(VersionForm)
    ask.version.setText("1")
    ask.finish()
    assert "已存在" in ask.refusal.text()
    ask.reject()


def test_trying_an_unsaved_scheme_says_who_would_move_and_writes_nothing(
    page: SchemePage, settle: Settle, pool: Pool
) -> None:
    before = pool.path.read_bytes()
    set_threshold(page, "成立满2年", "10")
    page.rehearsal.day.put(date(2026, 6, 1))
    page.rehearsal.run()
    settle()
    rows = [shown.texts for shown in page.rehearsal.table.rows.shown]
    assert rows == [
        (
            "宁波甲机械有限公司",
            "三级梯队",
            "一级",
            "可升到：二级",
            "不变",
            "成立满2年差 7 年 7 个月",
        )
    ]
    assert "结论不同的 1 家" in page.rehearsal.summary.text()
    assert pool.path.read_bytes() == before
    page.revert()


def test_a_mistake_is_said_with_its_place_and_nothing_is_written(
    page: SchemePage, said: list[str], pool: Pool, settle: Settle
) -> None:
    set_threshold(page, "成立满2年", "两年")
    page.save()
    settle()
    assert len(said) == 1
    assert "成立满2年" in said[0]
    page.revert()
    assert page.scheme() == ladders.scheme()


def test_a_number_that_is_none_is_refused_in_its_cell(page: SchemePage, said: list[str]) -> None:
    model = page.sheet.tiers.model
    index = model.index(0, 3)
    assert not model.setData(index, "三年")
    assert "应填整数" in said[0]
    assert model.setData(index, "48")
    assert page.scheme().ladders[0].tiers[0].dwell_limit_months == 48
    page.revert()


def test_a_tier_that_is_added_has_a_code_of_its_own(page: SchemePage) -> None:
    editor = page.sheet.tiers
    editor.view.setCurrentIndex(editor.model.index(2, 0))
    editor.add()
    codes = [tier.code for tier in page.scheme().ladders[0].tiers]
    assert codes == ["one", "two", "three", "tier_4"]
    editor.shift(-1)
    assert [t.code for t in page.scheme().ladders[0].tiers][2:] == ["tier_4", "three"]
    editor.remove()
    assert page.scheme().ladders[0].tiers == ladders.scheme().ladders[0].tiers
    page.revert()


@pytest.mark.parametrize("path", schemes.shipped_files(), ids=lambda path: path.stem)
def test_every_condition_of_the_shipped_schemes_survives_the_form(
    path: Path, dressed: object, qtbot: QtBot
) -> None:
    form = scheme_form.to_form(schemes.read_file(path))
    for line in form.conditions:
        mine = [t for t in form.tiers if t.ladder == line.ladder]
        reasons = [(r.code, r.zh) for r in form.reasons if r.ladder == line.ladder]
        dialog = ConditionForm(line, [(t.code, t.zh) for t in mine], reasons)
        qtbot.addWidget(dialog)
        assert dialog.line() == line


def test_a_group_takes_its_parts_along_and_away(page: SchemePage, settle: Settle) -> None:
    view = page.sheet.conditions
    view.fill(scheme_form.to_form(_grouped()).conditions)
    view.tier.setCurrentIndex(1)
    view._show()
    assert [s.row.place for s in view.table.rows.shown] == ["1", "1.1", "1.2"]
    view.table.selectRow(0)
    view.edit()
    (dialog,) = view.findChildren(ConditionForm)
    dialog.place.setText("4")
    dialog.finish()
    assert [s.row.place for s in view.table.rows.shown] == ["4", "4.1", "4.2"]
    assert isinstance(page.scheme().ladders[0].tiers[1].conditions[0], Group)
    view.table.selectRow(0)
    view.remove()
    assert view.table.rows.shown == []
    page.revert()


def test_a_scheme_file_is_loaded_and_written(
    page: SchemePage, settle: Settle, pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = schemes.shipped_files()[1]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    page.load()
    settle()
    assert any(name.startswith("four_pools@") for name in stored(pool))
    target = tmp_path / "方案.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    page.export()
    settle()
    assert schemes.read_file(target) == schemes.read_file(path)


def test_a_version_that_moves_cite_is_not_deleted(
    page: SchemePage, settle: Settle, pool: Pool, said: list[str]
) -> None:
    page.remove()
    settle()
    assert "次层级变动依据" in said[0]
    assert stored(pool) == ["steps@1"]


def test_cells_offer_choosers(page: SchemePage) -> None:
    editor = page.sheet.tiers
    assert editor.model.data(editor.model.index(0, 0)) == "三级梯队"
    flags = editor.model.flags(editor.model.index(0, 0))
    assert flags & Qt.ItemFlag.ItemIsEditable


def _grouped() -> scheme_file.Scheme:
    document = ladders.document()
    tier = document["ladders"][0]["tiers"][1]
    tier["conditions"] = [{"zh": "任一", "any_of": tier["conditions"]}]
    return scheme_file.scheme(document)
