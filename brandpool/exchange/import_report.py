"""A dry run in plain values: counts, and for every row not taken where, what and why."""

from typing import Any

from brandpool.exchange.importing import Reading
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.planning import ENTERPRISE_NAME, Plan, PlannedRow


def report(reading: Reading, planned: Plan) -> dict[str, Any]:
    """The dry run for the command line: counts, and every rejected row with cell and reason."""
    sheet = reading.table.sheet.name
    return {
        **planned.counts(),
        "file": reading.path.name,
        "sheet": sheet,
        "encoding": reading.book.encoding,
        "header_rows": list(reading.table.header_rows),
        "columns": {
            name: next((h.text for h in reading.table.headings if h.column == c), "")
            for name, c in reading.mapping.items()
        },
        "ignored_columns": [heading.text for heading in reading.proposal.unmapped],
        "notes": reading.notes,
        "skipped": [
            {"row": s.number, "reason": s.reason, "text": s.text} for s in reading.table.skipped
        ],
        "rejected_rows": [_row_report(reading, row) for row in planned.rejected],
        "conflicts": [
            {"row": row.number, "title": row.title, "field": name, "old": old, "new": new}
            for row in planned.rows
            for name, (old, new) in row.conflicts.items()
        ],
        "warnings": [
            {"row": row.number, "title": row.title, "note": note}
            for row in planned.rows
            for note in row.notes
        ],
    }


def _row_report(reading: Reading, row: PlannedRow) -> dict[str, Any]:
    cells = [problem.cell for problem in row.problems]
    keys = (reading.model.title_field, ENTERPRISE_NAME, *reading.model.official)
    column = next((reading.mapping[key] for key in keys if key in reading.mapping), 0)
    return {
        "sheet": reading.table.sheet.name,
        "row": row.number,
        "cell": cells[0] if cells else f"{column_letters(column + row.source.shift)}{row.number}",
        "cells": cells,
        "reason": "；".join(row.reasons),
    }
