"""The card shows everything of one enterprise, down to what hangs on what hangs on it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMenu
from sqlalchemy import select

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, sample
from brandpool.models.credit import CreditListing
from brandpool.models.document import Document
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Kind
from brandpool.models.honour import Honour
from brandpool.models.kinds import KINDS
from brandpool.models.partner import JointAction, Partner
from brandpool.models.record import Record, fields
from brandpool.services import history, records
from brandpool.ui.card_reading import Card, read_card
from brandpool.ui.card_section import CardSection
from brandpool.ui.document_section import DocumentSection
from brandpool.ui.enterprise_card import EnterpriseCard
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.lent_files import lend
from brandpool.ui.main_window import MainWindow
from brandpool.ui.widgets.record_form import RecordForm
from tests.ui.conftest import Settle

Ids = dict[type[Record], set[str]]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    pool = pool_files.create(tmp_path_factory.mktemp("card") / "s.brandpool", who="甲", sample=True)
    sample.build(pool, 40, 1, date(2026, 11, 22))
    yield pool
    pool.close()


def hanging(pool: Pool, enterprise: str) -> Ids:
    """All records that hang on the enterprise, found anew by walking every link in the pool."""
    found: Ids = {Enterprise: {enterprise}}
    with pool.read() as session:
        rows = {model: session.execute(select(model.__table__)).mappings().all() for model in KINDS}
    grown = True
    while grown:
        grown = False
        for model in KINDS:
            links = [f for f in fields(model).values() if f.kind is Kind.LINK]
            for row in rows[model]:
                held = any(
                    row[link.name] in ids
                    for link in links
                    for parent, ids in found.items()
                    if parent.kind() == link.links
                )
                if held and row["id"] not in found.setdefault(model, set()):
                    found[model].add(row["id"])
                    grown = True
    return {model: ids for model, ids in found.items() if ids}


def told(card: Card) -> dict[type[Record], int]:
    """How many records of each kind the card speaks of."""
    from brandpool.models.enterprise import YearlyFigure
    from brandpool.models.tier import TierMove

    numbers: dict[type[Record], int] = {Enterprise: 1}
    numbers[YearlyFigure] = len(card.figures)
    numbers[TierMove] = len(card.moves)
    for section in card.sections:
        numbers[section.model] = numbers.get(section.model, 0) + len(section.lines)
    below: dict[type[Record], int] = {}
    for section in card.sections:
        for model, number in section.below.items():
            below[model] = max(below.get(model, 0), number)
    sums = {model: below.get(model, 0) + numbers.get(model, 0) for model in (*below, *numbers)}
    return {model: n for model, n in sums.items() if n}


def test_nothing_that_hangs_on_an_enterprise_is_missing_from_its_card(sampled: Pool) -> None:
    with sampled.read() as session:
        ids = records.find(session, Enterprise)
    kinds: set[type[Record]] = set()
    for enterprise in ids[:12]:
        with sampled.read() as session:
            card = read_card(session, enterprise, "zh", date(2026, 11, 22))
        expected = hanging(sampled, enterprise)
        kinds |= set(expected)
        assert set(told(card)) == set(expected)
        for model, records_of in expected.items():
            assert told(card)[model] <= len(records_of)
    assert len(kinds) > 8


@pytest.fixture
def card(window: MainWindow, forty: list[str], settle: Settle) -> Iterator[EnterpriseCard]:
    page = window.visit("enterprises")
    assert isinstance(page, EnterprisesPage)
    page.open(forty[0])
    settle()
    yield page.card
    settle()


def papers(card: EnterpriseCard) -> DocumentSection:
    return next(one for one in card.sections if isinstance(one, DocumentSection))


def test_files_dropped_on_the_card_become_documents_in_one_step(
    card: EnterpriseCard, pool: Pool, forty: list[str], settle: Settle, tmp_path: Path
) -> None:
    data = QMimeData()
    for name in ("营业执照.pdf", "商标注册证.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    names = ("营业执照.pdf", "商标注册证.jpg")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    card.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    with pool.read() as session:
        rows = records.of_enterprise(session, Document, forty[0])
        assert history.steps(session)[0].why == "添加附件 2 个"
    assert {row["title"] for row in rows} == {"营业执照", "商标注册证"}
    files = Attachments(pool.path)
    assert {files.read(str(row["content_hash"])).decode() for row in rows} == set(names)
    assert papers(card).isVisibleTo(card)


def test_a_file_that_was_changed_is_found_out(
    card: EnterpriseCard, pool: Pool, settle: Settle, tmp_path: Path, said: list[str]
) -> None:
    paper = tmp_path / "执照.pdf"
    paper.write_bytes(b"paper")
    papers(card).keep([paper])
    settle()
    papers(card).verify()
    settle()
    assert said == []
    digest = str(papers(card).table.rows.shown[0].row.row["content_hash"])
    Attachments(pool.path).path(digest).write_bytes(b"other")
    papers(card).verify()
    settle()
    assert "执照" in said[0]


def test_a_lent_file_is_a_copy_under_its_own_name(pool: Pool) -> None:
    files = Attachments(pool.path)
    digest = files.put(b"paper")
    lent = lend(files, digest, "执照.pdf")
    lent.write_bytes(b"scribbled")
    assert lent.name == "执照.pdf"
    assert files.read(digest) == b"paper"


def test_a_file_that_cannot_be_read_is_named(
    card: EnterpriseCard, pool: Pool, settle: Settle, tmp_path: Path, said: list[str]
) -> None:
    papers(card).keep([tmp_path / "没有.pdf"])
    settle()
    assert "没有.pdf 无法读取" in said[0]
    with pool.read() as session:
        assert records.count(session, Document) == 0


def test_what_is_empty_is_one_line_and_the_rest_stands_by_theme(
    card: EnterpriseCard, pool: Pool, forty: list[str], settle: Settle
) -> None:
    assert "暂无：" in card.themes.empty.text()
    assert ">信用名单<" in card.themes.empty.text()
    assert all(section.isHidden() for section in card.sections)
    rows: tuple[tuple[type[Record], dict[str, Any]], ...] = (
        (CreditListing, {"list_type": "serious", "listed_on": date(2026, 3, 2)}),
        (Honour, {"honour": "high_tech"}),
    )
    for model, values in rows:
        with pool.write("登记", who="甲") as session:
            journal.insert(session, model, [{**values, "enterprise_id": forty[0]}])
    card.refresh()
    settle()
    shown = [one for one in card.themes.findChildren(CardSection) if not one.isHidden()]
    assert [one.record_kind for one in shown] == [Honour, CreditListing]
    assert ">信用名单<" not in card.themes.empty.text()
    names = [one.text() for one in card.themes.findChildren(QLabel) if one.isVisibleTo(card)]
    assert {"企业与资质", "保护与维权"} <= set(names)
    assert "商标使用" not in names
    assert "严重违法失信名单" in card.warning.text()
    assert "不得推荐、升级或资助" in card.warning.text()


def test_a_click_on_an_empty_ledger_opens_its_form(card: EnterpriseCard, settle: Settle) -> None:
    card.themes.empty.linkActivated.emit("credit_listing")
    settle()
    [form] = [one for one in card.findChildren(RecordForm) if one.isVisible()]
    assert form.lines["list_type"]
    form.close()


def test_every_ledger_of_an_enterprise_can_be_added_from_the_menu(card: EnterpriseCard) -> None:
    menus = card.add_button.menu().findChildren(QMenu)
    offered = [action.text() for menu in menus for action in menu.actions()]
    assert len(offered) == len(card.sections)
    assert {"信用名单", "维权援助", "荣誉资质"} <= set(offered)


def test_what_hangs_on_a_case_is_told_even_if_it_does_not_name_the_enterprise(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("登记", who="甲") as session:
        case = {"filing_no": "1", "enterprise_id": enterprise}
        [one] = journal.insert(session, EnforcementCase, [case])
        [partner] = journal.insert(session, Partner, [{"name": "协会"}])
        action = {"partner_id": partner, "case_id": one, "subject": "联合检查"}
        journal.insert(session, JointAction, [action])
    with pool.read() as session:
        card = read_card(session, enterprise, "zh", date(2026, 11, 22))
    below = {section.model: section.below for section in card.sections if section.below}
    assert below == {EnforcementCase: {JointAction: 1}}
    assert set(told(card)) == set(hanging(pool, enterprise))
