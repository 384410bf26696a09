"""Letting a list leave from the window: read, ask how, then write and register in one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget
from sqlalchemy.orm import Session

from brandpool.exchange.list_out import export_logged
from brandpool.exchange.table_out import Written
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.services import answers, credit, questions, shortlists
from brandpool.services.answers import Answer
from brandpool.services.questions import Question
from brandpool.services.shortlists import HandIn
from brandpool.ui.leave_dialog import Wish, ask_how
from brandpool.ui.page import Shell
from brandpool.ui.widgets.list_print import ListPrint
from brandpool.ui.widgets.record_table import RecordTable


def export(
    shell: Shell,
    owner: QWidget,
    read: Callable[[Session], Answer],
    title: str,
    notes: tuple[str, ...] = (),
) -> None:
    """Read a list, ask how it is to leave, then write and register it."""

    def ask(answer: Answer) -> None:
        wish = ask_how(answer, title, shell.settings, owner, notes=notes)
        if wish is not None:
            _let_go(shell, owner, wish, lambda session: _write(session, wish))

    shell.work.read(read, ask, owner=owner)


def hand_in(
    shell: Shell,
    owner: QWidget,
    answer: Answer,
    title: str,
    question: str | None = None,
    notes: tuple[str, ...] = (),
) -> None:
    """Ask to whom a list goes; then write, register and freeze it in one step.

    Who on it is on a credit list is said before, and keeps it from going as a recommendation.
    """

    def ask(listed: list[str]) -> None:
        wish = ask_how(
            answer, title, shell.settings, owner, handing=True, notes=notes, listed=listed
        )
        if wish is not None and wish.hand_in is not None:
            _hand_over(shell, owner, answer, wish, wish.hand_in, question)

    shell.work.read(lambda session: _listed(session, answer), ask, owner=owner)


def _listed(session: Session, answer: Answer) -> list[str]:
    """A sentence for everybody on the list who may not be recommended that day."""
    if answer.about != Enterprise.kind():
        return []
    found = credit.barred(session, answer.ids, answer.on, credit.RECOMMEND)
    titles = {row.id: row.title for row in answer.rows}
    return [f"{titles[one]}{row.sentence}" for one, row in found.items()]


def _hand_over(
    shell: Shell, owner: QWidget, answer: Answer, wish: Wish, how: HandIn, question: str | None
) -> None:
    def job(session: Session) -> Written:
        shortlists.check_credit(session, answer, how, answer.on)
        written = _write(session, wish)
        named = replace(
            how, question_id=question, file_name=wish.path.name, file_hash=written.sha256
        )
        shortlists.hand_in(session, answer, named, answer.on)
        return written

    _let_go(shell, owner, wish, job)


def show_printed(
    shell: Shell, owner: QWidget, answer: Answer, title: str, notes: tuple[str, ...] = ()
) -> ListPrint:
    """Show an answer on A4, ready to be printed."""
    words = _("共 {rows} 行").format(rows=len(answer.rows))
    box = ListPrint(shell, owner, title, [(words, lambda _session: answer)], notes)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def list_tools(shell: Shell, table: RecordTable) -> Sequence[QPushButton]:
    """The buttons 导出, 打印 and, for enterprises, 存为查询 beside a table of records."""
    leave = QPushButton(_("导出…"))
    leave.setToolTip(_("导出当前列表：按屏幕上的筛选、列和顺序"))
    leave.clicked.connect(lambda: _export_seen(shell, table))
    printing = QPushButton(_("打印…"))
    printing.setToolTip(_("打印当前列表（Ctrl+P）：按屏幕上的筛选、列和顺序"))
    printing.clicked.connect(table.print_list)
    if table.record_kind is not Enterprise:
        return (leave, printing)
    keep = QPushButton(_("存为查询…"))
    keep.setToolTip(_("把当前筛选、列和顺序存为查询方案，在“名单”页使用"))
    keep.clicked.connect(lambda: _keep_question(shell, table))
    return (leave, printing, keep)


def _export_seen(shell: Shell, table: RecordTable) -> None:
    model, ids, names = table.record_kind, list(table.model.ids), table.shown_fields()
    export(
        shell,
        table,
        lambda session: answers.listing(session, model, ids, names, date.today()),
        _("{noun}名单").format(noun=model.label(lang())),
    )


def _keep_question(shell: Shell, table: RecordTable) -> None:
    name, agreed = QInputDialog.getText(table, _("存为查询方案"), _("名称"))
    if not agreed or not name.strip():
        return
    query = table.query()
    only = None if query.within is None else tuple(sorted(query.within))
    question = Question(
        filters=query.filters, order=query.order, columns=tuple(table.shown_fields()), only=only
    )
    shell.work.write(
        _("保存查询方案“{name}”").format(name=name.strip()),
        lambda session: questions.save_question(session, name, question),
        lambda _record: shell.say(_("已存为查询方案，可在“名单”页使用。")),
        owner=table,
    )


def _write(session: Session, wish: Wish) -> Written:
    return export_logged(session, wish.path, wish.table, wish.leaving)


def _let_go(shell: Shell, owner: QWidget, wish: Wish, job: Callable[[Session], Written]) -> None:
    verb = _("报送名单“{name}”") if wish.hand_in else _("导出“{name}”")
    title = verb.format(name=wish.table.title)
    said = _("已写到 {path}（{rows} 行）")
    shell.work.write(
        title,
        job,
        lambda written: shell.say(said.format(path=written.path, rows=written.rows)),
        title=title,
        owner=owner,
    )
