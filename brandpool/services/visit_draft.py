"""A visit while it is being written: everything typed, as one text that survives a crash.

A draft carries its form, so that it is always read with the questions it was begun on.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from brandpool.errors import UserError
from brandpool.rules import visit_form_text
from brandpool.rules.visit_form import Form, Typed

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as it was typed; `due` is the text of a day or empty."""

    matter: str
    side: str = ""
    person: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An old promise that turned out to be kept, and how."""

    promise: str
    result: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A photograph that lies beside the pool already, under its hash."""

    content_hash: str
    file_name: str
    media_type: str = ""
    size: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One unfinished visit. `key` names it for ever: the visit made of it carries it too.

    `items` are the things on the enterprise's list that the visit brought home. `started` and
    `saved` are local times (ISO).
    """

    key: str
    enterprise: str
    enterprise_name: str
    form: Form
    answers: Mapping[str, Typed] = field(default_factory=dict)
    promises: tuple[Promised, ...] = ()
    kept: tuple[Kept, ...] = ()
    items: tuple[str, ...] = ()
    photos: tuple[Taken, ...] = ()
    who: str = ""
    started: str = ""
    saved: str = ""


def dumps(draft: VisitDraft) -> bytes:
    """The draft as it lies on the disk."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "form": json.loads(visit_form_text.to_json(draft.form)),
        "answers": dict(draft.answers),
    }
    for name in ("key", "enterprise", "enterprise_name", "items", "who", "started", "saved"):
        content[name] = getattr(draft, name)
    for name in ("promises", "kept", "photos"):
        content[name] = [asdict(one) for one in getattr(draft, name)]
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def loads(content: bytes) -> VisitDraft:
    """The draft back. Raises UserError when it is damaged or of a newer program."""
    try:
        found: Any = json.loads(content)
        if found["format"] > FORMAT:
            raise UserError("这份未完成的走访由较新版本的程序写成，请先更新本程序。")
        return VisitDraft(
            form=visit_form_text.from_json(json.dumps(found["form"])),
            answers={
                name: tuple(typed) if isinstance(typed, list) else typed
                for name, typed in found["answers"].items()
            },
            promises=tuple(Promised(**one) for one in found["promises"]),
            kept=tuple(Kept(**one) for one in found["kept"]),
            photos=tuple(Taken(**one) for one in found["photos"]),
            items=tuple(found["items"]),
            **{n: found[n] for n in ("key", "enterprise", "enterprise_name", "who", "started",
                                     "saved")},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise UserError(f"这份未完成的走访已损坏，无法打开（{bad}）。") from bad


def moved_to(draft: VisitDraft, form: Form) -> tuple[VisitDraft, list[str]]:
    """The draft on another version of the form, and the labels of answers that have no place there.

    Answers stay where a question has the same name and type.
    """
    fitting, lost = {}, []
    for name, typed in draft.answers.items():
        old, new = draft.form.by_name.get(name), form.by_name.get(name)
        if new is not None and old is not None and old.kind == new.kind:
            fitting[name] = typed
        elif typed:
            lost.append(old.label if old else name)
    return replace(draft, form=form, answers=fitting), lost
