"""The card of one international registration: dates with reasons, parties, events, basic marks."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

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
from brandpool.models.madrid import (
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.reports.documents.articles import cited
from brandpool.services.history import HistoryRow
from brandpool.ui import madrid_reading, style
from brandpool.ui.card_parts import Facts, Sheet, add_button, banner, fit
from brandpool.ui.card_section import CardSection
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.event_form import day_text
from brandpool.ui.madrid_event_case import designation_case, registration_case
from brandpool.ui.madrid_events import EventList
from brandpool.ui.madrid_reading import Held, IrCard, IrDate, read_registration
from brandpool.ui.madrid_status import status_word
from brandpool.ui.madrid_words import LOOKS, party_word, refusal_words
from brandpool.ui.mark_images import MarkImages
from brandpool.ui.page import Shell
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm

_HEAD = ("name", "irn")


class MadridCard(QWidget):
    """Shows the registration it was last told to; `leave` goes back to the tabs."""

    def __init__(self, shell: Shell, leave: Callable[[], object]) -> None:
        super().__init__()
        self.shell = shell
        self.record, self._party = "", ""
        self.card: IrCard | None = None
        self.facts = Facts(shell, InternationalRegistration, _HEAD)
        self.images = MarkImages(shell, madrid_reading.LINK)
        self.dates: PlainTable[IrDate] = PlainTable(
            (_("期限"), _("登记"), _("推算"), _("条款"), _("说明")),
            (250, 100, 100, 220, 260), _("期限"),
        )  # fmt: skip
        self.held: PlainTable[Held] = PlainTable(
            (
                _("缔约方"), _("状态"), _("指定日"), _("指定方式"), _("国际局通知日"),
                _("驳回期限"), _("须知"),
            ),
            (150, 190, 96, 80, 100, 96, 300), _("指定"),
        )  # fmt: skip
        self.events = EventList(shell, DesignationEvent, ("designation_id",))
        self.whole = EventList(shell, IrEvent, ("ir_id",))
        self.sections = [
            CardSection(shell, model, madrid_reading.LINK) for model in madrid_reading.SECTIONS
        ]
        self.past: PlainTable[HistoryRow] = PlainTable(
            (_("时间"), _("经办人"), _("项目"), _("原值"), _("新值"), _("操作")),
            (140, 90, 130, 180, 180, 200), _("修改历史"),
        )  # fmt: skip
        self._lay_out(leave)
        self._bind(leave)

    def show_registration(self, record: str, designation: str = "") -> None:
        """Show this registration, standing on one of its designations."""
        self.record, self._party = record, designation
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the card again."""
        record, tongue = self.record, lang()
        if record:
            self.shell.work.read(
                lambda session: read_registration(session, record, tongue, date.today()),
                self._show, replaces=self, failed=self._gone,
            )  # fmt: skip

    def edit(self) -> None:
        """Open the form of the registration."""
        RecordForm(self.shell, InternationalRegistration, self.record, parent=self).show()

    def designate(self) -> None:
        """Open the form of another designation."""
        RecordForm(
            self.shell, Designation, preset={madrid_reading.LINK: self.record}, parent=self
        ).show()

    def edit_designation(self) -> None:
        """Open the form of the designation in the table."""
        held = self.held.chosen()
        if held is not None:
            RecordForm(self.shell, Designation, held.row.id, parent=self).show()

    def show_chain(self) -> None:
        """Open the chain of the date in the table."""
        row = self.dates.chosen()
        if row is not None:
            title = f"{row.label}：{row.computed or row.recorded}"
            ChainBox(title, row.explained, self, about=self._about(told(row.note))).exec()

    def show_status(self) -> None:
        """Open the way the status of the designation in the table was derived."""
        held = self.held.chosen()
        if held is not None:
            title = f"{party_word(held.row.party)}：{status_word(held.cell.status)}"
            ChainBox(title, held.cell.explained, self, about=self._about("")).exec()

    def _about(self, note: str) -> str:
        parts = (self.title.text(), self.under.text(), note)
        return "　".join(part for part in parts if part)

    def _lay_out(self, leave: Callable[[], object]) -> None:
        self.back = QPushButton(_("返回"))
        self.back.clicked.connect(lambda _checked=False: leave())
        self.title = style.heading("", points=15)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.under = style.soft("")
        self.owner = style.quiet(QPushButton())
        self.owner.setAccessibleName(_("所属企业"))
        self.history = QPushButton(_("历史…"))
        self.edit_button = style.primary(QPushButton(_("修改")))
        self.add = add_button(self.sections)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.under)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 16, 0)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        for button in (self.owner, self.add, self.history, self.edit_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.warning = banner()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(self._body())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.warning)
        layout.addWidget(self.area, 1)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(10)
        self.dates_sheet = Sheet(_("期限（双击看依据）"), self.dates)
        parties = QWidget()
        inside = QVBoxLayout(parties)
        inside.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        self.count = QLabel()
        line.addWidget(self.count, 1)
        self.why = QPushButton(_("状态依据…"))
        self.change = QPushButton(_("修改指定…"))
        self.more = QPushButton(_("新增指定…"))
        for button, act in (
            (self.why, self.show_status),
            (self.change, self.edit_designation),
            (self.more, self.designate),
        ):
            button.clicked.connect(act)
            line.addWidget(button)
        inside.addLayout(line)
        inside.addWidget(self.held)
        parts = (
            Sheet(_("指定缔约方"), parties), self.events, self.dates_sheet, self.whole,
            *self.sections, Sheet(_("基本信息"), self.facts), self.images,
            Sheet(_("修改历史"), self.past),
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return body

    def _bind(self, leave: Callable[[], object]) -> None:
        self.dates.activated.connect(lambda _index: self.show_chain())
        self.held.activated.connect(lambda _index: self.show_status())
        self.held.selectionModel().currentRowChanged.connect(lambda *_rows: self._on_party())
        self.edit_button.clicked.connect(self.edit)
        self.owner.clicked.connect(self._open_enterprise)
        self.history.clicked.connect(
            lambda: HistoryDialog(
                self.shell, InternationalRegistration, self.record, None, self
            ).exec()
        )
        QShortcut(
            QKeySequence("Escape"), self, leave,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    def _show(self, card: IrCard) -> None:
        self.card = card
        self.title.setText(card.ir.name or _("（未命名）"))
        doubt = _("（须核实）") if card.standing.verify else ""
        parts = (
            card.ir.irn or _("尚无国际注册号"),
            status_word(card.standing.status) + doubt,
            told(card.standing.why),
        )
        self.under.setText("　".join(part for part in parts if part))
        self.owner.setText(card.line.links.get("enterprise_id", ""))
        self.owner.setVisible(bool(self.owner.text()))
        self.warning.setText("\n".join(card.warnings))
        self.warning.setVisible(bool(card.warnings))
        self.dates.fill([Shown(row, _date_texts(row)) for row in card.dates])
        self.dates_sheet.setVisible(bool(card.dates))
        fit(self.dates, len(card.dates))
        self._show_held(card.held)
        self.whole.show_events(
            _("整件国际注册的事件"), partial(registration_case, card.ir.id), card.events
        )
        for section, lines in zip(self.sections, card.sections, strict=True):
            section.show_lines(card.ir.id, lines)
        self.facts.show_line(card.line)
        self.images.show_images(card.ir.id, card.images)
        self.past.fill(card.past)
        fit(self.past, len(card.past))

    def _show_held(self, held: Sequence[Held]) -> None:
        before = self.held.chosen()
        wanted = self._party or (before.row.id if before else "")
        self.held.fill([Shown(one, _held_texts(one)) for one in held])
        protected = sum(one.cell.protected for one in held)
        text = _("{all} 项，其中受保护 {protected} 项")
        self.count.setText(text.format(all=len(held), protected=protected))
        fit(self.held, len(held), most=12)
        place = next((n for n, one in enumerate(held) if one.row.id == wanted), 0)
        if held:
            self.held.selectRow(place)
        self._party = ""
        self._on_party()

    def _on_party(self) -> None:
        held = self.held.chosen()
        for button in (self.why, self.change):
            button.setEnabled(held is not None)
        if held is None:
            self.events.show_events(_("指定的事件"), None, ())
            return
        title = _("{party} 的事件").format(party=party_word(held.row.party))
        case = partial(designation_case, held.row.ir_id, held.row.id)
        self.events.show_events(title, case, held.events)

    def _open_enterprise(self) -> None:
        if self.card is not None and self.card.ir.enterprise_id:
            self.shell.open("enterprise", self.card.ir.enterprise_id)

    def _gone(self, reason: str) -> None:
        self.shell.say(reason)
        self.back.click()


def _held_texts(one: Held) -> tuple[str, ...]:
    cell = one.cell
    sign = LOOKS[cell.family].sign
    limit = day_text(cell.refusal_limit["rolled"]) if cell.refusal_limit is not None else "—"
    route = {"application": _("首次"), "subsequent": _("后期")}.get(one.row.route or "", "")
    words = [word for refusal in cell.refusals for word in refusal_words(refusal)]
    if cell.transformable_until:
        words.append(_("可转为国家申请至 {day}").format(day=cell.transformable_until))
    words += cell.remarks
    doubt = "?" if cell.verify else ""
    return (
        party_word(cell.party), f"{sign} {status_word(cell.status)}{doubt}",
        day_text(cell.designated_on), route, day_text(one.row.notified), limit, "；".join(words),
    )  # fmt: skip


def _date_texts(row: IrDate) -> tuple[str, ...]:
    articles = dict.fromkeys(step.article for step in row.explained.chain if step.article)
    recorded = day_text(row.recorded)
    cites = "、".join(map(cited, articles))
    return (row.label, recorded, day_text(row.computed), cites, told(row.note))
