"""外勤包: at the office what is out and home; on a laptop what still has to come home."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import pack_receipt
from brandpool.exchange.pack_home import Homeward
from brandpool.exchange.pack_out import MadePack
from brandpool.exchange.pack_receipt import Confirmed
from brandpool.exchange.packs import Opened
from brandpool.i18n import _
from brandpool.services import packs as register
from brandpool.services.history import StepRow
from brandpool.services.packs import PackRow
from brandpool.ui import style
from brandpool.ui.pack_files import ask_packs
from brandpool.ui.pack_homeward import PackHomeward, homeward_words
from brandpool.ui.pack_merge import MergeView
from brandpool.ui.pack_open import PackOpening
from brandpool.ui.pack_order import PackOrder
from brandpool.ui.pack_reading import PackState, read_state, state_word
from brandpool.ui.pack_words import megabytes
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

_ALL, _OUT, _LATE, _BACK = "", "out", "late", "back"


class PacksPage(Page):
    """The register or a laptop's own list; in its place the preview while a pack is merged."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.state = PackState(())
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.hide()
        self.copy = QLabel()
        self.copy.setWordWrap(True)
        self.make = style.primary(QPushButton(_("制作外勤包…")))
        self.home = style.primary(QPushButton(_("带回…")))
        self.open_button = QPushButton(_("打开外勤包…"))
        self.open_button.setToolTip(_("合并带回的包、读入回执、新建外勤副本：按文件自己的类别办"))
        self.back = QPushButton(_("登记归还…"))
        self.back.setToolTip(_("没有带回文件也可登记，例如电脑遗失"))
        self.release = QPushButton(_("移除已确认的原件…"))
        self.chips: dict[str, QPushButton] = {}
        self.table: PlainTable[PackRow] = PlainTable(
            (
                _("状态"), _("领用人"), _("归还期限"), _("企业"), _("领用日期"), _("归还日期"),
                _("名称"), _("外勤包编号"),
            ),
            (70, 130, 96, 84, 96, 96, 306, 180),
            _("外勤包"),
        )  # fmt: skip
        self.steps: PlainTable[StepRow] = PlainTable(
            (_("时间"), _("经办人"), _("记录数"), _("操作")),
            (150, 110, 70, 600),
            _("还没有确认的操作"),
        )
        self.empty = style.soft("")
        self.merging = MergeView(shell)
        self._lay_out()
        self._connect()
        self._on_row()

    def refresh(self) -> None:
        """Read the register, or what waits, again."""
        self.shell.work.run(
            lambda task: read_state(task.pool, date.today()), self._show, replaces=self
        )

    def open_record(self, _kind: str, record: str) -> None:
        """Stand on a pack of the register."""
        self.turn(_ALL)
        for place, line in enumerate(self.table.rows.shown):
            if line.row.id == record:
                self.table.selectRow(place)

    def take_out(self, enterprises: Sequence[str] = ()) -> None:
        """Open the form of a pack that goes out, with these enterprises if any."""
        form = PackOrder(self.shell, enterprises, self)
        form.made.connect(self._on_made)
        form.open()

    def bring_home(self) -> None:
        """Ask for the passphrase, and write what goes home."""
        form = PackHomeward(self.shell, self)
        form.made.connect(self._on_homeward)
        form.open()

    def open_files(self, paths: Sequence[Path] = ()) -> None:
        """Open packs, by default those the clerk chooses: each is handled by what it is."""
        chosen = list(paths) or ask_packs(self, _("打开外勤包"))
        if chosen:
            box = PackOpening(chosen, self)
            box.opened.connect(self.take)
            box.made.connect(self._enter)
            box.open()

    def take(self, opened: Sequence[Opened]) -> None:
        """Preview packs that came home; read a receipt."""
        if opened[0].manifest.sort == "receipt":
            self._read_receipts(opened)
            return
        self.stack.setCurrentWidget(self.merging)
        self.merging.take(opened)

    def turn(self, at: str) -> None:
        """Show the packs that are out, overdue or home; all of them with an empty word."""
        self.chips[at].setChecked(True)
        self._fill()

    def free_space(self) -> None:
        """Remove the originals that the office has confirmed, after asking."""
        state = self.state
        box = QMessageBox(QMessageBox.Icon.Question, _("移除原件"), "", parent=self)
        box.setText(
            _(
                "指导站已确认收到 {number} 个附件的原件（{size}）。从这台电脑移除它们，只留缩略图？"
                "没有确认的原件不会动。"
            ).format(number=state.free_files, size=megabytes(state.free_bytes))
        )
        yes = box.addButton(_("移除"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            self.shell.work.run(
                lambda task: pack_receipt.release(task.pool),
                self._on_released,
                title=_("移除原件"),
                owner=self,
            )

    def give_back(self) -> None:
        """Write down that a pack is home, whatever became of it."""
        row = self.table.chosen()
        if row is None or row.returned_on is not None:
            return
        note, agreed = QInputDialog.getText(self, _("登记归还"), _("说明（例如 电脑遗失，可不填）"))
        if agreed:
            why = _("登记外勤包归还：{title}").format(title=row.title)
            today = date.today()
            self.shell.work.write(
                why,
                lambda session: register.give_back(session, row.pack_no, today, note.strip()),
                lambda _done: self.shell.say(why),
                owner=self,
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(style.heading(_("外勤包")))
        head.addStretch(1)
        for button in (self.release, self.back, self.open_button, self.make, self.home):
            head.addWidget(button)
        group = QButtonGroup(self)
        self.row_of_chips = QWidget()
        chips = QHBoxLayout(self.row_of_chips)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(4)
        for code in (_ALL, _OUT, _LATE, _BACK):
            chip = QPushButton()
            chip.setCheckable(True)
            chip.clicked.connect(self._fill)
            group.addButton(chip)
            chips.addWidget(chip)
            self.chips[code] = chip
        self.chips[_ALL].setChecked(True)
        chips.addStretch(1)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.copy)
        column.addWidget(self.row_of_chips)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.steps, 1)
        column.addStretch(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.merging)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(self.stack)
        for widget in (self.home, self.release, self.copy, self.steps):
            widget.hide()

    def _connect(self) -> None:
        acts: dict[QPushButton, Callable[[], object]] = {
            self.make: self.take_out,
            self.home: self.bring_home,
            self.open_button: self.open_files,
            self.back: self.give_back,
            self.release: self.free_space,
        }
        for button, act in acts.items():
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.merging.left.connect(self._on_left)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(lambda _index: self._open_row())

    def _show(self, state: PackState) -> None:
        self.state = state
        office = state.copy is None
        for widget in (self.make, self.back, self.row_of_chips):
            widget.setVisible(office)
        for widget in (self.home, self.copy, self.release):
            widget.setVisible(not office)
        counts = Counter(_where(row) for row in state.rows)
        for code, text in (
            (_ALL, _("全部 {number}").format(number=len(state.rows))),
            (_OUT, _("在外 {number}").format(number=counts[_OUT] + counts[_LATE])),
            (_LATE, _("逾期 {number}").format(number=counts[_LATE])),
            (_BACK, _("已归还 {number}").format(number=counts[_BACK])),
        ):
            self.chips[code].setText(text)
        if state.copy is not None:
            self._show_copy(state)
        self._fill()

    def _show_copy(self, state: PackState) -> None:
        waiting = _("指导站还没有确认收到：{steps} 步操作，{files} 个附件。").format(
            steps=len(state.steps), files=state.files
        )
        if not state.steps and not state.files:
            waiting = _("这里的改动和附件，指导站都已确认收到。")
        free = ""
        if state.free_files:
            free = _("已确认的原件 {number} 个，可腾出 {size}。").format(
                number=state.free_files, size=megabytes(state.free_bytes)
            )
        self.copy.setText(waiting + free)
        self.release.setEnabled(bool(state.free_files))
        self.steps.fill([Shown(step, _step_texts(step)) for step in state.steps])

    def _fill(self) -> None:
        office = self.state.copy is None
        at = next(code for code, chip in self.chips.items() if chip.isChecked())
        rows = [row for row in self.state.rows if _wanted(row, at)]
        here = self.table.chosen()
        self.table.fill([Shown(row, _texts(row), row.returned_on is not None) for row in rows])
        places = [i for i, row in enumerate(rows) if here is not None and row.id == here.id]
        if rows:
            self.table.selectRow(places[0] if places else 0)
        self.table.setVisible(office and bool(rows))
        self.steps.setVisible(not office and bool(self.state.steps))
        self.empty.setVisible(office and not rows)
        self.empty.setText(
            _("没有符合条件的外勤包。")
            if self.state.rows
            else _(
                "还没有做过外勤包。选好企业，制作外勤包，带到没有网络的地方走访；带回后在这里合并。"
            )
        )
        self._on_row()

    def _on_row(self) -> None:
        row = self.table.chosen()
        self.back.setEnabled(row is not None and row.returned_on is None)

    def _open_row(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.shell.visit("ledgers").open_record("field_pack", row.id)

    def _enter(self, path: Path) -> None:
        """Open the copy once the box is gone: the window of this page closes with its pool."""
        QTimer.singleShot(0, partial(self.shell.enter, path))

    def _on_left(self) -> None:
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.table.setFocus()

    def _on_made(self, made: MadePack) -> None:
        text = _(
            "已写入 {path}：{enterprises} 家企业，{records} 条记录，{files} 个附件，{size}。"
        ).format(
            path=made.path,
            enterprises=made.enterprises,
            records=f"{made.records:,}",
            files=made.files,
            size=megabytes(made.size),
        )
        if made.missing:
            text += _("另有 {number} 个附件文件不在这台电脑上。").format(number=len(made.missing))
        self._tell(text)

    def _on_homeward(self, told: Homeward) -> None:
        self._tell(homeward_words(told))
        self.refresh()

    def _read_receipts(self, opened: Sequence[Opened]) -> None:
        def job(task: Task) -> Confirmed:
            told = [pack_receipt.confirm(task.pool, one) for one in opened]
            last = told[-1]
            steps, files = sum(one.steps for one in told), sum(one.files for one in told)
            return Confirmed(steps, files, last.steps_open, last.files_open)

        self.shell.work.run(job, self._on_confirmed, title=_("读入回执"), owner=self, keep=True)

    def _on_confirmed(self, told: Confirmed) -> None:
        self._tell(
            _(
                "回执确认：{steps} 步操作、{files} 个附件已到指导站；"
                "还没有确认：{open} 步、{more} 个。"
            ).format(steps=told.steps, files=told.files, open=told.steps_open, more=told.files_open)
        )
        self.refresh()

    def _on_released(self, told: tuple[int, int]) -> None:
        files, size = told
        self._tell(
            _("已移除 {number} 个原件，腾出 {size}，缩略图还在。").format(
                number=files, size=megabytes(size)
            )
        )
        self.refresh()

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        style.tint(self.note, style.GOOD)
        self.note.show()


def pack_up(shell: Shell, enterprises: Sequence[str]) -> None:
    """Go to the page of packs with the form for these enterprises."""
    page = shell.visit("packs")
    if isinstance(page, PacksPage):
        page.take_out(enterprises)


def _where(row: PackRow) -> str:
    if row.returned_on is not None:
        return _BACK
    return _LATE if row.overdue else _OUT


def _wanted(row: PackRow, at: str) -> bool:
    where = _where(row)
    return at == _ALL or where == at or (at == _OUT and where == _LATE)


def _texts(row: PackRow) -> tuple[str, ...]:
    days = [day.isoformat() if day else "" for day in (row.until, row.taken_on, row.returned_on)]
    return (
        state_word(row), row.taken_by, days[0], str(row.enterprises), days[1], days[2], row.title,
        row.pack_no,
    )  # fmt: skip


def _step_texts(step: StepRow) -> tuple[str, ...]:
    return f"{step.at:%Y-%m-%d %H:%M:%S}", step.who, str(step.records), step.why
