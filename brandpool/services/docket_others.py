"""Dates of honours, filings abroad, notices and tiers, and of what was missed before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import both, said
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.docket import DocketDecision
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import HONOURS, Honour
from brandpool.models.madrid_codes import PLACES
from brandpool.models.record import Record
from brandpool.models.tier import PublicNotice, TierMove
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference
from brandpool.rules.scheme import Ladder, Scheme, Tier
from brandpool.services import notices, schemes
from brandpool.services.docket_date import Dated, Owned, deadline, recorded
from brandpool.services.placings import Standing, lines, standing

_HONOURS = {choice.code: choice.zh for choice in HONOURS}
_PLACES = {choice.code: choice.zh for choice in PLACES}


def read_honours(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The ends and review years of these honours."""
    return {
        row["id"]: (row["enterprise_id"], list(_honour(row))) for row in _live(session, Honour, ids)
    }


def read_filings(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The ends of these marks registered directly abroad."""
    found: dict[str, Owned] = {}
    for row in _live(session, ForeignFiling, ids):
        dates = []
        if row["valid_until"] is not None and row["status"] != "lapsed":
            place = _PLACES.get(row["party"], row["party"] or "")
            told = recorded(
                said("有效期至"), row["valid_until"], said("境外注册证"), said("以当地登记为准")
            )
            occasion = str(row["valid_until"].year)
            dates = [deadline("abroad.renewal", ForeignFiling.kind(), row["id"], occasion, told,
                              row["valid_until"], note=place)]  # fmt: skip
        found[row["id"]] = (row["enterprise_id"], dates)
    return found


def read_introduced(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The ends of the rights to these foreign marks."""
    found: dict[str, Owned] = {}
    for row in _live(session, IntroducedMark, ids):
        dates = []
        if row["ends"] is not None:
            told = recorded(said("授权届满日"), row["ends"], said("授权文件"))
            kind = IntroducedMark.kind()
            dates = [deadline("introduced.ends", kind, row["id"], "", told, row["ends"])]
        found[row["id"]] = (row["enterprise_id"], dates)
    return found


def read_notices(session: Session, ids: Sequence[str], ref: Reference) -> dict[str, Owned]:
    """The ends of public notices under which nobody has been moved yet."""
    moves: Any = TierMove.__table__
    assert isinstance(moves, Table)
    used = set(session.scalars(select(moves.c.notice_id).where(moves.c.notice_id.in_(ids))))
    found: dict[str, Owned] = {}
    for row in _live(session, PublicNotice, ids):
        dates = []
        if row["ends"] is not None and row["id"] not in used:
            told = recorded(said("公示截止"), row["ends"], said("公示通知"))
            if row["published"] is not None and row["working_days"] is not None:
                told = notices.explained(session, row["id"], ref)
            dates = [deadline("notice.ends", PublicNotice.kind(), row["id"], "", told, row["ends"],
                              note=row["title"] or "")]  # fmt: skip
        found[row["id"]] = (None, dates)
    return found


def read_tiers(session: Session, ids: Sequence[str], today: date) -> dict[str, Owned]:
    """When these enterprises must be reviewed, and how long they may stay on their tiers."""
    found: dict[str, list[Dated]] = defaultdict(list)
    for scheme in schemes.in_force(session, today):
        for ladder in scheme.ladders:
            for enterprise, line in lines(session, ladder.code, today, list(ids)).items():
                now = standing(line)
                tier = ladder.tier(now.tier) if now else None
                if now and tier:
                    found[enterprise] += _tier(enterprise, scheme, ladder, tier, now)
    return {enterprise: (enterprise, found.get(enterprise, [])) for enterprise in ids}


def read_remedies(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """What is to be followed up after a date was missed."""
    found: dict[str, Owned] = {}
    for row in _live(session, DocketDecision, ids):
        dates = []
        if row["decision"] == "missed" and row["remedy_by"] is not None:
            steps = (
                Step(
                    said("错过：{title}", title=row["title"]),
                    "",
                    row["due_then"],
                    note=row["reason"] or "",
                ),
                Step(said("补救期限（人工填写）"), "", row["remedy_by"], note=row["remedy"] or ""),
            )
            told = Explained({"value": row["remedy_by"]}, steps)
            dates = [deadline("decision.remedy", DocketDecision.kind(), row["id"], "", told,
                              row["remedy_by"], note=row["remedy"] or "")]  # fmt: skip
        found[row["id"]] = (None, dates)
    return found


def _honour(row: dict[str, Any]) -> Iterator[Dated]:
    if row["moved_out_on"] is not None:
        return
    kind, name = Honour.kind(), _HONOURS.get(row["honour"], "")
    ends: date | None = row["valid_until"]
    if ends is not None:
        told = recorded(said("有效期至"), ends, row["document_no"] or said("认定文件"))
        yield deadline("honour.valid_until", kind, row["id"], str(ends.year), told, ends, note=name)
    year = row["review_year"]
    passed = row["reviewed_on"] is not None and row["reviewed_on"].year >= (year or 0)
    if year and not passed and (ends is None or ends.year != year):
        last = date(year, 12, 31)
        told = recorded(
            said("复核年度"),
            last,
            row["document_no"] or said("认定文件"),
            said("年内复核，以通知为准"),
        )
        yield deadline("honour.review", kind, row["id"], str(year), told, last, note=name)


def _tier(
    enterprise: str, scheme: Scheme, ladder: Ladder, tier: Tier, now: Standing
) -> Iterator[Dated]:
    words = tier.words
    kind, name = Enterprise.kind(), both(words.zh, words.en or words.zh)
    for rule, months, start, event in (
        ("tier.review", tier.review_every_months, now.reviewed, said("上次入层或复核")),
        ("tier.dwell", tier.dwell_limit_months, now.since, said("进入本层")),
    ):
        if months is None:
            continue
        day = add(start, Period(months, "m"))
        steps = (
            Step(event, scheme.title, start, note=name),
            Step(said("满{period}", period=Period(months, "m")), scheme.title, day),
        )
        occasion = f"{ladder.code}:{tier.code}:{start}"
        told = Explained({"value": day}, steps)
        yield deadline(rule, kind, enterprise, occasion, told, day, note=name)


def _live(session: Session, model: type[Record], ids: Sequence[str]) -> list[dict[str, Any]]:
    found = journal.snapshot(session, model, list(ids))
    return [row for row in found.values() if row["dup_of"] is None]
