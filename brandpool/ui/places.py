"""What the search box offers besides records: pages and ledgers, by name and by pinyin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brandpool.i18n import _, lang
from brandpool.models.kinds import ledgers
from brandpool.models.record import Record
from brandpool.ui.ledger_themes import themed
from brandpool.ui.pages import Entry
from brandpool.ui.place_names import ALSO, names_of, rank

LEDGERS = "ledgers"


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its key or, where `kind` is told, a ledger; `where` says under which theme."""

    key: str
    kind: str
    title: str
    where: str
    names: tuple[str, ...]


def places(pages: Iterable[Entry]) -> list[Place]:
    """Every page and every ledger, under its names in Chinese and in the language in use."""
    found = [
        Place(page.key, "", page.title, _("页面"), (page.title, *ALSO.get(page.key, ())))
        for page in pages
    ]
    for theme, models in themed(ledgers()):
        where = _("台账 · {theme}").format(theme=theme)
        found += [_of_ledger(model, where) for model in models]
    return found


def meant(some: Sequence[Place], words: str, limit: int = 5) -> list[Place]:
    """The places that these words mean, those whose name begins with them first."""
    wanted = words.strip().lower()
    if not wanted:
        return []
    ranked = [(at, place) for place in some if (at := rank(place.names, wanted)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return [place for _number, place in ranked[:limit]]


def _of_ledger(model: type[Record], where: str) -> Place:
    return Place(LEDGERS, model.kind(), model.label(lang()), where, names_of(model))
