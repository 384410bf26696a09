"""The files beside the pool that records name: which they are, and whether they are there.

A field of Kind.FILE names one; the answers of a visit's form may name more. Backups, packs and
the check all go by this.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.i18n import _
from brandpool.models.field import Kind
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields
from brandpool.models.visit import Visit
from brandpool.services import packs
from brandpool.services.check import Disagreement

_WITHIN: Mapping[type[Record], tuple[str, ...]] = {Visit: ("answers",)}
"""Fields of other kinds in whose text files are named."""
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@cache
def naming(model: type[Record]) -> tuple[str, ...]:
    """The fields of a record kind that name files."""
    found = tuple(name for name, one in fields(model).items() if one.kind is Kind.FILE)
    return found + _WITHIN.get(model, ())


def hashes(model: type[Record], values: Mapping[str, Any]) -> frozenset[str]:
    """The files that these values of a record name."""
    texts = (values.get(name) for name in naming(model))
    return frozenset(one for text in texts if isinstance(text, str) for one in _HASH.findall(text))


def named(session: Session) -> dict[str, tuple[type[Record], str]]:
    """Every file that the pool's records name, each with one record that does."""
    found: dict[str, tuple[type[Record], str]] = {}
    for model in KINDS:
        table = model.__table__
        assert isinstance(table, Table)
        columns = [table.c[name] for name in naming(model)]
        if columns:
            for row in session.execute(select(table.c.id, *columns)).mappings():
                for one in hashes(model, dict(row)):
                    found.setdefault(one, (model, row["id"]))
    return found


def faults(
    session: Session, files: Attachments, progress: Callable[[int, int, str], object]
) -> list[Disagreement]:
    """The files that are missing or no longer what they were, each under a record that names it.

    Every file is read. A laptop has what its pack brought: there only damage is a fault.
    `progress` as for `check`.
    """
    away = packs.copy_of(session) is not None
    found: list[Disagreement] = []
    every = sorted(named(session).items())
    for done, (digest, (model, record)) in enumerate(every):
        progress(done, len(every), model.zh)
        here = files.has(digest)
        if files.keeps(digest) or (away and not here):
            continue
        state = _("文件已损坏") if here else _("文件缺失")
        found.append(Disagreement(model.kind(), record, "file", state, digest[:12]))
    return found
