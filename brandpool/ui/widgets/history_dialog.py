"""The history of a record or of one field, and the way back to an earlier value."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import history, records
from brandpool.services.history import HistoryRow
from brandpool.ui import typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class HistoryDialog(QDialog):
    """What was ever written to `record`, newest first; only to `field` if one is given."""

    def __init__(
        self,
        shell: Shell,
        model: type[Record],
        record: str,
        field: Field | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._model = model
        self._record = record
        self._field = field
        noun = field.label(lang()) if field else model.label(lang())
        self.setWindowTitle(_("{noun}的历史").format(noun=noun))
        self.resize(880, 420)
        self.table: PlainTable[HistoryRow] = PlainTable(
            (_("时间"), _("经办人"), _("项目"), _("原值"), _("新值"), _("操作")),
            (140, 90, 120, 150, 150, 180),
            _("历史"),
        )
        self.restore = QPushButton(_("恢复此值"))
        self.restore.setToolTip(_("把这一行的新值写回记录；这本身也可以撤销"))
        self.restore.clicked.connect(self._restore)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        shell.work.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        kind, record, field = self._model.kind(), self._record, self._field

        def job(session: Session) -> list[Shown[HistoryRow]]:
            rows = history.of_record(session, kind, record)
            wanted = [row for row in rows if field is None or row.field == field.name]
            return spoken(session, self._model, wanted)

        self._shell.work.read(job, self._show, owner=self, replaces=self)

    def _show(self, shown: list[Shown[HistoryRow]]) -> None:
        self.table.fill(shown)
        if shown:
            self.table.selectRow(0)
        self._on_row()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self._model.kind() in kinds:
            self._ask()

    def _on_row(self) -> None:
        row = self.table.chosen()
        self.restore.setEnabled(row is not None and row.op != "D")

    def _restore(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        field = fields(self._model)[row.field]
        why = _("恢复{field}").format(field=field.label(lang()))
        kind, record = self._model.kind(), self._record
        self._shell.work.write(
            why,
            lambda session: history.restore(session, kind, record, row.field, row.new),
            self._tell,
            owner=self,
        )

    def _tell(self, changed: bool) -> None:
        self._shell.say(_("已恢复") if changed else _("现在就是这个值，没有改动"))


def spoken(
    session: Session, model: type[Record], rows: list[HistoryRow]
) -> list[Shown[HistoryRow]]:
    """History rows in words, with the names of linked records."""
    named = fields(model)
    titles: dict[str, str] = {}
    for name, field in named.items():
        if field.kind is Kind.LINK and field.links in by_kind():
            ids = {str(v) for row in rows if row.field == name for v in (row.old, row.new) if v}
            titles |= records.titles(session, by_kind()[field.links], ids)
    return [_spoken(row, named[row.field], titles) for row in rows if row.field in named]


def _spoken(row: HistoryRow, field: Field, titles: dict[str, str]) -> Shown[HistoryRow]:
    old, new = (
        titles.get(str(value)) or typed.shown(field, {field.name: value}, lang()) or "—"
        for value in (row.old, row.new)
    )
    when = f"{row.at:%Y-%m-%d %H:%M}"
    return Shown(row, (when, row.who, field.label(lang()), old, new, row.why))
