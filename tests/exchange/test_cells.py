"""One cell to one value: every spelling people use, and nothing guessed."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brandpool.exchange.cell_words import is_nothing
from brandpool.exchange.cells import Setting, converter
from brandpool.exchange.spelled_dates import parse_date
from brandpool.exchange.spelled_money import Money, UnreadableError, money_unit, parse_money
from brandpool.models.enterprise_codes import STATUSES
from brandpool.models.field import Field, Kind

NOTHINGS = [
    "", "  ", "\u3000", "-", "--", "—", "——", "－", "/", "／", "空", "无", "N/A", "n/a", "NULL",
    "暂无", "#N/A",
]  # fmt: skip


def value(kind: Kind, cell: object, setting: Setting | None = None, **more: object) -> object:
    """What one cell of a column of this kind means."""
    return converter(Field("栏", "Column", kind, **more), setting)(cell)  # type: ignore[arg-type]


def reason(kind: Kind, cell: object, setting: Setting | None = None, **more: object) -> str:
    """Why the cell is refused."""
    with pytest.raises(UnreadableError) as error:
        value(kind, cell, setting, **more)
    return str(error.value)


@pytest.mark.parametrize("cell", NOTHINGS)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FLAG])
def test_words_for_nothing_mean_nothing_in_every_column(kind: Kind, cell: str) -> None:
    assert value(kind, cell) is None
    assert is_nothing(cell)


CODES = [
    ("91330201MA2AFYQE5X", "91330201MA2AFYQE5X"),
    (" 91330201 MA2AFYQE5X\n", "91330201MA2AFYQE5X"),
    ("'913302017133333330", "913302017133333330"),
    ("９１３３０２０１ＭＡ２ＡＦＹＱＥ５Ｘ", "91330201MA2AFYQE5X"),
    ("91330201ma2afyqe5x", "91330201ma2afyqe5x"),
    (12345678.0, "12345678"),
    (12345678, "12345678"),
    (330200000012345.0, "330200000012345"),
    ("12345678.0", "12345678"),
    ("1.2345678E7", "12345678"),
    ("G1234567", "G1234567"),
    ("0012", "0012"),
]


@pytest.mark.parametrize(("cell", "text"), CODES)
def test_identifiers_are_text_whatever_the_sheet_holds(cell: object, text: str) -> None:
    assert value(Kind.CODE, cell) == text


@pytest.mark.parametrize(
    "cell", [9.13302e17, 913302017133333330.0, "9.13E+17", "9.13302E17", "9E17"]
)
def test_a_rounded_identifier_is_refused_and_explained(cell: object) -> None:
    why = reason(Kind.CODE, cell)
    assert "只保留了前 15 位" in why
    assert "文本格式" in why


DATES = [
    "2023.3.6", "2023-3-6", "2023/3/6", "2023-03-06", "2023年3月6日", "2023 年 3 月 6 日",
    "20230306",
    "2023.03.06.", "2023、3、6", "6-Mar-23", "6 Mar 2023", "Mar 6, 2023", "2023-03-06 12:30:00",
    "2023-03-06T00:00:00Z", "2023/3/6 8:05", "２０２３年３月６日", "二〇二三年三月六日",
    "2023年3月6日 星期一",
    "44991", 44991, 44991.0, 44991.75, 20230306.0, date(2023, 3, 6), datetime(2023, 3, 6, 12),
    "20230306120000",
]  # fmt: skip


@pytest.mark.parametrize("cell", DATES)
def test_a_day_is_read_in_every_spelling(cell: object) -> None:
    assert value(Kind.DATE, cell) == date(2023, 3, 6)


def test_serial_numbers_of_old_macs_count_from_1904() -> None:
    assert value(Kind.DATE, 43529.0, Setting(from_1904=True)) == date(2023, 3, 6)


NO_DATES = [
    ("2023-02-30", "不存在"), ("2023年13月1日", "不存在"), ("20230431", "不存在"),
    (20230431.0, "不存在"),
    ("2023年3月", "没有日"), ("2023.3", "没有日"), (2023.3, "没有日"), (202303.0, "没有日"),
    ("2023", "没有月日"), (2023.0, "没有月日"), ("2023年", "没有月日"), ("23.3.6", "两位"),
    ("3/6/2023", "无法确定"), ("约2023年", "不是日期"), ("2020-01-01至2030-01-01", "不是日期"),
    ("1023-03-06", "不合理"), (time(12, 0), "时间"), (timedelta(hours=30), "时间"),
    (5.0, "不是日期"), (9e9, "不是日期"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "words"), NO_DATES)
def test_an_impossible_or_unclear_day_is_reported_and_not_guessed(cell: object, words: str) -> None:
    assert words in reason(Kind.DATE, cell)


@pytest.mark.parametrize(
    "cell", ["长期", "无固定期限", "9999-12-31", time(0, 0), date(1899, 12, 30), 0.0]
)
def test_no_end_and_day_zero_are_no_day(cell: object) -> None:
    assert value(Kind.DATE, cell) is None


MONEY = [
    ("9万人民币", 90_000, "CNY"), ("9,900(万元人民币)", 99_000_000, "CNY"),
    ("9(万美元)", 90_000, "USD"),
    ("９，９００（万元人民币）", 99_000_000, "CNY"), ("1000万", 10_000_000, None),
    ("6亿元", 600_000_000, None),
    ("￥1,234.50", Decimal("1234.5"), "CNY"), ("100万港元", 1_000_000, "HKD"),
    ("1234.5", Decimal("1234.5"), None),
    ("人民币壹佰万元整", 1_000_000, "CNY"), ("壹仟贰佰叁拾肆万伍仟元", 12_345_000, None),
    ("一千万元", 10_000_000, None),
    ("US$50,000", 50_000, "USD"), ("50万欧元", 500_000, "EUR"), ("1.5亿", 150_000_000, None),
    ("1亿2000万元", 120_000_000, None),
    ("5000.000000万人民币", 50_000_000, "CNY"), ("3000 万元 人民币", 30_000_000, "CNY"),
    ("10百万日元", 10_000_000, "JPY"),
    ("(1,234.50)", Decimal("-1234.5"), None), (500, 500, None), (1234.1, Decimal("1234.1"), None),
    ("0", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "amount", "currency"), MONEY)
def test_money_is_read_in_every_spelling(
    cell: object, amount: object, currency: str | None
) -> None:
    assert value(Kind.MONEY, cell, currency="currency") == Money(amount, currency)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "unit", "table_unit", "amount"),
    [
        (500.0, "万元", "", 5_000_000),
        ("500", "万元", "", 5_000_000),
        ("500元", "万元", "", 500),
        ("5亿", "万元", "", 500_000_000),
        (5.5, "", "亿元", 550_000_000),
        (5.5, "元", "亿元", Decimal("5.5")),
        (5.5, "家", "万元", 55_000),
    ],
)
def test_the_cells_unit_goes_before_the_headings_and_that_before_the_tables(
    cell: object, unit: str, table_unit: str, amount: object
) -> None:
    money = value(Kind.MONEY, cell, Setting(unit=unit, table_unit=table_unit))
    assert money == Money(amount, None)  # type: ignore[arg-type]


def test_the_heading_may_state_the_currency() -> None:
    money = value(Kind.MONEY, 9.0, Setting(unit="万美元"), currency="currency")
    assert money == Money(Decimal(90_000), "USD")


def test_foreign_money_is_refused_where_no_currency_can_be_kept() -> None:
    assert "外币" in reason(Kind.MONEY, "9万美元")


@pytest.mark.parametrize(
    "cell",
    [
        "约1000万",
        "100-200万",
        "万元",
        "元",
        "一般",
        "1000万元以上",
        "12.3.4",
        1e20,
        True,
        date(2020, 1, 1),
    ],
)
def test_what_is_no_exact_amount_is_refused(cell: object) -> None:
    assert reason(Kind.MONEY, cell)


NUMBERS = [
    (120.0, "人", "", 120), ("120人", "人", "", 120), ("1,200", "人", "", 1200),
    ("1.2万", "人", "", 12_000),
    ("３５件", "件", "", 35), (3.5, "件", "万件", 35_000), ("三百", "人", "", 300),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "own", "unit", "number"), NUMBERS)
def test_counts_come_out_in_the_fields_own_unit(
    cell: object, own: str, unit: str, number: int
) -> None:
    assert value(Kind.NUMBER, cell, Setting(unit=unit), unit=own) == number


@pytest.mark.parametrize(
    "cell",
    [
        "100-200人",
        "少于50人",
        "100人以上",
        "12.5",
        12.5,
        "5%",
        "5万元",
        1e300,
        float("inf"),
        float("nan"),
    ],
)
def test_what_is_no_count_is_refused(cell: object) -> None:
    assert reason(Kind.NUMBER, cell, unit="人")


def test_shares_and_scaled_decimals() -> None:
    assert value(Kind.DECIMAL, "12.5%", unit="%") == Decimal("12.5")
    assert value(Kind.DECIMAL, "１２．５％", unit="%") == Decimal("12.5")
    assert value(Kind.DECIMAL, 0.125, Setting(percent=True), unit="%") == Decimal("12.5")
    assert value(Kind.DECIMAL, 2.5, Setting(unit="亿元"), unit="万元") == Decimal(25_000)
    assert value(Kind.DECIMAL, 0.1 + 0.2) == Decimal("0.3")


def test_choices_are_known_by_all_their_words() -> None:
    for cell in (
        "在业",
        "存续",
        "存续（在营、开业、在册）",
        "存续(在营、开业、在册)",
        "In business",
        "in_business",
        " 存 续 ",
    ):
        assert value(Kind.CHOICE, cell, choices=STATUSES) == "in_business"
    assert "不在可选项中（在业、迁出" in reason(Kind.CHOICE, "不晓得", choices=STATUSES)


def test_flags_are_ticks_and_words() -> None:
    for cell in ("是", "√", "✓", "Y", "yes", "有", 1.0, True, "（是）"):
        assert value(Kind.FLAG, cell) is True
    for cell in ("否", "×", "N", "无", 0.0, False):
        assert value(Kind.FLAG, cell) is False
    for cell in ("", "-", "—"):
        assert value(Kind.FLAG, cell) is None
    assert "既不是" in reason(Kind.FLAG, "部分")


def test_years_phones_mails_tags_and_persons() -> None:
    assert {
        value(Kind.YEAR, c) for c in (2023.0, "2023", "2023年", "2023年度", date(2023, 5, 1))
    } == {2023}
    assert "不是年份" in reason(Kind.YEAR, "2021-2023")
    assert value(Kind.PHONE, 13800000001.0) == "13800000001"
    assert value(Kind.PHONE, "0574-87654321；13800000001,-") == "0574-87654321、13800000001"
    assert value(Kind.PHONE, "87654321/13800000001") == "87654321、13800000001"
    assert value(Kind.EMAIL, "ａ@b.cn; c@d.com") == "a@b.cn、c@d.com"
    assert "不是邮箱" in reason(Kind.EMAIL, "没有邮箱号")
    assert value(Kind.TAGS, "小巨人、规上,  小巨人；高新") == "小巨人、规上、高新"
    assert value(Kind.PERSON, "王 芳") == "王芳"
    assert value(Kind.PERSON, "John Smith") == "John Smith"


def test_text_keeps_its_words_and_loses_what_cannot_be_seen() -> None:
    assert value(Kind.TEXT, " 宁波\u200b甲（集团）\n有限公司\u3000") == "宁波甲（集团）有限公司"
    assert value(Kind.TEXT, "Ningbo\r\nTrading Co., Ltd.") == "Ningbo Trading Co., Ltd."
    assert value(Kind.TEXT, 12.0) == "12"
    assert value(Kind.TEXT, date(2020, 1, 2)) == "2020-01-02"
    assert value(Kind.NOTE, "一\n二") == "一\n二"
    assert "公式出错" in reason(Kind.TEXT, "#REF!")


SPELLINGS = [
    "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}",
    "{y}-{m:02}-{d:02}",
    "{y}-{m:02}-{d:02} 10:20:30", "{y}年{m:02}月{d:02}日", "{y} 年 {m} 月 {d} 日",
]  # fmt: skip


@given(
    day=st.dates(date(1900, 1, 2), date(2199, 12, 31)),
    spelling=st.sampled_from(SPELLINGS),
    wide=st.booleans(),
)
def test_any_day_in_any_spelling_comes_back(day: date, spelling: str, wide: bool) -> None:
    text = spelling.format(y=day.year, m=day.month, d=day.day)
    if wide:
        text = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-/."})
    assert parse_date(text) == day
    assert value(Kind.DATE, text) == day


@given(day=st.dates(date(1930, 1, 1), date(2099, 12, 31)), mac=st.booleans())
def test_any_serial_number_comes_back(day: date, mac: bool) -> None:
    epoch = date(1904, 1, 1) if mac else date(1899, 12, 30)
    assert value(Kind.DATE, float((day - epoch).days), Setting(from_1904=mac)) == day


@given(
    cents=st.integers(0, 10**13),
    spelling=st.sampled_from(["{}元", "￥{}", "{}（元）", "人民币{}元", "{}元人民币", "RMB {}"]),
    commas=st.booleans(),
)
def test_any_amount_in_any_spelling_comes_back(cents: int, spelling: str, commas: bool) -> None:
    amount = Decimal(cents) / 100
    text = spelling.format(f"{amount:,.2f}" if commas else f"{amount:.2f}")
    assert parse_money(text).amount == amount


@given(
    units=st.integers(0, 10**8),
    unit=st.sampled_from(["万元", "亿元", "千元", "百万元", "万", "亿"]),
)
def test_any_scaled_amount_comes_back(units: int, unit: str) -> None:
    scale = money_unit(unit)
    assert scale is not None
    assert parse_money(f"{units}{unit}").amount == units * scale.scale
    assert parse_money(f"{units}", scale).amount == units * scale.scale


CELLS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.,-/年月日万亿元人民币()（）%E+ 零一二十百千", max_size=20),
    st.floats(),
    st.integers(-(10**30), 10**30),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@example(cell=float("nan"), kind=Kind.DATE, unit="")
@example(cell=float("inf"), kind=Kind.DATE, unit="")
@example(cell=float("nan"), kind=Kind.YEAR, unit="")
@example(cell=float("-inf"), kind=Kind.CODE, unit="")
@example(cell=float("nan"), kind=Kind.PHONE, unit="")
@example(cell=float("inf"), kind=Kind.TEXT, unit="")
@example(cell=10**400, kind=Kind.CODE, unit="")
@example(cell=10**400, kind=Kind.MONEY, unit="")
@given(
    cell=CELLS,
    kind=st.sampled_from(list(Kind)),
    unit=st.sampled_from(["", "万元", "人", "%", "万件"]),
)
def test_no_cell_whatever_breaks_a_converter(cell: object, kind: Kind, unit: str) -> None:
    choices = STATUSES if kind is Kind.CHOICE else ()
    try:
        found = value(
            kind, cell, Setting(unit=unit, percent=unit == "%"), choices=choices, unit="元"
        )
    except UnreadableError as refused:
        found = str(refused)
    assert found is None or isinstance(found, (str, int, bool, Decimal, date, Money))
