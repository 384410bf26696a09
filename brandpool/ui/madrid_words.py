"""States abroad in words and signs short enough for a cell, legible without colour."""

from collections.abc import Mapping
from dataclasses import dataclass

from brandpool.i18n import _, lang, told
from brandpool.models.madrid import Designation
from brandpool.models.madrid_codes import PLACES
from brandpool.rules import designation as law
from brandpool.services.madrid import Cell
from brandpool.services.responses import Refusal
from brandpool.ui import style
from brandpool.ui.madrid_status import status_word

FAMILIES = ("protected", "pending", "refused", "lost", "planned")


@dataclass(frozen=True, slots=True)
class Look:
    """How a family of states is drawn; grounds differ in lightness too, signs in shape."""

    sign: str
    ink: str
    ground: str


LOOKS: Mapping[str, Look] = {
    "protected": Look("●", "#0f5132", "#d7efdf"),
    "pending": Look("○", style.INK, "#ffffff"),
    "refused": Look("▲", "#6b3a00", "#ffe3b0"),
    "lost": Look("×", "#40464d", "#c9ced4"),
    "planned": Look("…", style.SOFT, "#ffffff"),
}


def family_word(family: str) -> str:
    """A family of states in words."""
    return {
        "protected": _("已保护"),
        "pending": _("审查中"),
        "refused": _("临时驳回"),
        "lost": _("已失去"),
        "planned": _("拟申请"),
    }.get(family, family)


def party_word(code: str) -> str:
    """A party's everyday name with its code."""
    return f"{party_name(code)} {code}".strip()


def party_name(code: str) -> str:
    """A party's everyday name: 美国 rather than 美利坚合众国（美国）."""
    name = _NAMES[code].label(lang()) if code in _NAMES else ""
    return name.partition("（")[2].rstrip("）") or name


def short(cell: Cell) -> str:
    """The sign and short word of one designation or filing; ? asks to look into the Register."""
    words = {
        law.GRANTED: _("保护"),
        law.PARTLY_GRANTED: _("部分"),
        law.TACIT: _("默示"),
        law.TACIT_RESERVED: _("默示"),
        law.PARTLY_INVALID: _("部分无效"),
        law.EXAMINED: _("审查"),
        law.EXTENDED: _("审查(异)"),
        law.INTERIM: _("可异议"),
        law.TOTAL_REFUSAL: _("全驳"),
        law.PARTIAL_REFUSAL: _("部驳"),
        law.REFUSED: _("驳回"),
        law.INVALID: _("无效"),
        law.LAPSED: _("期满"),
        law.NOT_RENEWED_HERE: _("未续"),
        law.CEASED: _("已撤"),
    }
    look = LOOKS[cell.family]
    direct = "" if cell.kind == Designation.kind() else _("单·")
    doubt = "?" if cell.verify else ""
    return f"{look.sign} {direct}{words.get(cell.status, cell.status)}{doubt}"


def in_full(cell: Cell) -> str:
    """Everything the matrix knows of one designation, as a tool tip."""
    direct = cell.kind != Designation.kind()
    lines = [f"{party_word(cell.party)}：{status_word(cell.status)}"]
    if cell.verify:
        lines.append(_("须在国际注册簿中核实"))
    if cell.designated_on:
        label = _("申请日 {day}") if direct else _("指定日 {day}")
        lines.append(label.format(day=cell.designated_on))
    if cell.refusal_limit is not None:
        lines.append(_("驳回期限 {day}").format(day=cell.refusal_limit["rolled"]))
    elif not direct:
        lines.append(_("国际局通知日未填写，驳回期限不能计算"))
    for refusal in cell.refusals:
        lines += refusal_words(refusal)
    if cell.granted:
        lines.append(_("保护声明 {day}").format(day=cell.granted))
    if cell.transformable_until:
        lines.append(_("可转为国家申请至 {day}").format(day=cell.transformable_until))
    lines += cell.remarks
    return "\n".join(lines)


def refusal_words(refusal: Refusal) -> list[str]:
    """Until when a provisional refusal has to be answered, and whether it came too late."""
    if refusal.answered:
        words = [_("驳回已于 {day} 答复").format(day=refusal.entry.answered)]
    elif refusal.due:
        text = _("驳回答复截止 {day}（{note}）")
        words = [text.format(day=refusal.due, note=told(refusal.note))]
    else:
        words = [_("驳回答复期限未知：{note}").format(note=told(refusal.note))]
    return [*words, _("驳回在期限之后发出")] if refusal.late else words


_NAMES = {choice.code: choice for choice in PLACES}
