"""Taking in what the International Register says: pasted pages or XML files, looked at first."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from brandpool.exchange.madrid_monitor import parse_monitor_text
from brandpool.exchange.madrid_xml import parse_xml
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import madrid_register
from brandpool.services.madrid_register import Applied, RegisterExtract
from brandpool.services.mark_dates import plain_name
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.link_edit import LinkEdit
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

_ONE_BY_ONE = 200


class _Rehearsed(Exception):  # noqa: N818 - not a failure: it takes the rehearsal back
    """Raised inside a writing session so that nothing of it stays."""


class Found(NamedTuple):
    """One registration as read, and what taking it in would bring (None: not rehearsed alone)."""

    extract: RegisterExtract
    brings: Applied | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything read: per registration, in all, lines not understood, enterprises by holder."""

    found: tuple[Found, ...]
    all: Applied
    unread: tuple[tuple[int, str], ...]
    holders: Mapping[str, tuple[str, str]]
    source: str


class MadridPaste(QDialog):
    """Paste or choose a file, look what is new, then write it as one step."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入国际注册簿内容"))
        self._shell = shell
        self.taken: Taken | None = None
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            _("在马德里监视器（Madrid Monitor）打开国际注册，复制整页后粘贴到这里；可连续粘贴。")
        )
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("粘贴的内容"))
        self.paste = QPushButton(_("粘贴"))
        self.look = QPushButton(_("识别"))
        self.file = QPushButton(_("选择 XML 文件…"))
        self.words = style.soft(_("识别只做预览，不写入品牌库。"))
        self.table: PlainTable[Found] = PlainTable(
            (
                _("国际注册号"), _("商标"), _("注册人"), _("注册"), _("新指定"), _("新事件"),
                _("已有事件"), _("缔约方"),
            ),
            (100, 130, 220, 70, 60, 60, 72, 240), _("将导入的国际注册"),
        )  # fmt: skip
        self.holders = QTableWidget(0, 2)
        self.holders.setHorizontalHeaderLabels([_("注册人（库中未对应）"), _("对应企业")])
        self.holders.verticalHeader().hide()
        self.holders.horizontalHeader().setStretchLastSection(True)
        self.holders.setColumnWidth(0, 320)
        self.holders.setMaximumHeight(130)
        self.remarks = QLabel()
        self.remarks.setWordWrap(True)
        self.remarks.setStyleSheet(style.BANNER_SHEET)
        self._lay_out()
        self.paste.clicked.connect(self._paste)
        self.look.clicked.connect(self.recognise)
        self.file.clicked.connect(self._choose)
        self._clear()

    def recognise(self) -> None:
        """Read the pasted text and show what it would bring."""
        text = self.text.toPlainText()

        def job(task: Task) -> Taken:
            read = parse_monitor_text(text)
            return rehearse(task, read.extracts, read.unread, _("粘贴自马德里监视器"))

        self._run(job)

    def read_file(self, path: Path) -> None:
        """Read an XML file and show what it would bring."""
        self._run(lambda task: rehearse(task, parse_xml(path), (), path.name))

    def save(self) -> None:
        """Write everything read, as one step."""
        taken = self.taken
        if taken is None:
            return
        owners = {holder: record for holder, (record, _t) in taken.holders.items() if record}
        owners |= self._chosen()
        extracts = [one.extract for one in taken.found]
        why = _("导入国际注册 {number} 件：{source}").format(
            number=len(extracts), source=taken.source
        )
        self._shell.work.write(
            why, lambda s: madrid_register.apply(s, extracts, owners, taken.source), self._done,
            title=why, owner=self, failed=self._refuse,
        )  # fmt: skip

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        for button in (self.file, self.paste, self.look):
            line.addWidget(button)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("导入"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 2)
        layout.addLayout(line)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.holders)
        layout.addWidget(self.remarks)
        layout.addWidget(buttons)
        self.resize(1040, 680)

    def _run(self, job: Callable[[Task], Taken]) -> None:
        self._clear()
        self._shell.work.run(
            job, self._show, title=_("识别"), owner=self, replaces=self, failed=self._refuse
        )

    def _paste(self) -> None:
        self.text.appendPlainText(QGuiApplication.clipboard().text())
        self.recognise()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("选择 XML 文件"), "", _("国际注册簿 XML (*.xml);;全部 (*)")
        )
        if chosen:
            self.read_file(Path(chosen))

    def _clear(self) -> None:
        self.taken = None
        self.table.fill([])
        self.holders.setRowCount(0)
        self.holders.hide()
        self.remarks.hide()
        self.save_button.setEnabled(False)

    def _show(self, taken: Taken) -> None:
        self.taken = taken
        self.table.fill([Shown(one, _texts(one), _nothing_new(one.brings)) for one in taken.found])
        total = taken.all
        text = _(
            "识别 {all} 件：新增国际注册 {new}，已有 {known}；新指定 {designations}，"
            "新事件 {events}，已有事件 {old}。"
        )
        self.words.setText(text.format(
            all=len(taken.found), new=total.registrations, known=total.known_registrations,
            designations=total.designations, events=total.events, old=total.known_events,
        ))  # fmt: skip
        self._offer_holders(taken)
        remarks = [*total.notes[:6], *_unread_words(taken.unread)]
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.save_button.setEnabled(bool(taken.found))
        self.save_button.setFocus()

    def _offer_holders(self, taken: Taken) -> None:
        unknown = [holder for holder, (record, _t) in taken.holders.items() if not record]
        self.holders.setRowCount(len(unknown))
        self.holders.setVisible(bool(unknown))
        for row, holder in enumerate(unknown):
            self.holders.setItem(row, 0, QTableWidgetItem(holder))
            self.holders.setCellWidget(row, 1, LinkEdit(self._shell.work, Enterprise.kind()))

    def _chosen(self) -> dict[str, str]:
        found = {}
        for row in range(self.holders.rowCount()):
            edit, item = self.holders.cellWidget(row, 1), self.holders.item(row, 0)
            if isinstance(edit, LinkEdit) and item is not None:
                edit.settle()
                if edit.record:
                    found[item.text()] = edit.record
        return found

    def _done(self, applied: Applied) -> None:
        text = _("已导入：新增国际注册 {new} 件、指定 {designations} 项、事件 {events} 条。")
        self._shell.say(text.format(
            new=applied.registrations, designations=applied.designations, events=applied.events
        ))  # fmt: skip
        self.accept()

    def _refuse(self, reason: str) -> None:
        QMessageBox.warning(self, _("没有导入"), reason)


def rehearse(
    task: Task,
    extracts: Sequence[RegisterExtract],
    unread: Sequence[tuple[int, str]],
    source: str,
) -> Taken:
    """What taking these in would bring, each by itself while they are few; nothing is written."""
    with task.read() as session:
        rows = session.execute(select(Enterprise.id, Enterprise.name)).all()
    by_name = {plain_name(name): (record, str(name)) for record, name in rows if name}
    holders = {e.holder: by_name.get(plain_name(e.holder), ("", "")) for e in extracts if e.holder}
    owners = {holder: record for holder, (record, _name) in holders.items() if record}
    alone: list[Applied] = []
    total = Applied()
    with contextlib.suppress(_Rehearsed), task.write(_("预览导入")) as session:
        for place, extract in enumerate(extracts[:_ONE_BY_ONE]):
            alone.append(madrid_register.apply(session, [extract], owners, source))
            task.progress(place, len(extracts))
        if extracts[_ONE_BY_ONE:]:
            rest = madrid_register.apply(session, extracts[_ONE_BY_ONE:], owners, source)
            _add(total, rest)
        _take_back()
    for one in alone:
        _add(total, one)
    brings: list[Applied | None] = [*alone, *([None] * (len(extracts) - len(alone)))]
    found = tuple(Found(extract, one) for extract, one in zip(extracts, brings, strict=True))
    return Taken(found, total, tuple(unread), holders, source)


def _take_back() -> None:
    raise _Rehearsed


def _add(total: Applied, one: Applied) -> None:
    total.registrations += one.registrations
    total.known_registrations += one.known_registrations
    total.designations += one.designations
    total.events += one.events
    total.known_events += one.known_events
    total.notes += one.notes


def _texts(one: Found) -> tuple[str, ...]:
    extract, brings = one.extract, one.brings
    numbers: tuple[str, ...] = ("", "", "", "")
    if brings is not None:
        numbers = (
            _("新增") if brings.registrations else _("已有"), str(brings.designations),
            str(brings.events), str(brings.known_events),
        )  # fmt: skip
    return (extract.irn, extract.name, extract.holder, *numbers, "、".join(extract.parties))


def _nothing_new(brings: Applied | None) -> bool:
    new = brings and (brings.registrations or brings.designations or brings.events)
    return brings is not None and not new


def _unread_words(unread: Sequence[tuple[int, str]]) -> list[str]:
    if not unread:
        return []
    shown = "；".join(_("第 {n} 行：{text}").format(n=n, text=text[:60]) for n, text in unread[:5])
    text = _("有 {number} 行没有认出，不会导入：{shown}")
    return [text.format(number=len(unread), shown=shown)]
