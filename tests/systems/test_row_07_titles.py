"""Row 7: 国家级优势企业 10 家. Titles with batch, review year and 来源地."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.services import titles
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, all_of, dates, edit, export, firm, take


def _title(pool: Pool, owner: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "honour": "ip_advantage", "level": "national",
        "batch": "2023年度", "granted": date(2023, 12, 1), "review_year": 2026, **more,
    }  # fmt: skip
    return add(pool, Honour, values)


def test_the_year_of_review_is_called_until_it_is_passed(pool: Pool) -> None:
    title = _title(pool, firm(pool, FIRM))
    with pool.read() as session:
        assert titles.reviews(session, date(2025, 12, 31)).total == 0
        assert titles.reviews(session, TODAY).rows == (("honour", title),)
    assert [entry.rule for entry in dates(pool)] == ["honour.review"]
    edit(pool, Honour, title, reviewed_on=date(2026, 10, 8))
    with pool.read() as session:
        assert titles.reviews(session, TODAY).total == 0
    assert dates(pool) == []


def test_a_firm_that_moved_out_drops_from_the_ten(pool: Pool) -> None:
    stays, leaves = firm(pool, FIRM), firm(pool, OTHER)
    kept, dropped = _title(pool, stays), _title(pool, leaves)
    edit(pool, Honour, dropped, moved_out_on=date(2026, 5, 1))
    edit(pool, Enterprise, leaves, status="moved_out")
    with pool.read() as session:
        before = titles.holders(session, date(2026, 4, 30))
        after = titles.holders(session, date(2026, 5, 1))
    assert (before.total, after.total) == (2, 1)
    assert after.rows == (("honour", kept),)


def test_a_firm_whose_day_of_moving_is_unknown_drops_too(pool: Pool) -> None:
    _title(pool, firm(pool, FIRM, status="moved_out"))
    with pool.read() as session:
        assert titles.holders(session, TODAY).total == 0


def test_one_enterprise_counts_once_and_only_at_its_level(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _title(pool, owner)
    _title(pool, owner, honour="ip_demonstration", granted=date(2026, 8, 1))
    _title(pool, firm(pool, OTHER), level="municipal")
    both = ("ip_advantage", "ip_demonstration")
    with pool.read() as session:
        found = titles.holders(session, TODAY, both)
        assert titles.holders(session, date(2026, 7, 31), ("ip_demonstration",)).total == 0
    assert (found.total, len(found.rows)) == (1, 2)


def test_a_title_without_its_day_is_to_be_checked(pool: Pool) -> None:
    title = _title(pool, firm(pool, FIRM), granted=None)
    with pool.read() as session:
        found = titles.holders(session, TODAY)
    assert (found.total, found.unknown) == (0, (("honour", title),))


def test_firms_from_outside_are_known_by_their_place_of_origin(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM), firm(pool, OTHER)
    plan = take(
        pool, tmp_path / "名单.xlsx", Honour,
        ["国家知识产权优势、示范企业名单"],
        ["序号", "企业名称", "荣誉类别", "级别", "批次", "认定时间", "复核年份", "引进来源地",
         "迁入日期"],
        [1, FIRM, "优势企业", "国家级", "2023", "2023-12-01", 2026, "江苏省苏州市", "2024.5.6"],
        [2, OTHER, "示范企业", "国家", "2024", "2024年9月2日", "2027年", None, None],
    )  # fmt: skip
    assert plan.counts()["new"] == 2, [row.reasons for row in plan.rows]
    rows = {row["honour"]: row for row in all_of(pool, Honour)}
    assert rows["ip_advantage"]["origin"] == "江苏省苏州市"
    assert rows["ip_demonstration"]["review_year"] == 2027
    with pool.read() as session:
        assert titles.brought_in(session, TODAY).total == 1
        assert titles.brought_in(session, date(2024, 5, 5)).total == 0
    lines = export(pool, tmp_path / "out.xlsx", Honour, ["honour", "batch", "origin"])
    assert {line["来源地"] for line in lines} == {"江苏省苏州市", None}
