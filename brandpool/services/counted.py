"""A number of the station with the records that make it up and its definition in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

RecordKey = tuple[str, str]
"""A record as (kind, id): what a click on a number opens."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One number as true on a day.

    `total` is None where nothing can be said ("—"): a rate over nothing, or a figure nobody has
    recorded yet. `unit` is what it counts ("件", "家", "元", "%"). `rows` are exactly the records
    counted; `unknown` those that would have to be looked at before the number is sure (待查), and
    are not in the total. `definition` says in the window's language what was counted, on which day.
    """

    total: int | Decimal | None
    unit: str
    rows: tuple[RecordKey, ...]
    definition: str
    unknown: tuple[RecordKey, ...] = ()


def keys(kind: str, ids: Iterable[str]) -> tuple[RecordKey, ...]:
    """Records of one kind as `rows` names them, each once, in their order."""
    return tuple((kind, record) for record in dict.fromkeys(ids))
