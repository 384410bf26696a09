"""Hints while an enterprise is entered: a doubtful credit code, a name much like another's."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record
from brandpool.rules import identifiers
from brandpool.services import names, records
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.work import Work

_PAUSE_MS = 250
_ALIKE = 14


class IdentityHints(QObject):
    """Warns beside the lines of an enterprise's form; it never blocks."""

    def __init__(
        self,
        work: Work,
        model: type[Record],
        record: str,
        lines: Mapping[str, FieldLine],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._record = record
        self._lines = lines
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_names)
        if model is Enterprise:
            lines["credit_code"].edited.connect(self._look_at_code)
            lines["name"].edited.connect(self._pause.start)
        self._serves = model is Enterprise

    def look(self) -> None:
        """Look at what the form shows now."""
        if self._serves:
            self._look_at_code()

    def _look_at_code(self) -> None:
        line = self._lines["credit_code"]
        line.warn(doubt_about(line.text()))

    def _look_for_names(self) -> None:
        name = self._lines["name"].text().strip()
        if len(name) >= 4:
            self._work.read(
                lambda session: similar(session, name, self._record),
                self._tell_names,
                owner=self,
                replaces=self,
            )
        else:
            self._lines["name"].warn("")

    def _tell_names(self, found: list[str]) -> None:
        text = _("库中有相近的企业：{names}").format(names="、".join(found)) if found else ""
        self._lines["name"].warn(text)


def doubt_about(code: str) -> str:
    """What looks wrong with a credit code and what it probably should be; empty when nothing."""
    if not code.strip():
        return ""
    judged = identifiers.credit_code(code)
    if judged["valid"]:
        return "；".join(judged.warnings)
    text = str(judged.answer.get("reason") or judged["kind"])
    likely = judged.answer.get("suggestion")
    if likely:
        text += _("；可能应为 {code}").format(code=likely)
    return text


def similar(session: Session, name: str, record: str, most: int = 3) -> list[str]:
    """Names in the pool that mean the same enterprise or differ by one character."""
    ids = records.find(session, Enterprise)
    known = {i: title for i, title in records.titles(session, Enterprise, ids).items() if title}
    known.pop(record, None)
    wanted = names.matched(name)
    same = [i for i, title in known.items() if names.matched(title) == wanted]
    alike = [(i, title) for i, title in known.items() if len(set(title) ^ set(name)) <= _ALIKE]
    near = names.NearNames(alike).near(name)
    return [known[i] for i in dict.fromkeys((*same, *near))][:most]
