"""The runner: results in the window's thread, errors said, nothing left running."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from brandpool.ui.work import Task, Work


def test_a_job_runs_on_the_worker_and_its_result_comes_back_to_the_window(
    work: Work, settle: object, qtbot: QtBot
) -> None:
    places: list[str] = []
    work.run(
        lambda _task: places.append(threading.current_thread().name),
        lambda _none: places.append(threading.current_thread().name),
    )
    qtbot.waitUntil(lambda: len(places) == 2)
    assert places == ["work", "MainThread"]


def test_a_step_says_which_kinds_changed(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.changed) as changed:
        work.write("新增", lambda s: records.add(s, Enterprise, {"name": "甬江电器"}))
    assert changed.args == [frozenset({"enterprise"})]


def test_a_user_error_is_said_and_nothing_is_written(work: Work, qtbot: QtBot, pool: Pool) -> None:
    def job(task: Task) -> None:
        with task.write("新增") as session:
            records.add(session, Enterprise, {"name": "甬江电器"})
            raise UserError("到此为止")

    with qtbot.waitSignal(work.refused) as refused:
        work.run(job)
    assert refused.args == ["到此为止"]
    with pool.read() as session:
        assert records.count(session, Enterprise) == 0


def test_a_bug_reaches_the_hook_for_unforeseen_errors(work: Work, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        work.run(lambda _task: list[int]()[0])
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is IndexError


def test_cancel_rolls_back(work: Work, qtbot: QtBot, pool: Pool) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def job(task: Task) -> None:
        with task.write("新增") as session:
            records.add(session, Enterprise, {"name": "甬江电器"})
            begun.set()
            stopped.wait(5)
            task.progress(1, 2)

    done: list[None] = []
    task = work.run(job, done.append)
    assert begun.wait(5)
    task.cancel()
    stopped.set()
    qtbot.waitUntil(lambda: work.idle)
    assert not done
    with pool.read() as session:
        assert records.count(session, Enterprise) == 0


def test_only_the_latest_of_jobs_with_one_key_is_answered(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[int] = []
    work.run(lambda _task: gate.wait(5))
    for number in range(4):
        work.run(lambda _task, n=number: n, answers.append, replaces="search")
    gate.set()
    qtbot.waitUntil(lambda: work.idle)
    assert answers == [3]


def test_nothing_is_called_back_for_a_deleted_owner(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    owner = QObject()
    answers: list[bool] = []
    work.run(lambda _task: gate.wait(5), answers.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: work.idle)
    assert answers == []


def test_closing_finishes_writes_and_leaves_no_thread(pool: Pool, qtbot: QtBot) -> None:
    before = threading.active_count()
    work = Work(pool, lambda: "王敏")
    gate = threading.Event()
    work.run(lambda _task: gate.wait(5))
    work.write("新增", lambda s: records.add(s, Enterprise, {"name": "甬江电器"}))
    threading.Timer(0.05, gate.set).start()
    work.close()
    qtbot.waitUntil(lambda: threading.active_count() == before)
    with pool.read() as session:
        assert records.count(session, Enterprise) == 1


@pytest.mark.parametrize("sample", [False, True])
def test_the_pool_knows_who_and_why(
    empty_pool: Path, work: Work, qtbot: QtBot, sample: bool
) -> None:
    source = "sample" if sample else "screen"

    def job(task: Task) -> None:
        with task.write("新增企业", source=source) as session:
            records.add(session, Enterprise, {"name": "甬江电器"})

    work.run(job)
    qtbot.waitUntil(lambda: work.idle)
    from brandpool.services import history

    with work.pool.read() as session:
        step = history.steps(session)[0]
    assert (step.who, step.why, step.source) == ("王敏", "新增企业", source)


def test_garbage_with_widgets_in_it_is_collected_in_the_windows_thread_only(
    work: Work, settle: Callable[[], None], qtbot: QtBot
) -> None:
    threads: list[str] = []

    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            threads.append(threading.current_thread().name)

    def job(_task: Task) -> None:
        for _n in range(20_000):
            Knot()

    work.run(job)
    settle()
    qtbot.waitUntil(lambda: bool(threads), timeout=5000)
    assert set(threads) == {"MainThread"}


def test_python_collects_by_itself_again_when_no_worker_runs(pool: Pool, qtbot: QtBot) -> None:
    first, second = Work(pool, lambda: "甲"), Work(pool, lambda: "乙")
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
