"""Which record of the pool a row of a file means."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.field import Kind, Value
from brandpool.models.record import Record, fields, official_number
from brandpool.services import names


class EnterpriseIndex:
    """The enterprises of the pool (and of the file so far) by code, name and former name."""

    def __init__(self, session: Session) -> None:
        self.rows: dict[str, Mapping[str, Any]] = {}
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        self._former: dict[str, set[str]] = {}
        self._near: names.NearNames | None = None
        for row in session.execute(select(Enterprise.__table__)).mappings():
            self.add(row["id"], dict(row))
        for record, name in session.execute(select(FormerName.enterprise_id, FormerName.name)):
            if record and name:
                self.add_former(record, [name])

    def add(self, record: str, values: Mapping[str, Any]) -> None:
        """Make a record findable; `values` are what later rows are compared with."""
        self.rows[record] = values
        code, name = values.get("credit_code"), values.get("name")
        if code:
            self._by_code.setdefault(str(code), record)
        if name:
            self._name(record, str(name))

    def find(self, name: str | None, code: str | None) -> tuple[str | None, str]:
        """The record meant by a name and a code, or None and, where it cannot be told, why.

        The code decides; without it the name, present or former. A record whose code is another
        one is not meant by a name that is only alike.
        """
        if code and code in self._by_code:
            return self._by_code[code], ""
        if not name:
            return None, ""
        written, matched = names.keys(name)
        alike = self._by_name.get(matched)
        if alike is None:
            return None, ""
        exact = [record for known, record in alike if known == written]
        owners = exact or [record for _, record in alike if self._code_fits(record, code)]
        if fitting := list(dict.fromkeys(owners)):
            if len(fitting) == 1:
                return fitting[0], ""
            shown = "、".join(str(self.rows[r].get("name")) for r in fitting[:3])
            return None, f"库中有 {len(fitting)} 家企业与“{name}”同名（{shown}），请填写信用代码"
        return None, ""

    def add_former(self, record: str, former: Iterable[str]) -> list[str]:
        """Make a record findable by names it bore; those not yet known of it are returned."""
        known = self._former.setdefault(record, set())
        present = names.written(str(self.rows.get(record, {}).get("name") or ""))
        added = []
        for name in former:
            key = names.written(name)
            if key and key != present and key not in known:
                known.add(key)
                self._name(record, name)
                added.append(name)
        return added

    def formerly(self, former: Iterable[str], code: str | None) -> str | None:
        """The one record known by a name that the file itself says was borne before."""
        owners = {
            record
            for written, matched in map(names.keys, former)
            for known, record in self._by_name.get(matched, ())
            if known == written
        }
        fitting = [record for record in owners if self._code_fits(record, code)]
        return fitting[0] if len(fitting) == 1 else None

    def near(self, name: str | None) -> dict[str, str]:
        """The records of the pool whose name differs from this one by one character."""
        if not name:
            return {}
        if self._near is None:
            known = ((r, str(row["name"])) for r, row in self.rows.items() if row.get("name"))
            self._near = names.NearNames(known)
        return {record: str(self.rows[record]["name"]) for record in self._near.near(name)}

    def _code_fits(self, record: str, code: str | None) -> bool:
        own = self.rows[record].get("credit_code")
        return not code or not own or own == code

    def _name(self, record: str, name: str) -> None:
        written, matched = names.keys(name)
        self._by_name.setdefault(matched, []).append((written, record))


class RecordIndex:
    """The records of any other kind by what makes two of them the same."""

    def __init__(self, session: Session, model: type[Record]) -> None:
        self._model = model
        self._keys = model.official or model.same_by or tuple(fields(model))
        self.rows: dict[str, Mapping[str, Any]] = {}
        self._by_key: dict[tuple[Any, ...], str] = {}
        for row in session.execute(select(model.__table__)).mappings():
            self.add(row["id"], dict(row))

    def add(self, record: str, values: Mapping[str, Any]) -> None:
        """Make a record findable; `values` are what later rows are compared with."""
        self.rows[record] = values
        key = self._key(values)
        if key is not None:
            self._by_key.setdefault(key, record)

    def find(self, values: Mapping[str, Value]) -> str | None:
        """The record that these values mean, or None."""
        key = self._key(values)
        return self._by_key.get(key) if key is not None else None

    def _key(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        if self._model.official:
            number = official_number(self._model, values)
            return None if number is None else (number,)
        return tuple(values.get(name) for name in self._keys)


def named_by(model: type[Record]) -> tuple[str, ...]:
    """The fields by which a cell may name a record of this kind: its title, numbers and codes."""
    codes = (n for n, f in fields(model).items() if f.kind is Kind.CODE and f.searchable)
    official = model.official if len(model.official) == 1 else ()
    return tuple(dict.fromkeys((model.title_field, *official, *codes)))


class LinkIndex:
    """The records of a kind by what a cell may call them."""

    def __init__(self, session: Session, model: type[Record]) -> None:
        self._noun = model.label(lang())
        self._by_name: dict[str, set[str]] = {}
        columns = [model.__table__.c[name] for name in named_by(model)]
        query = select(model.__table__.c.id, *columns).where(model.__table__.c.dup_of.is_(None))
        for record, *called in session.execute(query):
            for name in called:
                if name:
                    self._by_name.setdefault(names.written(str(name)), set()).add(record)

    def find(self, told: str) -> tuple[str | None, str]:
        """The record of that name or number, or None and why it cannot be told."""
        found = self._by_name.get(names.written(told), set())
        if len(found) == 1:
            return next(iter(found)), ""
        text = (
            _("有 {number} 条{noun}叫“{name}”，无法确定是哪一条")
            if found
            else _("库中没有{noun}“{name}”，请先登记")
        )
        return None, text.format(number=len(found), noun=self._noun, name=told)
