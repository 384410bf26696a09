"""Dependency and central attack: what rests on which basic mark, and what falls with it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.services import dependency, records
from brandpool.services.dependency import AttackRow, Basic, DependencyRow
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.madrid_matrix import chosen_day
from brandpool.ui.madrid_words import party_word
from brandpool.ui.mark_reading import status_word
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class RadarLook(NamedTuple):
    """The dependency of every registration, what is in danger now, and enterprises' names."""

    rows: list[DependencyRow]
    danger: list[AttackRow]
    names: Mapping[str, str]


class Radar(QWidget):
    """The list above chooses the basic mark whose fall is shown below.

    `opened` carries the id of a registration.
    """

    opened = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found = RadarLook([], [], {})
        self.only = QCheckBox(_("只看依赖期内的"))
        self.only.setChecked(True)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(_("假设失效日"))
        self.basic = QComboBox()
        self.basic.setAccessibleName(_("基础商标"))
        self.basic.setMinimumWidth(260)
        self.danger = QLabel()
        self.danger.setStyleSheet(style.BANNER_SHEET)
        self.danger.setWordWrap(True)
        self.list: PlainTable[DependencyRow] = PlainTable(
            (
                _("国际注册号"), _("商标"), _("企业"), _("依赖期届满"), _("剩余天数"),
                _("基础商标（状态）"),
            ),
            (110, 130, 220, 100, 80, 320), _("依赖关系"),
        )  # fmt: skip
        self.cascade: PlainTable[AttackRow] = PlainTable(
            (
                _("国际注册号"), _("商标"), _("后果"), _("受影响类别"), _("将失去的缔约方"),
                _("可转为国家申请至"),
            ),
            (110, 130, 110, 100, 420, 130), _("连带失效"),
        )  # fmt: skip
        self.verdict = style.soft("")
        self._lay_out()
        self._connect()

    def ask(self) -> None:
        """Read the dependencies again."""
        self._shell.work.read(
            lambda session: read_radar(session, date.today()), self._take, replaces=self
        )

    def simulate(self) -> None:
        """Show what would fall if the chosen basic mark fell on the chosen day."""
        number, on = self.basic.currentData(), chosen_day(self.day)
        if not number:
            self.cascade.fill([])
            self.verdict.setText(_("没有基础商标可选。请在国际注册的卡片上登记基础商标。"))
            return
        self._shell.work.read(
            lambda session: dependency.central_attack(session, number, on), self._show_cascade,
            replaces=self.cascade,
        )  # fmt: skip

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(style.heading(_("依赖关系"), points=11))
        top.addStretch(1)
        top.addWidget(self.only)
        upper, lower = QWidget(), QWidget()
        above, below = QVBoxLayout(upper), QVBoxLayout(lower)
        for column in (above, below):
            column.setContentsMargins(0, 0, 0, 0)
        above.addLayout(top)
        above.addWidget(self.danger)
        above.addWidget(self.list, 1)
        ask = QHBoxLayout()
        ask.addWidget(style.heading(_("中心打击：假如"), points=11))
        ask.addWidget(self.basic)
        ask.addWidget(QLabel(_("于")))
        ask.addWidget(self.day)
        ask.addWidget(QLabel(_("失效")))
        ask.addStretch(1)
        below.addLayout(ask)
        below.addWidget(self.verdict)
        below.addWidget(self.cascade, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(upper)
        halves.addWidget(lower)
        halves.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addWidget(halves)

    def _connect(self) -> None:
        self.only.toggled.connect(lambda _on: self._fill())
        self.basic.currentIndexChanged.connect(lambda _index: self.simulate())
        self.day.dateChanged.connect(lambda _day: self.simulate())
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._choose())
        self.list.activated.connect(lambda _index: self._open())
        self.cascade.activated.connect(lambda _index: self._chain())

    def _take(self, found: RadarLook) -> None:
        self._found = found
        words = [_attack_words(row) for row in found.danger]
        self.danger.setText("\n".join(words[:6]))
        self.danger.setVisible(bool(words))
        chosen = self.basic.currentData()
        self.basic.blockSignals(True)
        self.basic.clear()
        for number, text in sorted(_basics(found.rows).items()):
            self.basic.addItem(text, number)
        self.basic.setCurrentIndex(max(self.basic.findData(chosen), 0))
        self.basic.blockSignals(False)
        self._fill()
        self.simulate()

    def _fill(self) -> None:
        only = self.only.isChecked()
        rows = [row for row in self._found.rows if row.dependent or not only]
        self.list.fill(
            [Shown(row, _texts(row, self._found.names), not row.dependent) for row in rows]
        )

    def _choose(self) -> None:
        row = self.list.chosen()
        if row is not None and row.basics:
            self.basic.setCurrentIndex(self.basic.findData(row.basics[0].number))

    def _open(self) -> None:
        row = self.list.chosen()
        if row is not None:
            self.opened.emit(row.ir.id)

    def _chain(self) -> None:
        row = self.cascade.chosen()
        if row is not None:
            title = _("国际注册 {irn} 与基础商标 {number}").format(
                irn=row.ir.irn, number=row.basic.number
            )
            ChainBox(title, row.explained, self, about=_outcome(row)).exec()

    def _show_cascade(self, rows: list[AttackRow]) -> None:
        self.cascade.fill([Shown(row, _cascade_texts(row), not row.hit) for row in rows])
        hit = [row for row in rows if row.hit]
        parties = sum(len(row.parties) for row in hit)
        text = _(
            "连带失效国际注册 {hit} 件、指定 {parties} 项；已独立不受影响 {free} 件。"
            "转变申请须在国际注册撤销登记之日起三个月内向各局提出，以下按失效当日撤销推算。"
        )
        free = len(rows) - len(hit)
        self.verdict.setText(text.format(hit=len(hit), parties=parties, free=free))


def read_radar(session: Session, on: date) -> RadarLook:
    """Dependencies, present dangers and names, on a day."""
    rows = dependency.dependency(session, on)
    wanted = {row.ir.enterprise_id for row in rows if row.ir.enterprise_id}
    names = records.titles(session, Enterprise, wanted)
    return RadarLook(rows, dependency.radar(session, on), names)


def _basics(rows: list[DependencyRow]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in rows:
        for basic in row.basics:
            found.setdefault(basic.number, []).append(row.ir.name or row.ir.irn or "")
    return {
        number: f"{number}　{'、'.join(dict.fromkeys(names))}" for number, names in found.items()
    }


def _texts(row: DependencyRow, names: Mapping[str, str]) -> tuple[str, ...]:
    left = str(row.days_left) if row.dependent else _("已独立")
    basics = "；".join(f"{one.number}（{_basic_state(one)}）" for one in row.basics)
    name = names.get(row.ir.enterprise_id or "", "")
    return (row.ir.irn or "", row.ir.name or "", name, row.ends.isoformat(), left,
            basics or _("未登记"))  # fmt: skip


def _basic_state(basic: Basic) -> str:
    if basic.ceased:
        return _("{day} 失效").format(day=basic.ceased)
    return status_word(basic.status, lang()) or _("库中没有")


def _cascade_texts(row: AttackRow) -> tuple[str, ...]:
    parties = "、".join(party_word(party) for party in row.parties)
    until = row.transformable_until.isoformat() if row.transformable_until else "—"
    classes = "、".join(map(str, row.classes)) or (row.ir.classes or "")
    return (row.ir.irn or "", row.ir.name or "", _outcome(row), classes, parties or "—", until)


def _outcome(row: AttackRow) -> str:
    return _("随之失效") if row.hit else _("已独立，不受影响")


def _attack_words(row: AttackRow) -> str:
    text = _(
        "国际注册 {irn}（{name}）的基础商标 {number} {state}：{parties} 方受威胁，可转变至 {day}"
    )
    return text.format(
        irn=row.ir.irn, name=row.ir.name, number=row.basic.number, state=_basic_state(row.basic),
        parties=len(row.parties), day=row.transformable_until,
    )  # fmt: skip
