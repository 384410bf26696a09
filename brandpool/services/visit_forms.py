"""The visit forms of a station: which one is in use, and what its answers mean to the records."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Field, Kind, Value
from brandpool.models.record import digest, fields, new_id
from brandpool.models.visit import NEEDS, Visit
from brandpool.models.visit_form import VisitForm
from brandpool.rules import visit_form, visit_form_faults, visit_form_text
from brandpool.rules.form_expression import Answer, text
from brandpool.rules.periods import ONE_DAY
from brandpool.rules.visit_form import Form, Question, Typed
from brandpool.rules.visit_form_faults import Fault

NEED, NEED_PREFIX = "needs", "need_"
"""The question of the needs by type, and the beginning of the questions of their details."""
_OWN = frozenset({"enterprise_id", "visit_no", "form_id", "answers", "visit_key"})
_FITS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DATE: ("date",),
    Kind.NUMBER: ("integer",),
    Kind.CHOICE: ("select_one",),
    Kind.TAGS: ("text", "select_multiple"),
    Kind.FILE: ("image",),
}


def mapped(form: Form) -> dict[str, Field]:
    """The fields of a visit that questions of this form fill, by the question's name."""
    known = {name: one for name, one in fields(Visit).items() if name not in _OWN}
    return {name: known[name] for name in form.by_name if name in known}


def faults(form: Form) -> Iterator[Fault]:
    """Everything that keeps the form from being used here, its fit with the records included."""
    yield from visit_form_faults.faults(form)
    known = mapped(form)
    for place, question in enumerate(form.questions):
        if question.asks and question.name in known:
            wrong = _misfit(form, question, known[question.name])
            if wrong:
                yield Fault("survey", place, wrong)
    if NEED in form.by_name:
        yield from _need_faults(form)
    if "visited_on" not in form.by_name:
        yield Fault(
            "survey", 0, _("缺少走访日期：请加一行 type 为 date、name 为 visited_on 的问题")
        )


def keep(session: Session, form: Form, starts: date) -> str:
    """Use a form from a day on; returns its record's id. The same form again is no change.

    Raises UserError when it has a fault, or another form already bears this name and version.
    """
    for fault in faults(form):
        raise UserError(_("走访表单有误：{what}。").format(what=fault.text))
    values: dict[str, Value] = {
        "name": form.name, "version": form.version, "title": form.title, "starts": starts,
        "definition": visit_form_text.to_json(form),
    }  # fmt: skip
    record = new_id(VisitForm, values)
    known = journal.snapshot(session, VisitForm, [record]).get(record)
    if known is None:
        return journal.insert(session, VisitForm, [values])[0]
    if known["definition"] != values["definition"]:
        told = _(
            "表单“{title}”的版本 {version} 已在使用，内容却不同。请在 settings 中换一个版本号。"
        )
        raise UserError(told.format(title=form.title, version=form.version))
    return record


def keep_for(session: Session, form: Form, day: date) -> str:
    """The record of the form a visit of this day was written on, kept if it was not yet.

    It does not come into use by that where the pool has a form already. Where another form has
    taken its name and version meanwhile, it is kept beside that one with a mark of its content.
    """
    definition = visit_form_text.to_json(form)
    record = new_id(VisitForm, {"name": form.name, "version": form.version})
    known = journal.snapshot(session, VisitForm, [record]).get(record)
    if known is not None and known["definition"] == definition:
        return record
    if known is not None:
        form = replace(form, version=f"{form.version}+{digest(definition)[:6]}")
    first = session.scalar(select(func.min(_table().c.starts)))
    return keep(session, form, day if first is None else min(day, first - ONE_DAY))


def in_use(session: Session, on: date) -> Form | None:
    """The form in use on a day: the one that started last; None while the pool has none."""
    table = _table()
    query = (
        select(table.c.definition)
        .where(table.c.dup_of.is_(None), table.c.starts <= on, table.c.definition.is_not(None))
        .order_by(table.c.starts.desc(), table.c.version.desc(), table.c.id.desc())
        .limit(1)
    )
    found = session.scalar(query)
    return visit_form_text.from_json(found) if found else None


def visit_values(form: Form, answers: Mapping[str, Typed], today: date) -> dict[str, Value]:
    """The fields of the visit as the answers give them; what does not apply stays empty."""
    found = visit_form.in_force(form, answers, today)
    return {
        name: _as_value(form, form.by_name[name], one, found[name])
        for name, one in mapped(form).items()
        if name in found
    }


def needs(form: Form, answers: Mapping[str, Typed], today: date) -> list[tuple[str, str]]:
    """The needs the enterprise named: (type, detail)."""
    found = visit_form.in_force(form, answers, today)
    named = found.get(NEED)
    codes = named if isinstance(named, tuple) else (named,) if isinstance(named, str) else ()
    return [(code, text(found.get(NEED_PREFIX + code))) for code in codes]


def spoken(form: Form, question: Question, typed: Typed | None) -> str:
    """An answer in words: labels for codes."""
    if not typed:
        return ""
    labels = {option.code: option.label for option in form.options(question)}
    codes = typed if isinstance(typed, tuple) else (typed,)
    return "、".join(labels.get(code, code) for code in codes)


def typed_of(value: Value) -> str:
    """A recorded value as it would be typed into the form."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _as_value(form: Form, question: Question, declared: Field, answer: Answer) -> Value:
    if isinstance(answer, tuple):
        return spoken(form, question, answer)
    if declared.kind is Kind.NUMBER and isinstance(answer, Decimal):
        return int(answer)
    return answer


def _misfit(form: Form, question: Question, declared: Field) -> str:
    fitting = _FITS.get(declared.kind, ("text", "select_one"))
    if question.kind not in fitting:
        told = _("“{name}”对应走访记录的“{field}”，type 应为 {kinds}")
        return told.format(name=question.name, field=declared.zh, kinds="、".join(fitting))
    if declared.kind is Kind.CHOICE:
        known = {choice.code for choice in declared.choices}
        unknown = [o.code for o in form.options(question) if o.code not in known]
        if unknown:
            told = _("“{name}”的选项 {codes} 不在可用的代码中：{known}")
            return told.format(
                name=question.name, codes="、".join(unknown), known="、".join(sorted(known))
            )
    return ""


def _need_faults(form: Form) -> Iterator[Fault]:
    question = form.by_name[NEED]
    place = form.questions.index(question)
    known = {choice.code for choice in NEEDS}
    if question.kind != "select_multiple":
        yield Fault("survey", place, _("needs 登记企业需求的类型，type 应为 select_multiple"))
    unknown = [o.code for o in form.options(question) if o.code not in known]
    if unknown:
        told = _("needs 的选项 {codes} 不在可用的代码中：{known}")
        yield Fault(
            "survey", place, told.format(codes="、".join(unknown), known="、".join(sorted(known)))
        )


def _table() -> Table:
    table = VisitForm.__table__
    assert isinstance(table, Table)
    return table
