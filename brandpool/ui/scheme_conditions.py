"""The conditions of a scheme as a table; each is edited in a form with choosers."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.rules.scheme import FieldOf, Op
from brandpool.services.scheme_form import ConditionLine, LadderLine, ReasonLine, TierLine
from brandpool.ui import scheme_words as words
from brandpool.ui.condition_form import ConditionForm
from brandpool.ui.pool_words import op_words
from brandpool.ui.widgets.plain_table import PlainTable, Shown

Tables = tuple[Sequence[LadderLine], Sequence[TierLine], Sequence[ReasonLine]]
_NONE = ("", "")


class ConditionsView(QWidget):
    """Conditions of one tier at a time, or those of leaving. `tables` gives what they refer to."""

    edited = Signal()

    def __init__(self, tables: Callable[[], Tables]) -> None:
        super().__init__()
        self._tables = tables
        self.lines: tuple[ConditionLine, ...] = ()
        self.tier = QComboBox()
        self.tier.setAccessibleName(_("层级"))
        self.tier.setMinimumWidth(280)
        self.tier.activated.connect(lambda _place: self._show())
        self.table: PlainTable[ConditionLine] = PlainTable(
            (_("序号"), _("条件"), _("衡量"), _("比较"), _("标准")),
            (50, 230, 330, 64, 120),
            _("条件列表"),
        )
        self.table.doubleClicked.connect(lambda _index: self.edit())
        top = QHBoxLayout()
        top.addWidget(QLabel(_("层级")))
        top.addWidget(self.tier)
        top.addStretch(1)
        for text, act in (
            (_("增加条件…"), self.add),
            (_("修改…"), self.edit),
            (_("删除"), self.remove),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)

    def fill(self, lines: Sequence[ConditionLine]) -> None:
        """Show these conditions."""
        self.lines = tuple(lines)
        self.offer()

    def offer(self) -> None:
        """Offer the ladders and tiers as they are now."""
        ladders, tiers, _reasons = self._tables()
        kept = self.tier.currentData()
        self.tier.clear()
        for ladder in ladders:
            for tier in tiers:
                if tier.ladder == ladder.code:
                    text = _("{ladder}：进入“{tier}”").format(ladder=ladder.zh, tier=tier.zh)
                    self.tier.addItem(text, (ladder.code, tier.code))
            self.tier.addItem(_("{ladder}：退出").format(ladder=ladder.zh), (ladder.code, ""))
        for place in range(self.tier.count()):
            if kept is not None and tuple(self.tier.itemData(place)) == tuple(kept):
                self.tier.setCurrentIndex(place)
        self._show()

    def add(self) -> None:
        """A new condition of the tier in sight, behind the others."""
        if self.tier.currentData() is None:
            return
        ladder, tier = self.tier.currentData()
        tops = [line.place for line in self._here() if "." not in line.place]
        place = str(max((int(p) for p in tops if p.isdigit()), default=0) + 1)
        new = ConditionLine(
            ladder, tier, place, "", "", "", "", "", "", _NONE, _NONE, _NONE, "", ""
        )
        self._open(new, None)

    def edit(self) -> None:
        """Change the condition the clerk stands on."""
        line = self.table.chosen()
        if line is not None:
            self._open(line, line)

    def remove(self) -> None:
        """Take the condition away, and a group's parts with it."""
        line = self.table.chosen()
        if line is None:
            return
        below = f"{line.place}."
        self._change(
            tuple(
                one
                for one in self.lines
                if one is not line
                and not (_home(one) == _home(line) and one.place.startswith(below))
            )
        )

    def _open(self, line: ConditionLine, old: ConditionLine | None) -> None:
        _ladders, tiers, reasons = self._tables()
        form = ConditionForm(
            line,
            [(tier.code, tier.zh) for tier in tiers if tier.ladder == line.ladder],
            [(reason.code, reason.zh) for reason in reasons if reason.ladder == line.ladder],
            self,
        )
        form.filled.connect(lambda new: self._put(new, old))
        form.open()

    def _put(self, new: ConditionLine, old: ConditionLine | None) -> None:
        if old is None:
            self._change((*self.lines, new))
            return
        lines = [new if one is old else one for one in self.lines]
        if new.place != old.place:
            lines = [_moved(one, old, new.place) for one in lines]
        self._change(tuple(lines))

    def _change(self, lines: tuple[ConditionLine, ...]) -> None:
        self.lines = lines
        self._show()
        self.edited.emit()

    def _here(self) -> list[ConditionLine]:
        home = self.tier.currentData()
        here = [line for line in self.lines if home is not None and _home(line) == tuple(home)]
        return sorted(here, key=lambda line: [part.zfill(4) for part in line.place.split(".")])

    def _show(self) -> None:
        _ladders, tiers, _reasons = self._tables()
        names = {tier.code: tier.zh for tier in tiers}
        self.table.fill([_shown(line, names) for line in self._here()])


def _home(line: ConditionLine) -> tuple[str, str]:
    return line.ladder, line.tier


def _moved(one: ConditionLine, group: ConditionLine, place: str) -> ConditionLine:
    """The parts of a group that got another number follow it."""
    if _home(one) == _home(group) and one.place.startswith(f"{group.place}."):
        return replace(one, place=place + one.place.removeprefix(group.place))
    return one


def _shown(line: ConditionLine, tiers: dict[str, str]) -> Shown[ConditionLine]:
    indent = "　　" * line.place.count(".")
    if line.mode:
        what = _("满足以下任一项") if line.mode == "any_of" else _("以下各项全部满足")
        return Shown(line, (line.place, indent + line.zh, what, "", ""))
    try:
        measure = words.measure_of(line.measure)
    except UserError as reason:
        return Shown(line, (line.place, indent + line.zh, str(reason), line.op, line.threshold))
    what = words.measure_words(measure, lambda code: tiers.get(code, code))
    wanted = f"{line.threshold} {line.unit[0]}".strip()
    if isinstance(measure, FieldOf) and line.threshold:
        field = words.field_named(Enterprise.kind(), measure.field)
        wanted = words.value_words(field, words.meant(field, line.threshold, Op(line.op)))
    elif (unit := getattr(measure, "unit", "")) and line.threshold:
        wanted = f"{line.threshold} {words.unit_label(unit)}"
    return Shown(line, (line.place, indent + line.zh, what, op_words(Op(line.op)), wanted))
