"""A preparation file with everything in place, and ways to take something out of it."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.models.document import Document
from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark
from brandpool.models.visit import Visit
from brandpool.models.well_known import EvidenceFigure, EvidenceItem, WellKnownFile

ON = date(2026, 11, 22)
YEARS = (2023, 2024, 2025)
NAME = "宁波朝阳机械有限公司"


def pdf(text: str, pages: int = 1) -> bytes:
    """A PDF of A4 pages, each saying this text in its content stream."""
    writer = PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        stream.set_data(f"% {text} {number}".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def document(session: Session, files: Attachments, enterprise: str, title: str) -> str:
    """A document of one page whose file lies beside the pool."""
    digest = files.put(pdf(title))
    values = {"enterprise_id": enterprise, "title": title, "file_name": f"{title}.pdf",
              "content_hash": digest}  # fmt: skip
    return journal.insert(session, Document, [values])[0]


def item(
    session: Session, files: Attachments, enterprise: str, file: str, factor: str, **more: Any
) -> str:
    """One paper in full: dated, issued, seen, with its file."""
    title = more.get("title", f"{factor}证明")
    values = {
        "file_id": file, "factor": factor, "title": title, "issuer": "示例单位",
        "dated": date(2025, 6, 1), "pages": 1, "seen_by": "王敏", "seen_on": date(2026, 1, 5),
        "document_id": document(session, files, enterprise, title), **more,
    }  # fmt: skip
    return journal.insert(session, EvidenceItem, [values])[0]


def complete(
    pool: Pool,
    *,
    mark: Mapping[str, Any] | None = None,
    file: Mapping[str, Any] | None = None,
    name: str = NAME,
) -> tuple[str, str]:
    """A file that can be supported on ON; returns (enterprise, file)."""
    files = Attachments(pool.path)
    with pool.write("准备", who="测试员") as session:
        enterprise = journal.insert(session, Enterprise, [{"name": name}])[0]
        registered = {
            "enterprise_id": enterprise, "reg_no": "9123456", "nice_class": 7, "name": "朝阳",
            "owner": name, "status": "registered", "registered_on": date(2020, 1, 10),
            "valid_until": date(2030, 1, 9), **(mark or {}),
        }  # fmt: skip
        trademark = journal.insert(session, Trademark, [registered])[0]
        values = {
            "enterprise_id": enterprise, "mark": "朝阳", "trademark_id": trademark,
            "goods": "机床", "route": "administrative", "planned_anchor": ON,
            "first_used": date(2019, 5, 1), **(file or {}),
        }  # fmt: skip
        record = journal.insert(session, WellKnownFile, [values])[0]
        for factor in ("awareness", "ownership", "infringement", "statement"):
            item(session, files, enterprise, record, factor)
        for year in YEARS:
            item(session, files, enterprise, record, "advertising", title=f"{year}年广告合同",
                 year=year, dated=date(year, 5, 6), medium="户外", region="浙江")  # fmt: skip
            proof = item(session, files, enterprise, record, "business", title=f"{year}年审计报告",
                         year=year, dated=date(year + 1, 3, 1))  # fmt: skip
            figures(session, record, year, proof)
        journal.insert(session, Visit, [{"enterprise_id": enterprise,
            "visited_on": date(2026, 10, 8), "wording": "none"}])  # fmt: skip
    return enterprise, record


def figures(session: Session, file: str, year: int, proof: str) -> list[str]:
    """The five figures of one year, shown by one paper."""
    rows = [
        ("revenue", Decimal(8000), "ten_thousand_yuan", None),
        ("market_share", Decimal("12.5"), "percent", None),
        ("net_profit", Decimal(900), "ten_thousand_yuan", None),
        ("tax", Decimal(300), "ten_thousand_yuan", None),
        ("sales_region", None, None, "浙江、江苏、上海"),
    ]
    return journal.insert(
        session,
        EvidenceFigure,
        [
            {"file_id": file, "year": year, "measure": measure, "value": value, "unit": unit,
             "region": region, "source": "审计报告", "evidence_id": proof}
            for measure, value, unit, region in rows
        ],
    )  # fmt: skip
