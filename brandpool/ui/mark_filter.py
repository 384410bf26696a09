"""The filters a mark clerk reaches for: status, class, renewal, street of the enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.mark_codes import STATUSES
from brandpool.models.trademark import Trademark
from brandpool.services import records, renewals, trademarks
from brandpool.services.records import Filter, Op, Query
from brandpool.ui.work import Work

CLASSES = range(1, 46)
STAGES = ("window", "grace", "over")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The marks that street and renewal leave (None: all), with the words that say so."""

    ids: frozenset[str] | None
    words: str


class MarkFilter(QWidget):
    """Four lists above the table. `changed` says that one was chosen."""

    changed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.status = _box(_("状态"), [(c.label(lang()), c.code) for c in STATUSES])
        self.nice = _box(_("类别"), [(_("第{n}类").format(n=n), n) for n in CLASSES])
        self.stage = _box(_("续展"), [(stage_word(code), code) for code in STAGES])
        self.street = _box(_("街道"), [])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for box in (self.status, self.nice, self.stage, self.street):
            label = QLabel(box.accessibleName())
            label.setBuddy(box)
            layout.addWidget(label)
            layout.addWidget(box)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        layout.addStretch(1)

    def ask_streets(self) -> None:
        """Offer the streets that enterprises are recorded in."""
        self._work.read(
            lambda session: records.distinct(session, Enterprise, "street"),
            self._offer,
            replaces=self.street,
        )

    def filters(self) -> dict[str, tuple[Filter, ...]]:
        """The conditions on the marks' own fields, by field."""
        status, nice = self.status.currentData(), self.nice.currentData()
        return {
            "status": (Filter("status", Op.ONE_OF, (status,)),) if status else (),
            "nice_class": (Filter("nice_class", Op.EQUALS, nice),) if nice else (),
        }

    def asked(self) -> tuple[str, str]:
        """The street and the renewal stage that are chosen; empty where none is."""
        return self.street.currentData() or "", self.stage.currentData() or ""

    def clear(self) -> None:
        """Choose nothing in any list, silently."""
        for box in (self.status, self.nice, self.stage, self.street):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)

    def _offer(self, found: Sequence[tuple[object, int]]) -> None:
        chosen = self.street.currentData()
        self.street.blockSignals(True)
        while self.street.count() > 1:
            self.street.removeItem(1)
        for street, _number in sorted(found, key=lambda pair: str(pair[0])):
            if street:
                self.street.addItem(str(street), str(street))
        self.street.setCurrentIndex(max(self.street.findData(chosen), 0))
        self.street.blockSignals(False)


def narrowed(session: Session, street: str, stage: str, on: date) -> Narrowed:
    """The marks of enterprises in a street whose renewal stands at a stage, on a day."""
    if not street and not stage:
        return Narrowed(None, "")
    found: set[str] | None = None
    if street:
        wanted = Query((Filter("street", Op.EQUALS, street),))
        enterprises = records.find(session, Enterprise, wanted)
        found = {mark.id for mark in trademarks.of_enterprises(session, enterprises)}
    if stage:
        open_now = renewals.queue(session, on)
        kind = Trademark.kind()
        at_stage = {row.id for row in open_now if row.kind == kind and row.stage == stage}
        found = at_stage if found is None else found & at_stage
    words = [street, stage_word(stage)]
    return Narrowed(frozenset(found or ()), "，".join(word for word in words if word))


def stage_word(stage: str) -> str:
    """Where a renewal stands in time, in words."""
    return {
        "window": _("续展期内"),
        "grace": _("宽展期"),
        "over": _("宽展期已过"),
    }.get(stage, "")


def _box(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(_("不限"), None)
    for text, data in choices:
        box.addItem(text, data)
    return box
