"""Duplicates, compared, merged and taken apart with buttons on a real pool."""

from collections.abc import Callable
from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import records, tiers
from brandpool.services.check import content_hash
from brandpool.ui.card_reading import read_card
from brandpool.ui.duplicates_page import DuplicatesPage
from brandpool.ui.main_window import MainWindow
from brandpool.ui.standing_form import StandingForm
from tests.services import ladders

Settle = Callable[[], None]


@pytest.fixture
def twin(pool: Pool, enterprise: str) -> str:
    """The same enterprise under a longer spelling, with a contact of its own."""
    with pool.write("新增", who="乙") as session:
        record = records.add(
            session, Enterprise, {"name": "宁波市朝阳机械有限责任公司", "street": "新明"}
        )
        records.add(session, Contact, {"enterprise_id": record, "name": "王芳"})
    return record


def test_duplicates_are_compared_merged_and_taken_apart(
    pool: Pool, enterprise: str, twin: str, window: MainWindow, settle: Settle
) -> None:
    with pool.read() as session:
        before = content_hash(session)
    page = window.visit("duplicates")
    settle()
    assert isinstance(page, DuplicatesPage)
    [pair] = [line.texts for line in page.pairs.rows.shown]
    assert pair[0] == "名称相同"
    fields = {line.texts[0]: line.texts[1:] for line in page.fields.rows.shown}
    assert set(fields["所属街道"]) == {"", "新明"}
    keep_first = pair[1] == "宁波朝阳机械有限公司"
    (page.left_button if keep_first else page.right_button).click()
    settle()
    with pool.read() as session:
        assert records.find(session, Enterprise) == [enterprise]
        assert records.get(session, Enterprise, enterprise)["street"] == "新明"
        assert len(records.of_enterprise(session, Contact, enterprise)) == 1
    assert page.pairs.rows.shown == []
    page.merges.selectRow(0)
    page.apart_button.click()
    settle()
    with pool.read() as session:
        assert content_hash(session) == before
    assert len(page.pairs.rows.shown) == 1


def test_two_standings_are_merged_only_after_a_choice_with_a_reason(
    pool: Pool,
    enterprise: str,
    twin: str,
    window: MainWindow,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pool.write("入库", who="乙") as session:
        ladders.save(session)
        orders = [
            ladders.order(enterprise, "one", date(2020, 1, 1)),
            ladders.order(twin, "two", date(2022, 1, 1)),
        ]
        tiers.move(session, orders, ladders.TODAY)
    asked: list[StandingForm] = []

    def answer(form: StandingForm) -> bool:
        asked.append(form)
        [group] = form.choices.values()
        assert group.checkedId() == -1, "nothing is assumed"
        form.reason.setPlainText("以批准文件为准")
        assert not form.accept_button.isEnabled()
        named = next(b for b in group.buttons() if "二级" in b.text())
        named.setChecked(True)
        assert form.accept_button.isEnabled()
        return len(asked) > 1

    monkeypatch.setattr(StandingForm, "exec", answer)
    page = window.visit("duplicates")
    settle()
    assert isinstance(page, DuplicatesPage)
    keep_first = page.pairs.rows.shown[0].texts[1] == "宁波朝阳机械有限公司"
    button = page.left_button if keep_first else page.right_button
    button.click()
    settle()
    with pool.read() as session:
        assert len(records.find(session, Enterprise)) == 2, "given up: nothing happens"
    button.click()
    settle()
    with pool.read() as session:
        assert records.find(session, Enterprise) == [enterprise]
        assert tiers.ladders_of(session, enterprise, ladders.TODAY)[ladders.LADDER].tier == "two"
        shown = read_card(session, enterprise, "zh", ladders.TODAY).moves
    assert [line.texts[4] for line in shown][1] == "不计入"
    assert shown[1].texts[-1] == "以批准文件为准"
