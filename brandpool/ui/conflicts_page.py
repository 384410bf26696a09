"""What waits for a decision, settled from the keyboard: ↑↓, 1 2 3 or ←→, Enter; Ctrl+Z undoes."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.services import conflicts, enterprises, settling
from brandpool.services.conflicts import Conflict
from brandpool.services.history import HistoryRow
from brandpool.services.settling import DELETION
from brandpool.ui import style, typed
from brandpool.ui.conflict_table import (
    ConflictTable,
    Key,
    Standing,
    key_of,
    not_chosen,
    said,
    shown_line,
    signature,
    standing,
    subject,
    words,
    written,
)
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ConflictsPage(Page):
    """One line per decision, below it the values in full and all that was ever written there."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._settling: set[Key] = set()
        self._last: Key | None = None
        self.line: FieldLine | None = None
        self.table = ConflictTable()
        self.count = style.heading(_("待裁定"))
        self.told = style.soft("")
        self.told.hide()
        self.empty = QLabel(_("没有待裁定的事项。"))
        style.tint(self.empty, style.SOFT)
        self.detail = QWidget()
        self.subject = QLabel()
        self.subject.setWordWrap(True)
        self.own = QHBoxLayout()
        self.settle_button = style.primary(QPushButton(_("裁定")))
        self.settle_button.setToolTip(_("回车"))
        self.open_button = QPushButton(_("打开记录"))
        self.open_button.setToolTip("Ctrl+Enter")
        self.past: PlainTable[HistoryRow] = PlainTable(
            (_("时间"), _("经办人"), _("由"), _("改为"), _("操作")),
            (126, 100, 220, 220, 400),
            _("这一项的历史"),
        )
        self._lay_out()
        self._connect()
        self._on_row()

    def refresh(self) -> None:
        """Read what waits."""
        self.shell.work.read(conflicts.conflicts, self._show, replaces=self)

    def settle(self) -> None:
        """Take the marked choice and go to the next line."""
        one = self.table.chosen()
        if one is None:
            return
        if one.typing and not self._read_own(one):
            return
        matter = one.conflict.matter
        if matter.what == settling.NUMBER and one.at == 1:
            self.shell.open(matter.kind, matter.record)
        else:
            self._decide(one)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.subject, 1)
        buttons.addLayout(self.own)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.settle_button)
        below = QVBoxLayout(self.detail)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(buttons)
        below.addWidget(self.past)
        self.past.setFixedHeight(32 + style.ROW_HEIGHT * 5)
        self.past.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(self.count)
        layout.addWidget(
            style.soft(
                _(
                    "两人同时改了同一项、一人删除而另一人修改、两条记录编号相同时，在这里选定。"
                    "↑↓ 换行，1 2 3 或 ←→ 选值（● 为将采用的），回车裁定并到下一行，Ctrl+Z 撤回。"
                    "没有选的值留在历史里。"
                )
            )
        )
        layout.addWidget(self.told)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)

    def _connect(self) -> None:
        self.table.settled.connect(self.settle)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._on_mark)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.settle_button.clicked.connect(self.settle)
        self.open_button.clicked.connect(self._open)

    def _show(self, found: list[Conflict]) -> None:
        here = self.table.chosen()
        kept = {key_of(line.row.conflict): line.row for line in self.table.rows.shown}
        place = max(self.table.currentIndex().row(), 0)
        waiting = [one for one in found if key_of(one) not in self._settling]
        lines = [shown_line(_again(one, kept.get(key_of(one)))) for one in waiting]
        keys = [key_of(one) for one in waiting]
        if self._last in keys and self._last not in kept:
            place = keys.index(self._last)
            self._tell("")
        elif here is not None and key_of(here.conflict) in keys:
            place = keys.index(key_of(here.conflict))
        self._fill(lines, place)

    def _fill(self, lines: list[Shown[Standing]], place: int) -> None:
        self.table.fill(lines)
        self.table.stand_on(place)
        self.count.setText(_("待裁定 {number} 件").format(number=len(lines)))
        self.table.setVisible(bool(lines))
        self.detail.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if lines and self.isVisible() and self.line is None:
            self.table.setFocus()
        self._on_row()

    def _on_row(self) -> None:
        one = self.table.chosen()
        self._drop_line()
        if one is None:
            self.past.fill([])
            return
        self.past.fill([Shown(row, _past_texts(one.conflict, row)) for row in one.conflict.past])
        self.past.setVisible(bool(one.conflict.past))
        self._say_subject(one)

    def _on_mark(self) -> None:
        one = self.table.chosen()
        if one is None:
            return
        self._say_subject(one)
        if one.typing:
            self._offer_line(one)
        else:
            self._drop_line()

    def _say_subject(self, one: Standing) -> None:
        conflict = one.conflict
        if one.typing:
            text = _("{subject}：另填").format(subject=subject(conflict))
        else:
            choice = conflict.choices[one.at]
            text = _("{subject}：将采用“{value}”{signature}").format(
                subject=subject(conflict),
                value=words(conflict, choice, one.at),
                signature=signature(choice),
            )
        self.subject.setText(text)

    def _offer_line(self, one: Standing) -> None:
        """A line for a value of the clerk's own; Enter settles, Esc goes back to the table."""
        self._drop_line()
        field = one.conflict.field
        if field is None:
            return
        self.line = FieldLine(self.shell.work, field)
        self.line.setMinimumWidth(320)
        self.line.put(one.own if one.own is not None else one.conflict.choices[-1].value)
        self.line.editor.installEventFilter(self)
        self.own.addWidget(self.line)
        self.line.show()
        self.line.setFocus()

    def _drop_line(self) -> None:
        if self.line is not None:
            line, self.line = self.line, None
            line.editor.removeEventFilter(self)
            line.hide()
            line.deleteLater()
            if self.isVisible():
                self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the line settles (Ctrl+Enter in a long text); Esc takes the shown value."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        long = isinstance(watched, QPlainTextEdit)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and (control or not long):
            self.settle()
            return True
        if event.key() == Qt.Key.Key_Escape:
            one = self.table.chosen()
            self.table.mark(standing(one.conflict).at if one else 0)
            return True
        return super().eventFilter(watched, event)

    def _read_own(self, one: Standing) -> bool:
        if self.line is None:
            self._offer_line(one)
            return False
        try:
            one.own = self.line.value()
        except typed.NotUnderstood as reason:
            self.line.complain(str(reason))
            return False
        return True

    def _decide(self, one: Standing) -> None:
        conflict, at, value = one.conflict, one.at, one.value
        matter, key = conflict.matter, key_of(conflict)
        chosen = written(conflict, value) or "—" if one.typing else _chosen_words(conflict, at)
        why = _("裁定“{title}”：{choice}").format(title=matter.title, choice=chosen)
        whole = matter.what == settling.NUMBER and matter.model is Enterprise
        source = enterprises.MERGED if whole else "screen"

        def job(task: Task) -> None:
            with task.write(why, source=source) as session:
                if conflict.of_values:
                    conflicts.decide(session, conflict, value)
                elif matter.what == DELETION:
                    (settling.let_go if at else settling.keep_shown)(session, matter)
                else:
                    settling.make_one(session, matter)

        self._settling.add(key)
        self.shell.work.run(
            job,
            partial(self._settled, key, why, conflict, value),
            failed=partial(self._refused, key),
            owner=self,
            keep=True,
        )
        place = self.table.currentIndex().row()
        lines = [line for line in self.table.rows.shown if key_of(line.row.conflict) != key]
        self._drop_line()
        self._fill(lines, place)

    def _settled(
        self, key: Key, why: str, conflict: Conflict, value: Value, _none: object = None
    ) -> None:
        self._settling.discard(key)
        self._last = key
        left = "、".join(
            f"“{said(conflict, one)}”{signature(one)}" for one in not_chosen(conflict, value)
        )
        if conflict.of_values and left:
            text = _("{why}。没有选的{values}留在历史里。Ctrl+Z 撤回。")
        else:
            text = _("{why}。Ctrl+Z 撤回。")
        self._tell(text.format(why=why, values=left))
        self.shell.say(why)

    def _refused(self, key: Key, text: str) -> None:
        self._settling.discard(key)
        self.shell.work.refused.emit(text)
        self.refresh()

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None:
            self.shell.open(one.conflict.matter.kind, one.conflict.matter.record)


def _again(conflict: Conflict, before: Standing | None) -> Standing:
    """The line as the clerk had left it, unless what waits has changed."""
    fresh = standing(conflict)
    if before is not None and before.conflict.choices == conflict.choices:
        fresh.at, fresh.own = before.at, before.own
    return fresh


def _chosen_words(conflict: Conflict, at: int) -> str:
    return words(conflict, conflict.choices[at], at)


def _past_texts(conflict: Conflict, row: HistoryRow) -> tuple[str, ...]:
    old, new = (written(conflict, value) for value in (row.old, row.new))
    return f"{row.at:%Y-%m-%d %H:%M}", row.who, old, new, row.why
