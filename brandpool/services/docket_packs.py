"""Dates of field packs: when those that are out must be back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import said
from brandpool.models.pack import FieldPack
from brandpool.services.docket_date import Owned, deadline, recorded


def read_packs(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The days by which these packs must come home; none once they have."""
    found: dict[str, Owned] = {}
    for row in journal.snapshot(session, FieldPack, list(ids)).values():
        dates = []
        if row["dup_of"] is None and row["until"] is not None and row["returned_on"] is None:
            told = recorded(said("归还期限"), row["until"], said("外勤包登记"))
            dates = [deadline("pack.return", FieldPack.kind(), row["id"], "", told, row["until"],
                              note=row["taken_by"] or "")]  # fmt: skip
        found[row["id"]] = (None, dates)
    return found
