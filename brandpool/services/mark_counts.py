"""How many marks are in force, by a definition that is chosen, shown and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.rules.reference import Reference
from brandpool.services import trademarks


@dataclass(frozen=True, slots=True)
class MarkDefinition:
    """What counts as a mark in force.

    grace: marks in grace count; unit: "classes" (number × class, as the office counts) or
    "registrations" (one per number); in_zone: only marks of enterprises in business; verified:
    only statuses that need no check in the register.
    """

    grace: bool = True
    unit: str = "classes"
    in_zone: bool = True
    verified: bool = False

    def text(self, on: date) -> str:
        """The definition in words, to stand beside every total."""
        parts = [
            _("截至 {day}").format(day=on),
            _("按“注册号×类别”计") if self.unit == "classes" else _("按注册号计，一号多类计一件"),
            _("宽展期内的计入") if self.grace else _("宽展期内的不计"),
            _("仅计登记状态为在业的企业") if self.in_zone else _("含已迁出、注销等企业"),
        ]
        if self.verified:
            parts.append(_("状态待核对的不计"))
        return "；".join(parts) + "。"


@dataclass(frozen=True, slots=True)
class MarkCount:
    """Both totals with their definition; `value` is the one the definition's unit asks for.

    `unsure` are counted marks whose status should be checked in the register.
    """

    classes: int
    registrations: int
    grace: int
    unsure: int
    definition: MarkDefinition
    text: str
    ids: tuple[str, ...]

    @property
    def value(self) -> int:
        """The total by the chosen unit."""
        return self.classes if self.definition.unit == "classes" else self.registrations


def in_force(
    session: Session,
    definition: MarkDefinition,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> MarkCount:
    """Marks in force on a day (有效注册量) of these enterprises (None: of the pool)."""
    marks = (
        trademarks.gather(session)
        if enterprises is None
        else trademarks.of_enterprises(session, enterprises)
    )
    zone = in_business(session) if definition.in_zone else None
    counted = []
    for mark in marks:
        if zone is not None and mark.enterprise_id not in zone:
            continue
        row = trademarks.judged(mark, on, ref=ref)
        valid = row.status in trademarks.IN_FORCE or (definition.grace and row.status == "grace")
        doubtful = bool(row.explained["verify"]) and not row.fixed
        if valid and not (definition.verified and doubtful):
            counted.append((row, doubtful))
    return MarkCount(
        classes=len(counted),
        registrations=len({row.mark.reg_no or row.mark.id for row, _doubt in counted}),
        grace=sum(row.status == "grace" for row, _doubt in counted),
        unsure=sum(doubtful for _row, doubtful in counted),
        definition=definition,
        text=definition.text(on),
        ids=tuple(row.mark.id for row, _doubt in counted),
    )


def in_business(session: Session) -> frozenset[str]:
    """The enterprises in business; one without a recorded status counts as such."""
    wanted = (Enterprise.status == "in_business") | Enterprise.status.is_(None)
    return frozenset(session.scalars(select(Enterprise.id).where(wanted)))
