"""What stops a write that goes round the journal, at once."""

from typing import Any

from sqlalchemy.orm import Session

from brandpool.models.kinds import by_kind
from brandpool.models.record import Record


def refuse_unjournaled(state: Any) -> None:
    """A listener that stops any statement on a tracked table that did not come through here."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = state.statement.table
    if table.name in by_kind() and not state.execution_options.get("journaled"):
        raise RuntimeError(f"{table.name} is tracked: write it through brandpool.db.journal")


def refuse_objects(session: Session, _context: Any, _instances: Any) -> None:
    """A listener that stops mapped records from being saved as objects."""
    for item in (*session.new, *session.dirty, *session.deleted):
        if isinstance(item, Record):
            raise TypeError(f"{item.kind()} is tracked: write it through brandpool.db.journal")
