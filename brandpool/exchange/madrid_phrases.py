"""Words by which Madrid Monitor and clerks name the records of the International Register."""

import re
from collections.abc import Mapping

from brandpool.models.madrid_codes import TAGS

INTERIM = "examination completed but opposition or observations by third parties still possible"
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "RFNT": ("total provisional refusal of protection", "total provisional refusal",
             "provisional total refusal", "全部临时驳回"),
    "RFNP": ("partial provisional refusal of protection", "partial provisional refusal",
             "provisional partial refusal", "部分临时驳回"),
    "ISN": (INTERIM, "interim status of a mark", "rule 18bis(1)(a)"),
    "GP18N": ("statement of grant of protection made under rule 18ter(1)",
              "statement of grant of protection under rule 18ter(1)", "rule 18ter(1)",
              "grant of protection", "statement of grant of protection", "给予保护声明",
              "给予保护"),
    "R18NV": ("rule 18ter(2)(i)", "驳回撤回"),
    "R18NP": ("rule 18ter(2)(ii)", "部分给予保护"),
    "R18NT": ("confirmation of total provisional refusal under rule 18ter(3)", "rule 18ter(3)",
              "confirmation of total provisional refusal", "驳回确认", "确认驳回"),
    "EXN": ("subsequent designation", "后期指定", "领土延伸"),
    "ENN": ("international registration", "registration", "国际注册"),
    "REN": ("renewal", "renewed", "国际续展完成", "续展"),
    "OPN": ("opposition possible after the 18 months time limit", "rule 16"),
    "CBNT": ("total ceasing of effect", "cessation of effect (total)"),
    "CBNP": ("partial ceasing of effect",),
    "MTN": ("change in the name or address of the holder", "国际变更完成"),
    "TRN": ("change in ownership", "total change in ownership"),
    "CPN": ("partial change in ownership", "国际部分转让完成"),
    "LIN": ("limitation of the list of goods and services", "国际删减完成"),
    "INNT": ("total invalidation",),
    "INNP": ("partial invalidation",),
    "RNN": ("renunciation",),
}  # fmt: skip


def _phrases() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in TAGS:
        for text in (tag.en, tag.zh):
            found.setdefault(text.casefold(), tag.code)
    for code, texts in SPOKEN.items():
        found.update(dict.fromkeys(texts, code))
    return found


PHRASES: Mapping[str, str] = dict(sorted(_phrases().items(), key=lambda item: -len(item[0])))
_CODES = {tag.code for tag in TAGS}
_SHORT = 16
_SMALL = re.compile(r"\b(?:IN|BY|NO|IS|AT)\b")
"""Words that would be countries where a line is written in capitals."""


def tag_of(line: str, *, dated: bool) -> tuple[str, str] | None:
    """The tag a line names and the rest of the line; None where it names none.

    A code counts at the start of a line or as a cell of its own. A short phrase ("Renewal") must be
    the whole line or its beginning, and stand alone unless the line is `dated`.
    """
    for cell in re.split(r"[\s,;|]+", line.strip()):
        if cell in _CODES:
            return cell, line.replace(cell, " ", 1)
    given = " ".join(line.split())
    plain = given.casefold()
    for phrase, code in PHRASES.items():
        place = plain.find(phrase)
        if place < 0:
            continue
        whole = plain.strip(" :：") == phrase
        if len(phrase) < _SHORT and not phrase[0].isascii():
            fits = whole or dated
        elif len(phrase) < _SHORT:
            fits = whole or (dated and place == 0)
        else:
            fits = True
        if fits:
            rest = given[:place] + " " + given[place + len(phrase) :]
            shouted = given[place : place + len(phrase)].isupper()
            return code, _SMALL.sub(" ", rest) if shouted else rest
    return None
