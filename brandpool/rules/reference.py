"""The law's data as one object: shipped with the program, or as the station edited it.

A document is one JSON file of resources/reference/. A pool may keep newer documents (next year's
holidays, a new tariff): `shipped().replaced({"holidays": document})` gives rules that use them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from brandpool.errors import UserError
from brandpool.paths import resources
from brandpool.rules.calendar import ChineseCalendar, WipoCalendar
from brandpool.rules.law import Laws
from brandpool.rules.members import Members
from brandpool.rules.periods import Period
from brandpool.rules.tariffs import Tariffs

Document = Mapping[str, Any]
DOCUMENTS = (
    "law", "holidays", "wipo_closed_days", "members", "fees", "maintenance",
    "response_times", "status_words", "nice", "madrid_codes", "identifiers", "docket", "protection",
    "fieldwork",
    "indicators", "stars", "inspection",
    "well_known", "effort",
)  # fmt: skip
READ_WHOLE = {
    "status_words": "words",
    "identifiers": "categories",
    "response_times": "members",
}


@dataclass(frozen=True)
class Reference:
    """All reference documents, read into what the rules ask them."""

    documents: Mapping[str, Document]

    @property
    def law(self) -> Document:
        """law.json: dated versions and parameters of Chinese law."""
        return self.documents["law"]

    @cached_property
    def laws(self) -> Laws:
        """The versions of the Trademark Law."""
        return Laws.from_json(self.documents["law"])

    @cached_property
    def china(self) -> ChineseCalendar:
        """Chinese working days."""
        return ChineseCalendar.from_json(self.documents["holidays"])

    @cached_property
    def wipo(self) -> WipoCalendar:
        """The International Bureau's open days."""
        return WipoCalendar.from_json(self.documents["wipo_closed_days"])

    @cached_property
    def members(self) -> Members:
        """Contracting Parties with their declarations."""
        return Members.from_json(self.documents["members"])

    @cached_property
    def tariffs(self) -> Tariffs:
        """The Schedule of Fees and the individual fees, by date."""
        return Tariffs.from_json(self.documents["fees"])

    @cached_property
    def fingerprint(self) -> str:
        """What tells this data from another: the same words exactly for the same documents."""
        text = json.dumps(dict(self.documents), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def replaced(self, documents: Mapping[str, Document]) -> "Reference":
        """The same data with some documents exchanged, each read once to see that it holds.

        Raises UserError naming the document and what is wrong with it.
        """
        unknown = sorted(set(documents) - set(DOCUMENTS))
        if unknown:
            raise UserError(
                f"没有名为“{'、'.join(unknown)}”的参考数据，可用 {'、'.join(DOCUMENTS)}"
            )
        changed = Reference({**self.documents, **documents})
        try:
            changed.check()
        except (LookupError, TypeError, ValueError, AttributeError, UserError) as problem:
            names = "、".join(sorted(documents))
            raise UserError(f"参考数据“{names}”的内容不完整或格式不对：{problem}") from problem
        return changed

    def check(self) -> None:
        """Reads every document the way the rules do; raises what reading it raises."""
        first = date(2026, 1, 1)
        self.laws.on(first)
        self.china.next_open_day(first)
        self.wipo.next_open_day(first)
        self.members.find("CN")
        self.tariffs.schedule_on(first)
        _check_periods(self.law)
        for duty in self.documents["maintenance"]["duties"]:
            for window in duty["windows"]:
                Period.parse(window["every"] if "every" in window else window["due"])
        for edition in self.documents["nice"]["editions"]:
            date.fromisoformat(edition["from"])
        for code in self.documents["madrid_codes"]["codes"]:
            str(code["tag"] + code["zh"])
        for date_rule in self.documents["docket"]["dates"].values():
            str(date_rule["zh"] + date_rule["nature"])
            max(date_rule["leads"])
        _check_points(self.documents["stars"]["items"])
        for folder in self.documents["inspection"]["folders"]:
            str(folder["zh"] + "".join(item["zh"] for item in folder["items"]))
        for about in self.documents["indicators"]["indicators"].values():
            str(about["zh"] + about["unit"] + about["span"] + about["from"] + about["count"])
            [dict(way["args"], key=way["key"], zh=way["zh"]) for way in about["ways"]]
            [max(map(len, words)) for words in about["words"]]
        _check_protection(self.documents["protection"])
        fieldwork = self.documents["fieldwork"]
        for name in ("visit_every", "plan_review_every"):
            Period.parse(fieldwork[name])
        sum((fieldwork["visits_per_week"], *fieldwork["urgency"].values()))
        _check_well_known(self.documents["well_known"])
        for name, key in READ_WHOLE.items():
            self.documents[name][key].items()


def _check_points(items: Sequence[Mapping[str, Any]]) -> None:
    """The points of the star rating: 100 in all, and the parts of an item make up its points."""
    sums = [("合计", Decimal(100), [item["points"] for item in items])]
    sums += [
        (item["zh"], Decimal(str(item["points"])), [part["points"] for part in item["parts"]])
        for item in items
    ]
    for name, wanted, points in sums:
        found = sum((Decimal(str(one)) for one in points), Decimal(0))
        if found != wanted:
            raise ValueError(f"“{name}”应为 {wanted} 分，现为 {found} 分")
    if any(part["enough"] < 1 for item in items for part in item["parts"]):
        raise ValueError("enough 应为 1 或更大的数")


def _check_protection(protection: Document) -> None:
    for row in protection["credit"]:
        date.fromisoformat(row["from"])
        str(row["list_type"] + "".join(row["bars"]))
    limits = (protection["case"]["decide"], protection["aid"]["open"])
    kinds = (protection["mediation"]["people"], protection["mediation"]["industry"])
    terms = (row["published"] for row in protection["credit_terms"].values())
    for text in (*limits, *kinds, *terms):
        Period.parse(text)


def _check_periods(law: Document) -> None:
    for row in law["letters"]:
        Period.parse(row["period"])
    for rows, names in (
        (law["complaints"], ("accept", "mediation", "check", "check_extension", "tell_reporter")),
        (law["regulation"], ("e_document", "public_service")),
        (law["well_known_handling"], ("report_up", "province_review", "used_for")),
    ):
        for row in rows:
            date.fromisoformat(row["from"])
            for name in names:
                Period.parse(row[name])


def _check_well_known(document: Document) -> None:
    for row in document["clocks"]:
        str(row["matter"] + row["starts"] + row["counts"] + row["whose"])
        for name in ("period", "extension"):
            Period.parse(row.get(name, "1d"))
    for line in document["lines"]:
        str(line["id"] + line["factor"] + line["shown_by"])
    for version in document["factors"]:
        str(version["law"] + version["article"] + version["items"][0]["id"])
    int(document["years"]) + int(document["unlikely_factor"])
    document["anchors"]["court"]["field"].isidentifier()


@lru_cache(maxsize=1)
def shipped() -> Reference:
    """The data that comes with the program, read once."""
    folder = resources() / "reference"
    return Reference(
        {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in DOCUMENTS}
    )
