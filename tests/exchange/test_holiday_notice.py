"""The notice as it is published gives the days that the shipped calendar has."""

from datetime import date

import pytest

from brandpool.errors import UserError
from brandpool.exchange import holiday_notice
from brandpool.rules.reference import shipped

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_notice_of_2026_gives_the_shipped_days() -> None:
    found = holiday_notice.read(NOTICE_2026)
    known = shipped().documents["holidays"]["years"]["2026"]
    assert found.year == 2026
    assert [day.isoformat() for day in found.off] == known["off"]
    assert [day.isoformat() for day in found.on] == known["on"]


def test_a_holiday_may_run_over_a_month_and_a_year() -> None:
    found = holiday_notice.read("元旦：2027年12月31日至2028年1月2日放假，共3天。", 2028)
    assert found.off == (date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2))
    assert len(holiday_notice.read("春节：1月29日至2月4日放假，共7天。", 2025).off) == 7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("春节：2月15日至23日放假，共9天。", "年份"),
        ("关于2027年部分节假日安排的通知", "没有读出放假日期"),
        ("2027年放假：2月30日放假，共1天。", "2月30日"),
        ("关于2027年放假。春节：2月15日至23日放假调休，共8天。", "天数不符"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        holiday_notice.read(text)
