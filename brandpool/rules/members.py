"""Contracting Parties: their codes, treaties and declarations, and what binds whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from brandpool.errors import UserError

Declaration = bool | date | None
"""False: not made. True: made, day not known. A date: made with effect from it. None: unknown."""


@dataclass(frozen=True, slots=True)
class Member:
    """One party as WIPO lists it; `agreement_from` and `protocol_from` may be unknown or none."""

    code: str
    zh: str
    en: str
    designatable: bool
    designate_as: str | None
    agreement_from: date | None
    protocol_from: date | None
    refusal_18m: Declaration
    late_opposition: Declaration
    individual_fee: Declaration
    rule40_8: bool | None
    no_late_designation: bool | None
    intention_to_use: bool | None
    note: str

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Member":
        """Reads one row of members.json."""
        declared = {name: _declaration(value) for name, value in row["declarations"].items()}
        return cls(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            designatable=row["designatable"],
            designate_as=row.get("designate_as"),
            agreement_from=_day(row["agreement_from"]),
            protocol_from=_day(row["protocol_from"]),
            rule40_8=row.get("response_under_two_months_rule40_8"),
            no_late_designation=row.get("no_late_designation_of_older_registrations"),
            intention_to_use=row.get("intention_to_use"),
            note=row.get("note", ""),
            **declared,
        )

    @property
    def declarations_known(self) -> bool:
        """Whether WIPO's list of declarations covers this party."""
        return None not in {self.refusal_18m, self.late_opposition, self.individual_fee}

    def in_agreement(self, day: date) -> bool:
        """Whether the party is bound by the Madrid Agreement on that day."""
        return self.agreement_from is not None and self.agreement_from <= day

    def not_yet(self, day: date) -> bool:
        """Whether the party is known to join only after that day."""
        starts = [start for start in (self.agreement_from, self.protocol_from) if start]
        return bool(starts) and min(starts) > day


@dataclass(frozen=True)
class Members:
    """All parties by code, with the spellings people use for them."""

    by_code: Mapping[str, Member]
    aliases: Mapping[str, str]

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Members":
        """Reads members.json."""
        members = map(Member.from_json, document["members"])
        return cls({member.code: member for member in members}, document["aliases"])

    def find(self, code: str, name: str = "party") -> Member:
        """The party for a code as typed (eu, UK, EM); UserError names the input `name`."""
        key = str(code).strip().upper()
        member = self.by_code.get(self.aliases.get(key, key))
        if member is None:
            raise UserError(f"{name}：没有代码为“{code}”的马德里缔约方")
        return member

    def acting(self, code: str, name: str = "party") -> Member:
        """The party whose Office acts: Benelux for Belgium, Luxembourg and the Netherlands."""
        member = self.find(code, name)
        return self.find(member.designate_as, name) if member.designate_as else member

    def safeguarded(self, party: Member, holder: Member, day: date) -> bool:
        """Whether declarations have no effect between the two.

        Protocol Art. 9sexies(1)(b): both bound by the Agreement (and the Protocol); before both
        had the Protocol the Agreement itself governed, with the same result.
        """
        return party.in_agreement(day) and holder.in_agreement(day)


def in_effect(declaration: Declaration, day: date) -> bool:
    """Whether a declaration binds a registration of that day (Art. 5(2)(d), 8(7)(b))."""
    return declaration <= day if isinstance(declaration, date) else declaration is True


def _declaration(value: Any) -> Declaration:
    if value is None or value is False:
        return value
    return _day(value["from"]) or True


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
