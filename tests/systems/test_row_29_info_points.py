"""Row 29, 信息公共服务网点与导航基地: an expired one leaves the count; a filter by level."""

from datetime import date, timedelta
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.info_point import InfoPoint
from brandpool.services import info_points, records
from brandpool.services.records import Filter, Op, Query
from tests.systems import ledgers
from tests.systems.ledgers import TODAY

ENDS = date(2026, 11, 30)


def test_an_expired_site_leaves_the_count_the_day_after(pool: Pool) -> None:
    ledgers.add(
        pool, InfoPoint,
        {"name": "网点", "point_kind": "outlet", "level": "provincial",
         "granted_on": date(2023, 12, 1), "valid_until": ENDS},
    )  # fmt: skip
    days = (date(2023, 11, 30), date(2023, 12, 1), ENDS, ENDS + timedelta(days=1))
    with pool.read() as session:
        assert [info_points.counted(session, day).total for day in days] == [0, 1, 1, 0]
    [entry] = ledgers.dates(pool)
    assert (entry.rule, entry.due) == ("info_point.ends", ENDS)


def test_sites_are_filtered_by_level_and_kind_and_leave_as_a_list(
    pool: Pool, tmp_path: Path
) -> None:
    planned = ledgers.take(
        pool, tmp_path / "网点.xlsx", InfoPoint,
        ["知识产权信息公共服务网点和导航服务基地名单"],
        ["序号", "名称", "类别", "级别", "承担单位", "批复文号", "授牌日", "到期日"],
        [1, "某高校图书馆", "公共服务网点", "国家", "某高校", "国知办〔2024〕1号", "2024.5.1",
         "2027.4.30"],
        [2, "新材料导航基地", "导航基地", "省", "某研究院", "浙知〔2024〕2号", "2024.6.1",
         "2027.5.31"],
        [3, "科技园网点", "网点", "市", "某园区", None, "2022.1.1", "2025.1.1"],
        [4, "没有授牌日", "网点", "市", "某园区", None, None, None],
    )  # fmt: skip
    assert planned.counts()["new"] == 4
    with pool.read() as session:
        found = info_points.counted(session, TODAY)
        assert (found.total, len(found.unknown)) == (2, 1)
        assert info_points.counted(session, TODAY, level="national").total == 1
        assert info_points.counted(session, TODAY, kind="navigation").total == 1
        assert info_points.counted(session, TODAY, "outlet", "provincial").total == 0
        assert info_points.counted(session, date(2024, 12, 31)).total == 3
        query = Query((Filter("level", Op.EQUALS, "municipal"),))
        assert len(records.find(session, InfoPoint, query)) == 2
    rows = ledgers.export(pool, tmp_path / "出.xlsx", InfoPoint, ["name", "point_kind", "level"])
    assert {row["级别"] for row in rows} == {"国家级", "省级", "市级"}
