"""Duplicates, compared, merged and taken apart with buttons on a real pool."""

from collections.abc import Callable

import pytest

from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import records
from brandpool.services.check import content_hash
from brandpool.ui.duplicates_page import DuplicatesPage
from brandpool.ui.main_window import MainWindow

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
