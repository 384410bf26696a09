"""Make the Word templates of resources/templates anew.

    .venv/bin/python tools/templates.py

The same program makes the same bytes. A station does not edit these but its own copies.
"""

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from template_sheet import Sheet  # noqa: E402

FOLDER = ROOT / "resources" / "templates"


def letter() -> Sheet:
    """A letter to one enterprise, with tables and a slip to send back."""
    sheet = Sheet("{{ title }}")
    sheet.p("Title", "{{ title }}")
    with sheet.when("number"):
        sheet.p("Subtitle", "{{ number }}")
    sheet.p("Salutation", "{{ to }}：")
    with sheet.each("text in paragraphs"):
        sheet.p("BodyText", "{{ text }}")
    with sheet.each("table in tables"):
        with sheet.when("table.caption"):
            sheet.p("Caption", "{{ table.caption }}")
        sheet.open_table("table")
    with sheet.each("text in closing"):
        sheet.p("BodyText", "{{ text }}")
    signature(sheet)
    with sheet.when("reply"):
        sheet.p("AnnexTitle", "回　执", new_page=True)
        with sheet.each("text in reply"):
            sheet.p("BodyText", "{{ text }}")
        sheet.p("BodyText", "经办人：　　　　　　联系电话：")
        sheet.p("Signature", "单位（盖章）")
        sheet.p("Signature", "　　年　　月　　日")
    return sheet


def signature(sheet: Sheet) -> None:
    """Who writes, and the day (7.3.5)."""
    sheet.p("BodyText")
    sheet.p("Signature", "{{ station }}")
    sheet.p("Signature", "{{ day }}")
    with sheet.when("clerk"):
        sheet.p(
            "BodyText", "（联系人：{{ clerk }}{% if phone %}，联系电话：{{ phone }}{% endif %}）"
        )


TEMPLATES: dict[str, Callable[[], Sheet]] = {
    "letter.docx": letter,
}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, build in TEMPLATES.items():
        build().save(FOLDER / name)
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
