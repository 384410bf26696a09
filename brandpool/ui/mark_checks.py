"""What should be looked at: recorded dates the law puts elsewhere, owners under another name."""

from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, told
from brandpool.models.enterprise import Enterprise
from brandpool.services import mark_dates, records, trademarks
from brandpool.services.mark_dates import DateDifference, OwnerMismatch
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class Checked(NamedTuple):
    """Both lists, with the names of the enterprises."""

    dates: list[DateDifference]
    owners: list[OwnerMismatch]
    names: dict[str, str]


class MarkChecks(QWidget):
    """Two lists; nothing is changed here, Enter or a double click leads on."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.dates: PlainTable[DateDifference] = PlainTable(
            (_("商标"), _("注册号（类别）"), _("企业"), _("项目"), _("登记"), _("推算"), _("说明")),
            (140, 150, 210, 110, 100, 100, 220), _("日期差异"),
        )  # fmt: skip
        self.owners: PlainTable[OwnerMismatch] = PlainTable(
            (_("商标"), _("注册号（类别）"), _("登记权利人"), _("企业名称"), _("情形"), _("建议")),
            (140, 150, 200, 200, 90, 360), _("名义不一致"),
        )  # fmt: skip
        self.dates.activated.connect(lambda _index: self._chain())
        self.owners.activated.connect(lambda _index: self._open())
        self.tabs = QTabWidget()
        self.tabs.addTab(
            _with(self.dates, _("登记的日期与法律推算不一致；以登记为准。双击看依据。")), ""
        )
        self.tabs.addTab(
            _with(self.owners, _("登记权利人与企业名称不一致，可能需要变更。双击打开商标。")), ""
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        self.none = style.soft(_("没有发现需要核对的商标。"))
        layout.addWidget(self.none)
        layout.addWidget(self.tabs)
        self._show(Checked([], [], {}))

    def ask(self) -> None:
        """Check all marks again."""
        self._shell.work.read(read_checks, self._show, replaces=self)

    def _show(self, found: Checked) -> None:
        self.tabs.setTabText(0, _("日期差异（{n}）").format(n=len(found.dates)))
        self.tabs.setTabText(1, _("名义不一致（{n}）").format(n=len(found.owners)))
        self.none.setVisible(not found.dates and not found.owners)
        self.dates.fill([Shown(one, _date_texts(one, found.names)) for one in found.dates])
        self.owners.fill([Shown(one, _owner_texts(one)) for one in found.owners])

    def _chain(self) -> None:
        one = self.dates.chosen()
        if one is not None:
            title = _("{label}：推算 {day}").format(label=one.label, day=one.computed)
            about = f"{one.mark.name or ''} {one.mark.number}　{told(one.note)}"
            ChainBox(title, one.explained, self, about=about).exec()

    def _open(self) -> None:
        one = self.owners.chosen()
        if one is not None:
            self._shell.open("trademark", one.mark.id)


def read_checks(session: Session) -> Checked:
    """Look at every mark in the pool that is not dead."""
    today = date.today()
    marks = [
        mark
        for mark in trademarks.gather(session)
        if trademarks.judged(mark, today).status != "dead"
    ]
    living = {mark.id for mark in marks}
    differences = mark_dates.date_differences(marks)
    owners = [one for one in mark_dates.owner_mismatches(session) if one.mark.id in living]
    wanted = {one.mark.enterprise_id for one in differences if one.mark.enterprise_id}
    return Checked(differences, owners, records.titles(session, Enterprise, wanted))


def _date_texts(one: DateDifference, names: dict[str, str]) -> tuple[str, ...]:
    mark = one.mark
    return (
        mark.name or "", mark.number, names.get(mark.enterprise_id or "", ""), one.label,
        one.recorded.isoformat(), one.computed.isoformat(), told(one.note),
    )  # fmt: skip


def _owner_texts(one: OwnerMismatch) -> tuple[str, ...]:
    kind = _("曾用名") if one.former else _("不一致")
    mark = one.mark
    return (mark.name or "", mark.number, mark.owner or "", one.enterprise, kind, one.advice)


def _with(table: QWidget, words: str) -> QWidget:
    sheet = QWidget()
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(8, 8, 8, 8)
    label: QLabel = style.soft(words)
    layout.addWidget(label)
    layout.addWidget(table, 1)
    return sheet
