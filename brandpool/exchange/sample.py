"""The sample pool: made-up enterprises with everything a station records, plainly marked as such.

It is written the way a station would write it, step by step through the journal, so that history,
undo and charts show something real. Content follows from the seed and the day alone.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import (
    sample_abroad,
    sample_firms,
    sample_ledgers,
    sample_marks,
    sample_moves,
    sample_packs,
    sample_protection,
    sample_service,
    sample_targets,
    sample_visits,
    sample_well_known,
)
from brandpool.exchange.sample_abroad import Registration
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.sample_marks import Mark
from brandpool.exchange.sample_moves import Batch
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.enterprise import Contact, Enterprise, FormerName, YearlyFigure
from brandpool.models.honour import Honour
from brandpool.models.madrid import (
    BasicMark,
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.mark_file import MarkLicence, MarkPledge, UseEvidence
from brandpool.models.record import Record
from brandpool.models.renewal import RenewalStep
from brandpool.models.trademark import Trademark
from brandpool.rules.reference import shipped
from brandpool.rules.scheme import Ladder
from brandpool.services import (
    answers,
    docket,
    docket_cache,
    docket_decide,
    judging,
    notices,
    questions,
    schemes,
    shortlists,
    tiers,
    trademarks,
)
from brandpool.services.docket import Asked
from brandpool.services.docket_decide import Decision
from brandpool.services.notices import NoticeOrder, Proposal

CLERK = "示例经办人"
PREPARATIONS = 6
_NOTICE_LEAD = timedelta(days=16)
_LONG_AGO = timedelta(days=45)
_LOST = frozenset({"mark.grace_end", "madrid.grace_end", "madrid.duty_grace"})
_MOST_LATE = 1_000_000

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Draft:
    """What has been made up and written so far."""

    pool: Pool
    today: date
    firms: list[Firm]
    ids: list[str] = field(default_factory=list)
    marks: list[list[tuple[str, Mark]]] = field(default_factory=list)


def build(
    pool: Pool,
    enterprises: int = 300,
    seed: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> None:
    """Fill a new pool with that many made-up enterprises and three years of what they went through.

    `today` is the day the content leads up to. `progress` hears (steps done, steps in all). The
    pool must hold a tier scheme (pool_files.create) and nothing else.
    """
    today = today or date.today()
    draft = _Draft(pool, today, sample_firms.firms(enterprises, seed, today))
    tell = progress or (lambda _done, _total: None)
    for place, prepare in enumerate((_enterprises, _people, _marks, _proofs, _abroad, _honours)):
        tell(place, PREPARATIONS + sample_moves.MONTHS)
        prepare(draft)
    with pool.read() as session:
        code = schemes.ladders(session, today)[0][0]
        rungs = judging.ladder_of(schemes.for_ladder(session, code, today), code)
    batches = list(sample_moves.batches(draft.firms, draft.ids, rungs, today))
    total = PREPARATIONS + len(batches) + 1
    for place, batch in enumerate(batches):
        tell(PREPARATIONS + place, total)
        _decide(draft, batch, rungs, noticed=place == len(batches) - 1)
    _hand_in(draft, rungs)
    _open_notice(draft, rungs)
    _fieldwork(draft)
    _well_known(draft)
    _innovation(draft)
    _protection(draft)
    _field_packs(draft)
    _targets(draft)
    _settle_old_dates(draft)
    tell(total, total)


def _enterprises(draft: _Draft) -> None:
    with _step(draft, "导入 示例企业名单.xlsx", "import") as session:
        draft.ids = journal.insert(session, Enterprise, [firm.row for firm in draft.firms])


def _people(draft: _Draft) -> None:
    pairs = list(zip(draft.firms, draft.ids, strict=True))
    with _step(draft, "补充联系人、曾用名和近三年数据", "import") as session:
        _write(
            session, FormerName, (sample_firms.former_names(f, i, draft.today) for f, i in pairs)
        )
        _write(session, Contact, (sample_firms.contacts(f, i) for f, i in pairs))
        _write(session, YearlyFigure, (sample_firms.figures(f, i, draft.today) for f, i in pairs))


def _honours(draft: _Draft) -> None:
    pairs = zip(draft.firms, draft.ids, strict=True)
    with _step(draft, "登记荣誉资质") as session:
        _write(session, Honour, (sample_firms.honours(f, i, draft.today) for f, i in pairs))


def _marks(draft: _Draft) -> None:
    number = 0
    with _step(draft, "导入 示例商标清单.xlsx", "import") as session:
        of_firms: list[list[Mark]] = []
        for firm, enterprise in zip(draft.firms, draft.ids, strict=True):
            of_firms.append(sample_marks.marks(firm, enterprise, number, draft.today))
            number += len(of_firms[-1])
        flat = [mark for marks in of_firms for mark in marks]
        left = iter(journal.insert(session, Trademark, [mark.row for mark in flat]))
        draft.marks = [[(next(left), mark) for mark in marks] for marks in of_firms]
        events = [
            event
            for firm, marks in zip(draft.firms, draft.marks, strict=True)
            for record, mark in marks
            for event in sample_marks.events(mark, record, firm.rng, draft.today)
        ]
        trademarks.record_events(session, events)
        trademarks.restate(session, draft.today)


def _proofs(draft: _Draft) -> None:
    today = draft.today
    held = [
        (firm, record, mark)
        for firm, marks in zip(draft.firms, draft.marks, strict=True)
        for record, mark in marks
    ]
    mains = [(firm, *marks[0]) for firm, marks in zip(draft.firms, draft.marks, strict=True)]
    with _step(draft, "整理使用证据、许可、质押与续展进度") as session:
        _write(session, UseEvidence, (sample_marks.evidence(m, r, f, today) for f, r, m in held))
        _write(session, MarkLicence, (sample_marks.licences(m, r, f, today) for f, r, m in mains))
        _write(session, MarkPledge, (sample_marks.pledges(m, r, f, today) for f, r, m in mains))
        steps = (sample_marks.renewal_steps(m, r, f.rng, today) for f, r, m in held)
        _write(session, RenewalStep, steps)


def _abroad(draft: _Draft) -> None:
    today = draft.today
    with _step(draft, "登记马德里国际注册与境外商标") as session:
        made: list[tuple[Random, Registration]] = []
        for firm, enterprise, marks in zip(draft.firms, draft.ids, draft.marks, strict=True):
            one = sample_abroad.registration(firm, enterprise, marks, len(made), today)
            made += [(firm.rng, one)] if one else []
        rows = [one.row for _rng, one in made]
        registered = journal.insert(session, InternationalRegistration, rows)
        told = [(rng, one, record) for (rng, one), record in zip(made, registered, strict=True)]
        _write(session, BasicMark, ([sample_abroad.basic_mark(one, r)] for _g, one, r in told))
        _write(session, IrEvent, (sample_abroad.ir_events(one, r) for _g, one, r in told))
        designated = [
            (rng, row)
            for rng, one, record in told
            for row in sample_abroad.designations(one, record, rng, today)
        ]
        _designations(session, designated, today)
        pairs = list(zip(draft.firms, draft.ids, strict=True))
        _write(session, ForeignFiling, (sample_abroad.filings(f, i, today) for f, i in pairs))
        _write(session, IntroducedMark, (sample_abroad.introduced(f, i, today) for f, i in pairs))


def _designations(session: Session, designated: Sequence[tuple[Random, Row]], today: date) -> None:
    records = journal.insert(session, Designation, [row for _rng, row in designated])
    pairs = zip(designated, records, strict=True)
    events = (
        sample_abroad.designation_events(row, record, rng, today) for (rng, row), record in pairs
    )
    _write(session, DesignationEvent, events)


def _decide(draft: _Draft, batch: Batch, rungs: Ladder, *, noticed: bool) -> None:
    year, month = batch.effective.year, batch.effective.month
    notice = None
    if noticed:
        proposals = tuple(Proposal(order.enterprise, order.tier) for order in batch.orders)
        published = batch.effective - _NOTICE_LEAD
        title = f"{year}年{month}月梯队调整公示（示例）"
        with _step(draft, f"发布公示：{title}") as session:
            notice = notices.publish(session, _notice(title, rungs, published, proposals))
    batch = Batch(batch.effective, tuple(replace(one, notice_id=notice) for one in batch.orders))
    with _step(draft, f"{year}年{month}月入库与层级调整（{len(batch.orders)}家）") as session:
        sample_moves.decide(session, batch, draft.today)


def _hand_in(draft: _Draft, rungs: Ladder) -> None:
    upgrade = questions.upgrade_list(rungs.code)
    listed = questions.pool_list(rungs.code)
    with _step(draft, "保存查询方案") as session:
        questions.save_question(session, "升级推荐名单（示例）", upgrade)
        kept = questions.save_question(session, "在库企业名单（示例）", listed)
    on = draft.today - timedelta(days=60)
    how = shortlists.HandIn("在库企业名单（示例）", CLERK, "示例：区市场监管分局", question_id=kept)
    with _step(draft, "报送名单：在库企业名单（示例）") as session:
        found = answers.answer(session, listed, on)
        if found.rows:
            shortlists.hand_in(session, found, how, on)


def _well_known(draft: _Draft) -> None:
    files = Attachments(draft.pool.path)
    with _step(draft, "整理驰名保护准备档与个案") as session:
        sample_well_known.fill(session, files, draft.firms, draft.ids, draft.marks, draft.today)


def _targets(draft: _Draft) -> None:
    files = Attachments(draft.pool.path)
    with _step(draft, "登记政策目标、资助项目与站务材料") as session:
        sample_targets.fill(session, files, draft.firms, draft.ids, draft.today)


def _fieldwork(draft: _Draft) -> None:
    with _step(draft, "登记近三年走访、培训与一企一策") as session:
        sample_visits.fill(session, draft.firms, draft.ids, draft.today)
    with _step(draft, "出具四书") as session:
        sample_visits.letters_of(session, draft.ids, draft.today)


def _field_packs(draft: _Draft) -> None:
    with _step(draft, "登记外勤包") as session:
        sample_packs.fill(session, draft.ids, draft.today)


def _innovation(draft: _Draft) -> None:
    with _step(draft, "整理专利、贯标、质押、保险等创新台账") as session:
        sample_ledgers.fill(session, draft.firms, draft.ids, draft.marks, draft.today)


def _protection(draft: _Draft) -> None:
    with _step(draft, "整理案件、投诉、调解、机构等保护与服务台账") as session:
        cases = sample_protection.fill(session, draft.firms, draft.ids, draft.today)
        sample_service.fill(session, draft.firms, draft.ids, cases, draft.today)


def _open_notice(draft: _Draft, rungs: Ladder) -> None:
    """A notice that is still running, with the first enterprises that could go one tier up."""
    published = shipped().china.last_open_day(draft.today - timedelta(days=1))
    with _step(draft, "发布公示：升级名单公示（示例）") as session:
        standing = tiers.standings(session, rungs.code, draft.today)
        targets = ((one, rungs.above(now.tier)) for one, now in sorted(standing.items()))
        proposals = [Proposal(one, tier.code) for one, tier in targets if tier is not None][:5]
        if proposals:
            order = _notice("升级名单公示（示例）", rungs, published, tuple(proposals))
            notices.publish(session, order)


def _settle_old_dates(draft: _Draft) -> None:
    """Account for what fell due months ago, as a station that works off its desk would have."""
    today, ref = draft.today, shipped()
    with draft.pool.maintain() as session:
        docket_cache.catch_up(session, today, ref)
    with draft.pool.read() as session:
        late = docket.find(session, Asked(today, states=("overdue",)), ref, limit=_MOST_LATE)
    before = today - _LONG_AGO
    missed = [entry.key for entry in late if entry.due < before and entry.rule in _LOST]
    done = [entry.key for entry in late if entry.due < before and entry.rule not in _LOST]
    for decision, keys, why in (
        ("missed", missed, "示例：企业未答复，商标已失效"),
        ("done", done, "示例：已按期办理，补登记"),
    ):
        with _step(draft, f"清理逾期期限（{len(keys)}条）") as session:
            how = Decision(decision, today, CLERK, why)
            docket_decide.decide(session, keys, how, ref)


def _notice(
    title: str, rungs: Ladder, published: date, proposals: tuple[Proposal, ...]
) -> NoticeOrder:
    return NoticeOrder(
        title, rungs.code, published, proposals, working_days=5,
        receives="示例：品牌指导服务站", phone="0574-00000000",
    )  # fmt: skip


def _write(session: Session, model: type[Record], rows: Iterable[Iterable[Row]]) -> None:
    journal.insert(session, model, [row for some in rows for row in some])


def _step(draft: _Draft, why: str, source: str = "sample") -> AbstractContextManager[Session]:
    return draft.pool.write(why, who=CLERK, source=source)
