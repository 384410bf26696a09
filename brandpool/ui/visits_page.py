"""Visits: the records, who is due, the unfinished ones; and the place where a visit is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.db.drafts import Drafts
from brandpool.errors import UserError
from brandpool.exchange import visit_form_sheet
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import time_ordered_id
from brandpool.models.visit import Visit
from brandpool.rules import visit_form
from brandpool.rules.visit_form import Form
from brandpool.services import records, visit_draft, visits
from brandpool.services.records import Query
from brandpool.services.visit_draft import VisitDraft
from brandpool.services.visits import Recorded
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.visit_discarded import DiscardedBox
from brandpool.ui.visit_editor import VisitEditor
from brandpool.ui.visit_route_view import RouteView
from brandpool.ui.widgets.link_edit import LinkEdit
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.widgets.record_table import RecordTable
from brandpool.ui.work import Task


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft found beside the pool; `fault` says why it cannot be opened.

    `newer` is the form in use now where it is another version than the draft's.
    """

    key: str
    draft: VisitDraft | None
    fault: str = ""
    newer: Form | None = None


class VisitsPage(Page):
    """Records and who is due, unfinished visits above; a visit being written covers them."""

    kinds = frozenset({"visit", "visit_promise", "visit_item", "enterprise", "tier_move"})

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self.editor: VisitEditor | None = None
        self._drafts = Drafts(shell.work.pool.path)
        latest = Query(order=("-visited_on", "-visit_no"))
        self.table = RecordTable(shell, Visit, base=latest, open=self._edit)
        self.table.put_tools(tools(shell, self.table))
        self.routes = RouteView(shell)
        self.routes.write.connect(self.write)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.table, _("走访记录"))
        self.tabs.addTab(self.routes, _("待走访与路线"))
        self.tabs.currentChanged.connect(self._on_tab)
        self.new = style.primary(QPushButton(_("写走访…")))
        self.new.clicked.connect(self.ask)
        QShortcut(QKeySequence.StandardKey.New, self, self.ask)
        self.waiting = QVBoxLayout()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(style.BANNER_SHEET)
        self.told.hide()
        head = QHBoxLayout()
        head.addWidget(style.heading(_("走访")))
        head.addStretch(1)
        self.given_up = QPushButton(_("已放弃的走访…"))
        self.given_up.clicked.connect(self.show_discarded)
        head.addWidget(self.given_up)
        head.addWidget(self.new)
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(16, 4, 16, 12)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addLayout(self.waiting)
        column.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(front)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def refresh(self) -> None:
        """Read what is in sight again, and look for unfinished visits."""
        if self.tabs.currentWidget() is self.table:
            self.table.ask()
        else:
            self.routes.refresh()
        drafts = self._drafts
        self.shell.work.run(
            lambda task: unfinished(task, drafts), self._show_waiting, replaces=self
        )

    def open_record(self, kind: str, record: str) -> None:
        """Stand on this visit in the list."""
        del kind
        self.stack.setCurrentIndex(0)
        self.tabs.setCurrentWidget(self.table)
        self.table.go_to(record)

    def ask(self) -> None:
        """Ask which enterprise is visited, then write."""
        box = AskEnterprise(self.shell, self)
        if box.exec() == QDialog.DialogCode.Accepted and box.line.record:
            self.write(box.line.record)

    def write(self, enterprise: str) -> None:
        """Write a new visit to this enterprise, or go on with the unfinished one of it."""
        drafts, who = self._drafts, self.shell.work.who()

        def begin(task: Task) -> tuple[VisitDraft, bool]:
            for one in unfinished(task, drafts):
                if one.draft is not None and one.draft.enterprise == enterprise:
                    return one.draft, False
            with task.read() as session:
                row = records.get(session, Enterprise, enterprise)
                form = visit_form_sheet.in_use(session, date.today())
            return (
                VisitDraft(
                    time_ordered_id(), enterprise, str(row["name"] or ""), form,
                    visit_form.defaults(form, date.today()), who=who,
                    started=datetime.now().isoformat(timespec="seconds"),
                ),
                True,
            )  # fmt: skip

        self.shell.work.run(begin, self._begin, owner=self)

    def resume(self, draft: VisitDraft) -> None:
        """Go on with an unfinished visit, on the form it was begun on."""
        self._begin((draft, False))

    def _begin(self, begun: tuple[VisitDraft, bool]) -> None:
        draft, fresh = begun
        self._drop_editor()
        editor = VisitEditor(self.shell, draft, fresh=fresh)
        editor.finished.connect(self._on_finished)
        editor.left.connect(self._on_left)
        self.editor = editor
        self.told.hide()
        self.stack.addWidget(editor)
        self.stack.setCurrentWidget(editor)

    def _on_finished(self, made: Recorded) -> None:
        self._drop_editor()
        self.told.setText(
            _("已登记 {number}。请留意：{what}。").format(
                number=made.number, what="；".join(made.warnings)
            )
        )
        self.told.setVisible(bool(made.warnings))
        self.shell.say(_("走访 {number} 已登记").format(number=made.number))
        self.tabs.setCurrentWidget(self.table)
        self.refresh()
        self.table.go_to(made.id)

    def _on_left(self) -> None:
        self._drop_editor()
        self.refresh()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.keeper.close()
            self.stack.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
        self.stack.setCurrentIndex(0)

    def _show_waiting(self, found: Sequence[Unfinished]) -> None:
        while self.waiting.count():
            item = self.waiting.takeAt(0)
            if (old := item.widget()) is not None:
                old.deleteLater()
        for one in found:
            if self.editor is None or one.key != self.editor.draft().key:
                self.waiting.addWidget(self._strip(one))

    def _strip(self, one: Unfinished) -> QWidget:
        strip = QWidget()
        style.paint_ground(strip, style.WARN_PAPER)
        row = QHBoxLayout(strip)
        row.setContentsMargins(10, 3, 6, 3)
        if one.draft is None:
            row.addWidget(QLabel(one.fault), 1)
        else:
            saved = one.draft.saved.replace("T", " ") or "—"
            text = _("未完成的走访：{name}（{form}，{saved} 保存）")
            form = f"{one.draft.form.title} {one.draft.form.version}"
            name = one.draft.enterprise_name
            row.addWidget(QLabel(text.format(name=name, form=form, saved=saved)), 1)
            go_on = style.primary(QPushButton(_("继续")))
            go_on.clicked.connect(partial(self._on_resume, one.draft))
            row.addWidget(go_on)
            if one.newer is not None:
                move = QPushButton(_("换用新表单"))
                move.setToolTip(f"{one.newer.title} {one.newer.version}")
                move.clicked.connect(partial(self._on_move, one.draft, one.newer))
                row.addWidget(move)
        throw = QPushButton(_("放弃"))
        throw.clicked.connect(partial(self._on_throw, one.key))
        row.addWidget(throw)
        return strip

    def _on_resume(self, draft: VisitDraft, _checked: bool = False) -> None:
        self.resume(draft)

    def _on_move(self, draft: VisitDraft, form: Form, _checked: bool = False) -> None:
        """Put a draft on the form in use; answers that have no place there are named first."""
        moved, lost = visit_draft.moved_to(draft, form)
        if lost and not self._may_lose(lost):
            return
        drafts = self._drafts

        def job(_task: Task) -> VisitDraft:
            if lost:
                before = replace(draft, key=time_ordered_id())
                drafts.keep(before.key, visit_draft.dumps(before))
                drafts.discard(before.key)
            drafts.keep(moved.key, visit_draft.dumps(moved))
            return moved

        self.shell.work.run(job, self.resume, owner=self, keep=True)

    def _may_lose(self, lost: Sequence[str]) -> bool:
        text = _(
            "新表单没有以下问题，这些答案不会带过去：{lost}。"
            "换用前的草稿留在“已放弃的走访”里，随时可以恢复。要换用新表单吗？"
        )
        told = text.format(lost="、".join(lost))
        box = QMessageBox.StandardButton
        return (
            QMessageBox.question(self, _("换用新表单"), told, box.Yes | box.No, box.No) == box.Yes
        )

    def show_discarded(self) -> None:
        """List the visits given up, to bring one back."""
        found = DiscardedBox(self.shell, self._drafts, self)
        found.restored.connect(self.refresh)
        found.exec()

    def _on_throw(self, key: str, _checked: bool = False) -> None:
        drafts = self._drafts
        self.shell.work.run(lambda _task: drafts.discard(key), self._on_thrown, owner=self)

    def _on_thrown(self, _result: None) -> None:
        self.shell.say(_("已放弃，可在“已放弃的走访”中恢复。"))
        self.refresh()

    def _on_tab(self, _place: int) -> None:
        self.refresh()

    def _edit(self, record: str) -> None:
        form = RecordForm(self.shell, Visit, record, parent=self)
        form.saved.connect(self.table.go_to)
        form.show()


class AskEnterprise(QDialog):
    """Which enterprise is visited."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("写走访"))
        self.line = LinkEdit(shell.work, Enterprise.kind())
        self.line.setAccessibleName(_("企业"))
        self.line.setMinimumWidth(360)
        self.line.picked.connect(self._on_picked)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_ok)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(_("走访哪家企业？")))
        layout.addWidget(self.line)
        layout.addWidget(buttons)

    def _on_picked(self) -> None:
        self.accept()

    def _on_ok(self) -> None:
        self.line.settle()
        if self.line.record:
            self.accept()


def unfinished(task: Task, drafts: Drafts) -> list[Unfinished]:
    """The drafts beside the pool; one whose visit is recorded already is removed on the way."""
    found = []
    with task.read() as session:
        now = visit_form_sheet.in_use(session, date.today())
        for key in drafts.keys():  # noqa: SIM118 - a method, not a mapping
            if visits.by_key(session, key) is not None:
                drafts.finish(key)
                continue
            try:
                draft = visit_draft.loads(drafts.read(key))
                other = (draft.form.name, draft.form.version) != (now.name, now.version)
                found.append(Unfinished(key, draft, newer=now if other else None))
            except UserError as bad:
                found.append(Unfinished(key, None, str(bad)))
    return found
