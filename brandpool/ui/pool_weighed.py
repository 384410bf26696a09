"""Orders as weighed: a line per enterprise, and the conditions of the one that is selected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.rules.scheme import Ladder
from brandpool.services.decision import Weighed
from brandpool.ui import style
from brandpool.ui.pool_reading import tier_label
from brandpool.ui.pool_words import verdict_html
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class WeighedView(QWidget):
    """`dropped` carries the enterprises that the clerk takes off the form."""

    dropped = Signal(object)

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self._ladder = ladder
        self.table: PlainTable[Weighed] = PlainTable(
            (_("企业"), _("变动"), _("结论")), (190, 150, 160), _("本单企业")
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.drop = QPushButton(_("移出所选"))
        self.drop_refused = QPushButton(_("移出不能办理的"))
        self.drop.clicked.connect(self._drop_chosen)
        self.drop_refused.clicked.connect(self._drop_refused)
        self._several = QWidget()
        buttons = QHBoxLayout()
        for button in (self.drop, self.drop_refused):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        above = QVBoxLayout(self._several)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.table, 1)
        above.addLayout(buttons)
        self.title = QLabel()
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("条件"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._several, 1)
        layout.addWidget(self.title)
        layout.addWidget(self.text, 1)
        self._several.hide()

    def show_weighed(self, weighed: list[Weighed]) -> None:
        """Show these; the table only where there are several."""
        place = max(self.table.currentIndex().row(), 0)
        self.table.fill([self._shown(one) for one in weighed])
        self._several.setVisible(len(weighed) > 1)
        self.drop_refused.setEnabled(any(one.refusals for one in weighed))
        if weighed:
            self.table.selectRow(min(place, len(weighed) - 1))
        self._tell()

    def _shown(self, one: Weighed) -> Shown[Weighed]:
        came, goes = (tier_label(self._ladder, t) for t in (one.came_from, one.order.tier))
        if one.refusals:
            verdict = _("不能办理：{why}").format(why="；".join(one.refusals))
        elif one.exceptions:
            verdict = _("须例外理由：{why}").format(why="；".join(one.exceptions))
        else:
            verdict = _("可办理")
        return Shown(one, (one.name, f"{came} → {goes}", verdict))

    def _tell(self) -> None:
        one = self.table.chosen()
        if one is None:
            self.title.setText("")
            self.text.clear()
            return
        leaving = one.order.tier is None
        goal = tier_label(self._ladder, one.order.tier)
        text = (
            _("退出条件（{day}，依据“{scheme}”）")
            if leaving
            else _("“{goal}”的条件（{day}，依据“{scheme}”）")
        )
        day, scheme = one.order.effective, one.scheme.title
        self.title.setText(text.format(goal=goal, day=day, scheme=scheme))
        self.title.setWordWrap(True)
        style.tint(self.title, style.SOFT)
        pages = (verdict_html(verdict, leaving=leaving) for verdict in one.verdicts)
        self.text.setHtml("".join(pages) or _("没有条件可评定。"))

    def _drop_chosen(self) -> None:
        places = {index.row() for index in self.table.selectionModel().selectedRows()}
        rows = [self.table.rows.shown[place].row for place in places]
        self.dropped.emit({one.order.enterprise for one in rows})

    def _drop_refused(self) -> None:
        rows = [shown.row for shown in self.table.rows.shown]
        self.dropped.emit({one.order.enterprise for one in rows if one.refusals})
