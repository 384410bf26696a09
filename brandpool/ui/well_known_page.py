"""Well-known marks, case by case: preparation files with their evidence, and cases."""

from datetime import date

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.models.record import Record
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.ui import style, well_known_reading
from brandpool.ui.page import Page, Shell
from brandpool.ui.well_known_case import CaseView
from brandpool.ui.well_known_file import FileView
from brandpool.ui.well_known_reading import CaseLine, FileLine, Look, route_word
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm

_FILE, _CASE = WellKnownFile.kind(), WellKnownCase.kind()


class WellKnownPage(Page):
    """Files and cases at the left, the chosen one at the right."""

    kinds = frozenset({
        "well_known_file", "evidence_item", "evidence_figure", "well_known_case",
        "well_known_stage", "enterprise", "former_name", "trademark", "mark_event", "document",
        "visit", "credit_listing", "reference_document",
    })  # fmt: skip

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._look = Look((), ())
        self._wanted: tuple[str, str] | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("企业或商标"))
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(_("筛选"))
        self.add_file = style.primary(QPushButton(_("新建准备档")))
        self.add_case = QPushButton(_("登记个案"))
        self.ledger = QPushButton(_("台账…"))
        self.files: PlainTable[FileLine] = PlainTable(
            (_("商标"), _("结论"), _("企业"), _("途径")), (88, 78, 116, 60), _("准备档")
        )
        self.cases: PlainTable[CaseLine] = PlainTable(
            (_("商标"), _("性质"), _("结果或进度"), _("企业"), _("途径")),
            (80, 66, 186, 120, 80),
            _("个案"),
        )
        self.file_view, self.case_view = FileView(shell), CaseView(shell)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Judge every file as of today and read the cases."""
        self.shell.work.read(
            lambda session: well_known_reading.read(session, date.today()),
            self._take,
            replaces=self,
        )

    def open_record(self, kind: str, record: str) -> None:
        """Stand on this file or case, at once or as soon as it has been read."""
        self._wanted = (kind, record)
        self._select_wanted()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.words, 1)
        for button in (self.ledger, self.add_case, self.add_file):
            tools.addWidget(button)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.files, _("准备档"))
        self.tabs.addTab(self.cases, _("个案"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        for view in (self.file_view, self.case_view, self.empty):
            self.stack.addWidget(view)
        body = QSplitter()
        body.addWidget(left)
        body.addWidget(self.stack)
        body.setStretchFactor(1, 1)
        body.setSizes([350, 850])
        body.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        head = QHBoxLayout()
        head.addWidget(style.heading(_("驰名保护")))
        head.addWidget(style.soft(_("个案处理、被动保护：记录只在该案内有效，不是荣誉称号。")), 1)
        layout.addLayout(head)
        layout.addWidget(body, 1)
        self.stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        self.words.textChanged.connect(self._seek)
        self.add_file.clicked.connect(lambda: self._new(WellKnownFile))
        self.add_case.clicked.connect(lambda: self._new(WellKnownCase))
        self.ledger.clicked.connect(self._open_ledger)
        for table in (self.files, self.cases):
            table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show())
        self.tabs.currentChanged.connect(lambda _index: self._show())

    def _take(self, look: Look) -> None:
        kept = self._standing()
        self._look = look
        self.files.fill([
            Shown(line, (line.found.file.mark or "", line.short, line.enterprise,
                         route_word(line.found.file.route)))
            for line in look.files
        ])  # fmt: skip
        self.cases.fill([
            Shown(line, (line.case.values["mark"] or "", line.nature, line.state, line.enterprise,
                         route_word(line.case.values["route"])))
            for line in look.cases
        ])  # fmt: skip
        self.tabs.setTabText(0, _("准备档 {number}").format(number=len(look.files)))
        self.tabs.setTabText(1, _("个案 {number}").format(number=len(look.cases)))
        self._seek(self.words.text())
        self._wanted = self._wanted or kept
        self._select_wanted()
        self._show()

    def _standing(self) -> tuple[str, str] | None:
        if self.tabs.currentIndex() == 0:
            line = self.files.chosen()
            return (_FILE, line.found.file.id) if line else None
        case = self.cases.chosen()
        return (_CASE, case.case.id) if case else None

    def _select_wanted(self) -> None:
        """Go to the wanted record if it is there; otherwise stand on the first."""
        if self._wanted is not None:
            kind, record = self._wanted
            ids = [line.found.file.id for line in self._look.files]
            if kind == _CASE:
                ids = [line.case.id for line in self._look.cases]
            if record in ids:
                self._wanted = None
                self.words.clear()
                self.tabs.setCurrentIndex(1 if kind == _CASE else 0)
                (self.cases if kind == _CASE else self.files).selectRow(ids.index(record))
        for table in (self.files, self.cases):
            if table.rows.shown and not table.currentIndex().isValid():
                table.selectRow(0)

    def _show(self) -> None:
        file = self.files.chosen() if self.tabs.currentIndex() == 0 else None
        case = self.cases.chosen() if self.tabs.currentIndex() == 1 else None
        if file is not None:
            self.file_view.show_file(file)
            self.stack.setCurrentWidget(self.file_view)
        elif case is not None:
            self.case_view.show_case(case)
            self.stack.setCurrentWidget(self.case_view)
        else:
            self.empty.setText(self._nothing())
            self.stack.setCurrentWidget(self.empty)

    def _nothing(self) -> str:
        if self.tabs.currentIndex() == 0:
            return _(
                "还没有准备档。为企业的一件商标新建准备档，填写保护途径和基准日，"
                "按法定因素逐年收集证据，程序会说明缺什么、能否支持。"
            )
        return _("还没有个案。异议、无效宣告、行政查处或诉讼中请求驰名保护的，在这里登记。")

    def _seek(self, text: str) -> None:
        for table in (self.files, self.cases):
            table.seek(text)

    def _new(self, model: type[Record]) -> None:
        form = RecordForm(self.shell, model, parent=self)
        form.saved.connect(lambda record: self.open_record(model.kind(), record))
        form.show()

    def _open_ledger(self) -> None:
        """The tables of the kind in sight, for import, export and filters."""
        from brandpool.ui.ledgers_page import LedgersPage

        model = WellKnownFile if self.tabs.currentIndex() == 0 else WellKnownCase
        page = self.shell.visit("ledgers")
        if isinstance(page, LedgersPage):
            standing = self._standing()
            page.open_record(model.kind(), standing[1] if standing else "")
