"""What goes out in a pack: whole, small, sealed, and entered in the register."""

import zlib
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_home, pack_out, packs
from brandpool.exchange.pack_out import Order
from brandpool.models.docket import DocketDecision
from brandpool.models.document import Document
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.journal import canonical
from brandpool.models.pack import FieldPack, PackedEnterprise
from brandpool.models.tier import PublicNotice, TierMove, TierScheme
from brandpool.models.trademark import Trademark
from brandpool.models.visit import Visit
from brandpool.rules.reference import shipped
from brandpool.services import docket, docket_cache, records, schemes
from brandpool.services import packs as register
from brandpool.services.docket import Asked
from tests.exchange.pack_parts import (
    OFFICE,
    TODAY,
    UNTIL,
    WORDS,
    Prepared,
    Station,
    attach,
    hash_of,
    homeward,
    ids,
    photo,
    prepare,
    read,
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


def test_a_laptop_gets_the_chosen_enterprise_with_what_hangs_on_it(
    office: Station, laptop: Pool
) -> None:
    assert ids(laptop, Enterprise) == [office.first]
    for model in (Trademark, Contact, Document):
        assert len(ids(laptop, model)) == 1
    assert read(laptop, office.first)["name"] == "宁波朝阳机械有限公司"
    hash_of(laptop)


def test_links_are_followed_both_ways_and_no_further(office: Station, tmp_path: Path) -> None:
    with office.pool.write("公示", who="甲") as session:
        schemes.install_shipped(session)
        notice = journal.insert(session, PublicNotice, [{"title": "首批公示"}])[0]
        moves = [
            {"enterprise_id": one, "ladder": "main", "notice_id": notice, "reason": "首批"}
            for one in (office.first, office.second)
        ]
        moved = journal.insert(session, TierMove, moves)
        decided = {"entry_key": "tier.review|x", "subject_kind": "enterprise",
                   "subject": office.first, "title": "复核"}  # fmt: skip
        journal.insert(session, DocketDecision, [decided, decided | {
            "entry_key": "tier.review|y", "subject": office.second}])  # fmt: skip
    laptop = taken_out(office, tmp_path / "laptop.brandpool")
    assert ids(laptop, TierMove) == moved[:1]
    assert ids(laptop, PublicNotice) == [notice]
    assert len(ids(laptop, DocketDecision)) == 1
    assert ids(laptop, TierScheme) == ids(office.pool, TierScheme)
    assert ids(laptop, Enterprise) == [office.first]
    assert ids(laptop, FieldPack) == ids(laptop, PackedEnterprise) == []
    hash_of(laptop)


def test_personal_data_stay_unless_asked_for(office: Station, tmp_path: Path) -> None:
    laptop = taken_out(office, tmp_path / "a.brandpool")
    row = read(laptop, office.first)
    assert (row["phone"], row["contact"], row["street"]) == (None, None, "梅墟")
    with laptop.read() as session:
        contact = records.rows(session, Contact, records.find(session, Contact))[0]
    assert (contact["name"], contact["phone"], contact["position"]) == (None, None, "经理")
    asked = taken_out(office, tmp_path / "b.brandpool", personal=True)
    assert read(asked, office.first)["phone"] == "13812345678"


def test_answers_of_a_form_and_words_of_steps_lose_them_too(
    office: Station, tmp_path: Path
) -> None:
    answers = canonical({"met": "白芷若", "met_phone": "138", "purpose": "续展"})
    visit = {
        "enterprise_id": office.first, "visit_no": "1", "met": "白芷若", "answers": answers,
        "visited_on": TODAY,
    }  # fmt: skip
    with office.pool.write("新增走访记录", who="甲") as session:
        journal.insert(session, Visit, [visit])
        contact = records.find(session, Contact)[0]
    with office.pool.write("修改联系人“章程远”：职务", who="甲") as session:
        records.edit(session, Contact, contact, {"position": "总经理"})
    office.pack(tmp_path / "out.brandpack")
    text = packs.unlock(tmp_path / "out.brandpack", WORDS).bundle()
    told = repr(text)
    assert "章程远" not in told
    assert "白芷若" not in told
    assert "13812345678" not in told
    assert "修改联系人“＊”：职务" in told
    laptop = taken_out(office, tmp_path / "l.brandpool")
    with laptop.read() as session:
        [row] = records.rows(session, Visit, records.find(session, Visit))
    assert (row["met"], row["answers"]) == (None, '{"purpose":"续展"}')


def test_thumbnails_go_along_and_originals_only_when_asked_for(
    office: Station, tmp_path: Path
) -> None:
    small = office.pack(tmp_path / "small.brandpack")
    large = office.pack(tmp_path / "large.brandpack", originals=True)
    laptop = pack_out.open_as(
        packs.unlock(small.path, WORDS), tmp_path / "l.brandpool", today=TODAY
    )
    files = Attachments(laptop.path)
    assert not files.has(office.photo)
    assert files.picture(office.photo)[:3] == b"\xff\xd8\xff"
    assert len(files.picture(office.photo)) < len(photo(1)) / 2
    other = pack_out.open_as(packs.unlock(large.path, WORDS), tmp_path / "m.brandpool", today=TODAY)
    assert Attachments(other.path).read(office.photo) == photo(1)
    assert (small.files, large.files, small.missing) == (1, 1, ())


def test_the_same_photograph_twice_is_packed_once(office: Station, tmp_path: Path) -> None:
    attach(office.pool, office.first, photo(1), "又一张")
    assert office.pack(tmp_path / "a.brandpack", originals=True).files == 1


def test_an_attachment_that_is_not_there_is_told_and_does_not_stop_the_pack(
    office: Station, tmp_path: Path
) -> None:
    Attachments(office.pool.path).path(office.photo).unlink()
    assert office.pack(tmp_path / "a.brandpack").missing == (office.photo,)


def test_no_seeded_word_can_be_read_in_a_pack_or_in_temporary_folders(
    office: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    made = office.pack(tmp_path / "packs/out.brandpack", personal=True)
    laptop = pack_out.open_as(packs.unlock(made.path, WORDS), tmp_path / "l.brandpool", today=TODAY)
    write(laptop, office.first, remark="章程远 13812345678 愿意申报")
    opened = homeward(laptop, tmp_path / "packs/home.brandpack", office)
    beside = sorted(file.name for file in office.pool.path.parent.iterdir())
    pack_home.preview(office.pool, opened)
    assert sorted(file.name for file in office.pool.path.parent.iterdir()) == beside
    assert list(temporary.iterdir()) == []
    words = ("朝阳", "章程远", "13812345678", "朝阳牌", "18000001", "乙", "指导站")
    for file in (tmp_path / "packs").iterdir():
        content = file.read_bytes()
        for word in words:
            for coded in (word.encode(), word.encode("gbk"), word.encode("utf-16-le")):
                assert coded not in content or len(coded) < 4, (file, word)
        assert zlib.compress(b"brandpool journal")[:8] not in content


def test_a_pack_stands_in_the_register_and_overdue_in_the_docket(
    office: Station, laptop: Pool
) -> None:
    with office.pool.read() as session:
        [row] = register.listed(session, TODAY)
        assert (row.taken_by, row.until, row.enterprises) == ("乙", UNTIL, 1)
        assert not row.overdue
        assert register.listed(session, UNTIL + ONE_DAY)[0].overdue
        assert register.out_with(session, [office.first, office.second]) == {office.first: ["乙"]}
    assert [(e.rule, e.due, e.title) for e in dates(office.pool, UNTIL + ONE_DAY)] == [
        ("pack.return", UNTIL, "乙，1 家企业")
    ]
    with office.pool.write("电脑遗失", who="甲") as session:
        assert register.give_back(session, row.pack_no, TODAY, "电脑遗失")
    assert dates(office.pool, UNTIL + ONE_DAY) == []


def dates(pool: Pool, day: date) -> list[docket.Entry]:
    with pool.maintain() as session:
        docket_cache.catch_up(session, day, shipped())
    with pool.read() as session:
        found = docket.find(session, Asked(day), shipped())
    return [one for one in found if one.rule == "pack.return"]


def test_a_pack_that_cannot_be_written_is_not_in_the_register(
    office: Station, tmp_path: Path
) -> None:
    before = hash_of(office.pool)
    (tmp_path / "there.brandpack").write_bytes(b"mine")
    with pytest.raises(UserError, match="已存在"):
        office.pack(tmp_path / "there.brandpack")
    assert (tmp_path / "there.brandpack").read_bytes() == b"mine"
    damaged = Attachments(office.pool.path).path(office.photo)
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    with pytest.raises(UserError, match="已损坏"):
        office.pack(tmp_path / "out.brandpack", originals=True)
    assert hash_of(office.pool) == before
    assert sorted(f.name for f in tmp_path.glob("*.brandpack*")) == ["there.brandpack"]


def test_what_cannot_be_packed_is_told(office: Station, tmp_path: Path) -> None:
    before = hash_of(office.pool)
    for order, why in (
        (Order((), "乙", UNTIL), "不在库中"),
        (Order(("0" * 32,), "乙", UNTIL), "不在库中"),
        (Order((office.first,), " ", UNTIL), "领用人"),
        (Order((office.first,), "乙", TODAY - ONE_DAY), "已经过去"),
    ):
        with pytest.raises(UserError, match=why):
            pack_out.create(
                office.pool, order, tmp_path / "a.brandpack", office.key, OFFICE, today=TODAY
            )
    assert hash_of(office.pool) == before


def test_the_estimate_is_near_what_the_pack_becomes(office: Station, tmp_path: Path) -> None:
    from brandpool.services import pack_contents

    files = Attachments(office.pool.path)
    with office.pool.read() as session:
        told = pack_contents.estimate(session, files, [office.first], originals=True)
    made = office.pack(tmp_path / "a.brandpack", originals=True)
    assert (told.enterprises, told.files) == (1, 1)
    assert made.size / 2 < told.size < made.size * 2


@pytest.mark.parametrize("day", [UNTIL + ONE_DAY, date(2030, 1, 1)])
def test_a_pack_past_its_day_does_not_open(office: Station, tmp_path: Path, day: date) -> None:
    office.pack(tmp_path / "out.brandpack")
    opened = packs.unlock(tmp_path / "out.brandpack", WORDS)
    with pytest.raises(UserError, match="已于 2026-12-05 到期"):
        pack_out.open_as(opened, tmp_path / "new/l.brandpool", today=day)
    assert not (tmp_path / "new").exists()
    pack_out.open_as(opened, tmp_path / "l.brandpool", today=UNTIL).close()


def test_a_pack_of_a_newer_schema_or_another_sort_does_not_open(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    home = homeward(laptop, tmp_path / "home.brandpack", office)
    with pytest.raises(UserError, match="外勤带回的包"):
        pack_out.open_as(home, tmp_path / "x.brandpool", today=TODAY)
    out = packs.unlock(tmp_path / "laptop.brandpack", WORDS)
    newer = msgspec.structs.replace(out.manifest, schema=9999)
    changed = packs.Opened(out.path, out.key, newer, out.journal)
    with pytest.raises(UserError, match="请先更新本程序"):
        pack_out.open_as(changed, tmp_path / "x.brandpool", today=TODAY)
    with pytest.raises(UserError, match="已存在"):
        pack_out.open_as(out, laptop.path, today=TODAY)
    assert list(tmp_path.glob("x.brandpool*")) == []


def test_a_broken_off_opening_leaves_nothing(office: Station, tmp_path: Path) -> None:
    office.pack(tmp_path / "out.brandpack", originals=True)
    opened = packs.unlock(tmp_path / "out.brandpack", WORDS)

    def break_off(done: int, _parts: int, _text: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack_out.open_as(opened, tmp_path / "new/l.brandpool", today=TODAY, progress=break_off)
    assert [f for f in (tmp_path / "new").rglob("*") if f.is_file()] == []
