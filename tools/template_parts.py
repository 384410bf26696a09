"""The parts of a Word file that every template shares: fonts, theme, styles, page numbers."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from brandpool.exchange import gongwen
from brandpool.exchange.gongwen import BODY, HEADING, SUBHEADING, TABLE, TITLE

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = f'xmlns:w="{MAIN}" xmlns:r="{_RELATIONS}"'
_TWO_CHARACTERS = 'w:firstLineChars="200" w:firstLine="632"'
_EXACT = f'w:line="{gongwen.LINE_PITCH}" w:lineRule="exact"'
# The body keeps the grid's pitch by exact lines and its own character space: LibreOffice would give
# a character of 16 pt two cells of 15.79 pt.
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_FREE = 'w:line="240" w:lineRule="auto"'
_TITLE_LINES = 'w:line="700" w:lineRule="exact"'
_AROUND_TITLE = 'w:before="120" w:after="240" w:line="579" w:lineRule="exact"'
_FOUR_FROM_RIGHT = 'w:rightChars="400" w:right="1264"'
_HANGING = 'w:leftChars="500" w:left="1580" w:hangingChars="300" w:hanging="948"'


def _roomy(before: int, after: int) -> str:
    """Lines as high as their text, with room around the paragraph in twips."""
    return f'w:before="{before}" w:after="{after}" {_FREE}'


_CELL, _HEAD_CELL = _roomy(20, 20), _roomy(40, 40)


@dataclass(frozen=True)
class Style:
    """A paragraph style: its name in Word, font, size in points, and the XML of its paragraphs."""

    key: str
    name: str
    font: str = BODY
    size: float = 16
    bold: bool = False
    centred: bool = False
    right: bool = False
    left: bool = False
    indent: str = ""
    spacing: str = _EXACT
    grid: bool = True
    level: int | None = None
    keep: bool = False


STYLES = (
    Style("BodyText", "Body Text", indent=_TWO_CHARACTERS),
    Style("Title", "Title", TITLE, 22, centred=True, spacing=_TITLE_LINES, grid=False),
    Style("Subtitle", "Subtitle", SUBHEADING, 16, centred=True),
    Style("Heading1", "heading 1", HEADING, indent=_TWO_CHARACTERS, level=0, keep=True),
    Style("Heading2", "heading 2", SUBHEADING, indent=_TWO_CHARACTERS, level=1, keep=True),
    Style("Heading3", "heading 3", bold=True, indent=_TWO_CHARACTERS, level=2, keep=True),
    Style("Heading4", "heading 4", indent=_TWO_CHARACTERS, level=3, keep=True),
    Style("Salutation", "Salutation"),
    Style("Signature", "Signature", right=True, indent=_FOUR_FROM_RIGHT, keep=True),
    Style("Annex", "附件说明", indent=_HANGING, keep=True),
    Style("AnnexLabel", "附件标签", HEADING),
    Style("AnnexTitle", "附件标题", TITLE, 18, centred=True, spacing=_AROUND_TITLE, grid=False),
    Style("TableText", "表文", TABLE, 10.5, left=True, spacing=_CELL, grid=False),
    Style("TableHead", "表头", HEADING, 10.5, centred=True, spacing=_HEAD_CELL, grid=False),
    Style("TableNumber", "表数", TABLE, 10.5, right=True, spacing=_CELL, grid=False),
    Style("FormText", "签批", BODY, 14, spacing=_roomy(60, 60), grid=False),
    Style(
        "Caption",
        "caption",
        HEADING,
        12,
        centred=True,
        spacing=_roomy(160, 80),
        grid=False,
        keep=True,
    ),
    Style("Note", "口径说明", SUBHEADING, 10.5, left=True, spacing=_roomy(40, 40), grid=False),
    Style(
        "CardTitle",
        "卡片标题",
        HEADING,
        10.5,
        left=True,
        spacing=_roomy(120, 40),
        grid=False,
        keep=True,
    ),
    Style("Picture", "图", centred=True, spacing=_roomy(80, 40), grid=False),
    Style("Header", "header", TABLE, 9, centred=True, spacing=_FREE, grid=False),
    Style("Footer", "footer", TABLE, 14, spacing=_FREE, grid=False),
    Style("ListFooter", "页次", TABLE, 10.5, centred=True, spacing=_FREE, grid=False),
)


def fonts(name: str) -> str:
    """One font for every script: an absent w:eastAsia is what WPS calls a missing font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def styles() -> str:
    """word/styles.xml."""
    halves = '<w:sz w:val="32"/><w:szCs w:val="32"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY)}{halves}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr>{_OFF_GRID}<w:spacing {_EXACT}/><w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{fonts(BODY)}{_spacing(gongwen.CHARACTER_TWIPS)}{halves}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    made = "".join(_style(one) for one in STYLES)
    return f"{_HEAD}<w:styles {SPACES}>{defaults}{normal}{made}{_tables()}</w:styles>"


def _style(one: Style) -> str:
    where = _side(one)
    halves = round(one.size * 2)
    paragraph = "".join(
        (
            "<w:keepNext/>" if one.keep else "",
            f"<w:spacing {one.spacing}/>",
            f"<w:ind {one.indent}/>" if one.indent else "",
            f'<w:jc w:val="{where}"/>',
            "" if one.level is None else f'<w:outlineLvl w:val="{one.level}"/>',
        )
    )
    run = fonts(one.font) + ("<w:b/><w:bCs/>" if one.bold else "")
    run += "" if one.grid else _spacing(0)
    return (
        f'<w:style w:type="paragraph" w:styleId="{one.key}"><w:name w:val="{one.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{run}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/></w:rPr></w:style>'
    )


def _side(one: Style) -> str:
    sides = {"center": one.centred, "right": one.right, "left": one.left}
    return next((side for side, chosen in sides.items() if chosen), "both")


def _spacing(twips: int) -> str:
    return f'<w:spacing w:val="{twips}"/>'


def _tables() -> str:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges
    )
    normal = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    ruled = "".join(
        f'<w:style w:type="table" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>'
        "</w:tblPr></w:style>"
        for key, name in (("TableGrid", "Table Grid"), (gongwen.LIST_TABLE, "台账表"))
    )
    return normal + ruled


def font_table() -> str:
    """word/fontTable.xml: every font with what may stand in for it."""
    made = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{escape(";".join(others))}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in gongwen.FALLBACKS.items()
    )
    return f"{_HEAD}<w:fonts {SPACES}>{made}</w:fonts>"


def theme() -> str:
    """word/theme/theme1.xml: nothing in a template uses it, but WPS looks for fonts in it."""
    dark = '<a:sysClr val="windowText" lastClr="000000"/>'
    light = '<a:sysClr val="window" lastClr="FFFFFF"/>'
    colours = f"<a:dk1>{dark}</a:dk1><a:lt1>{light}</a:lt1>" + "".join(
        f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>'
        for key, value in (
            ("dk2", "1F497D"), ("lt2", "EEECE1"), ("accent1", "4F81BD"), ("accent2", "C0504D"),
            ("accent3", "9BBB59"), ("accent4", "8064A2"), ("accent5", "4BACC6"),
            ("accent6", "F79646"), ("hlink", "0000FF"), ("folHlink", "800080"),
        )
    )  # fmt: skip
    typefaces = "".join(
        f'<a:{part}Font><a:latin typeface="{font}"/><a:ea typeface="{font}"/>'
        f'<a:cs typeface="{font}"/><a:font script="Hans" typeface="{font}"/></a:{part}Font>'
        for part, font in (("major", HEADING), ("minor", BODY))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    look = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' name="BrandPool"><a:themeElements><a:clrScheme name="BrandPool">{colours}</a:clrScheme>'
        f'<a:fontScheme name="BrandPool">{typefaces}</a:fontScheme>'
        f'<a:fmtScheme name="BrandPool">{look}</a:fmtScheme></a:themeElements></a:theme>'
    )


def settings() -> str:
    """word/settings.xml: odd and even pages have their number on the outer side."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
        )
    )
    return (
        f'{_HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>{compat}"
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def field(code: str) -> str:
    """A run that Word computes: PAGE or NUMPAGES."""
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def footers() -> dict[str, str]:
    """Page numbers: — 1 — on the outer side (7.5), and 第x页 共y页 for lists."""
    dashed = (
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field("PAGE")}'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    counted = (
        f"<w:r><w:t>第</w:t></w:r>{field('PAGE')}<w:r><w:t>页　共</w:t></w:r>"
        f"{field('NUMPAGES')}<w:r><w:t>页</w:t></w:r>"
    )

    def foot(style: str, where: str, text: str) -> str:
        looks = f'<w:pPr><w:pStyle w:val="{style}"/>{where}</w:pPr>'
        return f"{_HEAD}<w:ftr {SPACES}><w:p>{looks}{text}</w:p></w:ftr>"

    return {
        "odd": foot(
            "Footer", '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>', dashed
        ),
        "even": foot(
            "Footer", '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>', dashed
        ),
        "list": foot("ListFooter", "", counted),
    }


def package(body: str, title: str) -> dict[str, str]:
    """All parts of the file by their names in it."""
    feet = footers()
    parts = {
        "word/document.xml": f"{_HEAD}<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/theme/theme1.xml": theme(),
        **{f"word/footer-{key}.xml": text for key, text in feet.items()},
        "docProps/core.xml": _core(title),
    }
    parts["word/_rels/document.xml.rels"] = _relations(
        {
            "styles": "styles.xml",
            "settings": "settings.xml",
            "fontTable": "fontTable.xml",
            "theme": "theme/theme1.xml",
        },
        {key: f"footer-{key}.xml" for key in feet},
    )
    parts["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )
    return {"[Content_Types].xml": _content_types(feet), **parts}


def _relations(parts: dict[str, str], feet: dict[str, str]) -> str:
    lines = [(f"{_RELATIONS}/{kind}", kind, target) for kind, target in parts.items()]
    lines += [(f"{_RELATIONS}/footer", f"footer-{key}", target) for key, target in feet.items()]
    made = "".join(
        f'<Relationship Id={quoteattr(key)} Type="{kind}" Target="{target}"/>'
        for kind, key, target in lines
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _content_types(feet: dict[str, str]) -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/footer-{key}.xml": f"{_WORD}.footer+xml" for key in feet},
    }
    made = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{made}</Types>'
    )


def _core(title: str) -> str:
    stamp = "2000-01-01T00:00:00Z"
    dated = "".join(
        f'<dcterms:{key} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{key}>'
        for key in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator>"
        f"<cp:lastModifiedBy></cp:lastModifiedBy>{dated}</cp:coreProperties>"
    )
