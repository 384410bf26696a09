"""Masked texts keep what a reader needs and never the part that names a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.rules.masks import masked_text


@pytest.mark.parametrize(
    ("kind", "raw", "masked"),
    [
        ("姓名", "张三", "张*"),
        ("姓名(3字)", "张三丰", "张*丰"),
        ("姓名(复姓)", "欧阳娜娜", "欧阳*娜"),
        ("姓名(复姓)", "欧阳修", "欧阳*"),
        ("姓名(4字)", "阿卜杜勒", "阿**勒"),
        ("联系人", "John Smith", "J*** S****"),
        ("手机号", "138 1234 5678", "138****5678"),
        ("手机", "+8613812345678", "+86138****5678"),
        ("电话", "13812345678", "138****5678"),
        ("电话", "0574-87654321", "0574-****4321"),
        ("座机", "87654321", "****4321"),
        ("座机", "0574-87654321-802", "0574-****4321-802"),
        ("身份证号", "330212900101123", "330212*****1123"),
        ("邮箱", "zhangsan@example.com", "z***@example.com"),
        ("银行卡", "6222021234567890123", "6222***********0123"),
        ("地址", "浙江省宁波市鄞州区梅墟街道清逸路88号", "浙江省宁波市鄞州区梅墟街道****"),
        ("地址", "宁波市高新区聚贤路1号", "宁波市高新区****"),
        ("统一社会信用代码", "91330100799655058B", "91330100799655058B"),
        ("姓名", "", ""),
    ],
)
def test_masked(kind: str, raw: str, masked: str) -> None:
    assert masked_text(kind, raw) == masked


@given(
    st.sampled_from(["手机", "身份证", "银行卡", "座机", "护照", "微信"]),
    st.text("0123456789X", min_size=5),
)
def test_three_characters_of_a_number_are_hidden_at_least(kind: str, raw: str) -> None:
    masked = masked_text(kind, raw)
    assert masked.count("*") >= 3
    assert raw not in masked


@given(st.text("甲乙丙丁欧阳司马", min_size=2, max_size=8))
def test_a_name_is_never_shown_whole(name: str) -> None:
    masked = masked_text("姓名", name)
    assert "*" in masked
    assert len(masked) == len(name)
