"""Row 23, 品牌指导服务站: the profile of a station, its staff and areas by date, its star score."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.station import Station, StationArea, StationStaff
from brandpool.services import stars, stations
from tests.systems import ledgers
from tests.systems.ledgers import TODAY

OPENED = date(2025, 11, 22)


def profile(pool: Pool, on: date = TODAY) -> stations.Profile:
    [station] = ledgers.live(pool, Station)
    with pool.read() as session:
        return stations.profile(session, station, on)


def test_sheets_of_a_station_make_its_profile(pool: Pool, tmp_path: Path) -> None:
    ledgers.take(
        pool, tmp_path / "站点.xlsx", Station,
        ["服务站名称", "运营机构", "站长", "站点地址", "场所面积(㎡)", "工作经费（万元）",
         "挂牌日期", "电话"],
        ["新材料园品牌指导服务站", "示例代理机构", "周敏", "示例路1号", 86.5, 12, "2025.11.22",
         "0574-00001111"],
    )  # fmt: skip
    planned = ledgers.take(
        pool, tmp_path / "人员.xlsx", StationStaff,
        ["所属站点", "人员姓名", "专兼职", "聘任日期", "解聘日期"],
        ["新材料园品牌指导服务站", "周敏", "站长", "2025-11-22", None],
        ["新材料园品牌指导服务站", "陈立", "专职", "2025-11-22", "2026-6-1"],
        ["没有这个站", "吴某", "兼职", None, None],
    )  # fmt: skip
    ledgers.take(
        pool, tmp_path / "片区.xlsx", StationArea,
        ["指导站", "片区名称", "网格员", "企业数", "开始日期"],
        ["新材料园品牌指导服务站", "梅墟片", "王芳", "120家", "2025-11-22"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new", "rejected"]
    now = profile(pool)
    assert (now.office_area, now.funds) == (Decimal("86.5"), Decimal(120_000))
    assert [(one.name, one.post) for one in now.staff] == [("周敏", "head")]
    assert [(one.area, one.enterprises) for one in now.areas] == [("梅墟片", 120)]
    assert (now.open, now.a_year_old, now.lacking) == (True, True, ())
    before = profile(pool, TODAY - timedelta(days=1))
    assert before.a_year_old is False
    assert len(profile(pool, date(2026, 5, 31)).staff) == 2
    rows = ledgers.export(pool, tmp_path / "出.xlsx", StationStaff, ["station_id", "name", "post"])
    assert {row["服务站"] for row in rows} == {"新材料园品牌指导服务站"}


def test_what_the_profile_does_not_say_is_named(pool: Pool) -> None:
    ledgers.add(pool, Station, {"name": "新站"})
    now = profile(pool)
    assert now.a_year_old is None
    assert set(now.lacking) == {
        "建站日期", "承建单位", "负责人", "地址", "办公面积", "年度经费", "人员", "片区"
    }  # fmt: skip


def test_a_closed_station_is_no_longer_counted(pool: Pool) -> None:
    ledgers.add(pool, Station, {"name": "旧站", "opened_on": OPENED, "closed_on": date(2026, 9, 1)})
    with pool.read() as session:
        days = (OPENED - timedelta(days=1), OPENED, date(2026, 8, 31), date(2026, 9, 1))
        assert [stations.open_stations(session, day).total for day in days] == [0, 1, 1, 0]


def test_thirteen_star_items_sum_to_a_hundred_and_take_staff_from_the_ledger(pool: Pool) -> None:
    station = ledgers.add(pool, Station, {"name": "站", "funds": Decimal(50_000)})
    head = ledgers.add(pool, StationStaff, {"station_id": station, "name": "周敏", "post": "head"})
    with pool.read() as session:
        rating = stars.rate(session, TODAY.year, TODAY)
    assert len(rating.items) == 13
    assert sum(item.points for item in rating.items) == 100
    rows = {row for item in rating.items for row in item.rows}
    assert {("station_staff", head), ("station", station)} <= rows
