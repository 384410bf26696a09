"""What a scheme says, in words: measures, clauses and thresholds by the labels of fields."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.enterprise_codes import MEASURES
from brandpool.models.field import Field, Kind
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import fields
from brandpool.rules import scheme_file
from brandpool.rules.scheme import (
    ANY_TIER,
    Clause,
    Count,
    FieldOf,
    FigureOf,
    Growth,
    Measure,
    Op,
    Since,
    Tenure,
    YearsOnFile,
)
from brandpool.rules.scheme_part import Part
from brandpool.services import known
from brandpool.services.scheme_form import threshold_text
from brandpool.ui.pool_words import op_words

TierName = Callable[[str], str]


def measure_of(text: str) -> Measure:
    """The measure that a condition's line holds as JSON; raises UserError when it holds none."""
    return scheme_file.measure(Part(scheme_file.loads(text), ""))


def measure_words(measure: Measure, tier_name: TierName) -> str:
    """What is measured, as a clerk says it."""
    match measure:
        case FieldOf(name):
            return _("企业“{field}”").format(field=field_label(Enterprise.kind(), name))
        case Since(name, _unit, kind, where):
            if not kind:
                label = field_label(Enterprise.kind(), name)
                return _("企业“{field}”至今").format(field=label)
            text = _("最早的{kind}“{field}”至今").format(
                kind=kind_label(kind), field=field_label(kind, name)
            )
            return text + _where_words(kind, where)
        case FigureOf(name):
            return _("最近一年“{figure}”").format(figure=figure_label(name))
        case Growth(name):
            return _("“{figure}”比上年增长（%）").format(figure=figure_label(name))
        case YearsOnFile(names):
            figures = "、".join(map(figure_label, names))
            return _("“{figures}”连续有数据的年数").format(figures=figures)
        case Count(kind, where, distinct):
            text = _("{kind}数").format(kind=kind_label(kind))
            if distinct:
                field = field_label(kind, distinct)
                text = _("{kind}“{field}”的种数").format(kind=kind_label(kind), field=field)
            return text + _where_words(kind, where)
        case Tenure(tier, _unit):
            name = _("现层级") if tier == ANY_TIER else tier_name(tier)
            return _("在“{tier}”的时间").format(tier=name)


def clause_words(kind: str, clause: Clause) -> str:
    """One condition on the records that are counted."""
    field = field_label(kind, clause.field)
    if clause.before is not None:
        number, unit = clause.before
        wanted = (
            _("评定日")
            if number == 0
            else _("{number} {unit}前").format(number=number, unit=unit_label(unit))
        )
    else:
        wanted = value_words(field_named(kind, clause.field), clause.value)
    declared = field_named(kind, clause.field)
    dated = declared is not None and declared.kind is Kind.DATE
    text = f"{field} {op_words(clause.op, dated=dated)} {wanted}".rstrip()
    return text + _("或未填写") if clause.or_empty else text


def _where_words(kind: str, where: Sequence[Clause]) -> str:
    if not where:
        return ""
    return "（" + "；".join(clause_words(kind, clause) for clause in where) + "）"


def unit_label(unit: str) -> str:
    """years or months."""
    return _("年") if unit == "years" else _("个月")


def kind_label(kind: str) -> str:
    """The noun of a record kind; its code where the program does not have it yet."""
    model = by_kind().get(known.NAMES.get(kind, (kind, {}))[0])
    return model.label(lang()) if model else kind


def field_named(kind: str, name: str) -> Field | None:
    """The declaration that a scheme's word for a field means."""
    own, names = known.NAMES.get(kind, (kind, {}))
    model = by_kind().get(own)
    return fields(model).get(names.get(name, name)) if model else None


def field_label(kind: str, name: str) -> str:
    """The field's name; its code where the kind does not have it."""
    declared = field_named(kind, name)
    return declared.label(lang()) if declared else name


def figure_label(code: str) -> str:
    """The name of a yearly figure."""
    return next((choice.label(lang()) for choice in MEASURES if choice.code == code), code)


def figures() -> list[tuple[str, str]]:
    """Every yearly figure: (code, name)."""
    return [(choice.code, choice.label(lang())) for choice in MEASURES]


def counted_kinds() -> list[tuple[str, str]]:
    """Every kind of record that hangs on an enterprise, itself or through another: (code, name)."""
    owned = {Enterprise.kind()}
    found: list[tuple[str, str]] = []
    for model in KINDS:
        links = {field.links for field in fields(model).values() if field.kind is Kind.LINK}
        if model is not Enterprise and links & owned:
            owned.add(model.kind())
            found.append((model.kind(), model.label(lang())))
    return found


def fields_of(kind: str, *, dates: bool = False) -> list[tuple[str, str]]:
    """The fields of a kind by the words schemes use: (word, label); only dates where asked."""
    own, names = known.NAMES.get(kind, (kind, {}))
    model = by_kind().get(own)
    if model is None:
        return []
    words: Mapping[str, str] = {own_name: word for word, own_name in names.items()}
    return [
        (words.get(name, name), field.label(lang()))
        for name, field in fields(model).items()
        if field.kind is not Kind.LINK and (not dates or field.kind is Kind.DATE)
    ]


def value_words(field: Field | None, value: Any) -> str:
    """A value or several of a clause or threshold, codes by their labels."""
    if isinstance(value, tuple):
        return "、".join(value_words(field, item) for item in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    choice = field.choice(str(value)) if field and field.choices else None
    return choice.label(lang()) if choice else threshold_text(value)


def meant(field: Field | None, text: str, op: Op) -> Any:
    """What the clerk typed, as a scheme holds it: labels become codes, 是 and 否 truths."""
    if op in (Op.ONE_OF, Op.NONE_OF):
        parts = [part.strip() for part in text.split("、")]
        return tuple(_meant(field, part) for part in parts if part)
    return _meant(field, text.strip())


def _meant(field: Field | None, text: str) -> Any:
    if field is not None and field.choices:
        for choice in field.choices:
            if text in (choice.code, choice.zh, choice.en):
                return choice.code
    if field is not None and field.kind is Kind.FLAG:
        return {_("是"): True, "是": True, "true": True, _("否"): False, "否": False}.get(
            text, text
        )
    if field is None or field.kind in (Kind.NUMBER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR):
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            return text
        return int(number) if number == number.to_integral_value() else number
    return text
