"""The window says which entry of which list keeps an enterprise from being recommended or moved."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.credit import CreditListing
from brandpool.services import answers, decision, schemes
from brandpool.services.answers import Answer
from brandpool.services.decision import MoveOrder
from brandpool.services.questions import Question
from brandpool.settings import Settings
from brandpool.ui import judgement_view, leaving
from brandpool.ui.leave_dialog import LeaveDialog
from brandpool.ui.main_window import MainWindow
from brandpool.ui.pool_weighed import WeighedView
from tests.ui.conftest import Settle

DAY = date(2026, 6, 1)


@pytest.fixture
def listed(pool: Pool, enterprise: str) -> str:
    with pool.write("登记", who="甲") as session:
        schemes.install_shipped(session)
        values = {"enterprise_id": enterprise, "list_type": "serious", "listed_on": DAY,
                  "document_no": "甬市监列〔2026〕3号"}  # fmt: skip
        journal.insert(session, CreditListing, [values])
    return enterprise


def asked(pool: Pool) -> tuple[Answer, list[str]]:
    with pool.read() as session:
        answer = answers.answer(session, Question(), DAY)
        return answer, leaving._listed(session, answer)


def test_handing_in_a_recommendation_waits_until_the_listed_firm_is_off_it(
    dressed: object, pool: Pool, listed: str
) -> None:
    answer, told = asked(pool)
    parent = QWidget()
    box = LeaveDialog(answer, "推荐名单", Settings(), parent, handing=True, listed=told)
    assert not box.go.isEnabled()
    assert not box.barred.isHidden()
    for word in ("宁波朝阳机械", "严重违法失信名单", "甬市监列〔2026〕3号"):
        assert word in box.barred.text()
    box.recommends.setChecked(False)
    assert box.go.isEnabled()
    assert box.barred.isHidden()
    box.close()


def test_an_export_is_no_recommendation(dressed: object, pool: Pool, listed: str) -> None:
    answer, told = asked(pool)
    parent = QWidget()
    box = LeaveDialog(answer, "名单", Settings(), parent, listed=told)
    assert box.go.isEnabled()
    box.close()


def test_the_form_of_moves_names_the_entry(
    window: MainWindow, pool: Pool, listed: str, settle: Settle
) -> None:
    with pool.read() as session:
        code = schemes.ladders(session, DAY)[0][0]
        ladder = schemes.for_ladder(session, code, DAY).ladder(code)
        assert ladder is not None
        order = MoveOrder(listed, code, ladder.tiers[0].code, DAY, "申报", override="例外")
        weighed = decision.weigh(session, [order], DAY)
    view = WeighedView(ladder)
    view.show_weighed(weighed)
    [shown] = view.table.rows.shown
    assert shown.texts[2].startswith("不能办理")
    assert "严重违法失信名单" in shown.texts[2]
    settle()


def test_the_pool_page_names_it_in_the_judgement(dressed: object, pool: Pool, listed: str) -> None:
    with pool.read() as session:
        code = schemes.ladders(session, DAY)[0][0]
        scheme = schemes.for_ladder(session, code, DAY)
        told = judgement_view.tell(session, listed, scheme.name, code, DAY)
        assert told is not None
        assert "甬市监列〔2026〕3号" in told.head
        before = judgement_view.tell(session, listed, scheme.name, code, date(2026, 5, 31))
        assert before is not None
        assert "甬市监列" not in before.head
