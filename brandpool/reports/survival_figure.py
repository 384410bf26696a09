"""The share promoted by the days since entry, tier by tier, with its confidence band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brandpool.i18n import _
from brandpool.reports import legend, tally
from brandpool.reports.figure import BODY, INK, SIZE, SOFT, Look, Rows, empty, firms, looks, sheet
from brandpool.reports.legend import Hidden
from brandpool.reports.promotion import Curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

BY = "by"
_POINTS = 24
_STYLES = ("-", "--", "-.", ":")


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw the curves of `promotion.numbers`; points carry marks, `hidden` are tiers to omit."""
    told = tally.about(frame)
    curves: dict[str, Curve] = frame.attrs["curves"]
    figure = sheet(told.title, tally.definition(frame), size)
    if not curves:
        return empty(figure, _("截至这一天还没有企业入库。"))
    figure.subplots_adjust(
        left=0.09, right=1 - 1.9 / size[0], bottom=figure.subplotpars.bottom + 0.5 / size[1]
    )
    axes = figure.add_subplot()
    longest = max(one.longest for one in curves.values())
    axes.set_xlim(0, longest * 1.02)
    axes.set_ylim(0, 1.02)
    series = [Look(look.fill, "", look.text) for look in looks(len(curves) + 1)[1:]]
    for place, (name, one) in enumerate(curves.items()):
        if name not in hidden:
            _curve(axes, place, name, one, series[place].fill)
    _axes(axes)
    names = [_named(name, one) for name, one in curves.items()]
    legend.put(
        axes, legend.of_looks(list(curves), names, series), hidden, loc="upper left",
        bbox_to_anchor=(1.01, 1.0), fontsize=BODY - 1, labelspacing=1.0,
    )  # fmt: skip
    return figure


def rows(frame: DataFrame, mark: str) -> Rows:
    """Who was promoted from a tier within so many days ("by:365:name").

    Raises ValueError for another mark.
    """
    what, within, tier = mark.split(":", 2)
    if what != BY:
        raise ValueError(mark)
    found = [
        record
        for (name, record), (days, end) in frame.attrs["times"].days.items()
        if name == tier and end == "up" and days <= int(within)
    ]
    return firms(found, _("{tier}：{days}天内升级").format(tier=tier, days=within))


def _curve(axes: Axes, place: int, name: str, one: Curve, colour: str) -> None:
    from matplotlib.patches import Ellipse

    days, end = [*one.days, one.longest], one.share[-1]
    style = _STYLES[place % len(_STYLES)]
    axes.step(days, [*one.share, end], where="post", color=colour, linestyle=style, linewidth=1.8)
    axes.fill_between(
        days, [*one.lower, one.lower[-1]], [*one.upper, one.upper[-1]], step="post",
        color=colour, alpha=0.13, linewidth=0,
    )  # fmt: skip
    wide, high = axes.get_xlim()[1] / 110, 1 / 60
    every = max(1, -(-len(one.days) // _POINTS))
    for day, share in list(zip(one.days, one.share, strict=True))[1::every]:
        axes.add_patch(
            Ellipse(
                (day, share), wide, high, facecolor=colour, edgecolor=INK, linewidth=0.5,
                zorder=4, gid=f"{BY}:{day}:{name}",
            )
        )  # fmt: skip


def _named(name: str, one: Curve) -> str:
    if one.median is None:
        return _("{name}\n尚未过半").format(name=name)
    return _("{name}\n中位 {days} 天").format(name=name, days=one.median)


def _axes(axes: Axes) -> None:
    from matplotlib.ticker import MultipleLocator, PercentFormatter

    last = axes.get_xlim()[1]
    step = next((n for n in (30, 90, 180, 360) if last / n <= 12), 720)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.axhline(0.5, color=SOFT, linewidth=0.7, linestyle=(0, (2, 3)))
    axes.set_xlabel(_("进入该层级后的天数"))
    axes.set_ylabel(_("已升级比例"))
    axes.grid(color="#e3e7ec", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
