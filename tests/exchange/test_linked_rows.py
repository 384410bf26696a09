"""Rows of any ledger: they name their enterprise and other records by what these are called."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import importing
from brandpool.exchange.importable import importable
from brandpool.exchange.planning import Plan
from brandpool.models.credit import CreditListing
from brandpool.models.record import Record
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.models.trademark import Trademark
from brandpool.models.training import SignIn, Training
from brandpool.services import records


def take(pool: Pool, path: Path, model: type[Record], *rows: list[Any]) -> Plan:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    reading = importing.open_file(path, model)
    with pool.write(importing.title(reading), who="甲", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name)
    return planned


def all_of(pool: Pool, model: type[Record]) -> list[records.RecordRow]:
    with pool.read() as session:
        return records.rows(session, model, records.find(session, model))


def test_a_ledger_without_enterprises_is_imported(pool: Pool, tmp_path: Path) -> None:
    planned = take(
        pool, tmp_path / "培训.xlsx", Training,
        ["序号", "培训主题", "培训日期", "星级项目", "人数"],
        [1, "商标规范使用实务", "2026年5月8日", "实务讲座", "32人"],
    )  # fmt: skip
    assert planned.counts()["new"] == 1
    [row] = all_of(pool, Training)
    assert (row["topic"], row["held_on"], row["headcount"]) == (
        "商标规范使用实务", date(2026, 5, 8), 32
    )  # fmt: skip


def test_another_record_is_named_by_its_title(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    with pool.write("讲座", who="甲") as session:
        one = journal.insert(
            session, Training, [{"topic": "马德里实务", "held_on": date(2026, 5, 8)}]
        )
    planned = take(
        pool, tmp_path / "签到.xlsx", SignIn,
        ["培训主题", "单位", "姓名"],
        ["马德里 实务", "宁波朝阳机械有限公司", "王芳"],
        ["马德里实务", "外地某某有限公司", "李强"],
        ["没有登记的讲座", "宁波朝阳机械有限公司", "周敏"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new", "rejected"]
    assert planned.rows[2].reasons == ["库中没有讲座培训“没有登记的讲座”，请先登记"]
    assert "库中没有企业“外地某某有限公司”" in planned.rows[1].notes[0]
    found = {row["person"]: row for row in all_of(pool, SignIn)}
    assert found["王芳"]["training_id"] == one[0]
    assert found["王芳"]["enterprise_id"] == enterprise
    assert found["李强"]["enterprise_id"] is None


def test_a_name_borne_twice_is_not_guessed(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    days = (date(2026, 5, 8), date(2026, 6, 8))
    with pool.write("讲座", who="甲") as session:
        journal.insert(session, Training, [{"topic": "马德里实务", "held_on": d} for d in days])
    planned = take(
        pool, tmp_path / "签到.xlsx", SignIn,
        ["培训主题", "单位", "姓名"], ["马德里实务", "宁波朝阳机械有限公司", "王芳"],
    )  # fmt: skip
    assert planned.rows[0].reasons == ["有 2 条讲座培训叫“马德里实务”，无法确定是哪一条"]


def test_every_ledger_can_be_imported_and_every_link_named() -> None:
    kinds = importing.kinds()
    assert Trademark in kinds
    for model in kinds:
        names = [one.name for one in importable(model)]
        assert len(names) == len(set(names))
        assert importable(model)


def test_a_claim_of_a_barred_enterprise_is_rejected_with_the_entry_named(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    with pool.write("政策", who="甲") as session:
        journal.insert(session, SubsidyItem, [{"title": "马德里注册资助"}])
        values = {"enterprise_id": enterprise, "list_type": "serious",
                  "listed_on": date(2026, 6, 1), "document_no": "甬市监列〔2026〕3号"}  # fmt: skip
        journal.insert(session, CreditListing, [values])
    head = ["企业名称", "资助事项", "申领事由", "事由发生日", "申领日期", "办理状态"]
    name, item = "宁波朝阳机械有限公司", "马德里注册资助"
    planned = take(
        pool, tmp_path / "申领.xlsx", SubsidyClaim, head,
        [name, item, "列入前已申领", "2026-03-01", "2026-05-31", "已提交"],
        [name, item, "列入后申领", "2026-03-01", "2026-06-01", "已提交"],
        [name, item, "没有申领日期", "2026-03-01", None, "拟申领"],
        [name, item, "没有申领日期", "2026-03-01", None, "拟申领"],
    )  # fmt: skip
    assert planned.counts()["new"] == 1
    assert [row.state for row in planned.rows] == ["new", *["rejected"] * 3]
    for row in planned.rejected:
        assert "甬市监列〔2026〕3号" in row.reasons[0]
    [kept] = all_of(pool, SubsidyClaim)
    assert kept["subject"] == "列入前已申领"
