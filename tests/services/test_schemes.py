from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Leaf
from brandpool.services import scheme_form, schemes, tiers
from tests.services import ladders


def test_a_new_pool_gets_the_default_scheme_once(pool: Pool) -> None:
    with pool.write("新建", who="测试员") as session:
        assert schemes.install_shipped(session) is not None
        assert schemes.install_shipped(session) is None
        (row,) = schemes.find(session)
        assert row.name == "cultivation@2026"
        assert row.scheme == schemes.read_file(schemes.shipped_files()[0])


def test_both_shipped_schemes_stand_side_by_side(pool: Pool) -> None:
    with pool.write("载入", who="测试员") as session:
        for path in schemes.shipped_files():
            schemes.load_file(session, path)
    with pool.read() as session:
        assert len(schemes.ladders(session, ladders.TODAY)) == 5
        assert {s.key for s in schemes.in_force(session, date(2022, 6, 1))} == {"four_pools"}


def test_the_version_that_started_last_is_in_force(pool: Pool) -> None:
    first = ladders.scheme(ends="2026-12-31")
    second = ladders.scheme(version="2", starts="2026-06-01")
    with pool.write("载入", who="测试员") as session:
        schemes.save(session, first)
        schemes.save(session, second)
    with pool.read() as session:
        before = schemes.for_ladder(session, ladders.LADDER, date(2026, 5, 31))
        after = schemes.for_ladder(session, ladders.LADDER, date(2026, 6, 1))
        assert (before.name, after.name) == ("steps@1", "steps@2")
        with pytest.raises(UserError, match="没有施行中的方案"):
            schemes.for_ladder(session, ladders.LADDER, date(2014, 12, 31))


def test_saving_a_version_again_edits_it(pool: Pool) -> None:
    with pool.write("载入", who="测试员") as session:
        first = schemes.save(session, ladders.scheme())
    with pool.write("修改", who="测试员") as session:
        assert schemes.save(session, ladders.scheme(title="新名称")) == first
    with pool.read() as session:
        assert schemes.get(session, "steps@1").title == "新名称"


def test_a_version_that_moves_cite_stays(pool: Pool, enterprise: str) -> None:
    with pool.write("入库", who="测试员") as session:
        ladders.save(session)
        move = ladders.order(enterprise, "one", date(2026, 1, 1))
        tiers.move(session, [move], ladders.TODAY)
    with (
        pool.write("删除", who="测试员") as session,
        pytest.raises(UserError, match="1 次层级变动"),
    ):
        schemes.remove(session, "steps@1")


def test_a_version_nobody_cites_can_go(pool: Pool) -> None:
    with pool.write("载入", who="测试员") as session:
        ladders.save(session)
    with pool.write("删除", who="测试员") as session:
        schemes.remove(session, "steps@1")
        assert schemes.find(session) == []


def test_a_broken_file_is_named_and_nothing_is_saved(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "方案.json"
    path.write_text(scheme_file.dumps({**ladders.document(), "starts": "明年"}), "utf-8")
    with pool.write("载入", who="测试员") as session:
        with pytest.raises(UserError, match=r"方案\.json：.*starts"):
            schemes.load_file(session, path)
        assert schemes.find(session) == []


@pytest.mark.parametrize("path", schemes.shipped_files(), ids=lambda path: path.stem)
def test_the_tables_of_a_scheme_give_the_scheme_back(path: Path) -> None:
    scheme = schemes.read_file(path)
    assert scheme_form.from_form(scheme_form.to_form(scheme)) == scheme


def test_a_threshold_is_edited_in_the_table() -> None:
    form = scheme_form.to_form(ladders.scheme())
    lines = [
        replace(line, threshold="1,500.5") if line.tier == "three" else line
        for line in form.conditions
    ]
    edited = scheme_form.from_form(replace(form, conditions=tuple(lines)))
    (condition,) = edited.ladders[0].tiers[2].conditions
    assert isinstance(condition, Leaf)
    assert condition.threshold == Decimal("1500.5")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"threshold": "很多"}, "不是数字"),
        ({"place": "甲"}, "序号“甲”"),
        ({"place": "1.1"}, "条件组不存在"),
        ({"tier": "four"}, "层级或条件组不存在"),
        ({"measure": "{"}, "不是完整的 JSON"),
        ({"op": "more"}, "不认识“more”"),
    ],
)
def test_a_mistake_in_the_table_is_told(change: dict[str, str], what: str) -> None:
    form = scheme_form.to_form(ladders.scheme())
    lines = [replace(c, **change) if c.tier == "three" else c for c in form.conditions]
    with pytest.raises(UserError, match=what):
        scheme_form.from_form(replace(form, conditions=tuple(lines)))
