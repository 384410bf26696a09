"""What a chart of one record can be about: enterprises with a history, targets, files."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.target import Target
from brandpool.models.tier import TierMove
from brandpool.models.well_known import WellKnownFile
from brandpool.reports.ask import Ask

_MOST = 3000
Found = list[tuple[str, str]]


def enterprises(session: Session, ask: Ask) -> Found:
    """Enterprises that ever stood on a ladder, by name; the one asked about always among them."""
    table, moves = Enterprise.__table__.c, TierMove.__table__.c
    moved = select(moves.enterprise_id).where(moves.effective <= ask.end)
    query = select(table.name, table.id).where(table.dup_of.is_(None)).order_by(table.name)
    found = [_pair(*row) for row in session.execute(query.where(table.id.in_(moved)).limit(_MOST))]
    if ask.record and ask.record not in {record for _name, record in found}:
        asked = session.execute(query.where(table.id == ask.record))
        found = [*(_pair(*row) for row in asked), *found]
    return found


def targets(session: Session, _ask: Ask) -> Found:
    """Targets, those of the latest year first."""
    table = Target.__table__.c
    query = select(table.title, table.year, table.id).where(
        table.dup_of.is_(None), table.year.is_not(None)
    )
    rows = session.execute(query.order_by(table.year.desc(), table.title, table.id))
    return [
        (_("{title}（{year}年）").format(title=title or "", year=year), record)
        for title, year, record in rows
    ]


def files(session: Session, _ask: Ask) -> Found:
    """Preparation files for well-known protection, by mark and enterprise."""
    table, firm = WellKnownFile.__table__.c, Enterprise.__table__.c
    query = (
        select(table.mark, firm.name, table.id)
        .outerjoin(Enterprise, firm.id == table.enterprise_id)
        .where(table.dup_of.is_(None))
        .order_by(table.mark, table.id)
    )
    return [
        (f"{mark or ''} · {name or ''}", record) for mark, name, record in session.execute(query)
    ]


def _pair(name: str | None, record: str) -> tuple[str, str]:
    return name or "", record
