"""What hangs on a record: everything that points to it, to be read and opened."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Kind
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import linked, records
from brandpool.ui import style
from brandpool.ui.ledger_about import about
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_lines import read_lines


@dataclass(frozen=True, slots=True)
class Hanging:
    """One record that points to the one asked about."""

    kind: str
    record: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The record's name, what is to be said about it, and what hangs on it."""

    title: str
    about: str
    rows: tuple[Hanging, ...]


class LinkedBox(QDialog):
    """Reads and shows; Enter or a double click opens a record where it is at home."""

    def __init__(self, shell: Shell, model: type[Record], record: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        noun = model.label(lang())
        self.setWindowTitle(_("{noun}的关联记录").format(noun=noun))
        self.title = style.heading("", points=12)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.table: PlainTable[Hanging] = PlainTable(
            (_("台账"), _("内容"), _("日期"), _("关联项")), (150, 330, 100, 120), _("关联记录")
        )
        self.table.activated.connect(lambda _index: self.open_chosen())
        self.none = style.soft(_("还没有关联记录。在相应台账里登记并选择本条，就会出现在这里。"))
        self.none.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (self.title, self.about, self.none):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(760, 420)
        tongue, today = lang(), date.today()
        shell.work.read(
            lambda session: read(session, model, record, tongue, today), self._show, owner=self
        )

    def open_chosen(self) -> None:
        """Go to the record in the table."""
        one = self.table.chosen()
        if one is not None:
            self.accept()
            self._shell.open(one.kind, one.record)

    def _show(self, found: Found) -> None:
        self.title.setText(found.title)
        self.about.setText(found.about)
        self.about.setVisible(bool(found.about))
        self.none.setVisible(not found.rows)
        self.table.fill([Shown(one, one.texts) for one in found.rows])


def read(session: Session, model: type[Record], record: str, tongue: Lang, on: date) -> Found:
    """What is to be shown of a record. Raises UserError when it is gone."""
    row = records.get(session, model, record)
    title = fields(model)[model.title_field].shown(row[model.title_field], tongue)
    rows = tuple(
        hanging
        for one in linked.linked(session, model.kind(), record)
        for hanging in _hanging(session, one, tongue)
    )
    return Found(title, about(session, model.kind(), record, on), rows)


def _hanging(session: Session, one: linked.Linked, tongue: Lang) -> list[Hanging]:
    declared = fields(one.model)
    dated = next((n for n, f in declared.items() if f.kind is Kind.DATE and f.listed), "")
    found = read_lines(session, one.model, list(one.ids), tongue)
    return [
        Hanging(
            one.model.kind(),
            record,
            (
                one.model.label(tongue),
                line.texts[one.model.title_field],
                line.texts[dated] if dated else "",
                declared[one.field].label(tongue),
            ),
        )
        for record, line in found.items()
    ]


def is_pointed_to(kind: str) -> bool:
    """Whether any kind has a link to this one, so that something could hang on its records."""
    return kind in by_kind() and bool(linked.pointing(kind))
