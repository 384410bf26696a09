"""A mark whose agency was penalised by the new law says so on its card and above the list."""

from datetime import date

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.agency import Agency, AgencyFinding
from brandpool.models.trademark import Trademark
from brandpool.services import agencies
from brandpool.ui.main_window import MainWindow
from brandpool.ui.mark_card import TrademarkCard
from brandpool.ui.mark_reading import read_mark
from brandpool.ui.mark_totals import MarkTotals
from tests.ui.conftest import Settle

DAY = date(2027, 3, 1)


@pytest.fixture
def marks(pool: Pool, enterprise: str) -> list[str]:
    with pool.write("登记", who="甲") as session:
        [agency] = journal.insert(session, Agency, [{"name": "甲代理"}])
        penalty = {
            "agency_id": agency, "finding_kind": "penalty", "dated": DAY, "what": "恶意注册",
            "article": "商标法第六十七条",
        }  # fmt: skip
        journal.insert(session, AgencyFinding, [penalty])
        rows = [
            {"enterprise_id": enterprise, "reg_no": str(n), "nice_class": 9, "agent": agent}
            for n, agent in enumerate(("甲代理", "乙代理"))
        ]
        return journal.insert(session, Trademark, rows)


def test_the_card_warns_of_it(
    window: MainWindow, pool: Pool, marks: list[str], settle: Settle
) -> None:
    card = TrademarkCard(window.shell, lambda: None)
    for mark, warned in zip(marks, (True, False), strict=True):
        with pool.read() as session:
            card._show(read_mark(session, mark, "zh", DAY))
        assert ("代理机构“甲代理”于 2027-03-01 依商标法第六十七条" in card.warning.text()) is warned
    settle()


def test_the_list_counts_them_and_a_click_opens_exactly_them(
    window: MainWindow, pool: Pool, marks: list[str], settle: Settle
) -> None:
    totals = MarkTotals(window.shell.work)
    chosen: list[object] = []
    totals.chosen.connect(lambda ids, _words: chosen.append(tuple(ids)))
    with pool.read() as session:
        totals._show_flagged(agencies.flagged_marks(session, date(2027, 2, 28)))
        assert totals.flagged.isHidden()
        totals._show_flagged(agencies.flagged_marks(session, DAY))
    assert totals.flagged.text() == "代理机构受处罚 1 件"
    assert "甲代理" in totals.flagged.toolTip()
    totals.flagged.click()
    assert chosen == [(marks[0],)]
    settle()
