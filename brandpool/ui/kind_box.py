"""Choosing a record kind, and a day, above a table of the past."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit

from brandpool.i18n import _, lang
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record


class KindBox(QComboBox):
    """Every kind of record by its noun; enterprises first."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("记录种类"))
        self.setToolTip(_("记录种类"))
        self.setMaxVisibleItems(30)
        for model in KINDS:
            self.addItem(model.label(lang()), model.kind())

    @property
    def model_kind(self) -> type[Record]:
        """The kind chosen."""
        return by_kind()[str(self.currentData())]


class DayEdit(QDateEdit):
    """A day up to today, with a calendar."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setMaximumDate(QDate.currentDate())
        self.setKeyboardTracking(False)
        self.setAccessibleName(name)
        self.setToolTip(name)

    @property
    def day(self) -> date:
        """The day chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())
