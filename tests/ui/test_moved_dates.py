"""A record form says which dates of the docket an edit moves, before anything is saved."""

from datetime import date

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.field import Value
from brandpool.models.honour import Honour
from brandpool.services import history, records
from brandpool.ui.main_window import MainWindow
from brandpool.ui.moved_dates import MovedBox
from brandpool.ui.widgets.record_form import RecordForm
from tests.ui.conftest import Settle


@pytest.fixture
def honour(pool: Pool, enterprise: str) -> str:
    values: dict[str, Value] = {
        "enterprise_id": enterprise, "honour": "little_giant",
        "granted": date(2025, 3, 1), "valid_until": date(2028, 3, 1),
    }  # fmt: skip
    with pool.write("认定", who="甲") as session:
        return journal.insert(session, Honour, [values])[0]


def edited(window: MainWindow, settle: Settle, honour: str, **values: object) -> RecordForm:
    form = RecordForm(window.shell, Honour, honour, parent=window)
    form.show()
    settle()
    for name, value in values.items():
        form.lines[name].put(value)  # type: ignore[arg-type]
    form.save()
    settle()
    return form


def test_the_moved_date_is_shown_old_and_new_and_saved_only_when_agreed(
    window: MainWindow, pool: Pool, honour: str, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, ...]] = []
    answers = iter((0, 1))

    def answer(box: MovedBox) -> int:
        shown.extend(line.texts for line in box.table.rows.shown)
        return next(answers)

    monkeypatch.setattr(MovedBox, "exec", answer)
    with pool.read() as session:
        steps = len(history.steps(session))
    form = edited(window, settle, honour, valid_until=date(2029, 3, 1))
    with pool.read() as session:
        assert records.get(session, Honour, honour)["valid_until"] == date(2028, 3, 1)
        assert len(history.steps(session)) == steps
    assert shown[0][2:4] == ("2028-03-01", "2029-03-01")
    form.save()
    settle()
    with pool.read() as session:
        assert records.get(session, Honour, honour)["valid_until"] == date(2029, 3, 1)
        assert len(history.steps(session)) == steps + 1


def test_an_edit_that_moves_no_date_is_saved_at_once(
    window: MainWindow, pool: Pool, honour: str, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MovedBox, "exec", lambda _box: pytest.fail("nothing to ask"))
    edited(window, settle, honour, remark="补录")
    with pool.read() as session:
        assert records.get(session, Honour, honour)["remark"] == "补录"
