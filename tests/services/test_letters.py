"""The four letters say what the pool knows, with the law of the day; nothing known, no letter."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import letter_out
from brandpool.models.enterprise import FormerName
from brandpool.models.journal import PoolFact
from brandpool.models.letter import LETTER_TYPES, Letter
from brandpool.models.mark_file import MarkLicence, UseEvidence
from brandpool.models.shortlist import ExportEntry
from brandpool.models.visit import Visit
from brandpool.services import letter_markets, letters, packs, records
from brandpool.services.letter_facts import Seen
from brandpool.services.letters import Composed, Sender
from tests.services.marks import ON, designation, mark, registration

SENDER = Sender("高新区商标品牌指导站", "王一", "0574-12345678")


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


def compose(
    session: Session, code: str, enterprise: str, on: date = ON, **more: object
) -> Composed:
    return letters.compose(session, code, enterprise, on, SENDER, **more)  # type: ignore[arg-type]


def visited(session: Session, enterprise: str, on: date, **more: object) -> str:
    values = {"enterprise_id": enterprise, "visited_on": on, **more}
    return journal.insert(session, Visit, [values])[0]


@pytest.mark.parametrize(
    "code", [choice.code for choice in LETTER_TYPES if choice.code != "register"]
)
def test_nothing_known_is_no_letter(session: Session, enterprise: str, code: str) -> None:
    with pytest.raises(UserError, match="不必出具"):
        compose(session, code, enterprise)


def test_the_reminder_names_renewals_non_use_and_old_names_with_their_articles(
    session: Session, enterprise: str
) -> None:
    journal.insert(session, FormerName, [{"enterprise_id": enterprise, "name": "宁波朝阳厂"}])
    mark(session, enterprise, "1", registered_on=date(2017, 3, 10), valid_until=date(2027, 3, 9),
         owner="宁波朝阳厂")  # fmt: skip
    used = mark(session, enterprise, "2")
    journal.insert(
        session, UseEvidence,
        [{"trademark_id": used, "what": "invoice", "used_on": ON - timedelta(30)}],
    )  # fmt: skip
    found = compose(session, "manage", enterprise).context
    [renewal] = found["renewals"]
    assert (renewal["due"], renewal["grace_to"]) == ("2027年3月9日", "2027年9月9日")
    assert "商标法2026第四十四条" in found["renewal_law"]
    assert "注册证" not in found["renewal_law"]
    assert [row["number"] for row in found["unused"]] == ["1（第9类）"]
    assert "第四十九条" in found["unused_law"]
    assert "曾用名" in found["owners"][0]["advice"]


def test_from_2027_on_the_reminder_cites_the_new_law(session: Session, enterprise: str) -> None:
    mark(session, enterprise)
    found = compose(session, "manage", enterprise, date(2027, 1, 1)).context
    assert found["unused_law"] == "商标法2026第五十七条"


def test_advice_on_registration_names_classes_lost_marks_and_unprotected_markets(
    session: Session, enterprise: str
) -> None:
    mark(session, enterprise, "1", is_main=True)
    mark(session, enterprise, "2", nice_class=35, name="晨曦")
    mark(session, enterprise, "3", name="旭日", valid_until=date(2020, 1, 1),
         registered_on=date(2010, 1, 2))  # fmt: skip
    ir = registration(session, enterprise)
    designation(session, ir, "EM", notified=date(2026, 6, 1))
    designation(session, ir, "JP")
    visited(session, enterprise, ON, export_countries="美国、德国、韩国、日本")
    found = compose(session, "register", enterprise).context
    assert found["classes"] == [{"mark": "朝阳", "held": "第9类", "lacking": "第35类"}]
    assert [row["mark"] for row in found["lost"]] == ["旭日"]
    assert {row["market"]: row["state"] for row in found["markets"]} == {
        "美国": "未见注册或指定", "德国": "审查中", "韩国": "未见注册或指定",
    }  # fmt: skip


def test_an_enterprise_without_marks_is_advised_to_register(
    session: Session, enterprise: str
) -> None:
    assert compose(session, "register", enterprise).context["none"] is True


@pytest.mark.parametrize(
    ("word", "code"),
    [("美国", "US"), ("韩国", "KR"), ("俄罗斯", "RU"), ("阿联酋", "AE"), ("欧盟", "EM"),
     ("香港", "HK"), ("刚果", ""), ("中东", ""), ("国", "")],
)  # fmt: skip
def test_markets_are_known_by_their_everyday_names_and_unsure_ones_are_not_guessed(
    word: str, code: str
) -> None:
    assert letter_markets.place_named(word) == code


def test_guidance_on_use_shows_years_without_evidence_and_unrecorded_licences(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise)
    journal.insert(
        session, UseEvidence,
        [{"trademark_id": one, "what": "invoice", "used_on": date(2025, 5, 1)}],
    )  # fmt: skip
    journal.insert(
        session, MarkLicence,
        [{"trademark_id": one, "licensee": "慈溪乙公司", "ends": ON},
         {"trademark_id": one, "licensee": "旧公司", "ends": ON - timedelta(1)}],
    )  # fmt: skip
    found = compose(session, "use", enterprise).context
    assert found["evidence"][0]["proved"] == "2025年"
    assert found["evidence"][0]["gaps"] == "2024年、2026年"
    assert [(row["licensee"], row["recorded"]) for row in found["licences"]] == [
        ("慈溪乙公司", "未备案")
    ]


@pytest.mark.parametrize(
    ("day", "article", "fine"),
    [
        (date(2026, 12, 31), "第十四条", "处10万元罚款"),
        (date(2027, 1, 1), "第六十四条", "处10万元以下罚款"),
    ],
)
def test_the_warning_cites_the_law_of_the_day_on_which_the_words_were_seen(
    session: Session, enterprise: str, day: date, article: str, fine: str
) -> None:
    visit = visited(session, enterprise, day, wording="pack", wording_note="外箱正面")
    made = compose(session, "protect", enterprise, date(2027, 2, 1))
    assert made.context["where"] == "商品或包装上有：外箱正面"
    assert article in made.context["ban"]["article"]
    assert made.context["ban"]["fine"] == fine
    assert made.visit == visit


def test_a_later_visit_that_finds_the_words_gone_ends_the_warning(
    session: Session, enterprise: str
) -> None:
    visited(session, enterprise, date(2026, 5, 1), wording="both")
    visited(session, enterprise, date(2026, 6, 1), wording="not_checked")
    assert compose(session, "protect", enterprise).context["seen"] is True
    visited(session, enterprise, date(2026, 7, 1), wording="none")
    with pytest.raises(UserError, match="没有发现"):
        compose(session, "protect", enterprise)
    told = compose(session, "protect", enterprise, seen=Seen(date(2026, 8, 1), "展会展板"))
    assert told.context["where"] == "展会展板"


def test_letters_are_numbered_by_type_and_year(session: Session, enterprise: str) -> None:
    mark(session, enterprise)
    for expected in ("站用〔2026〕1号", "站用〔2026〕2号"):
        made = compose(session, "use", enterprise)
        assert made.number == expected
        letters.register(session, made, who="王一")
    assert letters.next_number(session, "manage", ON) == "站管〔2026〕1号"
    assert letters.next_number(session, "use", date(2027, 1, 1)) == "站用〔2027〕1号"


def test_a_laptop_numbers_its_letters_apart_from_the_office_and_other_laptops(
    session: Session, enterprise: str
) -> None:
    mark(session, enterprise)
    letters.register(session, compose(session, "use", enterprise), who="王一")
    packs.become_copy(session, packs.Copy("WQ-1", "", "乙", None, personal=False, key=b""))
    own = packs.short_mark(session)
    for expected in (f"站用〔2026〕{own}-1号", f"站用〔2026〕{own}-2号"):
        made = compose(session, "use", enterprise)
        assert made.number == expected
        letters.register(session, made, who="乙")
    session.delete(session.get(PoolFact, "field_copy"))
    session.flush()
    assert compose(session, "use", enterprise).number == "站用〔2026〕2号", "the office goes on"


def test_an_unknown_type_is_refused_with_those_there_are(session: Session, enterprise: str) -> None:
    with pytest.raises(UserError, match="manage（商标管理提示书）"):
        compose(session, "praise", enterprise)


def text_of(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def test_an_issued_letter_is_a_word_file_kept_and_entered_twice(
    session: Session, enterprise: str, pool: Pool, tmp_path: Path
) -> None:
    mark(session, enterprise, is_main=True)
    mark(session, enterprise, "2", nice_class=35, name="晨曦")
    visited(session, enterprise, ON, wording="advert", export_countries="日本")
    files = Attachments(pool.path)
    for choice in LETTER_TYPES:
        made = compose(session, choice.code, enterprise)
        record = letter_out.issue(session, made, tmp_path, files, who="王一")
        row = records.get(session, Letter, record)
        path = tmp_path / str(row["file_name"])
        text = text_of(path)
        assert choice.zh in text
        assert made.number in text
        assert "宁波朝阳机械有限公司：" in text
        assert "{{" not in text
        assert "—" not in text.replace("——", "")
        assert files.read(str(row["content_hash"])) == path.read_bytes()
    assert records.count(session, ExportEntry) == len(LETTER_TYPES)


def test_a_registered_letter_can_be_made_again_word_for_word_after_the_facts_changed(
    session: Session, enterprise: str, pool: Pool, tmp_path: Path
) -> None:
    one = mark(session, enterprise)
    made = compose(session, "use", enterprise)
    record = letter_out.issue(
        session, made, tmp_path / "一.docx", Attachments(pool.path), who="王一"
    )
    journal.insert(
        session, UseEvidence,
        [{"trademark_id": one, "what": "invoice", "used_on": date(2026, 5, 1)}],
    )  # fmt: skip
    again = letters.again(session, record)
    assert letter_out.rendered(again) == (tmp_path / "一.docx").read_bytes()
    assert json.loads(str(records.get(session, Letter, record)["facts"]))["to"]


def test_nothing_is_entered_when_the_file_cannot_be_written(
    session: Session, enterprise: str, pool: Pool, tmp_path: Path
) -> None:
    mark(session, enterprise)
    made = compose(session, "use", enterprise)
    with pytest.raises(UserError):
        letter_out.issue(
            session, made, tmp_path / "missing" / "a.docx", Attachments(pool.path), who=""
        )
    assert records.count(session, Letter) == 0
    assert records.count(session, ExportEntry) == 0
