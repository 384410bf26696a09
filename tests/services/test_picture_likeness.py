"""Pictures of marks are found alike by what is drawn: size, margin and format do not matter."""

import io

import pytest
from PIL import Image, ImageDraw

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.renewal import MarkImage
from brandpool.models.trademark import Trademark
from brandpool.services import picture_likeness
from brandpool.services.check import quietly
from brandpool.services.picture_likeness import Print, fingerprint

WHITE = "white"


def drawn(shape: str, *, size: int = 300, margin: int = 0, form: str = "PNG") -> bytes:
    """A star-like or a stepped figure."""
    picture = Image.new("RGB", (size + 2 * margin, size + 2 * margin), WHITE)
    pen = ImageDraw.Draw(picture)
    figures = {
        "arrow": [(0, 40), (60, 40), (60, 10), (99, 50), (60, 90), (60, 60), (0, 60)],
        "steps": [(0, 99), (0, 70), (30, 70), (30, 40), (60, 40), (60, 5), (99, 5), (99, 99)],
    }
    pen.polygon([(x * size // 100 + margin, y * size // 100 + margin) for x, y in figures[shape]],
                fill="black")  # fmt: skip
    target = io.BytesIO()
    picture.save(target, form)
    return target.getvalue()


def likeness(one: bytes, other: bytes) -> int:
    left, right = fingerprint(one), fingerprint(other)
    assert isinstance(left, Print)
    assert isinstance(right, Print)
    return picture_likeness.likeness(left, right)


@pytest.mark.parametrize(
    "other",
    [
        drawn("arrow", size=190),
        drawn("arrow", margin=60),
        drawn("arrow", form="JPEG"),
    ],
    ids=["smaller", "margin", "jpeg"],
)
def test_the_same_figure_is_alike_whatever_its_size_margin_or_format(other: bytes) -> None:
    assert likeness(drawn("arrow"), other) >= picture_likeness.NEAR


def test_different_figures_are_not_alike() -> None:
    assert likeness(drawn("arrow"), drawn("steps")) < picture_likeness.NEAR - 20


def test_what_is_empty_or_no_picture_has_no_fingerprint() -> None:
    target = io.BytesIO()
    Image.new("RGB", (50, 50), WHITE).save(target, "PNG")
    assert fingerprint(target.getvalue()) is None
    assert fingerprint(b"no picture") is None


def test_alike_pictures_of_two_enterprises_are_paired_once(pool: Pool, enterprise: str) -> None:
    files = Attachments(pool.path)
    with pool.write("图样", who="甲") as session:
        [rival] = journal.insert(session, Enterprise, [{"name": "乙公司"}])
        pictures = [
            (enterprise, "1", drawn("arrow")), (enterprise, "2", drawn("arrow")),
            (enterprise, "3", drawn("arrow", margin=40)), (enterprise, "4", drawn("steps")),
            (rival, "5", drawn("arrow", size=220)),
        ]  # fmt: skip
        for owner, number, content in pictures:
            [mark] = journal.insert(
                session, Trademark,
                [{"enterprise_id": owner, "reg_no": number, "nice_class": 7}],
            )  # fmt: skip
            values = {"trademark_id": mark, "content_hash": files.put(content), "file_name": "图"}
            journal.insert(session, MarkImage, [values])
    with pool.read() as session:
        held = picture_likeness.holders(session)
    assert sorted(one.marks for one in held) == [1, 1, 1, 2]
    digests = sorted({one.digest for one in held})
    prints = picture_likeness.fingerprints(files, digests, {}, quietly)
    again = picture_likeness.fingerprints(Attachments(pool.path / "no"), digests, prints, quietly)
    assert again == prints
    across = picture_likeness.alike(held, prints, across=True)
    assert {pair.right.enterprise for pair in across} == {rival}
    assert len(across) == 2
    assert len(picture_likeness.alike(held, prints, across=False)) == 3
