"""The sections of the monthly, quarterly and yearly report, each read from the pool by itself."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.exchange.chinese_words import EMPTY
from brandpool.exchange.table_out import chinese_day
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Kind
from brandpool.models.kinds import ledgers
from brandpool.models.record import Record, fields
from brandpool.models.trademark import Trademark
from brandpool.reports import flow_figure, movement, stock
from brandpool.reports.documents import changes
from brandpool.reports.documents.changes import Change, of_kind, tier_words
from brandpool.reports.documents.content import Listing
from brandpool.reports.documents.report_parts import (
    CHART_INCHES,
    Ask,
    Chart,
    Number,
    Section,
    chart,
)
from brandpool.reports.scope import Scope, day_words, scope_of
from brandpool.services import counted, madrid_counts, mark_counts, records, renewals, tiers
from brandpool.services.counted import Counted
from brandpool.services.madrid_counts import FiftyDefinition
from brandpool.services.mark_counts import MarkDefinition
from brandpool.services.renewals import RenewalRow

_STOCK_YEARS = {"month": 1, "quarter": 2, "year": 5}
_SHOWN_RENEWALS = 200


def ladder_section(session: Session, ask: Ask, code: str) -> Section:
    """One ladder: who stands on it, who came, rose, fell and left; two charts; the moves."""
    scope = scope_of(session, code, ask.last, ask.on)
    found = changes.changes(session, code, ask.period.start, ask.on)
    numbers = _ladder_numbers(session, ask, code, scope, found)
    moved = {what: len(of_kind(found, what)) for what in changes.WHAT}
    entered = moved["entry"] + moved["reentry"]
    text = (
        f"截至{chinese_day(ask.on)}，{scope.title}在库企业{numbers[0].now.total}家。"
        f"本期入库{entered}家次、升级{moved['up']}家次、降级{moved['down']}家次、"
        f"退出{moved['exit']}家次。"
    )
    return Section(
        scope.title,
        (text,),
        tuple(numbers),
        (_tier_table(session, ask, code, scope),),
        _ladder_charts(session, ask, code, scope),
        (_moves_annex(scope, found),) if found else (),
    )


def _ladder_numbers(
    session: Session, ask: Ask, code: str, scope: Scope, found: Sequence[Change]
) -> list[Number]:
    standing = {day: list(tiers.standings(session, code, day)) for day in (ask.last, ask.on)}
    basis = f"层级按变动的生效日期确定，已退出的不计。{scope.scheme_sentence()}"
    total = Number(
        "在库企业",
        _firms(standing[ask.on], f"截至{chinese_day(ask.on)}日终；{basis}"),
        _firms(standing[ask.last], ""),
    )
    days = f"{chinese_day(ask.period.start)}至{chinese_day(ask.on)}"
    span = f"{days}间生效的变动，同一企业多次变动分别计。"
    before = changes.changes(session, code, ask.period.before.start, ask.last)
    flows = (
        ("本期入库", ("entry", "reentry")),
        ("本期升级", ("up",)),
        ("本期降级", ("down",)),
        ("本期退出", ("exit",)),
    )
    return [
        total,
        *(
            Number(name, _times(of_kind(found, *what), span), _times(of_kind(before, *what), ""))
            for name, what in flows
        ),
    ]


def _firms(ids: Sequence[str], definition: str) -> Counted:
    return Counted(len(ids), "家", counted.keys(Enterprise.kind(), ids), definition)


def _times(found: Sequence[Change], definition: str) -> Counted:
    rows = counted.keys("tier_move", (one.move.id for one in found))
    return Counted(len(found), "家次", rows, definition)


def _tier_table(session: Session, ask: Ask, code: str, scope: Scope) -> Listing:
    """Tier by tier, the highest first: how many then and now."""
    first, last = tiers.stock(session, code, [ask.last, ask.on])
    rows = []
    for tier in reversed(scope.codes):
        then, now = first.get(tier, 0), last.get(tier, 0)
        rows.append((scope.name(tier), str(then), str(now), _signed(now - then)))
    sums = (sum(first.values()), sum(last.values()))
    rows.append(("合计", str(sums[0]), str(sums[1]), _signed(sums[1] - sums[0])))
    heads = ("层级", f"{day_words(ask.last)}", f"{day_words(ask.on)}", "增减")
    return Listing(heads, tuple(rows), f"{scope.title}各层级企业数（家）")


def _signed(change: int) -> str:
    return f"{change:+d}" if change else "0"


def _ladder_charts(session: Session, ask: Ask, code: str, scope: Scope) -> tuple[Chart, ...]:
    flows = movement.numbers(session, code, ask.last, ask.on)
    years = _STOCK_YEARS[ask.period.span]
    since = date(ask.on.year - years, ask.on.month, 1)
    stocks = stock.numbers(session, code, since, ask.on, ask.period.span)
    return (
        chart(
            stock.draw(stocks, CHART_INCHES),
            f"{scope.title}各层级企业数变化",
            stock.printed(stocks),
        ),
        chart(
            flow_figure.draw_flow(flows, CHART_INCHES),
            f"{scope.title}本期层级流向",
            movement.printed(flows),
        ),
    )


def _moves_annex(scope: Scope, found: Sequence[Change]) -> Listing:
    heads = ("序号", "企业名称", "统一社会信用代码", "层级变动", "生效日期", "文号", "理由")
    rows = tuple(
        (
            str(number),
            one.name,
            one.credit_code or EMPTY,
            f"{one.what}：{tier_words(scope, one)}",
            chinese_day(one.move.effective),
            one.move.document_no or EMPTY,
            one.move.reason or EMPTY,
        )
        for number, one in enumerate(found, 1)
    )
    return Listing(heads, rows, f"{scope.title}本期层级变动明细")


def marks_section(session: Session, ask: Ask) -> Section:
    """Marks in force, by number × class and by number, with those in grace."""
    wide, narrow = MarkDefinition(), MarkDefinition(unit="registrations")
    days = (ask.on, ask.last)
    found = [mark_counts.in_force(session, wide, day, ref=ask.ref) for day in days]
    now, before = found
    kind = Trademark.kind()

    def count(total: int, of: mark_counts.MarkCount, text: str) -> Counted:
        return Counted(total, "件", counted.keys(kind, of.ids), text)

    numbers = (
        Number(
            "有效注册商标（注册号×类别）",
            count(now.classes, now, wide.text(ask.on)),
            count(before.classes, before, ""),
        ),
        Number(
            "有效注册商标（注册号）",
            count(now.registrations, now, narrow.text(ask.on)),
            count(before.registrations, before, ""),
        ),
    )
    day = chinese_day(ask.on)
    text = f"截至{day}，库内企业有效注册商标{now.classes}件，其中宽展期内{now.grace}件。"
    if now.unsure:
        text += f"另有{now.unsure}件的状态须与商标注册簿核对，已计入。"
    return Section("注册商标", (text,), numbers)


def madrid_section(session: Session, ask: Ask) -> Section:
    """International registrations, by all three units."""
    definition = FiftyDefinition()
    now = madrid_counts.count_fifty(session, definition, ask.on, ref=ask.ref)
    before = madrid_counts.count_fifty(session, definition, ask.last, ref=ask.ref)
    kind = "international_registration"

    def count(total: int, unit: str, of: madrid_counts.FiftyCount, text: str) -> Counted:
        return Counted(total, unit, counted.keys(kind, of.ids), text)

    numbers = (
        Number(
            "马德里国际注册",
            count(now.registrations, "件", now, now.text),
            count(before.registrations, "件", before, ""),
        ),
        Number(
            "指定缔约方（件×缔约方）",
            count(now.designations, "个", now, now.text),
            count(before.designations, "个", before, ""),
        ),
        Number(
            "有国际注册的企业",
            count(now.enterprises, "家", now, now.text),
            count(before.enterprises, "家", before, ""),
        ),
    )
    text = (
        f"截至{chinese_day(ask.on)}，马德里国际注册{now.registrations}件，"
        f"涉及企业{now.enterprises}家、指定{now.designations}个，其中已获保护{now.protected}个。"
    )
    return Section("马德里国际注册", (text,), numbers)


def renewals_section(session: Session, ask: Ask) -> Section:
    """What has to be renewed, by stage, with the list of it."""
    rows = renewals.queue(session, ask.on, ref=ask.ref)
    stages = (("续展期内", "window"), ("宽展期内", "grace"), ("宽展期已过、未见续展", "over"))
    basis = (
        f"截至{chinese_day(ask.on)}，国内注册商标和国际注册中续展尚未办结的；"
        "已核准续展或已放弃的不计（商标法第四十条、共同实施细则第30条）。"
    )
    numbers = tuple(
        Number(name, _renewals([row for row in rows if row.stage == stage], basis))
        for name, stage in stages
    )
    counts = "、".join(f"{one.name}{one.now.total}件" for one in numbers)
    annexes = (_renewal_annex(session, rows),) if rows else ()
    return Section("续展", (f"截至{chinese_day(ask.on)}，{counts}。",), numbers, annexes=annexes)


def _renewals(rows: Sequence[RenewalRow], definition: str) -> Counted:
    return Counted(len(rows), "件", tuple((row.kind, row.id) for row in rows), definition)


def _renewal_annex(session: Session, rows: Sequence[RenewalRow]) -> Listing:
    shown = rows[:_SHOWN_RENEWALS]
    owners = {row.enterprise_id for row in shown if row.enterprise_id}
    names = records.titles(session, Enterprise, owners)
    stages = {"window": "续展期内", "grace": "宽展期内", "over": "宽展期已过"}
    lines = tuple(
        (
            str(number),
            names.get(row.enterprise_id or "", EMPTY),
            row.name or EMPTY,
            row.number or EMPTY,
            chinese_day(row.due),
            stages[row.stage],
            chinese_day(row.last_day),
        )
        for number, row in enumerate(shown, 1)
    )
    heads = ("序号", "企业名称", "商标", "注册号", "届满日", "阶段", "最后一日")
    more = len(rows) - len(shown)
    note = f"按最后一日排列，另有{more}件未列出。" if more else ""
    return Listing(heads, lines, "续展清单", note)


def work_section(session: Session, ask: Ask) -> Section:
    """What the station did and recorded: ledgers by the date every record of them must have."""
    spans = ((ask.period.start, ask.on), (ask.period.before.start, ask.last))
    numbers, done = [], []
    for model, name in dated_ledgers():
        now, before = (_entered(session, model, name, *span) for span in spans)
        if now.total or before.total:
            numbers.append(Number(f"{model.zh}（{fields(model)[name].zh}）", now, before))
        if now.total:
            done.append(f"{model.zh}{now.total}条")
    if not numbers:
        return Section("台账登记", ("本期及上期均无台账登记。",))
    text = f"本期登记：{'、'.join(done)}。" if done else "本期无新登记。"
    return Section("台账登记", (text,), tuple(numbers))


def dated_ledgers() -> list[tuple[type[Record], str]]:
    """The ledgers whose records must have a date, with the field of it."""
    found = []
    for model in ledgers():
        dates = [(n, f) for n, f in fields(model).items() if f.kind is Kind.DATE]
        if dates and dates[0][1].required:
            found.append((model, dates[0][0]))
    return found


def _entered(session: Session, model: type[Record], name: str, start: date, end: date) -> Counted:
    table = model.__table__.c
    query = (
        select(table.id)
        .where(table[name] >= start, table[name] <= end, table.dup_of.is_(None))
        .order_by(table.id)
    )
    ids = session.scalars(query).all()
    text = f"括号内的日期在{chinese_day(start)}至{chinese_day(end)}间的记录数。"
    return Counted(len(ids), "条", counted.keys(model.kind(), ids), text)
