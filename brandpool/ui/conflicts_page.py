"""What waits for a decision, settled from the keyboard: ↑↓ to a line, 1 or 2, Enter."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.record import fields
from brandpool.services import enterprises, settling
from brandpool.services.settling import DELETION, NUMBER, VALUE, Matter
from brandpool.ui import style, typed
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.choice_table import ChoiceTable
from brandpool.ui.widgets.plain_table import Shown
from brandpool.ui.work import Task


class ConflictsPage(Page):
    """One line per matter; the two buttons below say what 1 and 2 would do to it."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.table: ChoiceTable[Matter] = ChoiceTable(
            (_("记录"), _("问题"), _("项目"), _("1　现在显示"), _("2　另一个")),
            (260, 150, 130, 290, 290),
            _("待裁定"),
        )
        self.table.chose.connect(self._choose)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.first = QPushButton(_("1　保留"))
        self.second = QPushButton(_("2　改用另一个"))
        self.open_button = QPushButton(_("打开记录"))
        self.first.clicked.connect(partial(self._choose, 1))
        self.second.clicked.connect(partial(self._choose, 2))
        self.open_button.clicked.connect(self._open)
        self.empty = QLabel(_("没有待裁定的事项。"))
        style.tint(self.empty, style.SOFT)
        buttons = QHBoxLayout()
        for button in (self.first, self.second, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("待裁定")))
        layout.addWidget(
            style.soft(
                _(
                    "两人同时改了同一项、一人删除而另一人修改、两条记录编号相同时，在这里选定。"
                    "↑↓ 换行，按 1 或 2 选定，回车打开记录；选错可以撤销。"
                )
            )
        )
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self._on_row()

    def refresh(self) -> None:
        """Read what waits."""
        self.shell.work.read(settling.matters, self._show, replaces=self)

    def _show(self, found: list[Matter]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.table.fill([Shown(one, _texts(one)) for one in found])
        self.table.stand_on(place)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._on_row()

    def _on_row(self) -> None:
        one = self.table.chosen()
        for button in (self.first, self.second, self.open_button):
            button.setVisible(one is not None)
        if one is not None:
            first, second = _verbs(one)
            self.first.setText(f"1　{first}")
            self.second.setText(f"2　{second}")

    def _choose(self, choice: int) -> None:
        one = self.table.chosen()
        if one is None:
            return
        if choice == 0:
            self._open()
        elif one.what == NUMBER and choice == 2:
            self.shell.open(one.kind, one.record)
        else:
            self._settle(one, choice)

    def _settle(self, one: Matter, choice: int) -> None:
        first, second = _verbs(one)
        why = _("裁定“{title}”：{choice}").format(
            title=one.title, choice=first if choice == 1 else second
        )
        if one.what == NUMBER:
            act = settling.make_one
            source = enterprises.MERGED if one.model is Enterprise else "screen"
        else:
            source = "screen"
            other = settling.let_go if one.what == DELETION else settling.take_other
            act = settling.keep_shown if choice == 1 else other

        def job(task: Task) -> None:
            with task.write(why, source=source) as session:
                act(session, one)

        self.shell.work.run(job, lambda _none: self.shell.say(why), owner=self, keep=True)

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None:
            self.shell.open(one.kind, one.record)


def _texts(one: Matter) -> tuple[str, ...]:
    model = one.model
    field = fields(model).get(one.field)
    title = f"{model.label(lang())}“{one.title}”"
    what = {
        VALUE: _("同一项有两个值"),
        DELETION: _("有人修改、有人删除"),
        NUMBER: _("编号与另一条相同"),
    }[one.what]
    label = field.label(lang()) if field else ""
    match one.what:
        case "value":
            first, second = _said(one, one.shown), _said(one, one.other)
        case "deletion":
            first, second = _("保留修改后的记录"), _("删除")
        case _:
            first, second = _said(one, one.shown), one.rival_title
    return (
        title,
        what,
        label,
        _signed(first, one.shown_by, one.shown_at),
        _signed(second, one.other_by, one.other_at),
    )


def _said(one: Matter, value: Value) -> str:
    field = fields(one.model).get(one.field)
    return (typed.shown(field, {one.field: value}, lang()) if field else "") or "—"


def _signed(text: str, who: str, at: datetime | None) -> str:
    return f"{text}　（{who} {at:%Y-%m-%d %H:%M}）" if at is not None else text


def _verbs(one: Matter) -> tuple[str, str]:
    """What the two choices would do."""
    match one.what:
        case "value":
            return _("保留“{value}”").format(value=_said(one, one.shown)), _(
                "改用“{value}”"
            ).format(value=_said(one, one.other))
        case "deletion":
            return _("保留这条记录"), _("删除这条记录")
    if one.model is Enterprise:
        return _("并入“{title}”").format(title=one.rival_title), _("打开，改正编号")
    return _("删除这条，保留另一条"), _("打开，改正编号")
