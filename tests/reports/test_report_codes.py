"""The numbers of a report bear codes, kept when it leaves, and the codes bring their rows back."""

from datetime import date
from pathlib import Path

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange.list_out import Leaving
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports.documents import catalogue, leaving
from brandpool.reports.documents.catalogue import Order, World
from brandpool.reports.documents.content import Listing, Office
from brandpool.reports.documents.period import period_of
from brandpool.services import printed_numbers, reference_data, schemes

TODAY = date(2026, 11, 22)


def test_every_number_of_a_report_is_found_again_by_its_code(pool: Pool, tmp_path: Path) -> None:
    with pool.write("准备", who="王敏") as session:
        schemes.install_shipped(session)
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(3)])
        for one in ids:
            move = {"enterprise_id": one, "ladder": "cultivation_ladder", "tier": "reserve",
                    "effective": date(2026, 11, 3), "reason": "评定"}  # fmt: skip
            journal.insert(session, TierMove, [move])
    order = Order("report", period=period_of("month", TODAY))
    with pool.write("生成文书", who="王敏") as session:
        world = World(Office("站"), TODAY, reference_data.reference(session, TODAY))
        [draft] = catalogue.drafts(session, order, world)
        leaving.write_docx(session, draft, tmp_path / "月报.docx", Leaving("王敏", TODAY))
    sections = draft.context["sections"]
    tables = [one["numbers"] for one in sections if isinstance(one["numbers"], Listing)]
    printed = [(row[0], row[2], row[-1]) for table in tables for row in table.rows]
    assert printed
    with pool.read() as session:
        for name, value, code in printed:
            row = printed_numbers.recall(session, code)
            assert row.name.endswith(f"：{name}")
            assert row.total is not None
            assert f"{row.total:,.0f}" == value
    assert any(value == "3" for _name, value, _code in printed)
