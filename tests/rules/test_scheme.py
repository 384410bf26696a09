import ast
import copy
from pathlib import Path
from typing import Any

import pytest

from brandpool.errors import UserError
from brandpool.paths import resources
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Scheme

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((resources() / "reference" / "schemes").glob("*.json"))


def read(path: Path) -> Scheme:
    return scheme_file.read(path.read_text("utf-8"))


def test_two_schemes_come_with_the_program() -> None:
    found = {read(path).key: read(path) for path in FILES}
    assert len(found["cultivation"].ladders) == 1
    assert len(found["four_pools"].ladders) == 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scheme_written_and_read_again_is_the_same(path: Path) -> None:
    scheme = read(path)
    assert scheme_file.read(scheme_file.dumps(scheme_file.document(scheme))) == scheme


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_in_a_shipped_scheme_has_both_labels(path: Path) -> None:
    for ladder in read(path).ladders:
        words = [ladder.words, *(tier.words for tier in ladder.tiers)]
        words += [reason.words for reason in ladder.exit_reasons]
        words += [condition.words for condition in ladder.conditions()]
        assert all(word.zh and word.en for word in words)


def test_no_code_knows_a_ladder_or_a_tier_by_name() -> None:
    names = set()
    for ladder in (ladder for path in FILES for ladder in read(path).ladders):
        for named in (ladder, *ladder.tiers):
            names |= {named.code, named.words.zh, named.words.en}
    sources = list((ROOT / "brandpool").rglob("*.py"))
    assert len(sources) > 20
    known = {
        f"{path.name}: {node.value}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert known == set()


def sample() -> dict[str, Any]:
    return {
        "key": "k",
        "version": "1",
        "title": "方案",
        "starts": "2026-01-01",
        "ladders": [
            {
                "code": "a",
                "zh": "甲",
                "exit_reasons": [{"code": "wish", "zh": "自愿"}],
                "tiers": [
                    {
                        "code": "t",
                        "zh": "层",
                        "conditions": [
                            {
                                "zh": "有商标",
                                "measure": {
                                    "count": "mark",
                                    "where": [{"field": "x", "op": "filled"}],
                                },
                                "op": "at_least",
                                "threshold": 1,
                            },
                            {
                                "zh": "任一",
                                "any_of": [
                                    {
                                        "zh": "在层满一年",
                                        "measure": {"years_on": "t"},
                                        "op": "at_least",
                                        "threshold": 1,
                                    }
                                ],
                            },
                        ],
                    }
                ],
            }
        ],
    }


def spoiled(path: str, value: Any) -> dict[str, Any]:
    """The sample with one value put in, or taken out if it is None."""
    document = copy.deepcopy(sample())
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place: Any = document
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


TIER = "ladders.0.tiers.0"
FIRST = f"{TIER}.conditions.0"


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        ("title", None, "title", "缺少"),
        ("starts", "2026年1月1日", "starts", "2026-01-31"),
        ("ends", "2025-01-01", "ends", "早于施行日期"),
        ("ladders", [], "ladders", "至少有一项"),
        ("ladders.0.colour", "red", "ladders[1]", "colour"),
        (f"{TIER}.code", "", "ladders[1].tiers[1].code", "文字"),
        (f"{TIER}.review_every_months", 0, "tiers[1].review_every_months", "不小于 1"),
        (f"{FIRST}.op", "more", "conditions[1].op", "不认识“more”"),
        (f"{FIRST}.threshold", None, "conditions[1].threshold", "缺少"),
        (f"{FIRST}.threshold", "一", "conditions[1].threshold", "数字"),
        (f"{FIRST}.threshold", [1], "conditions[1].threshold", "列表"),
        (f"{FIRST}.op", "filled", "conditions[1].op", "at_least"),
        (f"{FIRST}.measure.where.0.op", "equals", "measure.where[1]", "只写一项"),
        (f"{FIRST}.measure.field", "status", "conditions[1].measure", "只写一种"),
        (f"{FIRST}.exit_reason", "lost", "ladders[1]", "退出原因“lost”"),
        (f"{TIER}.conditions.1.any_of", [], "conditions[2].any_of", "至少有一项"),
        (f"{TIER}.conditions.1.any_of.0.measure.years_on", "u", "ladders[1]", "层级“u”"),
        ("ladders.0.exit_reasons.0", "自愿", "exit_reasons[1]", "花括号"),
    ],
)
def test_a_mistake_is_named_with_its_place(path: str, value: Any, where: str, what: str) -> None:
    with pytest.raises(UserError) as told:
        scheme_file.scheme(spoiled(path, value))
    assert where in str(told.value)
    assert what in str(told.value)


def test_the_unspoiled_sample_reads() -> None:
    assert scheme_file.scheme(sample()).name == "k@1"


def test_the_same_code_twice_is_a_mistake() -> None:
    document = sample()
    document["ladders"][0]["tiers"] *= 2
    with pytest.raises(UserError, match="代号重复：t"):
        scheme_file.scheme(document)


def test_a_file_that_breaks_off_says_where() -> None:
    with pytest.raises(UserError, match="第 2 行"):
        scheme_file.read('{"key": "a",\n')
