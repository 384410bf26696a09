"""Row 11: 商业秘密保护基地、示范区、站、点. Numbers and dates; never the secret."""

from datetime import date
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.field import Kind
from brandpool.models.record import fields
from brandpool.models.secret_site import REMARK_LENGTH, SecretInspection, SecretSite
from brandpool.services import secret_sites
from tests.systems.ledgers import FIRM, TODAY, add, all_of, dates, edit, export, firm, take

BODIES = (SecretSite, SecretInspection)
ABOUT = {
    "enterprise_id", "name", "site", "level", "batch", "document_no", "granted", "review_on",
    "withdrawn_on", "liaison", "liaison_phone", "secret_people", "secret_areas",
    "secret_carriers", "systems", "remark", "site_id", "inspected_on", "inspectors", "people",
    "information", "areas", "dealings", "checks", "mend_by", "mended_on",
}  # fmt: skip
SHORT = {"name", "batch", "document_no", "inspectors", "liaison"}


def _site(pool: Pool, owner: str | None, **more: object) -> str:
    values = {
        "enterprise_id": owner, "name": "朝阳机械商业秘密保护点", "site": "point",
        "level": "municipal", "granted": date(2025, 4, 26), **more,
    }  # fmt: skip
    return add(pool, SecretSite, values)


def test_no_field_holds_what_the_secret_is() -> None:
    for model in BODIES:
        for name, one in fields(model).items():
            assert name in ABOUT, f"{name}：新字段须先说明它不会写进秘密内容"
            if one.kind in (Kind.TEXT, Kind.NOTE, Kind.TAGS) and name not in SHORT:
                assert 0 < one.longest <= REMARK_LENGTH, name
            assert "内容" not in one.zh
    counted = ("secret_people", "secret_areas", "secret_carriers")
    assert {fields(SecretSite)[name].kind for name in counted} == {Kind.NUMBER}
    aspects = ("people", "information", "areas", "dealings", "checks")
    assert {fields(SecretInspection)[name].kind for name in aspects} == {Kind.CHOICE}


def test_a_long_text_is_refused_on_every_way_in(pool: Pool, tmp_path: Path) -> None:
    long = "涉密情况说明" * 20
    owner = firm(pool, FIRM)
    with pytest.raises(UserError, match="不得填写商业秘密的内容"):
        _site(pool, owner, remark=long)
    site = _site(pool, owner)
    with pytest.raises(UserError, match="最多 100 字"):
        edit(pool, SecretSite, site, remark=long)
    plan = take(
        pool, tmp_path / "站点.xlsx", SecretSite,
        ["示范点名称", "类型", "备注"], ["甬江示范点", "示范点", long],
    )  # fmt: skip
    assert plan.counts()["rejected"] == 1
    assert "最多 100 字" in plan.rows[0].reasons[0]


def test_a_text_that_may_tell_a_secret_is_flagged(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    told = _site(pool, owner, remark="含淬火温度 860℃ 的配方")
    _site(pool, owner, name="二号点", remark="门禁已更换，台账齐全")
    with pool.read() as session:
        [found] = secret_sites.suspects(session)
    assert (found.record, found.field, found.words) == (told, "remark", ("配方", "860℃"))


def test_sites_are_counted_by_level_from_grant_to_withdrawal(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    point = _site(pool, owner)
    _site(pool, None, name="宁波高新区", site="zone", level="provincial")
    undated = _site(pool, owner, name="三号点", granted=None)
    edit(pool, SecretSite, point, withdrawn_on=date(2026, 6, 1))
    with pool.read() as session:
        assert secret_sites.sites(session, date(2026, 5, 31)).total == 2
        assert secret_sites.sites(session, TODAY).total == 1
        assert secret_sites.sites(session, TODAY, level="provincial").total == 1
        municipal = secret_sites.sites(session, TODAY, level="municipal")
        assert (municipal.total, municipal.unknown) == (0, (("secret_site", undated),))
        assert secret_sites.sites(session, TODAY, site="zone").total == 1


def test_what_an_inspection_found_waits_until_it_is_mended(pool: Pool) -> None:
    site = _site(pool, firm(pool, FIRM), review_on=date(2027, 4, 26))
    seen = {
        "site_id": site, "inspected_on": date(2026, 11, 10), "people": "good", "areas": "to_mend",
        "mend_by": date(2026, 11, 30),
    }  # fmt: skip
    inspection = add(pool, SecretInspection, seen)
    with pool.read() as session:
        assert secret_sites.to_mend(session, TODAY).rows == (("secret_inspection", inspection),)
    found = {entry.rule: entry for entry in dates(pool)}
    assert set(found) == {"secret_site.mend", "secret_site.review"}
    assert found["secret_site.mend"].enterprise_name == FIRM
    edit(pool, SecretInspection, inspection, mended_on=date(2026, 11, 20))
    with pool.read() as session:
        assert secret_sites.to_mend(session, TODAY).total == 0


def test_sheets_of_sites_and_checks_come_in_and_people_leave_masked(
    pool: Pool, tmp_path: Path
) -> None:
    firm(pool, FIRM)
    take(
        pool, tmp_path / "站点.xlsx", SecretSite,
        ["商业秘密保护示范点名单"],
        ["序号", "建设单位", "示范点名称", "类型", "级别", "授牌时间", "保密联络员", "联络电话",
         "涉密人员", "涉密区域"],
        [1, FIRM, "朝阳机械示范点", "示范点", "市级", "2025.4.26", "王小明", "13800001111",
         "12人", 3],
        [2, None, "高新区示范区", "示范区", "省级", "2024年12月1日", "李强", "0574-87654321",
         40, 8],
    )  # fmt: skip
    rows = {row["site"]: row for row in all_of(pool, SecretSite)}
    assert (rows["point"]["secret_people"], rows["zone"]["level"]) == (12, "provincial")
    take(
        pool, tmp_path / "检查.xlsx", SecretInspection,
        ["检查对象", "检查时间", "检查人员", "人员管理", "区域管理", "整改截止日期"],
        ["朝阳机械示范点", "2026-11-10", "赵敏、钱伟", "√", "不合格", "2026-11-30"],
    )  # fmt: skip
    [seen] = all_of(pool, SecretInspection)
    assert (seen["people"], seen["areas"]) == ("good", "to_mend")
    columns = ["name", "liaison", "liaison_phone"]
    lines = export(pool, tmp_path / "out.xlsx", SecretSite, columns)
    assert {line["联络员"] for line in lines} == {"王*明", "李*"}
    assert all(line["联络员电话"] != "13800001111" for line in lines)
