"""How a list leaves the station: file format, signature line, whether people are named and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.list_out import Leaving, table_of
from brandpool.exchange.table_out import Table, file_name, names_people
from brandpool.exchange.text_out import Encoding
from brandpool.i18n import _
from brandpool.services.answers import Answer
from brandpool.services.shortlists import HandIn
from brandpool.settings import Settings
from brandpool.ui import style

_NAMED = 3
_FORMATS: tuple[tuple[str, str, Encoding], ...] = (
    ("xlsx", ".xlsx", "utf-8-sig"),
    ("csv UTF-8", ".csv", "utf-8-sig"),
    ("csv GBK", ".csv", "gbk"),
    ("csv GB18030", ".csv", "gb18030"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clerk wants: the table, where to, how; and as what it is handed in, if it is."""

    path: Path
    table: Table
    leaving: Leaving
    hand_in: HandIn | None = None


class LeaveDialog(QDialog):
    """Asks how the answer is to leave; with `handing`, also to whom it is handed in."""

    def __init__(
        self,
        answer: Answer,
        title: str,
        settings: Settings,
        parent: QWidget,
        *,
        handing: bool = False,
        notes: tuple[str, ...] = (),
        listed: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._answer, self._settings, self._notes = answer, settings, notes
        self._listed = tuple(listed)
        self.setWindowTitle(_("报送名单") if handing else _("导出"))
        self.setMinimumWidth(440)
        self.title = QLineEdit(title)
        self.format = QComboBox()
        for name, _suffix, _encoding in _FORMATS:
            self.format.addItem(name)
        self.station = QLineEdit(settings.station)
        self.clerk = QLineEdit(settings.clerk)
        self.phone = QLineEdit()
        self.unmasked = QCheckBox(_("写出完整的联系人和电话（默认用 * 遮盖）"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("写明用途，会记入导出登记"))
        self.to = QLineEdit() if handing else None
        self.document_no = QLineEdit() if handing else None
        self.recommends = QCheckBox(_("推荐名单（信用名单上的企业不得推荐）"))
        self.recommends.setChecked(True)
        self.barred = QLabel()
        self.barred.setWordWrap(True)
        self.barred.setStyleSheet(style.BANNER_SHEET)
        self._lay_out()
        self._weigh()

    def wish(self, path: Path) -> Wish:
        """What was asked for, with the file it goes into."""
        title = self.title.text().strip()
        table = table_of(
            self._answer,
            title,
            station=self.station.text().strip(),
            clerk=self.clerk.text().strip(),
            phone=self.phone.text().strip(),
            notes=self._notes,
        )
        who = self.clerk.text().strip()
        leaving = Leaving(
            self._settings.clerk,
            self._answer.on,
            self.unmasked.isChecked(),
            self.reason.text().strip(),
            self._chosen()[1],
        )
        if self.to is None or self.document_no is None:
            return Wish(path, table, leaving)
        how = HandIn(
            title,
            who,
            self.to.text().strip(),
            self.document_no.text().strip(),
            recommends=self.recommends.isChecked(),
        )
        return Wish(path, table, leaving, how)

    def proposed_name(self, day: date) -> str:
        """A file name as the offices use them."""
        suffix = self._chosen()[0]
        return file_name(self._settings.zone, self.title.text().strip(), day, suffix)

    def _chosen(self) -> tuple[str, Encoding]:
        _name, suffix, encoding = _FORMATS[self.format.currentIndex()]
        return suffix, encoding

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("标题"), self.title)
        if self.to is not None and self.document_no is not None:
            form.addRow(_("报送单位"), self.to)
            form.addRow(_("文号"), self.document_no)
            form.addRow("", self.recommends)
        form.addRow(_("格式"), self.format)
        form.addRow(_("填报单位"), self.station)
        form.addRow(_("填报人"), self.clerk)
        form.addRow(_("联系电话"), self.phone)
        people = names_people(table_of(self._answer, ""))
        self.unmasked.setVisible(people)
        self.reason.setVisible(people)
        if people:
            form.addRow("", self.unmasked)
            form.addRow(_("用途"), self.reason)
        buttons = QDialogButtonBox()
        self.go = style.primary(QPushButton(_("选择位置…")))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        rows = len(self._answer.rows)
        layout.addWidget(style.soft(_("共 {rows} 行，按屏幕上的列和顺序。").format(rows=rows)))
        layout.addWidget(self.barred)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.title.textChanged.connect(self._weigh)
        self.reason.textChanged.connect(self._weigh)
        self.unmasked.toggled.connect(self._weigh)
        self.recommends.toggled.connect(self._weigh)

    def _weigh(self) -> None:
        """Nothing leaves without a title, nobody's data unmasked without a purpose, and nobody on
        a credit list is recommended."""
        stopped = bool(self._listed) and self.to is not None and self.recommends.isChecked()
        self.barred.setVisible(stopped)
        self.barred.setText(_not_recommended(self._listed))
        self.reason.setEnabled(self.unmasked.isChecked())
        justified = not self.unmasked.isChecked() or bool(self.reason.text().strip())
        self.go.setEnabled(bool(self.title.text().strip()) and justified and not stopped)


def _not_recommended(listed: Sequence[str]) -> str:
    """Who may not be recommended, and what to do."""
    shown = "；".join(listed[:_NAMED])
    more = _("等 {n} 家").format(n=len(listed)) if len(listed) > _NAMED else ""
    text = _("不能作为推荐名单报送：{who}{more}。请先移出这些企业，或不作推荐报送。")
    return text.format(who=shown, more=more)


def ask_how(
    answer: Answer,
    title: str,
    settings: Settings,
    parent: QWidget,
    *,
    handing: bool = False,
    notes: tuple[str, ...] = (),
    listed: Sequence[str] = (),
) -> Wish | None:
    """Ask how the list is to leave and into which file, or None.

    `listed` are sentences about who on it is on a credit list.
    """
    box = LeaveDialog(answer, title, settings, parent, handing=handing, notes=notes, listed=listed)
    if box.exec() != QDialog.DialogCode.Accepted:
        return None
    name = box.proposed_name(answer.on)
    kinds = _("表格 (*{suffix})").format(suffix=Path(name).suffix)
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("导出到"), name, kinds)
    if not chosen:
        return None
    suffix = Path(name).suffix
    path = Path(chosen)
    return box.wish(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))
