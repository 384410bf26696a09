"""A visit form: its questions, which of them apply, and what is wrong with an answer.

An answer is kept as it was typed: text, or the codes ticked. Nothing typed is ever refused; what
does not fit is told as a problem of its question.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from brandpool.rules import form_expression
from brandpool.rules.form_expression import Answer, Asking, Expression

Typed = str | tuple[str, ...]
"""An answer as it was typed or ticked; images are the hash of the picture."""

KINDS = (
    "text", "integer", "decimal", "date", "select_one", "select_multiple", "image", "note",
    "begin_group", "end_group",
)  # fmt: skip
YES = {"yes", "true", "1", "是", "true()"}
NO = {"", "no", "false", "0", "否", "false()"}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form; groups stand in the list as begin_group and end_group.

    `required`, `relevant` and `constraint` are expressions ("" for none); `choices` names a list.
    """

    kind: str
    name: str
    label: str
    hint: str = ""
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    default: str = ""
    choices: str = ""
    appearance: str = ""

    @property
    def asks(self) -> bool:
        """Whether it has an answer."""
        return self.kind not in ("note", "begin_group", "end_group")


@dataclass(frozen=True, slots=True)
class State:
    """Whether a question applies now, must be answered, and what is wrong with its answer."""

    relevant: bool
    required: bool
    problem: str = ""


@dataclass(frozen=True)
class Form:
    """One version of a form."""

    name: str
    version: str
    title: str
    questions: tuple[Question, ...]
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """The questions that have an answer."""
        return {question.name: question for question in self.questions if question.asks}

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that each question and group stands in, outermost first."""
        found: dict[str, tuple[str, ...]] = {}
        inside: list[str] = []
        for question in self.questions:
            if question.kind == "end_group":
                inside = inside[:-1]
                continue
            found[question.name] = tuple(inside)
            if question.kind == "begin_group":
                inside.append(question.name)
        return found

    @cached_property
    def relevance(self) -> Mapping[str, tuple[Expression, ...]]:
        """What must hold for a question to apply: its own condition and its groups'."""
        own = {q.name: q.relevant for q in self.questions if q.relevant}
        return {
            name: tuple(compiled(own[one]) for one in (*groups, name) if one in own)
            for name, groups in self.groups.items()
        }

    def options(self, question: Question) -> tuple[Option, ...]:
        """What can be ticked."""
        return self.choices.get(question.choices, ())


@lru_cache(maxsize=2000)
def compiled(source: str) -> Expression:
    """The expression, read once. Raises UserError where it breaks off."""
    return form_expression.compiled(source)


def read(form: Form, question: Question, typed: Typed | None) -> tuple[Answer, str]:
    """The value of what was typed, and what is wrong with it ("" for nothing)."""
    if typed is None or typed in ("", ()):
        return None, ""
    if question.kind == "select_multiple":
        codes = typed if isinstance(typed, tuple) else tuple(typed.split())
        return codes, _unknown_codes(form, question, codes)
    words = typed if isinstance(typed, str) else " ".join(typed)
    match question.kind:
        case "select_one":
            return words, _unknown_codes(form, question, (words,))
        case "integer" | "decimal":
            return _number(words, whole=question.kind == "integer")
        case "date":
            try:
                return date.fromisoformat(words), ""
            except ValueError:
                return None, "请填写日期，如 2026-11-22"
    return words, ""


def states(form: Form, answers: Mapping[str, Typed], today: date) -> dict[str, State]:
    """The state of every question and group for these answers."""
    look = _Look(form, answers, today)
    return {q.name: look.state(q) for q in form.questions if q.kind != "end_group"}


def in_force(form: Form, answers: Mapping[str, Typed], today: date) -> dict[str, Answer]:
    """The values of the questions that apply and are answered rightly enough to be read."""
    look = _Look(form, answers, today)
    found = {name: look.answer(name) for name in form.by_name}
    return {name: value for name, value in found.items() if value is not None}


def defaults(form: Form, today: date) -> dict[str, Typed]:
    """What stands in an empty form: `default` as text, or computed where it is an expression."""
    found: dict[str, Typed] = {}
    for question in form.by_name.values():
        if not question.default:
            continue
        if computed(question.default):
            asking = Asking(lambda _name: None, None, today)
            found[question.name] = form_expression.text(compiled(question.default).value(asking))
        elif question.kind == "select_multiple":
            found[question.name] = tuple(question.default.split())
        else:
            found[question.name] = question.default
    return found


class _Look:
    """One look at the answers: what applies is found as it is asked for, and remembered."""

    def __init__(self, form: Form, answers: Mapping[str, Typed], today: date) -> None:
        self._form, self._answers, self._today = form, answers, today
        self._relevant: dict[str, bool] = {}

    def state(self, question: Question) -> State:
        relevant = self.relevant(question.name)
        if not relevant or not question.asks:
            return State(relevant, required=False)
        typed = self._answers.get(question.name)
        value, problem = read(self._form, question, typed)
        needed = self._needed(question)
        empty = typed is None or not (typed.strip() if isinstance(typed, str) else typed)
        if empty:
            return State(True, needed, "请填写" if needed else "")
        if not problem and question.constraint:
            asking = Asking(self.answer, value, self._today)
            if not compiled(question.constraint).holds(asking):
                problem = question.constraint_message or "不符合表单的要求"
        return State(True, needed, problem)

    def relevant(self, name: str) -> bool:
        if name not in self._relevant:
            asking = Asking(self.answer, None, self._today)
            conditions = self._form.relevance.get(name, ())
            self._relevant[name] = all(one.holds(asking) for one in conditions)
        return self._relevant[name]

    def answer(self, name: str) -> Answer:
        """The value of a question; one that does not apply has none."""
        question = self._form.by_name.get(name)
        if question is None or not self.relevant(name):
            return None
        return read(self._form, question, self._answers.get(name))[0]

    def _needed(self, question: Question) -> bool:
        word = question.required.strip().casefold()
        if word in YES or word in NO:
            return word in YES
        return compiled(question.required).holds(Asking(self.answer, None, self._today))


def _unknown_codes(form: Form, question: Question, codes: tuple[str, ...]) -> str:
    known = {option.code for option in form.options(question)}
    unknown = [code for code in codes if code not in known]
    return f"没有“{'、'.join(unknown)}”这一选项" if unknown else ""


def _number(words: str, *, whole: bool) -> tuple[Answer, str]:
    plain = words.strip().replace(",", "").replace("，", "")
    value = form_expression.number(plain)
    if value is None:
        return None, "请填写整数" if whole else "请填写数字"
    if whole and value != value.to_integral_value():
        return None, "请填写整数"
    return (Decimal(int(value)) if whole else value), ""


def computed(default: str) -> bool:
    """Whether a default is an expression rather than the text itself."""
    return "${" in default or bool(re.fullmatch(r"[a-z-]+\(.*\)", default.strip()))
