"""A bundle that is not what it should be is refused with a sentence, and nothing is written."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from brandpool.db import bundle_text, upgrade
from brandpool.db.bundle import Bundle, ForeignTxn, bundle_of, told_id
from brandpool.db.merge import SOURCE, merge, preview
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.journal import ChangeRow, TxnRow
from tests.db.conftest import NewPool, Shelf
from tests.db.stations import CODE, add, bring, edit, get, journal_of, remove, state_of, take_out


@pytest.fixture(params=["files"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """What is refused is refused before any database is asked to write: files will do."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def office(new_pool: NewPool) -> Pool:
    return new_pool()


@pytest.fixture
def firm(office: Pool) -> str:
    return add(office, Enterprise, {"name": "朝阳", "credit_code": CODE})


@pytest.fixture
def laptop(new_pool: NewPool, office: Pool, firm: str) -> Pool:
    laptop = new_pool()
    take_out(office, laptop, [("enterprise", firm)])
    return laptop


@pytest.fixture
def home(laptop: Pool, firm: str) -> Bundle:
    """Three steps of a laptop."""
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"}, who="乙")
    edit(laptop, firm, {"street": "新明"}, who="乙")
    with laptop.read() as session:
        return bundle_of(session, since={})


def refused(pool: Pool, bundle: Bundle, match: str) -> None:
    """Neither a preview nor a merge of it is made, and the pool stays as it was."""
    before = state_of(pool), journal_of(pool)
    with pytest.raises(UserError, match=match), pool.read() as session:
        preview(session, bundle)
    with (
        pytest.raises(UserError, match=match),
        pool.write("合并", who="甲", source=SOURCE) as session,
    ):
        merge(session, bundle)
    assert (state_of(pool), journal_of(pool)) == before


def resigned(txn: ForeignTxn, **changed: object) -> ForeignTxn:
    """The transaction with another content and the id that belongs to it."""
    header = replace(txn.header, **{k: v for k, v in changed.items() if k != "changes"})  # type: ignore[arg-type]
    changes = changed.get("changes", txn.changes)
    made = ForeignTxn("", header, changes)  # type: ignore[arg-type]
    return replace(made, id=told_id(made))


def altered(txn: ForeignTxn) -> Iterator[ForeignTxn]:
    """The transaction with one thing changed, under its old id."""
    head, changes = txn.header, txn.changes
    yield replace(txn, header=replace(head, who="丙"))
    yield replace(txn, header=replace(head, at=head.at + 1))
    yield replace(txn, header=replace(head, why="别的"))
    yield replace(txn, header=replace(head, undoes="0" * 32))
    yield replace(txn, changes=())
    yield replace(txn, changes=changes * 2)
    yield replace(txn, changes=tuple(c._replace(op="D") for c in changes))
    yield replace(txn, changes=tuple(c._replace(parents="0" * 32) for c in changes))
    yield replace(txn, changes=tuple(c._replace(patch="{}") for c in changes))
    yield replace(txn, changes=tuple(c._replace(record="0" * 32) for c in changes))


def test_whatever_is_altered_in_a_step_is_noticed(office: Pool, home: Bundle) -> None:
    before = state_of(office), journal_of(office)
    first, second, third = home.txns
    for bad in altered(third):
        with pytest.raises(UserError, match="被改动过"), office.read() as session:
            preview(session, Bundle((first, second, bad)))
    for bad in altered(first):
        refused(office, Bundle((bad, second, third)), "被改动过")
    assert (state_of(office), journal_of(office)) == before


def test_an_altered_step_is_refused_also_where_the_true_one_is_known(
    laptop: Pool, office: Pool, home: Bundle
) -> None:
    bring(laptop, office)
    first, *rest = home.txns
    bad = replace(first, header=replace(first.header, who="丙"))
    refused(office, Bundle((bad, *rest)), "被改动过")


@pytest.mark.parametrize("lacking", [0, 1])
def test_a_gap_is_refused(office: Pool, home: Bundle, lacking: int) -> None:
    rest = tuple(txn for place, txn in enumerate(home.txns) if place != lacking)
    refused(office, Bundle(rest), "缺少|所依据的版本")


def test_a_step_after_one_that_is_not_its_predecessor_is_refused(
    office: Pool, home: Bundle
) -> None:
    first, second, third = home.txns
    refused(office, Bundle((first, second, resigned(third, prev=first.id))), "缺少")
    refused(office, Bundle((first, second, resigned(third, seq=9))), "缺少")


def test_a_newer_program_is_named(office: Pool, home: Bundle) -> None:
    newer = resigned(home.txns[0], schema=upgrade.newest() + 1)
    refused(office, Bundle((newer,)), "请先更新本程序")


@pytest.mark.parametrize(
    "change",
    [
        ChangeRow("rocket", "a" * 32, "I", '{"name":[null,"一"]}', ""),
        ChangeRow("enterprise", "a" * 32, "X", '{"name":[null,"一"]}', ""),
        ChangeRow("enterprise", "a" * 32, "I", '{"established":[null,"昨天"]}', ""),
        ChangeRow("enterprise", "a" * 32, "I", '{"capital":[null,"很多"]}', ""),
        ChangeRow("enterprise", "a" * 32, "I", '{"name":"一"}', ""),
        ChangeRow("enterprise", "a" * 32, "I", '{"name":["一"]}', ""),
        ChangeRow("enterprise", "a" * 32, "I", "{", ""),
    ],
)
def test_a_record_that_cannot_be_read_is_refused(
    office: Pool, home: Bundle, change: ChangeRow
) -> None:
    refused(office, Bundle((resigned(home.txns[0], changes=(change,)),)), "包中有")


def test_an_edit_of_a_version_that_is_not_here_is_refused(
    new_pool: NewPool, firm: str, home: Bundle
) -> None:
    elsewhere = new_pool()
    add(elsewhere, Enterprise, {"name": "朝阳", "credit_code": CODE})
    refused(elsewhere, home, "所依据的版本")


def test_a_record_that_belongs_to_one_that_is_not_here_is_refused(
    new_pool: NewPool, home: Bundle
) -> None:
    orphan = resigned(home.txns[1], seq=1, prev=None)
    refused(new_pool(), Bundle((orphan,)), "所属的企业")


def test_the_same_number_of_one_machine_twice_is_refused(
    office: Pool, laptop: Pool, home: Bundle
) -> None:
    bring(laptop, office)
    other = resigned(home.txns[2], why="另一步")
    refused(office, Bundle((other,)), "两个副本")
    refused(office, Bundle((*home.txns, other)), "两个副本")


def test_two_steps_with_one_number_in_a_bundle_are_refused(office: Pool, home: Bundle) -> None:
    other = resigned(home.txns[2], why="另一步")
    refused(office, Bundle((*home.txns, other)), "编号相同")


def test_a_merge_that_fails_at_the_very_end_leaves_nothing(
    office: Pool, home: Bundle, firm: str
) -> None:
    before = state_of(office), journal_of(office)
    with pytest.raises(RuntimeError), office.write("合并", who="甲", source=SOURCE) as session:
        merge(session, home)
        raise RuntimeError("power cut")
    assert (state_of(office), journal_of(office)) == before


def test_a_merge_after_other_writes_of_the_same_step_is_an_error(
    office: Pool, home: Bundle, firm: str
) -> None:
    from brandpool.services import records

    with (
        pytest.raises(RuntimeError, match="comes first"),
        office.write("合并", who="甲", source=SOURCE) as session,
    ):
        records.edit(session, Enterprise, firm, {"street": "高新"})
        merge(session, home)


def test_a_bundle_is_the_same_after_writing_and_reading(home: Bundle) -> None:
    written = bundle_text.dumps(home)
    assert bundle_text.loads(written) == home
    assert bundle_text.dumps(bundle_text.loads(written)) == written


def test_a_bundle_cut_anywhere_is_refused(home: Bundle) -> None:
    written = bundle_text.dumps(home)
    for end in range(len(written)):
        with pytest.raises(UserError, match="没有合并"):
            bundle_text.loads(written[:end])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b'{"name":"other","version":1}\n{"transactions":0}\n',
        b'{"name":"brandpool journal","version":2}\n{"transactions":0}\n',
        b'{"name":"brandpool journal","version":1}\n{"transactions":1}\n',
        b'{"name":"brandpool journal","version":1}\n[1,2]\n{"transactions":1}\n',
        b'{"name":"brandpool journal","version":1}\n\xff\n{"transactions":1}\n',
    ],
)
def test_a_foreign_text_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="没有合并"):
        bundle_text.loads(content)


def test_a_bundle_of_nothing_writes_nothing(office: Pool, firm: str) -> None:
    before = journal_of(office)
    with office.write("合并", who="甲", source=SOURCE) as session:
        assert merge(session, Bundle(())).appended == 0
    assert journal_of(office) == before


def test_a_header_says_all_that_the_hash_is_made_from(home: Bundle) -> None:
    assert set(TxnRow.__slots__) == {
        "site", "seq", "prev", "at", "who", "why", "source", "schema", "undoes",
    }  # fmt: skip
    assert all(told_id(txn) == txn.id for txn in home.txns)


def test_a_record_deleted_here_may_still_be_referred_to(
    office: Pool, home: Bundle, firm: str
) -> None:
    remove(office, firm)
    with office.write("合并", who="甲", source=SOURCE) as session:
        merge(session, home)
    assert get(office, firm) is not None
