"""The fields of a kind that a column of a spreadsheet can fill."""

from dataclasses import replace

from brandpool.exchange.mapping import FIGURE_YEAR, FORMER_NAMES
from brandpool.exchange.matching import named_by
from brandpool.exchange.planning import ENTERPRISE_CODE, ENTERPRISE_NAME, LINK
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure
from brandpool.models.enterprise_codes import MEASURE_UNITS, MEASURES
from brandpool.models.field import Field, Kind
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields


def importable(model: type[Record]) -> list[Field]:
    """The fields of a kind that a spreadsheet can fill; an owner goes by name and code.

    An enterprise's row may also tell its former names, and the year its figures are of.
    """
    found = [_written(model, one) for one in fields(model).values() if one.links != "enterprise"]
    if model is Enterprise:
        former = replace(fields(FormerName)["name"], kind=Kind.TAGS, required=False)
        found.append(former.named(FORMER_NAMES))
        found.append(replace(fields(YearlyFigure)["year"], required=False).named(FIGURE_YEAR))
    if "enterprise_id" in fields(model):
        found[:0] = _owner(model)
    return found


def _owner(model: type[Record]) -> list[Field]:
    """Name and code of the owner; a heading of the record's own fields does not mean the owner."""
    name, code = fields(Enterprise)["name"], fields(Enterprise)["credit_code"]
    own = {h for f in fields(model).values() if f.kind is not Kind.LINK for h in f.headings()}
    link = fields(model)["enterprise_id"]
    said = (h for h in (link.zh, *link.aliases) if h not in set(code.headings()))
    aliases = dict.fromkeys((*said, *(h for h in name.aliases if h not in own)))
    aliases.pop(name.zh, None)
    found = [replace(name, aliases=tuple(aliases), required=link.required).named(ENTERPRISE_NAME)]
    if code.zh not in own:
        found.append(code.named(ENTERPRISE_CODE))
    return found


def _written(model: type[Record], one: Field) -> Field:
    """A field as a cell fills it; another record is named there by its title or its number."""
    if one.kind is not Kind.LINK:
        return one
    parent = by_kind()[one.links]
    own = {h for f in fields(model).values() for h in f.headings()}
    names = (fields(parent)[name].zh for name in named_by(parent))
    aliases = (*one.aliases, *(name for name in names if name not in own))
    return replace(one, kind=Kind.TEXT, links="", aliases=aliases).named(LINK + one.name)


def measures() -> list[Field]:
    """The yearly figures that a heading may name together with a year."""
    return [_measure(choice.code, choice.zh, choice.en, choice.aliases) for choice in MEASURES]


def _measure(code: str, zh: str, en: str, aliases: tuple[str, ...]) -> Field:
    unit = MEASURE_UNITS.get(code, "元")
    kind = {"%": Kind.DECIMAL, "件": Kind.NUMBER, "人": Kind.NUMBER}.get(unit, Kind.MONEY)
    return Field(zh, en, kind, aliases=aliases, unit=unit, name=code)
