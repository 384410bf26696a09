"""What a Madrid filing or renewal will cost: parties, classes, colour and day give the bill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Choice
from brandpool.models.madrid_codes import PARTIES
from brandpool.models.pinyin import initials, sort_key
from brandpool.rules.fee_basis import fee_basis_date
from brandpool.rules.madrid_fees import fee_renewal
from brandpool.rules.reference import Reference
from brandpool.services import madrid_bills
from brandpool.services.madrid_bills import Bill, Rate
from brandpool.ui import style
from brandpool.ui.bill_view import BillView, RateLine
from brandpool.ui.madrid_matrix import chosen_day
from brandpool.ui.madrid_words import party_name, party_word

APPLICATION, SUBSEQUENT, RENEWAL, GRACE = "application", "subsequent", "renewal", "grace"
_CODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog says now; `classes_by_party` only where a party has fewer."""

    kind: str
    parties: Sequence[str]
    classes: int
    day: date
    colour: bool
    collective: bool
    classes_by_party: Mapping[str, int]
    rate: Rate | None


class FeeEstimate(QDialog):
    """Everything that moves the bill at the left, the bill at the right.

    `ref` is the reference data of the station: a tariff it has entered itself counts.
    """

    def __init__(
        self, parent: QWidget, ref: Reference, parties: Sequence[str] = (), classes: int = 1
    ) -> None:
        super().__init__(parent)
        self._ref = ref
        self.setWindowTitle(_("马德里费用估算"))
        self.kind = QComboBox()
        for text, code in (
            (_("国际注册申请"), APPLICATION),
            (_("后期指定"), SUBSEQUENT),
            (_("续展（届满日前）"), RENEWAL),
            (_("续展（宽展期内）"), GRACE),
        ):
            self.kind.addItem(text, code)
        self.classes = QSpinBox()
        self.classes.setRange(1, 45)
        self.classes.setValue(max(classes, 1))
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day_label = QLabel()
        self.colour = QCheckBox(_("彩色图样"))
        self.collective = QCheckBox(_("集体或证明商标"))
        self.rate = RateLine()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("查找缔约方"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("缔约方"))
        self.chosen = QTableWidget(0, 2)
        self.chosen.setAccessibleName(_("各缔约方的类别数"))
        self.none = QPushButton(_("全部取消"))
        self.view = BillView()
        self._limits: dict[str, int] = {}
        self._later = QTimer(self, singleShot=True, interval=60)
        self._later.timeout.connect(self.estimate)
        self._fill_list(set(parties))
        self._lay_out()
        self._connect()
        self._on_parties()

    def parties(self) -> list[str]:
        """The parties that are ticked, in their order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = Qt.CheckState.Checked
        return [str(item.data(_CODE)) for item in items if item.checkState() == ticked]

    def tick(self, code: str, *, on: bool = True) -> None:
        """Tick or untick a party."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_CODE) == code:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def asked(self) -> Asked:
        """What the bill is to be about."""
        parties, classes = self.parties(), self.classes.value()
        limits = {p: n for p, n in self._limits.items() if p in parties and n != classes}
        return Asked(
            str(self.kind.currentData()), parties, classes, chosen_day(self.day),
            self.colour.isChecked(), self.collective.isChecked(), limits, self.rate.rate(),
        )  # fmt: skip

    def estimate(self) -> None:
        """Make the bill again."""
        asked = self.asked()
        if not asked.parties:
            self.view.refuse(_("请选择缔约方。"))
            return
        try:
            self.view.show_bill(bill(asked, self._ref), self._about(asked))
        except UserError as refusal:
            self.view.refuse(str(refusal))

    def _about(self, asked: Asked) -> str:
        names = "、".join(party_word(party) for party in asked.parties)
        text = _("{kind}；{classes} 个类别；{colour}；{label} {day}；指定 {number} 方：{names}")
        return text.format(
            kind=self.kind.currentText(), classes=asked.classes,
            colour=_("彩色") if asked.colour else _("黑白"), label=self.day_label.text(),
            day=asked.day, number=len(asked.parties), names=names,
        )  # fmt: skip

    def _fill_list(self, ticked: set[str]) -> None:
        members = self._ref.members
        for choice in sorted(PARTIES, key=lambda c: sort_key(party_name(c.code))):
            if not members.find(choice.code).designatable or choice.code == "CN":
                continue
            item = QListWidgetItem(party_word(choice.code), self.list)
            item.setData(_CODE, choice.code)
            item.setData(_CODE + 1, _searched(choice))
            on = choice.code in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("业务"), self.kind)
        form.addRow(self.day_label, self.day)
        form.addRow(_("类别数"), self.classes)
        form.addRow("", self.colour)
        form.addRow("", self.collective)
        self.chosen.setHorizontalHeaderLabels([_("已选缔约方"), _("类别数")])
        self.chosen.verticalHeader().hide()
        self.chosen.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.chosen.setColumnWidth(1, 76)
        find = QHBoxLayout()
        find.addWidget(self.search, 1)
        find.addWidget(self.none)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addLayout(find)
        left.addWidget(self.list, 3)
        left.addWidget(self.chosen, 2)
        right = QVBoxLayout()
        right.addWidget(self.rate)
        right.addWidget(self.view, 1)
        note = _(
            "估算按现行费率数据和中国注册人的保障条款（议定书第9条之六）计算；"
            "中国原属局与代理费用不在内。"
        )
        right.addWidget(style.soft(note))
        layout = QHBoxLayout(self)
        layout.addLayout(left, 2)
        layout.addLayout(right, 4)
        self.resize(1180, 660)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(lambda _item: self._on_parties())
        self.none.clicked.connect(self._untick_all)
        self.kind.currentIndexChanged.connect(lambda _index: self._on_kind())
        self.classes.valueChanged.connect(lambda _value: self._on_parties())
        for tick in (self.colour, self.collective):
            tick.toggled.connect(lambda _on: self._later.start())
        for day in (self.day, self.rate.day):
            day.dateChanged.connect(lambda _day: self._later.start())
        for line in (self.rate.amount, self.rate.source):
            line.textChanged.connect(lambda _text: self._later.start())
        self._on_kind()

    def _narrow(self, text: str) -> None:
        words = text.strip().casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(words not in str(item.data(_CODE + 1)))

    def _untick_all(self) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._on_parties()

    def _on_kind(self) -> None:
        words = {RENEWAL: _("缴费日"), GRACE: _("届满日")}
        self.day_label.setText(words.get(str(self.kind.currentData()), _("商标局收文日")))
        self.colour.setEnabled(self.kind.currentData() == APPLICATION)
        self._later.start()

    def _on_parties(self) -> None:
        parties = self.parties()
        self.chosen.setRowCount(len(parties))
        for row, party in enumerate(parties):
            name = QTableWidgetItem(party_word(party))
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.chosen.setItem(row, 0, name)
            spin = QSpinBox()
            spin.setRange(1, self.classes.value())
            spin.setValue(min(self._limits.get(party, self.classes.value()), self.classes.value()))
            spin.setAccessibleName(_("{party} 的类别数").format(party=party_word(party)))
            spin.valueChanged.connect(partial(self._limit, party))
            self.chosen.setCellWidget(row, 1, spin)
        self._later.start()

    def _limit(self, party: str, number: int) -> None:
        self._limits[party] = number
        self._later.start()


def _searched(choice: Choice) -> str:
    """What a party can be found by: names, code, first letters of its pinyin."""
    letters = " ".join(initials(party_name(choice.code)))
    return f"{choice.zh} {choice.en} {choice.code} {letters}".casefold()


def bill(asked: Asked, ref: Reference) -> Bill:
    """The bill for what is asked. Raises UserError for parties or classes that cannot be."""
    if asked.kind in (APPLICATION, SUBSEQUENT):
        return madrid_bills.estimate(
            asked.kind, asked.parties, asked.classes, asked.day,
            colour=asked.colour, collective=asked.collective,
            classes_by_party=asked.classes_by_party or None, rate=asked.rate, ref=ref,
        )  # fmt: skip
    basis = fee_basis_date("renewal", paid=asked.day, due=asked.day).day()
    answer = fee_renewal(
        list(asked.parties), asked.classes, basis, asked.kind == GRACE, asked.collective,
        asked.classes_by_party or None, ref=ref,
    )  # fmt: skip
    return madrid_bills.bill_of("renewal", answer, basis, asked.rate, ref)
