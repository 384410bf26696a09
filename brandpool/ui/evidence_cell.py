"""One cell of the evidence grid: the papers behind it, what they lack, and more of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.exchange.evidence_volume import Paper, page_count
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.well_known import EvidenceFigure, EvidenceItem
from brandpool.services import records
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_grid import Cell
from brandpool.services.well_known_rows import Item
from brandpool.ui import style
from brandpool.ui.document_section import add_document, read_file
from brandpool.ui.evidence_grid import cell_title, figure_text
from brandpool.ui.lent_files import lend
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.work import Task

_BUSINESS = "business"


class CellBox(QDialog):
    """What fills a cell; papers are added from files or by a form, a figure with its paper."""

    def __init__(self, shell: Shell, found: Assessment, cell: Cell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._found, self._cell = shell, found, cell
        self._files = Attachments(shell.work.pool.path)
        self.setWindowTitle(cell_title(cell))
        self.why = QLabel("\n".join(cell.reasons))
        self.why.setWordWrap(True)
        self.why.setStyleSheet(style.BANNER_SHEET)
        self.why.setVisible(bool(cell.reasons))
        self.papers: PlainTable[Item] = PlainTable(
            (_("证据名称"), _("出具单位"), _("日期"), _("页数"), _("原件"), _("附件")),
            (240, 150, 92, 48, 64, 120),
            _("证据"),
        )
        self.figure = QPushButton(_("修改数据…"))
        self.shown_by = QComboBox()
        self.shown_by.setAccessibleName(_("证明材料"))
        self.add_files = style.primary(QPushButton(_("由文件添加…")))
        self.add_form = QPushButton(_("新增…"))
        self.edit = QPushButton(_("修改…"))
        self.open_file = QPushButton(_("打开附件"))
        self._lay_out()
        self._connect()

    @property
    def factor(self) -> str:
        """The factor of papers that are added here: those behind a figure are business papers."""
        return _BUSINESS if self._is_figure else self._cell.line.code

    @property
    def _is_figure(self) -> bool:
        return self._cell.line.shown_by == "figure"

    def keep(self, paths: Sequence[Path]) -> None:
        """Keep these files beside the pool, each as a paper of this cell, as one step."""
        if not paths:
            return
        files, values = self._files, self._values()
        enterprise = self._found.file.enterprise_id or ""
        figure = self._cell.figure if self._is_figure else ""
        why = _("添加证据 {number} 份").format(number=len(paths))

        def job(task: Task) -> list[str]:
            kept = []
            for done, path in enumerate(paths):
                task.progress(done, len(paths), path.name)
                content = read_file(path)
                kept.append((path, files.put(content), pages_of(path, content)))
            with task.write(why) as session:
                return [
                    add_paper(session, enterprise, path, digest, {**values, "pages": pages}, figure)
                    for path, digest, pages in kept
                ]

        self._shell.work.run(job, self._kept, title=_("添加证据"), owner=self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title = style.heading(cell_title(self._cell), points=12)
        head.addWidget(title, 1)
        for button in (self.open_file, self.edit, self.add_form, self.add_files):
            head.addWidget(button)
        figure = QHBoxLayout()
        held = next((f for f in self._found.gathered.figures if f.id == self._cell.figure), None)
        figure.addWidget(style.heading(figure_text(held) if held else _("没有数据"), points=11))
        figure.addWidget(self.figure)
        figure.addWidget(QLabel(_("证明材料")))
        figure.addWidget(self.shown_by, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.why)
        if self._is_figure:
            layout.addLayout(figure)
        layout.addWidget(self.papers, 1)
        layout.addWidget(buttons)
        self.resize(820, 380)
        items = [one for i in self._cell.items if (one := self._found.gathered.item(i))]
        self.papers.fill([Shown(item, _texts(item)) for item in items])
        self._fill_choice()

    def _fill_choice(self) -> None:
        year = self._cell.year
        self.shown_by.addItem(_("（未选）"), "")
        for item in self._found.gathered.items:
            if item.factor == _BUSINESS and item.shows in (year, None):
                self.shown_by.addItem(f"{item.title or ''} {item.dated or ''}", item.id)
        now = self._cell.items[0] if self._cell.items else ""
        self.shown_by.setCurrentIndex(max(0, self.shown_by.findData(now)))
        self.shown_by.setEnabled(bool(self._cell.figure))

    def _connect(self) -> None:
        self.add_files.clicked.connect(self._choose_files)
        self.add_form.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.open_file.clicked.connect(self._open_file)
        self.figure.clicked.connect(self._edit_figure)
        self.shown_by.activated.connect(self._link)
        self.papers.activated.connect(lambda _index: self._edit())
        self.papers.selectionModel().selectionChanged.connect(self._on_selection)
        if self.papers.rows.shown:
            self.papers.selectRow(0)
        self._on_selection()

    def _values(self) -> dict[str, Value]:
        return {"file_id": self._found.file.id, "factor": self.factor, "year": self._cell.year}

    def _choose_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("添加证据"), "", _("PDF 和图片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp)")
        )
        self.keep([Path(name) for name in chosen])

    def _add(self) -> None:
        self._form(RecordForm(
            self._shell, EvidenceItem, preset=self._values(), parent=self.parentWidget()
        ))  # fmt: skip

    def _edit(self) -> None:
        item = self.papers.chosen()
        if item is not None:
            parent = self.parentWidget()
            self._form(RecordForm(self._shell, EvidenceItem, item.id, parent=parent))

    def _edit_figure(self) -> None:
        self._form(figure_form(self._shell, self._found, self._cell, self.parentWidget()))

    def _form(self, form: RecordForm) -> None:
        """A form takes the place of this box, which shows what was true when it opened."""
        form.show()
        self.accept()

    def _link(self, _index: int) -> None:
        figure, item = self._cell.figure, self.shown_by.currentData() or None
        change: dict[str, Value] = {"evidence_id": item}
        self._shell.work.write(
            _("选定证明材料"),
            lambda session: records.edit(session, EvidenceFigure, figure, change),
            lambda _done: self.accept(),
            owner=self,
        )

    def _open_file(self) -> None:
        item = self.papers.chosen()
        if item is None or not item.content_hash:
            return
        files, digest, name = self._files, item.content_hash, item.file_name or item.title or ""
        self._shell.work.run(
            lambda _task: lend(files, digest, name),
            lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            owner=self,
        )

    def _on_selection(self) -> None:
        item = self.papers.chosen()
        self.edit.setEnabled(item is not None)
        self.open_file.setEnabled(item is not None and bool(item.content_hash))

    def _kept(self, added: list[str]) -> None:
        text = _("已添加 {number} 份证据，请补齐日期和出具单位")
        self._shell.say(text.format(number=len(added)))
        parent = self.parentWidget()
        self._form(RecordForm(self._shell, EvidenceItem, added[0], parent=parent))


def figure_form(shell: Shell, found: Assessment, cell: Cell, parent: QWidget | None) -> RecordForm:
    """The form of a cell's figure: the one there is, or a new one with its unit."""
    if cell.figure:
        return RecordForm(shell, EvidenceFigure, cell.figure, parent=parent)
    unit = cell.line.units[min(1, len(cell.line.units) - 1)] if cell.line.units else None
    preset: dict[str, Value] = {
        "file_id": found.file.id, "year": cell.year, "measure": cell.line.code, "unit": unit
    }  # fmt: skip
    return RecordForm(shell, EvidenceFigure, preset=preset, parent=parent)


def add_paper(
    session: Session,
    enterprise: str,
    path: Path,
    digest: str,
    values: dict[str, Value],
    figure: str = "",
) -> str:
    """Enter a kept file as a document and as a paper of a cell; a figure is shown by it."""
    document = add_document(session, enterprise, path, digest)
    more: dict[str, Value] = {"title": path.stem, "document_id": document}
    item = records.add(session, EvidenceItem, {**values, **more})
    if figure:
        records.edit(session, EvidenceFigure, figure, {"evidence_id": item})
    return item


def pages_of(path: Path, content: bytes) -> int | None:
    """How many pages a file has; None where it is neither PDF nor picture, or cannot be read."""
    try:
        return page_count(Paper(path.stem, content))
    except UserError:
        return None


def _texts(item: Item) -> tuple[str, ...]:
    seen = _("已核对") if item.seen_by and item.seen_on else _("未核对")
    dated = item.dated.isoformat() if isinstance(item.dated, date) else _("没有日期")
    attached = (item.file_name or _("有")) if item.content_hash else _("没有附件")
    return (
        item.title or "", item.issuer or _("不明"), dated, str(item.pages or ""), seen, attached
    )  # fmt: skip
