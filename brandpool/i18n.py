"""The language of the window: Chinese is the source text, English a gettext catalogue."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Literal

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


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation("brandpool", resources() / "i18n", [lang], fallback=True)
