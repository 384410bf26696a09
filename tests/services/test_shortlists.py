"""Saved questions, their answers, handed-in lists and their comparison, on a real pool."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.list_out import Leaving, export_logged, export_table, table_of
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Choice, Field, Kind
from brandpool.models.honour import Honour
from brandpool.models.shortlist import ExportEntry, SavedQuestion, Shortlist
from brandpool.models.tier import TierMove
from brandpool.models.trademark import Trademark
from brandpool.services import answers, history, questions, records, schemes, shortlists
from brandpool.services.answers import Answer, AnswerRow
from brandpool.services.questions import Question
from brandpool.services.records import Filter, Op
from brandpool.services.shortlists import HandIn

LADDER = "cultivation_ladder"
TODAY = date(2026, 11, 22)


@pytest.fixture
def ids(pool: Pool) -> list[str]:
    """Three enterprises: one on 储备层, one on 成长层, one outside the ladder."""
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        made = journal.insert(
            session,
            Enterprise,
            [
                {
                    "name": "宁波朝阳机械有限公司",
                    "credit_code": "91330200144069541X",
                    "street": "梅墟",
                    "capital": Decimal(5_000_000),
                    "phone": "13805741234",
                },
                {"name": "宁波东海电器有限公司", "street": "新明", "status": "in_business"},
                {"name": "宁波北仑港口有限公司", "street": "梅墟"},
            ],
        )
        rows = [(made[0], "reserve", date(2024, 3, 1)), (made[1], "growing", date(2025, 6, 1))]
        journal.insert(
            session,
            TierMove,
            [
                {"enterprise_id": one, "ladder": LADDER, "tier": tier, "effective": day}
                for one, tier, day in rows
            ],
        )
    return made


def ask(pool: Pool, question: Question, on: date = TODAY, **more: Any) -> Answer:
    with pool.read() as session:
        return answers.answer(session, question, on, **more)


def column(answer: Answer, name: str) -> list[Any]:
    place = [one.name for one in answer.columns].index(name)
    return [row.values[place] for row in answer.rows]


def test_a_question_is_answered_in_its_order_with_its_columns(pool: Pool, ids: list[str]) -> None:
    wanted = Question(
        filters=(Filter("street", Op.EQUALS, "梅墟"),),
        order=("-name",),
        columns=("street", "name"),
    )
    found = ask(pool, wanted)
    assert [one.name for one in found.columns] == ["street", "name"]
    assert [row.title for row in found.rows] == ["宁波朝阳机械有限公司", "宁波北仑港口有限公司"]
    assert found.ids == (ids[0], ids[2])


def test_tiers_are_those_of_the_day_asked(pool: Pool, ids: list[str]) -> None:
    columns = ("name", "tier", "since")
    now = ask(pool, Question(columns=columns, ladder=LADDER, order=("name",)))
    assert dict(zip(now.ids, column(now, "tier"), strict=True)) == {
        ids[0]: "储备层",
        ids[1]: "成长层",
        ids[2]: None,
    }
    then = ask(pool, Question(columns=columns, ladder=LADDER), date(2025, 1, 1))
    assert dict(zip(then.ids, column(then, "since"), strict=True)) == {
        ids[0]: date(2024, 3, 1),
        ids[1]: None,
        ids[2]: None,
    }
    assert now.scheme == "cultivation@2026"


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        (("reserve",), [0]),
        (("reserve", "growing"), [0, 1]),
        (("*",), [0, 1]),
        (("",), [2]),
        (("*", ""), [0, 1, 2]),
        ((), [0, 1, 2]),
    ],
)
def test_a_tier_restriction_keeps_exactly_those_who_stand_there(
    pool: Pool, ids: list[str], tiers: tuple[str, ...], expected: list[int]
) -> None:
    found = ask(pool, Question(columns=("name",), ladder=LADDER, tiers=tiers))
    assert set(found.ids) == {ids[place] for place in expected}


def test_only_those_ready_are_recommended_with_target_and_grounds(
    pool: Pool, ids: list[str]
) -> None:
    with pool.write("商标", who="测试员") as session:
        mark = {"enterprise_id": ids[2], "reg_no": "123", "nice_class": 7, "name": "北仑"}
        journal.insert(session, Trademark, [{**mark, "status": "registered"}])
    found = ask(pool, questions.upgrade_list(LADDER))
    assert found.ids == (ids[2],)
    assert column(found, "target") == ["储备层"]
    assert column(found, "grounds") == ["有1件以上有效商标或在途申请"]
    assert column(found, "mark_no") == ["123"]
    written = ask(pool, questions.upgrade_list(LADDER), grounds={ids[2]: "走访核实"})
    assert column(written, "grounds") == ["走访核实"]


def test_the_gap_says_what_is_lacking_for_the_recommended_tier(pool: Pool, ids: list[str]) -> None:
    wanted = Question(columns=("target", "gap"), ladder=LADDER, only=(ids[0],))
    assert column(ask(pool, wanted), "target") == ["成长层"]
    higher = ask(pool, replace(wanted, target="backbone"))
    assert column(higher, "target") == ["重点层"]
    assert column(higher, "gap")[0]


def test_main_marks_are_named_and_else_an_only_one(pool: Pool, ids: list[str]) -> None:
    def mark(who: int, number: str, nice: int, **more: Any) -> dict[str, Any]:
        named = {"enterprise_id": ids[who], "reg_no": number, "nice_class": nice}
        return {**named, "name": f"商标{number}", "status": "registered", **more}

    with pool.write("商标", who="测试员") as session:
        journal.insert(
            session,
            Trademark,
            [
                mark(0, "100", 7, is_main=True),
                mark(0, "100", 35, is_main=True),
                mark(0, "200", 9),
                mark(1, "300", 11),
                mark(1, "400", 12, status="dead"),
                mark(2, "500", 1),
                mark(2, "600", 2),
            ],
        )
    found = ask(pool, Question(columns=("mark", "mark_no", "mark_class"), only=tuple(ids)))
    values = {row.id: row.values for row in found.rows}
    assert values[ids[0]] == ("商标100", "100", "7、35")
    assert values[ids[1]] == ("商标300", "300", "11")
    assert values[ids[2]] == (None, None, None)


def test_a_ladder_column_without_a_ladder_is_refused(pool: Pool, ids: list[str]) -> None:
    with pytest.raises(UserError, match="当前层级"):
        ask(pool, Question(columns=("tier",)))
    with pytest.raises(UserError, match="没有“nothing”"):
        ask(pool, Question(columns=("nothing",)))


def test_what_a_list_shows_is_what_leaves(pool: Pool, ids: list[str]) -> None:
    with pool.write("荣誉", who="测试员") as session:
        made = journal.insert(
            session,
            Honour,
            [{"enterprise_id": ids[0], "honour": "high_tech"}, {"enterprise_id": ids[1]}],
        )
    with pool.read() as session:
        seen = answers.listing(session, Honour, made[::-1], ("honour", "enterprise_id"), TODAY)
    assert seen.ids == tuple(made[::-1])
    assert column(seen, "enterprise_id") == ["宁波东海电器有限公司", "宁波朝阳机械有限公司"]


def test_a_foreign_amount_takes_its_currency_along(pool: Pool, ids: list[str]) -> None:
    wanted = Question(columns=("capital", "name"))
    assert [one.name for one in ask(pool, wanted).columns] == ["capital", "name"]
    with pool.write("币种", who="测试员") as session:
        records.edit(session, Enterprise, ids[0], {"capital_currency": "USD"})
    names = [one.name for one in ask(pool, wanted).columns]
    assert names == ["capital", "capital_currency", "name"]


def test_a_saved_question_comes_back_as_it_was(pool: Pool, ids: list[str]) -> None:
    question = Question(
        filters=(
            Filter("established", Op.AT_LEAST, date(2000, 1, 1)),
            Filter("capital", Op.AT_MOST, Decimal("1000000.5")),
            Filter("street", Op.ONE_OF, ("梅墟", None)),
            Filter("email", Op.EMPTY),
        ),
        order=("-established", "name"),
        columns=("name", "tier"),
        ladder=LADDER,
        tiers=("reserve", ""),
        ready=True,
        target="growing",
        only=(ids[0],),
    )
    with pool.write("保存查询", who="测试员") as session:
        record = questions.save_question(session, "梅墟老企业", question)
    with pool.read() as session:
        assert questions.get(session, record).question == question
        assert [row.name for row in questions.find(session)] == ["梅墟老企业"]


def test_a_question_name_is_taken_once_and_fields_must_exist(pool: Pool) -> None:
    with pool.write("保存", who="测试员") as session:
        first = questions.save_question(session, "升级名单", Question())
        with pytest.raises(UserError, match="已有名为"):
            questions.save_question(session, "升级名单 ", Question())
        with pytest.raises(UserError, match="没有“nothing”"):
            questions.save_question(
                session, "另一个", Question(filters=(Filter("nothing", Op.FILLED),))
            )
        again = questions.save_question(session, "升级名单", Question(order=("name",)), first)
    assert again == first
    with pool.read() as session:
        assert questions.get(session, first).question.order == ("name",)


def test_a_handed_in_list_stays_as_it_was_whatever_happens_later(
    pool: Pool, ids: list[str]
) -> None:
    wanted = Question(
        columns=("name", "credit_code", "status", "capital", "tier", "since", "phone"),
        ladder=LADDER,
    )
    answer = ask(pool, wanted)
    with pool.write("报送", who="王立") as session:
        how = HandIn(
            "2026年升级名单", "王立", "市知识产权局", "甬高新〔2026〕3号", None, "a.xlsx", "ff"
        )
        record = shortlists.hand_in(session, answer, how, TODAY)
    with pool.write("改动", who="测试员") as session:
        records.edit(session, Enterprise, ids[0], {"name": "宁波新名机械有限公司"})
        journal.insert(
            session,
            TierMove,
            [{"enterprise_id": ids[0], "ladder": LADDER, "tier": None, "effective": TODAY}],
        )
    with pool.read() as session:
        kept = shortlists.frozen(session, record)
        listed = shortlists.handed(session)
    assert [row.values for row in kept.rows] == [row.values for row in answer.rows]
    assert kept.ids == answer.ids
    assert kept.scheme == "cultivation@2026"
    assert [kept.columns[2].shown(row.values[2]) for row in kept.rows].count("在业") == 1
    assert (listed[0].handed_by, listed[0].row_count, listed[0].file_hash) == ("王立", 3, "ff")
    assert listed[0].document_no == "甬高新〔2026〕3号"


def test_handing_in_is_one_step_that_can_be_undone(pool: Pool, ids: list[str]) -> None:
    answer = ask(pool, Question(columns=("name",)))
    with pool.write("报送名单", who="王立") as session:
        record = shortlists.hand_in(session, answer, HandIn("名单", "王立"), TODAY)
    with pool.read() as session:
        step = history.steps(session, 1)[0]
    assert (step.why, step.records) == ("报送名单", 1)
    with pool.write("撤销", who="王立", source="undo", undoes=step.txn) as session:
        history.undo(session, step.txn)
    with pool.read() as session, pytest.raises(UserError, match="已被删除"):
        shortlists.frozen(session, record)


def test_an_empty_list_is_not_handed_in(pool: Pool) -> None:
    with pool.write("报送", who="王立") as session, pytest.raises(UserError, match="没有企业"):
        shortlists.hand_in(session, ask(pool, Question()), HandIn("名单", "王立"), TODAY)


def test_deleting_a_question_keeps_what_was_handed_in(pool: Pool, ids: list[str]) -> None:
    with pool.write("报送", who="王立") as session:
        question = questions.save_question(session, "问", Question(columns=("name",)))
        answer = answers.answer(session, Question(columns=("name",)), TODAY)
        record = shortlists.hand_in(
            session, answer, HandIn("名单", "王立", question_id=question), TODAY
        )
    with pool.write("删除", who="王立") as session:
        questions.remove(session, question)
    with pool.read() as session:
        assert len(shortlists.frozen(session, record).rows) == 3
        assert records.find(session, SavedQuestion) == []


def test_two_lists_say_who_came_who_left_and_what_changed(pool: Pool, ids: list[str]) -> None:
    columns = ("name", "street", "tier")
    old = ask(pool, Question(columns=columns, ladder=LADDER, only=(ids[0], ids[1])))
    with pool.write("改动", who="测试员") as session:
        records.edit(session, Enterprise, ids[1], {"street": "聚贤"})
    new = ask(pool, Question(columns=(*columns, "phone"), ladder=LADDER, only=(ids[1], ids[2])))
    found = shortlists.compare(old, new)
    assert [row.id for row in found.came] == [ids[2]]
    assert [row.id for row in found.left] == [ids[0]]
    assert [(c.id, c.column.name, c.old, c.new) for c in found.changed] == [
        (ids[1], "street", "新明", "聚贤")
    ]
    assert [one.name for one in found.only_new] == ["phone"]
    assert found.only_old == ()


_FIELDS = (Field("名称", "Name", name="name"), Field("数", "Number", Kind.NUMBER, name="number"))
_rows = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.text(max_size=3), st.integers()))


def _answer(rows: dict[str, tuple[str, int]]) -> Answer:
    lines = tuple(AnswerRow(key, values[0], values) for key, values in rows.items())
    return Answer("enterprise", TODAY, _FIELDS, lines)


@given(_rows, _rows)
def test_a_comparison_applied_to_the_old_list_gives_the_new_one(
    old: dict[str, tuple[str, int]], new: dict[str, tuple[str, int]]
) -> None:
    found = shortlists.compare(_answer(old), _answer(new))
    made = {key: list(values) for key, values in old.items()}
    for row in found.left:
        del made[row.id]
    for change in found.changed:
        place = [one.name for one in _FIELDS].index(change.column.name)
        assert made[change.id][place] == change.old
        made[change.id][place] = change.new
    made |= {row.id: list(row.values) for row in found.came}
    assert made == {key: list(values) for key, values in new.items()}


@given(_rows)
def test_freezing_and_thawing_is_the_same_list(rows: dict[str, tuple[str, int]]) -> None:
    fields = (_FIELDS[0], replace(_FIELDS[1], choices=(Choice("1", "一", "One"),), personal=True))
    answer = replace(_answer(rows), columns=fields)
    assert shortlists.loads(shortlists.dumps(answer)) == answer


def test_damaged_content_is_said_plainly() -> None:
    with pytest.raises(UserError, match="已损坏"):
        shortlists.loads('{"about": 1')


def test_an_export_with_people_needs_a_purpose_and_is_registered(
    pool: Pool, ids: list[str], tmp_path: Path
) -> None:
    table = table_of(ask(pool, Question(columns=("name", "phone"))), "联系名单")
    path = tmp_path / "联系名单.csv"
    with (
        pytest.raises(UserError, match="用途"),
        pool.write("导出", who="王立") as session,
    ):
        export_logged(session, path, table, Leaving("王立", TODAY, unmasked=True))
    assert not path.exists()
    with pool.write("导出", who="王立") as session:
        how = Leaving("王立", TODAY, unmasked=True, reason="走访预约")
        written = export_logged(session, path, table, how)
    assert "13805741234" in path.read_text("utf-8-sig")
    with pool.read() as session:
        entry = records.rows(session, ExportEntry, records.find(session, ExportEntry))[0]
    assert dict(entry.values) == {
        "file_name": "联系名单.csv",
        "exported": TODAY,
        "exported_by": "王立",
        "row_count": 3,
        "unmasked": True,
        "reason": "走访预约",
        "file_hash": written.sha256,
    }


def test_a_list_without_people_is_never_called_unmasked(
    pool: Pool, ids: list[str], tmp_path: Path
) -> None:
    table = table_of(ask(pool, Question(columns=("name",))), "名单")
    with pool.write("导出", who="王立") as session:
        how = Leaving("王立", TODAY, unmasked=True)
        assert not export_logged(session, tmp_path / "a.xlsx", table, how).unmasked
    with pytest.raises(UserError, match="结尾"):
        export_table(tmp_path / "a.docx", table)


def test_the_frozen_list_writes_the_same_file_again(
    pool: Pool, ids: list[str], tmp_path: Path
) -> None:
    answer = ask(pool, questions.pool_list(LADDER))
    first = export_table(tmp_path / "a.xlsx", table_of(answer, "在库名单"))
    with pool.write("报送", who="王立") as session:
        how = HandIn("在库名单", "王立", file_hash=first.sha256)
        record = shortlists.hand_in(session, answer, how, TODAY)
    with pool.read() as session:
        kept = shortlists.frozen(session, record)
        hashes = records.rows(session, Shortlist, [record])[0]["file_hash"]
    assert export_table(tmp_path / "b.xlsx", table_of(kept, "在库名单")).sha256 == hashes
