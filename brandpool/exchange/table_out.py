"""A table that leaves the station: what is in it, its name, and how it gets on the disk."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Field, Kind, Value
from brandpool.rules import masks

POOL_TITLE = "商标品牌梯队培育库"
Cell = str | int | Decimal | date | None
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', ""))
_LONGEST_NAME = 200
_MASKED_AS = {Kind.PERSON: "姓名", Kind.PHONE: "电话", Kind.EMAIL: "邮箱"}


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is exported: its columns and rows in the order shown, its heading and foot.

    `rows` hold values in the order of `fields`; `day` is printed as the table's date; `notes` are
    lines between heading and table (scheme, filter); `signed` adds the line for seal and
    signature; `numbered` puts 序号 in front.
    """

    title: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Value]]
    day: date
    station: str = ""
    clerk: str = ""
    phone: str = ""
    notes: tuple[str, ...] = ()
    numbered: bool = True
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: where, its SHA-256, how many rows, whether people are named."""

    path: Path
    sha256: str
    rows: int
    unmasked: bool


def headings(table: Table) -> list[str]:
    """The header row: labels with their units."""
    labels = [f"{f.zh}（{f.unit}）" if f.unit else f.zh for f in table.fields]
    return ["序号", *labels] if table.numbered else labels


def cells(table: Table, *, unmasked: bool = False) -> Iterator[list[Cell]]:
    """The rows as they are written: words for codes, personal data masked unless asked.

    Numbers and dates stay what they are; every other value is text.
    """
    for number, row in enumerate(table.rows, 1):
        values = zip(table.fields, row, strict=True)
        line = [_cell(field, value, unmasked=unmasked) for field, value in values]
        yield [number, *line] if table.numbered else line


def _cell(field: Field, value: Value, *, unmasked: bool) -> Cell:
    if value is None or value == "":
        return None
    if field.personal and not unmasked:
        return hidden(field, str(value))
    if isinstance(value, bool) or field.kind is Kind.CHOICE:
        return field.shown(value)
    return value


def hidden(field: Field, text: str) -> str:
    """Personal data with its personal part masked (PIPL art. 6, 51); unknown kinds hide it all."""
    word = _MASKED_AS.get(field.kind, "地址" if "地址" in field.zh else "")
    return masks.masked_text(word, text) if word else "****"


def names_people(table: Table) -> bool:
    """Whether a column of the table holds personal data."""
    return any(field.personal for field in table.fields)


def file_name(zone: str, what: str, day: date, suffix: str = ".xlsx") -> str:
    """A file name as the offices use them: 宁波高新区_商标品牌梯队培育库_升级名单_20261122.xlsx.

    Characters that Windows or Linux refuse are left out, a very long name is cut.
    """
    parts = [clean_name(part) for part in (zone, POOL_TITLE, what)]
    tail = f"_{day:%Y%m%d}{suffix}"
    head = "_".join(part for part in parts if part)
    while len((head + tail).encode()) > _LONGEST_NAME:
        head = head[:-1]
    return head + tail


def clean_name(text: str) -> str:
    """The text without what cannot stand in a file name."""
    kept = "".join(c for c in text.translate(_FORBIDDEN) if unicodedata.category(c)[0] != "C")
    return "_".join(kept.split()).strip("._")


def chinese_day(day: date) -> str:
    """A date as documents write it: 2026年11月2日, without padding zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def whole(path: Path, write: Callable[[Path], None]) -> str:
    """Let `write` make the file beside `path`, then put it in place at once; returns its SHA-256.

    Raises UserError when the file is open in WPS, the folder is missing or cannot be written, or
    the disk is full. The old file, if any, is then still there and whole.
    """
    _refuse_if_open(path)
    half = path.with_name(f".{path.stem[:40]}.part{path.suffix}")
    try:
        write(half)
        sha256 = hashlib.sha256(half.read_bytes()).hexdigest()
        half.replace(path)
    except PermissionError as bad:
        raise UserError(
            _("{file} 没有写成：文件正被 WPS 等程序打开，或没有写入权限。请关闭后再导出。").format(
                file=path.name
            )
        ) from bad
    except OSError as bad:
        raise UserError(
            _("{file} 没有写成（{why}）。请检查文件夹是否存在、磁盘是否已满。").format(
                file=path, why=bad.strerror
            )
        ) from bad
    finally:
        half.unlink(missing_ok=True)
    return sha256


def _refuse_if_open(path: Path) -> None:
    """Office programs mark an open file with a lock file beside it; on Linux nothing else does."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}"):
        if path.exists() and path.with_name(lock).exists():
            raise UserError(
                _(
                    "{file} 正在 WPS 或其他程序中打开，没有导出。请关闭后再导出，或另取文件名。"
                    "（如确认没有打开，请删除同一文件夹中的 {lock}。）"
                ).format(file=path.name, lock=lock)
            )
