"""A template being written from top to bottom: paragraphs, loops, tables, sections."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import template_parts as parts

from brandpool.exchange import gongwen, word

Section = Literal["paper", "list", "wide"]
_TEXT_WIDTH = {"paper": 8844, "list": 10206, "wide": 15138}


class Sheet:
    """One template. The verbs put something below what is there.

    A section is a `paper` as GB/T 9704 has it, a `list` upright or a `wide` list across, both with
    margins of 15 mm and 第x页 共y页.
    """

    def __init__(self, title: str, section: Section = "paper") -> None:
        self.title = title
        self.section: Section = section
        self.body: list[str] = []

    def p(
        self, style: str, text: str = "", *, new_page: bool = False, centred: bool = False
    ) -> None:
        """A paragraph; `{{ }}` in the text is filled in. A tab stands for a tab."""
        looks = f'<w:pStyle w:val="{style}"/>' + ("<w:pageBreakBefore/>" if new_page else "")
        looks += '<w:jc w:val="center"/>' if centred else ""
        self.body.append(f"<w:p><w:pPr>{looks}</w:pPr>{_run(text)}</w:p>")

    def mark(self, code: str) -> None:
        """A paragraph that only steers: {%p code %}."""
        self.body.append(f"<w:p>{_run('{%p ' + code + ' %}')}</w:p>")

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """What is put inside comes once for each: `each("row in rows")`."""
        self.mark(f"for {loop}")
        yield
        self.mark("endfor")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What is put inside comes only if the condition holds."""
        self.mark(f"if {condition}")
        yield
        self.mark("endif")

    def table(
        self,
        heads: Sequence[str],
        cells: Sequence[str],
        over: str,
        *,
        widths: Sequence[int] = (),
        numbers: Collection[int] = (),
    ) -> None:
        """A table with a repeated header and a row for each: `over="row in rows"`.

        `widths` are relative; without them the columns get the room that their contents need.
        `numbers` are the columns that stand to the right.
        """
        kinds = ["TableNumber" if place in numbers else "TableText" for place in range(len(cells))]
        rows = [
            _row([_cell("TableHead", head) for head in heads], header=True),
            self._steer(f"for {over}", len(cells)),
            _row([_cell(kind, text) for kind, text in zip(kinds, cells, strict=True)]),
            self._steer("endfor", len(cells)),
        ]
        style = "TableGrid" if widths else gongwen.LIST_TABLE
        self._put(style, rows, widths or [1] * len(cells))

    def open_table(self, name: str) -> None:
        """A table of any columns: `name` is an expression with `heads` and `rows`."""
        heads = [f"{{%tc for head in {name}.heads %}}", "{{ head }}", "{%tc endfor %}"]
        cells = ["{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"]
        rows = [
            _row([_cell("TableHead", text) for text in heads], header=True),
            self._steer(f"for row in {name}.rows", 3),
            _row([_cell("TableText", text) for text in cells]),
            self._steer("endfor", 3),
        ]
        self._put(gongwen.LIST_TABLE, rows, (1, 1, 1))

    def form(
        self, rows: Sequence[Sequence[str]], widths: Sequence[int], heights: Sequence[int]
    ) -> None:
        """A ruled form: labels and room to write; heights of rows in twips."""
        made = [
            _row([_cell("FormText", text) for text in row], height=height)
            for row, height in zip(rows, heights, strict=True)
        ]
        self._put("TableGrid", made, widths)

    def grid(self, over: str, cells: Sequence[str], widths: Sequence[int]) -> None:
        """A table without a header: a row of these cells for each."""
        rows = [
            self._steer(f"for {over}", len(cells)),
            _row([_cell("TableText", text) for text in cells]),
            self._steer("endfor", len(cells)),
        ]
        self._put("TableGrid", rows, widths)

    def turn(self, section: Section) -> None:
        """End the section here; what follows stands on a new page in another one."""
        layout = _layout(self.section)
        self.body.append(f"<w:p><w:pPr>{layout}</w:pPr></w:p>")
        self.section = section

    def save(self, path: Path) -> None:
        """Write the template; the same sheet gives the same bytes."""
        made = parts.package("".join(self.body) + _layout(self.section), self.title)
        path.write_bytes(word.packed({name: text.encode() for name, text in made.items()}))

    def _steer(self, code: str, columns: int) -> str:
        cells = [_cell("TableText", f"{{%tr {code} %}}")]
        return _row(cells + [_cell("TableText", "")] * (columns - 1))

    def _put(self, style: str, rows: Sequence[str], widths: Sequence[int]) -> None:
        whole = _TEXT_WIDTH[self.section]
        shares = [whole * width // sum(widths) for width in widths]
        shares[-1] += whole - sum(shares)
        grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
        made = "".join(rows)
        for place, share in enumerate(shares):
            made = made.replace(f"@{place}@", str(share))
        self.body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{whole}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"
        )


def _run(text: str) -> str:
    if not text:
        return ""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t"))
    return f"<w:r>{'<w:tab/>'.join(pieces)}</w:r>"


def _cell(style: str, text: str) -> str:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(line)}</w:p>'
        for line in text.split("\n")
    )
    looks = '<w:tcW w:w="@@" w:type="dxa"/><w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{paragraphs}</w:tc>"


def _row(cells: Sequence[str], *, header: bool = False, height: int = 0) -> str:
    looks = "<w:cantSplit/>"
    looks += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    looks += "<w:tblHeader/>" if header else ""
    made = "".join(cell.replace("@@", f"@{place}@") for place, cell in enumerate(cells))
    return f"<w:tr><w:trPr>{looks}</w:trPr>{made}</w:tr>"


def _layout(section: Section) -> str:
    """Where a section's text stands: the sectPr of GB/T 9704, or of a list."""
    width, height = gongwen.PAGE
    edge = gongwen.LIST_MARGIN
    if section == "paper":
        feet = (("even", "footer-even"), ("default", "footer-odd"))
        size = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        margins = (gongwen.TOP, gongwen.RIGHT, gongwen.BOTTOM, gongwen.LEFT, gongwen.FOOTER)
        grid = (
            f'<w:docGrid w:type="linesAndChars" w:linePitch="{gongwen.LINE_PITCH}"'
            f' w:charSpace="{gongwen.CHARACTER_SPACE}"/>'
        )
    else:
        feet = (("even", "footer-list"), ("default", "footer-list"))
        turned = section == "wide"
        size = (
            f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
            if turned
            else f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        )
        margins = (edge, edge, edge + 200, edge, 567)
        grid = '<w:docGrid w:linePitch="312"/>'
    top, right, bottom, left, footer = margins
    references = "".join(f'<w:footerReference w:type="{kind}" r:id="{key}"/>' for kind, key in feet)
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{top}"'
        f' w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850"'
        f' w:footer="{footer}" w:gutter="0"/>{grid}</w:sectPr>'
    )
