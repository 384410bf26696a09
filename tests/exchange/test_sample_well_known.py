"""The sample shows every verdict, and cases by three routes under the law of their day."""

from datetime import date
from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
from brandpool.exchange import pool_files, sample
from brandpool.exchange.evidence_volume import Paper, page_count
from brandpool.exchange.sample_papers import sheet
from brandpool.services import visit_items, well_known, well_known_cases


@pytest.mark.parametrize(
    ("today", "verbs"),
    [(date(2026, 11, 22), {"认定"}), (date(2027, 6, 30), {"认定", "确认"})],
)
def test_every_verdict_and_three_routes_are_there(
    tmp_path: Path, today: date, verbs: set[str]
) -> None:
    pool = pool_files.create(tmp_path / "sample.brandpool", who=sample.CLERK, sample=True)
    sample.build(pool, 60, 1, today)
    files = Attachments(pool.path)
    with pool.read() as session:
        found = well_known.assess_all(session, today)
        cases = well_known_cases.cases(session, today)
        assert {one.verdict for one in found} == {"supportable", "gaps", "not_yet", "refused"}
        assert 4 <= len(found) <= 6
        assert all(one.file.readiness == one.verdict for one in found)
        assert len({case.values["route"] for case in cases}) == len(cases) == 3
        assert {case.words.verb for case in cases} == verbs
        assert any(case.protects for case in cases)
        assert any(case.running() for case in cases)
        gaps = [one for one in found if one.verdict == "gaps" and one.gathered.items]
        asked = [
            row["what"]
            for one in gaps
            for row in visit_items.open_items(session, str(one.file.enterprise_id))
        ]
        for one in gaps:
            assert {f"{one.file.mark}：{gap.what}" for gap in one.gaps} <= set(asked)
        assert all(files.verify(i.content_hash) for one in found for i in one.gathered.items)
    pool.close()


def test_a_made_up_paper_is_a_readable_pdf_that_follows_from_its_text() -> None:
    assert page_count(Paper("a", sheet("SAMPLE 商标"))) == 1
    assert sheet("SAMPLE 商标") == sheet("SAMPLE 商标") != sheet("SAMPLE 证书")
