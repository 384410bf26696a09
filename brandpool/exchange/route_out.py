"""A plan of visits as a table to be printed and taken along."""

from collections.abc import Iterable
from datetime import date

from brandpool.exchange.table_out import Table
from brandpool.i18n import _
from brandpool.models.field import Field, Kind, Value
from brandpool.services.visit_routes import DueRow, Route

FIELDS = (
    Field("周（周一）", "Week", Kind.DATE, name="week"),
    Field("街道", "Street", name="street"),
    Field("企业名称", "Enterprise", name="name"),
    Field("上次走访", "Last visit", Kind.DATE, name="last"),
    Field("走访理由", "Reasons", Kind.NOTE, name="why"),
    Field("地址", "Address", name="address"),
    Field("联系人", "Contact", Kind.PERSON, personal=True, name="contact"),
    Field("电话", "Phone", Kind.PHONE, personal=True, name="phone"),
)


def route_table(route: Route, day: date, *, station: str = "", clerk: str = "") -> Table:
    """The plan, week by week; those without room stand at its end without a week."""
    rows = [_values(week.monday, row) for week in route.weeks for row in week.rows]
    rows += [_values(None, row) for row in route.left]
    left = _("另有 {number} 家本期排不下，列在最后。").format(number=len(route.left))
    notes = (left,) if route.left else ()
    return Table(_("走访路线"), FIELDS, rows, day, station, clerk, notes=notes)


def due_table(rows: Iterable[DueRow], day: date, *, station: str = "", clerk: str = "") -> Table:
    """Who is due, the most urgent first."""
    values = [_values(None, row)[1:] for row in rows]
    return Table(_("待走访企业"), FIELDS[1:], values, day, station, clerk)


def _values(week: date | None, row: DueRow) -> tuple[Value, ...]:
    return (
        week, row.street or None, row.name, row.last, row.why, row.address or None,
        row.contact or None, row.phone or None,
    )  # fmt: skip
