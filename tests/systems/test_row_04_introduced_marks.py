"""Row 4: 引进境外注册商标品牌. A number of its own, with proof; never one of the Madrid fifty."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.abroad import IntroducedMark
from brandpool.models.document import Document
from brandpool.services import introduced_marks, madrid_counts
from brandpool.services.madrid_counts import FiftyDefinition
from tests.systems.ledgers import FIRM, TODAY, add, all_of, dates, edit, export, firm, take


def _mark(pool: Pool, owner: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "name": "BELLARIA", "owner": "Bellaria S.p.A.", "party": "IT",
        "how": "assignment", "introduced_on": date(2026, 3, 2), **more,
    }  # fmt: skip
    return add(pool, IntroducedMark, values)


def test_it_is_never_one_of_the_madrid_fifty(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _mark(pool, owner)
    with pool.read() as session:
        fifty = madrid_counts.count_fifty(session, FiftyDefinition(), TODAY)
    assert fifty.value == 0
    assert "引进境外注册商标" in fifty.text


def test_without_a_proof_on_file_it_is_to_be_checked_and_not_counted(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    mark = _mark(pool, owner, proof="转让协议")
    with pool.read() as session:
        before = introduced_marks.introduced(session, TODAY)
    assert (before.total, before.unknown) == (0, (("introduced_mark", mark),))
    paper = add(pool, Document, {"enterprise_id": owner, "title": "转让证明"})
    edit(pool, IntroducedMark, mark, document_id=paper)
    with pool.read() as session:
        after = introduced_marks.introduced(session, TODAY)
        before_it = introduced_marks.introduced(session, date(2026, 3, 1))
    assert (after.total, after.rows, after.unknown) == (1, (("introduced_mark", mark),), ())
    assert before_it.total == 0
    assert "不计入马德里" in after.definition


def test_an_offices_list_becomes_records_and_leaves_again(pool: Pool, tmp_path: Path) -> None:
    owner = firm(pool, FIRM)
    add(pool, Document, {"enterprise_id": owner, "title": "许可合同扫描件"})
    plan = take(
        pool, tmp_path / "引进.xlsx", IntroducedMark,
        ["附件3：引进境外商标品牌情况表"],
        ["序号", "引进企业", "品牌名称", "原权利人", "来源国", "引进方式", "引进时间", "授权届满日",
         "证明文件"],
        [1, FIRM, "BELLARIA", "Bellaria S.p.A.", "意大利", "许可", "2026.3.2", "2027年2月1日",
         "许可合同扫描件"],
        ["填表人：张三"],
    )  # fmt: skip
    assert plan.counts()["new"] == 1
    [row] = all_of(pool, IntroducedMark)
    assert (row["name"], row["party"], row["how"]) == ("BELLARIA", "IT", "licence")
    with pool.read() as session:
        assert introduced_marks.introduced(session, TODAY).total == 1
    assert [entry.rule for entry in dates(pool, within=90)] == ["introduced.ends"]
    [line] = export(pool, tmp_path / "out.xlsx", IntroducedMark, ["name", "party", "how"])
    assert (line["境外商标名称"], line["来源国家/地区"], line["引进方式"]) == (
        "BELLARIA", "意大利", "许可使用"
    )  # fmt: skip
