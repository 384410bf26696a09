"""Everything of one enterprise, read in one job for its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure
from brandpool.models.field import Kind
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields
from brandpool.models.tier import TierMove
from brandpool.rules.scheme import Ladder
from brandpool.services import credit, custody, history, linked, records, schemes, tiers
from brandpool.services.history import FlagRow, HistoryRow
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.services.tiers import MoveRow
from brandpool.ui.widgets.history_dialog import spoken
from brandpool.ui.widgets.plain_table import Shown
from brandpool.ui.widgets.record_lines import Line, read_lines

_OF_ITS_OWN: tuple[type[Record], ...] = (YearlyFigure, TierMove)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A ladder with the tier on which the enterprise stands, and since when, in words."""

    ladder: str
    tier: str
    since: date


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind that hang on the enterprise, by one of the kind's links.

    `below` are the numbers of what hangs on these records in turn, by kind.
    """

    model: type[Record]
    link: str
    lines: Sequence[Line]
    below: Mapping[type[Record], int]


@dataclass(frozen=True, slots=True)
class Card:
    """What the card shows."""

    line: Line
    former: Sequence[str]
    standings: Sequence[StandingRow]
    moves: Sequence[Shown[MoveRow]]
    figures: Sequence[RecordRow]
    sections: Sequence[Section]
    past: Sequence[Shown[HistoryRow]]
    flags: Sequence[FlagRow]
    warnings: Sequence[str] = ()


def read_card(session: Session, enterprise: str, lang: Lang, today: date) -> Card:
    """Read the card of an enterprise. Raises UserError when it has been deleted."""
    records.get(session, Enterprise, enterprise)
    line = read_lines(session, Enterprise, [enterprise], lang)[enterprise]
    former = records.of_enterprise(session, FormerName, enterprise)
    words = TierWords(session, lang)
    standing = tiers.ladders_of(session, enterprise, today)
    moves = tiers.history(session, enterprise, today)
    aside = tiers.set_aside(session, enterprise, today)
    past = history.of_record(session, "enterprise", enterprise)[:200]
    return Card(
        line,
        [str(row["name"]) for row in former if row["name"]],
        [
            StandingRow(words.ladder(code), words.tier(code, now.tier), now.since)
            for code, now in standing.items()
        ],
        [words.move(row) for row in (*reversed(moves), *reversed(aside))],
        records.of_enterprise(session, YearlyFigure, enterprise),
        _sections(session, enterprise, lang),
        spoken(session, Enterprise, past),
        [flag for flag in history.flags(session) if flag.record == enterprise],
        _warnings(session, enterprise, today),
    )


def _warnings(session: Session, enterprise: str, today: date) -> list[str]:
    """What an officer must know before doing anything for the enterprise."""
    found = []
    listing = credit.barred(session, [enterprise], today).get(enterprise)
    if listing is not None:
        found.append(_("{listing}：不得推荐、升级或资助。").format(listing=listing.sentence))
    contracts = custody.double(session, today).get(enterprise)
    if contracts:
        text = _("同时在 {number} 份有效托管合同中，请核对是否重复托管。")
        found.append(text.format(number=len(contracts)))
    return found


def linked_kinds() -> list[tuple[type[Record], str]]:
    """Every kind that points to an enterprise, with the field that does, from the declarations."""
    return [
        (model, name)
        for model in KINDS
        if model not in _OF_ITS_OWN
        for name, field in fields(model).items()
        if field.kind is Kind.LINK and field.links == "enterprise"
    ]


def card_kinds() -> frozenset[str]:
    """The kinds whose change makes a card stale."""
    found = {model.kind() for model, _link in linked_kinds()}
    waiting = [model for model, _link in linked_kinds()]
    while waiting:
        children = [child for child, _name in linked.pointing(waiting.pop().kind())]
        waiting += [child for child in children if child.kind() not in found]
        found |= {child.kind() for child in children}
    return frozenset({"enterprise", "tier_scheme"} | {m.kind() for m in _OF_ITS_OWN} | found)


class TierWords:
    """Ladders, tiers and exit reasons by the names that the schemes in the pool give them."""

    def __init__(self, session: Session, lang: Lang) -> None:
        self._session = session
        self._lang = lang

    def ladder(self, code: str) -> str:
        """The ladder's name, or its code where no scheme knows it."""
        known = self._versions(code)
        return known[0].words.label(self._lang) if known else code

    def tier(self, ladder: str, code: str | None) -> str:
        """The tier's name; empty outside the ladder."""
        if code is None:
            return ""
        for known in self._versions(ladder):
            if (tier := known.tier(code)) is not None:
                return tier.words.label(self._lang)
        return code

    def exit_reason(self, ladder: str, code: str | None) -> str:
        """Why an enterprise left, in words."""
        for known in self._versions(ladder):
            if (reason := known.exit_reason(code)) is not None:
                return reason.words.label(self._lang)
        return code or ""

    def move(self, row: MoveRow) -> Shown[MoveRow]:
        """One move as the card's table shows it."""
        came, went = self.tier(row.ladder, row.came_from), self.tier(row.ladder, row.tier)
        reason = self.exit_reason(row.ladder, row.exit_reason)
        why = "；".join(part for part in (reason, row.reason) if part)
        days = _("未生效") if row.coming else _("{days} 天").format(days=row.days)
        if row.set_aside:
            days, why = _("不计入"), row.set_aside
        texts = (
            row.effective.isoformat(),
            self.ladder(row.ladder),
            move_words(row.what),
            f"{came or '—'} → {went or '—'}",
            days,
            row.document_no or "",
            row.decided_by or "",
            why,
        )
        return Shown(row, texts, quiet=row.coming or bool(row.set_aside))

    def _versions(self, ladder: str) -> list[Ladder]:
        found = [v.ladder(ladder) for v in schemes.versions_with(self._session, ladder)]
        return [ladder for ladder in found if ladder is not None]


def move_words(what: str) -> str:
    """What a move was, in words."""
    return {
        "entry": _("入库"),
        "up": _("升级"),
        "down": _("降级"),
        "move": _("调整"),
        "review": _("复核"),
        "exit": _("退出"),
        "reentry": _("重新入库"),
    }.get(what, what)


def _sections(session: Session, enterprise: str, lang: Lang) -> list[Section]:
    """The records that name the enterprise, and how many others hang on these in turn."""
    held: dict[type[Record], set[str]] = {}
    found: list[tuple[type[Record], str, list[str]]] = []
    for model, link in linked_kinds():
        ids = records.find(session, model, Query((Filter(link, Op.EQUALS, enterprise),)))
        held.setdefault(model, set()).update(ids)
        found.append((model, link, ids))
    sections = []
    for model, link, ids in found:
        lines = read_lines(session, model, ids, lang)
        shown = [lines[one] for one in ids if one in lines]
        sections.append(Section(model, link, shown, _below(session, model, ids, held)))
    return sections


def _below(
    session: Session,
    model: type[Record],
    ids: Sequence[str],
    held: Mapping[type[Record], set[str]],
) -> dict[type[Record], int]:
    """How many records hang on these, directly or through one another, beyond those `held`.

    What names the enterprise itself has its own section, and is not counted again.
    """
    found: dict[type[Record], set[str]] = {}
    waiting: list[tuple[type[Record], set[str]]] = [(model, set(ids))]
    while waiting:
        parent, parents = waiting.pop(0)
        if not parents:
            continue
        for child, name in linked.pointing(parent.kind()):
            query = Query((Filter(name, Op.ONE_OF, tuple(parents)),))
            new = set(records.find(session, child, query)) - held.get(child, set())
            new -= found.get(child, set())
            if new:
                found.setdefault(child, set()).update(new)
                waiting.append((child, new))
    return {kind: len(found[kind]) for kind in KINDS if kind in found}
