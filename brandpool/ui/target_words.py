"""How targets are worded on the screen."""

from decimal import Decimal

from brandpool.i18n import _
from brandpool.services.targets import MET, MISSED, OPEN, UNVERIFIED, Actual, TargetRow, spoken
from brandpool.ui.widgets.gauge import Gauge

_DONE = Decimal(100)


def state_word(state: str) -> str:
    """已达到, 推进中, 未达到 or 待核."""
    return {
        MET: _("已达到"), OPEN: _("推进中"), MISSED: _("未达到"), UNVERIFIED: _("待核"),
    }[state]  # fmt: skip


def actual_word(actual: Actual, unit: str) -> str:
    """The actual as a clerk reads it; 待核 while it is not known."""
    if actual.value is not None:
        return spoken(actual.value, unit)
    if actual.done is not None:
        return _("已建成") if actual.done else _("未建成")
    return _("待核")


def last_word(row: TargetRow) -> str:
    """Last year's; — while it is not known."""
    return actual_word(row.last, row.unit) if row.last.known else "—"


def pace_word(row: TargetRow) -> str:
    """What each month left must bring."""
    if row.pace is None:
        return "—"
    return _("每月 {pace}").format(pace=spoken(row.pace, row.unit))


def gauge_of(row: TargetRow) -> Gauge:
    """The gauge of a target: its share of the value, a tick where last year stood."""
    if row.value is None:
        share = None if row.actual.done is None else float(_DONE if row.actual.done else 0)
        return Gauge(share, None, row.state, state_word(row.state))
    last = None
    if row.last.value is not None and row.value:
        last = float(row.last.value / row.value * _DONE)
    if row.share is None:
        return Gauge(None, last, row.state, state_word(row.state))
    return Gauge(float(row.share), last, row.state, f"{row.share}%")


def texts(row: TargetRow) -> tuple[str, ...]:
    """The cells of a target's line; the gauge's words stand for the gauge when copied."""
    return (
        row.title, row.wanted, str(row.year), actual_word(row.actual, row.unit),
        gauge_of(row).words, last_word(row), state_word(row.state), pace_word(row),
        row.responsible, row.day.isoformat(),
    )  # fmt: skip
