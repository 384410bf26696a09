"""Drafts beside a pool: whole at every save, put away and brought back, never mixed up."""

from pathlib import Path

import pytest

from brandpool.db.drafts import Drafts
from brandpool.errors import UserError

ONE, TWO = "0" * 31 + "1", "0" * 31 + "2"


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "a.brandpool")


def test_a_draft_is_read_as_it_was_kept_last(drafts: Drafts) -> None:
    drafts.keep(TWO, b"two")
    drafts.keep(ONE, b"one")
    drafts.keep(ONE, b"one, again")
    assert drafts.keys() == [ONE, TWO]
    assert drafts.read(ONE) == b"one, again"
    assert [file.suffix for file in drafts.folder.iterdir()] == [".json", ".json"]


def test_a_half_written_draft_leaves_the_one_before(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep(ONE, b"whole")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("brandpool.db.drafts.os.fsync", full)
    with pytest.raises(UserError, match="没有保存"):
        drafts.keep(ONE, b"half")
    assert drafts.read(ONE) == b"whole"


def test_one_given_up_can_be_brought_back(drafts: Drafts) -> None:
    drafts.keep(ONE, b"one")
    drafts.discard(ONE)
    assert (drafts.keys(), drafts.discarded()) == ([], [ONE])
    drafts.restore(ONE)
    assert drafts.read(ONE) == b"one"


def test_finishing_one_that_is_gone_is_no_error_and_reading_it_is(drafts: Drafts) -> None:
    drafts.finish(ONE)
    with pytest.raises(UserError, match="打不开"):
        drafts.read(ONE)


@pytest.mark.parametrize("key", ["", "../etc/passwd", "0" * 31, "0" * 31 + "X"])
def test_a_key_cannot_choose_a_path(drafts: Drafts, key: str) -> None:
    with pytest.raises(UserError, match="不是走访草稿"):
        drafts.keep(key, b"")
