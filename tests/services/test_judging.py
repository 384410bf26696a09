from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.honour import Honour
from brandpool.rules.scheme import Ladder, Leaf, Scheme
from brandpool.rules.verdict import Truth
from brandpool.services import judging, schemes, tiers
from brandpool.services.judging import Judgement, Outcome
from tests.services import ladders

ON = ladders.TODAY


@pytest.fixture
def writing(pool: Pool) -> Iterator[Session]:
    with pool.write("准备", who="测试员") as session:
        yield session


def judge(session: Session, scheme: Scheme, ids: list[str] | None = None) -> list[Judgement]:
    return judging.judge(session, ids, scheme, ladders.LADDER, ON)


def with_last_tier(condition: dict[str, Any]) -> Scheme:
    document = ladders.document()
    document["ladders"][0]["tiers"][2]["conditions"] = [condition]
    return ladders.scheme(ladders=document["ladders"])


def test_who_can_move_up_who_is_near_and_what_is_lacking(writing: Session) -> None:
    scheme = ladders.save(writing)
    old, young = {"established": date(2020, 1, 1)}, {"established": date(2026, 1, 1)}
    officer = {"brand_officer": "王芳"}
    rows = [{**old, **officer}, {**young, **officer}, {**young}, {**officer}, {**old, **officer}]
    ids = ladders.enterprises(writing, rows)
    entry = [ladders.order(e, "one", date(2026, 1, 1)) for e in ids[:4]]
    tiers.move(writing, entry, ON)
    found = judge(writing, scheme)
    assert [j.enterprise for j in judging.can_move_up(found)] == [ids[0], ids[4]]
    assert [j.enterprise for j in judging.near(found)] == [ids[1], ids[3]]
    assert [j.gap for j in judging.near(found, lacking=2)] == [
        "成立满2年差 1 年 2 个月",
        "待查：成立满2年（“成立日期”未填写）",
        "缺品牌负责人；成立满2年差 1 年 2 个月",
    ]
    outsider = found[4]
    assert (outsider.standing, outsider.target and outsider.target.tier.code) == (None, "one")


def test_a_value_comes_with_its_record_and_its_date(writing: Session) -> None:
    scheme = ladders.save(writing)
    (one,) = ladders.enterprises(writing, [{"name": "甲"}])
    ladders.figures(writing, [(one, 2025, "revenue", "9990000", "元")])
    (found,) = judge(writing, scheme)
    (verdict,) = found.tiers[2].verdicts
    assert (verdict.truth, verdict.value, verdict.gap) == (
        Truth.NOT_MET,
        Decimal(999),
        "差 1 万元营业收入",
    )
    assert verdict.source.kind == "yearly_figure"
    assert verdict.source.as_of == date(2025, 12, 31)
    assert len(verdict.source.records) == 1
    assert judging.value_text(verdict) == "999 万元"
    assert judging.value_text(verdict, verdict.threshold) == "1,000 万元"


def test_titles_count_while_they_are_valid(writing: Session) -> None:
    ids = ladders.enterprises(writing, [{}, {}, {}])
    granted = date(2024, 1, 1)
    rows = [(ids[0], None), (ids[1], ON), (ids[2], date(2026, 11, 21))]
    title = {"honour": "x", "granted": granted}
    values = [{**title, "enterprise_id": e, "valid_until": until} for e, until in rows]
    journal.insert(writing, Honour, values)
    truths = [j.tiers[2].truth for j in judge(writing, with_last_tier(ladders.TITLE))]
    assert truths == [Truth.MET, Truth.MET, Truth.NOT_MET]


def test_an_unused_ledger_is_unknown_for_everybody(writing: Session) -> None:
    ladders.enterprises(writing, [{}])
    (found,) = judge(writing, with_last_tier(ladders.TITLE))
    assert found.tiers[2].truth is Truth.UNKNOWN


def test_reviews_that_are_due_and_conditions_that_no_longer_hold(writing: Session) -> None:
    scheme = ladders.save(writing)
    ids = ladders.enterprises(writing, [{"established": date(2015, 1, 1)}] * 4)
    first = ["one", "one", "one", "two"]
    days = [date(2025, 11, 22), date(2025, 11, 23), date(2025, 6, 1), date(2026, 11, 1)]
    orders = [ladders.order(*row) for row in zip(ids, first, days, strict=True)]
    review = ladders.order(ids[2], "one", date(2026, 6, 1), review=True)
    tiers.move(writing, [*orders, review], ON)
    found = judging.must_review(judge(writing, scheme))
    assert [j.enterprise for j in found] == [ids[0], ids[3]]
    assert found[0].review_due == ON
    assert found[1].slipped


def test_staying_too_long_has_no_upper_limit(writing: Session) -> None:
    scheme = ladders.save(writing)
    ids = ladders.enterprises(writing, [{}, {}, {}])
    days = [date(2015, 1, 1), date(2024, 11, 21), date(2024, 11, 22)]
    tiers.move(writing, [ladders.order(e, "one", d) for e, d in zip(ids, days, strict=True)], ON)
    found = judging.overstayed(judge(writing, scheme))
    assert [(j.enterprise, j.overstayed_days) for j in found] == [
        (ids[0], (ON - date(2017, 1, 1)).days),
        (ids[1], 1),
    ]


def test_an_exit_is_proposed_and_stops_the_way_up(writing: Session) -> None:
    scheme = ladders.save(writing)
    values = {"status": "deregistered", "brand_officer": "王芳", "established": date(2015, 1, 1)}
    inside, _outside = ladders.enterprises(writing, [values, values])
    tiers.move(writing, [ladders.order(inside, "one", date(2026, 1, 1))], ON)
    found = judge(writing, scheme)
    assert [j.enterprise for j in judging.proposed_exits(found)] == [inside]
    assert inside not in [j.enterprise for j in judging.can_move_up(found)]
    (reason,) = found[0].proposed_exits
    assert (reason.condition.exit_reason, judging.value_text(reason)) == ("gone", "注销")


def test_a_past_day_is_judged_by_what_was_true_then(writing: Session) -> None:
    scheme = ladders.save(writing)
    (one,) = ladders.enterprises(
        writing, [{"brand_officer": "王芳", "established": date(2022, 6, 1)}]
    )
    orders = [ladders.order(one, "one", date(2023, 1, 1)), ladders.order(one, "two", ON)]
    tiers.move(writing, orders, ON)
    then = judging.judge(writing, None, scheme, ladders.LADDER, date(2024, 5, 31))[0]
    assert (then.standing and then.standing.tier, then.gap) == ("one", "成立满2年差 1 个月")
    later = judging.judge(writing, None, scheme, ladders.LADDER, date(2024, 6, 1))[0]
    assert later.can_move_up


def test_a_ladder_that_the_scheme_lacks_is_refused(writing: Session) -> None:
    scheme = ladders.save(writing)
    with pytest.raises(UserError, match="没有梯队“other”"):
        judging.judge(writing, None, scheme, "other", ON)


@pytest.mark.parametrize("path", schemes.shipped_files(), ids=lambda path: path.stem)
def test_shipped_schemes_judge_any_pool(writing: Session, path: Any) -> None:
    scheme = schemes.read_file(path)
    ladders.enterprises(writing, [{}])
    for ladder in scheme.ladders:
        (found,) = judging.judge(writing, None, scheme, ladder.code, ON)
        assert len(found.tiers) == len(ladder.tiers)
        assert found.target is not None
        assert found.gap or found.can_move_up


def test_the_number_of_queries_does_not_grow_with_the_pool(writing: Session) -> None:
    scheme = ladders.save(writing)
    count = 0

    def counted(*_args: Any) -> None:
        nonlocal count
        count += 1

    numbers = []
    event.listen(writing.connection().engine, "before_cursor_execute", counted)
    for _round in range(2):
        ladders.enterprises(writing, [{"name": f"{count}-{n}"} for n in range(40)])
        count = 0
        assert judge(writing, scheme)
        numbers.append(count)
    assert numbers[0] == numbers[1] < 10


def thresholds(scheme: Scheme, number: int) -> Scheme:
    """The scheme with another revenue for the last tier."""
    (ladder,) = scheme.ladders
    *lower, last = ladder.tiers
    (condition,) = last.conditions
    assert isinstance(condition, Leaf)
    changed = replace(last, conditions=(replace(condition, threshold=number),))
    rungs: Ladder = replace(ladder, tiers=(*lower, changed))
    return replace(scheme, version="next", ladders=(rungs,))


def test_a_rehearsal_finds_exactly_who_would_move_and_writes_nothing(pool: Pool) -> None:
    with pool.write("准备", who="测试员") as session:
        scheme = ladders.save(session)
        ids = ladders.enterprises(session, [{}] * 120)
        amounts = {e: (n * 37) % 1500 for n, e in enumerate(ids)}
        ladders.figures(
            session, [(e, 2025, "revenue", str(v), "万元") for e, v in amounts.items() if v % 5]
        )
        orders = [ladders.order(e, "two", date(2026, 1, 1)) for e in ids[:100]]
        tiers.move(session, orders, ON)
    before = pool.path.read_bytes()
    with pool.read() as session:
        rows = judging.rehearse(session, scheme, thresholds(scheme, 700), ON)
    assert pool.path.read_bytes() == before
    newly = {row.enterprise for row in rows if row.changed}
    assert newly == {e for e in ids[:100] if amounts[e] % 5 and 700 <= amounts[e] < 1000}
    up = Outcome("up", "three")
    assert {row.enterprise for row in rows if row.before == up} == {
        e for e in ids[:100] if amounts[e] % 5 and amounts[e] >= 1000
    }
    assert all(row.after == up for row in rows if row.changed)


def test_who_would_have_to_leave_is_not_proposed_to_enter(writing: Session) -> None:
    document = ladders.document()
    document["ladders"][0]["exit_conditions"] = [
        {
            "zh": "登记状态为迁出",
            "en": "Moved out",
            "measure": {"field": "status"},
            "op": "equals",
            "threshold": "moved_out",
        }
    ]
    scheme = ladders.scheme(ladders=document["ladders"])
    fit = {"established": date(2020, 1, 1), "brand_officer": "王芳"}
    ids = ladders.enterprises(writing, [{**fit}, {**fit, "status": "moved_out"}])
    found = judge(writing, scheme)
    assert [j.enterprise for j in judging.can_move_up(found)] == ids[:1]
    assert judging.proposed_exits(found) == []
