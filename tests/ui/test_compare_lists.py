"""Two evenings of one list side by side: who came onto it, who left, and what changed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.journal import Txn
from brandpool.services import questions
from brandpool.services.questions import Question
from brandpool.services.records import Filter, Op
from brandpool.ui.compare_tab import compare_list

TODAY = date.today()
BEFORE = TODAY - timedelta(10)


@pytest.fixture
def asked(pool: Pool) -> str:
    """A list of a street: one stays and changes, one leaves it, one comes."""
    with pool.write("登记", who="王敏") as session:
        rows = [{"name": f"企业{n}", "street": "梅墟" if n < 2 else "新明", "contact": "周敏"}
                for n in range(4)]  # fmt: skip
        ids = journal.insert(session, Enterprise, rows)
    noon = int((BEFORE - date(1970, 1, 1)).total_seconds() + 12 * 3600) * 1_000_000
    with pool.maintain() as session:
        session.execute(update(Txn).values(arrived=noon))
    with pool.write("更正", who="王敏") as session:
        journal.update(
            session,
            Enterprise,
            {ids[0]: {"contact": "李强"}, ids[1]: {"street": "新明"}, ids[2]: {"street": "梅墟"}},
        )
        wanted = Filter("street", Op.EQUALS, "梅墟")
        question = Question(filters=(wanted,), columns=("name", "contact"))
        return questions.save_question(session, "梅墟企业", question)


def test_a_list_tells_who_came_who_left_and_which_cells_changed(pool: Pool, asked: str) -> None:
    found = compare_list(pool, asked, BEFORE, TODAY, "zh")
    assert [row.texts for row in found.rows] == [
        ("新增", "企业2", "", "", ""),
        ("修改", "企业0", "联系人", "周敏", "李强"),
        ("消失", "企业1", "", "", ""),
    ]
    assert (found.numbers["came"], found.numbers["left"], found.numbers["cells"]) == (1, 1, 1)


def test_the_same_evening_twice_gives_no_difference(pool: Pool, asked: str) -> None:
    assert compare_list(pool, asked, TODAY, TODAY, "zh").rows == []
