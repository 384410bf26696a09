"""Names of enterprises as lists write them: starred, spaced out, with a former name behind."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from brandpool.exchange.cell_shapes import is_organisation
from brandpool.i18n import _

_LABEL = re.compile(r"^(?:企业|单位|公司|机构)?(?:名称|全称)[:：]\s*")
_SEVERAL = re.compile(r"[、,，;；/\n]\s*")
_PERHAPS = re.compile(r"[\s*＊★☆▲△▪●○◆◇■□※#＃√①-⑳\[【（(:：。；;、,，/]|曾用名|原名|^[·.]")
_LOOK = re.compile(r"[\s*＊★☆▲△▪●○◆◇■□※#＃√①-⑳\[【（(:：。；;]|(?:曾用名|原名)|^[·.、,，]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_GAP = re.compile(r"(?<=[\u3400-\u9fff（）()·])\s+|\s+(?=[\u3400-\u9fff（）()·])")
_MARKS = r"[*＊★☆▲△▪●○◆◇■□※#＃√①-⑳\s]"
_NOTE_SIGN = r"\[\d{1,2}\]|【\d{1,2}】"
_EDGES = re.compile(rf"^(?:{_MARKS}|[·.、,，])+|(?:{_MARKS}|[。；;，,、]|{_NOTE_SIGN})+$")
_FORMER = r"(?:原名称?为?|曾用名|更名前|前身为?|原企业名称|原公司名称|原单位名称)[:：]?|原为?[:：]?"
_PRESENT = r"(?:现更名为|已更名为|更名为|现名称?为?|现为|变更为)[:：]?"
_BRACKETED = re.compile(rf"[（(\[【]\s*(?:{_FORMER}|(?P<new>{_PRESENT}))(?P<name>.+?)[）)\]】]$")
_UNBRACKETED = re.compile(r"[,，;；\s]*(?:曾用名|原名称?)[:：](?P<name>.+)$")
_REMARK = re.compile(
    r"[（(]\s*(复审|复核|复评|复核通过|新增|新认定|重新认定|更名|已更名|注销|已注销|迁出|已迁出|试点|示范|盖章|公章|联合体|牵头)\s*[）)]$"
)
_FEWEST = 4


class SpelledName(NamedTuple):
    """What the cell of a name says: the name, names borne before, and what was left out of it."""

    name: str
    former: tuple[str, ...] = ()
    note: str = ""


def unusual(texts: Iterable[str]) -> set[str]:
    """Those of the names that are more than a plain row of characters, or several."""
    return set(filter(_PERHAPS.search, texts))


def needs_look(text: str) -> bool:
    """Whether there is more in the cell than one plain name."""
    return bool(_LOOK.search(text))


def spelled_name(text: str) -> SpelledName:
    """The name in a cell without stars, gaps and remarks behind it.

    甲有限公司（原名：乙有限公司） gives 甲有限公司 and the former name; brackets that belong to it,
    as in （宁波） or （普通合伙）, stay.
    """
    name = _EDGES.sub("", _GAP.sub("", text) if _CHINESE.search(text) else text) or text
    name = _LABEL.sub("", name) or name
    if match := _BRACKETED.search(name) or _UNBRACKETED.search(name):
        other, outer = match["name"].strip(), name[: match.start()].strip()
        if len(other) >= _FEWEST and len(outer) >= _FEWEST:
            now, before = (other, outer) if match.groupdict().get("new") else (outer, other)
            return SpelledName(_EDGES.sub("", now), (_EDGES.sub("", before),))
    if match := _REMARK.search(name):
        note = _("名称后面的“{remark}”不是名称的一部分，已略去").format(remark=match[0])
        return SpelledName(_EDGES.sub("", name[: match.start()]), note=note)
    return SpelledName(name)


def several_names(text: str) -> list[str]:
    """The names in a cell that holds more than one enterprise: 甲有限公司、乙大学; else nothing."""
    if not _SEVERAL.search(text):
        return []
    parts = [part for part in _SEVERAL.split(text) if part]
    return parts if len(parts) > 1 and all(map(is_organisation, parts)) else []
