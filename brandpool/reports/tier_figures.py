"""Statistics of the ladders: flows by period, stock, transitions, cohorts by year of entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports import movement, moves
from brandpool.reports.ask import Ask, period_name, periods
from brandpool.reports.moves import OUTSIDE, Moves, day_of, number_of
from brandpool.reports.scope import Scope, day_words, scope_of
from brandpool.reports.tally import About, Line, coded, tally

if TYPE_CHECKING:
    from pandas import DataFrame


def flows(session: Session, ask: Ask) -> DataFrame:
    """Moves that took effect between two days, by period and direction (入库、升级、降级、退出)."""
    ask.check()
    scope = scope_of(session, ask.ladder, ask.start, ask.end)
    loaded = moves.load(session, ask.ladder, scope.codes, named=True)
    spans = tuple(periods(ask.start, ask.end, ask.step))
    ways = (_("入库"), _("升级"), _("降级"), _("退出"))
    text = _(
        "口径：{start}至{end}（含首尾两日）生效的层级变动，同一企业多次变动分别计；"
        "入库含再次入库，层级不变的复核不计。{scheme}"
    ).format(start=day_words(ask.start), end=day_words(ask.end), scheme=scope.scheme_sentence())
    told = About(
        _("{ladder}：层级进出").format(ladder=scope.title), _("期间"), _("家次"), text,
        tuple(period_name(end, ask.step) for _start, end in spans), ways, spans=spans,
    )  # fmt: skip
    return tally(told, _flow_lines(loaded, ask, ways))


def _flow_lines(loaded: Moves, ask: Ask, ways: tuple[str, ...]) -> Iterator[Line]:
    first, last = number_of(ask.start), number_of(ask.end)
    columns = (loaded.day.tolist(), loaded.before.tolist(), loaded.tier.tolist(), loaded.records)
    for day, before, tier, record in zip(*columns, strict=True):
        if first <= day <= last and before != tier:
            way = 0 if not before else 3 if not tier else 1 if tier > before else 2
            yield period_name(day_of(day), ask.step), ways[way], TierMove.kind(), record


def stock(session: Session, ask: Ask) -> DataFrame:
    """Who stood on which tier at the end of each period."""
    import numpy as np

    ask.check()
    scope = scope_of(session, ask.ladder, ask.start, ask.end)
    loaded = moves.load(session, ask.ladder, scope.codes)
    scope = scope.with_codes(loaded.codes)
    spans = tuple(periods(ask.start, ask.end, ask.step))
    parts = []
    for place, (_start, end) in enumerate(spans):
        standing = loaded.at(end)
        inside = np.flatnonzero(standing)
        zero = np.zeros(len(inside), dtype=np.int32)
        parts.append((zero + place, standing[inside] - 1, zero, inside))
    codes = [np.concatenate(part) for part in zip(*parts, strict=True)]
    text = _(
        "口径：每期末日日终在各层级的企业数，最后一期为截止日当日；"
        "层级按变动的生效日期确定，已退出的不计。{scheme}"
    ).format(scheme=scope.scheme_sentence())
    told = About(
        _("{ladder}：各层级企业数").format(ladder=scope.title), _("期末"), _("家"), text,
        tuple(str(end) for _start, end in spans),
        tuple(scope.name(code) for code in scope.codes), down=False, spans=spans,
    )  # fmt: skip
    return coded(told, codes, [Enterprise.kind()], loaded.ids)


def transitions(session: Session, ask: Ask) -> DataFrame:
    """From which tier to which between the evenings of two days."""
    frame = movement.numbers(session, ask.ladder, ask.start, ask.end)
    scope: Scope = frame.attrs["scope"]
    names = tuple(scope.name(code) for code in (*scope.codes[::-1], OUTSIDE))
    told = About(
        _("{ladder}：层级流向矩阵").format(ladder=scope.title),
        f"{ask.start} ＼ {ask.end}", _("家"), movement.definition(frame), names, names,
    )  # fmt: skip
    columns = (frame[name].tolist() for name in ("source", "target", "ids"))
    return tally(
        told,
        (
            (scope.name(source), scope.name(target), Enterprise.kind(), one)
            for source, target, ids in zip(*columns, strict=True)
            for one in ids
        ),
    )


def cohorts(session: Session, ask: Ask) -> DataFrame:
    """Who first came onto the ladder in a year, and where they stand on the day."""
    on = ask.end
    scope = scope_of(session, ask.ladder, on, on)
    loaded = moves.load(session, ask.ladder, scope.codes)
    scope = scope.with_codes(loaded.codes)
    entered = _entry_years(loaded, on)
    standing = loaded.at(on)
    outside = _("已退出")
    names = {0: outside} | {n: scope.name(code) for n, code in enumerate(loaded.codes) if code}
    years = sorted(set(entered.values()))
    text = _(
        "口径：按首次入库的年份分组，看各组企业{day}日终所在层级；已退出的单列，再次入库的仍计入"
        "首次入库的年份。{scheme}"
    ).format(day=day_words(on), scheme=scope.scheme_sentence())
    told = About(
        _("{ladder}：历年入库企业的现状").format(ladder=scope.title), _("首次入库年份"), _("家"),
        text, tuple(map(str, years)), (*(scope.name(code) for code in scope.codes), outside),
        spans=tuple((date(year, 1, 1), date(year, 12, 31)) for year in years),
    )  # fmt: skip
    return tally(
        told,
        (
            (str(year), names[int(standing[who])], Enterprise.kind(), loaded.ids[who])
            for who, year in entered.items()
        ),
    )


def _entry_years(loaded: Moves, on: date) -> dict[int, int]:
    """The year in which each enterprise first came onto the ladder, if by that day."""
    last = number_of(on)
    found: dict[int, int] = {}
    columns = (loaded.who.tolist(), loaded.day.tolist(), loaded.tier.tolist())
    for who, day, tier in zip(*columns, strict=True):
        if tier and day <= last and who not in found:
            found[who] = day_of(day).year
    return found
