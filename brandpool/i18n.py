"""The language of the window: Chinese is the source text, English a gettext catalogue."""

import gettext
from typing import Literal

from brandpool.paths import resources

Lang = Literal["zh", "en"]

_translations: gettext.NullTranslations = gettext.NullTranslations()
_lang: Lang = "zh"


def use(lang: Lang) -> None:
    """Speak this language from now on; a page reads its texts when it is built."""
    global _lang, _translations  # noqa: PLW0603 - the language is the one thing all texts share
    _lang = lang
    _translations = (
        gettext.NullTranslations()
        if lang == "zh"
        else gettext.translation("brandpool", resources() / "i18n", ["en"], fallback=True)
    )


def lang() -> Lang:
    """The language in use, for labels that come from declarations."""
    return _lang


def _(text: str) -> str:
    """The text in the language in use."""
    return _translations.gettext(text)
