"""A sentence of the rules is Chinese as data and is told in the language in use."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from brandpool import i18n
from brandpool.i18n import both, joined, said, told
from brandpool.reports.documents.articles import cited
from brandpool.reports.documents.certificate import chain_texts
from brandpool.rules import catalogue
from brandpool.rules.cn_mark import mark_validity
from brandpool.rules.periods import Period


@pytest.fixture
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("zh")


def test_data_are_the_same_in_every_language(english: None) -> None:
    given = {"registration_date": "2016-02-29"}
    in_english = json.dumps(catalogue.compute("cn.mark_validity", given), ensure_ascii=False)
    with i18n.speaking("zh"):
        in_chinese = json.dumps(catalogue.compute("cn.mark_validity", given), ensure_ascii=False)
    assert in_english == in_chinese
    assert "有效期10年届满" in in_chinese


def test_what_was_computed_in_one_language_is_told_in_the_other() -> None:
    step = mark_validity(date(2016, 2, 29)).chain[1]
    assert chain_texts(step)[0] == "有效期10年届满"
    with i18n.speaking("en"):
        event, article, *_rest = chain_texts(step)
    assert event == "end of term of 10 years"
    assert article.endswith("art. 39; Implementing Regulations art. 12 para. 2")


def test_parts_are_told_too_and_numbers_keep_their_format(english: None) -> None:
    assert told(joined(said("{n}日", n=3), "", said("注册日"))) == "3 days; registration date"
    assert told(said("满{period}", period=Period(1, "m"))) == "1 month over"
    assert told(said("{window}：截止", window=both("首次声明", "first"))) == "first: due"
    assert told(said("分类不规范费 {amount}", amount=Decimal("1.50"))).endswith("1.50")


def test_a_sentence_equals_its_chinese_and_survives_a_copy(english: None) -> None:
    text = said("{n}日", n=3)
    assert text == "3日"
    assert {text: 1}["3日"] == 1
    assert told(copy.deepcopy(text)) == "3 days"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("商标法第四十条（2026：第四十四条）", "Trademark Law art. 40 (2026: art. 44)"),
        (
            "市场监管总局令第121号第二十三条第一款第（五）项",
            "SAMR Order No. 121 art. 23 para. 1 item 5",
        ),
        ("实施条例第十、十二条", "Implementing Regulations arts. 10, 12"),
        ("商标法2026第一百零八条", "Trademark Law 2026 art. 108"),
        ("Rule 30(1)", "Rule 30(1)"),
        ("", ""),
    ],
)
def test_an_article_is_cited_in_english(chinese: str, english: str) -> None:
    assert cited(chinese) == chinese
    with i18n.speaking("en"):
        assert cited(chinese) == english
