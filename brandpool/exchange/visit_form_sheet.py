"""Visit forms as spreadsheets in the way of XLSForm: sheets survey, choices and settings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.table_out import whole
from brandpool.exchange.workbook import Book, Cell, Sheet, open_book
from brandpool.i18n import _
from brandpool.paths import resources
from brandpool.rules.visit_form import Form, Option, Question
from brandpool.services import visit_forms

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint",
          "constraint_message", "default", "appearance")  # fmt: skip
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
_SHEETS: Mapping[str, tuple[str, ...]] = {
    "survey": ("survey", "问题"), "choices": ("choices", "选项"), "settings": ("settings", "设置"),
}  # fmt: skip
_HEADINGS: Mapping[str, str] = {
    "类型": "type", "题型": "type", "代号": "name", "题目": "label", "标签": "label",
    "说明": "hint", "必填": "required", "显示条件": "relevant", "填写要求": "constraint",
    "要求提示": "constraint_message", "默认值": "default", "外观": "appearance",
    "清单": "list_name", "list name": "list_name", "表单名称": "form_title",
    "表单代号": "form_id", "版本": "version", "constraint message": "constraint_message",
}  # fmt: skip
_MOST_TOLD = 20
_LONG_TEXT = 4000


def read(path: Path) -> Form:
    """Read a form from a workbook.

    Raises UserError that lists, by sheet and row, everything that must be put right first.
    """
    return _read(open_book(path))


def _read(book: Book) -> Form:
    survey = _rows(book, "survey", ("type", "name"))
    choices = _rows(book, "choices", CHOICES, needed=False)
    settings = next(iter(_rows(book, "settings", ("form_title",)).values()), {})
    questions = {row: _question(line) for row, line in survey.items()}
    lists: dict[str, list[tuple[int, Option]]] = defaultdict(list)
    for row, line in choices.items():
        lists[line.get("list_name", "")].append((row, Option(line["name"], line["label"])))
    told = [*_settings_faults(settings)]
    form = Form(
        settings.get("form_id", ""),
        settings.get("version", ""),
        settings.get("form_title", ""),
        tuple(questions.values()),
        {name: tuple(option for _row, option in options) for name, options in lists.items()},
    )
    places = {
        "survey": list(questions),
        "choices": [row for options in lists.values() for row, _option in options],
    }
    for fault in visit_forms.faults(form):
        rows = places[fault.sheet]
        row = rows[fault.place] if fault.place < len(rows) else 1
        told.append(_at(fault.sheet, row, fault.text))
    if told:
        more = _("（另有 {number} 处）").format(number=len(told) - _MOST_TOLD)
        lines = told[:_MOST_TOLD] + ([more] if len(told) > _MOST_TOLD else [])
        head = _("“{name}”有 {number} 处需要修改，没有读入：")
        raise UserError("\n".join((head.format(name=book.name, number=len(told)), *lines)))
    return form


def write(form: Form, path: Path) -> None:
    """Write a form as a workbook that `read` reads back as the same form, to be edited.

    Raises UserError when the file cannot be written.
    """
    whole(path, lambda half: _write(form, half))


def in_use(session: Session, on: date) -> Form:
    """The form in use on a day; the one that comes with the program while the pool has none."""
    return visit_forms.in_use(session, on) or shipped()


@lru_cache(maxsize=1)
def shipped() -> Form:
    """The form that comes with the program."""
    return read(resources() / "forms" / "visit.xlsx")


def _rows(
    book: Book, name: str, wanted: Sequence[str], *, needed: bool = True
) -> dict[int, dict[str, str]]:
    """The filled rows of a sheet by their number in the file, under their headings."""
    sheet = _sheet(book, name)
    if sheet is None:
        if needed:
            told = _("“{file}”中没有名为 {name} 的工作表，没有读入。")
            raise UserError(told.format(file=book.name, name=name))
        return {}
    for number, cells in enumerate(sheet.rows):
        headings = [_heading(cell) for cell in cells]
        if all(one in headings for one in wanted):
            body = sheet.rows[number + 1 :]
            return {
                row: line
                for row, line in enumerate(map(_line(headings), body), number + 2)
                if any(line.values())
            }
    told = _("工作表 {name} 缺少列标题 {wanted}，没有读入。")
    raise UserError(told.format(name=name, wanted="、".join(wanted)))


def _sheet(book: Book, name: str) -> Sheet | None:
    return next((s for s in book.sheets if s.name.strip().casefold() in _SHEETS[name]), None)


def _heading(cell: Cell) -> str:
    """A heading as this module names it; `label::中文 (zh)` is a label too."""
    text = _text(cell).casefold()
    plain = text.partition("::")[0].strip() if "en)" not in text else text
    return _HEADINGS.get(plain, plain)


def _line(headings: Sequence[str]) -> Any:
    def line(cells: Sequence[Cell]) -> dict[str, str]:
        found: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=True):
            if heading and not found.get(heading):
                found[heading] = _text(cell)
        return found

    return line


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()[:_LONG_TEXT]


def _question(line: Mapping[str, str]) -> Question:
    kind, _space, rest = line.get("type", "").strip().partition(" ")
    if kind in ("begin", "end", "select") and rest:
        second, _space, rest = rest.strip().partition(" ")
        kind = f"{kind}_{second}"
    rest = rest.strip()
    more = {column: line.get(column, "") for column in SURVEY[3:]}
    choices = rest if kind.startswith("select") else ""
    return Question(kind, line.get("name", ""), line.get("label", ""), choices=choices, **more)


def _settings_faults(settings: Mapping[str, str]) -> Iterator[str]:
    for name in SETTINGS:
        if not settings.get(name):
            yield _at("settings", 2, _("{name} 是空的，请填写").format(name=name))


def _at(sheet: str, row: int, text: str) -> str:
    return _("工作表 {sheet} 第 {row} 行：{text}").format(sheet=sheet, row=row, text=text)


def _write(form: Form, path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"strings_to_numbers": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same bytes
        head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        lists = [(n, o.code, o.label) for n, options in form.choices.items() for o in options]
        for name, headings, rows, widths in (
            ("survey", SURVEY, [_survey_row(q) for q in form.questions], _WIDTHS),
            ("choices", CHOICES, lists, (16, 18, 30)),
            ("settings", SETTINGS, [(form.title, form.name, form.version)], (30, 18, 14)),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width, body)
            sheet.write_row(0, 0, headings, head)
            for number, row in enumerate(rows, 1):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text, body)


_WIDTHS = (26, 20, 26, 30, 10, 34, 30, 26, 14, 12)


def _survey_row(question: Question) -> tuple[str, ...]:
    kind = f"{question.kind} {question.choices}".strip()
    return (kind, question.name, question.label, *(str(getattr(question, c)) for c in SURVEY[3:]))
