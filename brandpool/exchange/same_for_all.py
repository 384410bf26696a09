"""What a list does not say in any column because it holds of every row: its title tells it.

A list of defaulters does not repeat on each line which list it is. The clerk says it once.
"""

from collections.abc import Mapping, Sequence

from brandpool.errors import UserError
from brandpool.exchange.cells import converter
from brandpool.exchange.parsing import Parsed
from brandpool.exchange.planning import ENTERPRISE_NAME
from brandpool.exchange.spelled_money import UnreadableError
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind
from brandpool.models.record import Record


def lacking(
    model: type[Record], fields: Sequence[Field], mapping: Mapping[str, int]
) -> list[Field]:
    """The required fields that no column brings, and that may be the same for every row.

    The number by which a record is known is never the same.
    """
    owned = {"owner", *model.owned_by} & set(mapping)
    return [
        one
        for one in fields
        if one.required
        and one.name not in mapping
        and one.name not in model.official
        and one.kind is not Kind.MONEY
        and not (one.name == ENTERPRISE_NAME and owned)
    ]


def put(parsed: Parsed, told: Mapping[str, str], fields: Sequence[Field]) -> None:
    """Give every row these values (field name → as the clerk typed it) where it has none.

    Raises UserError, naming the field, for what cannot be read.
    """
    by_name = {one.name: one for one in fields}
    for name, text in told.items():
        one = by_name[name]
        try:
            value = converter(one)(text)
        except UnreadableError as reason:
            raise UserError(
                _("{field}：{reason}").format(field=one.label(lang()), reason=reason)
            ) from None
        for row in parsed.rows:
            if row.values.get(name) is None and not isinstance(value, tuple):
                row.values[name] = value
