"""Row 14: 质押融资 6 亿元/年. One loan is counted once, in the year of its registration."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from brandpool.db.pool import Pool
from brandpool.models.mark_file import MarkPledge
from brandpool.models.pledge import Pledge
from brandpool.models.trademark import Trademark
from brandpool.services import pledges
from brandpool.services.ledger_rows import numbers
from tests.systems.ledgers import FIRM, TODAY, add, all_of, dates, edit, export, firm, insert, take

MILLION = 1_000_000


def _pledge(pool: Pool, owner: str, number: str, amount: int = 3 * MILLION, **more: object) -> str:
    values = {
        "enterprise_id": owner, "pledgee": "宁波银行", "package": "patent",
        "registration_no": number, "recorded_on": date(2026, 3, 5), "amount": Decimal(amount),
        **more,
    }  # fmt: skip
    return add(pool, Pledge, values)


def _mark(pool: Pool, owner: str, number: str, ends: date) -> str:
    values = {
        "enterprise_id": owner, "reg_no": number, "nice_class": 7, "name": "朝阳",
        "registered_on": date(2017, 2, 1), "reg_published": date(2017, 2, 1), "valid_until": ends,
    }  # fmt: skip
    return add(pool, Trademark, values)


def test_the_sum_goes_by_the_year_of_registration(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _pledge(pool, owner, "Y2026001", released=date(2026, 9, 1))
    _pledge(pool, owner, "Y2026002", 2 * MILLION)
    _pledge(pool, owner, "Y2025001", 9 * MILLION, recorded_on=date(2025, 12, 31))
    _pledge(pool, owner, "Y2026003", 5 * MILLION, recorded_on=date(2026, 12, 1))
    with pool.read() as session:
        found = pledges.registered(session, 2026, TODAY)
        last = pledges.registered(session, 2025, TODAY)
        standing = pledges.outstanding(session, TODAY)
    assert (found.total, len(found.rows), found.unit) == (5 * MILLION, 2, "元")
    assert last.total == 9 * MILLION
    assert standing.total == 11 * MILLION


def test_a_cancelled_registration_is_left_out(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _pledge(pool, owner, "Y2026001", revoked_on=date(2026, 6, 1))
    with pool.read() as session:
        assert pledges.registered(session, 2026, date(2026, 5, 31)).total == 3 * MILLION
        assert pledges.registered(session, 2026, TODAY).total == 0
        assert pledges.outstanding_packages(session, TODAY).total == 0


def test_a_combined_package_is_counted_once(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    both = {"contract_no": "甬银借2026-18"}
    first = _pledge(pool, owner, "Y2026001", **both)
    second = _pledge(pool, owner, "S2026001", package="mark", recorded_on=date(2026, 4, 1), **both)
    with pool.read() as session:
        found = pledges.registered(session, 2026, TODAY)
        assert pledges.outstanding_packages(session, TODAY).total == 1
    assert (found.total, set(found.rows)) == (
        3 * MILLION, {("pledge", first), ("pledge", second)}
    )  # fmt: skip
    edit(pool, Pledge, second, amount=Decimal(MILLION))
    with pool.read() as session:
        doubtful = pledges.registered(session, 2026, TODAY)
    assert (doubtful.total, doubtful.unknown) == (3 * MILLION, (("pledge", second),))


def test_a_pledged_mark_of_the_same_certificate_is_the_same_pledge(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    one, two = (
        _mark(pool, owner, number, date(2027, 1, 31)) for number in ("18000001", "18000002")
    )
    _pledge(pool, owner, "S2026001", package="mark")
    line = {"pledgee": "宁波银行", "amount": Decimal(3 * MILLION), "recorded_on": date(2026, 3, 5)}
    insert(pool, MarkPledge, [{**line, "trademark_id": one, "certificate_no": "S2026001"}])
    with pool.read() as session:
        assert pledges.registered(session, 2026, TODAY).total == 3 * MILLION
    alone = {**line, "certificate_no": "S2026077"}
    insert(pool, MarkPledge, [{**alone, "trademark_id": mark} for mark in (one, two)])
    unnumbered = {**line, "amount": Decimal(MILLION), "certificate_no": None}
    insert(pool, MarkPledge, [{**unnumbered, "trademark_id": mark} for mark in (one, two)])
    with pool.read() as session:
        found = pledges.registered(session, 2026, TODAY)
    assert found.total == 7 * MILLION


def test_what_is_not_in_renminbi_or_has_no_day_is_to_be_checked(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    foreign = _pledge(pool, owner, "Y2026001", currency="USD")
    undated = {"enterprise_id": owner, "registration_no": "Y9", "amount": Decimal(5)}
    [open_one] = insert(pool, Pledge, [undated])
    with pool.read() as session:
        found = pledges.registered(session, 2026, TODAY)
    assert found.total == 0
    assert set(found.unknown) == {("pledge", foreign), ("pledge", open_one)}


def test_a_mark_that_must_be_renewed_before_the_pledge_ends_is_warned_of(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    short = _mark(pool, owner, "18000001", date(2027, 1, 31))
    _mark(pool, owner, "18000002", date(2030, 1, 31))
    listed = {"package": "mark", "marks": "18000001、18000002", "ends": date(2028, 3, 4)}
    one = _pledge(pool, owner, "S2026001", **listed)
    with pool.read() as session:
        [found] = pledges.short_terms(session, TODAY)
    assert (found.pledge, found.mark, found.mark_ends) == (
        ("pledge", one), short, date(2027, 1, 31)
    )  # fmt: skip
    [entry] = [e for e in dates(pool) if e.rule == "pledge.mark_ends"]
    assert (entry.due, entry.record, entry.subject) == (date(2027, 1, 31), short, one)
    edit(pool, Trademark, short, valid_until=date(2037, 1, 31))
    with pool.read() as session:
        assert pledges.short_terms(session, TODAY) == []
    assert "pledge.mark_ends" not in {e.rule for e in dates(pool)}


def test_the_end_of_a_pledge_is_in_the_docket_until_it_is_released(pool: Pool) -> None:
    one = _pledge(pool, firm(pool, FIRM), "Y2026001", ends=date(2027, 1, 15))
    assert [entry.rule for entry in dates(pool, within=90)] == ["pledge.ends"]
    edit(pool, Pledge, one, released=date(2026, 11, 20))
    assert dates(pool) == []


def test_a_banks_list_in_ten_thousands_becomes_yuan(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM)
    plan = take(
        pool, tmp_path / "质押.xlsx", Pledge,
        ["2026年1-10月知识产权质押融资明细表"],
        ["序号", "出质企业", "质权银行", "质押类型", "专利号", "商标注册号", "质权登记证号",
         "借款合同号",
         "质押登记日期", "质押金额（万元）", "放款金额（万元）", "利率", "质押期限止"],
        [1, FIRM, "宁波银行高新支行", "打包", "ZL202010000001.1，ZL202010000002.6", "18000001",
         "Y2026990000012", "甬银借2026-18", "2026.03.05", "1,200", 1000, "3.85%", "2027.3.4"],
        ["合计", None, None, None, None, None, None, None, None, 1200, 1000, None, None],
    )  # fmt: skip
    assert plan.counts()["new"] == 1, [row.reasons for row in plan.rows]
    [row] = all_of(pool, Pledge)
    assert (row["amount"], row["loan"], row["package"]) == (12_000_000, 10_000_000, "mixed")
    assert numbers(str(row["patents"])) == ["2020100000011", "2020100000026"]
    assert (row["rate"], row["ends"]) == (Decimal("3.85"), date(2027, 3, 4))
    [line] = export(pool, tmp_path / "out.xlsx", Pledge, ["registration_no", "package", "amount"])
    assert (line["质物类型"], line["债权额（元）"]) == ("专利+商标组合", 12_000_000)


@given(st.lists(st.from_regex(r"ZL20[0-9]{11}\.[0-9X]", fullmatch=True), max_size=6))
def test_a_list_of_numbers_is_read_however_it_is_separated(listed: list[str]) -> None:
    wanted = list(dict.fromkeys(one.removeprefix("ZL").replace(".", "") for one in listed))
    for separator in ("、", "，", "; ", "\n", " "):
        assert numbers(separator.join(listed)) == wanted
