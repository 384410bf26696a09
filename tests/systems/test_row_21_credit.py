"""Row 21, 知识产权信用/严重失信惩戒: the gate closes on the day of listing and opens on removal."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import importing, list_out
from brandpool.models.credit import CreditListing
from brandpool.models.enterprise import Enterprise
from brandpool.services import answers, credit, judging, notices, records, shortlists, tiers
from brandpool.services.notices import NoticeOrder, Proposal
from brandpool.services.questions import Question
from brandpool.services.shortlists import HandIn
from tests.services import ladders
from tests.services.ladders import LADDER, order

LISTED, REMOVED = date(2026, 3, 2), date(2026, 9, 1)
BEFORE, DURING = LISTED - timedelta(days=1), date(2026, 6, 1)


@pytest.fixture
def listed(pool: Pool, enterprise: str) -> str:
    values = {
        "enterprise_id": enterprise, "list_type": "serious", "listed_on": LISTED,
        "document_no": "甬市监列〔2026〕3号", "removed_on": REMOVED,
    }  # fmt: skip
    with pool.write("登记", who="测试员") as session:
        ladders.save(session)
        records.add(session, CreditListing, values)
    return enterprise


@pytest.mark.parametrize(("day", "stopped"), [(BEFORE, 0), (LISTED, 1), (DURING, 1), (REMOVED, 0)])
def test_a_listed_firm_cannot_enter_a_shortlist_and_expiry_reopens(
    pool: Pool, listed: str, day: date, stopped: int
) -> None:
    with pool.write("报送", who="测试员") as session:
        answer = answers.answer(session, Question(), day)
        if not stopped:
            assert shortlists.hand_in(session, answer, HandIn("推荐名单", "王立"), day)
            return
        with pytest.raises(UserError) as told:
            shortlists.hand_in(session, answer, HandIn("推荐名单", "王立"), day)
        for word in ("宁波朝阳机械", "严重违法失信名单", "2026-03-02", "甬市监列〔2026〕3号"):
            assert word in str(told.value)
        how = HandIn("在库情况", "王立", recommends=False)
        assert shortlists.hand_in(session, answer, how, day)


@pytest.mark.parametrize(("day", "stopped"), [(BEFORE, 0), (LISTED, 1), (DURING, 1), (REMOVED, 0)])
def test_a_listed_firm_cannot_enter_or_rise_on_a_ladder(
    pool: Pool, listed: str, day: date, stopped: int
) -> None:
    with pool.write("变动", who="测试员") as session:
        if not stopped:
            assert tiers.move(session, [order(listed, "one", day)], day)
            return
        with pytest.raises(UserError, match=r"严重违法失信名单.*不能入库或升级"):
            tiers.move(session, [order(listed, "one", day)], day)


def test_a_listed_firm_on_the_ladder_may_be_reviewed_go_down_and_leave(
    pool: Pool, listed: str
) -> None:
    days = [DURING + timedelta(days=n) for n in range(4)]
    with pool.write("变动", who="测试员") as session:
        tiers.move(session, [order(listed, "two", BEFORE)], BEFORE)
        with pytest.raises(UserError, match="不能入库或升级"):
            tiers.move(session, [order(listed, "three", days[0])], days[0])
        tiers.move(session, [order(listed, "two", days[1], review=True)], days[1])
        tiers.move(session, [order(listed, "one", days[2])], days[2])
        tiers.move(session, [order(listed, None, days[3], exit_reason="wish")], days[3])


@pytest.mark.parametrize(("day", "ready"), [(BEFORE, True), (DURING, False), (REMOVED, True)])
def test_the_judgement_says_what_keeps_it_from_rising(
    pool: Pool, listed: str, day: date, *, ready: bool
) -> None:
    with pool.read() as session:
        [found] = judging.judge(session, [listed], ladders.scheme(), LADDER, day)
        proposed = answers.answer(session, Question(ladder=LADDER, ready=True), day)
    assert found.can_move_up is ready
    assert ("严重违法失信名单" in found.gap) is not ready
    assert (listed in proposed.ids) is ready


def test_a_notice_cannot_propose_to_move_a_listed_firm_up(pool: Pool, listed: str) -> None:
    with pool.write("公示", who="测试员") as session:
        up = NoticeOrder("公示", LADDER, DURING, (Proposal(listed, "one"),))
        with pytest.raises(UserError, match="没有发布"):
            notices.publish(session, up)
        tiers.move(session, [order(listed, "two", BEFORE)], BEFORE)
        down = NoticeOrder("公示", LADDER, DURING, (Proposal(listed, "one"),))
        assert notices.publish(session, down)


def test_a_listed_firm_is_barred_from_subsidies_that_day(pool: Pool, listed: str) -> None:
    with pool.read() as session:
        for day, stopped in ((BEFORE, False), (DURING, True), (REMOVED, False)):
            found = credit.barred(session, [listed], day, credit.SUBSIDISE)
            assert (listed in found) is stopped


def test_a_list_of_the_office_is_imported_and_leaves_again(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    path = tmp_path / "失信名单.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["附件2：2026年第一季度信用惩戒名单"],
        ["序号", "单位名称", "社会信用代码", "名单类别", "列入时间", "列入原因", "移出时间"],
        [1, "宁波 朝阳机械有限公司", None, "严重违法", "2026.3.2", "商标侵权被处罚", "—"],
        [2, "查无此企业有限公司", None, "经营异常", "2026年1月", "未报年报", None],
        ["合计", 2],
    ):
        book.active.append(row)
    book.save(path)
    reading = importing.open_file(path, CreditListing)
    with pool.write("导入", who="测试员", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name)
    assert [row.state for row in planned.rows] == ["new", "rejected"]
    with pool.read() as session:
        [row] = records.rows(session, CreditListing, records.find(session, CreditListing))
        assert (row["enterprise_id"], row["list_type"], row["listed_on"]) == (
            enterprise, "serious", LISTED
        )  # fmt: skip
        out = answers.listing(
            session, CreditListing, [row.id], ["enterprise_id", "list_type", "listed_on"], DURING
        )
    written = tmp_path / "导出.csv"
    list_out.export_table(written, list_out.table_of(out, "信用名单"))
    text = written.read_text("utf-8-sig")
    assert "宁波朝阳机械有限公司" in text
    assert "严重违法失信名单" in text


def test_the_entry_hangs_on_the_firm_and_not_on_its_name(pool: Pool, listed: str) -> None:
    with pool.write("更名", who="测试员") as session:
        journal.update(session, Enterprise, {listed: {"name": "宁波朝阳智能装备有限公司"}})
    with pool.read() as session, pytest.raises(UserError, match="智能装备"):
        credit.refuse(session, [listed], DURING, credit.RECOMMEND, "没有报送")
