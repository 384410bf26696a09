"""Time from entering a tier to the first promotion from it, those not promoted yet censored.

Whoever still stands there on the day, fell or left has a time that is only known to be longer.
The share promoted after so many days is estimated by Kaplan and Meier's product (scipy).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.reports import moves
from brandpool.reports.ask import Ask
from brandpool.reports.moves import Moves, number_of
from brandpool.reports.scope import Scope, day_words, scope_of
from brandpool.reports.tally import About, tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pandas import DataFrame

    Days = NDArray[np.int64]

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Curve:
    """The share promoted by each day on which somebody was, with its confidence band.

    `days[0]` is 0 with a share of 0. `median` is the first day by which half are promoted, None
    while the curve stays below; `low` and `high` bound it as the band does (None: open).
    """

    days: tuple[int, ...]
    share: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    median: int | None
    low: int | None
    high: int | None
    longest: int


@dataclass(frozen=True, slots=True)
class Times:
    """How many days each first stay lasted and how it ended (up, still, down, out), by tier's name
    and enterprise.
    """

    days: Mapping[tuple[str, str], tuple[int, str]]

    def __deepcopy__(self, _memo: object) -> Times:
        # Nothing in it changes, and pandas copies what hangs on a frame at every turn.
        return self


@dataclass(frozen=True, slots=True)
class _Stay:
    """The first stay on a tier below the top: days, and how it ended."""

    tier: int
    who: int
    days: int
    end: str


def numbers(session: Session, ask: Ask) -> DataFrame:
    """First stays on each tier but the highest, by how they ended, with median times.

    `frame.attrs["curves"]` holds the curve of each tier that has any stays, by the tier's name;
    `frame.attrs["times"]` the times of the stays.
    """
    scope = scope_of(session, ask.ladder, ask.end, ask.end)
    loaded = moves.load(session, ask.ladder, scope.codes)
    scope = scope.with_codes(loaded.codes)
    ends = {"up": _("已升级"), "still": _("仍在该层级"), "down": _("降级"), "out": _("退出")}
    stays = list(_stays(loaded, number_of(ask.end)))
    names = {number: scope.name(code) for number, code in enumerate(loaded.codes)}
    below = [scope.name(code) for code in scope.codes[:-1]]
    curves = {
        name: curve([s.days for s in mine], [s.end == "up" for s in mine])
        for name in below
        if (mine := [stay for stay in stays if names[stay.tier] == name])
    }
    told = About(
        _("{ladder}：升级所需时间").format(ladder=scope.title), _("层级"), _("家"),
        _definition(scope, ask.end), tuple(reversed(below)), tuple(ends.values()),
        down=False, figures=_figures(curves),
    )  # fmt: skip
    frame = tally(
        told,
        (
            (names[stay.tier], ends[stay.end], Enterprise.kind(), loaded.ids[stay.who])
            for stay in stays
            if names[stay.tier] in below
        ),
    )
    frame.attrs["curves"] = curves
    told_days = {(names[s.tier], loaded.ids[s.who]): (s.days, s.end) for s in stays}
    frame.attrs["times"] = Times(told_days)
    return frame


def curve(days: list[int], promoted: list[bool]) -> Curve:
    """Kaplan and Meier's estimate; where nobody is censored it is the plain ratio.

    `days` are times on the tier, `promoted` whether they ended with a promotion. The band is the
    log-log one with which the estimate stays between 0 and 1.
    """
    import numpy as np
    from scipy.stats import CensoredData, ecdf  # type: ignore[import-untyped]

    times, ended = np.array(days, dtype=float), np.array(promoted, dtype=bool)
    longest = int(times.max())
    if not ended.any():
        return Curve((0,), (0.0,), (0.0,), (0.0,), None, None, None, longest)
    found = ecdf(CensoredData.right_censored(times, ~ended))
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        # Where nobody or everybody is promoted the formula has no value; `_filled` says what then.
        warnings.simplefilter("ignore", RuntimeWarning)
        band = found.cdf.confidence_interval(CONFIDENCE, method="log-log")
    keep = np.isin(found.cdf.quantiles, times[ended])
    share = found.cdf.probabilities[keep]
    lower = _filled(band.low.probabilities[keep], share)
    upper = _filled(band.high.probabilities[keep], share)
    at = [int(day) for day in found.cdf.quantiles[keep]]
    return Curve(
        (0, *at), (0.0, *map(float, share)), (0.0, *map(float, lower)), (0.0, *map(float, upper)),
        _reached(at, share), _reached(at, upper), _reached(at, lower), longest,
    )  # fmt: skip


def _filled(band: Any, share: Any) -> Any:
    """Where the formula has no value (nobody or everybody promoted) the estimate bounds itself."""
    import numpy as np

    return np.where(np.isnan(band), share, band)


def _reached(days: list[int], share: Any) -> int | None:
    return next((day for day, part in zip(days, share, strict=True) if part >= 0.5), None)


def _stays(loaded: Moves, on: int) -> list[_Stay]:
    """First stays up to a day; moves that keep the tier do not end one, nor does one of no days."""
    found: list[_Stay] = []
    seen: set[tuple[int, int]] = set()
    columns = (loaded.who.tolist(), loaded.day.tolist(), loaded.tier.tolist())
    lines = [line for line in zip(*columns, strict=True) if line[1] <= on]
    start: tuple[int, int, int] | None = None
    for who, day, tier in [*lines, (-1, on, 0)]:
        if start is not None and who == start[0] and tier == start[2]:
            continue
        if start is not None:
            first, begun, held = start
            same = who == first
            days = (day if same else on) - begun
            end = "still" if not same else "out" if not tier else "up" if tier > held else "down"
            if held and days > 0 and (first, held) not in seen:
                seen.add((first, held))
                found.append(_Stay(held, first, days, end))
        start = (who, day, tier)
    return found


def _figures(curves: dict[str, Curve]) -> dict[str, dict[str, str]]:
    medians = {}
    for name, one in curves.items():
        if one.median is None:
            medians[name] = _("尚未过半")
            continue
        bounds = [str(day) if day is not None else "…" for day in (one.low, one.high)]
        medians[name] = _("{median}（{low}—{high}）").format(
            median=one.median, low=bounds[0], high=bounds[1]
        )
    year = {name: _percent(share_by(one, 365)) for name, one in curves.items()}
    three = {name: _percent(share_by(one, 1095)) for name, one in curves.items()}
    return {
        _("中位天数（95%区间）"): medians, _("1年内升级"): year, _("3年内升级"): three
    }  # fmt: skip


def share_by(one: Curve, day: int) -> float:
    """The share promoted within so many days; NaN beyond the longest time observed."""
    if day > one.longest and one.share[-1] < 1.0:
        return math.nan
    return max(part for at, part in zip(one.days, one.share, strict=True) if at <= day)


def _percent(share: float) -> str:
    return "—" if math.isnan(share) else f"{share:.1%}"


def _definition(scope: Scope, on: date) -> str:
    return _(
        "口径：每家企业第一次在该层级的时间，自生效日起算至首次离开或{day}；升级为事件，"
        "仍在、降级、退出的按截尾计（其升级时间只知更长）。升级比例用卡普兰—迈耶法估计，"
        "区间为95%（log-log），超出已观察时间的不估计。当日进出的不计。{scheme}"
    ).format(day=day_words(on), scheme=scope.scheme_sentence())
