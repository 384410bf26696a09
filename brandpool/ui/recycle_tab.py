"""The recycle bin: deleted records of every kind, and the way back, with what went along."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Kind
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.services import recycle
from brandpool.services.recycle import Gone
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to come back, and what was deleted with it and hung on it."""

    chosen: list[Gone]
    along: list[Gone]


class RecycleTab(QWidget):
    """Choose a kind or look at all; select rows and restore them."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("记录种类"))
        self.kind.setMaxVisibleItems(30)
        self.kind.addItem(_("全部种类"), "")
        for model in KINDS:
            self.kind.addItem(model.label(lang()), model.kind())
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("在结果中查找"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.restore = style.primary(QPushButton(_("恢复")))
        self.table: PlainTable[Gone] = PlainTable(
            (_("种类"), _("记录"), _("内容"), _("删除时间"), _("何人"), _("操作")),
            (110, 220, 320, 130, 90, 260),
            _("回收站"),
        )
        self.empty = QLabel(_("回收站是空的"))
        self.empty.hide()
        self._lay_out()
        self.kind.currentIndexChanged.connect(self.ask)
        self.search.textChanged.connect(self.table.seek)
        self.restore.clicked.connect(self._look_along)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)

    def ask(self) -> None:
        """Read what is gone."""
        kind, tongue = str(self.kind.currentData()), lang()
        models = [by_kind()[kind]] if kind else list(KINDS)
        self.shell.work.read(
            lambda session: read_gone(session, models, tongue), self._show, replaces=self
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.kind)
        line.addWidget(self.search)
        line.addStretch(1)
        line.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(style.soft(_("删除的记录都在这里，可以恢复；恢复本身也是一步，可撤销。")))
        layout.addLayout(line)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)

    def _show(self, shown: list[Shown[Gone]]) -> None:
        self.table.fill(shown)
        self.table.seek(self.search.text())
        self.empty.setVisible(not shown)
        self._on_selection()

    def _on_selection(self) -> None:
        self.restore.setEnabled(bool(self.table.chosen_rows()))

    def _look_along(self) -> None:
        chosen = [shown.row for shown in self.table.chosen_rows()]
        if chosen:
            self.shell.work.read(
                lambda session: Wish(chosen, recycle.went_along(session, chosen)), self._confirm
            )

    def _confirm(self, wish: Wish) -> None:
        wanted = wish.chosen
        if wish.along:
            also = self._ask_along(wish.along)
            if also is None:
                return
            wanted = [*wish.chosen, *wish.along] if also else wish.chosen
        nouns = "、".join(dict.fromkeys(one.model.label(lang()) for one in wish.chosen))
        self.shell.work.write(
            _("恢复 {number} 条{nouns}").format(number=len(wanted), nouns=nouns),
            lambda session: recycle.restore(session, wanted),
            self._tell,
            title=_("恢复"),
        )

    def _ask_along(self, along: list[Gone]) -> bool | None:
        """Whether what went along is to come back too; None when nothing is to be done."""
        parts = _numbers([one.model for one in along])
        text = _("同一步还删除了与之关联的记录：{parts}。").format(parts=parts)
        box = QMessageBox(QMessageBox.Icon.Question, _("恢复"), text, parent=self)
        every = box.addButton(_("一并恢复"), QMessageBox.ButtonRole.AcceptRole)
        only = box.addButton(_("只恢复所选"), QMessageBox.ButtonRole.NoRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is every:
            return True
        return False if box.clickedButton() is only else None

    def _tell(self, number: int) -> None:
        self.shell.say(_("已恢复 {number} 条记录").format(number=number))


def read_gone(session: Session, models: list[type[Record]], tongue: Lang) -> list[Shown[Gone]]:
    """The deleted records of these kinds in words, last deleted first."""
    found = [one for model in models for one in recycle.gone(session, model)]
    found.sort(key=lambda one: one.lsn, reverse=True)
    names = _Names(session, found)
    return [
        Shown(
            one,
            (
                one.model.label(tongue),
                names.text(one, one.model.title_field, tongue) or one.record[:8],
                names.summary(one, tongue),
                f"{one.at:%Y-%m-%d %H:%M}",
                one.who,
                one.why,
            ),
        )
        for one in found
    ]


class _Names:
    """Values of deleted records in words; what they point to may be deleted too."""

    def __init__(self, session: Session, found: list[Gone]) -> None:
        self._titles: dict[str, str] = {}
        for one in found:
            title = one.values.get(one.model.title_field)
            self._titles[one.record] = str(title or "")
        parents: dict[type[Record], set[str]] = {}
        for one in found:
            for name, declared in fields(one.model).items():
                if declared.kind is Kind.LINK and one.values.get(name):
                    ids = parents.setdefault(by_kind()[declared.links], set())
                    ids.add(str(one.values[name]))
        for model, ids in parents.items():
            for record, row in journal.snapshot(session, model, list(ids)).items():
                self._titles[record] = str(row.get(model.title_field) or "")

    def text(self, one: Gone, name: str, tongue: Lang) -> str:
        declared = fields(one.model)[name]
        value = one.values.get(name)
        if declared.kind is Kind.LINK:
            return self._titles.get(str(value), "") if value else ""
        return " ".join(typed.shown(declared, one.values, tongue).split())

    def summary(self, one: Gone, tongue: Lang) -> str:
        names = [n for n, f in fields(one.model).items() if f.listed and n != one.model.title_field]
        texts = (self.text(one, name, tongue) for name in names)
        return " · ".join(text for text in texts if text)


def _numbers(models: list[type[Record]]) -> str:
    return "、".join(
        f"{model.label(lang())} {models.count(model)}" for model in dict.fromkeys(models)
    )
