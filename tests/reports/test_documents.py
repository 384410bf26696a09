"""What stands in the documents: real records of a sample pool, read back from the Word files."""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from brandpool import i18n
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.list_out import Leaving
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.field import Field, Kind
from brandpool.models.shortlist import ExportEntry, Shortlist
from brandpool.models.tier import PublicNotice, TierMove
from brandpool.reports.documents import catalogue, content, leaving
from brandpool.reports.documents.catalogue import Order, World
from brandpool.reports.documents.content import Draft, Office
from brandpool.reports.documents.period import period_of
from brandpool.services import docket, notices, records, reference_data, schemes, shortlists
from brandpool.services.docket import Asked

DAY = date(2026, 11, 22)


def texts(draft: Draft) -> list[str]:
    """Every paragraph of the finished file, those in tables too."""
    made = docx.Document(io.BytesIO(leaving.docx_of(draft)))
    found = [paragraph.text for paragraph in made.paragraphs]
    for table in made.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return found


def tables(draft: Draft) -> list[list[list[str]]]:
    made = docx.Document(io.BytesIO(leaving.docx_of(draft)))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]


def make(pool: Pool, world: World, order: Order) -> list[Draft]:
    with pool.read() as session:
        return catalogue.drafts(session, order, world)


def test_the_public_notice_names_no_person_and_says_how_long_it_is_open(
    sampled: Pool, world: World
) -> None:
    with sampled.read() as session:
        notice = records.rows(session, PublicNotice, records.find(session, PublicNotice))[-1]
        proposed = notices.proposals(notice)
        ends = notices.explained(session, notice.id, world.ref).day("end")
        firms = records.rows(session, Enterprise, [one.enterprise for one in proposed])
        people = {
            str(row[name])
            for row in firms
            for name in ("contact", "contact_phone", "legal_person")
            if name in row.values and row[name]
        }
    [draft] = make(sampled, world, Order("notice", (notice.id,)))
    said = texts(draft)
    whole = "\n".join(said)
    assert all(str(row["name"]) in said and str(row["credit_code"]) in said for row in firms)
    assert not [one for one in people if one in whole]
    assert f"{ends.year}年{ends.month}月{ends.day}日（{notice['working_days']}个工作日）" in whole
    assert "以个人名义反映的应署实名" in whole
    assert draft.records == len(proposed)
    assert not draft.people


def test_a_provisional_end_is_called_so(sampled: Pool, world: World) -> None:
    with sampled.write("公示", who="王敏") as session:
        one = records.find(session, Enterprise)[0]
        ladder = schemes.ladders(session, DAY)[0][0]
        tier = schemes.for_ladder(session, ladder, DAY).ladder(ladder)
        assert tier is not None
        far = notices.publish(
            session,
            notices.NoticeOrder(
                "远期公示",
                ladder,
                date(2031, 3, 3),
                (notices.Proposal(one, tier.tiers[0].code),),
                5,
            ),
        )
    [draft] = make(sampled, world, Order("notice", (far,)))
    assert any("截止日为暂定" in text for text in texts(draft))


def test_the_shortlist_for_approval_shows_the_list_as_it_was_handed_in(
    sampled: Pool, world: World
) -> None:
    with sampled.read() as session:
        kept = records.rows(session, Shortlist, records.find(session, Shortlist))[0]
        answer = shortlists.frozen(session, kept.id)
    [draft] = make(sampled, world, Order("approval", (kept.id,)))
    annex = tables(draft)[-1]
    assert annex[0] == ["序号", *(column.zh for column in answer.columns)]
    assert [row[1] for row in annex[1:]] == [row.title for row in answer.rows]
    totals = tables(draft)[0]
    assert totals[-1] == ["合计", f"{len(answer.rows)}家"]
    assert sum(int(row[1].removesuffix("家")) for row in totals[1:-1]) == len(answer.rows)
    assert draft.title == f"关于{kept['name']}的呈批件"


def test_the_admission_list_holds_every_entry_rise_and_exit_of_the_time(
    sampled: Pool, world: World
) -> None:
    start = DAY - timedelta(days=180)
    with sampled.read() as session:
        ladder = schemes.ladders(session, DAY)[0][0]
        ids = records.find(session, TierMove)
        moved = [
            row
            for row in records.rows(session, TierMove, ids)
            if row["ladder"] == ladder and start <= row["effective"] <= DAY  # type: ignore[operator]
        ]
        left = [row for row in moved if row["tier"] is None]
        names = records.titles(session, Enterprise, {str(row["enterprise_id"]) for row in left})
    [draft] = make(sampled, world, Order("admission", ladder=ladder, start=start, end=DAY))
    found = tables(draft)
    admitted = [row for table in found for row in table[1:] if "办理" in table[0]]
    assert {row[7] for row in admitted} <= {"入库", "升级", "重新入库"}
    gone = [row[1] for table in found for row in table[1:] if "原层级" in table[0]]
    assert sorted(gone) == sorted(names[str(row["enterprise_id"])] for row in left)
    assert draft.records == len(admitted) + len(gone)


def test_a_time_without_moves_makes_no_admission_list(sampled: Pool, world: World) -> None:
    with sampled.read() as session:
        ladder = schemes.ladders(session, DAY)[0][0]
    order = Order("admission", ladder=ladder, start=date(1999, 1, 1), end=date(1999, 12, 31))
    with pytest.raises(UserError, match="没有入库、升级或退出"):
        make(sampled, world, order)


def test_the_dossier_holds_every_record_of_the_enterprise_with_people_masked(
    sampled: Pool, world: World
) -> None:
    with sampled.read() as session:
        people = records.rows(session, Contact, records.find(session, Contact))
        person = next(row for row in people if len(str(row["name"] or "")) > 1)
        firm = str(person["enterprise_id"])
        held = records.references(session, Enterprise, [firm])
    [draft] = make(sampled, world, Order("dossier", (firm,)))
    said = texts(draft)
    assert str(person["name"]) not in said
    for model, number in held.items():
        if model.kind() not in ("tier_move", "former_name", "yearly_figure"):
            assert any(f"{model.zh}（{number}条）" in text for text in said), model.zh
    [named] = make(sampled, world, Order("dossier", (firm,), unmasked=True))
    assert str(person["name"]) in texts(named)
    assert draft.people


def test_a_certificate_has_every_step_of_its_chain(sampled: Pool, world: World) -> None:
    with sampled.read() as session:
        entry = docket.find(session, Asked(DAY), world.ref)[0]
        told = docket.explained(session, entry.key, DAY, world.ref)
    [draft] = make(sampled, world, Order("certificate", (entry.key,)))
    [steps] = tables(draft)
    assert len(steps) == len(told.chain) + 1
    assert [row[2] for row in steps[1:]] == [step.article or "—" for step in told.chain]


@pytest.mark.parametrize("kind", ["notice", "dossier", "certificate"])
def test_a_document_about_nothing_is_refused(sampled: Pool, world: World, kind: str) -> None:
    with pytest.raises(UserError, match="请选择"):
        make(sampled, world, Order(kind))


def test_an_unknown_kind_names_those_there_are(sampled: Pool, world: World) -> None:
    with pytest.raises(UserError, match="report"):
        make(sampled, world, Order("公文"))


def all_orders(pool: Pool) -> Sequence[Order]:
    with pool.read() as session:
        notice = records.find(session, PublicNotice)[-1]
        firm = records.find(session, Enterprise)[3]
    return (
        Order("report", period=period_of("month", DAY)),
        Order("approval"),
        Order("notice", (notice,)),
        Order("admission", start=DAY - timedelta(days=365), end=DAY),
        Order("dossier", (firm,)),
    )


@pytest.fixture(scope="module")
def made(sample_file: Path) -> dict[str, Draft]:
    """One document of each kind."""
    pool = Pool.open(sample_file, read_only=True)
    with pool.read() as session:
        world = World(
            Office("宁波高新区商标品牌指导站"), DAY, reference_data.reference(session, DAY)
        )
    found = {order.kind: make(pool, world, order)[0] for order in all_orders(pool)}
    pool.close()
    return found


def test_the_same_data_gives_the_same_bytes_in_either_language_of_the_window(
    made: dict[str, Draft], sample_file: Path
) -> None:
    pool = Pool.open(sample_file, read_only=True)
    i18n.use("en")
    try:
        with pool.read() as session:
            ref = reference_data.reference(session, DAY)
        world = World(Office("宁波高新区商标品牌指导站"), DAY, ref)
        for order in all_orders(pool):
            again = make(pool, world, order)[0]
            assert leaving.docx_of(again) == leaving.docx_of(made[order.kind]), order.kind
    finally:
        i18n.use("zh")
        pool.close()


def test_no_document_leaves_a_mark_an_iso_date_or_none_in_its_text(
    made: dict[str, Draft],
) -> None:
    for kind, draft in made.items():
        for text in texts(draft):
            assert "{{" not in text
            assert "{%" not in text
            assert not re.search(r"\bNone\b|\bTrue\b|\bnan\b", text), text
            if kind != "report":
                assert not re.search(r"\d{4}-\d{2}-\d{2}", text), text


def test_files_that_leave_are_registered_and_people_need_a_purpose(
    made: dict[str, Draft], sampled: Pool, tmp_path: Path
) -> None:
    report, dossier = made["report"], made["dossier"]
    how = Leaving("王敏", DAY)
    with sampled.write("生成文书", who="王敏") as session:
        written = leaving.write_docx(session, report, tmp_path / "月报.docx", how)
    assert [one.path.name for one in written] == ["月报.docx", "月报_数据.xlsx"]
    unmasked = replace(how, unmasked=True)
    with (
        pytest.raises(UserError, match="用途"),
        sampled.write("生成文书", who="王敏") as session,
    ):
        leaving.write_docx(session, dossier, tmp_path / "档.docx", unmasked)
    assert not (tmp_path / "档.docx").exists()
    with sampled.write("生成文书", who="王敏") as session:
        how = replace(unmasked, reason="走访用")
        leaving.write_docx(session, dossier, tmp_path / "档.docx", how)
        found = records.rows(session, ExportEntry, records.find(session, ExportEntry))
    by_name = {str(row["file_name"]): row for row in found}
    assert by_name["月报.docx"]["unmasked"] is False
    assert by_name["档.docx"]["reason"] == "走访用"
    for name in ("月报.docx", "月报_数据.xlsx", "档.docx"):
        digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert by_name[name]["file_hash"] == digest


@pytest.mark.parametrize(
    ("declared", "value", "text"),
    [
        (Field("金额", "Amount", Kind.MONEY, unit="元"), Decimal(2_500_000), "250万元"),
        (Field("年度", "Year", Kind.YEAR), 2026, "2026"),
        (Field("人数", "People", Kind.NUMBER, unit="人"), 1200, "1,200人"),
        (Field("日期", "Day", Kind.DATE), date(2026, 3, 1), "2026年3月1日"),
        (Field("联系人", "Contact", Kind.PERSON, personal=True), "王小敏", "王*敏"),
        (Field("备注", "Remark", Kind.NOTE), None, "—"),
        (Field("规上", "Above scale", Kind.FLAG), False, "否"),
    ],
)
def test_a_cell_is_written_as_documents_have_it(declared: Field, value: object, text: str) -> None:
    assert content.text_of(declared, value) == text  # type: ignore[arg-type]
