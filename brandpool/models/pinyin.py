"""Pinyin of names: for sorting, and for finding 朝阳机械 by cyjx as well as zyjx."""

import os
from functools import cache

_NEIGHBOURS = 4


@cache
def readings(char: str) -> tuple[str, ...]:
    """All readings of one character without tones; a character that has none stands for itself."""
    # The phrases of the library are not needed for single characters and take long to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="default")
    spelled = (reading.replace("ü", "v").lower() for reading in found[0]) if found else (char,)
    return tuple(dict.fromkeys(spelled))


def sort_key(text: str | None) -> str:
    """The spelling by which a list is put in order; latin letters and digits stay as they are."""
    return " ".join(map(_USUAL.__getitem__, "".join((text or "").lower().split())))


class _Usual(dict[str, str]):
    """The first reading of every character met so far."""

    def __missing__(self, char: str) -> str:
        self[char] = readings(char)[0]
        return self[char]


_USUAL = _Usual()


def initials(text: str) -> list[str]:
    """The first letters of a name, in every reading."""
    return _combined([_first_letters(char) for char in text if char.isalnum()])


def spellings(text: str) -> list[str]:
    """The full spelling of a name, in every reading."""
    return _combined([readings(char) for char in text if char.isalnum()])


@cache
def _first_letters(char: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[:1] for reading in readings(char)))


def _combined(chars: list[tuple[str, ...]]) -> list[str]:
    """The usual spelling whole, and every other reading amid its neighbours."""
    usual = [options[0] for options in chars]
    return ["".join(usual)] + [
        "".join((*usual[max(0, at - _NEIGHBOURS) : at], other, *usual[at + 1 : at + _NEIGHBOURS]))
        for at, options in enumerate(chars)
        for other in options[1:]
    ]
