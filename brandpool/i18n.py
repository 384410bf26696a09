"""The language of the window: Chinese is the source text, English a gettext catalogue."""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from typing import Literal, Self

from brandpool.paths import resources

Lang = Literal["zh", "en"]

_lang: Lang = "zh"
_for_now: ContextVar[Lang | None] = ContextVar("language", default=None)


def use(lang: Lang) -> None:
    """Speak this language from now on; a page reads its texts when it is built."""
    global _lang  # noqa: PLW0603 - the language is the one thing all texts share
    _lang = lang


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Speak this language inside, in this thread only: documents are Chinese in any window."""
    token = _for_now.set(lang)
    try:
        yield
    finally:
        _for_now.reset(token)


def lang() -> Lang:
    """The language in use, for labels that come from declarations."""
    return _for_now.get() or _lang


def _(text: str) -> str:
    """The text in the language in use."""
    return text if lang() == "zh" else _catalogue(lang()).gettext(text)


class Said(str):
    """A Chinese sentence that remembers how it was made, so that it can be told in English too.

    It is that sentence in every comparison, column and JSON; only `told` looks behind it.
    """

    __slots__ = ("english", "parts", "template")
    template: str
    parts: Mapping[str, object]
    english: str | None

    @classmethod
    def of(cls, text: str, template: str, parts: Mapping[str, object], english: str | None) -> Self:
        """The sentence with what it was made of."""
        one = cls(text)
        one.template, one.parts, one.english = template, parts, english
        return one


def said(template: str, **parts: object) -> str:
    """A sentence of the rules: Chinese as data, told in the language in use where it is shown."""
    return Said.of(template.format(**parts) if parts else template, template, parts, None)


def both(zh: str, en: str) -> str:
    """A name that the reference data give in both languages, told like a sentence."""
    return Said.of(zh, zh, {}, en)


def joined(*texts: str) -> str:
    """Sentences one after the other, as far as there are any."""
    found = [text for text in texts if text]
    return (
        reduce(lambda one, more: said("{one}；{more}", one=one, more=more), found) if found else ""
    )


def told(text: str) -> str:
    """The sentence in the language in use."""
    if lang() == "zh":
        return text
    if not isinstance(text, Said):
        return _(text) if text else text
    if text.english is not None:
        return text.english
    parts = {name: _part(part) for name, part in text.parts.items()}
    return _(text.template).format(**parts) if parts else _(text.template)


def _part(part: object) -> object:
    """What stands in a sentence: texts and what turns into texts is told, numbers stay."""
    if isinstance(part, int | Decimal | date):
        return part
    return told(part if isinstance(part, str) else part.__str__())


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation("brandpool", resources() / "i18n", [lang], fallback=True)
