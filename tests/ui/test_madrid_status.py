"""Every state that the law derives has words in both languages."""

import re
from collections.abc import Iterator

import pytest

from brandpool import i18n
from brandpool.rules import designation as law
from brandpool.ui.madrid_status import status_word

STATES = sorted(
    {text for name, text in vars(law).items() if name.isupper() and isinstance(text, str)}
    | set(law.DECISIONS.values())
    | set(law.ENDINGS.values())
    | {"待提交", "已提交商标局", "已转送国际局", "已国际注册", "续展窗口", "宽展期"}
)


@pytest.fixture
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("zh")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("state", STATES)
def test_in_english_a_state_is_english(state: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", status_word(state))


@pytest.mark.parametrize("state", STATES)
def test_in_chinese_a_state_is_the_law_s_own_word(state: str) -> None:
    plain = str.maketrans("（）：", "():")
    assert status_word(state).translate(plain) == state
