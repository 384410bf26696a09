"""A bundle as lines of JSON: a first line that says what it is, a transaction per line, an end."""

from typing import Any

import msgspec

from brandpool.db.bundle import Bundle, ForeignTxn
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.journal import ChangeRow, TxnRow

_NAME = "brandpool journal"
_VERSION = 1
_HEADER = TxnRow.__slots__


class _First(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    version: int


class _Line(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    id: str
    site: str
    seq: int
    prev: str | None
    at: int
    who: str
    why: str
    source: str
    schema: int
    undoes: str | None
    places: tuple[int, ...] | None
    changes: tuple[tuple[str, str, str, str, str], ...]


class _Last(msgspec.Struct, forbid_unknown_fields=True):
    transactions: int


def dumps(bundle: Bundle) -> bytes:
    """The bundle as text; the same bundle gives the same bytes."""
    lines: list[Any] = [_First(_NAME, _VERSION)]
    for txn in bundle.txns:
        header = [getattr(txn.header, name) for name in _HEADER]
        lines.append([txn.id, *header, txn.places, txn.changes])
    lines.append(_Last(len(bundle.txns)))
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def loads(content: bytes) -> Bundle:
    """The bundle back. Raises UserError when it is cut off, damaged, or of a newer program."""
    first, *lines = content.split(b"\n")
    try:
        start = msgspec.json.decode(first, type=_First)
        _refuse_other(start)
        if len(lines) < 2 or lines[-1]:
            raise _damaged(_("不完整"))
        end = msgspec.json.decode(lines[-2], type=_Last)
        txns = tuple(map(_txn, lines[:-2]))
    except (msgspec.DecodeError, UnicodeDecodeError) as bad:
        raise _damaged(str(bad)) from bad
    if end.transactions != len(txns):
        raise _damaged(_("不完整"))
    return Bundle(txns)


def _refuse_other(start: _First) -> None:
    if start.name != _NAME:
        raise _damaged(_("不是操作记录"))
    if start.version > _VERSION:
        raise UserError(_("这个包由更新版本的程序制作，没有合并。请先更新本程序。"))


def _txn(line: bytes) -> ForeignTxn:
    read = msgspec.json.decode(line, type=_Line)
    if read.places is not None and len(read.places) != len(read.changes):
        raise _damaged(_("不完整"))
    header = TxnRow(*(getattr(read, name) for name in _HEADER))
    changes = tuple(ChangeRow(*parts) for parts in read.changes)
    return ForeignTxn(read.id, header, changes, read.places)


def _damaged(why: str) -> UserError:
    return UserError(
        _("包中的操作记录已损坏（{why}），没有合并，库未改动。请从原来的电脑重新导出。").format(
            why=why
        )
    )
