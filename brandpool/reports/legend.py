"""Legends whose entries are marks: a click on one takes its series out of the drawing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from brandpool.reports.figure import INK, LINE, PAPER, Look

SERIES = "series:"
Hidden = Collection[str]
"""The keys of the series that are not to be drawn."""
_EDGE = "#6f7b88"


@dataclass(frozen=True, slots=True)
class Entry:
    """One series: its key, its name, and how it looks."""

    key: str
    name: str
    fill: str
    hatch: str = ""
    edge: str = _EDGE


def of_looks(keys: Sequence[str], names: Sequence[str], looks: Sequence[Look]) -> list[Entry]:
    """Entries for series that are told apart by looks."""
    return [
        Entry(key, name, look.fill, look.hatch)
        for key, name, look in zip(keys, names, looks, strict=True)
    ]


def put(host: Any, entries: Sequence[Entry], hidden: Hidden = (), **where: Any) -> None:
    """Put a legend on axes or a figure; what is hidden is drawn empty, and can be clicked again."""
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=PAPER if one.key in hidden else one.fill,
            edgecolor=LINE if one.key in hidden else one.edge,
            hatch="" if one.key in hidden else one.hatch,
            label=one.name,
        )
        for one in entries
    ]
    made = host.legend(handles=handles, frameon=False, **where)
    for one, patch, text in zip(entries, made.get_patches(), made.get_texts(), strict=True):
        patch.set_gid(f"{SERIES}{one.key}")
        text.set_color(LINE if one.key in hidden else INK)
