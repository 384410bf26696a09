"""A finished Word file as plain blocks with their looks: what is printed, and made into a PDF.

It reads what this program's templates use, and what a station is likely to put into its own:
styles, fields for page numbers, pictures in the line, tables with joined cells, sections.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from docx.document import Document

Side = Literal["left", "center", "right", "both"]
_EMU = 12700
_TWIP = 20
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; all lengths in points. `line` is exact, None as high as its text."""

    font: str = "仿宋"
    size: float = 16
    bold: bool = False
    spacing: float = 0
    side: Side = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float | None = None
    keep: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph: a text, a field (PAGE, NUMPAGES), or a picture with its size."""

    text: str = ""
    field: str = ""
    picture: bytes = b""
    width: float = 0
    height: float = 0
    bold: bool = False
    font: str = ""
    size: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its runs."""

    look: Look
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Cell:
    """A cell; `across` and `down` are how many columns and rows it takes."""

    paragraphs: list[Paragraph]
    middle: bool = False
    across: int = 1
    down: int = 1
    column: int = 0


@dataclass(slots=True)
class Row:
    """A row; `header` repeats on every page, `height` is at least so much."""

    cells: list[Cell]
    header: bool = False
    height: float = 0


@dataclass(slots=True)
class Grid:
    """A table; `together` asks for it on one page."""

    widths: list[float]
    rows: list[Row]
    together: bool = False


@dataclass(slots=True)
class Sheet:
    """A section: its paper in points, what stands on it, and what is at foot and head of pages."""

    width: float
    height: float
    margins: tuple[float, float, float, float]
    footer: float
    header: float
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    feet: dict[str, list[Paragraph]] = field(default_factory=dict)
    heads: dict[str, list[Paragraph]] = field(default_factory=dict)

    def at(self, page: int, which: dict[str, list[Paragraph]]) -> list[Paragraph]:
        """Foot or head of a page, counted from 1; even pages may have their own."""
        return which.get("even" if page % 2 == 0 else "odd") or which.get("odd", [])


def read(data: bytes) -> list[Sheet]:
    """The sections of a Word file in order."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(data))
    reader = _Reader(document)
    sheets: list[Sheet] = []
    blocks: list[Paragraph | Grid] = []
    sections = iter(document.sections)
    for element in document.element.body:
        if element.tag == qn("w:p"):
            ends = element.pPr is not None and element.pPr.find(qn("w:sectPr")) is not None
            paragraph = reader.paragraph(element)
            if paragraph.pieces or not ends:
                blocks.append(paragraph)
            if ends:
                sheets.append(reader.sheet(next(sections), blocks))
                blocks = []
        elif element.tag == qn("w:tbl"):
            blocks.append(reader.grid(element))
    sheets.append(reader.sheet(next(sections), blocks))
    return sheets


class _Reader:
    """Knows the styles of one document."""

    def __init__(self, document: Document) -> None:
        from docx.oxml.ns import qn

        self._document = document
        self._qn = qn
        self._looks: dict[str, Look] = {}
        self._both_sides = document.settings.odd_and_even_pages_header_footer

    def sheet(self, section: Any, blocks: list[Paragraph | Grid]) -> Sheet:
        """A section with its blocks."""
        margins = (
            section.top_margin.pt,
            section.right_margin.pt,
            section.bottom_margin.pt,
            section.left_margin.pt,
        )
        made = Sheet(
            section.page_width.pt,
            section.page_height.pt,
            margins,
            section.footer_distance.pt,
            section.header_distance.pt,
            blocks,
        )
        made.feet["odd"] = self._paragraphs(section.footer)
        made.heads["odd"] = self._paragraphs(section.header)
        if self._both_sides:
            made.feet["even"] = self._paragraphs(section.even_page_footer)
            made.heads["even"] = self._paragraphs(section.even_page_header)
        return made

    def paragraph(self, element: Any, part: Any = None) -> Paragraph:
        """A paragraph with the look of its style and its own."""
        pieces = tuple(self._pieces(element, part or self._document.part))
        return Paragraph(self._look(element), pieces)

    def grid(self, element: Any) -> Grid:
        """A table; joined cells are read as one."""
        qn = self._qn
        widths = [int(column.get(qn("w:w"), "0")) / _TWIP for column in element.tblGrid]
        open_cells: dict[int, Cell] = {}
        rows = []
        for line in element.tr_lst:
            properties = line.trPr
            cells = list(self._cells(line, open_cells))
            height = properties.find(qn("w:trHeight")) if properties is not None else None
            header = properties is not None and properties.find(qn("w:tblHeader")) is not None
            tall = int(height.get(qn("w:val"), "0")) / _TWIP if height is not None else 0.0
            rows.append(Row(cells, header, tall))
        together = bool(rows) and all(
            any(p.look.keep for cell in row.cells for p in cell.paragraphs) for row in rows[:-1]
        )
        return Grid(widths, rows, together and len(rows) > 1)

    def _cells(self, line: Any, open_cells: dict[int, Cell]) -> Iterator[Cell]:
        qn = self._qn
        column = 0
        for element in line.tc_lst:
            across = element.grid_span
            merge = element.tcPr.find(qn("w:vMerge")) if element.tcPr is not None else None
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if goes_on and column in open_cells:
                open_cells[column].down += 1
            else:
                align = element.tcPr.find(qn("w:vAlign")) if element.tcPr is not None else None
                middle = align is not None and align.get(qn("w:val")) == "center"
                cell = Cell(
                    [self.paragraph(p) for p in element.p_lst], middle, across, column=column
                )
                open_cells[column] = cell
                yield cell
            column += across

    def _paragraphs(self, part: Any) -> list[Paragraph]:
        if part.is_linked_to_previous and not part._has_definition:
            return []
        found = [self.paragraph(p._p, part.part) for p in part.paragraphs]
        return [one for one in found if one.pieces]

    def _pieces(self, element: Any, part: Any) -> Iterator[Piece]:
        """The runs in order; a field stands for what Word computes, not for what it kept."""
        qn = self._qn
        code, shown = "", True
        for run in element.iter(qn("w:r"), qn("w:fldSimple")):
            if run.tag == qn("w:fldSimple"):
                yield Piece(field=_field(run.get(qn("w:instr"), "")))
                continue
            if run.getparent().tag == qn("w:fldSimple"):
                continue
            mark = run.find(qn("w:fldChar"))
            if mark is not None:
                kind = mark.get(qn("w:fldCharType"))
                if kind == "end" and code:
                    yield Piece(field=_field(code))
                code, shown = ("", True) if kind == "end" else (code, False)
                continue
            instruction = run.find(qn("w:instrText"))
            if instruction is not None:
                code += instruction.text or ""
            elif shown:
                yield from self._run(run, part)

    def _run(self, run: Any, part: Any) -> Iterator[Piece]:
        qn = self._qn
        looks = run.rPr
        bold = looks is not None and looks.find(qn("w:b")) is not None
        font = looks.find(qn("w:rFonts")) if looks is not None else None
        size = looks.find(qn("w:sz")) if looks is not None else None
        plain = Piece(
            bold=bold,
            font=font.get(qn("w:eastAsia"), "") if font is not None else "",
            size=int(size.get(qn("w:val"), "0")) / 2 if size is not None else 0.0,
        )
        text = ""
        for child in run:
            if child.tag == qn("w:t"):
                text += child.text or ""
            elif child.tag == qn("w:tab"):
                text += "\t"
            elif child.tag in (qn("w:br"), qn("w:cr")):
                text += "\f" if child.get(qn("w:type")) == "page" else "\n"
            elif child.tag == qn("w:drawing"):
                yield from _pictures(child, part)
        if text:
            yield replace(plain, text=text)

    def _look(self, element: Any) -> Look:
        """The style's look with what the paragraph says itself."""
        look = self._style(element.style)
        return look if element.pPr is None else _with(look, element.pPr, self._qn)

    def _style(self, key: str | None) -> Look:
        name = key or "Normal"
        if name not in self._looks:
            style = self._document.styles.element.get_by_id(name)
            self._looks[name] = Look() if style is None else self._read_style(style)
        return self._looks[name]

    def _read_style(self, style: Any) -> Look:
        qn = self._qn
        based = style.find(qn("w:basedOn"))
        parent = based.get(qn("w:val")) if based is not None else None
        if parent is None:
            defaults = self._document.styles.element.find(qn("w:docDefaults"))
            runs = defaults.find(f".//{qn('w:rPr')}") if defaults is not None else None
            look = _with_run(Look(), runs, qn) if runs is not None else Look()
        else:
            look = self._style(parent)
        if style.rPr is not None:
            look = _with_run(look, style.rPr, qn)
        return look if style.pPr is None else _with(look, style.pPr, qn)


def _with(look: Look, properties: Any, qn: Any) -> Look:
    """A look changed by paragraph properties."""

    def lengths(tag: str, *names: str) -> list[float | None]:
        found = properties.find(qn(tag))
        values = [None if found is None else found.get(qn(name)) for name in names]
        return [None if value is None else int(float(value)) / _TWIP for value in values]

    def switched(tag: str, before: bool) -> bool:
        found = properties.find(qn(tag))
        if found is None:
            return before
        return str(found.get(qn("w:val"), "1")) not in ("0", "false", "off")

    before, after = lengths("w:spacing", "w:before", "w:after")
    left, right, first, hanging = lengths("w:ind", "w:left", "w:right", "w:firstLine", "w:hanging")
    side = properties.find(qn("w:jc"))
    if hanging is not None:
        first = -hanging
    return replace(
        look,
        before=look.before if before is None else before,
        after=look.after if after is None else after,
        left=look.left if left is None else left,
        right=look.right if right is None else right,
        first=look.first if first is None else first,
        line=_line(look, properties, qn),
        side=look.side if side is None else _side(side.get(qn("w:val"))),
        keep=switched("w:keepNext", look.keep),
        new_page=switched("w:pageBreakBefore", look.new_page),
    )


def _line(look: Look, properties: Any, qn: Any) -> float | None:
    found = properties.find(qn("w:spacing"))
    if found is None or found.get(qn("w:line")) is None:
        return look.line
    exact = found.get(qn("w:lineRule")) in ("exact", "atLeast")
    return int(found.get(qn("w:line"))) / _TWIP if exact else None


def _side(word: str) -> Side:
    sides: dict[str, Side] = {
        "center": "center",
        "right": "right",
        "end": "right",
        "both": "both",
        "distribute": "both",
    }
    return sides.get(word, "left")


def _with_run(look: Look, properties: Any, qn: Any) -> Look:
    """A look changed by run properties."""
    fonts = properties.find(qn("w:rFonts"))
    size = properties.find(qn("w:sz"))
    space = properties.find(qn("w:spacing"))
    bold = properties.find(qn("w:b"))
    font = fonts.get(qn("w:eastAsia")) if fonts is not None else None
    return replace(
        look,
        font=font or look.font,
        size=look.size if size is None else int(size.get(qn("w:val"))) / 2,
        spacing=look.spacing if space is None else int(space.get(qn("w:val"))) / _TWIP,
        bold=look.bold if bold is None else bold.get(qn("w:val"), "1") not in ("0", "false"),
    )


def _field(code: str) -> str:
    """The name of a field: PAGE of ` PAGE \\* MERGEFORMAT `."""
    return code.strip().partition(" ")[0].upper()


def _pictures(drawing: Any, part: Any) -> Iterator[Piece]:
    for inline in drawing:
        extent = inline.find(f"{_WP}extent")
        for blip in inline.iter(f"{_DRAWING}blip"):
            key = blip.get(f"{_R}embed")
            if key and extent is not None:
                held = part.related_parts[key].blob
                width, height = int(extent.get("cx")) / _EMU, int(extent.get("cy")) / _EMU
                yield Piece(picture=held, width=width, height=height)


def texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    """All texts in order, cells of tables one by one."""
    for sheet in sheets:
        for block in sheet.blocks:
            paragraphs = (
                [block]
                if isinstance(block, Paragraph)
                else [p for row in block.rows for cell in row.cells for p in cell.paragraphs]
            )
            for paragraph in paragraphs:
                yield "".join(piece.text for piece in paragraph.pieces)
