"""培育库: who stands on which tier, who can move, and the forms by which a person moves them."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from brandpool.i18n import _
from brandpool.models.record import fields
from brandpool.models.tier import PublicNotice, TierMove
from brandpool.services import records
from brandpool.ui import style, typed
from brandpool.ui.judgement_view import JudgementView
from brandpool.ui.move_form import MoveForm
from brandpool.ui.notice_form import NoticeForm
from brandpool.ui.packs_page import pack_up
from brandpool.ui.page import Page, Shell
from brandpool.ui.pool_board import Board
from brandpool.ui.pool_filter import ANY, FilterRow, PoolFilter
from brandpool.ui.pool_list import PoolList
from brandpool.ui.pool_notices import NoticesView
from brandpool.ui.pool_orders import (
    Aim,
    MoveWish,
    candidate,
    neighbour_wish,
    next_wish,
    shift_wish,
)
from brandpool.ui.pool_reading import PoolRow, PoolState, read_pool
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.filter_bar import FilterBar

BOARD, LIST, NOTICES = range(3)


class PoolPage(Page):
    """One ladder as of one day, as a board or a list of the same enterprises."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.state: PoolState | None = None
        self.shown: list[PoolRow] = []
        self._seek: set[str] = set()
        self._wanted: tuple[str, str] | None = None
        self.ladder = QComboBox()
        self.ladder.setAccessibleName(_("梯队"))
        self.day = FieldLine(shell.work, fields(TierMove)["effective"])
        self.day.editor.setAccessibleName(_("截至日期"))
        self.day.put(date.today())
        self.filters = FilterRow()
        self.bar = FilterBar()
        self.board = Board()
        self.list = PoolList()
        self.notices = NoticesView(shell)
        self.judgement = JudgementView(shell.work)
        self.past = QLabel()
        self.past.setStyleSheet(style.BANNER_SHEET)
        self.empty = style.soft("")
        self._lay_out()
        self._connect()
        self._on_selection()

    def refresh(self) -> None:
        """Judge the pool again."""
        wanted = self._wanted or self.ladder.currentData()
        on = self._day()
        if on is not None:
            self.shell.work.read(
                lambda session: read_pool(session, wanted, on),
                self._show,
                replaces=self,
                title=_("评定培育库"),
            )

    def open_record(self, _kind: str, record: str) -> None:
        """Show a public notice, on its ladder."""
        self.turn(NOTICES)
        self.notices.go_to(record)
        self.shell.work.read(
            lambda session: records.get(session, PublicNotice, record)["ladder"], self._go_ladder
        )

    def _go_ladder(self, code: object) -> None:
        self._wanted = (str(code), "")
        self.refresh()

    def turn(self, view: int) -> None:
        """Go to the board, the list or the notices; the selection goes along."""
        ids = {row.enterprise for row in self.chosen()}
        self.views.setCurrentIndex(view)
        self.switches.button(view).setChecked(True)
        self._show_rows()
        if view != NOTICES:
            (self.board if view == BOARD else self.list).choose(ids)
        for widget in (self.filters, self.bar, self.judgement):
            widget.setVisible(view != NOTICES)
        self._on_selection()

    def show_only(self, choice: PoolFilter) -> None:
        """Show what this filter lets pass."""
        self.filters.set_choice(choice)

    def chosen(self) -> list[PoolRow]:
        """The enterprises selected in the view in sight."""
        match self.views.currentIndex():
            case 0:
                return self.board.chosen()
            case 1:
                return self.list.chosen()
            case _:
                return []

    def _lay_out(self) -> None:
        self.views = QStackedWidget()
        for view in (self.board, self.list, self.notices):
            self.views.addWidget(view)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.views)
        split.addWidget(self.judgement)
        split.setStretchFactor(0, 1)
        split.setSizes([900, 300])
        split.setChildrenCollapsible(False)
        self.judgement.setMinimumWidth(230)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(5)
        layout.addLayout(self._head())
        layout.addWidget(self.filters)
        notes = QHBoxLayout()
        notes.addWidget(self.bar)
        notes.addWidget(self.past)
        layout.addLayout(notes)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(split, 1)
        self.split = split

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(style.heading(_("培育库")))
        self.ladder.setMinimumWidth(150)
        head.addWidget(self.ladder)
        head.addWidget(QLabel(_("截至")))
        self.day.setFixedWidth(124)
        head.addWidget(self.day)
        head.addSpacing(8)
        self.switches = QButtonGroup(self)
        for view, name in ((BOARD, _("看板")), (LIST, _("列表")), (NOTICES, _("公示"))):
            button = QPushButton(name)
            button.setCheckable(True)
            button.setStyleSheet(_SWITCH)
            self.switches.addButton(button, view)
            head.addWidget(button)
        self.switches.button(BOARD).setChecked(True)
        head.addStretch(1)
        self.move_button = style.primary(QPushButton(_("升降级…")))
        self.review_button = QPushButton(_("复核…"))
        self.exit_button = QPushButton(_("退出…"))
        self.notice_button = QPushButton(_("公示…"))
        self.open_button = QPushButton(_("打开企业"))
        self.pack_button = QPushButton(_("带出…"))
        self.pack_button.setToolTip(_("把选中的企业制作成外勤包"))
        buttons = (
            self.open_button, self.pack_button, self.notice_button, self.review_button,
            self.exit_button, self.move_button,
        )  # fmt: skip
        for button in buttons:
            head.addWidget(button)
        return head

    def _connect(self) -> None:
        self.ladder.activated.connect(lambda _place: self.refresh())
        self.day.edited.connect(self.refresh)
        self.filters.changed.connect(self._show_rows)
        self.bar.cleared.connect(lambda: self.filters.set_choice(PoolFilter()))
        self.bar.dropped.connect(self._drop_filter)
        self.switches.idClicked.connect(self.turn)
        for view in (self.board, self.list):
            view.picked.connect(self._on_selection)
            view.open_asked.connect(partial(self.shell.open, "enterprise"))
        self.board.move_asked.connect(self._ask_shift)
        self.list.shift_asked.connect(self._ask_neighbour)
        self.notices.move_asked.connect(self.ask)
        wishes: dict[QPushButton, Callable[[], object]] = {
            self.move_button: self._ask_next,
            self.review_button: partial(self._ask_all, Aim.REVIEW),
            self.exit_button: partial(self._ask_all, Aim.EXIT),
            self.notice_button: self._ask_notice,
            self.open_button: self._open,
            self.pack_button: self._pack,
        }
        for button, act in wishes.items():
            button.clicked.connect(lambda _checked=False, act=act: act())

    def _day(self) -> date | None:
        try:
            day = self.day.value()
        except typed.NotUnderstood as reason:
            self.day.complain(str(reason))
            return None
        self.day.complain("")
        return day if isinstance(day, date) else None

    def _show(self, state: PoolState) -> None:
        self.state = state
        self._wanted = None
        if self.filters.choice.tier not in (ANY, *state.columns()):
            self.filters.choice = self.filters.choice.without("tier")
        self.ladder.clear()
        for choice in state.choices:
            self.ladder.addItem(choice.label, (choice.code, choice.scheme))
        if state.choice is not None:
            self.ladder.setCurrentText(state.choice.label)
            codes = [(c.code, c.scheme) for c in state.choices]
            self.ladder.setCurrentIndex(codes.index((state.choice.code, state.choice.scheme)))
        self.empty.setVisible(state.ladder is None)
        text = _("{day} 没有施行中的梯队方案。请在“梯队方案”页载入或新建方案，或换一个日期。")
        self.empty.setText(text.format(day=state.on))
        self.split.setVisible(state.ladder is not None)
        self.past.setVisible(state.on != date.today())
        self.past.setText(_("所示为 {day} 的情况").format(day=state.on))
        self._show_rows()
        self.notices.refresh(state)

    def _show_rows(self) -> None:
        """Filter and show the rows; only the view in sight is filled."""
        state = self.state
        if state is None:
            return
        choice = self.filters.choice
        labels = {tier: state.tier_label(tier) for tier in state.columns()}
        self.filters.offer(state.rows, labels)
        self.shown = choice.among(state.rows)
        self.bar.name(choice.words(labels))
        self.bar.tell(len(self.shown), len(state.rows))
        if self.views.currentIndex() == BOARD:
            totals = Counter(row.tier for row in state.rows)
            self.board.show_rows(labels, self.shown, totals)
        elif self.views.currentIndex() == LIST:
            self.list.show_rows(labels, self.shown)
        self._seek_moved()

    def _seek_moved(self) -> None:
        """After a move, stand on what was moved."""
        if self._seek and self.views.currentIndex() != NOTICES:
            view = self.board if self.views.currentIndex() == BOARD else self.list
            view.choose(self._seek)
            self._seek = set()

    def _drop_filter(self, name: str) -> None:
        self.filters.set_choice(self.filters.choice.without(name))

    def _on_selection(self) -> None:
        rows, state = self.chosen(), self.state
        standing = bool(rows) and all(row.tier is not None for row in rows)
        self.open_button.setEnabled(len(rows) == 1)
        self.move_button.setEnabled(bool(rows))
        self.notice_button.setEnabled(bool(rows))
        self.pack_button.setEnabled(bool(rows))
        self.review_button.setEnabled(standing)
        self.exit_button.setEnabled(standing)
        if len(rows) == 1 and state is not None:
            self.judgement.show_enterprise(rows[0], state)
        else:
            self.judgement.show_none(tuple(rows))

    def _open(self) -> None:
        for row in self.chosen()[:1]:
            self.shell.open("enterprise", row.enterprise)

    def _pack(self) -> None:
        pack_up(self.shell, [row.enterprise for row in self.chosen()])

    def _ask_next(self) -> None:
        if self.state and self.state.ladder and (rows := self.chosen()):
            self.ask(next_wish(self.state.ladder, rows, self.state.on, self._scheme()))

    def _ask_all(self, aim: Aim) -> None:
        if self.state and self.state.ladder and (rows := self.chosen()):
            candidates = tuple(map(candidate, rows))
            on, scheme = self.state.on, self._scheme()
            self.ask(MoveWish(self.state.ladder, candidates, aim, on, None, scheme))

    def _ask_shift(self, rows: list[PoolRow], tier: str | None) -> None:
        if self.state and self.state.ladder and rows:
            ladder, on = self.state.ladder, self.state.on
            self.ask(shift_wish(ladder, rows, tier, on, self._scheme()))

    def _ask_neighbour(self, side: int) -> None:
        if self.state and self.state.ladder:
            ladder, on = self.state.ladder, self.state.on
            wish = neighbour_wish(ladder, self.chosen(), side, on, self._scheme())
            if wish is not None:
                self.ask(wish)

    def ask(self, wish: MoveWish) -> None:
        """Open the decision form; nothing has moved yet."""
        form = MoveForm(self.shell, wish, self)
        form.moved.connect(self._on_moved)
        form.open()

    def _ask_notice(self) -> None:
        if self.state is None or self.state.ladder is None:
            return
        found = tuple(map(candidate, self.chosen()))
        listed = tuple(one for one in found if one.proposed != one.tier)
        if not listed:
            self.shell.say(_("所选企业没有可公示的变动：已在最高层。"))
            return
        form = NoticeForm(self.shell, self.state.ladder, listed, date.today(), self)
        form.published.connect(lambda _notice: self.turn(NOTICES))
        form.open()

    def _on_moved(self, enterprises: set[str]) -> None:
        self._seek = enterprises

    def _scheme(self) -> str | None:
        """The scheme to cite, where the ladder alone does not tell it."""
        state = self.state
        if state is None or state.choice is None:
            return None
        rivals = [c for c in state.choices if c.code == state.choice.code]
        return state.choice.scheme if len(rivals) > 1 else None


_SWITCH = (
    f"QPushButton {{ border: 1px solid {style.LINE}; padding: 4px 12px;"
    f" background: {style.PAPER}; }}"
    f"QPushButton:checked {{ background: {style.TINT}; color: {style.ACCENT};"
    f" border-color: {style.ACCENT}; font-weight: bold; }}"
    f"QPushButton:focus {{ border: 2px solid {style.ACCENT}; padding: 3px 11px; }}"
)
