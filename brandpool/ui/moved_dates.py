"""What an edit does to the dates of the docket, shown before it is saved."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.services import docket_decide, docket_touched, reference_data
from brandpool.services.docket_decide import Moved
from brandpool.ui import style
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class MovedBox(QDialog):
    """Each date that moves, old and new; a date that a person has set stays and says so."""

    def __init__(self, moved: Sequence[Moved], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("期限变化"))
        self.table: PlainTable[Moved] = PlainTable(
            (_("期限"), _("对象"), _("现在"), _("保存后"), _("说明")),
            (140, 180, 96, 96, 250),
            _("期限变化"),
        )
        self.table.fill([_line(one) for one in moved])
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("返回修改"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        text = _("保存后，{number} 个期限的计算会变化。").format(number=len(moved))
        layout.addWidget(style.soft(text))
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(760, 320)


def foreseen(
    session: Session, model: type[Record], record: str, changed: Mapping[str, Value], on: date
) -> list[Moved]:
    """The dates that this edit of a record would move; nothing is written."""
    if not docket_touched.dated(model):
        return []
    ref = reference_data.reference(session, on)
    return docket_decide.preview(session, model, {record: changed}, on, ref, lang())


def _line(one: Moved) -> Shown[Moved]:
    days = [day.isoformat() if day is not None else "—" for day in (one.old, one.new)]
    note = ""
    if one.overridden:
        note = _("人工改定，保留不变（按规则为 {day}）").format(day=one.computed)
    elif one.freed:
        note = _("原为人工改定，须重新改定")
    return Shown(one, (one.label, one.title, *days, note), quiet=one.overridden)
