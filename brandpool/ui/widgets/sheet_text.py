"""Cells on the clipboard as spreadsheets write them: tabs between cells, quotes where needed."""

import html
from collections.abc import Sequence

Cells = list[list[str]]

CELLS = "application/x-brandpool-cells"
"""Under this format this program finds what it copied itself, nothing masked."""


def read_cells(text: str) -> Cells:
    """The rows and cells of tab-separated text.

    A cell that begins with a quote runs to the closing quote and may hold tabs, line ends and
    doubled quotes; a trailing line end makes no further row.
    """
    rows: Cells = [[]]
    place = 0
    text = text.replace("\x00", "")
    while place <= len(text):
        cell, place = _quoted(text, place) or _bare(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            break
        if text[place] == "\t":
            place += 1
            continue
        place += 2 if text.startswith("\r\n", place) else 1
        if place >= len(text):
            break
        rows.append([])
    return rows


def write_cells(rows: Sequence[Sequence[str]]) -> str:
    """Rows as tab-separated text; only cells that need it are quoted, rows end CR LF."""
    return "".join("\t".join(_protect(cell) for cell in row) + "\r\n" for row in rows)


def write_html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table that WPS and Word take with its lines; long numbers stay text."""
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in headings)
    body = "".join(
        "<tr>"
        + "".join(f"<td style='mso-number-format:\"\\@\"'>{_web(c)}</td>" for c in row)
        + "</tr>"
        for row in rows
    )
    first = f"<tr>{head}</tr>" if headings else ""
    return f"<meta charset='utf-8'><table border='1'>{first}{body}</table>"


def _quoted(text: str, place: int) -> tuple[str, int] | None:
    if not text.startswith('"', place):
        return None
    cell: list[str] = []
    at = place + 1
    while at < len(text):
        if text[at] != '"':
            cell.append(text[at])
        elif text.startswith('""', at):
            cell.append('"')
            at += 1
        elif at + 1 == len(text) or text[at + 1] in "\t\r\n":
            return "".join(cell).replace("\r\n", "\n"), at + 1
        else:
            return None
        at += 1
    return None


def _bare(text: str, place: int) -> tuple[str, int]:
    end = place
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[place:end], end


def _protect(cell: str) -> str:
    if any(sign in cell for sign in "\t\r\n") or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _web(cell: str) -> str:
    return html.escape(cell).replace("\n", "<br>")
