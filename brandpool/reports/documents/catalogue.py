"""The documents there are: what each is asked for, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from brandpool import i18n
from brandpool.errors import UserError
from brandpool.exchange.table_out import chinese_day
from brandpool.i18n import _
from brandpool.models.shortlist import Shortlist
from brandpool.reports.documents import (
    admission_list,
    certificate,
    dossier,
    notice_paper,
    report,
    shortlist_paper,
)
from brandpool.reports.documents.content import Draft, Office
from brandpool.reports.documents.period import Period
from brandpool.reports.documents.report_parts import Code
from brandpool.rules.reference import Reference
from brandpool.services import (
    answers,
    docket,
    printed_numbers,
    questions,
    records,
    schemes,
    shortlists,
)
from brandpool.services.answers import Answer


class Need(StrEnum):
    """What a document has to be told."""

    PERIOD = "period"
    LIST = "list"
    NOTICE = "notice"
    SPAN = "span"
    ENTERPRISES = "enterprises"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: the kind of document, and what it is about.

    `about` are ids: handed-in lists or saved questions, notices, enterprises, or keys of the
    docket. Without one a list is that of who can move up on `ladder` (empty: the first in force).
    `unmasked` names people.
    """

    kind: str
    about: tuple[str, ...] = ()
    period: Period | None = None
    ladder: str = ""
    start: date | None = None
    end: date | None = None
    unmasked: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Who writes, on which day, by which calendars; the codes printed beside a report's numbers."""

    by: Office
    today: date
    ref: Reference
    code: Code | None = printed_numbers.code_of


Make = Callable[[Session, Order, World], list[Draft]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of document."""

    key: str
    title: str
    need: Need
    make: Make


def papers() -> tuple[Paper, ...]:
    """All kinds of documents, titled in the language in use."""
    return (
        Paper("report", _("月报、季报、年报"), Need.PERIOD, _report),
        Paper("approval", _("名单呈批件"), Need.LIST, _approval),
        Paper("notice", _("公示文稿"), Need.NOTICE, _notice),
        Paper("admission", _("入库名单"), Need.SPAN, _admission),
        Paper("dossier", _("一企一档"), Need.ENTERPRISES, _dossier),
        Paper("certificate", _("期限依据单"), Need.DATE, _certificate),
    )


def paper(key: str) -> Paper:
    """The kind of that key. Raises UserError that names the keys there are."""
    found = {one.key: one for one in papers()}
    if key not in found:
        raise UserError(
            _("没有“{key}”这种文书，可用：{keys}。").format(key=key, keys="、".join(found))
        )
    return found[key]


def drafts(session: Session, order: Order, world: World) -> list[Draft]:
    """The documents ordered, in Chinese whatever the window speaks; one for each thing it is about.

    Raises UserError when something is missing in the order or there is nothing to write about.
    """
    with i18n.speaking("zh"):
        return paper(order.kind).make(session, order, world)


def _report(session: Session, order: Order, world: World) -> list[Draft]:
    if order.period is None:
        raise UserError(_("请选择报告期间。"))
    made = report.draft(
        session, order.period, world.by, world.today, ref=world.ref, code=world.code
    )
    return [made]


def _approval(session: Session, order: Order, world: World) -> list[Draft]:
    lists = [_list(session, one, world.today) for one in order.about]
    if not lists:
        ladder = _ladder(session, order, world.today)
        answer = answers.answer(session, questions.upgrade_list(ladder), world.today)
        lists = [(f"{chinese_day(world.today)}拟升级企业名单", answer)]
    return [
        shortlist_paper.draft(session, answer, name, world.by, world.today, unmasked=order.unmasked)
        for name, answer in lists
    ]


def _list(session: Session, record: str, today: date) -> tuple[str, Answer]:
    """A handed-in list as it was, or the answer to a saved question as of today."""
    handed = records.rows(session, Shortlist, [record])
    if handed:
        return str(handed[0]["name"]), shortlists.frozen(session, record)
    asked = questions.get(session, record)
    return asked.name, answers.answer(session, asked.question, today)


def _notice(session: Session, order: Order, world: World) -> list[Draft]:
    _need(order, _("请选择公示。"))
    return [
        notice_paper.draft(session, one, world.by, world.today, world.ref) for one in order.about
    ]


def _admission(session: Session, order: Order, world: World) -> list[Draft]:
    start = order.start or date(world.today.year, 1, 1)
    end = order.end or world.today
    ladder = _ladder(session, order, end)
    return [admission_list.draft(session, ladder, start, end, world.by, world.today)]


def _dossier(session: Session, order: Order, world: World) -> list[Draft]:
    _need(order, _("请选择企业。"))
    return [
        dossier.draft(session, one, world.by, world.today, unmasked=order.unmasked)
        for one in order.about
    ]


def _certificate(session: Session, order: Order, world: World) -> list[Draft]:
    _need(order, _("请选择期限。"))
    made = []
    for key in order.about:
        entry = docket.get(session, key, world.today, world.ref)
        told = docket.explained(session, key, world.today, world.ref)
        subject = f"{entry.label}：{chinese_day(entry.due)}"
        about = (
            f"{entry.title}（{entry.enterprise_name}）" if entry.enterprise_name else entry.title
        )
        one = certificate.draft(subject, about, told, world.by, world.today)
        made.append(replace(one, title=f"期限依据单_{entry.title}_{entry.label}"))
    return made


def _need(order: Order, words: str) -> None:
    if not order.about:
        raise UserError(words)


def _ladder(session: Session, order: Order, on: date) -> str:
    if order.ladder:
        return order.ladder
    found = schemes.ladders(session, on)
    if not found:
        raise UserError(_("这一天没有施行的梯队方案，没有生成文书。请先在“梯队方案”中启用一份。"))
    return found[0][0]
