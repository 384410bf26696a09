"""The folder an assessor asks for (检查材料), from a checklist that is data.

Every item of the checklist becomes files, or is named in 缺项清单. The same records give the same
bytes on the same day.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.exchange import inspection_items, list_out, word
from brandpool.exchange.inspection_items import Room
from brandpool.exchange.table_out import Table, chinese_day, clean_name
from brandpool.i18n import _
from brandpool.models.field import Field, Kind
from brandpool.reports.documents.content import Listing, Office, frame
from brandpool.rules.reference import Reference
from brandpool.services import exports, reference_data

Progress = Callable[[int, int], object]
CONTENTS, GAPS = "00_目录与缺项清单.docx", "00_缺项清单.xlsx"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the folder: its folder, item, name inside the folder, how many records it has."""

    folder: str
    item: str
    name: str
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the checklist asks for and the pool does not have."""

    folder: str
    item: str
    what: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was written, and what is missing."""

    folder: Path
    year: int
    on: date
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...]


def write(
    session: Session,
    out: Path,
    year: int,
    on: date,
    files: Attachments,
    by: Office,
    progress: Progress | None = None,
) -> Inspection:
    """Write the folder `out` for a year as of a day, and enter it in the register of exports.

    The folder appears when it is whole. People are masked. Raises UserError when `out` is there
    and not empty, cannot be written, or the year is still to come.
    """
    if date(year, 1, 1) > on:
        raise UserError(_("{year} 年还没有开始，不能准备检查材料。").format(year=year))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(_("{folder} 里已有文件，没有写入。请另选一个空文件夹。").format(folder=out))
    half = out.with_name(f".{out.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(parents=True)
        ref = reference_data.reference(session, on)
        made = _written(session, half, year, on, files, by, ref, progress)
        if out.exists():
            out.rmdir()
        half.rename(out)
    except OSError as bad:
        text = _("检查材料没有写成（{why}）。请检查文件夹和磁盘空间。")
        raise UserError(text.format(why=bad.strerror or bad)) from bad
    finally:
        shutil.rmtree(half, ignore_errors=True)
    entry = exports.Exported(
        out.name, _digest(made.entries), sum(one.records for one in made.entries)
    )
    exports.register(session, entry, by.clerk, on)
    return Inspection(out, year, on, made.entries, made.gaps)


def _written(
    session: Session, root: Path, year: int, on: date, files: Attachments, by: Office,
    ref: Reference, progress: Progress | None,
) -> Inspection:  # fmt: skip
    document = ref.documents["inspection"]
    room = Room(session, year, min(on, date(year, 12, 31)), on, files, by, ref)
    entries: list[Entry] = []
    gaps: list[Gap] = []
    total = sum(len(folder["items"]) for folder in document["folders"])
    done = 0
    for place, folder in enumerate(document["folders"], 1):
        name = f"{place:02d}_{clean_name(folder['zh'])}"
        (root / name).mkdir()
        for number, item in enumerate(folder["items"], 1):
            if progress is not None:
                progress(done, total)
            done += 1
            stem = f"{place:02d}-{number:02d}_{clean_name(item['zh'])}"
            found = inspection_items.write(room, item, root / name, stem)
            entries += [
                Entry(folder["zh"], item["zh"], f"{name}/{one.path.name}", one.records, one.sha256)
                for one in found.files
            ]
            gaps += [Gap(folder["zh"], item["zh"], what) for what in found.gaps]
    made = Inspection(root, year, on, tuple(entries), tuple(gaps))
    _front(root, document, made, by)
    return made


def _front(root: Path, document: Any, made: Inspection, by: Office) -> None:
    """The table of contents and the list of what is missing, on top of the folder."""
    contents = Listing(
        ("序号", "类别", "项目", "文件", "条数"),
        tuple(
            (str(number), one.folder, one.item, one.name, str(one.records))
            for number, one in enumerate(made.entries, 1)
        ),
        "一、目录",
    )
    rows = tuple(
        (str(number), one.folder, one.item, one.what) for number, one in enumerate(made.gaps, 1)
    )
    gaps = Listing(("序号", "类别", "项目", "缺什么"), rows, "二、缺项清单")
    title = f"{made.year}年{document['title']}"
    opening = (
        f"截至{chinese_day(made.on)}，共 {len(made.entries)} 份材料，缺项 {len(made.gaps)} 项。"
    )
    tables = [contents, gaps] if rows else [contents]
    context = frame(title, by, made.on, opening=opening, tables=tables)
    word.render(word.template("tables.docx"), context, root / CONTENTS)
    fields = (Field("类别", "Folder"), Field("项目", "Item"), Field("缺什么", "Gap", Kind.NOTE))
    table = Table("缺项清单", fields, [row[1:] for row in rows], made.on, by.station, by.clerk)
    list_out.export_table(root / GAPS, table)


def _digest(entries: tuple[Entry, ...]) -> str:
    """One hash over all files of the folder."""
    lines = "\n".join(f"{one.sha256} {one.name}" for one in entries)
    return hashlib.sha256(lines.encode()).hexdigest()
