"""Row 33: 知识产权人才. Exports mask who it is, unless a purpose is given, which is logged."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.shortlist import ExportEntry
from brandpool.models.talent import IpTalent
from brandpool.services import talents
from tests.systems.ledgers import FIRM, TODAY, add, all_of, export, firm, take

COLUMNS = ["name", "title", "employer", "phone", "id_number", "certificate_no"]


def _talent(pool: Pool, **more: object) -> str:
    values = {
        "name": "王小明", "title": "patent_attorney", "employer": "宁波某专利代理事务所",
        "phone": "13800001111", "id_number": "330204199001011234",
        "certificate_no": "3312345", "obtained_on": date(2019, 5, 1), **more,
    }  # fmt: skip
    return add(pool, IpTalent, values)


def test_an_export_masks_name_phone_and_numbers(pool: Pool, tmp_path: Path) -> None:
    _talent(pool)
    [line] = export(pool, tmp_path / "out.xlsx", IpTalent, COLUMNS)
    assert (line["姓名"], line["联系电话"]) == ("王*明", "138****1111")
    assert (line["证件号码"], line["资格证号"]) == ("****", "****")
    assert line["任职单位"] == "宁波某专利代理事务所"


def test_people_leave_unmasked_only_for_a_purpose_and_that_is_logged(
    pool: Pool, tmp_path: Path
) -> None:
    _talent(pool)
    with pytest.raises(UserError, match="用途"):
        export(pool, tmp_path / "a.xlsx", IpTalent, COLUMNS, unmasked=True)
    assert not (tmp_path / "a.xlsx").exists()
    assert all_of(pool, ExportEntry) == []
    why = "市局要求报送人才库"
    [line] = export(pool, tmp_path / "b.xlsx", IpTalent, COLUMNS, unmasked=True, reason=why)
    assert line["证件号码"] == "330204199001011234"
    [entry] = all_of(pool, ExportEntry)
    assert (entry["unmasked"], entry["reason"], entry["exported_by"]) == (True, why, "测试员")


def test_a_masked_export_is_logged_as_such(pool: Pool, tmp_path: Path) -> None:
    _talent(pool)
    export(pool, tmp_path / "out.xlsx", IpTalent, COLUMNS)
    [entry] = all_of(pool, ExportEntry)
    assert (entry["unmasked"], entry["row_count"]) == (False, 1)


def test_one_person_at_one_employer_counts_once_until_they_leave(pool: Pool) -> None:
    _talent(pool)
    _talent(pool, title="middle")
    _talent(pool, name="李强", left_on=date(2026, 6, 1))
    with pool.read() as session:
        assert talents.talents(session, TODAY).total == 1
        assert talents.talents(session, date(2026, 5, 31)).total == 2
        assert talents.talents(session, TODAY, title="middle").total == 1


def test_hours_of_training_add_up_by_year(pool: Pool) -> None:
    _talent(pool, trained_on=date(2026, 3, 1), hours=Decimal("7.5"))
    _talent(pool, name="李强", trained_on=date(2026, 9, 1), hours=Decimal(16))
    lacking = _talent(pool, name="周敏", trained_on=date(2026, 9, 1))
    _talent(pool, name="吴伟", trained_on=date(2025, 9, 1), hours=Decimal(8))
    with pool.read() as session:
        found = talents.trained(session, 2026, TODAY)
    assert (found.total, found.unknown) == (Decimal("23.5"), (("ip_talent", lacking),))


def test_employers_that_are_no_enterprise_of_the_pool_are_kept_by_name(
    pool: Pool, tmp_path: Path
) -> None:
    owner = firm(pool, FIRM)
    plan = take(
        pool, tmp_path / "人才.xlsx", IpTalent,
        ["高新区知识产权人才名单"],
        ["序号", "姓名", "工作单位", "专业技术职务", "手机", "参加培训", "培训时间", "学时"],
        [1, "王小明", FIRM, "中级知识产权师", "13800001111", "海外布局实务", "2026年5月", "16"],
        [2, "李强", "宁波某专利代理事务所", "专利代理人", "13900002222", "-", "-", "-"],
    )  # fmt: skip
    assert plan.counts()["new"] == 2, [row.reasons for row in plan.rows]
    rows = {row["name"]: row for row in all_of(pool, IpTalent)}
    assert (rows["王小明"]["enterprise_id"], rows["王小明"]["title"]) == (owner, "middle")
    assert (rows["李强"]["enterprise_id"], rows["李强"]["employer"]) == (
        None, "宁波某专利代理事务所"
    )  # fmt: skip
