"""Attachments are named by their content, kept whole, and noticed when damaged."""

from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
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
