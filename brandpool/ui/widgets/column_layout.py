"""Widths, order and visibility of a table's columns, as the clerk left them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QTableView

from brandpool.models.field import Field, Kind

_WIDTHS = {
    Kind.DATE: 104,
    Kind.YEAR: 80,
    Kind.NUMBER: 90,
    Kind.DECIMAL: 100,
    Kind.MONEY: 112,
    Kind.FLAG: 80,
    Kind.CHOICE: 100,
    Kind.PERSON: 100,
    Kind.PHONE: 120,
    Kind.CODE: 168,
    Kind.LINK: 210,
    Kind.NOTE: 200,
}


def usual_width(field: Field, *, title: bool) -> int:
    """A width that suits the kind of field; the record's own name gets more."""
    if title:
        return 220
    heading = len(field.zh) * 14 + 40
    return max(_WIDTHS.get(field.kind, 130), heading)


def lay_out(
    view: QTableView, columns: Sequence[Field], kept: Mapping[str, int], title_field: str
) -> None:
    """Arrange the columns as kept (name → width, negative when hidden), new ones at the end."""
    header = view.horizontalHeader()
    names = [field.name for field in columns]
    for column, field in enumerate(columns):
        width = kept.get(field.name)
        usual = usual_width(field, title=field.name == title_field)
        view.setColumnWidth(column, abs(width) if width else usual)
        view.setColumnHidden(column, width < 0 if width else not field.listed)
    order = [name for name in kept if name in names]
    order += [name for name in names if name not in order]
    for place, name in enumerate(order):
        header.moveSection(header.visualIndex(names.index(name)), place)


def kept_layout(view: QTableView, columns: Sequence[Field]) -> dict[str, int]:
    """The arrangement as `lay_out` takes it."""
    header = view.horizontalHeader()
    kept: dict[str, int] = {}
    for place in range(header.count()):
        column = header.logicalIndex(place)
        field = columns[column]
        hidden = view.isColumnHidden(column)
        width = usual_width(field, title=False) if hidden else view.columnWidth(column)
        kept[field.name] = -width if hidden else width
    return kept
