"""Values of a past state in words, with linked records by the names they had then."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from brandpool.i18n import Lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.record import Record, fields
from brandpool.services import differences
from brandpool.ui import typed


class PastWords:
    """Turns values of one kind, as known after step `lsn`, into texts."""

    def __init__(
        self,
        session: Session,
        model: type[Record],
        rows: Iterable[Mapping[str, Value]],
        lsn: int,
        lang: Lang,
    ) -> None:
        self._model, self._lang = model, lang
        links = [name for name, declared in fields(model).items() if declared.kind is Kind.LINK]
        ids: dict[str, set[str]] = {name: set() for name in links}
        for row in rows:
            for name in links:
                if value := row.get(name):
                    ids[name].add(str(value))
        self._titles = differences.linked_titles(session, model, ids, lsn)

    def text(self, declared: Field, values: Mapping[str, Value]) -> str:
        """One value on one line."""
        value = values.get(declared.name)
        if declared.kind is Kind.LINK:
            return self._titles.get(str(value), "") if value else ""
        return " ".join(typed.shown(declared, values, self._lang).split())

    def title(self, values: Mapping[str, Value]) -> str:
        """What the record was called."""
        return self.text(fields(self._model)[self._model.title_field], values)
