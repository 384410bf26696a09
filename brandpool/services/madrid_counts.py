"""The fifty (马德里国际商标注册达50件), by a definition that is chosen, shown and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.designation import LAPSED
from brandpool.rules.reference import Reference
from brandpool.services import madrid, madrid_rows
from brandpool.services.mark_counts import in_business

UNITS = ("registrations", "designations", "enterprises")
TARGET = 50


@dataclass(frozen=True, slots=True)
class FiftyDefinition:
    """What counts as one of the fifty.

    unit: "registrations", "designations" (registration × party) or "enterprises" that have one.
    state: "registered", or "filed" to count applications too. in_zone: only enterprises in
    business. lapsed, refused_everywhere: whether a registration that ended, or that no party
    protects or still examines, counts.
    """

    unit: str = "registrations"
    state: str = "registered"
    in_zone: bool = True
    lapsed: bool = False
    refused_everywhere: bool = True

    def text(self, on: date) -> str:
        """The definition in words, to be shown and printed beside the number."""
        units = {
            "registrations": _("按国际注册件数计"),
            "designations": _("按“国际注册×缔约方”计"),
            "enterprises": _("按拥有国际注册的企业家数计"),
        }
        states = {
            "registered": _("已取得国际注册号的计入"), "filed": _("含已提交未注册的申请"),
        }  # fmt: skip
        return "；".join((
            _("截至 {day}").format(day=on),
            units[self.unit],
            states[self.state],
            _("仅计登记状态为在业的企业") if self.in_zone else _("含已迁出、注销等企业"),
            _("含已失效的") if self.lapsed else _("已失效的不计"),
            _("含各方均未获保护的") if self.refused_everywhere else _("各方均未获保护的不计"),
            _("引进境外注册商标和马德里以外的申请不计"),
        )) + "。"  # fmt: skip


@dataclass(frozen=True, slots=True)
class FiftyCount:
    """The number by the chosen definition, all three units beside it, and whose they are.

    `protected` are designations with protection on that day, of all that are counted.
    """

    value: int
    registrations: int
    designations: int
    enterprises: int
    protected: int
    target: int
    definition: FiftyDefinition
    text: str
    ids: tuple[str, ...]


def count_fifty(
    session: Session, definition: FiftyDefinition, on: date, *, ref: Reference | None = None
) -> FiftyCount:
    """Count international registrations on a day. Raises UserError for an unknown definition."""
    if definition.unit not in UNITS or definition.state not in {"registered", "filed"}:
        raise UserError(_("计数口径不完整：请选择计数单位和“已注册”或“已提交”。"))
    zone = in_business(session) if definition.in_zone else None
    irs = [ir for ir in madrid_rows.registrations(session)
           if zone is None or ir.enterprise_id in zone]  # fmt: skip
    held = madrid_rows.designations(session, [ir.id for ir in irs])
    counted, cells = [], []
    for ir in irs:
        mine = [madrid.cell(ir, one, on, ref=ref) for one in held.get(ir.id, ())
                if one.designated_on is None or one.designated_on <= on]  # fmt: skip
        if _counts(ir, mine, definition, on, ref):
            counted.append(ir)
            cells += mine
    totals = {
        "registrations": len(counted),
        "designations": len(cells),
        "enterprises": len({ir.enterprise_id for ir in counted if ir.enterprise_id}),
    }
    return FiftyCount(
        totals[definition.unit], totals["registrations"], totals["designations"],
        totals["enterprises"], sum(cell.protected for cell in cells), TARGET, definition,
        definition.text(on), tuple(ir.id for ir in counted),
    )  # fmt: skip


def _counts(
    ir: madrid_rows.IrRow,
    cells: Sequence[madrid.Cell],
    definition: FiftyDefinition,
    on: date,
    ref: Reference | None,
) -> bool:
    if ir.ir_date is None or ir.ir_date > on or not ir.irn:
        filed = ir.office_received is not None and ir.office_received <= on
        return definition.state == "filed" and filed
    state = madrid.standing(ir, on, ref=ref)
    over = state.ended or (state.verify and state.status == LAPSED)
    if over and not definition.lapsed:
        return False
    alive = not cells or any(cell.family != "lost" for cell in cells)
    return definition.refused_everywhere or alive
