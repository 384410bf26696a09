"""Where the records behind a number come from: by street or by industry of their enterprises."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import by_kind
from brandpool.services.counted import RecordKey

WAYS = ("street", "industry")


@dataclass(frozen=True, slots=True)
class Share:
    """The records of one street or industry; `label` says so where none is known."""

    label: str
    rows: tuple[RecordKey, ...]


def spread(session: Session, rows: Sequence[RecordKey], by: str) -> list[Share]:
    """The records apart by street or industry, the most first; together they are all of them."""
    owners = _owners(session, rows)
    told = journal.snapshot(session, Enterprise, sorted({one for one in owners.values() if one}))
    apart: dict[str, list[RecordKey]] = defaultdict(list)
    for row in rows:
        enterprise = told.get(owners.get(row) or "", {})
        apart[str(enterprise.get(by) or "")].append(row)
    shares = [Share(label or _("未填写"), tuple(held)) for label, held in apart.items()]
    return sorted(shares, key=lambda share: (-len(share.rows), share.label))


def _owners(session: Session, rows: Sequence[RecordKey]) -> dict[RecordKey, str | None]:
    """The enterprise of each record; none for kinds that hang on no enterprise."""
    by: dict[str, list[str]] = defaultdict(list)
    for kind, record in rows:
        by[kind].append(record)
    found: dict[RecordKey, str | None] = {}
    for kind, ids in by.items():
        table: Table = by_kind()[kind].__table__
        if kind == Enterprise.kind():
            found |= {(kind, one): one for one in ids}
        elif "enterprise_id" in table.c:
            for batch in journal.in_batches(ids):
                query = select(table.c.id, table.c.enterprise_id).where(table.c.id.in_(batch))
                found |= {(kind, one): owner for one, owner in session.execute(query)}
    return found
