"""The list of dates as it is printed for the week, by state, with room to tick off."""

from collections.abc import Sequence
from datetime import date, timedelta

from brandpool.i18n import _
from brandpool.services.docket import Entry
from brandpool.ui import paper
from brandpool.ui.docket_table import state_words

_ORDER = ("overdue", "today", "7", "30", "90", "later", "exposed", "risk")


def weekly(entries: Sequence[Entry], on: date, station: str) -> str:
    """The sheet as HTML: one table per state, what is late first."""
    week = _("{first} 至 {last}").format(first=on, last=on + timedelta(days=6))
    parts = [f"<h2 align='center'>{_('期限周报')}</h2><p align='center'>{week} {station}</p>"]
    words = state_words()
    for state in _ORDER:
        found = [entry for entry in entries if entry.state == state]
        if found:
            title = paper.escaped(f"{words[state]}（{len(found)}）")
            rows = (_row(number, entry) for number, entry in enumerate(found, start=1))
            parts.append(f"<h3>{title}</h3>{paper.table(_headings(), rows)}")
    if len(parts) == 1:
        parts.append(f"<p>{_('没有期限。')}</p>")
    return "".join(parts)


def _headings() -> tuple[str, ...]:
    return (_("序号"), _("截止日"), _("期限"), _("记录"), _("企业"), _("说明"), _("办理"))


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    due = f"{entry.due}\n{entry.left}"
    return (number, due, entry.label, entry.title, entry.enterprise_name, entry.note, "")
