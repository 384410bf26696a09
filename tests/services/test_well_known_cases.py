"""A case knows its anchor by its route, its clocks by its stages, and speaks the law of its day."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import letter_out
from brandpool.models.visit import Visit
from brandpool.models.well_known import WellKnownCase, WellKnownStage
from brandpool.models.well_known_codes import ROUTES, STAGES
from brandpool.rules.reference import shipped
from brandpool.rules.well_known_case import Stage, case_anchor, case_words, clocks
from brandpool.services import letters
from brandpool.services.letters import Sender
from brandpool.services.well_known_cases import CaseRow, cases

ON = date(2026, 11, 22)
DAYS = {
    "opponent_filed": date(2021, 3, 1),
    "requested_on": date(2026, 10, 9),
    "infringed_on": date(2026, 5, 5),
}


def kept(pool: Pool, enterprise: str, stages=(), **more) -> CaseRow:
    row = {"enterprise_id": enterprise, "mark": "朝阳", "goods": "机床", "route": "administrative",
           "authority": "宁波市市场监督管理局", **DAYS, **more}  # fmt: skip
    with pool.write("案件", who="测试员") as session:
        case = journal.insert(session, WellKnownCase, [row])[0]
        journal.insert(session, WellKnownStage, [{"case_id": case, **stage} for stage in stages])
    with pool.read() as session:
        return cases(session, ON, [case])[0]


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("opposition", "opponent_filed"),
        ("invalidation", "opponent_filed"),
        ("administrative", "requested_on"),
        ("court", "infringed_on"),
    ],
)
def test_the_route_selects_the_day_that_counts(
    pool: Pool, enterprise: str, route: str, field: str
) -> None:
    assert kept(pool, enterprise, route=route).anchor == DAYS[field]


def test_every_route_has_an_anchor_and_every_stage_of_a_clock_exists() -> None:
    data = shipped().documents["well_known"]
    assert set(data["anchors"]) == {choice.code for choice in ROUTES}
    stages = {choice.code for choice in STAGES}
    for clock in data["clocks"]:
        assert {clock["starts"], *clock["ended_by"]} <= stages
        assert set(clock["routes"]) <= set(data["anchors"])


def test_an_unknown_route_is_refused() -> None:
    with pytest.raises(UserError, match="保护途径"):
        case_anchor("fame", {})


@pytest.mark.parametrize(
    ("day", "verb", "article"),
    [
        (date(2026, 12, 31), "认定", "商标法2019第十四条"),
        (date(2027, 1, 1), "确认", "商标法2026第六十三条"),
        (date(2013, 1, 1), "认定", "商标法2001第十四条"),
    ],
)
def test_the_words_follow_the_day(day: date, verb: str, article: str) -> None:
    words = case_words(day)
    assert (words.verb, words.article) == (verb, article)
    assert words.note.startswith(f"个案{verb}：")
    assert "不是荣誉称号" in words.note


def test_a_decided_case_keeps_the_words_of_its_day(pool: Pool, enterprise: str) -> None:
    old = kept(pool, enterprise, outcome="protected", decided_on=date(2026, 12, 31))
    new = kept(pool, enterprise, outcome="protected", decided_on=date(2027, 1, 1))
    assert (old.words.verb, new.words.verb) == ("认定", "确认")


def test_a_record_of_protection_needs_authority_number_day_mark_and_goods(
    pool: Pool, enterprise: str
) -> None:
    whole = kept(pool, enterprise, outcome="protected", decided_on=ON, document_no="示例1号")
    assert whole.protects
    for name, label in (
        ("authority", "受理机关"), ("document_no", "文书号"), ("decided_on", "决定日期"),
        ("mark", "商标"), ("goods", "商品/服务"), ("requested_on", "请求保护日（基准日）"),
    ):  # fmt: skip
        given_ = {"outcome": "protected", "decided_on": ON, "document_no": "示例1号", name: None}
        row = kept(pool, enterprise, **given_)
        assert row.lacking == (label,)
        assert not row.protects
    assert not kept(pool, enterprise, outcome="mediated", decided_on=ON, document_no="1").protects


def test_the_clocks_of_enforcement_run_thirty_thirty_sixty_thirty_days(
    pool: Pool, enterprise: str
) -> None:
    row = kept(pool, enterprise, stages=(
        {"stage": "case_filed", "sent": date(2026, 11, 2)},
        {"stage": "reported_up", "sent": date(2026, 11, 20)},
        {"stage": "province_received", "received": date(2026, 12, 3)},
        {"stage": "reply", "sent": date(2027, 3, 10)},
        {"stage": "province_told", "received": date(2027, 5, 12)},
    ))  # fmt: skip
    assert [(c.matter, c.due) for c in row.clocks] == [
        ("report_up", date(2026, 12, 2)),
        ("province_review", date(2027, 1, 2)),
        ("act_on_reply", date(2027, 5, 9)),
        ("file_decision", date(2027, 6, 11)),
    ]
    assert row.clocks[0].ended_on == date(2026, 11, 20)
    assert [c.work_by for c in row.clocks[1:3]] == [date(2026, 12, 31), date(2027, 5, 7)]
    assert [c.matter for c in row.running()] == ["act_on_reply", "file_decision"]
    assert all(c.explained.chain for c in row.clocks)


def test_a_returned_case_stops_the_province_and_can_begin_anew(pool: Pool, enterprise: str) -> None:
    row = kept(pool, enterprise, stages=(
        {"stage": "province_received", "received": date(2026, 3, 2)},
        {"stage": "returned", "sent": date(2026, 3, 20)},
        {"stage": "province_received", "received": date(2026, 4, 7)},
    ))  # fmt: skip
    assert [c.ended_on for c in row.clocks] == [date(2026, 3, 20), None]


def test_a_stage_without_the_day_that_counts_is_counted_from_the_other_and_says_so() -> None:
    [clock] = clocks("administrative", [Stage("s", "province_received", date(2026, 3, 2), None)])
    assert clock.due == date(2026, 4, 1)
    assert "收到日没有登记" in clock.explained.chain[0].note


def test_the_office_decides_in_twelve_months_that_can_be_six_longer() -> None:
    [clock] = clocks("opposition", [Stage("s", "notice_expired", date(2026, 3, 6), None)])
    assert clock.due == date(2027, 3, 6)
    assert clock.explained.chain[-1].raw == date(2027, 9, 6)
    assert clock.explained.chain[0].article == "商标法2019第三十五条"


def test_a_partys_day_moves_off_a_holiday_and_an_offices_does_not() -> None:
    ruling = Stage("s", "decided", date(2026, 1, 10), date(2026, 1, 17))
    [clock] = clocks("invalidation", [ruling])
    assert (clock.matter, clock.whose) == ("lawsuit", "party")
    assert clock.due == date(2026, 2, 24)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([c.code for c in STAGES]), st.dates(date(2020, 1, 1), date(2029, 1, 1))
        ),
        max_size=8,
    ),
    st.sampled_from([c.code for c in ROUTES]),
)
def test_no_clock_ends_before_it_starts_or_has_no_way_to_its_day(stages, route) -> None:
    known = [Stage(str(n), stage, day, None) for n, (stage, day) in enumerate(stages)]
    for clock in clocks(route, known):
        assert clock.started < clock.due
        assert clock.work_by <= clock.due or clock.whose == "party"
        assert clock.ended_on is None or clock.ended_on >= clock.started
        assert clock.explained.chain[0].raw == clock.started


@pytest.mark.parametrize(
    ("day", "article", "fine"),
    [
        (date(2026, 12, 31), "商标法2019第十四条第五款", "处10万元罚款"),
        (date(2027, 1, 1), "商标法2026第六十四条", "处10万元以下罚款"),
    ],
)
def test_a_hit_at_a_visit_makes_a_warning_under_the_law_of_its_day(
    pool: Pool, enterprise: str, day: date, article: str, fine: str
) -> None:
    with pool.write("走访", who="测试员") as session:
        [visit] = journal.insert(session, Visit, [
            {"enterprise_id": enterprise, "visited_on": day, "wording": "pack",
             "wording_note": "外箱侧面"}
        ])  # fmt: skip
        letter = letters.compose(session, "protect", enterprise, date(2027, 1, 5), Sender())
    assert letter.visit == visit
    ban = letter.context["ban"]
    assert (ban["article"], ban["fine"]) == (article, fine)
    with zipfile.ZipFile(io.BytesIO(letter_out.rendered(letter))) as packed:
        told = re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())
    for words in ("外箱侧面", article, fine):
        assert words in told


@pytest.mark.parametrize("wording", ["none", "not_checked", None])
def test_a_visit_without_a_hit_makes_no_warning(pool: Pool, enterprise: str, wording) -> None:
    with pool.write("走访", who="测试员") as session:
        journal.insert(session, Visit, [
            {"enterprise_id": enterprise, "visited_on": ON, "wording": wording}
        ])  # fmt: skip
        with pytest.raises(UserError, match="不必出具保护警示书"):
            letters.compose(session, "protect", enterprise, ON, Sender())


def test_an_offices_last_day_is_its_days_after_the_start() -> None:
    for start in (date(2024, 2, 28), date(2026, 9, 1), date(2027, 12, 31)):
        [clock] = clocks("administrative", [Stage("s", "reply", start, None)])
        assert clock.due == start + timedelta(days=60)
