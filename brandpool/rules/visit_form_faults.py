"""What keeps a visit form from being used, told by sheet and line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from brandpool.errors import UserError
from brandpool.rules.visit_form import KINDS, NO, YES, Form, Question, compiled, computed

LONGEST_NAME = 60
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form: in the list of questions or of choices, by its place there."""

    sheet: str
    place: int
    text: str


def faults(form: Form) -> Iterator[Fault]:
    """Everything that would keep the form from being used, in the order of its lines."""
    yield from _structure(form)
    yield from _choice_faults(form)
    known = set(form.by_name)
    for place, question in enumerate(form.questions):
        for column in ("required", "relevant", "constraint", "default"):
            source = str(getattr(question, column)).strip()
            if not _is_expression(column, source):
                continue
            try:
                missing = sorted(compiled(source).names - known)
            except UserError as bad:
                yield Fault("survey", place, f"{column} 列：{bad}")
                continue
            if missing:
                names = "、".join(f"${{{name}}}" for name in missing)
                yield Fault("survey", place, f"{column} 列用到的 {names} 不是本表单的问题")
    yield from _circles(form)


def _is_expression(column: str, source: str) -> bool:
    if column == "required":
        return source.casefold() not in YES | NO
    return computed(source) if column == "default" else bool(source)


def _structure(form: Form) -> Iterator[Fault]:
    seen: set[str] = set()
    open_groups: list[int] = []
    for place, question in enumerate(form.questions):
        if question.kind == "end_group":
            if not open_groups:
                yield Fault("survey", place, "end_group 前面没有对应的 begin_group")
            open_groups = open_groups[:-1]
            continue
        for told in _wrong(form, question, seen):
            yield Fault("survey", place, told)
        seen.add(question.name)
        if question.kind == "begin_group":
            open_groups.append(place)
    for place in open_groups:
        yield Fault("survey", place, "begin_group 没有对应的 end_group")


def _wrong(form: Form, question: Question, seen: set[str]) -> Iterator[str]:
    """What is wrong with one line for itself."""
    if question.kind not in KINDS:
        yield f"type 列的“{question.kind}”无法识别，可用 {'、'.join(KINDS)}"
        return
    if not _NAME.fullmatch(question.name) or len(question.name) > LONGEST_NAME:
        yield f"name 列的“{question.name}”应以英文字母开头，只用字母、数字和下划线"
    elif question.name in seen:
        yield f"name 列的“{question.name}”已经用过，每个问题的 name 须不同"
    if not question.label.strip():
        yield "label 列是空的，请写上题目"
    if question.kind.startswith("select") and not form.options(question):
        yield f"选项清单“{question.choices}”在 choices 工作表中没有内容"


def _choice_faults(form: Form) -> Iterator[Fault]:
    place = 0
    for name, options in form.choices.items():
        seen: set[str] = set()
        for option in options:
            if not option.code or _has_space(option.code):
                yield Fault("choices", place, f"清单“{name}”的 name“{option.code}”不能为空或带空格")
            elif option.code in seen:
                yield Fault("choices", place, f"清单“{name}”的 name“{option.code}”重复")
            if not option.label:
                yield Fault("choices", place, f"清单“{name}”的选项“{option.code}”没有 label")
            seen.add(option.code)
            place += 1


def _has_space(code: str) -> bool:
    return bool(re.search(r"\s", code))


def _circles(form: Form) -> Iterator[Fault]:
    """Questions that apply only if they apply."""
    try:
        needs = {
            name: {one for condition in conditions for one in condition.names}
            for name, conditions in form.relevance.items()
        }
    except UserError:
        return
    for place, question in enumerate(form.questions):
        if question.kind != "end_group" and _reaches(needs, question.name, question.name):
            yield Fault("survey", place, f"“{question.name}”的 relevant 绕回了它自己")


def _reaches(needs: Mapping[str, set[str]], start: str, wanted: str) -> bool:
    seen: set[str] = set()
    pending = list(needs.get(start, ()))
    while pending:
        one = pending.pop()
        if one == wanted:
            return True
        if one not in seen:
            seen.add(one)
            pending += needs.get(one, ())
    return False
