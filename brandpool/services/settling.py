"""What waits for a person: two values of one field, a deletion that met an edit, a number twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record
from brandpool.services import enterprises, history, records

VALUE, DELETION, NUMBER = "value", "deletion", "number"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to settle.

    `what` is VALUE (the field shows `shown`; `other` was written at the same time), DELETION
    (somebody deleted the record, who had not seen an edit), or NUMBER (`rival` bears the same
    official number). `shown_by` and `other_by` are who wrote which, and when.
    """

    kind: str
    record: str
    title: str
    what: str
    field: str
    shown: Value
    shown_by: str
    shown_at: datetime | None
    other: Value
    other_by: str
    other_at: datetime | None
    rival: str = ""
    rival_title: str = ""

    @property
    def model(self) -> type[Record]:
        """The kind of record."""
        return by_kind()[self.kind]


def matters(session: Session) -> list[Matter]:
    """Everything that waits, by record."""
    return [_matter(session, flag) for flag in history.flags(session)]


def keep_shown(session: Session, matter: Matter) -> None:
    """Decide for what the pool shows: its value, or, after a deletion, the record itself."""
    field = matter.field if matter.what == VALUE else matter.model.title_field
    row = _row(session, matter)
    journal.settle(session, matter.model, matter.record, field, row[field])


def take_other(session: Session, matter: Matter) -> None:
    """Decide for the other value.

    Raises UserError when the record is gone.
    """
    _row(session, matter)
    journal.settle(session, matter.model, matter.record, matter.field, matter.other)


def let_go(session: Session, matter: Matter) -> None:
    """Decide for the deletion. Raises UserError when something else still refers to the record."""
    records.remove(session, matter.model, [matter.record])


def make_one(session: Session, matter: Matter) -> None:
    """Two records with one number are one: enterprises are merged, of others the rival stays.

    To be called in a step whose source is `enterprises.MERGED`. Raises UserError when the two
    cannot be merged, or something still refers to the record that would go.
    """
    if matter.model is Enterprise:
        enterprises.merge(session, matter.rival, matter.record)
    else:
        records.remove(session, matter.model, [matter.record])


def _matter(session: Session, flag: history.FlagRow) -> Matter:
    model = by_kind()[flag.kind]
    shown, by, at = _shown(session, flag)
    rival = str(flag.value) if flag.what == NUMBER else ""
    return Matter(
        flag.kind,
        flag.record,
        flag.title,
        flag.what,
        flag.field,
        shown,
        by,
        at,
        flag.value if flag.what == VALUE else None,
        flag.who,
        flag.at,
        rival,
        records.titles(session, model, [rival]).get(rival, "") if rival else "",
    )


def _shown(session: Session, flag: history.FlagRow) -> tuple[Value, str, datetime | None]:
    """What the pool shows now, and who wrote it last."""
    model = by_kind()[flag.kind]
    name = flag.field or model.title_field
    value = records.get(session, model, flag.record)[name]
    if flag.what == DELETION:
        written = [
            row for row in history.of_record(session, flag.kind, flag.record) if row.op != "D"
        ]
    else:
        written = history.of_field(session, flag.kind, flag.record, name)
        written = [row for row in written if row.new == value]
    if not written:
        return value, "", None
    return value, written[0].who, written[0].at


def _row(session: Session, matter: Matter) -> records.RecordRow:
    found = records.rows(session, matter.model, [matter.record])
    if not found:
        raise UserError(_("这条记录已被删除，无需再裁定。"))
    return found[0]
