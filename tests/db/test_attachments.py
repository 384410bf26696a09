"""Attachments are named by their content, kept whole, and noticed when damaged."""

import io
from pathlib import Path

import pytest
from PIL import Image

from brandpool.db import thumbnails
from brandpool.db.attachments import Attachments, copy_missing
from brandpool.errors import UserError


def test_what_is_put_can_be_read_and_lies_under_its_hash(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "station.brandpool")
    digest = files.put(b"picture")
    assert files.read(digest) == b"picture"
    assert files.path(digest) == tmp_path / "station.brandpool.files" / digest[:2] / digest


def test_the_same_content_twice_is_one_file(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    assert files.put(b"a") == files.put(b"a")
    assert len([f for f in files.folder.rglob("*") if f.is_file()]) == 1


def test_a_damaged_file_is_noticed_and_put_again_heals_it(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    digest = files.put(b"picture")
    files.path(digest).write_bytes(b"pictur?")
    assert not files.verify(digest)
    with pytest.raises(UserError, match="已损坏"):
        files.read(digest)
    files.put(b"picture")
    assert files.verify(digest)


def test_a_missing_file_names_the_folder_to_restore(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    with pytest.raises(UserError, match=r"p\.files"):
        files.read("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "/" * 64])
def test_a_record_cannot_choose_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        Attachments(tmp_path / "p").path(name)


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brandpool.db.attachments.LARGEST", 3)
    with pytest.raises(UserError, match="没有保存"):
        Attachments(tmp_path / "p").put(b"four")


def picture(side: int = 800) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(target, "JPEG", quality=90)
    return target.getvalue()


def test_a_small_picture_is_made_once_and_stays_when_the_original_goes(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    digest = files.put(picture())
    small = files.thumbnail(digest)
    assert small is not None
    assert max(Image.open(io.BytesIO(small)).size) == 320
    assert len(small) <= thumbnails.LARGEST < len(picture())
    assert files.picture(digest) == files.read(digest)
    assert files.release(digest) > len(small)
    assert not files.has(digest)
    assert files.picture(digest) == files.thumbnail(digest) == small
    assert files.keeps(digest)
    assert files.release(digest) == 0


def test_what_is_no_picture_has_no_small_one(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    for content in (b"%PDF-1.7", b"", picture()[:500], b"GIF89a" + bytes(20)):
        assert files.thumbnail(files.put(content)) is None
    assert files.thumbnail("0" * 64) is None


def test_a_picture_that_claims_to_be_huge_is_not_opened() -> None:
    target = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(target, "PNG")
    assert len(target.getvalue()) < 100_000
    assert thumbnails.made_of(target.getvalue()) is None


def test_a_transparent_mark_stands_on_white_and_a_turned_photograph_upright() -> None:
    mark, turned = io.BytesIO(), io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(mark, "PNG")
    small = thumbnails.made_of(mark.getvalue())
    assert small is not None
    assert Image.open(io.BytesIO(small)).getpixel((25, 25)) == (255, 255, 255)
    sideways = Image.new("RGB", (200, 100))
    exif = sideways.getexif()
    exif[274] = 6
    sideways.save(turned, "JPEG", exif=exif)
    small = thumbnails.made_of(turned.getvalue())
    assert small is not None
    assert Image.open(io.BytesIO(small)).size == (100, 200)


def test_a_small_original_and_one_that_is_damaged_are_not_let_go(tmp_path: Path) -> None:
    files = Attachments(tmp_path / "p")
    assert files.release(files.put(b"signature")) == 0
    with pytest.raises(UserError, match="过大"):
        files.put_thumbnail("0" * 64, bytes(thumbnails.LARGEST + 1))


def test_small_pictures_are_backed_up_too(tmp_path: Path) -> None:
    files, copy = Attachments(tmp_path / "p"), Attachments(tmp_path / "q")
    files.put_thumbnail("a" * 64, b"small")
    digest = files.put(b"original")
    assert copy_missing(files.folder, copy.folder) == 2
    assert copy_missing(files.folder, copy.folder) == 0
    assert (copy.thumbnail("a" * 64), copy.read(digest)) == (b"small", b"original")
