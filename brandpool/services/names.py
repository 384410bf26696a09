"""When two spellings of a name mean one enterprise: width, brackets, spaces, legal form, place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_PUNCTUATION = re.compile(r"[\s()（）\[\]【】〔〕<>《》·・.,，。、“”\"'‘’\-—_/]+")
_LEGAL_FORMS = ("有限责任公司", "股份有限公司", "股份公司", "有限公司", "公司")
_PLACE_WORDS = re.compile("[省市区县]")
_PLACE = re.compile(
    r"^(?:(?P<province>[一-鿿]{2,3}?)省)?(?:(?P<city>[一-鿿]{2,4}?)市)?(?:(?P<district>[一-鿿]{2,3}?)[区县])?"
)


def written(name: str) -> str:
    """The name without differences of width, case, spaces and punctuation."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name)).casefold()


def matched(name: str) -> str:
    """The name also without its legal form and the words 省市县区 of its place."""
    return keys(name)[1]


@lru_cache(maxsize=64)
def keys(name: str) -> tuple[str, str]:
    """What `written` and `matched` give, worked out together."""
    whole = written(name)
    return whole, _without_form(whole)


def _without_form(whole: str) -> str:
    form = next(filter(whole.endswith, _LEGAL_FORMS), "") if whole.endswith("公司") else ""
    bare = whole.removesuffix(form)
    place = _PLACE.match(bare) if _PLACE_WORDS.search(bare) else None
    if place is None:
        return bare
    kept = "".join(part for part in place.groups() if part)
    rest = bare[place.end() :]
    return kept + rest if len(rest) >= 2 else bare


def without_one(name: str) -> Iterator[str]:
    """The name, and the name with any one character taken out: two names that share one of these
    differ by one character at most."""
    yield name
    for place in range(len(name)):
        yield name[:place] + name[place + 1 :]


class NearNames:
    """Finds names that differ by one character; for proposing only, never for merging."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._owners: dict[str, list[tuple[str, str]]] = {}
        for record, name in named:
            key = matched(name)
            for piece in without_one(key) if len(key) >= 4 else ():
                self._owners.setdefault(piece, []).append((record, key))

    def near(self, name: str) -> list[str]:
        """The records whose name is this one but for one character."""
        key = matched(name)
        found: dict[str, None] = {}
        for piece in without_one(key) if len(key) >= 4 else ():
            for record, other in self._owners.get(piece, ()):
                if other != key and _one_apart(key, other):
                    found[record] = None
        return list(found)


def _one_apart(one: str, other: str) -> bool:
    """Whether one character was changed, added or left out."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
