"""Made-up preparation files and cases of well-known protection of a sample pool."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.sample_marks import Mark
from brandpool.exchange.sample_papers import sheet
from brandpool.models.document import Document
from brandpool.models.visit import Visit
from brandpool.models.well_known import (
    EvidenceFigure,
    EvidenceItem,
    WellKnownCase,
    WellKnownFile,
    WellKnownStage,
)
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import shipped
from brandpool.services import well_known
from brandpool.services.well_known_grid import years_before
from brandpool.services.well_known_rows import gather

CLERK = "示例经办人"
_PAPERS = (
    ("awareness", "市场调查报告", "示例市场研究机构"),
    ("awareness", "行业排名证明", "示例行业协会"),
    ("ownership", "商标注册证", "国家知识产权局"),
    ("infringement", "侵权商品取证照片", "示例公证机构"),
    ("statement", "书面请求书与真实性承诺", ""),
)
_YEARLY = (
    ("advertising", "广告发布合同与发票", "示例广告公司"),
    ("business", "审计报告", "示例会计师事务所"),
    ("business", "纳税证明", "示例税务机关"),
)
_MEDIA = (("户外广告", "浙江"), ("行业展会", "长三角"), ("网络推广", "全国"))


@dataclass(frozen=True, slots=True)
class Subject:
    """An enterprise of the sample with its main mark."""

    firm: Firm
    enterprise: str
    trademark: str
    mark: Mark

    @property
    def registered(self) -> date:
        """The day the mark was registered."""
        assert self.mark.registered is not None
        return self.mark.registered


def fill(
    session: Session,
    files: Attachments,
    firms: Sequence[Firm],
    ids: Sequence[str],
    marks: Sequence[Sequence[tuple[str, Mark]]],
    today: date,
) -> None:
    """Six files from ready to barely begun and three cases by different routes and laws.

    A small sample with fewer old marks than that gets fewer.
    """
    subjects = list(_subjects(firms, ids, marks, today))
    for make, subject in zip(
        (_ready, _gaps, _too_early, _worded, _begun, _unregistered), subjects, strict=False
    ):
        make(session, files, subject, today)
    for case, subject in zip((_protected, _running, _confirmed), subjects[1:], strict=False):
        case(session, subject, today)
    found = well_known.assess_all(session, today)
    well_known.record(session, [one.file.id for one in found], today)
    for one in found:
        if one.verdict == well_known.GAPS and one.gathered.items:
            well_known.ask_on_next_visit(session, one.file.id, today)


def _subjects(
    firms: Sequence[Firm],
    ids: Sequence[str],
    marks: Sequence[Sequence[tuple[str, Mark]]],
    today: date,
) -> Iterator[Subject]:
    """Firms whose main mark is old enough for everything and safely in force."""
    since = add(today, Period(6, "y"), -1)
    for firm, enterprise, held in zip(firms, ids, marks, strict=True):
        trademark, mark = held[0]
        old = mark.registered is not None and mark.registered <= since
        if old and mark.fate in ("registered", "renewed") and mark.row["owner"] == firm.name:
            yield Subject(firm, enterprise, trademark, mark)


def _ready(session: Session, files: Attachments, one: Subject, today: date) -> None:
    file = _file(session, one, "administrative", today, opponent="示例被投诉单位")
    _papers(session, files, one, file, today)
    _figures(session, one, file, today)
    _visit(session, one, today - timedelta(days=9), "none")


def _gaps(session: Session, files: Attachments, one: Subject, today: date) -> None:
    due = shipped().china.last_open_day(today + timedelta(days=40))
    file = _file(session, one, "administrative", today, due_on=due)
    last = years_before(today, shipped())[-1]
    _papers(session, files, one, file, today, without=("awareness", "infringement"), stop=last)
    _figures(session, one, file, today, stop=last)
    _visit(session, one, today - timedelta(days=20), "none")


def _too_early(session: Session, files: Attachments, one: Subject, _today: date) -> None:
    """The trap: old enough today, not on the day the opposed mark was filed."""
    anchor = add(one.registered, Period(2, "y"))
    file = _file(
        session, one, "opposition", anchor, opponent="示例被异议人",
        first_used=add(one.registered, Period(1, "y"), -1),
    )  # fmt: skip
    _papers(session, files, one, file, anchor)


def _worded(session: Session, files: Attachments, one: Subject, today: date) -> None:
    file = _file(session, one, "court", today - timedelta(days=30), opponent="示例被告")
    _papers(session, files, one, file, today)
    _figures(session, one, file, today)
    _visit(session, one, today - timedelta(days=12), "pack", "外箱侧面（示例）")


def _begun(session: Session, _files: Attachments, one: Subject, _today: date) -> None:
    _file(session, one, "invalidation", None)


def _unregistered(session: Session, files: Attachments, one: Subject, today: date) -> None:
    name = f"{one.firm.brand}新品（示例）"
    started = add(today, Period(7, "y"), -1)
    file = _file(session, one, "administrative", today, mark=name, trademark_id=None,
                 first_used=started)  # fmt: skip
    paper = _paper(session, files, one, file, "use", "首次使用合同与发票", started)
    journal.update(session, EvidenceItem, {paper: {"issuer": "示例客户"}})


def _file(session: Session, one: Subject, route: str, anchor: date | None, **more: Any) -> str:
    values = {
        "enterprise_id": one.enterprise, "mark": one.mark.row["name"],
        "trademark_id": one.trademark, "goods": one.mark.row["goods"], "route": route,
        "planned_anchor": anchor, "handler": CLERK, "remark": words.TAG, **more,
    }  # fmt: skip
    return journal.insert(session, WellKnownFile, [values])[0]


def _papers(
    session: Session,
    files: Attachments,
    one: Subject,
    file: str,
    anchor: date,
    without: Sequence[str] = (),
    stop: int = 9999,
) -> None:
    """The papers of a file; those of the years from `stop` on are still to be brought."""
    shown = anchor - timedelta(days=60)
    for factor, title, issuer in _PAPERS:
        if factor not in without:
            _paper(session, files, one, file, factor, title, shown, issuer=issuer or one.firm.name)
    for place, year in enumerate(years_before(anchor, shipped())):
        medium, region = _MEDIA[place % len(_MEDIA)]
        for factor, title, issuer in _YEARLY:
            if year < stop:
                more: Row = {"medium": medium, "region": region, "amount": Decimal(120_000),
                             "currency": "CNY"} if factor == "advertising" else {}  # fmt: skip
                day = date(year, 6, 15) if factor == "advertising" else date(year + 1, 1, 20)
                _paper(session, files, one, file, factor, f"{year}年{title}", day,
                       issuer=issuer, year=year, **more)  # fmt: skip


def _paper(
    session: Session,
    files: Attachments,
    one: Subject,
    file: str,
    factor: str,
    title: str,
    dated: date,
    **more: Any,
) -> str:
    content = sheet(f"SAMPLE {one.mark.row['reg_no']} {factor} {dated} {title}")
    document = journal.insert(
        session,
        Document,
        [{"enterprise_id": one.enterprise, "title": f"{title}（示例）", "dated": dated,
          "file_name": f"{title}.pdf", "content_hash": files.put(content), "remark": words.TAG}],
    )[0]  # fmt: skip
    values = {
        "file_id": file, "factor": factor, "title": title, "dated": dated, "pages": 1,
        "seen_by": CLERK, "seen_on": dated + timedelta(days=10), "document_id": document,
        "remark": words.TAG, **more,
    }  # fmt: skip
    return journal.insert(session, EvidenceItem, [values])[0]


def _figures(session: Session, one: Subject, file: str, anchor: date, stop: int = 9999) -> None:
    """Three years of five figures, shown by the audit and the tax certificate."""
    shown_by = _shown_by(session, file)
    rows: list[Row] = []
    for place, year in enumerate(years_before(anchor, shipped())):
        if year >= stop:
            continue
        base = Decimal(3000 + one.firm.size * 800 + place * 450)
        for measure, value, unit, source in (
            ("revenue", base, "ten_thousand_yuan", "审计报告"),
            ("market_share", Decimal("8.5") + place, "percent", "审计报告"),
            ("net_profit", base / 10, "ten_thousand_yuan", "审计报告"),
            ("tax", base / 20, "ten_thousand_yuan", "纳税证明"),
            ("sales_region", None, None, "审计报告"),
        ):
            region = "浙江、江苏、上海、广东" if value is None else None
            rows.append({
                "file_id": file, "year": year, "measure": measure, "value": value, "unit": unit,
                "region": region, "source": source, "evidence_id": shown_by.get((year, source)),
                "remark": words.TAG,
            })  # fmt: skip
    journal.insert(session, EvidenceFigure, rows)


def _shown_by(session: Session, file: str) -> Mapping[tuple[int, str], str]:
    found = {}
    for item in gather(session, [file])[0].items:
        for source in ("审计报告", "纳税证明"):
            if item.year and item.title == f"{item.year}年{source}":
                found[item.year, source] = item.id
    return found


def _visit(session: Session, one: Subject, day: date, wording: str, note: str = "") -> None:
    journal.insert(
        session,
        Visit,
        [{"enterprise_id": one.enterprise, "visit_no": f"示例驰{one.firm.number:03d}",
          "visited_on": day, "visitors": f"{CLERK}、示例同事", "purpose": "核查驰名保护材料",
          "wording": wording, "wording_note": note or None, "remark": words.TAG}],
    )  # fmt: skip


def _protected(session: Session, one: Subject, today: date) -> None:
    """Decided under the law of 2019."""
    decided = min(date(2025, 9, 16), today - timedelta(days=40))
    case = _case(
        session, one, "invalidation", "国家知识产权局", "示例商评字第001号",
        opponent="示例争议商标注册人", opposed_mark="示例争议商标",
        opponent_filed=add(decided, Period(2, "y"), -1),
        outcome="protected", decided_on=decided, document_no="示例裁定第001号",
    )  # fmt: skip
    _stages(session, case, (
        ("request_filed", add(decided, Period(11, "m"), -1), None),
        ("office_received", None, add(decided, Period(10, "m"), -1)),
        ("decided", decided, decided + timedelta(days=12)),
    ))  # fmt: skip


def _running(session: Session, one: Subject, today: date) -> None:
    """Enforcement under way: reported upward, the province has it."""
    asked = today - timedelta(days=45)
    case = _case(
        session, one, "administrative", "示例市市场监督管理局", "示例市监案〔2026〕7号",
        opponent="示例被投诉单位", requested_on=asked,
    )  # fmt: skip
    _stages(session, case, (
        ("request_filed", asked, None),
        ("case_filed", asked + timedelta(days=6), None),
        ("reported_up", asked + timedelta(days=25), None),
        ("province_received", None, asked + timedelta(days=31)),
    ))  # fmt: skip


def _confirmed(session: Session, one: Subject, today: date) -> None:
    """Before a court: under the law of 2026 once that is in force."""
    begun = today - timedelta(days=80)
    over = today > date(2027, 3, 1)
    more: Row = (
        {"outcome": "protected", "decided_on": today - timedelta(days=20),
         "document_no": "示例民初第009号"} if over else {}
    )  # fmt: skip
    case = _case(
        session, one, "court", "示例市中级人民法院", "示例民初第009号", opponent="示例被告",
        infringed_on=begun - timedelta(days=90), **more,
    )  # fmt: skip
    _stages(session, case, (("case_filed", begun, None),))


def _case(
    session: Session, one: Subject, route: str, authority: str, case_no: str, **more: Any
) -> str:
    values = {
        "enterprise_id": one.enterprise, "mark": one.mark.row["name"],
        "trademark_id": one.trademark, "goods": one.mark.row["goods"], "route": route,
        "authority": authority, "case_no": case_no, "handler": CLERK, "remark": words.TAG, **more,
    }  # fmt: skip
    return journal.insert(session, WellKnownCase, [values])[0]


def _stages(
    session: Session, case: str, stages: Sequence[tuple[str, date | None, date | None]]
) -> None:
    rows = [
        {"case_id": case, "stage": stage, "sent": sent, "received": received, "note": words.TAG}
        for stage, sent, received in stages
    ]
    journal.insert(session, WellKnownStage, rows)
