"""The card of one mark: status and dates with their reasons, events, pictures, use and rights."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang, told
from brandpool.models.trademark import Trademark
from brandpool.reports.documents.articles import cited
from brandpool.reports.documents.certificate import spoken
from brandpool.services.history import HistoryRow
from brandpool.ui import mark_reading, style
from brandpool.ui.card_parts import Facts, Sheet, add_button, banner, fit
from brandpool.ui.card_section import CardSection
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.mark_events import MarkEvents
from brandpool.ui.mark_images import MarkImages
from brandpool.ui.mark_reading import DatedRow, MarkCard, read_mark, status_word
from brandpool.ui.mark_status_form import MarkStatusForm, restate_one
from brandpool.ui.page import Shell
from brandpool.ui.use_grid import YearStrip
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm

_HEAD = ("name", "reg_no", "nice_class", "status", "status_fixed", "status_reason")


class TrademarkCard(QWidget):
    """Shows the mark it was last told to; `leave` goes back to the list."""

    def __init__(self, shell: Shell, leave: Callable[[], object]) -> None:
        super().__init__()
        self.shell = shell
        self.mark = ""
        self.card: MarkCard | None = None
        self.events = MarkEvents(shell)
        self.images = MarkImages(shell, mark_reading.LINK)
        self.use = YearStrip(shell)
        self.facts = Facts(shell, Trademark, _HEAD)
        self.dates: PlainTable[DatedRow] = PlainTable(
            (_("期限"), _("登记"), _("推算"), _("条款"), _("说明")),
            (190, 100, 100, 190, 300), _("期限"),
        )  # fmt: skip
        self.dates.activated.connect(lambda _index: self.show_chain())
        self.sections = [
            CardSection(shell, model, mark_reading.LINK) for model in mark_reading.SECTIONS
        ]
        self.past: PlainTable[HistoryRow] = PlainTable(
            (_("时间"), _("经办人"), _("项目"), _("原值"), _("新值"), _("操作")),
            (140, 90, 130, 180, 180, 200), _("修改历史"),
        )  # fmt: skip
        self._lay_out(leave)
        self._bind(leave)

    def show_mark(self, mark: str) -> None:
        """Show this mark from its top."""
        self.mark = mark
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the card again."""
        mark, tongue = self.mark, lang()
        if mark:
            self.shell.work.read(
                lambda session: read_mark(session, mark, tongue, date.today()),
                self._show, replaces=self, failed=self._gone,
            )  # fmt: skip

    def edit(self) -> None:
        """Open the form of the mark; its status follows what is saved."""
        form = RecordForm(self.shell, Trademark, self.mark, parent=self)
        form.saved.connect(lambda mark: restate_one(self.shell, mark))
        form.show()

    def show_chain(self) -> None:
        """Open the chain of the date in the table."""
        row = self.dates.chosen()
        if row is not None and self.card is not None:
            title = f"{row.label}：{row.computed or row.recorded}"
            ChainBox(title, row.explained, self, about=self._about(told(row.note))).exec()

    def show_status(self) -> None:
        """Open the way the status was derived."""
        if self.card is not None:
            status = self.card.status
            title = _("状态：{status}").format(status=status_word(status.derived, lang()))
            about = self._about(spoken(str(status.explained["why"])))
            ChainBox(title, status.explained, self, about=about).exec()

    def fix(self) -> None:
        """Set the status by hand, or release it."""
        if self.card is not None:
            MarkStatusForm(self.shell, self.card.status, self).open()

    def _about(self, note: str) -> str:
        if self.card is None:
            return note
        mark = self.card.status.mark
        return "　".join(part for part in (mark.name or "", mark.number, note) if part)

    def _lay_out(self, leave: Callable[[], object]) -> None:
        self.back = QPushButton(_("返回列表"))
        self.back.clicked.connect(lambda _checked=False: leave())
        self.title = style.heading("", points=15)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.under = style.soft("")
        self.owner = style.quiet(QPushButton())
        self.owner.setAccessibleName(_("所属企业"))
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.why = style.quiet(QPushButton(_("状态依据…")))
        self.fixing = QPushButton(_("人工认定状态…"))
        self.history = QPushButton(_("历史…"))
        self.edit_button = style.primary(QPushButton(_("修改")))
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.under)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 16, 0)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        self.add = add_button(self.sections)
        for button in (self.owner, self.add, self.fixing, self.history, self.edit_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        standing = QHBoxLayout()
        standing.setContentsMargins(0, 0, 16, 0)
        standing.addWidget(self.status, 1)
        standing.addWidget(self.why)
        self.warning = banner()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(self._body())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 0, 0)
        layout.addLayout(head)
        layout.addLayout(standing)
        layout.addWidget(self.warning)
        layout.addWidget(self.area, 1)

    def _bind(self, leave: Callable[[], object]) -> None:
        self.why.clicked.connect(self.show_status)
        self.fixing.clicked.connect(self.fix)
        self.edit_button.clicked.connect(self.edit)
        self.history.clicked.connect(
            lambda: HistoryDialog(self.shell, Trademark, self.mark, None, self).exec()
        )
        self.owner.clicked.connect(self._open_enterprise)
        QShortcut(
            QKeySequence("Escape"), self, leave,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(10)
        self.dates_sheet = Sheet(_("期限（双击看依据）"), self.dates)
        self.use_sheet = Sheet(_("使用证据（双击登记或查看）"), self.use)
        parts = (
            self.dates_sheet, self.events, Sheet(_("基本信息"), self.facts), self.images,
            self.use_sheet, *self.sections, Sheet(_("修改历史"), self.past),
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return body

    def _show(self, card: MarkCard) -> None:
        self.card = card
        mark, texts = card.status.mark, card.line.texts
        self.title.setText(mark.name or _("（未命名）"))
        self.under.setText(mark.number)
        self.owner.setText(card.line.links.get("enterprise_id", ""))
        self.owner.setVisible(bool(self.owner.text()))
        self._show_status(card)
        self._warn(card)
        self.dates.fill([Shown(row, _dated_texts(row)) for row in card.dates])
        self.dates_sheet.setVisible(bool(card.dates))
        fit(self.dates, len(card.dates))
        self.events.show_events(mark.id, card.events)
        self.facts.show_line(card.line)
        self.images.show_images(mark.id, card.images)
        self.use_sheet.setVisible(card.use is not None)
        if card.use is not None:
            self.use.show_use(card.use)
        for section, lines in zip(self.sections, card.sections, strict=True):
            section.show_lines(mark.id, lines)
        self.past.fill(card.past)
        fit(self.past, len(card.past))
        self.setAccessibleName(f"{texts['name']} {mark.number}")

    def _show_status(self, card: MarkCard) -> None:
        status = card.status
        word = status_word(status.status, lang())
        if status.fixed:
            derived = status_word(status.derived, lang())
            why = _("人工认定：{reason}（推算为“{derived}”）").format(
                reason=status.reason, derived=derived
            )
        else:
            check = _("，须核对登记簿") if status.explained["verify"] else ""
            why = spoken(status.reason) + check
        self.status.setText(_("状态：<b>{word}</b>　{why}").format(word=word, why=why))

    def _warn(self, card: MarkCard) -> None:
        words = [one for one in (card.agency_flag, card.owner_advice) if one]
        if card.open_stage and card.pledges:
            text = _("该商标有 {number} 项有效质押：办理续展或放弃前须告知质权人。")
            words.append(text.format(number=card.pledges))
        words += [
            _("{label}：登记为 {recorded}，推算为 {computed}，以登记为准，请核对。").format(
                label=row.label, recorded=row.recorded, computed=row.computed
            )
            for row in card.dates
            if row.differs
        ]
        self.warning.setText("\n".join(words))
        self.warning.setVisible(bool(words))

    def _open_enterprise(self) -> None:
        if self.card is not None and self.card.status.mark.enterprise_id:
            self.shell.open("enterprise", self.card.status.mark.enterprise_id)

    def _gone(self, reason: str) -> None:
        self.shell.say(reason)
        self.back.click()


def _dated_texts(row: DatedRow) -> tuple[str, ...]:
    recorded = row.recorded.isoformat() if row.recorded else "—"
    computed = row.computed.isoformat() if row.computed else "—"
    articles = dict.fromkeys(step.article for step in row.explained.chain if step.article)
    provisional = [_("暂定")] if row.explained.provisional else []
    note = "；".join([*provisional, *([told(row.note)] if row.note else [])])
    return (row.label, recorded, computed, "、".join(map(cited, articles)), note)
