"""What the records of docket entries are called."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Lang
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields

_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "trademark": ("name", "reg_no", "nice_class"),
    "international_registration": ("name", "irn"),
    "foreign_filing": ("name", "party", "registration_no"),
    "honour": ("honour", "batch"),
    "introduced_mark": ("name",),
    "well_known_case": ("mark", "case_no"),
    "well_known_file": ("mark", "route"),
    "ip_certificate": ("standard", "certificate_no"),
    "ip_insurance": ("insurance", "policy_no"),
    "pledge": ("package", "registration_no"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Titles by record, names by enterprise."""

    titles: Mapping[str, str]
    enterprises: Mapping[str, str]


def named(session: Session, rows: Sequence[Mapping[str, Any]], lang: Lang = "zh") -> Named:
    """The names of the records these rows of the docket are about."""
    by_kind_wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_kind_wanted[row["subject_kind"]].add(row["subject"])
    titles: dict[str, str] = {}
    for kind, ids in by_kind_wanted.items():
        for record, values in journal.snapshot(session, by_kind()[kind], sorted(ids)).items():
            titles[record] = title(kind, values, lang)
    wanted = sorted({row["enterprise"] for row in rows if row["enterprise"]})
    found = journal.snapshot(session, Enterprise, wanted)
    return Named(titles, {record: row["name"] or "" for record, row in found.items()})


def title(kind: str, values: Mapping[str, Any], lang: Lang = "zh") -> str:
    """A record as the docket calls it: the mark with its number and class."""
    model = by_kind()[kind]
    names = _NUMBERS.get(kind, (model.title_field,))
    declared = fields(model)
    words = [declared[name].shown(values[name], lang) for name in names if values.get(name)]
    if kind == "trademark" and values.get("nice_class"):
        words[-1] = f"第{values['nice_class']}类" if lang == "zh" else f"cl. {values['nice_class']}"
    return " ".join(words)
