"""Two records of one enterprise on the same ladder: a person says which standing is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.tier import TierMove
from brandpool.services import records, tiers
from brandpool.services.records import RecordRow
from brandpool.services.tiers import MoveRow


@dataclass(frozen=True, slots=True)
class Doubled:
    """A ladder on which both have moves, theirs in the order they took effect."""

    ladder: str
    keep: tuple[MoveRow, ...]
    other: tuple[MoveRow, ...]


def doubled(session: Session, keep: str, other: str, on: date) -> list[Doubled]:
    """The ladders on which both enterprises have moves that count, an exit being one too."""
    kept, lost = (tiers.history(session, one, on) for one in (keep, other))
    ladders = {row.ladder for row in kept}
    found = (Doubled(ladder, _on(kept, ladder), _on(lost, ladder)) for ladder in sorted(ladders))
    return [one for one in found if one.other]


def settle(
    session: Session, keep: str, other: str, standings: Mapping[str, str], reason: str
) -> None:
    """Let the moves of one of them count on each ladder where both have some.

    `standings` names, by ladder, whose standing stays. The moves of the other are kept and say why
    they do not count. Raises UserError while a ladder is undecided, or without a reason.
    """
    rows = {one: _counting(session, one) for one in (keep, other)}
    both = {row["ladder"] for row in rows[keep]} & {row["ladder"] for row in rows[other]}
    if not both:
        return
    if any(standings.get(str(ladder)) not in (keep, other) for ladder in both):
        raise UserError(
            _(
                "两家企业在同一梯队都有层级记录，没有合并。"
                "请在“查重合并”中选定以哪一家的层级为准，并写明理由。"
            )
        )
    if not reason.strip():
        raise UserError(_("请写明以哪一家的层级为准的理由。"))
    aside = [
        row.id
        for one, moves in rows.items()
        for row in moves
        if row["ladder"] in both and standings[str(row["ladder"])] != one
    ]
    journal.update(session, TierMove, {move: {"set_aside": reason.strip()} for move in aside})


def _counting(session: Session, enterprise: str) -> list[RecordRow]:
    rows = records.of_enterprise(session, TierMove, enterprise)
    return [row for row in rows if row["set_aside"] is None]


def _on(rows: Sequence[MoveRow], ladder: str) -> tuple[MoveRow, ...]:
    return tuple(row for row in rows if row.ladder == ladder)
