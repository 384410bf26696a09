"""What hands do in a table of records: type, paste, fill, clear, copy, delete. Each is one step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMessageBox
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Kind, Value
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.ui import typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.add_rows import Texts, headed, laid, plan_rows, preset_by
from brandpool.ui.widgets.cell_editor import Picked
from brandpool.ui.widgets.cell_plan import Cell, Plan, plan
from brandpool.ui.widgets.enter_many import Preview, spread, tile
from brandpool.ui.widgets.record_lines import Line, copied, outside, read_lines
from brandpool.ui.widgets.record_model import RecordModel, ids_at
from brandpool.ui.widgets.saving import Edits, Saver
from brandpool.ui.widgets.sheet_text import CELLS, Cells, read_cells, write_cells, write_html
from brandpool.ui.widgets.table_view import TableView

ASK_ABOVE = 20


class TableEdits(QObject):
    """Serves the wishes of one table view; `saving` counts its own writes on their way.

    With `adds`, rows pasted below the last record become new records. `own_way` names fields whose
    typed change is not simply saved: the page asks and writes it itself.
    """

    def __init__(
        self, shell: Shell, model: RecordModel, view: TableView, *, adds: bool = False
    ) -> None:
        super().__init__(view)
        self.saving = 0
        self.adds = adds
        self.own_way: dict[str, Callable[[Line, Value], object]] = {}
        self._shell = shell
        self._model = model
        self._view = view
        self._kind: type[Record] = model.record_kind
        self._saver = Saver(shell.work, self._kind)
        model.entered.connect(self._enter)
        view.copy_asked.connect(self.copy)
        view.paste_asked.connect(self.paste)
        view.paste_new_asked.connect(self.paste_new)
        view.clear_asked.connect(self.clear)
        view.fill_asked.connect(self.fill_down)
        view.today_asked.connect(self._today)

    def chosen_ids(self) -> list[str]:
        """The records that the selection touches, in the order in which they are shown."""
        rows, _columns = self._view.block()
        return ids_at(self._model, rows)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text and as a table.

        Of one record they are as they are; people in a list of several are masked for other
        programs, while this one pastes what was copied.
        """
        rows, columns = self._view.block()
        ids = ids_at(self._model, rows)
        fields = [self._model.columns[column] for column in columns]
        kind, tongue = self._kind, lang()

        def take(lines: dict[str, Line]) -> None:
            found = [lines[record] for record in ids if record in lines]
            people = len(found) > 1 and any(field.personal for field in fields)
            cells = [[copied(field, line, tongue) for field in fields] for line in found]
            shown = [[outside(f, line, tongue) for f in fields] for line in found]
            shown = shown if people else cells
            data = QMimeData()
            data.setData(CELLS, write_cells(cells).encode())
            data.setText(write_cells(shown))
            heads = [field.label(tongue) for field in fields] if len(cells) > 1 else []
            data.setHtml(write_html(heads, shown))
            QGuiApplication.clipboard().setMimeData(data)
            said = _("已复制 {rows} 行 {columns} 列").format(rows=len(cells), columns=len(fields))
            masked = _("；粘贴到其他程序时联系人等个人信息已遮盖，需要完整信息请用“导出”")
            self._shell.say(said + masked if people else said)

        self._shell.work.read(
            lambda session: read_lines(session, kind, ids, tongue), take, owner=self
        )

    def paste(self) -> None:
        """Lay the clipboard's cells on the table from the selection's first cell.

        A block that fits into the selection is repeated over it; rows below the last record
        become new ones.
        """
        block = _on_clipboard()
        rows, columns = self._view.block()
        if block == [[""]]:
            return
        if not rows:
            self.paste_new()
            return
        ids, shown, first = self._model.ids, self._view.shown_columns(), (rows[0], 0)
        block = tile(block, len(rows), len(columns))
        if len(block) == len(rows) and {len(texts) for texts in block} == {len(columns)}:
            ids, shown, first = ids_at(self._model, rows), columns, (0, 0)
        else:
            first = (rows[0], shown.index(columns[0]))
        names = [self._model.columns[column].name for column in shown]
        on = spread(ids, names, block, first)
        new = laid(names[first[1] :], on.below) if self.adds else []
        off = on.outside if self.adds else on.outside + sum(map(len, on.below))
        note = _("有 {number} 格超出表格，没有粘贴").format(number=off) if off else ""
        self._enter_many(on.cells, _("粘贴"), note, new)

    def paste_new(self) -> None:
        """Make a new record of every row on the clipboard; a row of headings names the fields."""
        block = _on_clipboard()
        if not self.adds or block == [[""]]:
            return
        names = headed(self._kind, block[0])
        if names is not None:
            block = block[1:]
        else:
            names = [self._model.columns[column].name for column in self._view.shown_columns()]
        self._enter_many([], _("粘贴"), "", laid(names, block))

    def fill_down(self) -> None:
        """Repeat the first selected row in the rows below it."""
        rows, columns = self._view.block()
        line = self._model.line(rows[0]) if rows else None
        if line is None or len(rows) < 2:
            return
        fields = [self._model.columns[column] for column in columns]
        cells = [
            Cell(record, field.name, copied(field, line, "zh"))
            for record in ids_at(self._model, rows[1:])
            for field in fields
        ]
        self._enter_many(cells, _("向下填充"))

    def clear(self) -> None:
        """Empty the selected cells."""
        rows, columns = self._view.block()
        names = [self._model.columns[column].name for column in columns]
        cells = [Cell(r, name, "") for r in ids_at(self._model, rows) for name in names]
        self._enter_many(cells, _("清空"))

    def remove(self) -> None:
        """Delete the selected records, after asking with their number."""
        ids = self.chosen_ids()
        if not ids or not self._sure(ids):
            return
        noun = self._kind.label(lang())
        why = _("删除 {number} 条{noun}").format(number=len(ids), noun=noun)
        kind = self._kind

        def job(session: Session) -> int:
            return records.remove(session, kind, ids)

        self._shell.work.write(why, job, self._tell_removed)

    def _tell_removed(self, number: int) -> None:
        self._shell.say(_("已删除 {number} 条，可按 Ctrl+Z 恢复").format(number=number))

    def _sure(self, ids: Sequence[str]) -> bool:
        noun = self._kind.label(lang())
        line = self._model.line(self._model.ids.index(ids[0]))
        name = line.texts.get(self._kind.title_field, "") if line else ""
        if len(ids) == 1 and name:
            text = _("将删除{noun}“{name}”。").format(noun=noun, name=name)
        else:
            text = _("将删除 {number} 条{noun}。").format(number=len(ids), noun=noun)
        box = QMessageBox(QMessageBox.Icon.Warning, _("删除"), text, parent=self._view)
        box.setInformativeText(_("删除后可用 Ctrl+Z 或在“历史”中恢复。"))
        yes = box.addButton(_("删除"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is yes

    def _today(self) -> None:
        index = self._view.currentIndex()
        if index.isValid() and self._model.columns[index.column()].kind is Kind.DATE:
            self._model.setData(index, date.today().isoformat())

    def _enter(self, record: str, name: str, given: object) -> None:
        field = next(f for f in self._model.columns if f.name == name)
        line = self._model.line(self._model.ids.index(record))
        if line is None:
            return
        try:
            value = given.value if isinstance(given, Picked) else typed.value_of(field, str(given))
        except typed.NotUnderstood as reason:
            self._model.keep_wrong(record, name, str(given), str(reason))
            self._shell.say(str(reason))
            return
        if value == line.row[name]:
            self._model.show_text(record, name, line.texts[name])
            return
        if name in self.own_way:
            self.own_way[name](line, value)
            return
        values = {**line.row.values, name: value}
        text = given.text if isinstance(given, Picked) else ""
        self._model.show_text(record, name, text or typed.shown(field, values, lang()))
        title = line.texts.get(self._kind.title_field, "")
        why = _("修改{noun}“{title}”：{field}").format(
            noun=self._kind.label(lang()), title=title, field=field.label(lang())
        )

        def refused(reason: str) -> None:
            self.saving -= 1
            self._model.forget_rows()
            self._model.keep_wrong(record, name, str(text or given), reason)
            self._shell.say(reason)

        self._save(why, {record: {name: value}}, {record: line.row.ver}, refused)

    def _enter_many(
        self, cells: Sequence[Cell], verb: str, note: str = "", new: Sequence[Texts] = ()
    ) -> None:
        kind, tongue, preset = self._kind, lang(), preset_by(self._model.base)

        def job(session: Session) -> Plan:
            planned = plan(session, kind, cells, tongue)
            added, entries = plan_rows(session, kind, new, preset, tongue)
            return Plan(planned.edits, planned.seen, [*planned.entries, *entries], added)

        if cells or new:
            asks = len(cells) > ASK_ABOVE or bool(note) or bool(new)
            self._shell.work.read(
                job,
                lambda planned: self._carry_out(planned, verb, note, asks=asks),
                owner=self,
            )

    def _carry_out(self, planned: Plan, verb: str, note: str, *, asks: bool) -> None:
        if asks or planned.refused:
            box = Preview(planned, note, self._view)
            if box.exec() != QDialog.DialogCode.Accepted:
                return
        if not planned.edits and not planned.added:
            return
        why = _("{verb} {cells} 格（{records} 条{noun}）").format(
            verb=verb,
            cells=sum(len(values) for values in planned.edits.values()),
            records=len(planned.edits),
            noun=self._kind.label(lang()),
        )
        if planned.added:
            more = _("新增 {number} 条{noun}").format(
                number=len(planned.added), noun=self._kind.label(lang())
            )
            why = f"{why}，{more}" if planned.edits else f"{verb}：{more}"
        self._save(why, planned.edits, planned.seen, self._refused, planned.added)

    def _refused(self, reason: str) -> None:
        self.saving -= 1
        self._model.forget_rows()
        self._shell.work.refused.emit(reason)

    def _save(
        self,
        why: str,
        edits: Edits,
        seen: Mapping[str, str],
        refused: Callable[[str], object],
        added: Sequence[Mapping[str, Value]] = (),
    ) -> None:
        def saved(_changed: int) -> None:
            self.saving -= 1
            if added:
                self._model.ask()
                self._shell.say(_("已新增 {number} 条记录").format(number=len(added)))

        self.saving += 1
        self._saver.save(why, edits, seen, saved, refused, added)


def _on_clipboard() -> Cells:
    """The cells on the clipboard: this program's own as they were, else the text."""
    data = QGuiApplication.clipboard().mimeData()
    own = bytes(data.data(CELLS).data()) if data.hasFormat(CELLS) else b""
    return read_cells(own.decode() if own else QGuiApplication.clipboard().text())
