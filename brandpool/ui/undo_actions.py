"""Undo and redo in the menu, with the name of the step they would take back."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.services import history
from brandpool.services.history import UndoReport
from brandpool.ui.work import Task, Work


class UndoActions(QObject):
    """The two actions; they know the pool's steps, so they work after a restart too."""

    def __init__(self, work: Work, window: QWidget) -> None:
        super().__init__(window)
        self._work = work
        self._window = window
        self.undo = QAction(_("撤销"), window)
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.undo.triggered.connect(self._undo)
        self.redo = QAction(_("重做"), window)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.redo.triggered.connect(self._redo)
        work.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask which steps come next."""
        self._work.read(_next_steps, self._name, replaces=self)

    def _name(self, names: tuple[str | None, str | None]) -> None:
        for action, verb, why in zip(
            (self.undo, self.redo), (_("撤销"), _("重做")), names, strict=True
        ):
            action.setText(f"{verb}：{why}" if why else verb)
            action.setEnabled(why is not None)

    def _undo(self) -> None:
        self._work.run(_take_back, self._report, title=_("撤销"), keep=True)

    def _redo(self) -> None:
        self._work.run(_do_again, self._report, title=_("重做"), keep=True)

    def _report(self, report: UndoReport) -> None:
        tell_what_was_left(self._window, report)


def undo_step(task: Task, txn: str, why: str) -> UndoReport:
    """Take one step back, as a step of its own named after it."""
    with task.write(_("撤销：{why}").format(why=why), source="undo", undoes=txn) as session:
        return history.undo(session, txn)


def redo_step(task: Task, txn: str, why: str) -> UndoReport:
    """Take an undo back, as a step of its own."""
    with task.write(_("重做：{why}").format(why=why), source="undo", undoes=txn) as session:
        return history.undo(session, txn)


def undone_name(why: str) -> str:
    """The name of the step that an undo took back."""
    return why.removeprefix(_("撤销：{why}").format(why=""))


def tell_what_was_left(window: QWidget, report: UndoReport) -> None:
    """Say what could not be put back; nothing when all of it was."""
    if not report.left:
        return
    box = QMessageBox(QMessageBox.Icon.Information, _("撤销"), "", parent=window)
    box.setText(
        _("“{why}”：已恢复 {put_back} 条，有 {left} 处没有恢复。").format(
            why=report.why, put_back=report.put_back, left=len(report.left)
        )
    )
    box.setInformativeText("\n".join(report.left[:10]))
    box.setDetailedText("\n".join(report.left))
    box.exec()


def _next_steps(session: Session) -> tuple[str | None, str | None]:
    undo, redo = history.next_undo(session), history.next_redo(session)
    return undo.why if undo else None, undone_name(redo.why) if redo else None


def _take_back(task: Task) -> UndoReport:
    with task.read() as session:
        step = history.next_undo(session)
    if step is None:
        raise UserError(_("没有可以撤销的操作。"))
    return undo_step(task, step.txn, step.why)


def _do_again(task: Task) -> UndoReport:
    with task.read() as session:
        step = history.next_redo(session)
    if step is None:
        raise UserError(_("没有可以重做的操作。"))
    return redo_step(task, step.txn, undone_name(step.why))
