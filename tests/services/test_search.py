"""One box finds a record by any piece of its name, its numbers, and by pinyin of every reading."""

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.services import history, records, search


def found(pool: Pool, words: str) -> set[str]:
    with pool.maintain() as session:
        search.catch_up(session)
    with pool.read() as session:
        return {hit.title for hit in search.find(session, words)}


@pytest.mark.parametrize(
    "words",
    [
        "朝阳",
        "朝",
        "机械有限",
        "cyjx",
        "zyjx",
        "nbcyjx",
        "chaoyang",
        "zhaoyang",
        "haoyangjixie",
        "541X",
        "541x",
        "91330200144069541X",
        "宁波 机械",
        "机械 cy",
        "CYJX",
    ],
)
def test_any_piece_of_name_code_or_pinyin_finds_it(pool: Pool, enterprise: str, words: str) -> None:
    assert found(pool, words) == {"宁波朝阳机械有限公司"}


@pytest.mark.parametrize("words", ["阳朝", "xjyc", "夕阳", "", "“”", '"', "* OR *", "NEAR(a b)"])
def test_what_is_not_in_it_does_not(pool: Pool, enterprise: str, words: str) -> None:
    assert found(pool, words) == set()


def test_a_single_letter_finds_by_initial(pool: Pool, enterprise: str) -> None:
    assert found(pool, "n") == {"宁波朝阳机械有限公司"}


def test_former_names_are_found_too(pool: Pool, enterprise: str) -> None:
    with pool.write("曾用名", who="甲") as session:
        records.add(session, FormerName, {"enterprise_id": enterprise, "name": "宁波红旗厂"})
    assert found(pool, "hongqi") == {"宁波红旗厂"}


def test_a_changed_name_is_found_by_the_new_and_no_longer_by_the_old(
    pool: Pool, enterprise: str
) -> None:
    assert found(pool, "朝阳")
    with pool.write("改名", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"name": "宁波东方机械有限公司"})
    assert found(pool, "朝阳") == set()
    assert found(pool, "东方") == {"宁波东方机械有限公司"}


def test_a_deleted_record_is_not_found_and_found_again_after_undo(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("删除", who="甲") as session:
        journal.delete(session, Enterprise, [enterprise])
    assert found(pool, "朝阳") == set()
    with pool.read() as session:
        txn = history.steps(session, 1)[0].txn
    with pool.write("撤销", who="甲", undoes=txn) as session:
        history.undo(session, txn)
    assert found(pool, "朝阳") == {"宁波朝阳机械有限公司"}
