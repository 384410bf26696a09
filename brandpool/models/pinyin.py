"""Pinyin of names: for sorting, and for finding 朝阳机械 by cyjx as well as zyjx."""

from functools import cache
from itertools import product

_MOST_READINGS = 16


@cache
def readings(char: str) -> tuple[str, ...]:
    """All readings of one character without tones; a character that has none stands for itself."""
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="default")
    spelled = (reading.replace("ü", "v").lower() for reading in found[0]) if found else (char,)
    return tuple(dict.fromkeys(spelled))


def sort_key(text: str | None) -> str:
    """The spelling by which a list is put in order; latin letters and digits stay as they are."""
    return " ".join(readings(char)[0] for char in (text or "").lower() if not char.isspace())


def initials(text: str) -> list[str]:
    """The first letters of a name, once for every combination of readings (16 at most)."""
    return _combined(text, lambda reading: reading[:1])


def spellings(text: str) -> list[str]:
    """The full spelling of a name, once for every combination of readings (16 at most)."""
    return _combined(text, lambda reading: reading)


def _combined(text: str, part) -> list[str]:  # type: ignore[no-untyped-def]
    chars = [tuple(dict.fromkeys(part(r) for r in readings(c))) for c in text if c.isalnum()]
    count = 1
    for position, options in enumerate(chars):
        count *= len(options)
        if count > _MOST_READINGS:
            chars[position] = options[:1]
            count //= len(options)
    return ["".join(choice) for choice in product(*chars)]
