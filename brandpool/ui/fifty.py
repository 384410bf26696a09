"""The fifty (马德里国际商标注册达50件): how many there are, by a definition in sight."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.services import madrid_counts
from brandpool.services.madrid_counts import FiftyCount, FiftyDefinition
from brandpool.ui import paper, style
from brandpool.ui.work import Work


class Fifty(QWidget):
    """The number with its definition; `chosen` carries the registrations counted and the words."""

    chosen = Signal(object, str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.count: FiftyCount | None = None
        self.number = style.quiet(QPushButton())
        self.unit = _box(
            _("计数单位"),
            (
                (_("按国际注册件数"), "registrations"),
                (_("按国际注册×缔约方"), "designations"),
                (_("按企业家数"), "enterprises"),
            ),
        )
        self.state = _box(
            _("注册状态"), ((_("已注册"), "registered"), (_("含已提交未注册"), "filed"))
        )
        self.in_zone = _tick(_("仅在业企业"), on=True)
        self.lapsed = _tick(_("含已失效"), on=False)
        self.refused = _tick(_("含各方均未获保护"), on=True)
        self.printing = QPushButton(_("打印…"))
        self.words = style.soft("")
        for box in (self.unit, self.state):
            box.currentIndexChanged.connect(lambda _index: self.ask())
        for tick in (self.in_zone, self.lapsed, self.refused):
            tick.toggled.connect(lambda _on: self.ask())
        self.number.clicked.connect(self._open)
        self.printing.clicked.connect(self._print)
        line = QHBoxLayout()
        line.addWidget(self.number)
        line.addStretch(1)
        for part in (
            self.unit, self.state, self.in_zone, self.lapsed, self.refused, self.printing,
        ):  # fmt: skip
            line.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.words)

    def definition(self) -> FiftyDefinition:
        """What counts, as chosen."""
        return FiftyDefinition(
            unit=str(self.unit.currentData()), state=str(self.state.currentData()),
            in_zone=self.in_zone.isChecked(), lapsed=self.lapsed.isChecked(),
            refused_everywhere=self.refused.isChecked(),
        )  # fmt: skip

    def ask(self) -> None:
        """Count again."""
        wanted = self.definition()
        self._work.read(
            lambda session: madrid_counts.count_fifty(session, wanted, date.today()), self._show,
            replaces=self,
        )  # fmt: skip

    def sheet(self) -> str:
        """The number with its definition on paper."""
        if self.count is None:
            return ""
        count = self.count
        rows = (
            ("国际注册件数", count.registrations),
            ("国际注册×缔约方", count.designations),
            ("其中受保护的指定", count.protected),
            ("拥有国际注册的企业", count.enterprises),
        )
        return (
            "<h2 align='center'>马德里国际商标注册统计</h2>"
            f"<p>目标 {count.target}，本口径 <b>{count.value}</b>。</p>"
            f"<p>口径：{paper.escaped(count.text)}</p>{paper.table(('项目', '数量'), rows)}"
        )

    def _show(self, count: FiftyCount) -> None:
        self.count = count
        self.number.setText(
            _("马德里 {value} / 目标 {target}").format(value=count.value, target=count.target)
        )
        beside = _("国际注册 {r} 件，指定 {d} 项（受保护 {p} 项），企业 {e} 家").format(
            r=count.registrations, d=count.designations, p=count.protected, e=count.enterprises
        )
        self.words.setText(_("口径：{text}{beside}").format(text=count.text, beside=beside))

    def _open(self) -> None:
        if self.count is not None:
            self.chosen.emit(self.count.ids, self.number.text())

    def _print(self) -> None:
        if self.count is not None:
            paper.preview(self.sheet(), self)


def _box(name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, code in choices:
        box.addItem(text, code)
    return box


def _tick(text: str, *, on: bool) -> QCheckBox:
    tick = QCheckBox(text)
    tick.setChecked(on)
    return tick
