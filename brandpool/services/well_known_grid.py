"""The evidence grid of a preparation file: what shows each factor in each year, and how well."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from brandpool.i18n import _, lang
from brandpool.models.well_known_codes import FACTORS, FIGURES, UNITS
from brandpool.rules.explained import Explained
from brandpool.rules.law import in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference
from brandpool.rules.well_known import wellknown_duration
from brandpool.rules.well_known_case import Words
from brandpool.services.well_known_rows import Figure, Gathered, Item

FULL, PARTIAL, MISSING, OPTIONAL = "full", "partial", "missing", "optional"
_NAMES = {choice.code: choice for choice in (*FACTORS, *FIGURES)}


class Line(NamedTuple):
    """One line of the grid: what is asked, under which factor of the law, and how it is shown."""

    code: str
    factor: str
    label: str
    shown_by: str
    yearly: bool
    optional: bool
    asks: tuple[str, ...]
    units: tuple[str, ...]


class Cell(NamedTuple):
    """One line in one year, or (`year` None) for all years together.

    `state` is full, partial, missing, or optional where nothing is asked; `reasons` say what is
    wanting; `items`, `figure` and `cases` (protected before) are the records behind it.
    """

    line: Line
    year: int | None
    state: str
    reasons: tuple[str, ...]
    items: tuple[str, ...]
    figure: str
    cases: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether this cell counts for the verdict."""
        return self.state != OPTIONAL


class Duration(NamedTuple):
    """The statutory test of duration at the anchor, and whether use is what it rests on."""

    explained: Explained
    by_use: bool

    @property
    def met(self) -> bool:
        """Registered for three years or used for five on the anchor."""
        return bool(self.explained["duration_ok"])

    @property
    def earliest(self) -> date | None:
        """The first day on which it is met; None where no date is known."""
        day = self.explained["earliest_ok"]
        return day if isinstance(day, date) else None


class Setting(NamedTuple):
    """What a grid is made under: the day it counts back from, today, the years, the law."""

    anchor: date
    on: date
    years: tuple[int, ...]
    duration: Duration
    protected: Sequence[str]
    words: Words
    ref: Reference


def lines(ref: Reference) -> tuple[Line, ...]:
    """The lines of the grid as the reference data has them."""
    rows: Iterable[Mapping[str, Any]] = ref.documents["well_known"]["lines"]
    return tuple(
        Line(
            row["id"], row["factor"], _NAMES[row["id"]].label(lang()), row["shown_by"],
            bool(row.get("yearly")), bool(row.get("optional")),
            tuple(row.get("asks", ())), tuple(row.get("units", ())),
        )
        for row in rows
    )  # fmt: skip


def years_before(anchor: date, ref: Reference) -> tuple[int, ...]:
    """The last full years before the anchor, the earliest first."""
    number = int(ref.documents["well_known"]["years"])
    return tuple(range(anchor.year - number, anchor.year))


def duration(
    anchor: date, registered_on: date | None, first_used: date | None, ref: Reference
) -> Duration:
    """驰名商标认定和保护规定第九条: registered for three years, or used for five."""
    told = wellknown_duration(anchor, registered_on, first_used, ref=ref)
    registered = wellknown_duration(anchor, registered_on, None, ref=ref)
    return Duration(told, bool(told["duration_ok"]) and not registered["duration_ok"])


def cells(one: Gathered, setting: Setting) -> list[Cell]:
    """Every cell, line by line: the one for all years first, then the years."""
    found = []
    for line in lines(setting.ref):
        found.append(_overall(line, one, setting))
        found += [_of_year(line, year, one, setting) for year in setting.years]
    return found


def faults(item: Item, setting: Setting) -> list[str]:
    """Why a paper does not count in full."""
    found = []
    if item.dated is None:
        found.append(_("没有日期"))
    elif item.dated > setting.on:
        found.append(_("日期晚于今天"))
    elif _too_late(item, setting):
        found.append(_("晚于基准日"))
    if not item.content_hash:
        found.append(_("没有附件"))
    if not item.issuer:
        found.append(_("出具单位不明"))
    return found


def _too_late(item: Item, setting: Setting) -> bool:
    limited = item.factor in setting.ref.documents["well_known"]["up_to_anchor"]
    return limited and item.dated is not None and item.dated > setting.anchor


def _overall(line: Line, one: Gathered, setting: Setting) -> Cell:
    if line.yearly:
        return Cell(line, None, OPTIONAL, (), (), "")
    items = [item for item in one.items if item.factor == line.code]
    if line.shown_by == "duration":
        return _use(line, items, setting)
    if line.shown_by == "record":
        cases, held = tuple(setting.protected), tuple(item.id for item in items)
        return Cell(line, None, FULL if cases or held else OPTIONAL, (), held, "", cases)
    return _evidence(line, None, items, setting)


def _of_year(line: Line, year: int, one: Gathered, setting: Setting) -> Cell:
    if line.shown_by == "figure":
        figure = next((f for f in one.figures if (f.measure, f.year) == (line.code, year)), None)
        return _figure(line, year, figure, one, setting)
    items = [item for item in one.items if item.factor == line.code and item.shows == year]
    if line.yearly:
        return _evidence(line, year, items, setting)
    return Cell(line, year, OPTIONAL, (), tuple(item.id for item in items), "")


def _evidence(line: Line, year: int | None, items: Sequence[Item], setting: Setting) -> Cell:
    held = tuple(item.id for item in items)
    if not items:
        return Cell(line, year, MISSING, (_("没有证据"),), (), "")
    good = [item for item in items if not faults(item, setting)]
    if not good:
        return Cell(line, year, PARTIAL, _told(items, setting), held, "")
    words = {"medium": _("没有写明媒体种类"), "region": _("没有写明地域")}
    lacking = tuple(words[name] for name in line.asks if not any(getattr(i, name) for i in good))
    return Cell(line, year, PARTIAL if lacking else FULL, lacking, held, "")


def _use(line: Line, items: Sequence[Item], setting: Setting) -> Cell:
    held = tuple(item.id for item in items)
    test = setting.duration
    if test.earliest is None:
        return Cell(line, None, MISSING, (_("注册日和首次使用日都没有登记"),), held, "")
    if not test.met:
        text = _("到基准日时间未满，最早 {day}").format(day=test.earliest)
        return Cell(line, None, MISSING, (text,), held, "")
    if not test.by_use:
        return Cell(line, None, FULL, (), held, "")
    proofs = [item for item in items if not faults(item, setting)]
    early = [item for item in proofs if item.dated and item.dated <= _five(setting)]
    if early:
        return Cell(line, None, FULL, (), held, "")
    text = _("持续使用满五年须有 {day} 以前形成的使用证据").format(day=_five(setting))
    return Cell(line, None, PARTIAL, (text, *_told(items, setting)), held, "")


def _five(setting: Setting) -> date:
    """The day five years (as the law has it) before the anchor."""
    rule = in_force(setting.ref.law["well_known_handling"], setting.anchor)
    return add(setting.anchor, Period.parse(rule["used_for"]), -1)


def _figure(line: Line, year: int, figure: Figure | None, one: Gathered, setting: Setting) -> Cell:
    if figure is None:
        return Cell(line, year, MISSING, (_("没有数据"),), (), "")
    reasons = []
    if line.units and figure.value is None:
        reasons.append(_("没有数值"))
    if line.units and figure.value is not None and figure.unit not in line.units:
        given = next((c.label(lang()) for c in UNITS if c.code == figure.unit), "")
        reasons.append(_("单位“{unit}”不适用").format(unit=given) if given else _("没有单位"))
    if not line.units and not figure.region:
        reasons.append(_("没有写明区域"))
    if not figure.source:
        reasons.append(_("没有来源"))
    proof = one.item(figure.evidence_id)
    if proof is None:
        reasons.append(_("没有证明材料"))
    else:
        reasons += [_("证明材料{fault}").format(fault=fault) for fault in faults(proof, setting)]
    empty = figure.value is None and not figure.region
    state = MISSING if empty else PARTIAL if reasons else FULL
    return Cell(line, year, state, tuple(reasons), (proof.id,) if proof else (), figure.id)


def _told(items: Sequence[Item], setting: Setting) -> tuple[str, ...]:
    return tuple(
        _("《{title}》{faults}").format(title=item.title or "", faults=_("、").join(found))
        for item in items
        if (found := faults(item, setting))
    )
