"""One case of well-known protection: what it is about, its stages, its clocks with their chains."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from brandpool.i18n import _, lang, told
from brandpool.models.well_known import WellKnownCase, WellKnownStage
from brandpool.models.well_known_codes import STAGES
from brandpool.rules.reference import shipped
from brandpool.rules.well_known_case import Clock, Stage
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.page import Shell
from brandpool.ui.well_known_reading import CaseLine, route_word, word
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm


class _Fact(NamedTuple):
    label: str
    value: str


class CaseView(QWidget):
    """Shows the case it was last told to."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.line: CaseLine | None = None
        self.title = style.heading("", points=13)
        self.note = style.soft("")
        self.lacking = QLabel()
        self.lacking.setWordWrap(True)
        self.lacking.setStyleSheet(style.BANNER_SHEET)
        self.edit = QPushButton(_("修改…"))
        self.chain = QPushButton(_("基准日依据…"))
        self.add_stage = style.primary(QPushButton(_("登记环节…")))
        self.facts: PlainTable[_Fact] = PlainTable((_("项目"), _("内容")), (120, 360), _("案件"))
        self.stages: PlainTable[Stage] = PlainTable(
            (_("环节"), _("作出或发出日"), _("收到日")), (150, 92, 92), _("环节")
        )
        self.clocks: PlainTable[Clock] = PlainTable(
            (_("期限"), _("起算日"), _("届满日"), _("工作日办结"), _("状态")),
            (130, 90, 90, 90, 60),
            _("期限"),
        )
        self._lay_out()
        self._connect()

    def show_case(self, line: CaseLine) -> None:
        """Show this case."""
        self.line = line
        case = line.case
        self.title.setText(f"{case.values['mark'] or ''}　{line.enterprise}")
        self.note.setText(case.note)
        self.lacking.setText(
            _("作为驰名保护记录还缺：{names}").format(names=_("、").join(case.lacking))
        )
        self.lacking.setVisible(bool(case.lacking))
        self.facts.fill([Shown(fact, tuple(fact)) for fact in self._facts()])
        self.stages.fill([Shown(stage, _stage_texts(stage)) for stage in case.stages])
        self.clocks.fill([Shown(c, _clock_texts(c), c.ended_on is not None) for c in case.clocks])
        self.chain.setEnabled(case.anchored is not None)

    def _facts(self) -> list[_Fact]:
        assert self.line is not None
        case = self.line.case
        values = case.values
        anchor = f"{case.anchor}" if case.anchor else _("未登记")
        label = told(case.anchored["label"]) if case.anchored else ""
        pairs = (
            (_("保护途径"), route_word(values["route"])),
            (_("商品/服务"), values["goods"]),
            (_("受理机关"), values["authority"]),
            (_("案号"), values["case_no"]),
            (_("对方当事人"), values["opponent"]),
            (_("对方商标"), values["opposed_mark"]),
            (_("基准日"), f"{anchor}（{label}）" if label else anchor),
            (_("结果"), self.line.state),
            (_("文书号"), values["document_no"]),
        )
        return [_Fact(name, str(value)) for name, value in pairs if value]

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.note, 1)
        for button in (self.edit, self.chain, self.add_stage):
            tools.addWidget(button)
        self.note.setWordWrap(True)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.stages)
        below.addWidget(self.clocks)
        below.setSizes([340, 500])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addLayout(tools)
        layout.addWidget(self.lacking)
        layout.addWidget(self.facts, 4)
        layout.addWidget(style.soft(_("双击环节修改，双击期限看依据链。")))
        layout.addWidget(below, 3)

    def _connect(self) -> None:
        self.edit.clicked.connect(self._edit)
        self.chain.clicked.connect(self._show_anchor)
        self.add_stage.clicked.connect(self._add_stage)
        self.stages.activated.connect(lambda _index: self._edit_stage())
        self.clocks.activated.connect(lambda _index: self.show_chain())

    def show_chain(self) -> None:
        """The chain of the clock on which the clerk stands."""
        clock = self.clocks.chosen()
        if clock is None or self.line is None:
            return
        title = _("{what}：{day}").format(what=clock_word(clock), day=clock.due)
        about = f"{self.line.case.values['mark'] or ''}　{self.line.enterprise}"
        ChainBox(title, clock.explained, self, about=about).exec()

    def _show_anchor(self) -> None:
        if self.line is not None and self.line.case.anchored is not None:
            case = self.line.case
            assert case.anchored is not None
            title = _("基准日：{day}").format(day=case.anchor or _("未登记"))
            ChainBox(title, case.anchored, self, about=self.line.enterprise).exec()

    def _edit(self) -> None:
        if self.line is not None:
            RecordForm(self._shell, WellKnownCase, self.line.case.id, parent=self).show()

    def _add_stage(self) -> None:
        if self.line is not None:
            preset = {"case_id": self.line.case.id}
            RecordForm(self._shell, WellKnownStage, preset=preset, parent=self).show()

    def _edit_stage(self) -> None:
        stage = self.stages.chosen()
        if stage is not None:
            RecordForm(self._shell, WellKnownStage, stage.id, parent=self).show()


def clock_word(clock: Clock) -> str:
    """What a clock is called in the docket."""
    line = shipped().documents["docket"]["dates"][f"well_known.{clock.matter}"]
    return str(line[lang()]).removeprefix("驰名案件").removeprefix("Well-known: ")


def _stage_texts(stage: Stage) -> tuple[str, ...]:
    days = (day.isoformat() if day else "" for day in (stage.sent, stage.received))
    return (word(STAGES, stage.stage), *days)


def _clock_texts(clock: Clock) -> tuple[str, ...]:
    state = _("进行中") if clock.due >= date.today() else _("已过期")
    if clock.ended_on is not None:
        late = clock.ended_on > clock.due
        text = _("{day} 办结（逾期）") if late else _("{day} 办结")
        state = text.format(day=clock.ended_on)
    days = (day.isoformat() for day in (clock.started, clock.due, clock.work_by))
    return (clock_word(clock), *days, state)
