"""Dates of well-known mark work: the clocks of cases, and when files are to be handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import said
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.models.well_known_codes import ROUTES
from brandpool.rules.periods import ONE_DAY
from brandpool.rules.reference import Reference
from brandpool.services.docket_date import Dated, Owned, deadline, recorded, watch
from brandpool.services.well_known_cases import CaseRow, cases
from brandpool.services.well_known_rows import FileRow, gather

_OVER = frozenset({"withdrawn", "mediated", "returned"})
_ROUTES = {choice.code: choice.zh for choice in ROUTES}


def read_cases(
    session: Session, ids: Sequence[str], today: date, ref: Reference
) -> dict[str, Owned]:
    """The running clocks of these cases, by Order 66, the law and the reference data."""
    found: dict[str, Owned] = {}
    for case in cases(session, today, ids, ref=ref):
        over = case.values["outcome"] in _OVER
        found[case.id] = (case.values["enterprise_id"], [] if over else list(_clocks(case, ref)))
    return found


def read_files(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """When these files are to be handed in, and from when the mark has lived long enough."""
    return {
        one.file.id: (one.file.enterprise_id, list(_file(one.file))) for one in gather(session, ids)
    }


def _clocks(case: CaseRow, ref: Reference) -> Iterator[Dated]:
    natures = ref.documents["docket"]["dates"]
    for clock in case.running():
        rule = f"well_known.{clock.matter}"
        made = watch if natures[rule]["nature"] == "watch" else deadline
        note = str(case.values["authority"] or "")
        dated = made(
            rule, WellKnownCase.kind(), case.id, clock.stage, clock.explained, clock.work_by,
            clock.due, note,
        )  # fmt: skip
        yield replace(dated, late=clock.due + ONE_DAY)


def _file(file: FileRow) -> Iterator[Dated]:
    kind, note = WellKnownFile.kind(), _ROUTES.get(file.route or "", "")
    if file.due_on is not None:
        told = recorded(said("提交截止日"), file.due_on, said("准备档"))
        yield deadline("well_known.file_due", kind, file.id, "", told, file.due_on, note=note)
    if file.readiness == "not_yet" and file.earliest is not None:
        told = recorded(
            said("时间最早满足日"),
            file.earliest,
            said("准备档的评估"),
            said("{assessed_on}评估", assessed_on=file.assessed_on),
        )
        yield watch("well_known.earliest", kind, file.id, "", told, file.earliest, note=note)
