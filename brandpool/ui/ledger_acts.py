"""What can be done with one record of a ledger besides editing it: 办理 and 关联记录."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.complaint import Complaint
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.field import Field, Value
from brandpool.models.mediation import Mediation
from brandpool.models.record import Record, fields
from brandpool.rules.explained import Explained
from brandpool.services import complaints, enforcement, mediations
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.linked_box import LinkedBox, is_pointed_to
from brandpool.ui.page import Shell
from brandpool.ui.step_form import Run, StepForm, Values
from brandpool.ui.widgets.record_table import RecordTable

Act = Callable[[Shell, RecordTable, str], None]


def act_tools(shell: Shell, table: RecordTable) -> Sequence[QPushButton]:
    """The buttons for one record; they wait until exactly one is selected."""
    found: list[QPushButton] = []
    kind = table.record_kind.kind()
    named = _acts().get(kind, {})
    if named:
        button = QPushButton(_("办理"))
        menu = QMenu(button)
        for name, act in named.items():
            menu.addAction(name).triggered.connect(partial(_on_one, act, shell, table))
        button.setMenu(menu)
        found.append(button)
    if is_pointed_to(kind):
        button = QPushButton(_("关联…"))
        button.setToolTip(_("与所选这一条有关的其他台账记录"))
        button.clicked.connect(partial(_on_one, _show_linked, shell, table))
        found.append(button)
    for button in found:
        button.setEnabled(False)
        table.chosen.connect(lambda ids, button=button: button.setEnabled(len(ids) == 1))
    return found


def _on_one(act: Act, shell: Shell, table: RecordTable, _checked: bool = False) -> None:
    ids = table.chosen_ids()
    if len(ids) == 1:
        act(shell, table, ids[0])


def _acts() -> Mapping[str, Mapping[str, Act]]:
    """By kind of record: the acts under the names of the menu."""
    return {
        Complaint.kind(): {
            _("受理决定…"): _decide,
            _("终结调解…"): _end,
            _("核查结果…"): _find_out,
            _("立案并登记案件…"): _open_case,
            _("分拆投诉与举报"): _split,
        },
        Mediation.kind(): {_("转其他机构…"): _pass_on},
        EnforcementCase.kind(): {_("适用法律…"): _law},
    }


def _show_linked(shell: Shell, table: RecordTable, record: str) -> None:
    LinkedBox(shell, table.record_kind, record, table).open()


def _decide(shell: Shell, table: RecordTable, record: str) -> None:
    def run(session: Session, values: Values) -> None:
        why = str(values["refusal"] or "")
        complaints.decide(session, record, _text(values, "decision"), _day(values, "decided_on"),
                          why)  # fmt: skip

    asked = _fields(Complaint, ("decision", "decided_on"), ("refusal",))
    about = _("收到投诉起七个工作日内决定；不予受理须写明理由。")
    _ask(shell, table, _("投诉受理决定"), asked, run, about, {"decided_on": date.today()})


def _end(shell: Shell, table: RecordTable, record: str) -> None:
    def run(session: Session, values: Values) -> None:
        complaints.end_mediation(session, record, _text(values, "result"), _day(values, "ended_on"))

    asked = _fields(Complaint, ("result", "ended_on"))
    about = _("受理起六十日内未达成协议的，终止调解。")
    _ask(shell, table, _("终结投诉调解"), asked, run, about, {"ended_on": date.today()})


def _find_out(shell: Shell, table: RecordTable, record: str) -> None:
    def run(session: Session, values: Values) -> None:
        finding, day = _text(values, "finding"), _day(values, "finding_on")
        complaints.find_out(session, record, finding, day)

    asked = _fields(Complaint, ("finding", "finding_on"))
    about = _("核查十五个工作日，可延长一次；决定后五个工作日内告知实名举报人。")
    _ask(shell, table, _("举报核查结果"), asked, run, about, {"finding_on": date.today()})


def _open_case(shell: Shell, table: RecordTable, record: str) -> None:
    def run(session: Session, values: Values) -> None:
        day = _day(values, "filed_on")
        complaints.find_out(session, record, "file", day, values)

    asked = _fields(
        EnforcementCase, ("filing_no", "case_type", "filed_on"), ("mark", "right_owner")
    )
    about = _("登记新案件，并与这件举报互相关联。")
    _ask(shell, table, _("举报立案"), asked, run, about, {"filed_on": date.today()})


def _split(shell: Shell, table: RecordTable, record: str) -> None:
    shell.work.write(
        _("分拆投诉与举报"),
        lambda session: complaints.split(session, record),
        lambda _report: shell.say(_("已分拆为两件，互相关联；可用 Ctrl+Z 撤销")),
        owner=table,
    )


def _pass_on(shell: Shell, table: RecordTable, record: str) -> None:
    def run(session: Session, values: Values) -> None:
        kind, day = _text(values, "mediation_kind"), _day(values, "applied_on")
        mediations.pass_on(session, record, _text(values, "body"), kind, day)

    asked = _fields(Mediation, ("body", "mediation_kind", "applied_on"))
    about = _("本条以“转其他机构”终结，新机构的记录自动关联；一件纠纷只计一次。")
    _ask(shell, table, _("转其他调解机构"), asked, run, about, {"applied_on": date.today()})


def _law(shell: Shell, table: RecordTable, record: str) -> None:
    def show(found: Explained) -> None:
        text = str(found["text"]) or _("本类案件未收录法律依据")
        ChainBox(text, found, table).open()

    shell.work.read(lambda session: enforcement.law_of(session, record), show, owner=table)


def _ask(
    shell: Shell, table: RecordTable, title: str, asked: Sequence[Field], run: Run, about: str,
    preset: Mapping[str, Value],
) -> None:  # fmt: skip
    StepForm(shell, title, asked, run, table, about=about, preset=preset).open()


def _fields(model: type[Record], needed: Sequence[str], wanted: Sequence[str] = ()) -> list[Field]:
    declared = fields(model)
    found = [replace(declared[name], required=True) for name in needed]
    return [*found, *(declared[name] for name in wanted)]


def _text(values: Values, name: str) -> str:
    return str(values[name] or "")


def _day(values: Values, name: str) -> date:
    day = values[name]
    assert isinstance(day, date)
    return day
