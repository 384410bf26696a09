"""Public notices of a ladder: which still run, which have ended, and the moves that follow."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.record import fields
from brandpool.models.tier import PublicNotice, TierMove
from brandpool.services import notices, records
from brandpool.services.notices import Proposal
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.ui import style, typed
from brandpool.ui.notice_form import ChainDialog
from brandpool.ui.page import Shell
from brandpool.ui.pool_orders import Aim, Candidate, MoveWish
from brandpool.ui.pool_reading import PoolState
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as the list shows it; `moved` are the enterprises whose move cites it."""

    row: RecordRow
    proposals: tuple[Proposal, ...]
    moved: frozenset[str]

    @property
    def ends(self) -> date | None:
        """The last day for objections."""
        ends = self.row["ends"]
        return ends if isinstance(ends, date) else None

    @property
    def waiting(self) -> tuple[Proposal, ...]:
        """The proposals that nobody has decided yet."""
        return tuple(p for p in self.proposals if p.enterprise not in self.moved)


class NoticesView(QWidget):
    """`move_asked` carries the wish to carry out what a notice proposed."""

    move_asked = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._state: PoolState | None = None
        self._seek = ""
        self.table: PlainTable[NoticeRow] = PlainTable(
            (_("公示标题"), _("起始日"), _("截止日"), _("状态"), _("名单"), _("已办理"), _("文号")),
            (280, 90, 130, 120, 60, 60, 150),
            _("公示列表"),
        )
        self.empty = style.soft(_("还没有公示。在看板或列表中选中企业，再按“公示…”。"))
        self.move_button = style.primary(QPushButton(_("办理变动…")))
        self.object_button = QPushButton(_("登记异议…"))
        self.chain_button = QPushButton(_("截止日的由来…"))
        self.objections = QLabel()
        self.objections.setWordWrap(True)
        self.objections.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.move_button.clicked.connect(self._move)
        self.object_button.clicked.connect(self._object)
        self.chain_button.clicked.connect(self._explain)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._on_row())
        self.table.doubleClicked.connect(lambda _index: self._move())
        buttons = QHBoxLayout()
        for button in (self.move_button, self.object_button, self.chain_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.objections)

    def refresh(self, state: PoolState) -> None:
        """Read the notices of the ladder that the page shows."""
        self._state = state
        if state.choice is not None:
            ladder = state.choice.code
            self._shell.work.read(
                lambda session: read_notices(session, ladder), self._show, replaces=self
            )

    def go_to(self, notice: str) -> None:
        """Stand on this notice, once it is there."""
        self._seek = notice
        for place, line in enumerate(self.table.rows.shown):
            if line.row.row.id == notice:
                self.table.selectRow(place)
                self._seek = ""

    def _show(self, rows: list[NoticeRow]) -> None:
        chosen = self.table.chosen()
        today = date.today()
        self.table.fill([shown(row, today) for row in rows])
        self.empty.setVisible(not rows)
        if rows:
            self.table.selectRow(0)
        if self._seek or chosen is not None:
            self.go_to(self._seek or (chosen.row.id if chosen else ""))
        self._on_row()

    def _on_row(self) -> None:
        row = self.table.chosen()
        self.move_button.setEnabled(row is not None and bool(row.waiting))
        self.object_button.setEnabled(row is not None)
        self.chain_button.setEnabled(row is not None and row.ends is not None)
        text = str(row.row["objections"] or "") if row else ""
        self.objections.setText(_("异议：\n{text}").format(text=text) if text else "")

    def _move(self) -> None:
        row, state = self.table.chosen(), self._state
        if row is None or state is None or state.ladder is None or not row.waiting:
            return
        known = {one.enterprise: one for one in state.rows}
        candidates = tuple(
            Candidate(p.enterprise, one.name, one.tier, p.tier, one.exit_reason)
            for p in row.waiting
            if (one := known.get(p.enterprise)) is not None
        )
        today = date.today()
        after = row.ends + timedelta(days=1) if row.ends else today
        effective, name = max(today, after), _("按公示名单")
        if candidates:
            self.move_asked.emit(
                MoveWish(
                    state.ladder,
                    candidates,
                    Aim.PROPOSED,
                    effective,
                    notice=row.row.id,
                    proposal=name,
                )
            )

    def _object(self) -> None:
        row = self.table.chosen()
        if row is not None:
            ObjectionForm(self._shell, row.row, self).open()

    def _explain(self) -> None:
        row = self.table.chosen()
        if row is not None:
            notice = row.row.id
            self._shell.work.read(
                lambda session: notices.explained(session, notice),
                lambda found: ChainDialog(found, self).open(),
                owner=self,
            )


class ObjectionForm(QDialog):
    """Notes an objection to a notice."""

    def __init__(self, shell: Shell, notice: RecordRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("登记异议"))
        self._shell = shell
        self._notice = notice
        self.day = FieldLine(shell.work, fields(PublicNotice)["published"])
        self.day.put(date.today())
        self.who = QLineEdit()
        self.what = QPlainTextEdit()
        self.what.setTabChangesFocus(True)
        self.what.setAccessibleName(_("异议内容"))
        self.who.setAccessibleName(_("异议人"))
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        form = QFormLayout()
        form.addRow(_("收到日期"), self.day)
        form.addRow(_("异议人"), self.who)
        form.addRow(_("异议内容"), self.what)
        buttons = QDialogButtonBox()
        self.save_button = style.primary(
            buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        )
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.refusal)
        layout.addWidget(buttons)
        self.resize(460, 300)

    def save(self) -> None:
        """Write it under the earlier objections."""
        try:
            day = self.day.value()
        except typed.NotUnderstood as reason:
            self.day.complain(str(reason))
            return
        if not isinstance(day, date):
            self.day.complain(_("请填写收到日期。"))
            return
        notice, who, what = self._notice.id, self.who.text(), self.what.toPlainText()
        self._shell.work.write(
            _("登记公示异议：{title}").format(title=self._notice["title"]),
            lambda session: notices.object_to(session, notice, day, who, what),
            lambda _none: self.close(),
            owner=self,
            failed=self.refusal.setText,
        )


def read_notices(session: Session, ladder: str) -> list[NoticeRow]:
    """The notices of a ladder, the latest first."""
    query = Query((Filter("ladder", Op.EQUALS, ladder),), ("-published",))
    ids = records.find(session, PublicNotice, query)
    return [_read(session, row) for row in records.rows(session, PublicNotice, ids)]


def _read(session: Session, row: RecordRow) -> NoticeRow:
    moves = records.find(session, TierMove, Query((Filter("notice_id", Op.EQUALS, row.id),)))
    moved = {str(move["enterprise_id"]) for move in records.rows(session, TierMove, moves)}
    return NoticeRow(row, tuple(notices.proposals(row)), frozenset(moved))


def shown(row: NoticeRow, today: date) -> Shown[NoticeRow]:
    """A notice as a line of the table."""
    ends = str(row.ends or "")
    if row.row["provisional"]:
        ends = _("{day}（待核）").format(day=ends)
    listed = len(row.proposals)
    texts = (
        str(row.row["title"] or ""), str(row.row["published"] or ""), ends,
        _state(row, today), str(listed), str(listed - len(row.waiting)),
        str(row.row["document_no"] or ""),
    )  # fmt: skip
    return Shown(row, texts, quiet=not row.waiting)


def _state(row: NoticeRow, today: date) -> str:
    published = row.row["published"]
    if not row.waiting:
        return _("已办结")
    if isinstance(published, date) and today < published:
        return _("未开始")
    if row.ends is None or today <= row.ends:
        return _("公示中")
    return _("已期满，待办理")
