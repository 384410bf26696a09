"""A printed number can be answered for: its short code brings back exactly its rows."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.kinds import by_kind
from brandpool.models.printed_number import PrintedNumber
from brandpool.services import records
from brandpool.services.counted import Counted, RecordKey

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit on paper."""
_MISREAD = str.maketrans("OIL", "011")
_LENGTH, _HALF = 8, 4


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A number as it was printed. `rows` are its records; `gone` those deleted since."""

    code: str
    name: str
    total: Decimal | None
    unit: str
    definition: str
    printed_on: date | None
    printed_by: str
    rows: tuple[RecordKey, ...]
    gone: tuple[RecordKey, ...]


def keep(session: Session, named: Mapping[str, Counted], on: date, who: str = "") -> dict[str, str]:
    """Keep numbers (by name) that are about to be printed; returns their codes by name.

    The code follows from what is kept: the same number printed again bears the same code.
    """
    codes = {name: code_of(name, one) for name, one in named.items()}
    known = set(
        session.scalars(select(PrintedNumber.code).where(PrintedNumber.code.in_(codes.values())))
    )
    fresh = {code: name for name, code in codes.items() if code not in known}
    journal.insert(
        session,
        PrintedNumber,
        [
            {
                "code": code,
                "name": name,
                "total": _decimal(named[name].total),
                "unit": named[name].unit,
                "printed_on": on,
                "printed_by": who or None,
                "definition": named[name].definition,
                "row_count": len(named[name].rows),
                "rows": _written(named[name].rows),
            }
            for code, name in fresh.items()
        ],
    )
    return codes


def code_of(name: str, counted: Counted) -> str:
    """The code of a number: eight signs, a hyphen in the middle, made from all it says."""
    told = msgspec.json.encode(
        [name, str(counted.total), counted.unit, counted.definition, _written(counted.rows)]
    )
    left = int.from_bytes(hashlib.sha256(told).digest()[:5])
    signs = ""
    for _place in range(_LENGTH):
        left, place = divmod(left, len(_SIGNS))
        signs += _SIGNS[place]
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def recall(session: Session, typed: str) -> PrintedRow:
    """The number that was printed with this code, however it is typed.

    Raises UserError when the pool has printed no such number.
    """
    code = spelled(typed)
    found = session.scalars(select(PrintedNumber.id).where(PrintedNumber.code == code)).first()
    if found is None:
        raise UserError(
            _("这个品牌库没有打印过编码为 {code} 的数字。请核对编码和品牌库。").format(
                code=code or typed
            )
        )
    row = records.get(session, PrintedNumber, found)
    rows = _read(str(row["rows"] or "{}"))
    alive = _alive(session, rows)
    return PrintedRow(
        code, str(row["name"]), row["total"] if isinstance(row["total"], Decimal) else None,
        str(row["unit"] or ""), str(row["definition"] or ""),
        row["printed_on"] if isinstance(row["printed_on"], date) else None,
        str(row["printed_by"] or ""), rows, tuple(key for key in rows if key not in alive),
    )  # fmt: skip


def spelled(typed: str) -> str:
    """A code as it is kept: letters that are misread on paper count as the digits meant."""
    signs = "".join(typed.upper().translate(_MISREAD).replace("-", " ").split())
    return f"{signs[:_HALF]}-{signs[_HALF:]}" if len(signs) == _LENGTH else signs


def _alive(session: Session, rows: Sequence[RecordKey]) -> set[RecordKey]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for kind, record in rows:
        wanted[kind].append(record)
    models = by_kind()
    return {
        (kind, record)
        for kind, ids in wanted.items()
        if kind in models
        for record in journal.snapshot(session, models[kind], ids)
    }


def _written(rows: Sequence[RecordKey]) -> str:
    by: dict[str, list[str]] = defaultdict(list)
    for kind, record in rows:
        by[kind].append(record)
    told = {kind: sorted(set(ids)) for kind, ids in sorted(by.items())}
    return msgspec.json.encode(told).decode()


def _read(text: str) -> tuple[RecordKey, ...]:
    found = msgspec.json.decode(text, type=dict[str, list[str]])
    return tuple((kind, record) for kind, ids in found.items() for record in ids)


def _decimal(total: int | Decimal | None) -> Decimal | None:
    return Decimal(total) if isinstance(total, int) else total
