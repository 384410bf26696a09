"""The program around the window: pools, languages, one window per pool, start-up."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from brandpool import i18n
from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from brandpool.settings import Settings
from brandpool.ui.crash_box import CrashBox
from brandpool.ui.instance import OneWindow
from brandpool.ui.program import Program
from brandpool.ui.welcome import Welcome

ROOT = Path(__file__).parent.parent.parent
SLOW = ("pandas", "numpy", "matplotlib", "alembic", "docx", "xlsxwriter", "rich", "typer")


@pytest.fixture
def station(empty_pool: Path, tmp_path: Path) -> Path:
    path = tmp_path / "本站.brandpool"
    shutil.copy(empty_pool, path)
    return path


@pytest.fixture
def program(dressed: QApplication, qtbot: QtBot) -> Iterator[Program]:
    program = Program(dressed, Settings(clerk="王敏"))
    yield program
    if program.work is not None:
        work = program.work
        qtbot.waitUntil(lambda: work.idle)
    program.close()


def test_the_first_start_shows_the_welcome_page(program: Program) -> None:
    assert program.start(None, sample=False)
    assert program.window is not None
    assert isinstance(program.window.centralWidget(), Welcome)


def test_a_pool_is_made_opened_and_remembered(program: Program, tmp_path: Path) -> None:
    program.start(None, sample=False)
    program.create(tmp_path / "新库.brandpool")
    assert program.work is not None
    assert program.settings.pool.endswith("新库.brandpool")
    assert program.settings.recent == [program.settings.pool]


def test_a_file_that_is_no_pool_is_refused_and_the_open_one_stays(
    program: Program, station: Path, tmp_path: Path, said: list[str]
) -> None:
    program.start(station, sample=False)
    before = program.work
    strange = tmp_path / "x.brandpool"
    strange.write_bytes(b"no pool at all" * 100)
    program.open(strange)
    assert len(said) == 1
    assert program.work is before


def test_the_language_changes_without_a_restart(
    program: Program, station: Path, qtbot: QtBot
) -> None:
    program.start(station, sample=False)
    assert program.window is not None
    program.window.visit("history")
    before = program.work
    program.speak("en")
    assert i18n.lang() == "en"
    assert program.work is before
    assert program.window is not None
    assert program.window.current_key() == "history"
    program.speak("zh")
    assert i18n.lang() == "zh"


def test_a_second_start_raises_the_window_that_is_there(station: Path, qtbot: QtBot) -> None:
    raised: list[bool] = []
    first = OneWindow(lambda: raised.append(True))
    assert first.claim(station)
    second = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from brandpool.ui.instance import OneWindow\n"
        "app = QCoreApplication([]); one = OneWindow(lambda: None)\n"
        "sys.exit(0 if not one.claim(Path(sys.argv[1])) else 3)"
    )
    process = subprocess.Popen([sys.executable, "-c", second, str(station)], cwd=ROOT)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20000)
    qtbot.waitUntil(lambda: bool(raised))
    assert process.returncode == 0
    first.release()


def test_the_crash_box_copies_its_text(dressed: QApplication, qtbot: QtBot) -> None:
    box = CrashBox("Traceback: 出错了")
    qtbot.addWidget(box)
    box.copy.click()
    assert QApplication.clipboard().text() == "Traceback: 出错了"


def test_the_sample_pool_is_marked(program: Program, station: Path) -> None:
    from brandpool import paths
    from brandpool.db.pool import Pool

    Pool.create(paths.sample_pool(), sample=True).close()
    program.start(None, sample=True)
    assert program.window is not None
    banners = [label.text() for label in program.window.findChildren(QLabel)]
    assert any("示例库" in text for text in banners)
    assert "示例库" in program.window.windowTitle()
    assert program.settings.pool == ""


@pytest.mark.slow
def test_the_sample_button_makes_a_filled_sample_pool(program: Program, qtbot: QtBot) -> None:
    program.start(None, sample=False)
    program.open_sample()
    work = program.work
    assert work is not None
    qtbot.waitUntil(lambda: work.idle, timeout=60_000)
    with work.pool.read() as session:
        assert records.count(session, Enterprise) == 300


def test_start_up_imports_nothing_slow(station: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from PySide6.QtCore import QTimer\n"
        "from brandpool import app\n"
        "import PySide6.QtWidgets as W\n"
        "run = W.QApplication.exec\n"
        "def look(self):\n"
        "    QTimer.singleShot(300, self.quit)\n"
        "    return run()\n"
        "W.QApplication.exec = look\n"
        "code = app.main(['--pool', sys.argv[1]])\n"
        f"print(code, *[name for name in {SLOW!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(station)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["0"]


def test_a_pool_is_backed_up_when_it_is_opened(
    program: Program, station: Path, qtbot: QtBot
) -> None:
    program.start(station, sample=False)
    work = program.work
    assert work is not None
    qtbot.waitUntil(lambda: work.idle)
    assert len(list((station.parent / "备份").glob("本站_*.brandpool"))) == 1
    assert work.safeguard is not None


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_polite_kill_close_the_program(tmp_path: Path, sign: signal.Signals) -> None:
    homes = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("CONFIG", "DATA", "STATE")}
    started = (
        "import brandpool.app as a; h = a._heed_interrupts;"
        "a._heed_interrupts = lambda app: (h(app), print('up', flush=True));"
        "raise SystemExit(a.main([]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", started],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "up\n"
        program.send_signal(sign)
        try:
            assert program.wait(timeout=20) == 0
        finally:
            program.kill()
