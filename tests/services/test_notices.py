from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.tier import PublicNotice
from brandpool.rules.reference import shipped
from brandpool.services import notices, records, tiers
from brandpool.services.notices import NoticeOrder, Proposal
from tests.services import ladders
from tests.services.ladders import LADDER, TODAY


def ordered(*enterprises: str, published: date = date(2026, 9, 28), **more: object) -> NoticeOrder:
    lines = tuple(Proposal(enterprise, "one") for enterprise in enterprises)
    return NoticeOrder("拟入库企业公示", LADDER, published, lines, **more)  # type: ignore[arg-type]


@pytest.fixture
def prepared(pool: Pool, enterprise: str) -> Pool:
    with pool.write("载入方案", who="测试员") as session:
        ladders.save(session)
    return pool


@pytest.mark.parametrize(
    ("count_first", "end"), [(False, date(2026, 10, 10)), (True, date(2026, 10, 9))]
)
def test_five_working_days_over_the_national_day(
    prepared: Pool, enterprise: str, count_first: bool, end: date
) -> None:
    with prepared.write("公示", who="测试员") as session:
        notice = notices.publish(session, ordered(enterprise, count_first=count_first))
        row = records.get(session, PublicNotice, notice)
        assert (row["ends"], row["working_days"], row["provisional"]) == (end, 5, False)
        assert notices.explained(session, notice).day("end") == end


def test_an_end_in_a_year_without_published_holidays_is_provisional_until_they_are(
    prepared: Pool, enterprise: str
) -> None:
    with prepared.write("公示", who="测试员") as session:
        notice = notices.publish(session, ordered(enterprise, published=date(2026, 12, 28)))
        row = records.get(session, PublicNotice, notice)
        assert (row["ends"], row["provisional"]) == (date(2027, 1, 5), True)
        assert notices.recount(session) == []
        holidays = dict(shipped().documents["holidays"])
        year = {"off": ["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"], "on": []}
        holidays["years"] = {**holidays["years"], "2027": year}
        published = shipped().replaced({"holidays": holidays})
        assert notices.recount(session, published) == [(notice, date(2027, 1, 5), date(2027, 1, 6))]
        row = records.get(session, PublicNotice, notice)
        assert (row["ends"], row["provisional"]) == (date(2027, 1, 6), False)


def test_a_move_before_the_notice_has_run_needs_an_override(
    prepared: Pool, enterprise: str
) -> None:
    with prepared.write("公示", who="测试员") as session:
        notice = notices.publish(session, ordered(enterprise))
    with prepared.write("入库", who="测试员") as session:
        early = notices.orders(session, notice, date(2026, 10, 10), "公示期满")
        with pytest.raises(UserError, match="公示到 2026-10-10 才届满"):
            tiers.move(session, early, TODAY)
        due = notices.orders(session, notice, date(2026, 10, 11), "公示期满")
        tiers.move(session, due, TODAY)
        (row,) = tiers.history(session, enterprise, TODAY)
        assert row.notice_id == notice


def test_an_objection_is_noted_and_keeps_its_enterprise_out(
    prepared: Pool, enterprise: str
) -> None:
    with prepared.write("公示", who="测试员") as session:
        (other,) = ladders.enterprises(session, [{}])
        notice = notices.publish(session, ordered(enterprise, other))
        notices.object_to(session, notice, date(2026, 9, 30), "李明", "商标权属有争议")
        notices.object_to(session, notice, date(2026, 10, 12), "张伟", "材料不实")
        text = records.get(session, PublicNotice, notice)["objections"]
        assert text == (
            "2026-09-30 李明：商标权属有争议\n2026-10-12 张伟（已过公示截止日）：材料不实"
        )
        left = notices.orders(session, notice, TODAY, "公示期满", without=[enterprise])
        assert [one.enterprise for one in left] == [other]
        with pytest.raises(UserError, match="异议人"):
            notices.object_to(session, notice, TODAY, "", "材料不实")
        with pytest.raises(UserError, match="早于公示起始日"):
            notices.object_to(session, notice, date(2026, 9, 27), "李明", "材料不实")


def test_an_empty_or_doubled_list_is_not_published(prepared: Pool, enterprise: str) -> None:
    with prepared.write("公示", who="测试员") as session:
        with pytest.raises(UserError, match="名单是空的"):
            notices.publish(session, ordered())
        with pytest.raises(UserError, match="重复"):
            notices.publish(session, ordered(enterprise, enterprise))
