"""Row 17: 产业知识产权联盟. Who has left is absent today and present in last year's list."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.alliance import Alliance, AllianceMember
from brandpool.services import alliances
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, all_of, edit, export, firm, take

LAST_YEAR = date(2025, 12, 31)


def _alliance(pool: Pool, **more: object) -> str:
    values = {"name": "宁波磁性材料产业知识产权联盟", "founded": date(2024, 5, 8), **more}
    return add(pool, Alliance, values)


def _member(pool: Pool, alliance: str, enterprise: str, **more: object) -> str:
    values = {
        "alliance_id": alliance, "enterprise_id": enterprise, "joined": date(2024, 5, 8),
        "role": "member", **more,
    }  # fmt: skip
    return add(pool, AllianceMember, values)


def test_who_left_is_absent_from_todays_export_and_present_in_last_years(
    pool: Pool, tmp_path: Path
) -> None:
    alliance = _alliance(pool)
    stays, leaves = firm(pool, FIRM), firm(pool, OTHER)
    _member(pool, alliance, stays, role="lead")
    _member(pool, alliance, leaves, left=date(2026, 3, 31))
    with pool.read() as session:
        now = alliances.members(session, TODAY, alliance)
        then = alliances.members(session, LAST_YEAR, alliance)
    assert (now.total, then.total) == (1, 2)
    columns = ["alliance_id", "enterprise_id", "role"]
    lists = [
        {line["成员企业"] for line in export(pool, path, AllianceMember, columns, within)}
        for path, within in (
            (tmp_path / "今年.xlsx", [record for _kind, record in now.rows]),
            (tmp_path / "去年.xlsx", [record for _kind, record in then.rows]),
        )
    ]
    assert lists == [{FIRM}, {FIRM, OTHER}]


def test_the_day_of_joining_counts_and_that_of_leaving_does_not(pool: Pool) -> None:
    alliance = _alliance(pool)
    _member(pool, alliance, firm(pool, FIRM), left=date(2026, 3, 31))
    with pool.read() as session:
        days = (date(2024, 5, 7), date(2024, 5, 8), date(2026, 3, 30), date(2026, 3, 31))
        totals = [alliances.members(session, day, alliance).total for day in days]
    assert totals == [0, 1, 1, 0]


def test_who_comes_back_is_one_member_with_two_stays(pool: Pool) -> None:
    alliance, other = _alliance(pool), _alliance(pool, name="新材料联盟")
    owner = firm(pool, FIRM)
    _member(pool, alliance, owner, left=date(2025, 6, 1))
    _member(pool, alliance, owner, joined=date(2026, 1, 1))
    _member(pool, other, owner)
    with pool.read() as session:
        assert alliances.members(session, TODAY, alliance).total == 1
        assert alliances.members(session, LAST_YEAR, alliance).total == 0
        assert alliances.members(session, TODAY).total == 2


def test_a_dissolved_alliance_is_no_longer_counted(pool: Pool) -> None:
    one = _alliance(pool)
    undated = _alliance(pool, name="未成立联盟", founded=None)
    with pool.read() as session:
        found = alliances.alliances(session, TODAY)
    assert (found.total, found.unknown) == (1, (("alliance", undated),))
    edit(pool, Alliance, one, dissolved_on=date(2026, 7, 1))
    with pool.read() as session:
        assert alliances.alliances(session, TODAY).total == 0


def test_alliances_and_members_come_in_from_two_sheets(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM), firm(pool, OTHER)
    first = take(
        pool, tmp_path / "联盟.xlsx", Alliance,
        ["序号", "联盟名称", "产业", "成立时间", "备案编号", "秘书处单位", "联系人", "联系电话"],
        [1, "宁波磁性材料产业知识产权联盟", "磁性材料", "2024年5月8日", "浙知联〔2024〕3号",
         "宁波磁材协会", "王小明", "13800001111"],
    )  # fmt: skip
    assert first.counts()["new"] == 1, [row.reasons for row in first.rows]
    plan = take(
        pool, tmp_path / "成员.xlsx", AllianceMember,
        ["所在联盟", "成员单位名称", "联盟职务", "入盟时间", "退出时间"],
        ["宁波磁性材料产业知识产权联盟", FIRM, "理事长", "2024.5.8", None],
        ["宁波磁性材料产业知识产权联盟", OTHER, "会员单位", "2024.5.8", "2026.3.31"],
        ["没有的联盟", OTHER, "会员", "2024.5.8", None],
    )  # fmt: skip
    assert (plan.counts()["new"], plan.counts()["rejected"]) == (2, 1)
    assert {row["role"] for row in all_of(pool, AllianceMember)} == {"lead", "member"}
    [line] = export(pool, tmp_path / "out.xlsx", Alliance, ["name", "contact", "contact_phone"])
    assert (line["联盟联系人"], line["联盟联系电话"]) == ("王*明", "138****1111")
