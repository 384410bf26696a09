"""High-value patent portfolios: how many applications they hold, and how a project went."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.portfolio import PatentPortfolio, PortfolioPatent
from brandpool.services import history
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import by_day, live, number

_OVER = frozenset({"ended"})


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One status a project had: its code, since which day, and who recorded it when."""

    status: str
    since: date | None
    who: str
    at: datetime


def applications(session: Session, on: date) -> Counted:
    """The applications in portfolios that are not ended; one number in two portfolios is one."""
    running = {
        row["id"] for row in live(session, PatentPortfolio)
        if not (row["status"] in _OVER and by_day(row["status_since"], on))
    }  # fmt: skip
    held = [
        row for row in live(session, PortfolioPatent)
        if row["portfolio_id"] in running and number(row["application_no"])
        and (row["filed"] is None or row["filed"] <= on)
    ]  # fmt: skip
    total = len({number(row["application_no"]) for row in held})
    text = _(
        "截至 {day}；未终止的组合内专利申请，按申请号去重：同一申请号在几个组合里只计一件。"
    ).format(day=on)
    return Counted(total, _("件"), keys(PortfolioPatent.kind(), (r["id"] for r in held)), text)


def projects(session: Session, on: date, status: str | None = None) -> Counted:
    """The projects that had begun by a day, those with one status or all that are not ended."""
    found = [
        row for row in live(session, PatentPortfolio)
        if (row["status"] == status if status else row["status"] not in _OVER)
        and by_day(row["starts"] or row["status_since"], on)
    ]  # fmt: skip
    text = _("截至 {day}；已立项或已有状态日期的高价值专利培育项目。").format(day=on)
    return Counted(
        len(found), _("项"), keys(PatentPortfolio.kind(), (r["id"] for r in found)), text
    )


def status_history(session: Session, project: str) -> list[StatusRow]:
    """Every status the project had, oldest first, read from its history: nothing is overwritten."""
    found: list[StatusRow] = []
    status, since = "", None
    written = history.of_record(session, PatentPortfolio.kind(), project)
    for step in sorted({row.lsn for row in written}):
        rows = {row.field: row for row in written if row.lsn == step}
        if not rows.keys() & {"status", "status_since"}:
            continue
        status = str(rows["status"].new or "") if "status" in rows else status
        told = rows["status_since"].new if "status_since" in rows else since
        since = told if isinstance(told, date) else None
        one = next(iter(rows.values()))
        found.append(StatusRow(status, since, one.who, one.at))
    return found
