"""Settings: what is typed is kept; backups are made, proved, looked into and brought back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.exchange import backups, pool_files
from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from brandpool.ui.backup_view import BackupView
from brandpool.ui.main_window import MainWindow
from brandpool.ui.settings_page import SettingsPage
from brandpool.ui.work import Task
from tests.ui.conftest import Settle


@pytest.fixture
def page(window: MainWindow, forty: list[str], settle: Settle) -> Iterator[SettingsPage]:
    page = window.visit("settings")
    assert isinstance(page, SettingsPage)
    settle()
    yield page
    settle()


def test_without_a_backup_the_note_is_red_and_one_click_helps(
    page: SettingsPage, settle: Settle, pool: Pool
) -> None:
    section = page.backups
    assert section.note.text() == "还没有备份。请现在备份一次。"
    assert not section.view.isEnabled()
    section.make.click()
    settle()
    [row] = section.rows
    assert row.path.parent == pool.path.parent / "备份"
    assert section.note.text().startswith("最近一次备份：")


def test_a_backup_older_than_a_week_is_said_in_days(
    page: SettingsPage, settle: Settle, pool: Pool
) -> None:
    pool_files.backup(pool, now=datetime.now().astimezone() - timedelta(days=9))
    page.refresh()
    settle()
    assert "已有 9 天" in page.backups.note.text()


def test_a_backup_is_proved_in_words(
    page: SettingsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda _parent, _title, text: said.append(text))
    page.backups.make.click()
    settle()
    page.backups.verify.click()
    settle()
    assert "完好：企业 40 家" in said[0]


def test_a_backup_opens_beside_the_window_to_be_read_only(
    page: SettingsPage, settle: Settle, pool: Pool, qtbot: QtBot
) -> None:
    page.backups.make.click()
    settle()
    with pool.write("清空", who="王敏") as session:
        records.remove(session, Enterprise, records.find(session, Enterprise))
    page.backups.view.click()
    settle()
    [view] = page.backups.findChildren(BackupView)
    qtbot.waitUntil(lambda: view.work.idle)
    assert view.past.count.text() == "共 40 条"
    assert not view.past.export_button.isVisibleTo(view)
    view.close()
    qtbot.waitUntil(lambda: not page.backups.findChildren(BackupView))


def test_a_backup_comes_back_as_a_new_file_that_is_opened(
    page: SettingsPage, window: MainWindow, settle: Settle, said: list[str], pool: Pool
) -> None:
    entered: list[Path] = []
    object.__setattr__(page.backups.shell, "enter", entered.append)
    page.backups.make.click()
    settle()
    page.backups.back.click()
    settle()
    assert "不会被覆盖" in said[0]
    assert [path.name.startswith("station_恢复") for path in entered] == [True]


def test_a_step_that_changes_much_is_preceded_by_a_backup(
    page: SettingsPage, settle: Settle, pool: Pool
) -> None:
    work = page.shell.work
    work.safeguard = lambda task, source: backups.restore_point(task.pool, source)

    def job(task: Task) -> None:
        with task.write("导入 名单.xlsx", source="import") as session:
            records.add(session, Enterprise, {"name": "宁波新来有限公司"})

    work.run(job)
    settle()
    [row] = backups.listed(pool.path, pool_files.folder_of(pool.path))
    assert row.reason == "导入前"
    with backups.look_into(row.path).read() as session:
        assert records.count(session, Enterprise) == 40


def test_what_is_typed_is_kept(page: SettingsPage, window: MainWindow) -> None:
    page.station.setText("宁波高新区指导站")
    page.station.editingFinished.emit()
    assert window.settings.station == "宁波高新区指导站"
