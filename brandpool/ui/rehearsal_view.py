"""试用方案: who would move under another scheme on today's pool, before it is in force."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.record import fields
from brandpool.models.tier import TierMove
from brandpool.rules.scheme import Scheme
from brandpool.services import judging
from brandpool.services.judging import Outcome, RehearsalRow
from brandpool.services.schemes import SchemeRow
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.pool_reading import tier_label
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class RehearsalView(QWidget):
    """Compares the scheme on the page, saved or not, with another one. Writes nothing."""

    refused = Signal(str)

    def __init__(self, shell: Shell, other: Callable[[], Scheme]) -> None:
        super().__init__()
        self._shell = shell
        self._other = other
        self._schemes: dict[str, Scheme] = {}
        self._told: tuple[list[RehearsalRow], Scheme, Scheme] | None = None
        self.present = QComboBox()
        self.present.setAccessibleName(_("现行方案"))
        self.day = FieldLine(shell.work, fields(TierMove)["effective"])
        self.day.setFixedWidth(130)
        self.day.put(date.today())
        self.run_button = style.primary(QPushButton(_("试算")))
        self.run_button.clicked.connect(self.run)
        self.only_changed = QCheckBox(_("只看结论不同的"))
        self.only_changed.setChecked(True)
        self.only_changed.toggled.connect(self._fill)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.table: PlainTable[RehearsalRow] = PlainTable(
            (_("企业"), _("梯队"), _("现层级"), _("按对照方案"), _("按本方案"), _("差距")),
            (180, 112, 66, 116, 144, 160),
            _("试用结果"),
        )
        self.table.doubleClicked.connect(lambda _index: self._open())
        top = QHBoxLayout()
        top.addWidget(QLabel(_("对照方案")))
        top.addWidget(self.present)
        top.addWidget(QLabel(_("评定日")))
        top.addWidget(self.day)
        top.addWidget(self.run_button)
        top.addWidget(self.only_changed)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(
            style.soft(
                _(
                    "用本页的方案（改动不必先保存）评定现在的企业，与对照方案比较。只作试算，不写入任何内容。"
                )
            )
        )
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)

    def offer(self, rows: Sequence[SchemeRow], mine: str, today: date) -> None:
        """Offer the versions to compare with; the one in force of the same key at first."""
        self._schemes = {row.name: row.scheme for row in rows}
        self.present.clear()
        for row in rows:
            self.present.addItem(f"{row.title}（{row.scheme.version}）", row.name)
        key = mine.partition("@")[0]
        rivals = [r for r in rows if r.scheme.key == key and r.name != mine]
        running = [row for row in rivals if row.scheme.in_force(today)]
        for row in (running or [r for r in rows if r.name == mine] or list(rows))[:1]:
            self.present.setCurrentIndex(self.present.findData(row.name))
        self._told = None
        self._fill()

    def run(self) -> None:
        """Judge everybody by both."""
        present = self._schemes.get(str(self.present.currentData()))
        try:
            other = self._other()
            on = self.day.value()
        except (UserError, typed.NotUnderstood) as reason:
            self.refused.emit(str(reason))
            return
        if present is None or not isinstance(on, date):
            return

        def job(session: Session) -> tuple[list[RehearsalRow], Scheme, Scheme]:
            return judging.rehearse(session, present, other, on), present, other

        self._shell.work.read(job, self._show, replaces=self, title=_("试用方案"))

    def _show(self, told: tuple[list[RehearsalRow], Scheme, Scheme]) -> None:
        self._told = told
        self._fill()

    def _fill(self) -> None:
        if self._told is None:
            self.table.fill([])
            self.summary.setText("")
            return
        rows, present, other = self._told
        wanted = [row for row in rows if row.changed or not self.only_changed.isChecked()]
        self.table.fill([_shown(row, present, other) for row in wanted])
        changed = sum(1 for row in rows if row.changed)
        self.summary.setText(_summary(rows, changed))

    def _open(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._shell.open("enterprise", row.enterprise)


def outcome_words(outcome: Outcome | None, scheme: Scheme, ladder: str) -> str:
    """What a judgement amounts to, in words."""
    if outcome is None:
        return _("方案无此梯队")
    to = tier_label(scheme.ladder(ladder), outcome.to) if outcome.to else ""
    return {
        "enter": _("可入库：{tier}"),
        "up": _("可升到：{tier}"),
        "exit": _("拟退出"),
        "slip": _("现层级条件已不满足"),
        "stay": _("不变"),
    }[outcome.action].format(tier=to)


def _shown(row: RehearsalRow, present: Scheme, other: Scheme) -> Shown[RehearsalRow]:
    rungs = other.ladder(row.ladder) or present.ladder(row.ladder)
    tier = tier_label(rungs, row.standing.tier if row.standing else None)
    gap = row.judgement.gap
    if row.judgement.proposed_exits:
        gap = "；".join(v.condition.words.label() for v in row.judgement.proposed_exits)
    elif row.judgement.slipped and row.judgement.present is not None:
        gap = row.judgement.present.gap
    texts = (
        row.name,
        rungs.words.label() if rungs else row.ladder,
        tier,
        outcome_words(row.before, present, row.ladder),
        outcome_words(row.after, other, row.ladder),
        gap,
    )
    return Shown(row, texts, quiet=not row.changed)


def _summary(rows: Sequence[RehearsalRow], changed: int) -> str:
    names = {
        "enter": _("可入库"), "up": _("可升级"), "exit": _("拟退出"), "slip": _("不再满足现层级"),
    }  # fmt: skip
    before = Counter(row.before.action for row in rows if row.before)
    after = Counter(row.after.action for row in rows if row.after)
    parts = [f"{name} {before[code]} → {after[code]}" for code, name in names.items()]
    return _("结论不同的 {changed} 家。{parts}（对照方案 → 本方案）。").format(
        changed=changed, parts="，".join(parts)
    )
