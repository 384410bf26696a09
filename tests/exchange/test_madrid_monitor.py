"""Text pasted from Madrid Monitor: pages, transactions, tables; the rest is handed back."""

from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.madrid_monitor import parse_monitor_text
from brandpool.services import madrid, madrid_register

PAGE = """
1274024 - SUNRISE
151 Date of the registration
09.07.2015
180 Expected expiration date of the registration/renewal
09.07.2035
270 Language(s) of the application
English
732 Name and address of the holder of the registration
Ningbo Sunrise Machinery Co., Ltd.
No. 1 Juxian Road, Ningbo (CN)
511 International Classification of Goods and Services for the Purposes of the Registration
9 Computers; registration of data.
35 Advertising.
822 Basic registration
CN, 07.03.2014, 11524343
834 Designation(s) under the Madrid Protocol by virtue of Article 9sexies
CH
832 Designation(s) under the Madrid Protocol
AU - EM - IN - JP
Registration
580 Notification date 15.10.2015
450 Publication number, date 2015/40 Gaz, 15.10.2015
Statement of grant of protection made under Rule 18ter(1)
Office: AU
Date of recordal 04.04.2016
580 20.04.2016
Total provisional refusal of protection
IN
Date of recordal 10.01.2017
Confirmation of total provisional refusal under Rule 18ter(3)
Contracting party IN
Date of recordal 10.09.2018
"""


def test_a_page_is_read_field_by_field() -> None:
    [found] = parse_monitor_text(PAGE).extracts
    assert (found.irn, found.name) == ("1274024", "SUNRISE")
    assert (found.ir_date, found.expiry) == (date(2015, 7, 9), date(2035, 7, 9))
    assert found.holder == "Ningbo Sunrise Machinery Co., Ltd."
    assert found.classes == "9;35"
    assert found.basics == (("registration", "11524343", date(2014, 3, 7)),)
    assert set(found.parties) == {"CH", "AU", "EM", "IN", "JP"}


def test_transactions_are_read_with_dates_and_office() -> None:
    [found] = parse_monitor_text(PAGE).extracts
    assert [(r.tag, r.office, r.regrdat) for r in found.records] == [
        ("ENN", "", None),
        ("GP18N", "AU", date(2016, 4, 4)),
        ("RFNT", "IN", date(2017, 1, 10)),
        ("R18NT", "IN", date(2018, 9, 10)),
    ]
    assert found.records[0].notdate == date(2015, 10, 15)
    assert found.records[1].notdate == date(2016, 4, 20)


def test_a_pasted_page_gives_the_matrix_and_pasting_again_adds_nothing(
    pool: Pool, enterprise: str
) -> None:
    extracts = parse_monitor_text(PAGE).extracts
    holder = {"Ningbo Sunrise Machinery Co., Ltd.": enterprise}
    with pool.write("粘贴", who="测试员") as session:
        first = madrid_register.apply(session, extracts, holder, "马德里监视器")
        second = madrid_register.apply(session, extracts, holder, "马德里监视器")
        [row] = madrid.matrix(session, date(2026, 11, 22)).rows
    assert (first.designations, second.designations, second.events) == (5, 0, 0)
    assert {party: cells[0].status for party, cells in row.cells.items()} == {
        "AU": "给予保护", "IN": "驳回确认", "CH": "默示保护", "EM": "默示保护", "JP": "默示保护",
    }  # fmt: skip


def test_two_days_on_one_line_go_by_the_words_before_each() -> None:
    text = (
        "1274024 - NINGBO STAR\nTotal provisional refusal of protection\nAU\n"
        "Date recorded 04.05.2015 Date of notification 20.05.2015\n"
    )
    (record,) = parse_monitor_text(text).extracts[0].records
    assert (record.regrdat, record.notdate) == (date(2015, 5, 4), date(2015, 5, 20))


def test_a_table_of_records_is_read_line_by_line() -> None:
    text = (
        "1274024\tRFNT\tUS\t2024-03-01\n1274024\tR18NV\tUS\t2024-12-01\n1300001\tREN\t\t2025-01-01"
    )
    first, second = sorted(parse_monitor_text(text).extracts, key=lambda e: e.irn)
    assert [(r.tag, r.office, r.dated) for r in first.records] == [
        ("RFNT", "US", date(2024, 3, 1)), ("R18NV", "US", date(2024, 12, 1)),
    ]  # fmt: skip
    assert (second.irn, second.records[0].tag) == ("1300001", "REN")


def test_chinese_words_are_read() -> None:
    text = "国际注册号：G1274024\n全部临时驳回 US 2024年3月1日\n给予保护声明 JP 2024年5月1日"
    [found] = parse_monitor_text(text).extracts
    assert [(r.tag, r.office) for r in found.records] == [("RFNT", "US"), ("GP18N", "JP")]


def test_small_words_in_capitals_are_no_countries() -> None:
    text = "1274024 - SUNRISE\nTOTAL PROVISIONAL REFUSAL OF PROTECTION IN US 01.03.2024"
    [found] = parse_monitor_text(text).extracts
    assert found.records[0].parties == ("US",)


def test_what_is_not_understood_is_handed_back() -> None:
    found = parse_monitor_text("Madrid Monitor\nhelp\n1274024 - SUNRISE\n151 09.07.2015")
    assert [line for _number, line in found.unread] == ["Madrid Monitor", "help"]


@pytest.mark.parametrize("text", ["", "no number here", "12.3 - x"])
def test_a_text_without_a_registration_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="没有国际注册号"):
        parse_monitor_text(text)


def test_a_refusal_of_nobody_is_told_and_not_entered(pool: Pool) -> None:
    text = "1274024 - SUNRISE\n151 09.07.2015\nTotal provisional refusal of protection 01.03.2024"
    with pool.write("粘贴", who="测试员") as session:
        applied = madrid_register.apply(session, parse_monitor_text(text).extracts, {}, "x")
    assert applied.events == 0
    assert any("没有写明缔约方" in note for note in applied.notes)
