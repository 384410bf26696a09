"""驰名商标 is a word of the law and of cases; nothing of ours prints it as a title or an honour.

Allowed: names of regulations, the quoted words that a visit looks for, the protection of a mark in
a case, and the law's own phrases. Anything else would be a title.
"""

import ast
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import (
    calendar_feed,
    inspection,
    letter_out,
    list_out,
    pool_files,
    sample,
    word,
)
from brandpool.exchange.evidence_volume import volume
from brandpool.exchange.table_out import Table
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import KINDS
from brandpool.models.letter import LETTER_TYPES
from brandpool.models.record import fields
from brandpool.models.tier import PublicNotice
from brandpool.models.well_known import WellKnownFile
from brandpool.paths import resources
from brandpool.reports.documents import (
    admission_list,
    dossier,
    evidence,
    notice_paper,
    period,
    report,
    shortlist_paper,
)
from brandpool.reports.documents.content import Draft, Office
from brandpool.rules.reference import shipped
from brandpool.services import (
    answers,
    docket,
    docket_cache,
    letters,
    questions,
    records,
    schemes,
    well_known_cases,
)
from brandpool.services.docket import Asked
from brandpool.services.letters import Sender

WORD = "驰名商标"
ALLOWED = (
    r"驰名商标认定和保护规定",
    r"“驰名商标”字样",
    r"驰名商标字样",
    r"驰名商标保护",
    r"作为驰名商标受保护",
    r"驰名商标所有人",
    r"恶意注册驰名商标",
)
TODAY = date(2026, 11, 22)
PACKAGE = Path(sample.__file__).parent.parent
BY = Office(station="示例品牌指导服务站", clerk="王敏")


def titles(text: str) -> list[str]:
    """Every place where the word stands as something an enterprise or a mark bears."""
    rest = text
    for pattern in ALLOWED:
        rest = re.sub(pattern, "", rest)
    return [text_around(rest, place.start()) for place in re.finditer(WORD, rest)]


def text_around(text: str, place: int) -> str:
    return text[max(0, place - 12) : place + 16]


@pytest.mark.parametrize(
    "text",
    [
        "中国驰名商标企业",
        "荣誉：驰名商标",
        "荣誉：“驰名商标”",
        "驰名商标",
        "“朝阳”驰名商标",
        "获评驰名商标3件",
        "驰名商标（2019）",
    ],
)
def test_a_title_is_found(text: str) -> None:
    assert titles(text)


@pytest.mark.parametrize(
    "text",
    [
        "驰名商标认定和保护规定（工商总局令第66号）第九条",
        "发现“驰名商标”字样",
        "作为驰名商标受保护的记录",
        "驰名商标保护记录是个案事实",
    ],
)
def test_the_law_the_question_and_the_case_are_no_titles(text: str) -> None:
    assert titles(text) == []


def test_no_text_of_the_program_is_a_title() -> None:
    found = {
        str(file.relative_to(PACKAGE)): hits
        for file in PACKAGE.rglob("*.py")
        if (hits := [hit for text in texts_of(file) for hit in titles(text)])
    }
    assert found == {}


def test_no_label_heading_or_code_is_a_title() -> None:
    for model in KINDS:
        for declared in fields(model).values():
            words = [*declared.headings(), declared.hint, model.zh]
            for choice in declared.choices:
                words += [choice.zh, *choice.aliases]
            assert [hit for text in words for hit in titles(text)] == [], (model, declared.name)


def test_no_reference_data_or_scheme_is_a_title() -> None:
    files = sorted((resources() / "reference").rglob("*.json"))
    assert len(files) > 10
    for file in files:
        for text in strings(json.loads(file.read_text("utf-8"))):
            assert titles(text) == [], file


def test_no_template_is_a_title() -> None:
    files = sorted((resources() / "templates").glob("*.docx"))
    assert files
    for file in files:
        assert titles(word_text(file.read_bytes())) == [], file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    pool = pool_files.create(
        tmp_path_factory.mktemp("sample") / "sample.brandpool", who=sample.CLERK, sample=True
    )
    sample.build(pool, 40, 1, TODAY)
    yield pool
    pool.close()


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_list_of_the_sample_pool_is_a_title(made: Pool, tmp_path: Path, ending: str) -> None:
    with made.read() as session:
        for model in KINDS:
            columns = tuple(fields(model).values())
            found = records.rows(session, model, records.find(session, model))
            rows = [[row[column.name] for column in columns] for row in found]
            path = tmp_path / f"{model.kind()}.{ending}"
            list_out.export_table(path, Table(f"{model.zh}台账", columns, rows, TODAY))
            assert titles(written(path)) == [], model


@pytest.mark.slow
def test_no_document_of_the_sample_pool_is_a_title(made: Pool) -> None:
    with made.read() as session:
        protected = [
            one.values["enterprise_id"]
            for one in well_known_cases.cases(session, TODAY)
            if one.protects
        ]
        assert protected, "the sample has a mark that was protected in a case"
        for draft in drafts(session, made, protected):
            content = word.filled(word.template(draft.template), draft.context)
            assert titles(word_text(content)) == [], draft.title
            assert titles(draft.title) == []


@pytest.mark.slow
def test_no_letter_calendar_or_evidence_of_the_sample_pool_is_a_title(
    made: Pool, tmp_path: Path
) -> None:
    ref = shipped()
    with made.maintain() as session:
        docket_cache.catch_up(session, TODAY, ref)
    with made.read() as session:
        calendar_feed.write(
            tmp_path / "x.ics", docket.find(session, Asked(TODAY, within=400), ref, limit=100_000)
        )
        assert titles((tmp_path / "x.ics").read_text("utf-8")) == []
        number = 0
        for enterprise in records.find(session, Enterprise):
            for choice in LETTER_TYPES:
                try:
                    letter = letters.compose(session, choice.code, enterprise, TODAY, Sender())
                except UserError:
                    continue
                number += 1
                assert titles(word_text(letter_out.rendered(letter))) == []
        assert number > 20
        for file in records.find(session, WellKnownFile):
            found = evidence.dossier(session, file, Attachments(made.path), BY, TODAY)
            if found.papers:
                assert titles(written_pdf(volume(found.papers))) == []


@pytest.mark.slow
def test_no_file_for_an_inspection_is_a_title(made: Pool, tmp_path: Path) -> None:
    with made.write("检查材料", who="测试员") as session:
        inspection.write(session, tmp_path / "out", 2026, TODAY, Attachments(made.path), BY)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert titles(path.name) == []
        assert titles(written(path)) == [], path


def drafts(session: Any, pool: Pool, enterprises: list[str]) -> Iterator[Draft]:
    """Every kind of document that the program drafts."""
    for enterprise in enterprises:
        yield dossier.draft(session, enterprise, BY, TODAY)
    for file in records.find(session, WellKnownFile):
        yield evidence.dossier(session, file, Attachments(pool.path), BY, TODAY).draft
    yield report.draft(session, period.period_of("year", TODAY), BY, TODAY)
    for ladder, _name, _scheme in schemes.ladders(session, TODAY):
        yield admission_list.draft(session, ladder, date(2023, 1, 1), TODAY, BY, TODAY)
        answer = answers.answer(session, questions.pool_list(ladder), TODAY)
        yield shortlist_paper.draft(session, answer, "在库企业名单", BY, TODAY)
    for notice in records.find(session, PublicNotice):
        yield notice_paper.draft(session, notice, BY, TODAY)


def texts_of(file: Path) -> Iterator[str]:
    """The string constants of a module, docstrings left out; none where the word is not in it."""
    source = file.read_text("utf-8")
    tree = ast.parse(source if WORD in source else "")
    docs = {
        id(node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def strings(node: Any) -> Iterator[str]:
    """Every text of a JSON document."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def written(path: Path) -> str:
    """What stands in a file."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return word_text(content)
    if content.startswith(b"%PDF"):
        return written_pdf(content)
    return content.decode("utf-8-sig", "replace")


def word_text(content: bytes) -> str:
    """The text of a Word file or workbook, paragraph by paragraph and cell by cell."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith(".xml"):
                part = packed.read(name).decode("utf-8")
                part = re.sub(r"</(w:p|si|c|t)>", "\n", part)
                found.append(re.sub(r"<[^>]+>", "", part))
    return "\n".join(found)


def written_pdf(content: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
