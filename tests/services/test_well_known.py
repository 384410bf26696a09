"""A preparation file says what it lacks, year by year, and when it is too early or refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.credit import CreditListing
from brandpool.models.trademark import Trademark
from brandpool.models.visit import Visit
from brandpool.models.well_known import EvidenceFigure, EvidenceItem, WellKnownCase, WellKnownFile
from brandpool.services import visit_items, well_known
from brandpool.services.well_known import Assessment
from tests.services.well_known_rooms import NAME, ON, YEARS, complete, document, item


def judged(pool: Pool, file: str, on: date = ON) -> Assessment:
    with pool.read() as session:
        return well_known.assess(session, file, on)


def write(pool: Pool, model, changes) -> None:
    with pool.write("修改", who="测试员") as session:
        journal.update(session, model, changes)


def records_of(pool: Pool, model, file: str, **where) -> list[str]:
    table = model.__table__
    query = select(table.c.id).where(table.c.file_id == file)
    for name, value in where.items():
        query = query.where(table.c[name] == value)
    with pool.read() as session:
        return list(session.scalars(query))


def drop(pool: Pool, model, file: str, **where) -> None:
    with pool.write("删除", who="测试员") as session:
        journal.delete(session, model, records_of(pool, model, file, **where))


def test_a_complete_file_can_be_supported(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    found = judged(pool, file)
    assert found.verdict == "supportable", [gap.what for gap in found.gaps]
    assert (found.gaps, found.refusals, found.label) == ((), (), "可支持")
    assert found.years == YEARS
    assert {c.state for c in found.cells if c.asked} == {"full"}
    assert len([c for c in found.cells if c.asked]) == 5 + 3 + 15


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("measure", ["revenue", "market_share", "net_profit", "tax"])
def test_each_figure_of_each_year_is_missed_by_name(pool: Pool, year: int, measure: str) -> None:
    _enterprise, file = complete(pool)
    drop(pool, EvidenceFigure, file, year=year, measure=measure)
    found = judged(pool, file)
    assert found.verdict == "gaps"
    [gap] = found.gaps
    assert gap.key == f"well_known:{file}:{measure}:{year}"
    assert f"{year}年" in gap.what


def test_each_factor_of_the_law_has_a_line(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    found = judged(pool, file)
    lines = {cell.line.factor for cell in found.cells}
    assert {factor.code for factor in found.words.factors} <= lines
    numbers = [factor.number for factor in found.words.factors]
    assert numbers == ["（一）", "（二）", "（三）", "（四）", "（五）"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dated": None}, "没有日期"),
        ({"document_id": None}, "没有附件"),
        ({"issuer": None}, "出具单位不明"),
        ({"dated": ON + timedelta(days=1)}, "日期晚于今天"),
        ({"medium": None}, "没有写明媒体种类"),
        ({"region": None}, "没有写明地域"),
    ],
)
def test_a_paper_with_a_fault_fills_its_cell_only_in_part(pool: Pool, change, reason) -> None:
    _enterprise, file = complete(pool)
    [paper] = records_of(pool, EvidenceItem, file, factor="advertising", year=2024)
    write(pool, EvidenceItem, {paper: change})
    cell = judged(pool, file).cell("advertising", 2024)
    assert cell.state == "partial"
    assert any(reason in told for told in cell.reasons)
    assert cell.items == (paper,)


def test_fame_shown_after_the_anchor_does_not_count_but_an_audit_of_its_years_does(
    pool: Pool,
) -> None:
    anchor = date(2026, 2, 1)
    _enterprise, file = complete(pool, file={"planned_anchor": anchor})
    [survey] = records_of(pool, EvidenceItem, file, factor="awareness")
    write(pool, EvidenceItem, {survey: {"dated": date(2026, 3, 1)}})
    found = judged(pool, file)
    assert found.cell("awareness", None).state == "partial"
    assert found.cell("revenue", 2025).state == "full"


def test_the_years_are_the_last_three_full_ones_before_the_anchor(pool: Pool) -> None:
    _enterprise, file = complete(pool, file={"planned_anchor": date(2024, 1, 1)})
    assert judged(pool, file).years == (2021, 2022, 2023)


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ({"unit": None}, "没有单位"),
        ({"unit": "percent"}, "单位“%”不适用"),
        ({"source": None}, "没有来源"),
        ({"evidence_id": None}, "没有证明材料"),
    ],
)
def test_a_figure_needs_its_unit_its_source_and_a_dated_paper(pool: Pool, figure, reason) -> None:
    _enterprise, file = complete(pool)
    [record] = records_of(pool, EvidenceFigure, file, measure="revenue", year=2025)
    write(pool, EvidenceFigure, {record: figure})
    cell = judged(pool, file).cell("revenue", 2025)
    assert (cell.state, cell.reasons) == ("partial", (reason,))


def test_amounts_that_differ_a_thousandfold_or_exceed_revenue_ask_for_their_unit(
    pool: Pool,
) -> None:
    _enterprise, file = complete(pool)
    [record] = records_of(pool, EvidenceFigure, file, measure="revenue", year=2025)
    write(pool, EvidenceFigure, {record: {"unit": "yuan"}})
    check = next(c for c in judged(pool, file).checks if c.code == "units")
    assert check.ok is False
    assert "各年销售收入相差 1000 倍以上" in check.told
    assert "2025年净利润大于销售收入" in check.told


def test_nine_times_is_no_mistake_of_units(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    [record] = records_of(pool, EvidenceFigure, file, measure="revenue", year=2025)
    write(pool, EvidenceFigure, {record: {"value": Decimal(72000)}})
    assert judged(pool, file).verdict == "supportable"


def test_an_owner_under_a_former_name_is_a_gap_that_says_so(pool: Pool) -> None:
    _enterprise, file = complete(pool, mark={"owner": "宁波旧名机械厂"})
    found = judged(pool, file)
    assert found.verdict == "gaps"
    assert "宁波旧名机械厂" in found.gaps[0].what


def test_a_mark_that_had_run_out_at_the_anchor_is_a_gap(pool: Pool) -> None:
    _enterprise, file = complete(
        pool, mark={"registered_on": date(2005, 1, 1), "valid_until": date(2014, 12, 31)}
    )
    check = next(c for c in judged(pool, file).checks if c.code == "valid")
    assert check.ok is False


def test_papers_used_for_another_mark_are_named(pool: Pool) -> None:
    enterprise, file = complete(pool)
    with pool.write("另一件", who="测试员") as session:
        other = journal.insert(
            session, WellKnownFile, [{"enterprise_id": enterprise, "mark": "晨曦"}]
        )[0]
        shared = document(session, Attachments(pool.path), enterprise, "awareness证明")
        journal.insert(
            session, EvidenceItem,
            [{"file_id": other, "factor": "awareness", "title": "同一份", "document_id": shared}],
        )  # fmt: skip
    check = next(c for c in judged(pool, file).checks if c.code == "reused")
    assert (check.ok, check.told) == (False, "《awareness证明》也用于“晨曦”")


def test_originals_that_nobody_saw_are_named(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    [paper] = records_of(pool, EvidenceItem, file, factor="statement")
    write(pool, EvidenceItem, {paper: {"seen_by": None}})
    found = judged(pool, file)
    assert found.gaps[0].what == "证据原件已核对：未核对：statement证明"


def test_a_listed_enterprise_is_refused_on_that_day_and_not_after_removal(pool: Pool) -> None:
    enterprise, file = complete(pool)
    listing = {"enterprise_id": enterprise, "list_type": "serious",
               "listed_on": date(2026, 3, 1), "removed_on": date(2026, 11, 30)}  # fmt: skip
    with pool.write("列入", who="测试员") as session:
        journal.insert(session, CreditListing, [listing])
    assert judged(pool, file).verdict == "refused"
    assert "2026-03-01" in judged(pool, file).refusals[0]
    assert judged(pool, file, date(2026, 11, 30)).verdict == "supportable"


@pytest.mark.parametrize("wording", ["pack", "advert", "both"])
def test_the_words_on_goods_refuse_support_until_a_visit_finds_none(
    pool: Pool, wording: str
) -> None:
    enterprise, file = complete(pool)
    with pool.write("走访", who="测试员") as session:
        journal.insert(session, Visit, [
            {"enterprise_id": enterprise, "visited_on": date(2026, 11, 1), "wording": wording},
            {"enterprise_id": enterprise, "visited_on": date(2026, 11, 9),
             "wording": "not_checked"},
        ])  # fmt: skip
    assert judged(pool, file).verdict == "refused"
    with pool.write("复查", who="测试员") as session:
        journal.insert(session, Visit, [
            {"enterprise_id": enterprise, "visited_on": date(2026, 11, 20), "wording": "none"},
        ])  # fmt: skip
    assert judged(pool, file).verdict == "supportable"
    assert judged(pool, file, date(2026, 11, 19)).verdict == "refused"


def test_an_unregistered_mark_needs_five_years_of_use_with_early_proof(pool: Pool) -> None:
    enterprise, file = complete(pool, file={"trademark_id": None})
    found = judged(pool, file)
    assert found.duration.by_use
    assert found.cell("use", None).state == "partial"
    assert {c.code for c in found.checks}.isdisjoint({"owner", "valid"})
    with pool.write("证据", who="测试员") as session:
        item(session, Attachments(pool.path), enterprise, file, "use",
             title="首次销售合同", dated=date(2019, 5, 3))  # fmt: skip
    assert judged(pool, file).verdict == "supportable"


def test_without_registration_and_first_use_the_gap_is_named_and_no_day_promised(
    pool: Pool,
) -> None:
    _enterprise, file = complete(pool, file={"trademark_id": None, "first_used": None})
    found = judged(pool, file)
    assert (found.verdict, found.earliest) == ("gaps", None)
    assert "注册日和首次使用日都没有登记" in found.gaps[0].what


def test_a_mark_too_young_waits_for_its_earliest_day(pool: Pool) -> None:
    _enterprise, file = complete(
        pool,
        mark={"registered_on": date(2024, 2, 29), "valid_until": date(2034, 2, 27)},
        file={"first_used": date(2023, 5, 1)},
    )
    found = judged(pool, file)
    assert (found.verdict, found.earliest) == ("not_yet", date(2027, 2, 28))
    assert found.label == "未到期（最早 2027-02-28）"


def test_an_opposition_without_the_other_marks_filing_day_has_a_gap(pool: Pool) -> None:
    _enterprise, file = complete(pool, file={"route": "opposition", "planned_anchor": None})
    found = judged(pool, file)
    assert found.gaps[0].what == "对方商标申请日（基准日）没有填写"
    assert found.anchored["label"] == "被异议商标申请日"


def test_a_case_that_protected_the_mark_fills_the_record_of_protection(pool: Pool) -> None:
    enterprise, file = complete(pool)
    assert judged(pool, file).cell("protection", None).state == "optional"
    row = {"enterprise_id": enterprise, "mark": "朝阳", "route": "court", "outcome": "protected",
           "decided_on": date(2025, 8, 1)}  # fmt: skip
    refused = row | {"outcome": "not_protected", "case_no": "2"}
    with pool.write("个案", who="测试员") as session:
        case, _other = journal.insert(session, WellKnownCase, [row, refused])
    assert judged(pool, file).cell("protection", None).cases == (case,)


def test_the_verdict_is_kept_with_its_day(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    with pool.write("评估", who="测试员") as session:
        well_known.record(session, [file], ON)
    with pool.read() as session:
        row = journal.snapshot(session, WellKnownFile, [file])[file]
    assert (row["readiness"], row["assessed_on"]) == ("supportable", ON)


def test_gap_visit_document_the_cell_is_full_only_with_a_dated_file(pool: Pool) -> None:
    enterprise, file = complete(pool)
    drop(pool, EvidenceItem, file, factor="advertising", year=2024)
    with pool.write("列入清单", who="测试员") as session:
        [asked] = well_known.ask_on_next_visit(session, file, ON)
        assert well_known.ask_on_next_visit(session, file, ON) == []
        [row] = visit_items.open_items(session, enterprise)
        assert (row.id, row["origin"]) == (asked, "evidence_gap")
        assert row["what"] == "朝阳：2024年广告宣传：没有证据"
    with pool.write("走访", who="测试员") as session:
        journal.insert(session, Visit, [
            {"enterprise_id": enterprise, "visited_on": date(2026, 11, 25), "wording": "none"}
        ])  # fmt: skip
        paper = item(session, Attachments(pool.path), enterprise, file, "advertising", year=2024,
                     dated=None, medium="展会", region="上海", title="展会照片")  # fmt: skip
    later = date(2026, 11, 25)
    assert judged(pool, file, later).cell("advertising", 2024).state == "partial"
    with pool.write("再列", who="测试员") as session:
        well_known.ask_on_next_visit(session, file, later)
        assert [row.id for row in visit_items.open_items(session, enterprise)] == [asked]
    write(pool, EvidenceItem, {paper: {"dated": date(2024, 9, 1)}})
    assert judged(pool, file, later).verdict == "supportable"
    with pool.write("办结", who="测试员") as session:
        assert well_known.ask_on_next_visit(session, file, later) == []
        assert visit_items.open_items(session, enterprise) == []


def test_a_file_that_is_gone_or_of_nobody_is_told(pool: Pool) -> None:
    with pool.write("无主", who="测试员") as session:
        file = journal.insert(session, WellKnownFile, [{"mark": "无主"}])[0]
        with pytest.raises(UserError, match="没有所属企业"):
            well_known.ask_on_next_visit(session, file, ON)
        with pytest.raises(UserError, match="已被删除"):
            well_known.assess(session, "0" * 32, ON)


def test_the_name_of_the_mark_alone_is_no_registration(pool: Pool) -> None:
    _enterprise, file = complete(pool, name=NAME)
    with pool.read() as session:
        trademark = session.scalar(select(Trademark.id))
    write(pool, Trademark, {trademark: {"registered_on": None}})
    assert judged(pool, file).duration.by_use
