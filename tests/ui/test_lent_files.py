"""Copies lent to other programs leave no plain text behind."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.ui import lent_files
from tests.exchange.pack_parts import photo


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "x.brandpool")


def test_what_was_lent_is_gone_when_the_window_closes(files: Attachments, temporary: Path) -> None:
    path = lent_files.lend(files, files.put(b"secret"), "../合同.pdf")
    assert path.name == "合同.pdf"
    assert path.read_bytes() == b"secret"
    lent_files.take_back()
    assert list(temporary.iterdir()) == []


def test_where_the_original_is_elsewhere_its_small_picture_is_lent(files: Attachments) -> None:
    digest = files.put(photo(1))
    small = files.thumbnail(digest)
    files.path(digest).unlink()
    path = lent_files.lend(files, digest, "厂房.png")
    assert path.name == "厂房（缩略图）.jpg"
    assert path.read_bytes() == small
    with pytest.raises(UserError, match="找不到附件文件"):
        lent_files.lend(files, "0" * 64, "x.png")
    lent_files.take_back()


def test_what_a_killed_program_lent_is_swept_and_what_is_lent_now_stays(
    files: Attachments, temporary: Path
) -> None:
    now = lent_files.lend(files, files.put(b"now"), "a.txt").parent
    old, other = temporary / "brandpool-lent-old", temporary / "other"
    for folder in (old, other):
        folder.mkdir()
    long_ago = time.time() - 24 * 3600
    for folder in (now, old, other):
        os.utime(folder, (long_ago, long_ago))
    lent_files.sweep()
    assert sorted(temporary.iterdir()) == sorted([now, other])
    lent_files.take_back()
