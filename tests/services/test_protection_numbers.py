"""The numbers above the protection ledgers are those of their services, rows and all."""

from collections.abc import Iterator
from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, sample
from brandpool.models.kinds import by_kind, ledgers
from brandpool.services import ledger_headlines, protection_numbers, records

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    pool = pool_files.create(tmp_path_factory.mktemp("n") / "s.brandpool", who="甲", sample=True)
    sample.build(pool, 30, 1, TODAY)
    yield pool
    pool.close()


@pytest.mark.parametrize("kind", protection_numbers.NUMBERS)
def test_every_number_is_named_defined_and_opens_its_rows(sampled: Pool, kind: str) -> None:
    assert by_kind()[kind] in ledgers()
    with sampled.read() as session:
        found = ledger_headlines.headlines(session, kind, TODAY)
        assert found
        for one in found:
            assert one.label
            assert one.counted.definition.endswith("。")
            for of_kind, record in (*one.counted.rows, *one.counted.unknown):
                assert records.get(session, by_kind()[of_kind], record)


def test_what_is_late_or_double_calls_for_attention(sampled: Pool) -> None:
    with sampled.read() as session:
        alerts = {
            (kind, one.label)
            for kind in protection_numbers.NUMBERS
            for one in ledger_headlines.headlines(session, kind, TODAY)
            if one.alert
        }
    assert {
        ("complaint", "待分拆"), ("aid_request", "久未办结"), ("officer", "执法证过期"),
        ("custody_contract", "重复托管"), ("custody_contract", "60 天内到期"),
        ("group_task", "逾期任务"), ("group_task", "财政局"),
        ("credit_listing", "严重违法失信名单"),
    } <= alerts  # fmt: skip
