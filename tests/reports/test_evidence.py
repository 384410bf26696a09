"""The dossier lists every paper with its pages, and says the same each time but for the date."""

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import word
from brandpool.exchange.evidence_volume import volume
from brandpool.models.document import Document
from brandpool.models.well_known import EvidenceItem
from brandpool.reports.documents import evidence
from brandpool.reports.documents.content import Office
from brandpool.reports.documents.evidence import Dossier
from tests.services.well_known_rooms import ON, complete, item, pdf

BY = Office(station="示例品牌指导服务站", clerk="王敏")


def made(pool: Pool, file: str, day: date = ON) -> Dossier:
    with pool.read() as session:
        return evidence.dossier(session, file, Attachments(pool.path), BY, day)


def body(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())


def test_every_paper_is_numbered_with_the_pages_it_has_in_the_volume(pool: Pool) -> None:
    enterprise, file = complete(pool)
    with pool.write("长合同", who="测试员") as session:
        files = Attachments(pool.path)
        long = item(session, files, enterprise, file, "advertising", title="三年合同",
                    year=2023, dated=date(2023, 1, 1), medium="电视", region="全国")  # fmt: skip
        paper = journal.insert(session, Document, [
            {"enterprise_id": enterprise, "title": "合同", "content_hash": files.put(pdf("长", 4))}
        ])[0]  # fmt: skip
        journal.update(session, EvidenceItem, {long: {"document_id": paper}})
    found = made(pool, file)
    assert [entry.number for entry in found.entries] == list(range(1, len(found.entries) + 1))
    numbers = [
        page.extract_text().strip() for page in PdfReader(io.BytesIO(volume(found.papers))).pages
    ]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    spans = [(entry.first, entry.last) for entry in found.entries]
    flat = [n for first, last in spans for n in range(first, last + 1)]
    assert flat == list(range(1, len(numbers) + 1))
    [entry] = [one for one in found.entries if one.item.title == "三年合同"]
    assert entry.where == f"{entry.first}–{entry.first + 3}"


def test_the_word_file_and_the_volume_are_the_same_again(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    template = word.template(evidence.TEMPLATE)
    first, again = made(pool, file), made(pool, file)
    assert word.filled(template, first.draft.context) == word.filled(template, again.draft.context)
    assert volume(first.papers) == volume(again.papers)


def test_another_day_changes_nothing_but_the_date(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    template = word.template(evidence.TEMPLATE)
    today = body(word.filled(template, made(pool, file).draft.context))
    later = made(pool, file, ON + timedelta(days=1))
    text = body(word.filled(template, later.draft.context))
    assert text != today
    assert text.replace("2026年11月23日", "2026年11月22日") == today
    assert volume(later.papers) == volume(made(pool, file).papers)


def test_the_catalogue_says_factor_issuer_date_and_whether_the_original_was_seen(
    pool: Pool,
) -> None:
    _enterprise, file = complete(pool)
    text = body(word.filled(word.template(evidence.TEMPLATE), made(pool, file).draft.context))
    expected = (
        "“朝阳”商标驰名保护证据目录", "广告宣传（三）", "经营数据（五）", "2024年5月6日",
        "示例单位", "已核对", "个案认定", "8,000万元（证据", "浙江、江苏、上海",
    )  # fmt: skip
    for told in expected:
        assert told in text
    assert "尚缺材料" not in text


def test_what_is_missing_is_listed_and_a_paper_without_file_keeps_its_line(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    with pool.write("缺", who="测试员") as session:
        paper = next(
            one.item.id for one in made(pool, file).entries if one.item.factor == "statement"
        )
        journal.update(session, EvidenceItem, {paper: {"document_id": None, "pages": 2}})
    found = made(pool, file)
    [line] = [row for row in found.draft.context["catalogue"].rows if row[1] == "statement证明"]
    assert line[6:8] == ("2", "缺附件")
    text = body(word.filled(word.template(evidence.TEMPLATE), found.draft.context))
    assert "四、尚缺材料（缺项）" in text
    assert "没有附件" in text


def test_a_paper_used_twice_stands_in_the_volume_once(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    before = made(pool, file)
    with pool.write("同一份", who="测试员") as session:
        report = next(one.item for one in before.entries if one.item.title == "2024年审计报告")
        journal.insert(session, EvidenceItem, [
            {"file_id": file, "factor": "awareness", "title": "审计报告摘页",
             "document_id": report.document_id, "dated": date(2025, 3, 1)}
        ])  # fmt: skip
    after = made(pool, file)
    assert len(after.papers) == len(before.papers)
    spans = {one.item.title: (one.first, one.last) for one in after.entries}
    assert spans["审计报告摘页"] == spans["2024年审计报告"]


def test_an_attachment_that_is_gone_is_told_before_anything_is_written(pool: Pool) -> None:
    _enterprise, file = complete(pool)
    for path in Attachments(pool.path).folder.glob("??/*"):
        path.unlink()
    with pytest.raises(UserError, match="找不到附件文件"):
        made(pool, file)


def test_a_word_file_as_attachment_is_listed_as_apart(pool: Pool, tmp_path: Path) -> None:
    enterprise, file = complete(pool)
    word_file = tmp_path / "x.docx"
    with zipfile.ZipFile(word_file, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    with pool.write("附件", who="测试员") as session:
        files = Attachments(pool.path)
        paper = item(session, files, enterprise, file, "awareness", title="排名.docx")
        document = journal.insert(session, Document, [
            {"enterprise_id": enterprise, "title": "排名",
             "content_hash": files.put(word_file.read_bytes())}
        ])[0]  # fmt: skip
        journal.update(session, EvidenceItem, {paper: {"document_id": document}})
    [entry] = [one for one in made(pool, file).entries if one.item.title == "排名.docx"]
    assert entry.where == "另附"
