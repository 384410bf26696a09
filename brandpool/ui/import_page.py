"""Import: choose a file, settle its columns, look at the dry run, write it as one step."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from brandpool.exchange import importing
from brandpool.exchange.importing import Reading
from brandpool.exchange.planning import Plan
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record
from brandpool.services import history, records
from brandpool.services.history import UndoReport
from brandpool.ui import style
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.import_choose import FORMATS, ImportChoose
from brandpool.ui.import_columns import ImportColumns
from brandpool.ui.import_done import Done, ImportDone
from brandpool.ui.import_lines import Lines, lines
from brandpool.ui.import_rows import ImportRows
from brandpool.ui.page import Page, Shell
from brandpool.ui.typed import NotUnderstood
from brandpool.ui.undo_actions import tell_what_was_left, undo_step
from brandpool.ui.work import Task


class ImportPage(Page):
    """Four sheets, one in sight; nothing is written before 导入 is pressed on the third."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.reading: Reading | None = None
        self.plan: Plan | None = None
        self._same: dict[int, str] = {}
        self.choose = ImportChoose()
        self.columns = ImportColumns()
        self.rows = ImportRows()
        self.done = ImportDone()
        self.stack = QStackedWidget()
        for sheet in (self.choose, self.columns, self.rows, self.done):
            self.stack.addWidget(sheet)
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("导入")))
        layout.addWidget(self.stack, 1)

    def begin(self, model: type[Record] = Enterprise) -> None:
        """Start anew, for this kind of record."""
        self.choose.choose_kind(model)
        self.stack.setCurrentWidget(self.choose)
        self.choose.file_button.setFocus()

    def ask_file(self) -> None:
        """Let the clerk choose a file."""
        kinds = _("表格 ({formats});;所有文件 (*)").format(formats=FORMATS)
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择要导入的文件"), "", kinds)
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path, sheet: str | None = None) -> None:
        """Open this file for the chosen kind."""
        model, memory = self.choose.model, self.shell.settings.mappings
        self.shell.work.run(
            lambda _task: importing.open_file(path, model, sheet=sheet, memory=memory),
            self._take_reading,
            title=_("读取 {file}").format(file=path.name),
            replaces=(self, "read"),
        )

    def paste(self) -> None:
        """Take the table on the clipboard."""
        text, model = QGuiApplication.clipboard().text(), self.choose.model
        memory = self.shell.settings.mappings
        self.shell.work.run(
            lambda _task: importing.open_text(text, _("粘贴的表格"), model, memory),
            self._take_reading,
            title=_("读取粘贴的表格"),
            replaces=(self, "read"),
        )

    def rehearse(self) -> None:
        """Make the dry run; the pool is only read."""
        reading, same, before = self.reading, dict(self._same), self.plan
        if reading is None:
            return

        def job(task: Task) -> tuple[Plan, Lines]:
            with task.read() as session:
                planned = importing.dry_run(session, reading, task.progress, same)
                missing = records.titles(session, reading.model, planned.missing)
            _keep_choices(before, planned)
            return planned, lines(reading, planned, missing)

        title = _("预演 {file}").format(file=reading.path.name)
        self.shell.work.run(job, self._take_plan, title=title, replaces=(self, "plan"))

    def write(self) -> None:
        """Write the dry run in sight as one step; cancelled before its end, it writes nothing."""
        reading, planned = self.reading, self.plan
        if reading is None or planned is None:
            return
        try:
            day = self.rows.as_of()
        except NotUnderstood as unclear:
            self.shell.work.refused.emit(str(unclear))
            return
        title = importing.title(reading)

        def job(task: Task) -> Done:
            with task.write(title, source="import") as session:
                outcome = importing.apply(
                    session,
                    planned,
                    source=reading.path.name,
                    as_of=day,
                    progress=task.progress,
                )
            with task.read() as session:
                step = history.steps(session, 1)[0]
            return Done(reading, planned, outcome, step)

        self.shell.work.run(job, self._take_done, title=title, failed=self._failed)

    def _connect(self) -> None:
        self.choose.file_asked.connect(self.ask_file)
        self.choose.paste_asked.connect(self.paste)
        self.columns.go.connect(self.rehearse)
        self.columns.sheet_asked.connect(self._other_sheet)
        self.rows.back.connect(self._settle_columns)
        self.rows.same.connect(self._say_same)
        self.rows.go.connect(self.write)
        for sheet in (self.columns, self.rows, self.done):
            sheet.other_file.connect(self._again)
        self.done.save_rejected.connect(self._save_rejected)
        self.done.take_back.connect(self._take_back)
        self.done.show_new.connect(self._show_new)

    def _take_reading(self, reading: Reading) -> None:
        self.reading, self.plan = reading, None
        self._same = {}
        if reading.known:
            self.rehearse()
        else:
            self._settle_columns()

    def _settle_columns(self) -> None:
        if self.reading is not None:
            self.columns.show_reading(self.reading)
            self.stack.setCurrentWidget(self.columns)

    def _other_sheet(self, sheet: str) -> None:
        if self.reading is not None:
            self.take_file(self.reading.path, sheet)

    def _take_plan(self, made: tuple[Plan, Lines]) -> None:
        self.plan, shown = made
        if self.reading is not None:
            self.rows.show_plan(self.reading, self.plan, shown, self._same)
            self.stack.setCurrentWidget(self.rows)

    def _say_same(self, row: int, record: str) -> None:
        self._same.pop(row, None)
        if record:
            self._same[row] = record
        self.rehearse()

    def _failed(self, text: str) -> None:
        """Say why nothing was written; if the pool moved on, show what the file would do now."""
        self.shell.work.refused.emit(text)
        self.rehearse()

    def _take_done(self, done: Done) -> None:
        own = self.shell.settings
        own.mappings[done.reading.proposal.signature] = done.reading.remembered()
        self.shell.remember()
        self.done.show_done(done)
        self.stack.setCurrentWidget(self.done)

    def _again(self) -> None:
        self.begin(self.choose.model)

    def _save_rejected(self) -> None:
        done = self.done.done
        if done is None:
            return
        name = _("{file}_退回.xlsx").format(file=done.reading.path.stem)
        start = str(done.reading.path.with_name(name))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("保存退回行"), start, "*.xlsx")
        if not chosen:
            return
        target = Path(chosen).with_suffix(".xlsx")
        self.shell.work.run(
            lambda _task: importing.save_rejected(done.reading, done.plan, target),
            lambda count: self.shell.say(
                _("{count} 行已保存到 {file}").format(count=count, file=target)
            ),
            owner=self,
        )

    def _take_back(self) -> None:
        done = self.done.done
        if done is not None:
            self.shell.work.run(
                lambda task: undo_step(task, done.step.txn, done.step.why),
                self._taken_back,
                title=_("撤销"),
                keep=True,
            )

    def _taken_back(self, report: UndoReport) -> None:
        self.done.show_undone()
        tell_what_was_left(self, report)

    def _show_new(self) -> None:
        done = self.done.done
        if done is None:
            return
        if done.reading.model is Enterprise:
            page = self.shell.visit("enterprises")
            if isinstance(page, EnterprisesPage):
                words = _("{file} 新增").format(file=done.reading.path.name)
                page.show_only(done.outcome.added, words)
        else:
            self.shell.open(done.reading.model.kind(), done.outcome.added[0])


def _keep_choices(before: Plan | None, planned: Plan) -> None:
    """What was decided cell by cell holds in a new dry run of the same file."""
    taken = {row.number: row.take for row in before.rows if row.take} if before else {}
    for row in planned.rows if taken else ():
        row.take |= taken.get(row.number, set())
