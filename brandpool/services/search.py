"""One box for everything: names, former names, numbers, people, by any part and by pinyin.

Every character is its own token and a query is a phrase, so any piece of a name is found at index
speed; latin letters go in as overlapping pairs. The index is a cache that follows the journal: it
knows up to which step it has read, and catches up before it answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, column, insert, select, table, text
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models import pinyin
from brandpool.models.journal import Change, PoolFact
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.services import as_of, records

_ENTRY = table("search_entry", column("id"), column("kind"), column("record"))
_MARK = "searched"
_PAIR_END = "_"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: `record` of `kind`, what it is called, and the words that tell it apart."""

    kind: str
    record: str
    title: str
    detail: str


def find(session: Session, words: str, limit: int = 20) -> list[Hit]:
    """Records that hold each of the words somewhere, those of earlier kinds first.

    The index must have caught up (`catch_up`). Words may be Chinese, digits, or pinyin (initials
    or full spelling, any reading).
    """
    phrases = [_phrase(word) for word in words.split()]
    wanted = " AND ".join(phrase for phrase in phrases if phrase)
    if not wanted:
        return []
    query = text(
        "SELECT e.kind, e.record FROM search_text t JOIN search_entry e ON e.id = t.rowid"
        " WHERE search_text MATCH :wanted LIMIT :limit"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for kind, record in session.execute(query, {"wanted": wanted, "limit": limit * 5}):
        found[kind].append(record)
    order = [model for model in KINDS if model.kind() in found]
    hits = [hit for model in order for hit in _hits(session, model, found[model.kind()])]
    return hits[:limit]


def behind(session: Session) -> bool:
    """Whether the index has steps of the journal still to read."""
    return _read_up_to(session) < as_of.latest(session)


def catch_up(session: Session) -> int:
    """Index what the journal brought since the last time; returns how many records were read.

    Needs a maintaining session (`pool.maintain`), since the index is not journaled.
    """
    start, end = _read_up_to(session), as_of.latest(session)
    query = select(Change.kind, Change.record).where(Change.lsn > start).distinct()
    touched: dict[str, list[str]] = defaultdict(list)
    for kind, record in session.execute(query):
        touched[kind].append(record)
    for kind, ids in touched.items():
        _index(session, by_kind()[kind], ids)
    _note_read(session, end)
    return sum(map(len, touched.values()))


def _index(session: Session, model: type[Record], ids: Sequence[str]) -> None:
    names = [name for name, declared in fields(model).items() if declared.searchable]
    if not names:
        return
    for batch in journal.in_batches(ids):
        old = session.execute(
            select(_ENTRY.c.id, _ENTRY.c.record).where(_ENTRY.c.record.in_(batch))
        ).all()
        if old:
            numbers = [{"id": row.id} for row in old]
            session.execute(text("DELETE FROM search_text WHERE rowid = :id"), numbers)
            session.execute(sql_delete(_ENTRY).where(_ENTRY.c.record.in_(batch)))
        rows = journal.snapshot(session, model, batch)
        if rows:
            _add(session, model, names, rows)


def _add(session: Session, model: type[Record], names: Sequence[str], rows: dict[str, Any]) -> None:
    first = (session.scalar(text("SELECT max(id) FROM search_entry")) or 0) + 1
    numbered = list(enumerate(rows.items(), start=first))
    session.execute(
        insert(_ENTRY).values(
            id=bindparam("id"), kind=bindparam("kind"), record=bindparam("record")
        ),
        [{"id": n, "kind": model.kind(), "record": record} for n, (record, _) in numbered],
    )
    session.execute(
        text("INSERT INTO search_text (rowid, words) VALUES (:id, :words)"),
        [
            {"id": n, "words": _words(str(row[name]) for name in names if row[name])}
            for n, (_, row) in numbered
        ],
    )


def _words(values: Iterable[str]) -> str:
    """Everything by which these values shall be found, as tokens."""
    parts: list[str] = []
    for value in values:
        parts.append(" ".join(_tokens(value)))
        if any(char >= "\u3400" for char in value):
            spelled = dict.fromkeys((*pinyin.initials(value), *pinyin.spellings(value)))
            parts += [" ".join(_tokens(word)) for word in spelled]
    return " | ".join(parts)


def _tokens(value: str) -> Iterator[str]:
    run = ""
    for char in value.casefold():
        if char.isascii() and char.isalnum():
            run += char
            continue
        yield from _pairs(run)
        run = ""
        if char.isalnum():
            yield char
    yield from _pairs(run)


def _pairs(run: str) -> Iterator[str]:
    """Overlapping pairs: any piece of two letters or more is a phrase of them."""
    yield from (run[place : place + 2] for place in range(len(run) - 1))
    if run:
        yield run[-1]


def _phrase(word: str) -> str:
    tokens = list(_tokens(word))
    if not tokens:
        return ""
    last = tokens[-1]
    if last.isascii():
        tokens = tokens[:-1] or [f"{last}*"]
    quoted = " ".join(tokens)
    return f'"{quoted[:-1]}"*' if quoted.endswith("*") else f'"{quoted}"'


def _hits(session: Session, model: type[Record], ids: Sequence[str]) -> list[Hit]:
    shown = [n for n, f in fields(model).items() if f.searchable and n != model.title_field]
    hits: list[Hit] = []
    for row in records.rows(session, model, ids):
        detail = "  ".join(str(row[name]) for name in shown if row[name])
        hits.append(Hit(model.kind(), row.id, str(row.values.get(model.title_field) or ""), detail))
    return hits


def _read_up_to(session: Session) -> int:
    value = session.scalar(select(PoolFact.value).where(PoolFact.name == _MARK))
    return int(value or 0)


def _note_read(session: Session, lsn: int) -> None:
    session.merge(PoolFact(name=_MARK, value=str(lsn)))
    session.flush()
