"""An original stays on the laptop until the office confirms it; no photograph is lost."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_home, pack_receipt, packs
from brandpool.models.document import Document
from tests.exchange.pack_parts import (
    LAPTOP,
    OFFICE,
    TODAY,
    WORDS,
    Prepared,
    Station,
    acknowledge,
    attach,
    hash_of,
    homeward,
    ids,
    merged,
    photo,
    prepare,
    quick_key,
    taken_out,
    write,
)

ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def prepared(empty_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An office and a laptop, made once and copied for each test."""
    return prepare(empty_pool, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def office(prepared: Prepared, tmp_path: Path) -> Station:
    return prepared.office(tmp_path)


@pytest.fixture
def laptop(prepared: Prepared, office: Station, tmp_path: Path) -> Pool:
    return prepared.laptop(tmp_path)


def test_an_original_stays_until_a_receipt_names_its_very_hash(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    first = attach(laptop, office.first, photo(3, 1200), "一")
    opened = homeward(laptop, tmp_path / "a.brandpack", office, finished=False)
    later = attach(laptop, office.first, photo(4, 1200), "二")
    files = Attachments(laptop.path)
    assert pack_receipt.release(laptop)[0] == 0
    merged(office.pool, opened)
    assert pack_receipt.release(laptop)[0] == 0
    acknowledge(office.pool, laptop, opened, tmp_path / "receipt.brandpack")
    assert pack_receipt.release(laptop)[0] == 1
    assert not files.has(first)
    assert files.picture(first)[:3] == b"\xff\xd8\xff"
    assert files.read(later) == photo(4, 1200)
    assert Attachments(office.pool.path).read(first) == photo(3, 1200)
    assert pack_receipt.waiting(laptop)[1] == [later]


def test_a_receipt_names_only_what_can_be_read_back(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    good = attach(laptop, office.first, photo(3, 1200), "一")
    bad = attach(laptop, office.first, photo(4, 1200), "二")
    opened = homeward(laptop, tmp_path / "a.brandpack", office)
    merged(office.pool, opened)
    Attachments(office.pool.path).path(bad).write_bytes(b"rotten")
    steps, number = pack_receipt.receipt(
        office.pool, [opened], tmp_path / "receipt.brandpack", OFFICE
    )
    assert (steps, number) == (2, 1)
    told = packs.unlock(tmp_path / "receipt.brandpack", WORDS)
    assert told.manifest.arrived == (good,)
    news = pack_receipt.confirm(laptop, told)
    assert (news.steps, news.files, news.steps_open, news.files_open) == (2, 1, 0, 1)
    assert pack_receipt.release(laptop)[0] == 1
    assert Attachments(laptop.path).has(bad)
    again = homeward(laptop, tmp_path / "b.brandpack", office)
    assert again.files == (bad,)
    assert merged(office.pool, again).files_new == 1
    assert Attachments(office.pool.path).read(bad) == photo(4, 1200)


def test_a_receipt_before_the_merge_confirms_nothing(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道")
    attach(laptop, office.first, photo(3))
    opened = homeward(laptop, tmp_path / "a.brandpack", office)
    told = pack_receipt.receipt(office.pool, [opened], tmp_path / "receipt.brandpack", OFFICE)
    assert told == (0, 0)


def test_only_the_office_gives_receipts_and_only_for_its_own_laptops(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道")
    two = taken_out(office, tmp_path / "two.brandpool")
    opened = homeward(laptop, tmp_path / "a.brandpack", office)
    merged(two, opened)
    with pytest.raises(UserError, match="由指导站的库出具"):
        pack_receipt.receipt(two, [opened], tmp_path / "r.brandpack", LAPTOP)
    merged(office.pool, opened)
    pack_receipt.receipt(office.pool, [opened], tmp_path / "r.brandpack", OFFICE)
    receipt = packs.with_key(tmp_path / "r.brandpack", office.key)
    forged = msgspec.structs.replace(
        receipt.manifest, made=msgspec.structs.replace(receipt.manifest.made, office=False)
    )
    with pytest.raises(UserError, match="不是指导站出具"):
        pack_receipt.confirm(laptop, packs.Opened(receipt.path, receipt.key, forged))
    foreign = msgspec.structs.replace(receipt.manifest, lineage="f" * 32)
    with pytest.raises(UserError, match="另一个品牌库"):
        pack_receipt.confirm(laptop, packs.Opened(receipt.path, receipt.key, foreign))


def test_an_original_that_came_from_the_office_may_go(office: Station, tmp_path: Path) -> None:
    attach(office.pool, office.first, photo(5, 1200), "大图")
    laptop = taken_out(office, tmp_path / "l.brandpool", originals=True)
    assert pack_receipt.release(laptop)[0] >= 1
    assert pack_receipt.waiting(laptop) == ([], [])


def test_photographs_arrive_after_any_interruption(office: Station, tmp_path: Path) -> None:
    laptop = taken_out(office, tmp_path / "l.brandpool")
    taken = {attach(laptop, office.first, photo(n, 200), f"照片{n}") for n in range(100, 130)}
    opened = homeward(laptop, tmp_path / "home.brandpack", office)
    for stop in range(1, 30, 5):

        def break_off(done: int, _parts: int, _text: str, stop: int = stop) -> None:
            if done == stop:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pack_home.take_in(office.pool, opened, OFFICE, today=TODAY, progress=break_off)
        assert len(ids(office.pool, Document)) == 2
    result = merged(office.pool, opened)
    assert result.files_new + result.files_known == 30
    files = Attachments(office.pool.path)
    assert all(files.verify(digest) for digest in taken)
    assert list(files.folder.rglob("*.part")) == []


def test_many_photographs_come_in_volumes_the_records_last(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    taken = [attach(laptop, office.first, photo(n), f"照片{n}") for n in range(200, 206)]
    size = max(len(photo(n)) for n in range(200, 206))
    target = tmp_path / "home.brandpack"
    told = pack_home.go_home(laptop, target, office.key, LAPTOP, volume=2 * size)
    assert [path.name for path in told.paths] == [f"home.{n}-3.brandpack" for n in (1, 2, 3)]
    first, second, last = (packs.with_key(path, office.key) for path in told.paths)
    assert pack_home.preview(office.pool, last).lacking == 4
    with pytest.raises(UserError, match="还缺 4 个附件"):
        merged(office.pool, last)
    assert merged(office.pool, second).records is None
    with pytest.raises(UserError, match="还缺 2 个附件"):
        merged(office.pool, last)
    assert merged(office.pool, first).files_new == 2
    assert merged(office.pool, last).returned
    assert all(Attachments(office.pool.path).verify(digest) for digest in taken)
    steps, number = pack_receipt.receipt(
        office.pool, [first, second, last], tmp_path / "r.brandpack", OFFICE
    )
    assert (steps, number) == (6, 6)


def test_volumes_that_were_written_are_not_written_again(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    for n in range(200, 203):
        attach(laptop, office.first, photo(n), f"照片{n}")
    target = tmp_path / "home.brandpack"
    told = pack_home.go_home(laptop, target, office.key, LAPTOP, volume=1)
    stamps = [path.stat().st_mtime_ns for path in told.paths]
    told.paths[2].unlink()
    pack_home.go_home(laptop, target, office.key, LAPTOP, volume=1)
    assert [path.stat().st_mtime_ns for path in told.paths[:2]] == stamps[:2]
    assert told.paths[2].exists()


def test_an_attachment_that_does_not_last_keeps_the_records_out(
    office: Station, laptop: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = attach(laptop, office.first, photo(3))
    opened = homeward(laptop, tmp_path / "home.brandpack", office)
    before = hash_of(office.pool)
    real = Path.replace

    def lossy(self: Path, target: Path) -> Path:
        """A disk that reports success and keeps rubbish."""
        if target.name == digest:
            self.write_bytes(b"rubbish")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", lossy)
    with pytest.raises(UserError, match="读不回来"):
        merged(office.pool, opened)
    assert hash_of(office.pool) == before
    monkeypatch.undo()
    assert merged(office.pool, opened).records is not None
    assert Attachments(office.pool.path).read(digest) == photo(3)


def test_a_key_is_needed_for_every_pack_of_a_round(office: Station, laptop: Pool) -> None:
    with pytest.raises(UserError, match="不完整或已被改动"):
        packs.with_key(laptop.path.with_suffix(".brandpack"), quick_key())
