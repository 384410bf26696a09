"""Writing a visit: the form's questions, beside them what the pool knows; kept as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brandpool.db.attachments import Attachments
from brandpool.db.drafts import Drafts
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules import visit_form
from brandpool.rules.visit_form import Question, Typed
from brandpool.services import reference_data, visit_state, visits
from brandpool.services.visit_draft import VisitDraft
from brandpool.services.visit_state import Before, MarkState
from brandpool.services.visits import Recorded
from brandpool.ui import style
from brandpool.ui.document_section import read_file
from brandpool.ui.draft_keeper import DraftKeeper
from brandpool.ui.mark_images import Picture, checked
from brandpool.ui.page import Shell
from brandpool.ui.signature_pad import STROKES, picture_of
from brandpool.ui.visit_lines import QuestionLine, SignatureLine
from brandpool.ui.visit_photos import PhotoBox
from brandpool.ui.visit_promises import OpenBox, PromiseBox
from brandpool.ui.work import Task

_SIDE = 360
_DAY = "visited_on"


class VisitEditor(QWidget):
    """One draft being written. `finished` carries what was recorded, `left` that it was put aside.

    Whatever is typed is on the disk within a second (DraftKeeper); closing loses nothing.
    """

    finished = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, draft: VisitDraft, *, fresh: bool) -> None:
        super().__init__()
        self._shell, self._draft, self._fresh = shell, draft, fresh
        self._asked = self._filling = self._finishing = False
        self._typed = not fresh
        self._files = Attachments(shell.work.pool.path)
        self._drafts = Drafts(shell.work.pool.path)
        self.lines: dict[str, QuestionLine] = {}
        self._groups: dict[str, QWidget] = {}
        self._rows: dict[str, tuple[QFormLayout, QWidget]] = {}
        self.saved = style.soft("")
        self.problem = QLabel()
        self.problem.setStyleSheet(f"QLabel {{ background: {style.BAD_PAPER}; color: {style.BAD};"
                                   " padding: 4px 10px; }")  # fmt: skip
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.state = style.soft("")
        self.open = OpenBox()
        self.promised = PromiseBox()
        self.photos = PhotoBox(shell)
        self._lay_out()
        self.keeper = DraftKeeper(self._drafts, self.draft, self)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_not_kept)
        self._filling = True
        self._put(draft)
        self._filling = False
        for line in self.lines.values():
            line.edited.connect(self._on_edit)
        for part in (self.open, self.promised, self.photos):
            part.edited.connect(self._on_edit)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        form, enterprise, today = draft.form, draft.enterprise, date.today()

        def before(task: Task) -> Before:
            with task.read() as session:
                ref = reference_data.reference(session, today)
                return visit_state.before(session, enterprise, form, today, ref=ref)

        shell.work.run(before, self._show_before, owner=self, failed=self._complain)

    def draft(self) -> VisitDraft:
        """The visit as it stands on the screen."""
        answers = {name: line.typed() for name, line in self.lines.items()}
        return replace(
            self._draft,
            answers={name: typed for name, typed in answers.items() if typed},
            promises=self.promised.promises(),
            kept=self.open.kept() or self._unseen_kept,
            items=self.open.done() or self._unseen_items,
            photos=tuple(self.photos.photos),
        )

    def save(self) -> None:
        """Ctrl+S: everything typed is on the disk when this returns."""
        self._typed = True
        self.keeper.touch()
        self.keeper.save()

    def finish(self) -> None:
        """Make the draft a visit; what is missing is told beside its question."""
        if self._finishing:
            return
        self.save()
        self._asked = True
        self._look()
        draft, today, files, drafts = self.draft(), date.today(), self._files, self._drafts
        why = _("走访 {name}").format(name=draft.enterprise_name)
        self._finishing = True

        def job(task: Task) -> Recorded:
            ready = with_pictures(draft, files)
            with task.write(why) as session:
                made = visits.finish(session, ready, today)
            drafts.finish(draft.key)
            return made

        self._shell.work.run(job, self._on_finished, owner=self, failed=self._complain, keep=True)

    def leave(self) -> None:
        """Put the visit aside; it waits among the unfinished ones unless nothing was typed."""
        self.keeper.close(save=self._typed)
        self.left.emit()

    def discard(self) -> None:
        """Put the draft away; the file goes to a folder of those given up."""
        self.keeper.close(save=self._typed)
        try:
            if self._typed:
                self._drafts.discard(self._draft.key)
        except UserError as bad:
            self._complain(str(bad))
            return
        self.left.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is lost when the window closes."""
        self.keeper.close()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self.back = QPushButton(_("返回"))
        self.back.clicked.connect(self.leave)
        self.throw = QPushButton(_("放弃"))
        self.throw.clicked.connect(self.discard)
        self.done = style.primary(QPushButton(_("完成走访")))
        self.done.clicked.connect(self.finish)
        draft = self._draft
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(style.heading(_("走访 {name}").format(name=draft.enterprise_name)))
        form = f"{draft.form.title} {draft.form.version}"
        head.addWidget(style.soft(form))
        head.addStretch(1)
        for widget in (self.saved, self.throw, self.done):
            head.addWidget(widget)
        self.saved.setWordWrap(False)
        body = QHBoxLayout()
        body.addWidget(_scrolled(self._form()), 1)
        side = _scrolled(self._beside())
        side.setFixedWidth(_SIDE)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 12, 12)
        layout.addLayout(head)
        layout.addWidget(self.problem)
        layout.addLayout(body, 1)

    def _form(self) -> QWidget:
        """The questions in cards by group, each group in its parent's card."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        inside: list[QFormLayout] = []
        for question in self._draft.form.questions:
            if question.kind == "end_group":
                inside.pop()
            elif question.kind == "begin_group":
                card = style.card()
                box = QVBoxLayout(card)
                box.setContentsMargins(14, 10, 14, 12)
                box.addWidget(style.heading(question.label, points=11))
                rows = _rows()
                box.addLayout(rows)
                self._place(question, card, inside, column)
                self._groups[question.name] = card
                inside.append(rows)
            else:
                self._place(question, self._line(question), inside, column)
        column.addStretch(1)
        return holder

    def _line(self, question: Question) -> QWidget:
        if not question.asks:
            note = style.soft(question.label)
            self._groups[question.name] = note
            return note
        line = QuestionLine(self._draft.form, question)
        if isinstance(line.editor, SignatureLine):
            line.editor.wanted.connect(partial(self._choose_picture, line.editor))
        self.lines[question.name] = line
        return line

    def _place(
        self, question: Question, widget: QWidget, inside: Sequence[QFormLayout],
        column: QVBoxLayout,
    ) -> None:  # fmt: skip
        if not inside:
            if question.name in self.lines:
                rows = _rows()
                rows.addRow(_label(question), widget)
                self._rows[question.name] = (rows, widget)
                column.addLayout(rows)
            else:
                column.addWidget(widget)
            return
        if question.name in self.lines:
            inside[-1].addRow(_label(question), widget)
            self._rows[question.name] = (inside[-1], widget)
        else:
            inside[-1].addRow(widget)

    def _beside(self) -> QWidget:
        card = style.card()
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 12)
        column.addWidget(style.heading(_("库中的商标"), points=10.5))
        for widget in (self.state, self.open, self.promised, self.photos):
            column.addWidget(widget)
            column.addSpacing(6)
        column.addStretch(1)
        return card

    def _put(self, draft: VisitDraft) -> None:
        self._unseen_kept, self._unseen_items = draft.kept, draft.items
        for name, typed in draft.answers.items():
            if name in self.lines:
                self.lines[name].put(typed)
                self._show_signature(name, typed)
        self.promised.put(draft.promises)
        self.photos.put(draft.photos)
        if draft.saved:
            self._on_kept(draft.saved)
        self._look()

    def _show_signature(self, name: str, typed: Typed) -> None:
        line = self.lines[name].editor
        if isinstance(line, SignatureLine) and typed and not str(typed).startswith(STROKES):
            try:
                line.show_picture(str(typed), self._files.picture(str(typed)))
            except UserError as bad:
                self._complain(str(bad))

    def _show_before(self, before: Before) -> None:
        self.state.setText(_marks(before.marks))
        self.open.show_open(before.promises, before.items)
        self.open.put(self._unseen_kept, self._unseen_items)
        self._unseen_kept, self._unseen_items = (), ()
        self._filling = True
        for name, text in before.prefilled.items() if self._fresh else ():
            if not self.lines[name].typed():
                self.lines[name].put(text)
        self._filling = False
        last = before.last.values if before.last else {}
        for name, line in self.lines.items():
            line.show_last(last.get(name) if name != _DAY else None)
        self._look()

    def _on_edit(self) -> None:
        if not self._filling:
            self._typed = True
            self.keeper.touch()
            self._look()

    def _look(self) -> None:
        """Show the questions that apply now, and what is wrong with their answers."""
        answers = {name: line.typed() for name, line in self.lines.items()}
        for name, state in visit_form.states(self._draft.form, answers, date.today()).items():
            if name in self.lines:
                self.lines[name].show_state(state, asked=self._asked)
                rows, widget = self._rows[name]
                rows.setRowVisible(widget, state.relevant)
            else:
                self._groups[name].setVisible(state.relevant)

    def _on_kept(self, moment: str) -> None:
        self.saved.setText(_("已保存 {time}").format(time=_clock(moment)))
        style.tint(self.saved, style.GOOD)

    def _on_not_kept(self, text: str) -> None:
        self.saved.setText(_("未保存"))
        style.tint(self.saved, style.BAD)
        self._complain(text)

    def _complain(self, text: str) -> None:
        self._finishing = False
        self.problem.setText(text.replace("\n", "　"))
        self.problem.show()
        wrong = next((line for line in self.lines.values() if line.problem.text()), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_finished(self, made: Recorded) -> None:
        self.keeper.close(save=False)
        self._drafts.finish(self._draft.key)
        self.finished.emit(made)

    def _choose_picture(self, line: SignatureLine) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("签字图片"), "", _("图片 ({kinds})").format(kinds="*.png *.jpg *.jpeg")
        )
        if not chosen:
            return
        path, files = Path(chosen), self._files

        def job(_task: Task) -> tuple[str, bytes]:
            content = checked(Picture(path.name, read_file(path)))
            return files.put(content), content

        def show(kept: tuple[str, bytes]) -> None:
            line.show_picture(*kept)
            self._on_edit()

        self._shell.work.run(job, show, owner=self, keep=True)


def with_pictures(draft: VisitDraft, files: Attachments) -> VisitDraft:
    """The draft with every signature that was drawn kept as a picture beside the pool."""
    drawn: Mapping[str, str] = {
        name: files.put(picture_of(typed))
        for name, typed in draft.answers.items()
        if isinstance(typed, str) and typed.startswith(STROKES)
    }
    return replace(draft, answers={**draft.answers, **drawn})


def _rows() -> QFormLayout:
    rows = QFormLayout()
    rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    rows.setVerticalSpacing(8)
    return rows


def _label(question: Question) -> QLabel:
    always = question.required.strip().casefold() in visit_form.YES
    label = QLabel(question.label + (" *" if always else ""))
    label.setWordWrap(True)
    label.setFixedWidth(136)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area


def _marks(marks: MarkState) -> str:
    known = (
        (_("境内 {number} 件"), marks.home), (_("境外 {number} 件"), marks.abroad),
        (_("即将到期 {number} 件"), marks.expiring), (_("可被撤三 {number} 件"), marks.unused),
    )  # fmt: skip
    told = [text.format(number=number) for text, number in known if number is not None]
    return "　".join(told) or _("库中没有该企业的商标")


def _clock(moment: str) -> str:
    try:
        return datetime.fromisoformat(moment).strftime("%H:%M:%S")
    except ValueError:
        return moment
