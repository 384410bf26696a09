"""The star rating of a station: thirteen items, what bears each out, what is missing."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.exchange import target_papers, word
from brandpool.exchange.table_out import chinese_day, file_name
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.star import StationPaper
from brandpool.models.station import Station
from brandpool.reports.documents.content import frame, office
from brandpool.services import exports, records, stars
from brandpool.services.exports import Exported
from brandpool.services.stars import ItemScore, PartScore, Rating
from brandpool.ui import style
from brandpool.ui.document_section import read_file
from brandpool.ui.page import Page, Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.star_score_form import StarScoreForm
from brandpool.ui.widgets.gauge import Gauge, GaugeDelegate
from brandpool.ui.widgets.plain_table import PlainModel, PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm

_GAUGE = 5
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Read:
    """The rating with the stations there are to choose from."""

    rating: Rating
    stations: tuple[tuple[str, str], ...]


class _ItemModel(PlainModel[ItemScore]):
    """The lines of items; the gauge's cell holds its gauge."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        """The text of a cell, or the gauge."""
        if role == Qt.ItemDataRole.UserRole and index.column() == _GAUGE:
            return _gauge(self.shown[index.row()].row)
        return super().data(index, role)


class StarsPage(Page):
    """Items above, the parts of the chosen one below."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rating: Rating | None = None
        self.year = QSpinBox()
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setValue(date.today().year)
        self.year.setAccessibleName(_("评价年度"))
        self.station = QComboBox()
        self.station.setAccessibleName(_("服务站"))
        self.station.addItem(_("全部服务站"), "")
        self.station.hide()
        self.total = style.heading("", points=13)
        self.note = QLabel()
        self.note.setStyleSheet(style.BANNER_SHEET)
        self.note.setWordWrap(True)
        self.rules = QPushButton(_("评分细则…"))
        self.paper = QPushButton(_("登记站务材料…"))
        self.paper.setToolTip(_("选择文件登记；没有文件的在“台账”的“站务材料”里新增"))
        self.save = QPushButton(_("保存自评表…"))
        self.table: PlainTable[ItemScore] = PlainTable(
            (
                _("类别"), _("项目"), _("分值"), _("台账得分"), _("自评分"), _("得分率"),
                _("评分理由"), _("缺项"),
            ),
            (84, 110, 56, 76, 76, 190, 200, 320), _("星级评价项目"),
        )  # fmt: skip
        self.table.rows = _ItemModel(self.table.rows.headings)
        self.table.setModel(self.table.rows)
        self.table.setItemDelegateForColumn(_GAUGE, GaugeDelegate(self.table))
        self.title = style.heading("", points=12)
        self.parts: PlainTable[PartScore] = PlainTable(
            (_("评分点"), _("分值"), _("得分"), _("现有"), _("满分需"), _("还缺什么")),
            (320, 56, 56, 56, 64, 420), _("评分点"),
        )  # fmt: skip
        self.evidence = QPushButton()
        self.score = style.primary(QPushButton(_("改自评分…")))
        self.back = QPushButton(_("恢复台账得分"))
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Score again."""
        year, station, on = self.year.value(), str(self.station.currentData() or ""), date.today()
        self.shell.work.read(lambda s: _read(s, year, on, station), self._show, replaces=self)

    def chosen(self) -> ItemScore | None:
        """The item the clerk stands on."""
        return self.table.chosen()

    def open_evidence(self) -> None:
        """Show the records that bear out the chosen part, or the item."""
        part, item = self.parts.chosen(), self.chosen()
        rows = part.rows if part is not None and self.parts.hasFocus() else ()
        if item is not None and (rows or item.rows):
            open_rows(
                self.shell, self, rows or item.rows, _("{item}的佐证").format(item=item.label)
            )

    def set_score(self) -> None:
        """Ask for a score and its reason."""
        item = self.chosen()
        if item is not None and self.rating is not None:
            StarScoreForm(self.shell, self.rating, item, self._station(), self).open()

    def clear_score(self) -> None:
        """Go back to what the ledgers bear out."""
        item, rating = self.chosen(), self.rating
        if item is not None and rating is not None and item.record:
            self.shell.work.write(
                _("恢复台账得分：{item}").format(item=item.label),
                lambda session: stars.clear_score(session, rating, item.code),
                owner=self,
            )

    def add_paper(self) -> None:
        """Choose the file of a paper of the station, keep it, then open its form filled in."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择站务材料文件"))
        if not chosen:
            return
        path, files = Path(chosen), Attachments(self.shell.work.pool.path)

        def opened(digest: str) -> None:
            preset: dict[str, Value] = {
                "title": path.stem, "file_name": path.name, "content_hash": digest,
                "dated": date.today(),
            }  # fmt: skip
            RecordForm(self.shell, StationPaper, preset=preset, parent=self).show()

        self.shell.work.run(
            lambda _task: files.put(read_file(path)), opened, title=_("保存站务材料"), owner=self
        )

    def save_sheet(self) -> None:
        """Ask for a name, then write the self-rating as a Word file and enter it as an export."""
        rating = self.rating
        if rating is None:
            return
        own = self.shell.settings
        name = file_name(own.zone, _("星级自评表"), rating.on, ".docx")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("保存自评表"), name, "Word (*.docx)")
        if not chosen:
            return
        path, by = Path(chosen).with_suffix(".docx"), office(own)

        def job(session: Session) -> Path:
            table = target_papers.rating_listing(rating)
            title = f"{rating.year}年品牌指导服务站星级自评表"
            opening = f"截至{chinese_day(rating.on)}。"
            context = frame(title, by, rating.on, opening=opening, tables=[table])
            sha256 = word.render(word.template("tables.docx"), context, path)
            exports.register(
                session, Exported(path.name, sha256, len(table.rows)), own.clerk, rating.on
            )
            return path

        self.shell.work.write(
            _("导出：星级自评表"), job,
            lambda path: self.shell.say(_("已保存到 {path}").format(path=path)), owner=self,
        )  # fmt: skip

    def open_rules(self) -> None:
        """Go to the reference data with the points and rules."""
        from brandpool.ui.reference_page import ReferencePage

        page = self.shell.visit("reference")
        if isinstance(page, ReferencePage):
            page.name = "stars"
            page.refresh()

    def _station(self) -> str:
        return str(self.station.currentData() or "")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(QLabel(_("年度")))
        for part in (self.year, self.station, self.total):
            line.addWidget(part)
        line.addStretch(1)
        for button in (self.rules, self.paper, self.save):
            line.addWidget(button)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (self.evidence, self.back, self.score):
            head.addWidget(button)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addLayout(head)
        below.addWidget(self.parts, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([390, 190])
        split.setCollapsible(0, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("星级")))
        layout.addLayout(line)
        layout.addWidget(self.note)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.year.valueChanged.connect(lambda _year: self.refresh())
        self.station.activated.connect(lambda _index: self.refresh())
        self.table.selectionModel().currentRowChanged.connect(lambda *_now: self._on_choice())
        self.table.activated.connect(lambda _index: self.set_score())
        self.parts.activated.connect(lambda _index: self.open_evidence())
        self.evidence.clicked.connect(self.open_evidence)
        self.score.clicked.connect(self.set_score)
        self.back.clicked.connect(self.clear_score)
        self.rules.clicked.connect(self.open_rules)
        self.paper.clicked.connect(self.add_paper)
        self.save.clicked.connect(self.save_sheet)

    def _show(self, read: Read) -> None:
        present = getattr(self.chosen(), "code", "")
        self.rating = rating = read.rating
        self._offer(read.stations)
        text = _("自评 {total} 分，其中台账得分 {proposed} 分（满分 100）")
        self.total.setText(
            text.format(total=stars.number(rating.total), proposed=stars.number(rating.proposed))
        )
        self.note.setText(
            _(
                "{standard}：各项分值依标准公开摘要；项内计分细则未经标准原文核对，台账得分是程序的建议。"
                "拿到标准原文后请在“评分细则…”中改正，或逐项改自评分并写明理由。"
            ).format(standard=rating.standard)
        )
        self.note.setVisible(not rating.verified)
        self.table.fill([Shown(item, _texts(item)) for item in rating.items])
        codes = [item.code for item in rating.items]
        self.table.selectRow(codes.index(present) if present in codes else 0)
        self._on_choice()

    def _offer(self, stations: tuple[tuple[str, str], ...]) -> None:
        present = self._station()
        self.station.clear()
        self.station.addItem(_("全部服务站"), "")
        for record, name in stations:
            self.station.addItem(name, record)
        self.station.setCurrentIndex(max(self.station.findData(present), 0))
        self.station.setVisible(len(stations) > 1)

    def _on_choice(self) -> None:
        item = self.chosen() if self.table.rows.shown else None
        if item is None:
            return
        self.title.setText(_("{item}（{points} 分）").format(
            item=item.label, points=stars.number(item.points)))  # fmt: skip
        self.parts.fill([Shown(part, _part_texts(part)) for part in item.parts])
        self.evidence.setText(_("查看佐证（{number} 条）").format(number=len(item.rows)))
        self.evidence.setEnabled(bool(item.rows))
        self.back.setEnabled(bool(item.record))


def _read(session: Session, year: int, on: date, station: str) -> Read:
    found = [row for row in records.rows(session, Station, records.find(session, Station))
             if row.dup_of is None]  # fmt: skip
    named = tuple((row.id, str(row["name"] or "")) for row in found)
    known = station if station in dict(named) else ""
    return Read(stars.rate(session, year, on, known), named)


def _gauge(item: ItemScore) -> Gauge:
    share = float(item.score / item.points * _HUNDRED) if item.points else 0.0
    state = "met" if item.score >= item.points else "open"
    words = f"{stars.number(item.score)}/{stars.number(item.points)}"
    return Gauge(share, None, state, words)


def _texts(item: ItemScore) -> tuple[str, ...]:
    own = stars.number(item.own) if item.own is not None else "—"
    missing = _("{number} 项：{first}").format(
        number=len(item.missing), first="；".join(item.missing)
    )
    return (
        item.group, item.label, stars.number(item.points), stars.number(item.proposed), own,
        _gauge(item).words, item.reason, missing if item.missing else "",
    )  # fmt: skip


def _part_texts(part: PartScore) -> tuple[str, ...]:
    return (
        part.label, stars.number(part.points), stars.number(part.score), str(part.number),
        str(part.enough), part.missing,
    )  # fmt: skip
