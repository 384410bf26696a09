"""Places of trade secret protection: how many of which level, what to mend, what to take out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.field import Kind
from brandpool.models.record import fields
from brandpool.models.secret_site import SecretInspection, SecretSite
from brandpool.rules.secret_words import telling
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import by_day, live


@dataclass(frozen=True, slots=True)
class Suspect:
    """A free text that looks as if it told a secret: where it stands, and which words say so."""

    kind: str
    record: str
    field: str
    words: tuple[str, ...]


def sites(session: Session, on: date, level: str | None = None, site: str | None = None) -> Counted:
    """The sites granted and not withdrawn by a day, of one level and kind or all."""
    wanted = [
        row for row in live(session, SecretSite)
        if level in (None, row["level"]) and site in (None, row["site"])
    ]  # fmt: skip
    rows = [
        row["id"] for row in wanted
        if by_day(row["granted"], on) and not by_day(row["withdrawn_on"], on)
    ]  # fmt: skip
    undated = [row["id"] for row in wanted if row["granted"] is None]
    text = _(
        "截至 {day}；已授牌、未摘牌的商业秘密保护示范区、基地、站、点；没有授牌日的列为待查。"
    ).format(day=on)
    kind = SecretSite.kind()
    return Counted(len(rows), _("个"), keys(kind, rows), text, keys(kind, undated))


def to_mend(session: Session, on: date) -> Counted:
    """The inspections with something to mend that has not been mended by a day."""
    aspects = ("people", "information", "areas", "dealings", "checks")
    rows = [
        row["id"] for row in live(session, SecretInspection)
        if by_day(row["inspected_on"], on) and not by_day(row["mended_on"], on)
        and any(row[name] == "to_mend" for name in aspects)
    ]  # fmt: skip
    text = _("截至 {day}；检查中有需整改项、还没有登记整改完成日的。").format(day=on)
    return Counted(len(rows), _("次"), keys(SecretInspection.kind(), rows), text)


def suspects(session: Session) -> list[Suspect]:
    """The free texts of both ledgers that may tell what a secret is: to be read and shortened.

    The station keeps numbers and dates of secrets, never their content.
    """
    found = []
    for model in (SecretSite, SecretInspection):
        names = [n for n, f in fields(model).items() if f.kind in (Kind.NOTE, Kind.TAGS, Kind.TEXT)]
        for row in live(session, model):
            for name in names:
                words = telling(row[name] or "")
                if words:
                    found.append(Suspect(model.kind(), row["id"], name, words))
    return found
