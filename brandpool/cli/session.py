"""What every command shares: which pool, who acts, and how an answer is printed."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from brandpool import paths, settings
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.field import encode
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record

PoolOption = Annotated[
    Path | None, typer.Option("--pool", help="品牌库文件（默认：上次打开的库）/ the pool file")
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
WhoOption = Annotated[str, typer.Option("--who", help="操作人 / who acts")]


def open_pool(path: Path | None, *, read_only: bool = False) -> Pool:
    """The pool named on the command line, else the one last opened, else the default one."""
    last = settings.load().pool
    wanted = path or (Path(last) if last else paths.default_pool())
    return Pool.open(wanted, read_only=read_only)


@contextmanager
def reading(path: Path | None) -> Iterator[Session]:
    """A reading session on the pool."""
    pool = open_pool(path)
    try:
        with pool.read() as session:
            yield session
    finally:
        pool.close()


@contextmanager
def writing(
    path: Path | None, why: str, who: str, *, source: str = "command", undoes: str | None = None
) -> Iterator[Session]:
    """A writing session whose changes are one step of the journal."""
    pool = open_pool(path)
    try:
        with pool.write(
            why, who=who or settings.load().clerk, source=source, undoes=undoes
        ) as session:
            yield session
    finally:
        pool.close()


def kind_named(word: str) -> type[Record]:
    """The record kind called so, in ASCII, Chinese or English.

    Raises UserError that lists the kinds there are.
    """
    for model in by_kind().values():
        if word.casefold() in (model.kind(), model.zh, model.en.casefold()):
            return model
    known = "、".join(f"{model.kind()}（{model.zh}）" for model in by_kind().values())
    raise UserError(f"没有“{word}”这一类记录。可用的有：{known}。")


def day_of(word: str | None) -> date:
    """A day given as YYYY-MM-DD; today when none is given."""
    if word is None:
        return date.today()
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise UserError(f"“{word}”不是日期，请写成 2026-11-22 的样子。") from None


def print_json(answer: Any) -> None:
    """Print an answer for another program."""
    text = msgspec.json.format(msgspec.json.encode(_plain(answer)), indent=1)
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.flush()


def print_table(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], footer: str = ""
) -> None:
    """Print rows for a person."""
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console = Console()
    console.print(table)
    if footer:
        console.print(footer)


def say(text: str) -> None:
    """Print one line for a person."""
    Console().print(text, markup=False, highlight=False)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, (date, Decimal)):
        return encode(value)
    if isinstance(value, (Path, str)):
        return str(value)
    return value
