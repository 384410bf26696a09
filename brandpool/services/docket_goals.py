"""Dates of targets, subsidy items and the station's papers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import said
from brandpool.models.record import Record
from brandpool.models.star import StationPaper
from brandpool.models.subsidy import SubsidyItem
from brandpool.models.target import Target
from brandpool.services.docket_date import Dated, Owned, deadline, recorded, watch

Row = Mapping[str, Any]
Read = Callable[[Session, Sequence[str]], dict[str, Owned]]


def _target(row: Row) -> Iterator[Dated]:
    if row["year"]:
        last = date(row["year"], 12, 31)
        told = recorded(said("目标年度最后一天"), last, row["document_no"] or said("目标"))
        yield watch("target.ends", Target.kind(), row["id"], "", told, last)


def _item(row: Row) -> Iterator[Dated]:
    if row["ends"]:
        told = recorded(said("政策截止日期"), row["ends"], row["document_no"] or said("资助政策"))
        yield watch("subsidy.ends", SubsidyItem.kind(), row["id"], "", told, row["ends"])


def _paper(row: Row) -> Iterator[Dated]:
    if row["valid_until"]:
        told = recorded(
            said("有效期至"), row["valid_until"], row["document_no"] or said("站务材料")
        )
        kind = StationPaper.kind()
        yield deadline("station_paper.ends", kind, row["id"], "", told, row["valid_until"])


def _read(
    model: type[Record], dates: Callable[[Row], Iterator[Dated]], session: Session,
    ids: Sequence[str],
) -> dict[str, Owned]:  # fmt: skip
    found = journal.snapshot(session, model, list(ids))
    rows = (row for row in found.values() if row["dup_of"] is None)
    return {row["id"]: (None, list(dates(row))) for row in rows}


READERS: Mapping[type[Record], Read] = {
    Target: partial(_read, Target, _target),
    SubsidyItem: partial(_read, SubsidyItem, _item),
    StationPaper: partial(_read, StationPaper, _paper),
}
"""How the dates of each of these kinds are read."""
