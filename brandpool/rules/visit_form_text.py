"""A visit form as one text (JSON), and back."""

import json
from dataclasses import asdict
from typing import Any

from brandpool.errors import UserError
from brandpool.rules.visit_form import Form, Option, Question
from brandpool.rules.visit_form_faults import faults


def to_json(form: Form) -> str:
    """The form as one text that always reads the same."""
    lists = {name: [asdict(o) for o in options] for name, options in form.choices.items()}
    questions = [{k: v for k, v in asdict(q).items() if v != ""} for q in form.questions]
    content = {"name": form.name, "version": form.version, "title": form.title,
               "questions": questions, "choices": lists}  # fmt: skip
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Form:
    """The form from its text. Raises UserError when it is none, or has a fault."""
    try:
        content: Any = json.loads(text)
        form = Form(
            str(content["name"]),
            str(content["version"]),
            str(content["title"]),
            tuple(Question(**{"name": "", "label": "", **q}) for q in content["questions"]),
            {n: tuple(Option(**o) for o in options) for n, options in content["choices"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise UserError(f"走访表单的内容已损坏（{bad}），请重新导入表单。") from bad
    first = next(faults(form), None)
    if first is not None:
        raise UserError(f"走访表单“{form.title}”有误：{first.text}。")
    return form
