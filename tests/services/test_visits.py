"""Visits: warned, numbered, finished once; promises, needs and the state of the marks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.visit_form_sheet import shipped
from brandpool.models.abroad import ForeignFiling
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import time_ordered_id
from brandpool.models.visit import Visit, VisitItem, VisitNeed, VisitPromise
from brandpool.models.visit_form import VisitForm
from brandpool.models.visit_photo import VisitPhoto
from brandpool.services import (
    records,
    visit_draft,
    visit_forms,
    visit_items,
    visit_state,
    visits,
)
from brandpool.services.visit_draft import Kept, Promised, Taken, VisitDraft
from tests.services.marks import ON, designation, mark, registration

ANSWERS = {
    "visited_on": "2026-11-20",
    "place": "梅墟街道聚贤路 1 号",
    "visitors": "王一、李二",
    "met": "陈三",
    "purpose": "商标品牌服务",
    "wording": "none",
    "guidance": "讲解续展期限",
    "needs": ("renew", "protect"),
    "need_renew": "两件明年到期",
    "handed_out": ("manage", "policy"),
    "visitor_signature": "a" * 64,
    "host_signature": "b" * 64,
}


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


def draft(enterprise: str, **more: object) -> VisitDraft:
    made = VisitDraft(time_ordered_id(), enterprise, "宁波朝阳机械有限公司", shipped(), ANSWERS)
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_finished_draft_becomes_a_visit_with_all_that_hangs_on_it(
    session: Session, enterprise: str
) -> None:
    [item] = visit_items.ask(
        session, enterprise, [("gap|1", "2025 年销售发票")], "evidence_gap", ON
    )
    old = records.add(
        session, VisitPromise, {"enterprise_id": enterprise, "matter": "寄送政策汇编"}
    )
    made = visits.finish(
        session,
        draft(
            enterprise,
            promises=(Promised("代拟续展委托书", "station", "王一", "2026-12-01"), Promised("  ")),
            kept=(Kept(old, "已寄出"),),
            items=(item,),
            photos=(Taken("c" * 64, "门头.jpg", "image/jpeg", 3),),
        ),
        ON,
    )
    row = records.get(session, Visit, made.id)
    assert row["visited_on"] == date(2026, 11, 20)
    assert row["handed_out"] == "商标管理提示书、政策汇编"
    assert made.warnings == ()
    needs = {r["need"]: r["detail"] for r in records.of_enterprise(session, VisitNeed, enterprise)}
    assert needs == {"renew": "两件明年到期", "protect": None}
    promises = {r["matter"]: r for r in records.of_enterprise(session, VisitPromise, enterprise)}
    assert promises["代拟续展委托书"]["due"] == date(2026, 12, 1)
    assert promises["寄送政策汇编"]["result"] == "已寄出"
    assert records.get(session, VisitItem, item)["visit_id"] == made.id
    assert records.count(session, VisitPhoto) == 1
    form = records.get(session, VisitForm, str(row["form_id"]))
    assert (form["name"], form["version"]) == ("visit", shipped().version)


def test_finishing_twice_finds_the_visit_that_is_there(session: Session, enterprise: str) -> None:
    one = draft(enterprise)
    first = visits.finish(session, one, ON)
    assert visits.finish(session, one, ON).id == first.id
    assert records.count(session, Visit) == 1
    assert records.count(session, VisitNeed) == 2


def test_a_missing_answer_is_named_and_nothing_is_written(
    session: Session, enterprise: str
) -> None:
    answers = {**ANSWERS, "wording": "pack", "guidance": "", "met_phone": "问前台"}
    with pytest.raises(UserError) as told:
        visits.finish(session, draft(enterprise, answers=answers), ON)
    assert "现场指导内容：请填写" in str(told.value)
    assert "出现在哪里：请填写" in str(told.value)
    assert "请核对电话号码" in str(told.value)
    assert records.count(session, Visit) == 0


def test_answers_to_questions_that_do_not_apply_are_left_out(
    session: Session, enterprise: str
) -> None:
    answers = {**ANSWERS, "wording_note": "包装正面", "need_finance": "无"}
    made = visits.finish(session, draft(enterprise, answers=answers), ON)
    row = records.get(session, Visit, made.id)
    assert row["wording_note"] is None
    assert "need_finance" not in visit_state.read_answers(row["answers"])


def test_one_visitor_is_warned_of_and_not_refused(session: Session, enterprise: str) -> None:
    values = {
        "enterprise_id": enterprise,
        "visited_on": ON,
        "visitors": "王一",
        "wording": "advert",
    }
    made = visits.record(session, values, promises=[{"matter": "回访"}])
    told = "；".join(made.warnings)
    for part in ("只有 1 人", "受访人", "签字", "没有完成期限", "警示书"):
        assert part in told
    again = visits.record(session, values)
    assert "当天已有" in "；".join(again.warnings)
    assert records.count(session, Visit) == 2


def test_numbers_of_a_day_go_on_and_carry_the_copys_own_sign(
    session: Session, enterprise: str
) -> None:
    values = {"enterprise_id": enterprise, "visited_on": ON}
    numbers = [visits.record(session, values).number for _time in range(11)]
    assert len(set(numbers)) == 11
    assert {number[:-2] for number in numbers} == {numbers[0][:-2]}
    assert numbers[0].startswith("ZF20261122-")
    assert numbers[0].endswith("01")
    assert numbers[10].endswith("11")


def test_a_promise_is_closed_once_with_its_result(session: Session, enterprise: str) -> None:
    promise = records.add(
        session, VisitPromise, {"enterprise_id": enterprise, "matter": "寄送政策汇编"}
    )
    with pytest.raises(UserError, match="办结结果"):
        visits.close(session, promise, ON, " ")
    visits.close(session, promise, ON, "已寄出")
    visits.close(session, promise, ON + timedelta(1), "再寄一次")
    row = records.get(session, VisitPromise, promise)
    assert (row["closed_on"], row["result"]) == (ON, "已寄出")
    assert visit_state.open_promises(session, enterprise) == []


def test_the_state_of_the_marks_is_counted_from_the_records(
    session: Session, enterprise: str
) -> None:
    assert visit_state.mark_state(session, enterprise, ON) == visit_state.MarkState(
        None, None, None, None
    )
    mark(session, enterprise, "1")
    mark(session, enterprise, "2", valid_until=date(2027, 3, 9), registered_on=date(2017, 3, 10))
    mark(session, enterprise, "3", valid_until=date(2016, 3, 9), registered_on=date(2006, 3, 10))
    ir = registration(session, enterprise)
    designation(session, ir, "US")
    designation(session, ir, "DE")
    journal.insert(
        session, ForeignFiling,
        [{"enterprise_id": enterprise, "party": "TW", "name": "朝陽", "status": "registered"}],
    )  # fmt: skip
    found = visit_state.mark_state(session, enterprise, ON)
    assert (found.home, found.abroad, found.expiring) == (2, 3, 1)
    assert found.unused == 2


def test_the_pool_fills_in_what_it_knows(session: Session, enterprise: str) -> None:
    journal.update(
        session, Enterprise,
        {enterprise: {"registered_address": "聚贤路 1 号", "contact": "陈三", "products": "机床"}},
    )  # fmt: skip
    mark(session, enterprise)
    found = visit_state.before(session, enterprise, shipped(), ON)
    assert found.prefilled["place"] == "聚贤路 1 号"
    assert found.prefilled["met"] == "陈三"
    assert found.prefilled["marks_home"] == "1"
    assert "marks_abroad" not in found.prefilled


def test_the_last_visits_answers_stand_beside_the_next_form(
    session: Session, enterprise: str
) -> None:
    visits.finish(session, draft(enterprise), ON)
    last = visit_state.last_visit(session, enterprise, shipped(), ON)
    assert last is not None
    assert last.visited_on == date(2026, 11, 20)
    assert last.values["needs"].shown == "续展变更、维权保护"
    assert last.values["needs"].typed == ("renew", "protect")
    assert "visitor_signature" not in last.values
    assert visit_state.last_visit(session, enterprise, shipped(), date(2026, 11, 19)) is None


def test_an_imported_visit_has_its_fields_to_show_and_no_more(
    session: Session, enterprise: str
) -> None:
    visits.record(
        session,
        {"enterprise_id": enterprise, "visited_on": ON, "satisfaction": "very", "marks_home": 7},
    )
    last = visit_state.last_visit(session, enterprise, shipped(), ON)
    assert last is not None
    assert last.values["satisfaction"].shown == "非常满意"
    assert last.values["marks_home"] == visit_state.LastValue("7", "7")


def test_a_draft_comes_back_as_it_was_and_a_damaged_one_is_refused(enterprise: str) -> None:
    one = draft(enterprise, promises=(Promised("回访"),), photos=(Taken("c" * 64, "a.jpg"),))
    assert visit_draft.loads(visit_draft.dumps(one)) == one
    for content in (b"", b"{}", visit_draft.dumps(one)[:-20], b'{"format": 2}'):
        with pytest.raises(UserError):
            visit_draft.loads(content)


def test_a_draft_keeps_its_form_when_a_newer_one_comes_into_use(
    session: Session, enterprise: str
) -> None:
    old = shipped()
    changed = replace(old, version="2027.1", questions=old.questions[:-2] + old.questions[-1:])
    visit_forms.keep(session, changed, date(2026, 11, 1))
    made = visits.finish(session, draft(enterprise), ON)
    form = records.get(session, VisitForm, str(records.get(session, Visit, made.id)["form_id"]))
    assert form["version"] == old.version
    assert visit_forms.in_use(session, ON) == changed


def test_a_draft_moved_to_a_newer_form_names_the_answers_that_have_no_place(
    enterprise: str,
) -> None:
    old = shipped()
    kept = tuple(q for q in old.questions if q.name != "met")
    moved, lost = visit_draft.moved_to(draft(enterprise), replace(old, questions=kept))
    assert lost == ["受访人"]
    assert moved.answers["place"] == ANSWERS["place"]


def test_the_same_version_with_other_questions_is_refused_but_a_visit_on_it_is_not(
    session: Session, enterprise: str
) -> None:
    other = replace(shipped(), title="另一张表")
    visit_forms.keep(session, other, date(2026, 1, 1))
    with pytest.raises(UserError, match="换一个版本号"):
        visit_forms.keep(session, shipped(), ON)
    made = visits.finish(session, draft(enterprise), ON)
    form = records.get(session, VisitForm, str(records.get(session, Visit, made.id)["form_id"]))
    assert str(form["version"]).startswith(f"{shipped().version}+")
    assert visit_forms.in_use(session, ON) == other


def test_a_gap_is_asked_once_while_it_is_open_and_again_when_it_comes_back(
    session: Session, enterprise: str
) -> None:
    asked = visit_items.ask(session, enterprise, [("g|1", "甲"), ("g|2", "乙")], "data_gap", ON)
    assert visit_items.ask(session, enterprise, [("g|1", "甲")], "data_gap", ON) == []
    assert visit_items.done(session, asked[:1], ON) == 1
    assert [row["what"] for row in visit_items.open_items(session, enterprise)] == ["乙"]
    assert visit_items.ask(session, enterprise, [("g|1", "甲")], "data_gap", ON) == asked[:1]
    own = visit_items.ask(session, enterprise, [("", "丙"), ("", "丙")], "manual", ON)
    assert len(set(own)) == 2
