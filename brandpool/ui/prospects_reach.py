"""How to reach a target with so many visits a week: whom to visit, for what, in which week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import reaching, records, reference_data, schemes
from brandpool.services.counted import keys
from brandpool.services.reaching import Plan, PlannedWay
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_FILINGS = "filings"


@dataclass(frozen=True, slots=True)
class _Read:
    """A plan, and the names of those that cannot be counted on."""

    plan: Plan
    names: dict[str, str]


class ReachTab(QWidget):
    """What is wanted above, the plan below; the smallest there is, the same every time."""

    def __init__(self, shell: Shell, ladder: Callable[[], str]) -> None:
        super().__init__()
        self._shell, self._ladder = shell, ladder
        self.goal = QComboBox()
        self.goal.setAccessibleName(_("目标"))
        self.need = _spin(1, 999, 5, _("增加多少"))
        self.until = QDateEdit(QDate(date.today().year, 12, 31))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setAccessibleName(_("到哪一天"))
        self.capacity = _spin(1, 99, 3, _("每周走访次数"))
        self.plan_button = style.primary(QPushButton(_("测算")))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table: PlainTable[PlannedWay] = PlainTable(
            (_("第几周"), _("企业"), _("增加"), _("走访"), _("做什么")),
            (80, 260, 64, 64, 620), _("达标路径"),
        )  # fmt: skip
        self.excluded: PlainTable[str] = PlainTable(
            (_("企业"), _("为什么指望不上")), (260, 700), _("指望不上的企业")
        )
        self._lay_out()
        self.plan_button.clicked.connect(self.plan)
        self.table.activated.connect(lambda _index: self._open())
        self.excluded.activated.connect(lambda _index: self._open_excluded())

    def ask(self) -> None:
        """Offer the tiers of the ladder as goals."""
        ladder, on = self._ladder(), date.today()
        if ladder:
            self._shell.work.read(
                lambda session: _tiers(session, ladder, on), self._offer, replaces=self
            )

    def plan(self) -> None:
        """Work the plan out."""
        goal, ladder, today = self.goal.currentData(), self._ladder(), date.today()
        need, capacity, day = self.need.value(), self.capacity.value(), self.until.date()
        until = date(day.year(), day.month(), day.day())
        if goal is None:
            return
        if until <= today:
            self._tell(_("截止日要晚于今天。"))
            return

        def job(session: Session) -> _Read:
            ref = reference_data.reference(session, today)
            if goal == _FILINGS:
                plan = reaching.to_filings(session, need, today, until, capacity, ref)
            else:
                scheme = schemes.for_ladder(session, ladder, today)
                plan = reaching.to_tier(
                    session, scheme, ladder, goal, need, today, until, capacity, ref
                )
            return _Read(plan, records.titles(session, Enterprise, list(plan.excluded)))

        self._shell.work.read(job, self._show, replaces=self.table, title=_("测算达标路径"))

    def _offer(self, tiers: list[tuple[str, str]]) -> None:
        present = self.goal.currentData()
        self.goal.clear()
        for name, code in tiers:
            self.goal.addItem(_("新增{tier}企业（家）").format(tier=name), code)
        self.goal.addItem(_("新提交马德里申请（件）"), _FILINGS)
        self.goal.setCurrentIndex(max(self.goal.findData(present), 0))

    def _show(self, read: _Read) -> None:
        plan = read.plan
        self.table.fill([_line(one, late=one.week > plan.weeks) for one in plan.chosen])
        self.excluded.fill(
            [
                Shown(enterprise, (read.names.get(enterprise, ""), why))
                for enterprise, why in sorted(plan.excluded.items(), key=lambda item: item[1])
            ]
        )
        self._tell(_summary(plan))

    def _tell(self, text: str) -> None:
        self.words.setText(text)

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None:
            rows = one.way.rows or keys("enterprise", [one.way.enterprise])
            open_rows(self._shell, self, rows, one.way.name)

    def _open_excluded(self) -> None:
        one = self.excluded.chosen()
        if one is not None:
            self._shell.open("enterprise", one)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for label, widget in (
            (_("目标"), self.goal), (_("增加"), self.need), (_("截止"), self.until),
            (_("每周走访"), self.capacity),
        ):  # fmt: skip
            line.addWidget(QLabel(label))
            line.addWidget(widget)
        line.addWidget(self.plan_button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 3)
        layout.addWidget(style.soft(_("指望不上的企业和原因")))
        layout.addWidget(self.excluded, 1)
        self._tell(
            _("选好目标后按“测算”：用最少的走访达到目标，说明走访谁、做什么、第几周。"
              "每类差距要走访几次在“参考数据”的“工作量设定”里修改。")
        )  # fmt: skip


def _line(one: PlannedWay, *, late: bool) -> Shown[PlannedWay]:
    doing = "；".join(action.words for action in one.way.actions)
    texts = (
        str(one.week) if one.week else _("现在即可"),
        one.way.name,
        str(one.way.gain),
        str(one.way.visits),
        doing or _("条件已满足，等评审"),
    )
    return Shown(one, texts, quiet=late)


def _summary(plan: Plan) -> str:
    parts = [
        _("共 {number} 家、{visits} 次走访，可增加 {reached}（目标 {need}）。").format(
            number=len(plan.chosen), visits=plan.visits, reached=plan.reached, need=plan.need
        )
    ]
    if plan.reached < plan.need:
        parts.append(_("库中能指望的都用上也达不到目标。"))
    if plan.in_time < plan.reached:
        text = _(
            "到 {day} 还有 {weeks} 周，每周 {capacity} 次只来得及完成 {number}（灰色的来不及）。"
        )
        parts.append(text.format(day=plan.until, weeks=plan.weeks, capacity=plan.capacity,
                                 number=plan.in_time))  # fmt: skip
    return "".join(parts)


def _tiers(session: Session, ladder: str, on: date) -> list[tuple[str, str]]:
    rungs = schemes.for_ladder(session, ladder, on).ladder(ladder)
    return [(tier.words.label(), tier.code) for tier in rungs.tiers] if rungs else []


def _spin(least: int, most: int, value: int, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
