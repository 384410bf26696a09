"""Tier schemes kept in the pool: installed, loaded from files, edited, and found by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.record import new_id
from brandpool.models.tier import TierMove, TierScheme
from brandpool.paths import resources
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Scheme

DEFAULT = "cultivation.json"


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """One version of a scheme as lists show it; `scheme` is the whole of it."""

    id: str
    ver: str
    name: str
    title: str
    document_no: str
    starts: date
    ends: date | None
    scheme: Scheme


def shipped_files() -> list[Path]:
    """The scheme files that come with the program, the default one first."""
    folder = resources() / "reference" / "schemes"
    return sorted(folder.glob("*.json"), key=lambda path: (path.name != DEFAULT, path.name))


def install_shipped(session: Session) -> str | None:
    """Put the default scheme into a pool that has no scheme at all; returns its id if it did."""
    if session.scalar(select(_table().c.id).limit(1)) is not None:
        return None
    return load_file(session, shipped_files()[0])


def read_file(path: Path) -> Scheme:
    """The scheme in a file. Raises UserError that says where in the file it is wrong."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(_("{file} 不是 UTF-8 文本，没有读入。").format(file=path.name)) from None
    except OSError as bad:
        text = _("{file} 无法读取（{why}）。请核对位置和权限。")
        raise UserError(text.format(file=path.name, why=bad.strerror)) from bad
    try:
        return scheme_file.read(text)
    except UserError as bad:
        raise UserError(_("{file}：{what}").format(file=path.name, what=bad)) from bad


def load_file(session: Session, path: Path) -> str:
    """Put the scheme of a file into the pool, as a new version or over the same one; its id."""
    return save(session, read_file(path))


def save(session: Session, scheme: Scheme, seen: str | None = None) -> str:
    """Write a scheme: a new record for a new version, else an edit of that version; its id.

    `seen` is the `ver` of the row that was edited. Raises UserError when the scheme does not hold
    together, naming the place.
    """
    checked = scheme_file.scheme(scheme_file.document(scheme))
    values = _values(checked)
    record = new_id(TierScheme, values)
    if record in journal.snapshot(session, TierScheme, [record]):
        journal.update(session, TierScheme, {record: values}, {record: seen} if seen else None)
        return record
    return journal.insert(session, TierScheme, [values])[0]


def remove(session: Session, name: str) -> None:
    """Delete a version (key@version). Raises UserError when moves were decided under it."""
    row = _row_named(session, name)
    moves = TierMove.__table__
    cited = session.scalar(select(func.count()).select_from(moves).where(TierMove.scheme == name))
    if cited:
        text = _("已有 {n} 次层级变动依据方案“{title}”（{name}），没有删除。可改为填写废止日期。")
        raise UserError(text.format(n=cited, title=row.title, name=name))
    journal.delete(session, TierScheme, [row.id])


def find(session: Session) -> list[SchemeRow]:
    """All versions of all schemes, by key, the newest version first."""
    table = _table()
    query = select(table).where(table.c.dup_of.is_(None))
    query = query.order_by(table.c.key, table.c.starts.desc(), table.c.version.desc())
    return [_row(dict(found)) for found in session.execute(query).mappings()]


def get(session: Session, name: str) -> Scheme:
    """The scheme cited as key@version. Raises UserError when the pool does not have it."""
    return _row_named(session, name).scheme


def in_force(session: Session, on: date) -> list[Scheme]:
    """The schemes in force on a day: of each key the version that started last."""
    newest: dict[str, Scheme] = {}
    for row in find(session):
        if row.scheme.in_force(on):
            newest.setdefault(row.scheme.key, row.scheme)
    return list(newest.values())


def for_ladder(session: Session, ladder: str, on: date) -> Scheme:
    """The scheme in force on a day that has this ladder.

    Raises UserError when there is none, or when two schemes of different keys both have it.
    """
    found = [scheme for scheme in in_force(session, on) if scheme.ladder(ladder)]
    if not found:
        text = _("{day} 没有施行中的方案含有梯队“{ladder}”。请在“梯队方案”中核对施行日期。")
        raise UserError(text.format(day=on, ladder=ladder))
    if len(found) > 1:
        titles = "、".join(scheme.title for scheme in found)
        text = _("{day} 有几个方案都含有梯队“{ladder}”（{titles}）。请写明适用哪一个方案。")
        raise UserError(text.format(day=on, ladder=ladder, titles=titles))
    return found[0]


def ladders(session: Session, on: date) -> list[tuple[str, str, str]]:
    """The ladders in force on a day: (code, name, scheme cited as key@version)."""
    return [
        (ladder.code, ladder.words.label(), scheme.name)
        for scheme in in_force(session, on)
        for ladder in scheme.ladders
    ]


def versions_with(session: Session, ladder: str) -> Sequence[Scheme]:
    """Every version that has this ladder, the one that started last first."""
    found = [row.scheme for row in find(session) if row.scheme.ladder(ladder)]
    return sorted(found, key=lambda scheme: scheme.starts, reverse=True)


def _values(scheme: Scheme) -> dict[str, Value]:
    document = scheme_file.document(scheme)
    body = {key: document[key] for key in ("about", "ladders") if key in document}
    return {
        "key": scheme.key,
        "version": scheme.version,
        "title": scheme.title,
        "document_no": scheme.document_no or None,
        "starts": scheme.starts,
        "ends": scheme.ends,
        "body": scheme_file.dumps(body),
    }


def _row_named(session: Session, name: str) -> SchemeRow:
    key, _at, version = name.partition("@")
    table = _table()
    query = select(table).where(table.c.key == key, table.c.version == version)
    found = session.execute(query.where(table.c.dup_of.is_(None))).mappings().first()
    if found is None:
        raise UserError(_("库中没有方案“{name}”。请先载入或选择其他方案。").format(name=name))
    return _row(dict(found))


def _row(row: dict[str, Any]) -> SchemeRow:
    scheme = _scheme(row)
    return SchemeRow(
        id=row["id"],
        ver=row["ver"],
        name=scheme.name,
        title=scheme.title,
        document_no=scheme.document_no,
        starts=scheme.starts,
        ends=scheme.ends,
        scheme=scheme,
    )


def _scheme(row: dict[str, Any]) -> Scheme:
    document = scheme_file.loads(row["body"] or "{}")
    for name in ("key", "version", "title", "document_no"):
        document[name] = row[name]
    for name in ("starts", "ends"):
        document[name] = row[name].isoformat() if row[name] else None
    return scheme_file.scheme(document)


def _table() -> Table:
    table = TierScheme.__table__
    assert isinstance(table, Table)
    return table
