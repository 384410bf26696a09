"""The card of an enterprise: everything of it on one page, every part of it to be edited there."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.document import Document
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record, fields
from brandpool.models.visit import Visit
from brandpool.services.history import HistoryRow
from brandpool.services.tiers import MoveRow
from brandpool.ui import style
from brandpool.ui.card_reading import Card, card_kinds, linked_kinds, read_card
from brandpool.ui.card_section import CardSection
from brandpool.ui.card_themes import ThemedSections, add_menu
from brandpool.ui.document_section import DocumentSection, local_files
from brandpool.ui.enterprise_form import EnterpriseForm
from brandpool.ui.page import Shell
from brandpool.ui.visit_section import VisitSection, head_buttons
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.plain_table import PlainTable
from brandpool.ui.widgets.record_lines import Line
from brandpool.ui.widgets.year_grid import YearGrid

_HEAD = ("name", "credit_code", "status")


class EnterpriseCard(QWidget):
    """Shows the enterprise it was last told to; `leave` goes back to the list."""

    def __init__(self, shell: Shell, leave: Callable[[], object]) -> None:
        super().__init__()
        self.shell = shell
        self.enterprise = ""
        self._stale = False
        self.sections = [_section(shell, model, link) for model, link in linked_kinds()]
        self.themes = ThemedSections(self.sections)
        self.setAcceptDrops(True)
        self.figures = YearGrid(shell)
        self.moves: PlainTable[MoveRow] = PlainTable(
            (
                _("生效日期"), _("梯队"), _("变动"), _("层级"),
                _("历时"), _("文号"), _("决定人"), _("理由"),
            ),
            (96, 130, 80, 200, 80, 130, 90, 200),
            _("层级变动"),
        )  # fmt: skip
        self.past: PlainTable[HistoryRow] = PlainTable(
            (_("时间"), _("经办人"), _("项目"), _("原值"), _("新值"), _("操作")),
            (140, 90, 130, 180, 180, 200),
            _("修改历史"),
        )
        self._lay_out(leave)
        QShortcut(
            QKeySequence("Escape"),
            self,
            leave,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        shell.work.changed.connect(self._on_changed)

    def show_enterprise(self, enterprise: str) -> None:
        """Show this enterprise from its top."""
        self.enterprise = enterprise
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the card again."""
        enterprise, tongue = self.enterprise, lang()
        if enterprise:
            self.shell.work.read(
                lambda session: read_card(session, enterprise, tongue, date.today()),
                self._show,
                replaces=self,
                failed=self._gone,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere on the card."""
        if self.enterprise and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep the files that were dropped as documents of this enterprise."""
        section = next(one for one in self.sections if isinstance(one, DocumentSection))
        section.keep(local_files(event.mimeData()))
        event.acceptProposedAction()

    def edit(self) -> None:
        """Open the form of the enterprise."""
        EnterpriseForm(self.shell, self.enterprise, self).show()

    def show_history(self) -> None:
        """Every value the enterprise's own fields ever had."""
        HistoryDialog(self.shell, Enterprise, self.enterprise, None, self).exec()

    def show_years(self) -> None:
        """Its tiers and papers over the years, as a chart."""
        self.shell.visit("charts").open_record(Enterprise.kind(), self.enterprise)

    def _lay_out(self, leave: Callable[[], object]) -> None:
        self.back = QPushButton(_("返回列表"))
        self.back.clicked.connect(lambda _checked=False: leave())
        self.title = style.heading("", points=15)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.under = style.soft("")
        self.edit_button = style.primary(QPushButton(_("修改")))
        self.edit_button.clicked.connect(self.edit)
        self.add_button = QPushButton(_("新增…"))
        self.add_button.setMenu(add_menu(self, self.sections))
        self.history_button = QPushButton(_("历史…"))
        self.history_button.clicked.connect(self.show_history)
        self.years_button = QPushButton(_("历年图"))
        self.years_button.setToolTip(_("历年所在层级与文书的时间图"))
        self.years_button.clicked.connect(self.show_years)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.under)
        head = QHBoxLayout()
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        head.addSpacing(6)
        head.addLayout(names, 1)
        for section in self.sections:
            if isinstance(section, VisitSection):
                self.field_buttons = head_buttons(section)
                for button in self.field_buttons:
                    head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.years_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        self.standing = QLabel()
        self.standing.setWordWrap(True)
        self.warning = QLabel()
        self.warning.setStyleSheet(style.BANNER_SHEET)
        self.warning.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(self._body())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.warning)
        layout.addWidget(self.standing)
        layout.addWidget(self.area, 1)
        head.setContentsMargins(0, 0, 16, 0)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(10)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(5)
        column.addWidget(_sheet(_("基本信息"), self._facts))
        self.moves_sheet = _sheet(_("层级变动"), _alone(self.moves))
        column.addWidget(self.moves_sheet)
        column.addWidget(_sheet(_("年度数据"), _alone(self.figures)))
        column.addWidget(self.themes)
        column.addWidget(_sheet(_("修改历史"), _alone(self.past)))
        column.addStretch(1)
        return body

    def _show(self, card: Card) -> None:
        texts = card.line.texts
        self.title.setText(texts["name"] or _("（未命名）"))
        former = _("曾用名：{names}").format(names="、".join(card.former)) if card.former else ""
        parts = (texts["credit_code"], texts["status"], former)
        self.under.setText("    ".join(part for part in parts if part))
        self._show_standing(card)
        open_ones = _("有 {number} 处待核定").format(number=len(card.flags))
        warnings = [*card.warnings, *([open_ones] if card.flags else [])]
        self.warning.setVisible(bool(warnings))
        self.warning.setText("\n".join(warnings))
        self._show_facts(card.line)
        self.moves.fill(card.moves)
        self.moves_sheet.setVisible(bool(card.moves))
        _fit(self.moves, len(card.moves))
        self.figures.show_figures(self.enterprise, card.figures)
        for section, found in zip(self.sections, card.sections, strict=True):
            section.show_lines(self.enterprise, found.lines)
            section.tell_below(found.below)
        self.themes.settle()
        self.past.fill(card.past)
        _fit(self.past, len(card.past))

    def _show_standing(self, card: Card) -> None:
        words = [
            f"{row.ladder}：<b>{row.tier}</b>"
            + _("（自 {since} 起）").format(since=row.since.isoformat())
            for row in card.standings
        ]
        self.standing.setText("　　".join(words))
        self.standing.setVisible(bool(words))

    def _show_facts(self, line: Line) -> None:
        while self._facts.count():
            if (old := self._facts.takeAt(0).widget()) is not None:
                old.deleteLater()
        shown = [f for n, f in fields(Enterprise).items() if line.texts[n] and n not in _HEAD]
        for place, field in enumerate(shown):
            row, column = divmod(place, 2)
            name = style.soft(field.label(lang()))
            name.setWordWrap(False)
            text = QLabel(line.texts[field.name])
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            text.customContextMenuRequested.connect(partial(self._field_history, field.name))
            self._facts.addWidget(name, row, column * 2, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(text, row, column * 2 + 1)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)

    def _field_history(self, name: str, *_place: object) -> None:
        field = fields(Enterprise)[name]
        HistoryDialog(self.shell, Enterprise, self.enterprise, field, self).exec()

    def _gone(self, reason: str) -> None:
        self.shell.say(reason)
        self.back.click()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & card_kinds() and self.isVisible():
            self.refresh()


def _section(shell: Shell, model: type[Record], link: str) -> CardSection:
    if model is Document:
        return DocumentSection(shell, link)
    return VisitSection(shell, link) if model is Visit else CardSection(shell, model, link)


def _sheet(title: str, content: QGridLayout | QVBoxLayout) -> QWidget:
    sheet = style.card()
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.addWidget(style.heading(title, points=11))
    layout.addLayout(content)
    return sheet


def _alone(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    return layout


def _fit(table: QTableView, rows: int, most: int = 8) -> None:
    table.setFixedHeight(30 + style.ROW_HEIGHT * max(1, min(rows, most)) + 14)
