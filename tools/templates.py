"""Make the Word templates of resources/templates anew.

    .venv/bin/python tools/templates.py

The same program makes the same bytes. A station does not edit these but its own copies.
"""

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from letter_templates import letters  # noqa: E402
from template_sheet import Sheet  # noqa: E402

FOLDER = ROOT / "resources" / "templates"


def letter() -> Sheet:
    """A letter to one enterprise, with tables and a slip to send back."""
    sheet = Sheet("{{ title }}")
    heading(sheet, "number")
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


def shortlist_approval() -> Sheet:
    """A shortlist handed up for approval; the list itself lies across."""
    sheet = Sheet("{{ title }}")
    heading(sheet)
    sheet.p("BodyText", "{{ opening }}")
    sheet.p("Heading1", "一、依据")
    sheet.p("BodyText", "{{ basis }}")
    sheet.p("Heading1", "二、名单构成")
    with sheet.when("totals.rows"):
        sheet.open_table("totals")
    with sheet.when("checked"):
        sheet.p("BodyText", "{{ checked }}")
    sheet.p("Heading1", "三、后续安排")
    sheet.p("BodyText", "{{ next_step }}")
    sheet.p("BodyText", "妥否，请批示。")
    sheet.p("BodyText")
    sheet.p("Annex", "附件：{{ name }}")
    signature(sheet)
    sheet.p("Caption", "审批意见", new_page=True)
    sheet.form(
        [("经办人\n意见", ""), ("审核\n意见", ""), ("分管领导\n意见", ""), ("主要领导\n意见", "")],
        (1, 5),
        (2400, 2400, 2800, 2800),
    )
    sheet.turn("wide")
    sheet.p("AnnexLabel", "附件")
    sheet.p("AnnexTitle", "{{ name }}")
    sheet.p("Note", "填报单位（盖章）：{{ station }}　　截至日：{{ on }}　　共{{ count }}家")
    sheet.open_table("annex")
    foot(sheet)
    return sheet


def public_notice() -> Sheet:
    """A public notice with its list."""
    sheet = Sheet("{{ title }}")
    heading(sheet)
    sheet.p("BodyText", "{{ opening }}")
    sheet.p(
        "BodyText",
        "公示期为{{ published }}至{{ ends }}（{{ working_days }}个工作日）"
        "{% if provisional %}，因当年放假安排尚未公布，截止日为暂定{% endif %}。",
    )
    sheet.p(
        "BodyText",
        "公示期内，任何单位或个人对公示名单有异议的，可以书面形式向{{ receives }}反映。"
        "以单位名义反映的应加盖公章，以个人名义反映的应署实名并提供联系方式。"
        "逾期或匿名反映的，不予受理。",
    )
    contact = "受理部门：{{ receives }}"
    contact += "{% if receive_phone %}；电话：{{ receive_phone }}{% endif %}"
    contact += "{% if email %}；电子邮箱：{{ email }}{% endif %}"
    contact += "{% if address %}；地址：{{ address }}{% endif %}。"
    sheet.p("BodyText", contact)
    sheet.p("BodyText")
    sheet.p("Annex", "附件：公示名单（共{{ count }}家）")
    sheet.p("Signature")
    sheet.p("Signature", "{{ station }}")
    sheet.p("Signature", "{{ published }}")
    sheet.p("AnnexLabel", "附件", new_page=True)
    sheet.p("AnnexTitle", "公示名单")
    with sheet.each("group in groups"):
        sheet.p("Heading1", "{{ group.caption }}")
        sheet.open_table("group")
    return sheet


def admission_list() -> Sheet:
    """Those admitted, tier by tier, and those who left."""
    sheet = Sheet("{{ title }}", "wide")
    sheet.p("AnnexTitle", "{{ title }}")
    sheet.p("Subtitle", "{{ subtitle }}")
    sheet.p(
        "Note",
        "{% if scheme %}适用方案：{{ scheme }}　　{% endif %}"
        "入库、升级{{ count }}家次，退出{{ left_count }}家次",
    )
    with sheet.each("group in groups"):
        sheet.p("Caption", "{{ group.caption }}")
        sheet.open_table("group")
    with sheet.when("left"):
        sheet.p("Caption", "{{ left.caption }}")
        sheet.open_table("left")
    foot(sheet)
    return sheet


def report() -> Sheet:
    """Sections of text, numbers with definitions, tables and charts; lists as annexes."""
    sheet = Sheet("{{ title }}")
    heading(sheet, "subtitle")
    sheet.p("BodyText", "{{ opening }}")
    with sheet.each("section in sections"):
        sheet.p("Heading1", "{{ section.number }}、{{ section.title }}")
        with sheet.each("text in section.texts"):
            sheet.p("BodyText", "{{ text }}")
        with sheet.when("section.numbers"):
            sheet.open_table("section.numbers")
            with sheet.each("text in section.definitions"):
                sheet.p("Note", "口径——{{ text }}")
        with sheet.each("table in section.tables"):
            sheet.p("Caption", "{{ table.caption }}")
            sheet.open_table("table")
        with sheet.each("chart in section.charts"):
            sheet.p("Picture", "{{ chart.picture }}")
    with sheet.when("annexes"):
        sheet.p("BodyText")
        with sheet.each("annex in annexes"):
            sheet.p(
                "Annex",
                "{% if loop.first %}附件：{% else %}　　　{% endif %}"
                "{{ annex.number }}. {{ annex.title }}",
            )
    signature(sheet)
    sheet.turn("list")
    with sheet.each("annex in annexes"):
        sheet.p("AnnexLabel", "附件{{ annex.number }}", new_page=True)
        sheet.p("AnnexTitle", "{{ annex.title }}")
        with sheet.each("table in annex.tables"):
            with sheet.when("table.caption != annex.title"):
                sheet.p("Caption", "{{ table.caption }}")
            sheet.open_table("table")
            with sheet.when("table.note"):
                sheet.p("Note", "{{ table.note }}")
    return sheet


def dossier() -> Sheet:
    """Everything of one enterprise."""
    sheet = Sheet("{{ name }}", "list")
    sheet.p("AnnexTitle", "{{ name }}")
    sheet.p("Subtitle", "一企一档")
    sheet.p("Note", "统一社会信用代码：{{ credit_code }}　　截至日：{{ day }}")
    sheet.p("Heading1", "一、基本情况")
    sheet.grid("fact in facts", ["{{ fact.label }}", "{{ fact.value }}"], (1, 3))
    sheet.p("Heading1", "二、梯队培育")
    with sheet.each("text in standings"):
        sheet.p("BodyText", "{{ text }}")
    with sheet.when("moves.rows"):
        sheet.open_table("moves")
    with sheet.each("section in sections"):
        sheet.p("Heading1", "{{ section.number }}、{{ section.title }}")
        with sheet.when("section.table"):
            sheet.open_table("section.table")
        with sheet.each("card in section.cards"):
            sheet.p("CardTitle", "{{ card.title }}")
            sheet.grid(
                "line in card.lines", [f"{{{{ line[{n}] }}}}" for n in range(4)], (2, 5, 2, 5)
            )
    foot(sheet)
    return sheet


def certificate() -> Sheet:
    """How a date came about, on one page."""
    sheet = Sheet("{{ title }}")
    heading(sheet)
    sheet.p("Heading1", "{{ subject }}")
    with sheet.when("about"):
        sheet.p("BodyText", "{{ about }}")
    sheet.open_table("steps")
    with sheet.each("text in remarks"):
        sheet.p("Note", "{{ text }}")
    signature(sheet)
    return sheet


def heading(sheet: Sheet, subtitle: str = "") -> None:
    """The title, a line under it if there is one, and an empty line (7.3.1)."""
    sheet.p("Title", "{{ title|headline }}")
    if subtitle:
        with sheet.when(subtitle):
            sheet.p("Subtitle", f"{{{{ {subtitle} }}}}")
    sheet.p("BodyText")


def evidence_catalogue() -> Sheet:
    """The catalogue of the evidence for one case of well-known protection."""
    sheet = Sheet("{{ title }}", "list")
    sheet.p("AnnexTitle", "{{ title }}")
    sheet.p("Note", "制作单位：{{ station }}　　{{ day }}　　共{{ count }}份，合订{{ pages }}页")
    sheet.p("Heading1", "一、基本情况")
    sheet.grid("fact in facts", ["{{ fact.label }}", "{{ fact.value }}"], (1, 3))
    sheet.p("Heading1", "二、近三年经营数据")
    sheet.open_table("figures")
    sheet.p("Heading1", "三、证据目录")
    sheet.open_table("catalogue")
    sheet.p("Note", "页码为合订本右上角所盖页码；“另附”为不能合订的原件。")
    with sheet.when("gaps"):
        sheet.p("Heading1", "四、尚缺材料（{{ verdict }}）")
        with sheet.each("text in gaps"):
            sheet.p("BodyText", "{{ text }}")
    sheet.p("Note", "{{ note }}")
    foot(sheet)
    return sheet


def tables() -> Sheet:
    """Any tables across the page, each with its caption and note: what an inspection asks for."""
    sheet = Sheet("{{ title }}", "wide")
    sheet.p("AnnexTitle", "{{ title }}")
    sheet.p("Note", "{{ opening }}")
    with sheet.each("table in tables"):
        sheet.p("Caption", "{{ table.caption }}")
        sheet.open_table("table")
        with sheet.when("table.note"):
            sheet.p("Note", "{{ table.note }}")
    foot(sheet)
    return sheet


def signature(sheet: Sheet) -> None:
    """Who writes, and the day (7.3.5); never alone on a page."""
    sheet.p("Signature")
    sheet.p("Signature", "{{ station }}")
    sheet.p("Signature", "{{ day }}")
    with sheet.when("clerk"):
        sheet.p(
            "BodyText", "（联系人：{{ clerk }}{% if phone %}，联系电话：{{ phone }}{% endif %}）"
        )


def foot(sheet: Sheet) -> None:
    """The line for seal and signature under a list."""
    sheet.p("Note")
    sheet.p(
        "Note",
        "填报单位（盖章）：{{ station }}　　　填报人：{{ clerk }}　　　"
        "联系电话：{{ phone }}　　　日期：{{ day }}",
    )


TEMPLATES: dict[str, Callable[[], Sheet]] = {
    "letter.docx": letter,
    **letters(signature),
    "shortlist_approval.docx": shortlist_approval,
    "public_notice.docx": public_notice,
    "admission_list.docx": admission_list,
    "report.docx": report,
    "dossier.docx": dossier,
    "certificate.docx": certificate,
    "tables.docx": tables,
    "evidence_catalogue.docx": evidence_catalogue,
}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, build in TEMPLATES.items():
        build().save(FOLDER / name)
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
