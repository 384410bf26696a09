"""A scheme as tables on tabs: its head, ladders and exit reasons, tiers, conditions."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.record import fields
from brandpool.models.tier import TierScheme
from brandpool.rules.scheme import Scheme
from brandpool.services import scheme_form
from brandpool.services.scheme_form import LadderLine, ReasonLine, SchemeForm, TierLine
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.scheme_conditions import ConditionsView, Tables
from brandpool.ui.scheme_lines import LineColumn, LinesEditor
from brandpool.ui.widgets.field_line import FieldLine

_HEAD = ("title", "document_no", "starts", "ends")


class SchemeSheet(QObject):
    """Holds the tabs; `touched` is set by any edit until the scheme is filled in again."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.touched = False
        self._head: Scheme | None = None
        declared = fields(TierScheme)
        self.head = {name: FieldLine(shell.work, declared[name]) for name in _HEAD}
        self.about = QPlainTextEdit()
        self.about.setTabChangesFocus(True)
        self.about.setAccessibleName(_("说明"))
        self.about.setFixedHeight(60)
        self.name = style.soft("")
        self.ladders: LinesEditor[LadderLine] = LinesEditor(
            _ladder_columns(), _("梯队"), self._new_ladder
        )
        self.tiers: LinesEditor[TierLine] = LinesEditor(
            self._tier_columns(), _("层级"), self._new_tier
        )
        self.reasons: LinesEditor[ReasonLine] = LinesEditor(
            self._reason_columns(), _("退出原因"), self._new_reason
        )
        self.conditions = ConditionsView(self._tables)
        for editor in (self.ladders, self.tiers, self.reasons):
            editor.edited.connect(self._on_lines)
            editor.refused.connect(self.refused)
        self.conditions.edited.connect(self._touch)
        self.about.textChanged.connect(self._touch)
        for line in self.head.values():
            line.edited.connect(self._touch)

    def tabs(self) -> list[tuple[QWidget, str]]:
        """The tabs with their titles."""
        return [
            (_tab(self.tiers), _("层级")),
            (self.conditions, _("条件")),
            (self._head_tab(), _("名称和日期")),
            (self._ladder_tab(), _("梯队和退出原因")),
        ]

    def fill(self, scheme: Scheme | None) -> None:
        """Show a scheme as it is saved; None shows nothing."""
        self._head = scheme
        form = scheme_form.to_form(scheme) if scheme else None
        self.name.setText(
            _("方案代号 {key}，版本 {version}").format(key=scheme.key, version=scheme.version)
            if scheme
            else ""
        )
        for name, line in self.head.items():
            line.put(getattr(scheme, name) if scheme else None)
        self.about.setPlainText(scheme.about if scheme else "")
        self.ladders.fill(form.ladders if form else ())
        self.tiers.fill(form.tiers if form else ())
        self.reasons.fill(form.reasons if form else ())
        self.conditions.fill(form.conditions if form else ())
        self.touched = False

    def form(self) -> SchemeForm:
        """The tables as they stand. Raises UserError for a date that is none."""
        if self._head is None:
            raise UserError(_("请先在左边选择一个方案。"))
        values = {}
        for name, line in self.head.items():
            try:
                values[name] = line.value()
            except typed.NotUnderstood as reason:
                raise UserError(str(reason)) from reason
        starts, ends = values["starts"], values["ends"]
        if not values["title"] or not isinstance(starts, date):
            raise UserError(_("请填写方案名称和施行日期。"))
        head = replace(
            self._head,
            title=str(values["title"]),
            document_no=str(values["document_no"] or ""),
            starts=starts,
            ends=ends if isinstance(ends, date) else None,
            about=self.about.toPlainText().strip(),
            ladders=(),
        )
        return SchemeForm(
            head, self.ladders.lines, self.tiers.lines, self.reasons.lines, self.conditions.lines
        )

    def _tables(self) -> Tables:
        return self.ladders.lines, self.tiers.lines, self.reasons.lines

    def _ladder(self) -> str:
        return self.ladders.lines[-1].code if self.ladders.lines else ""

    def _new_ladder(self) -> LadderLine:
        code = _fresh("ladder", [line.code for line in self.ladders.lines])
        return LadderLine(code, _("新梯队"), "", None, False)

    def _new_tier(self) -> TierLine:
        code = _fresh("tier", [line.code for line in self.tiers.lines])
        return TierLine(self._ladder(), code, _("新层级"), "", None, None)

    def _new_reason(self) -> ReasonLine:
        code = _fresh("reason", [line.code for line in self.reasons.lines])
        return ReasonLine(self._ladder(), code, _("新原因"), "")

    def _on_lines(self) -> None:
        self.conditions.offer()
        self._touch()

    def _touch(self) -> None:
        self.touched = True
        self.edited.emit()

    def _head_tab(self) -> QWidget:
        tab = QWidget()
        form = QFormLayout(tab)
        form.addRow(self.name)
        for line in self.head.values():
            form.addRow(line.field.label(lang()), line)
        form.addRow(_("说明"), self.about)
        return tab

    def _ladder_tab(self) -> QWidget:
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.addWidget(QLabel(_("梯队")))
        layout.addWidget(self.ladders, 2)
        layout.addWidget(QLabel(_("退出原因")))
        layout.addWidget(self.reasons, 3)
        return tab

    def _ladder_choices(self) -> list[tuple[str, str]]:
        return [(line.code, line.zh) for line in self.ladders.lines]

    def _tier_columns(self) -> list[LineColumn]:
        return [
            LineColumn("ladder", _("梯队"), 150, "choice", self._ladder_choices),
            LineColumn("zh", _("层级（由低到高）"), 140),
            LineColumn("en", _("英文名称"), 120),
            LineColumn("dwell_limit_months", _("最长停留（月）"), 110, "number"),
            LineColumn("review_every_months", _("复核周期（月）"), 110, "number"),
            LineColumn("code", _("代号"), 120),
        ]

    def _reason_columns(self) -> list[LineColumn]:
        return [
            LineColumn("ladder", _("梯队"), 150, "choice", self._ladder_choices),
            LineColumn("zh", _("退出原因"), 200),
            LineColumn("en", _("英文名称"), 180),
            LineColumn("code", _("代号"), 120),
        ]


def _ladder_columns() -> list[LineColumn]:
    return [
        LineColumn("zh", _("梯队"), 180),
        LineColumn("en", _("英文名称"), 180),
        LineColumn("notice_days", _("公示工作日数"), 100, "number"),
        LineColumn("count_first", _("起始日计入"), 90, "flag"),
        LineColumn("code", _("代号"), 140),
    ]


def _fresh(stem: str, taken: list[str]) -> str:
    """A code that nothing has yet; what a move cites by it must never change its meaning."""
    number = len(taken) + 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def _tab(view: QWidget) -> QWidget:
    tab = QWidget()
    layout = QVBoxLayout(tab)
    layout.addWidget(view)
    return tab
