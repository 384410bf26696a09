"""The table of any kind of record: filter bar, columns to choose, editing in the cells."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.field import Kind
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.services.records import Filter, Query
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.cell_editor import CellDelegate
from brandpool.ui.widgets.column_chooser import ColumnChooser
from brandpool.ui.widgets.column_layout import kept_layout, lay_out
from brandpool.ui.widgets.filter_bar import FilterBar
from brandpool.ui.widgets.filter_header import FilterHeader
from brandpool.ui.widgets.filter_popup import FilterPopup
from brandpool.ui.widgets.filter_words import in_words
from brandpool.ui.widgets.list_print import ListPrint, Seen, print_records
from brandpool.ui.widgets.record_model import RecordModel
from brandpool.ui.widgets.table_edits import TableEdits
from brandpool.ui.widgets.table_menu import table_menu
from brandpool.ui.widgets.table_view import TableView

_ONLY = " only"


class RecordTable(QWidget):
    """Shows the records of one kind.

    `key` names the table in the settings. `base` is a condition that always holds (one
    enterprise's records). `hide` are fields never shown. `add` and `open` serve the buttons 新增
    and 打开; a table without them has no such button.
    """

    chosen = Signal(object)

    def __init__(
        self,
        shell: Shell,
        model: type[Record],
        *,
        key: str = "",
        base: Query | None = None,
        hide: Collection[str] = (),
        add: Callable[[], object] | None = None,
        open: Callable[[str], object] | None = None,  # noqa: A002 - the word on the button
    ) -> None:
        super().__init__()
        self.shell = shell
        self.record_kind = model
        self.key = key or model.kind()
        self._add, self._open = add, open
        self._filters: dict[str, tuple[Filter, ...]] = {}
        self._only: tuple[frozenset[str], str] | None = None
        self._titles: dict[str, str] = {}
        self._kept = (-1, 0)
        self._seek = ""
        self._stale = True
        self.model = RecordModel(shell.work, model, self)
        self.model.base = base or Query()
        self.model.columns = [f for f in self.model.columns if f.name not in hide]
        self.view = TableView()
        self.view.setAccessibleName(_("{noun}列表").format(noun=model.label(lang())))
        self.header = FilterHeader(self.view)
        self.view.setHorizontalHeader(self.header)
        self.view.setModel(self.model)
        self.view.setItemDelegate(CellDelegate(shell.work, self.model, self.view))
        self.edits = TableEdits(shell, self.model, self.view, adds=add is not None)
        self.bar = FilterBar()
        self._lay_out()
        self._connect()
        self._arrange()

    def put_tools(self, buttons: Sequence[QPushButton]) -> None:
        """Put further buttons beside the bar."""
        for button in buttons:
            self._tools.addWidget(button)

    def ask(self) -> None:
        """Look for the records again."""
        self.model.ask(self.query())

    def query(self) -> Query:
        """What the table asks for now, apart from its base: for exports and saved questions."""
        filters = tuple(f for some in self._filters.values() for f in some)
        only = self._only[0] if self._only else None
        return Query(filters, self.model.query.order, only)

    def shown_fields(self) -> list[str]:
        """The names of the columns in sight, from left to right."""
        return [self.model.columns[column].name for column in self.view.shown_columns()]

    def chosen_ids(self) -> list[str]:
        """The records that the selection touches."""
        return self.edits.chosen_ids()

    def set_filter(self, name: str, filters: tuple[Filter, ...]) -> None:
        """Filter by one field; no filters take its condition away."""
        self._filters.pop(name, None)
        if filters:
            self._filters[name] = filters
        self._name_links(name, filters)
        self._show_filters()
        self.ask()

    def show_only(self, ids: Collection[str], words: str) -> None:
        """Show exactly these records; `words` say in the bar which they are."""
        self._filters.clear()
        self._only = (frozenset(ids), words)
        self._show_filters()
        self.ask()

    def clear_filters(self) -> None:
        """Show all records again."""
        self._filters.clear()
        self._only = None
        self._show_filters()
        self.ask()

    def go_to(self, record: str) -> None:
        """Stand on this record; filters that hide it are cleared."""
        if record in self.model.ids:
            self.view.select_rows([self.model.ids.index(record)])
            self.view.scrollTo(self.view.currentIndex())
            return
        self._seek = record
        if self._filters or self._only:
            self.clear_filters()
        else:
            self.ask()

    def choose_columns(self) -> None:
        """Let the clerk pick and order the columns."""
        columns = self.model.columns
        order = [self.header.logicalIndex(place) for place in range(self.header.count())]
        box = ColumnChooser([columns[i] for i in order], set(self.shown_fields()), self)
        if box.exec() == QDialog.DialogCode.Accepted:
            widths = {name: abs(w) for name, w in kept_layout(self.view, columns).items()}
            kept = {name: widths[name] if on else -widths[name] for name, on in box.chosen()}
            lay_out(self.view, columns, kept, self.record_kind.title_field)
            self._keep_layout()

    def print_list(self) -> ListPrint:
        """Show the list on A4, with the columns in sight: the selected rows, these, or all."""
        narrowed = bool(self._filters or self._only)
        seen = Seen(
            self.record_kind,
            self.shown_fields(),
            list(self.model.ids),
            self.chosen_ids(),
            self.model.base if narrowed else None,
        )
        return print_records(self.shell, self, seen)

    def ask_filter(self, column: int) -> FilterPopup:
        """Open the filter of a column below its heading."""
        field = self.model.columns[column]
        present = self._filters.get(field.name, ())
        popup = FilterPopup(self.shell.work, self.record_kind, field, present, self)
        popup.chosen.connect(self.set_filter)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        left = self.header.sectionViewportPosition(column)
        popup.move(self.header.mapToGlobal(QPoint(left, self.header.height())))
        popup.show()
        return popup

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the records when the table first comes into sight, or missed a change."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.ask()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        self.add_button = style.primary(QPushButton(_("新增")))
        self.open_button = QPushButton(_("打开"))
        self.remove_button = QPushButton(_("删除"))
        self.columns_button = QPushButton(_("列…"))
        line.addWidget(self.bar, 1)
        self._tools = QHBoxLayout()
        line.addLayout(self._tools)
        line.addWidget(self.columns_button)
        line.addWidget(self.remove_button)
        if self._open is not None:
            line.addWidget(self.open_button)
        if self._add is not None:
            line.addWidget(self.add_button)
        self._empty_words = QLabel()
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_button = QPushButton()
        self._empty_paste = QPushButton(_("从表格粘贴"))
        self._empty_paste.setToolTip(_("先在 WPS 表格中复制，首行可以是表头"))
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self._empty_words)
        middle.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addWidget(self._empty_paste, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        keys = QKeySequence(QKeySequence.StandardKey.Paste)
        children = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(keys, empty, self._empty_paste.click, context=children)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.bar.cleared.connect(self.clear_filters)
        self.bar.dropped.connect(self._drop)
        self.header.filter_asked.connect(self.ask_filter)
        self.header.order_asked.connect(self._order)
        self.view.filter_asked.connect(lambda: self.ask_filter(self.view.currentIndex().column()))
        self.view.open_asked.connect(self._open_current)
        self.view.doubleClicked.connect(self._open_at)
        self.view.new_asked.connect(self._add_one)
        self.view.remove_asked.connect(self.edits.remove)
        self.view.print_asked.connect(self.print_list)
        self.add_button.clicked.connect(self._add_one)
        self.open_button.clicked.connect(self._open_current)
        self.remove_button.clicked.connect(self.edits.remove)
        self.columns_button.clicked.connect(self.choose_columns)
        self._empty_button.clicked.connect(self._help_out)
        self._empty_paste.clicked.connect(self.edits.paste_new)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.model.found.connect(self._on_found)
        self.model.modelAboutToBeReset.connect(self._hold)
        self.model.modelReset.connect(self._release)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.shell.work.changed.connect(self._on_changed)
        self._on_selection()

    def _arrange(self) -> None:
        kept = self.shell.settings.columns.get(self.key, {})
        lay_out(self.view, self.model.columns, kept, self.record_kind.title_field)
        self._later = QTimer(self, singleShot=True, interval=600)
        self._later.timeout.connect(self._keep_layout)
        self.header.sectionResized.connect(lambda *_moved: self._later.start())
        self.header.sectionMoved.connect(lambda *_moved: self._later.start())

    def _keep_layout(self) -> None:
        self.shell.settings.columns[self.key] = kept_layout(self.view, self.model.columns)
        self.shell.remember()

    def _order(self, column: int) -> None:
        name = self.model.columns[column].name
        present = self.model.query.order
        following: dict[tuple[str, ...], tuple[str, ...]] = {
            (name,): (f"-{name}",),
            (f"-{name}",): (),
        }
        order = following.get(present, (name,))
        query = self.query()
        self.model.ask(Query(query.filters, order, query.within))
        self._mark_header()

    def _show_filters(self) -> None:
        by_name = {field.name: field for field in self.model.columns}
        words = {n: in_words(by_name[n], f, self._titles) for n, f in self._filters.items()}
        if self._only:
            words = {_ONLY: self._only[1], **words}
        self.bar.name(words)
        self._mark_header()

    def _mark_header(self) -> None:
        names = [field.name for field in self.model.columns]
        filtered = {names.index(name) for name in self._filters}
        order = self.model.query.order
        mark = None
        if order:
            mark = (names.index(order[0].removeprefix("-")), order[0].startswith("-"))
        self.header.mark(filtered, mark)

    def _name_links(self, name: str, filters: tuple[Filter, ...]) -> None:
        field = next(field for field in self.model.columns if field.name == name)
        if field.kind is not Kind.LINK:
            return
        ids = [
            str(value)
            for wanted in filters
            for value in (wanted.value if isinstance(wanted.value, tuple) else (wanted.value,))
            if value
        ]
        kind = by_kind()[field.links]
        self.shell.work.read(lambda s: records.titles(s, kind, ids), self._take_titles)

    def _take_titles(self, titles: dict[str, str]) -> None:
        self._titles |= titles
        self._show_filters()

    def _drop(self, key: str) -> None:
        if key == _ONLY:
            self._only = None
            self._show_filters()
            self.ask()
        else:
            self.set_filter(key, ())

    def _on_found(self, shown: int, total: int) -> None:
        self.bar.tell(shown, total)
        filtered = total > 0
        noun = self.record_kind.label(lang())
        text = _("没有符合筛选条件的{noun}") if filtered else _("这里还没有{noun}")
        self._empty_words.setText(text.format(noun=noun))
        self._empty_button.setText(_("清除筛选") if filtered else _("新增{noun}").format(noun=noun))
        self._empty_button.setVisible(filtered or self._add is not None)
        self._empty_paste.setVisible(not filtered and self._add is not None)
        self.stack.setCurrentIndex(0 if shown else 1)

    def _help_out(self) -> None:
        if self._filters or self._only:
            self.clear_filters()
        else:
            self._add_one()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        links = {f.links for f in self.model.columns if f.links}
        if not kinds & {self.record_kind.kind(), *links}:
            return
        if not self.isVisible():
            self._stale = True
        elif self.edits.saving:
            self.model.forget_rows()
        else:
            self.ask()

    def _hold(self) -> None:
        index = self.view.currentIndex()
        line = self.model.line(index.row()) if index.isValid() else None
        if line is not None and not self._seek:
            self._seek = line.row.id
        self._kept = (index.column(), self.view.verticalScrollBar().value())

    def _release(self) -> None:
        seek, self._seek = self._seek, ""
        if seek in self.model.ids:
            self.view.verticalScrollBar().setValue(self._kept[1])
            row = self.model.ids.index(seek)
            shown = self.view.shown_columns()
            column = self._kept[0] if self._kept[0] in shown else (shown or [0])[0]
            self.view.setCurrentIndex(self.model.index(row, column))
        self._on_selection()

    def _on_selection(self) -> None:
        ids = self.chosen_ids()
        self.open_button.setEnabled(len(ids) == 1)
        self.remove_button.setEnabled(bool(ids))
        self.chosen.emit(ids)

    def _show_menu(self, place: QPoint) -> None:
        menu = table_menu(self.view, adds=self._add is not None, opens=self._open is not None)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _add_one(self) -> None:
        if self._add is not None:
            self._add()

    def _open_current(self) -> None:
        self._open_at(self.view.currentIndex())

    def _open_at(self, index: QModelIndex) -> None:
        if self._open is not None and index.isValid():
            self._open(self.model.ids[index.row()])
