"""The desk: how much there is, what changed lately, and what waits for a decision."""

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.services import history, records
from brandpool.services.history import FlagRow, StepRow
from brandpool.ui import style, typed
from brandpool.ui.history_page import source_name
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_RECENT = 12


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk shows."""

    counts: list[tuple[type[Record], int]]
    steps: list[StepRow]
    flags: list[FlagRow]


class DeskPage(Page):
    """The first page."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._numbers = QGridLayout()
        self._numbers.setHorizontalSpacing(28)
        self.flags: PlainTable[FlagRow] = PlainTable(
            (_("记录"), _("问题"), _("项目"), _("另一个值"), _("何人")),
            (260, 220, 120, 160, 100),
            _("待核定"),
        )
        self.flags.doubleClicked.connect(self._open_flag)
        self.steps: PlainTable[StepRow] = PlainTable(
            (_("时间"), _("经办人"), _("来源"), _("记录数"), _("操作")),
            (140, 90, 70, 60, 400),
            _("最近的操作"),
        )
        numbers = style.card()
        numbers.setLayout(self._numbers)
        self._numbers.setContentsMargins(18, 12, 18, 12)
        self.welcome = self._first_steps()
        self.flags_title = style.heading(_("待核定"), points=11)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(style.heading(_("工作台")))
        layout.addWidget(self.welcome)
        layout.addWidget(numbers)
        layout.addWidget(self.flags_title)
        layout.addWidget(self.flags)
        line = QHBoxLayout()
        line.addWidget(style.heading(_("最近的操作"), points=11), 1)
        every = style.quiet(QPushButton(_("全部历史")))
        every.clicked.connect(lambda: shell.visit("history"))
        line.addWidget(every)
        layout.addLayout(line)
        layout.addWidget(self.steps, 1)

    def refresh(self) -> None:
        """Read counts, steps and flags."""
        self.shell.work.read(_read, self._show, replaces=self)

    def _first_steps(self) -> QWidget:
        sheet = style.card()
        line = QHBoxLayout(sheet)
        line.addWidget(style.soft(_("库里还没有企业。先录入一家，或导入一份企业名单。")), 1)
        add = style.primary(QPushButton(_("录入企业")))
        add.clicked.connect(lambda: self.shell.visit("enterprises"))
        line.addWidget(add)
        sheet.hide()
        return sheet

    def _show(self, desk: Desk) -> None:
        while self._numbers.count():
            if (old := self._numbers.takeAt(0).widget()) is not None:
                old.deleteLater()
        for column, (model, number) in enumerate(desk.counts):
            self._numbers.addWidget(style.heading(f"{number:,}", points=16), 0, column)
            self._numbers.addWidget(style.soft(model.label(lang())), 1, column)
        self._numbers.setColumnStretch(len(desk.counts), 1)
        self.welcome.setVisible(dict(desk.counts).get(Enterprise, 0) == 0)
        self.flags.fill([_flag(flag) for flag in desk.flags])
        self.flags.setVisible(bool(desk.flags))
        self.flags_title.setVisible(bool(desk.flags))
        self.flags.setMaximumHeight(34 + style.ROW_HEIGHT * min(len(desk.flags), 6) + 14)
        self.steps.fill([_step(step) for step in desk.steps])

    def _open_flag(self) -> None:
        flag = self.flags.chosen()
        if flag is not None:
            self.shell.open(flag.kind, flag.record)


def _read(session: Session) -> Desk:
    counts = [(model, records.count(session, model)) for model in KINDS]
    shown = [(m, n) for m, n in counts if m is Enterprise or (n and m is not FormerName)]
    return Desk(shown[:7], history.steps(session, _RECENT), history.flags(session))


def _step(step: StepRow) -> Shown[StepRow]:
    when = f"{step.at:%Y-%m-%d %H:%M}"
    texts = (when, step.who, source_name(step.source), str(step.records), step.why)
    return Shown(step, texts, quiet=step.undone or step.is_undo)


def _flag(flag: FlagRow) -> Shown[FlagRow]:
    model = by_kind()[flag.kind]
    field = fields(model).get(flag.field)
    value = typed.shown(field, {flag.field: flag.value}, lang()) if field else ""
    what = {
        "value": _("同一项有两个值"),
        "deletion": _("有人修改、有人删除"),
        "number": _("编号与另一条相同"),
    }.get(flag.what, flag.what)
    other = value if flag.what == "value" else ""
    title = f"{model.label(lang())}“{flag.title}”"
    return Shown(flag, (title, what, field.label(lang()) if field else "", other, flag.who))
