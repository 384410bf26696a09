"""Pictures of marks that look alike, told by what is drawn, not by the file.

A fingerprint is an average hash: the picture without its margins in 16 × 16 cells, one bit for each
cell with more ink than the mean. Of two marks that share most of their inked cells a person should
look at both; whether they are similar in law is for a person to say.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.models.renewal import MarkImage
from brandpool.models.trademark import Trademark
from brandpool.services.check import quietly

SIDE = 16
NEAR = 80
"""Percent of the inked cells that two pictures must share to be shown as alike."""
_ASPECT, _MIDDLE, _FAINT = 1.35, 127, 32


@dataclass(frozen=True, slots=True)
class Print:
    """What is drawn, as bits, and how wide it is to its height."""

    bits: int
    aspect: float


@dataclass(frozen=True, slots=True)
class Holder:
    """A picture as one enterprise holds it: its hash, the first mark with it, and how many."""

    digest: str
    enterprise: str
    mark: str
    marks: int


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two pictures that look alike, sharing `percent` of their inked cells."""

    left: Holder
    right: Holder
    percent: int


def holders(session: Session) -> list[Holder]:
    """Every picture of a mark in the pool, once for each enterprise that has it."""
    query = (
        select(MarkImage.content_hash, Trademark.enterprise_id, Trademark.id)
        .join(Trademark, Trademark.id == MarkImage.trademark_id)
        .where(MarkImage.content_hash.is_not(None), Trademark.dup_of.is_(None))
        .order_by(Trademark.reg_no, Trademark.id)
    )
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for digest, enterprise, mark in session.execute(query):
        found[digest or "", enterprise or ""].append(mark)
    return [
        Holder(digest, enterprise, marks[0], len(dict.fromkeys(marks)))
        for (digest, enterprise), marks in found.items()
    ]


def fingerprint(content: bytes) -> Print | None:
    """The fingerprint of a picture (bytes of a file); None for no picture or an empty one."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as picture:
            grey = ImageOps.autocontrast(picture.convert("L"))
    except (OSError, ValueError, SyntaxError):
        return None
    corner = grey.getpixel((0, 0))
    assert isinstance(corner, int | float)
    drawn = ImageOps.invert(grey) if corner > _MIDDLE else grey
    box = drawn.point(lambda value: 255 if value > _FAINT else 0).getbbox()
    if box is None:
        return None
    cut = drawn.crop(box)
    cells = cut.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    mean = sum(cells) / len(cells)
    bits = sum(1 << place for place, ink in enumerate(cells) if ink >= mean)
    return Print(bits, cut.width / cut.height)


def likeness(one: Print, other: Print) -> int:
    """How many percent of the cells inked in either are inked in both; 0 where shapes differ."""
    if max(one.aspect, other.aspect) > _ASPECT * min(one.aspect, other.aspect):
        return 0
    return round(100 * (one.bits & other.bits).bit_count() / (one.bits | other.bits).bit_count())


def fingerprints(
    files: Attachments,
    digests: Sequence[str],
    known: Mapping[str, Print | None],
    progress: Callable[[int, int, str], object],
) -> dict[str, Print | None]:
    """The fingerprints of these files, those in `known` taken from there.

    A small picture serves where the original is elsewhere. `progress` may raise to break off.
    """
    found: dict[str, Print | None] = {}
    for done, digest in enumerate(digests):
        progress(done, len(digests), digest[:12])
        if digest in known:
            found[digest] = known[digest]
        else:
            small = files.thumbnail(digest)
            found[digest] = fingerprint(small) if small is not None else None
    progress(len(digests), len(digests), "")
    return found


def alike(
    holders: Sequence[Holder],
    prints: Mapping[str, Print | None],
    *,
    across: bool,
    progress: Callable[[int, int, str], object] = quietly,
) -> list[AlikePair]:
    """Pairs of pictures that look alike, the likest first.

    With `across` only those of different enterprises. The same file held by two is a pair.
    `progress` may raise to break off.
    """
    drawn = [(one, told) for one in holders if (told := prints.get(one.digest)) is not None]
    found: list[AlikePair] = []
    for place, (left, mine) in enumerate(drawn):
        progress(place, len(drawn), "")
        for right, other in drawn[place + 1 :]:
            if across and left.enterprise == right.enterprise:
                continue
            percent = likeness(mine, other)
            if percent >= NEAR:
                found.append(AlikePair(left, right, percent))
    return sorted(found, key=lambda pair: -pair.percent)
