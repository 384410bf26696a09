"""Choosing the record that a field points to: type a piece of its name, pick it from the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.kinds import by_kind
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query
from brandpool.ui.work import Work

_MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be pointed to."""

    record: str
    title: str


class LinkEdit(QLineEdit):
    """A line that holds a record of kind `links`, never free text."""

    picked = Signal()

    def __init__(self, work: Work, links: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._links = links
        self._choices: list[Choice] = []
        self.record: str | None = None
        self._title = ""
        self.setPlaceholderText(_("输入名称的一部分查找"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated[str].connect(self._pick)  # type: ignore[index]
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_text)

    def put(self, record: str | None, title: str) -> None:
        """Point to this record."""
        self.record, self._title = record, title
        self.setText(title)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A text that names no record falls back to the record that was there."""
        self.settle()
        super().focusOutEvent(event)

    def settle(self) -> None:
        """Make text and record agree: an empty text means none, an exact title its record."""
        text = self.text().strip()
        if not text:
            self.put(None, "")
        elif text != self._title:
            exact = [c for c in self._choices if c.title == text]
            only = self._choices if len(self._choices) == 1 else exact
            if only:
                self.put(only[0].record, only[0].title)
            else:
                self.setText(self._title)

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._pause.start()

    def _ask(self) -> None:
        text, kind = self.text().strip(), self._links
        self._work.read(
            lambda session: find_choices(session, kind, text), self._offer, replaces=self
        )

    def _offer(self, choices: list[Choice]) -> None:
        self._choices = choices
        self._names.setStringList([choice.title for choice in choices])
        if self.hasFocus():
            self.completer().complete()

    def _pick(self, title: str) -> None:
        chosen = next((c for c in self._choices if c.title == title), None)
        if chosen is not None:
            self.put(chosen.record, chosen.title)
            self.picked.emit()


def find_choices(session: Session, kind: str, text: str) -> list[Choice]:
    """Records of the kind whose title or official number holds the text."""
    model = by_kind()[kind]
    found: list[str] = []
    names: Sequence[str] = dict.fromkeys((model.title_field, *model.official))  # type: ignore[assignment]
    for name in names:
        wanted = Query((Filter(name, Op.CONTAINS, text),))
        found += [record for record in records.find(session, model, wanted) if record not in found]
    found = found[:_MOST]
    titles = records.titles(session, model, found)
    return [Choice(record, titles[record]) for record in found if titles.get(record)]
