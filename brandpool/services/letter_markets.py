"""The markets an enterprise exports to, and what protects its marks there."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.madrid_codes import PLACES
from brandpool.models.visit import Visit
from brandpool.rules.reference import Reference, shipped
from brandpool.services import madrid

_BETWEEN = re.compile(r"[、，,;；/\s]+")
_NOT_A_PLACE = re.compile(r"^(?:无|没有|不出口|暂无|/|-)?$")
_LEAST = 2
_BRACKETS = re.compile(r"[（()）]")


def exported_to(session: Session, enterprise: str, on: date) -> list[str]:
    """The export markets that the last visit which named any wrote down."""
    table = Visit.__table__
    assert isinstance(table, Table)
    c = table.c
    query = (
        select(c.export_countries)
        .where(c.enterprise_id == enterprise, c.visited_on <= on, c.dup_of.is_(None))
        .where(c.export_countries.is_not(None))
        .order_by(c.visited_on.desc(), c.id.desc())
        .limit(1)
    )
    words = _BETWEEN.split(session.scalar(query) or "")
    return [word for word in dict.fromkeys(words) if not _NOT_A_PLACE.match(word)]


def unprotected(
    session: Session, enterprise: str, on: date, ref: Reference | None = None
) -> list[dict[str, str]]:
    """Export markets where nothing is protected, with what is known; the others are left out.

    A regional office protects in its states: the European Union in Germany.
    """
    states: dict[str, set[str]] = defaultdict(set)
    for row in madrid.matrix(session, on, [enterprise], ref=ref).rows:
        for party, cells in row.cells.items():
            for place in (party, *_covered(party, ref)):
                states[place].update(cell.family for cell in cells)
    found = []
    for market in exported_to(session, enterprise, on):
        place = place_named(market)
        families = states.get(place, set())
        if "protected" in families:
            continue
        state = "未见注册或指定" if place else "名称未能识别，请核对"
        if families:
            state = "审查中" if "pending" in families else "被驳回或已失效"
        found.append({"market": market, "state": state})
    return found


@lru_cache(maxsize=500)
def place_named(word: str) -> str:
    """The code of a country or region as people call it: 美国, 韩国, 阿联酋; "" if it is unsure."""
    named = {
        name.casefold(): place.code
        for place in PLACES
        for name in (place.code, place.en, *place.aliases, *_BRACKETS.split(place.zh))
        if name
    }
    exact = named.get(word.casefold())
    if exact is not None:
        return exact
    if len(word) < _LEAST:
        return ""
    for fits in (_begins, _within, _shortened):
        fitting = {place.code for place in PLACES if fits(word, place.zh)}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else ""
    return ""


def _begins(word: str, name: str) -> bool:
    return name.startswith(word)


def _within(word: str, name: str) -> bool:
    return word in name


def _shortened(word: str, name: str) -> bool:
    """Whether the signs of a short name stand in this order in the long one."""
    signs: Iterator[str] = iter(name)
    return all(sign in signs for sign in word)


def _covered(party: str, ref: Reference | None) -> list[str]:
    members = (ref or shipped()).documents["members"]["members"]
    return next((row.get("covers", []) for row in members if row["code"] == party), [])
