"""The page of field packs: made, opened, brought home, merged after a look, confirmed."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import pack_home, packs
from brandpool.services import history
from brandpool.services import packs as register
from brandpool.services.check import content_hash
from brandpool.services.packs import Copy
from brandpool.services.questions import Question, save_question
from brandpool.services.records import Filter, Op
from brandpool.settings import Settings
from brandpool.ui import pack_words
from brandpool.ui.conflicts_page import ConflictsPage
from brandpool.ui.doors import Doors
from brandpool.ui.main_window import MainWindow
from brandpool.ui.pack_banner import told
from brandpool.ui.pack_choice import EVERYONE, QUESTION, ROUTE, STREET, Source
from brandpool.ui.pack_homeward import PackHomeward
from brandpool.ui.pack_open import PackOpening
from brandpool.ui.pack_order import PackOrder
from brandpool.ui.packs_page import PacksPage, pack_up
from brandpool.ui.program import Program
from brandpool.ui.work import Work
from tests.exchange.pack_parts import (
    LAPTOP,
    TODAY,
    WORDS,
    Prepared,
    Station,
    attach,
    homeward,
    photo,
    prepare,
    read,
    write,
)

Settle = Callable[[], None]
LATER = date.today() + timedelta(days=9)


@pytest.fixture(scope="module")
def prepared(empty_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An office and a laptop, made once and copied for each test."""
    return prepare(empty_pool, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def office(prepared: Prepared, tmp_path: Path) -> Iterator[Station]:
    office = prepared.office(tmp_path)
    yield office
    office.pool.close()


@pytest.fixture
def pool(office: Station) -> Pool:
    """The office's pool, so that the window shows it."""
    return office.pool


@pytest.fixture
def laptop(prepared: Prepared, office: Station, tmp_path: Path) -> Iterator[Pool]:
    pool = prepared.laptop(tmp_path)
    yield pool
    pool.close()


@contextmanager
def away(pool: Pool, qtbot: QtBot) -> Iterator[tuple[MainWindow, Settle]]:
    """A second window, on the laptop's pool."""
    work = Work(pool, lambda: "乙")
    doors = Doors(lambda _path: None, lambda _path: None, lambda: None, lambda _lang: None)
    window = MainWindow(Settings(clerk="乙"), doors, work)
    window.resize(1366, 768)
    window.show()

    def settle() -> None:
        for _round in range(3):
            qtbot.waitUntil(lambda: work.idle, timeout=5000)
            QApplication.processEvents()

    settle()
    yield window, settle
    settle()
    window.close()
    window.deleteLater()
    work.close()


def packs_page(window: MainWindow, settle: Settle) -> PacksPage:
    page = window.visit("packs")
    settle()
    assert isinstance(page, PacksPage)
    return page


def chooses(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Whatever place is asked for, it is this one."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))


def opened_by(page: PacksPage, path: Path, words: str, qtbot: QtBot) -> PackOpening:
    """Open a file with a passphrase, by keys, and wait until that is over."""
    page.open_files([path])
    box = page.findChildren(PackOpening)[-1]
    box.passphrase.insert(words)
    QTest.keyClick(box.passphrase, Qt.Key.Key_Return)
    assert box.progress.busy
    qtbot.waitUntil(lambda: not box.progress.busy, timeout=20_000)
    return box


def hash_of(pool: Pool) -> str:
    with pool.read() as session:
        return content_hash(session)


def test_the_register_tells_who_has_what_and_what_is_overdue(
    office: Station, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = packs_page(window, settle)
    [row] = [line.texts for line in page.table.rows.shown]
    due = office.pack(office.pool.path.with_name("b.brandpack"))
    settle()
    assert len(page.table.rows.shown) == 2
    assert row[1:4] == ("乙", "2026-12-05", "1")
    page.turn("back")
    assert page.empty.isVisible()
    page.turn("out")
    place = [line.row.pack_no for line in page.table.rows.shown].index(due.pack_no)
    page.table.selectRow(place)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_told: ("电脑遗失", True))
    page.back.click()
    settle()
    assert page.chips["back"].text() == "已归还 1"
    assert len(page.table.rows.shown) == 1


def test_a_pack_is_made_from_the_form(
    office: Station, window: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pack_up(window.shell, [office.second])
    settle()
    page = packs_page(window, settle)
    form = page.findChild(PackOrder)
    assert form is not None
    assert form.choice.chosen == (office.second,)
    assert form.about.text().startswith("约 ")
    assert form.words.warning.isVisible()
    assert not form.go.isEnabled()
    form.person.setText("丙")
    form.words.first.insert(WORDS)
    assert not form.go.isEnabled()
    form.words.second.insert(WORDS[:-1])
    assert "两次" in form.words.hint.text()
    form.words.second.insert(WORDS[-1])
    target = tmp_path / "made.brandpack"
    chooses(monkeypatch, target)
    form.go.click()
    assert form.progress.isVisible()
    qtbot.waitUntil(lambda: not form.progress.busy, timeout=30_000)
    settle()
    assert packs.unlock(target, WORDS).manifest.made_for == "丙"
    assert str(target) in page.note.text()
    with office.pool.read() as session:
        assert register.out_with(session, [office.second]) == {office.second: ["丙"]}


def test_a_pack_that_is_being_made_can_be_left(
    office: Station, window: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = packs_page(window, settle)
    page.take_out([office.second])
    settle()
    form = page.findChild(PackOrder)
    assert form is not None
    before = hash_of(office.pool)
    for line in (form.words.first, form.words.second):
        line.setText(WORDS)
    chooses(monkeypatch, tmp_path / "left.brandpack")
    form.go.click()
    form.progress.stop.click()
    qtbot.waitUntil(lambda: not form.progress.busy, timeout=20_000)
    settle()
    assert form.isVisible()
    assert form.go.isEnabled()
    assert not (tmp_path / "left.brandpack").exists()
    assert hash_of(office.pool) == before


def test_enterprises_come_from_the_route_a_question_a_street_or_are_all(
    office: Station, window: MainWindow, settle: Settle
) -> None:
    asked = Question(filters=(Filter("street", Op.EQUALS, "新明"),))
    with office.pool.write("方案", who="甲") as session:
        question = save_question(session, "新明街道的", asked)
    page = packs_page(window, settle)
    page.take_out()
    settle()
    form = page.findChild(PackOrder)
    assert form is not None
    assert form.choice.source.currentData() == Source(ROUTE)
    found = {}
    for source in (Source(QUESTION, question), Source(STREET, "梅墟"), Source(EVERYONE)):
        form.choice.stand_on(source)
        settle()
        found[source.kind] = set(form.choice.chosen)
    assert found == {
        QUESTION: {office.second}, STREET: {office.first}, EVERYONE: {office.first, office.second}
    }  # fmt: skip
    texts = [form.choice.list.item(i).text() for i in range(2)]
    assert sum("已由乙带出" in text for text in texts) == 1
    form.choice.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert len(form.choice.chosen) == 1


def test_a_preview_writes_nothing_and_escape_leaves_it(
    office: Station, laptop: Pool, window: MainWindow, settle: Settle, tmp_path: Path,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    write(laptop, office.first, street="梅墟街道", industry="通用设备")
    write(office.pool, office.first, who="甲", street="新明街道")
    home = tmp_path / "home.brandpack"
    homeward(laptop, home, office)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    page = packs_page(window, settle)
    before, content = hash_of(office.pool), office.pool.path.read_bytes()
    opened_by(page, home, WORDS, qtbot)
    settle()
    view = page.merging
    lines = {line.texts[3]: line.texts for line in view.table.rows.shown}
    assert lines["所属街道"][0] == "冲突"
    assert lines["所属街道"][4] == "梅墟"
    assert lines["所属街道"][5].startswith("新明街道（甲 ")
    assert lines["所属街道"][6].startswith("梅墟街道（乙 ")
    assert lines["所属行业"][6].startswith("通用设备（乙 ")
    assert view.chips["conflict"].text() == "冲突 1"
    assert "没有写入" in view.note.text()
    assert list(temporary.rglob("*")) == []
    QTest.keyClick(view.table, Qt.Key.Key_Escape)
    settle()
    assert not view.isVisible()
    assert hash_of(office.pool) == before
    assert office.pool.path.read_bytes() == content


def test_a_round_from_the_laptop_to_the_office_and_back(
    office: Station, laptop: Pool, window: MainWindow, settle: Settle, tmp_path: Path,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[str],
) -> None:  # fmt: skip
    write(laptop, office.first, street="梅墟街道")
    digest = attach(laptop, office.first, photo(3))
    write(office.pool, office.first, who="甲", street="新明街道")
    home, receipt = tmp_path / "home.brandpack", tmp_path / "receipt.brandpack"
    with away(laptop, qtbot) as (field, field_settle):
        page = packs_page(field, field_settle)
        assert "外勤副本：乙，2026-12-05 前归还" in field.copy.text()
        assert "2 步操作，1 个附件" in page.copy.text()
        assert not page.make.isVisible()
        page.home.click()
        form = page.findChild(PackHomeward)
        assert form is not None
        chooses(monkeypatch, home)
        form.passphrase.insert("不是这个口令")
        form.go.click()
        qtbot.waitUntil(lambda: not form.progress.busy, timeout=20_000)
        assert "口令不对" in form.told.text()
        form.passphrase.setText(WORDS)
        form.go.click()
        qtbot.waitUntil(lambda: not form.progress.busy, timeout=20_000)
        field_settle()
        assert "2 步操作，1 个附件" in page.note.text()
    here = packs_page(window, settle)
    assert not window.copy.isVisible()
    opened_by(here, home, WORDS, qtbot)
    settle()
    view = here.merging
    view.go.click()
    settle()
    assert "已合并" in view.note.text()
    assert Attachments(office.pool.path).verify(digest)
    assert list(office.pool.path.parent.rglob("*合并前*"))
    with office.pool.read() as session:
        step = history.next_undo(session)
        assert step is not None
        assert (step.why, step.who) == ("合并外勤包：乙", "王敏")
    chooses(monkeypatch, receipt)
    view.receipt.click()
    settle()
    assert receipt.is_file()
    view.settle.click()
    settle()
    conflicts = window.visit("conflicts")
    assert isinstance(conflicts, ConflictsPage)
    assert len(conflicts.table.rows.shown) == 1
    with away(laptop, qtbot) as (field, field_settle):
        page = packs_page(field, field_settle)
        opened_by(page, receipt, WORDS, qtbot)
        field_settle()
        assert "2 步操作、1 个附件已到指导站" in page.note.text()
        assert "都已确认收到" in page.copy.text()
        page.release.click()
        field_settle()
        assert not Attachments(laptop.path).has(digest)
        assert Attachments(laptop.path).picture(digest)
    assert said


def test_the_same_pack_again_offers_only_its_receipt(
    office: Station, laptop: Pool, window: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    write(laptop, office.first, street="梅墟街道")
    home = tmp_path / "home.brandpack"
    homeward(laptop, home, office)
    page = packs_page(window, settle)
    for _round in range(2):
        opened_by(page, home, WORDS, qtbot)
        settle()
        page.merging.go.click()
        settle()
    assert not page.merging.go.isVisible()
    assert page.merging.receipt.isVisible()
    assert read(office.pool, office.first)["street"] == "梅墟街道"


def test_volumes_are_merged_together_and_a_lacking_one_is_said(
    office: Station, laptop: Pool, window: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    digests = [attach(laptop, office.first, photo(seed), f"照片{seed}") for seed in (3, 4)]
    told = pack_home.go_home(laptop, tmp_path / "home.brandpack", office.key, LAPTOP, volume=1000)
    assert len(told.paths) == 2
    page = packs_page(window, settle)
    opened_by(page, told.paths[-1], WORDS, qtbot)
    settle()
    assert "还缺 1 个附件（打开了 1 卷，共 2 卷）" in page.merging.note.text()
    assert not page.merging.go.isEnabled()
    page.merging.go_back()
    page.take([packs.with_key(path, office.key) for path in told.paths])
    settle()
    page.merging.go.click()
    settle()
    files = Attachments(office.pool.path)
    assert all(files.verify(digest) for digest in digests)


def test_a_wrong_passphrase_is_said_in_place(
    office: Station, laptop: Pool, window: MainWindow, settle: Settle, tmp_path: Path,
    qtbot: QtBot, work: Work,
) -> None:  # fmt: skip
    page = packs_page(window, settle)
    box = opened_by(page, tmp_path / "laptop.brandpack", "不是这个口令", qtbot)
    assert "口令不对" in box.told.text()
    assert box.isVisible()
    box.reject()
    assert not box.isVisible()


@pytest.fixture
def program(dressed: QApplication, qtbot: QtBot) -> Iterator[Program]:
    program = Program(dressed, Settings(clerk="乙"))
    yield program
    if program.work is not None:
        work = program.work
        qtbot.waitUntil(lambda: work.idle)
    program.close()


def test_a_pack_named_at_the_start_becomes_the_pool_of_the_laptop(
    prepared: Prepared, program: Program, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    office = prepared.office(tmp_path)
    path = tmp_path / "out.brandpack"
    from brandpool.exchange import pack_out
    from brandpool.exchange.pack_out import Order
    from tests.exchange.pack_parts import OFFICE

    order = Order((office.first,), "乙", LATER)
    pack_out.create(office.pool, order, path, office.key, OFFICE, today=TODAY)
    office.pool.close()
    assert program.start(path, sample=False)
    assert program.window is not None
    box = program.window.findChild(PackOpening)
    assert box is not None
    box.passphrase.insert(WORDS)
    box.go.click()
    qtbot.waitUntil(lambda: not box.progress.busy, timeout=20_000)
    assert "1 家企业，不含个人信息" in box.about.text()
    target = tmp_path / "field.brandpool"
    chooses(monkeypatch, target)
    box.go.click()
    qtbot.waitUntil(lambda: program.work is not None, timeout=20_000)
    assert program.work is not None
    assert program.work.pool.path == target
    qtbot.waitUntil(lambda: program.window is not None and program.window.copy.isVisible())


@pytest.mark.parametrize("with_pool", [True, False])
def test_a_pack_dropped_on_the_window_is_opened(
    laptop: Pool, work: Work, dressed: QApplication, qtbot: QtBot, with_pool: bool
) -> None:
    entered: list[Path] = []
    doors = Doors(entered.append, lambda _path: None, lambda: None, lambda _lang: None)
    window = MainWindow(Settings(clerk="王敏"), doors, work if with_pool else None)
    window.show()
    path = laptop.path.with_suffix(".brandpack")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), copy, data, left, held)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), copy, data, left, held))
    assert entered == [path]
    qtbot.waitUntil(lambda: work.idle)
    window.close()
    window.deleteLater()


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("12345678", "弱"),
        ("aaaaaaaaaaaa", "弱"),
        ("abcdefgh", "弱"),
        ("梅墟 2026 秋季", "强"),
        ("correct horse", "强"),
        ("kv7#pLq2", "中"),
    ],
)
def test_the_strength_of_a_passphrase_is_told(words: str, verdict: str) -> None:
    assert verdict in pack_words.judged(words)[0]


def test_a_copy_past_its_day_says_what_still_goes() -> None:
    copy = Copy("WQ1", "x", "乙", date(2026, 11, 1), personal=False, key=b"")
    text = told(copy, date(2026, 11, 2))
    assert "已过归还期限 2026-11-01" in text
    assert "仍可查看" in text
    assert "已过" not in told(copy, date(2026, 11, 1))
