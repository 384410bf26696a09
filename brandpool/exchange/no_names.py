"""Why a table cannot be taken: no column is known by which its rows could be told apart."""

from collections.abc import Sequence

from brandpool.exchange.headings import exact_key, is_ordinal
from brandpool.exchange.mapping import Proposal, known_headings
from brandpool.exchange.table import Table
from brandpool.i18n import _, lang
from brandpool.models.field import Field

_FEWEST_LABELS = 3
_SHOWN = 12


def why_no_names(table: Table, proposal: Proposal, fields: Sequence[Field]) -> str:
    """One sentence for the clerk: what was found in place of the first field, and what to do."""
    wanted = fields[0].label(lang())
    if _labels_stand_in_rows(table, fields):
        return _(
            "这张表的项目名称写在各行的前面（一列一家，或是一家企业的登记表），不是一行一家的名单。"
            "请在表格软件中转置（选择性粘贴—转置）后再导入。"
        )
    texts = {heading.column: heading.text for heading in table.headings}
    asked = [texts[match.column] for match in proposal.unsure.get(fields[0].name, ())]
    if len(asked) > 1:
        return _(
            "有几列都可能是“{wanted}”（{columns}），"
            "请在“导入为”中选定（命令行用 --map {name}=列名）。"
        ).format(wanted=wanted, columns="、".join(asked), name=fields[0].name)
    shown = "、".join(list(texts.values())[:_SHOWN])
    return _(
        "没有认出“{wanted}”所在的列（现有：{shown}）。请在“导入为”中为它选一列（命令行用 --map）。"
    ).format(wanted=wanted, shown=shown)


def _labels_stand_in_rows(table: Table, fields: Sequence[Field]) -> bool:
    """Whether the headings run down the first column: a list lying on its side, or a form."""
    known = known_headings(fields)
    for column in range(min(2, table.sheet.width)):
        cells = [row[column] for row in table.sheet.rows[:60]]
        labels = [text for text in cells if isinstance(text, str) and not is_ordinal(text)]
        if sum(exact_key(text) in known for text in labels if text.strip()) >= _FEWEST_LABELS:
            return True
    return False
