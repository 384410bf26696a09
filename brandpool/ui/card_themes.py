"""The sections of the enterprise card by theme: full ones in order, empty ones in one line."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from brandpool.i18n import _, lang
from brandpool.models.record import Record
from brandpool.ui import style
from brandpool.ui.card_section import CardSection
from brandpool.ui.ledger_themes import themed


class ThemedSections(QWidget):
    """Shows sections under the names of their themes; `settle` after they were filled."""

    def __init__(self, sections: Sequence[CardSection]) -> None:
        super().__init__()
        self._groups = [(style.soft(name), group) for name, group in _groups(sections)]
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.RichText)
        by_mouse = Qt.TextInteractionFlag.LinksAccessibleByMouse
        by_keys = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.empty.setTextInteractionFlags(by_mouse | by_keys)
        self.empty.setToolTip(_("点名称即可新增一条"))
        self.empty.linkActivated.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for heading, group in self._groups:
            column.addWidget(heading)
            for section in group:
                column.addWidget(section)
        column.addWidget(self.empty)

    def settle(self) -> None:
        """Name themes only above what they hold, and fold what is empty into 暂无：…."""
        empty: list[CardSection] = []
        for heading, group in self._groups:
            heading.setVisible(any(not section.isHidden() for section in group))
            empty += [section for section in group if section.isHidden()]
        nouns = dict.fromkeys(section.record_kind for section in empty)
        names = "、".join(_link(model) for model in nouns)
        self.empty.setText(_("暂无：{names}").format(names=names))
        self.empty.setVisible(bool(nouns))

    def _add(self, kind: str) -> None:
        for _heading, group in self._groups:
            for section in group:
                if section.record_kind.kind() == kind:
                    section.add_one()
                    return


def add_menu(parent: QWidget, sections: Sequence[CardSection]) -> QMenu:
    """The menu of what can be added, a submenu for each theme."""
    menu = QMenu(parent)
    for name, group in _groups(sections):
        under = QMenu(name, menu)
        menu.addMenu(under)
        for section in group:
            action = under.addAction(section.record_kind.label(lang()))
            action.triggered.connect(partial(_add_to, section))
    return menu


def _groups(sections: Sequence[CardSection]) -> list[tuple[str, list[CardSection]]]:
    """The sections under the names of their themes, in the order of the themes' kinds."""
    models = list(dict.fromkeys(section.record_kind for section in sections))
    return [
        (name, [section for model in kinds for section in sections if section.record_kind is model])
        for name, kinds in themed(models)
    ]


def _link(model: type[Record]) -> str:
    ink = style.colour(style.SOFT).name()
    look = f"style='color:{ink};text-decoration:none'"
    return f"<a {look} href='{model.kind()}'>{model.label(lang())}</a>"


def _add_to(section: CardSection, _checked: bool = False) -> None:
    section.add_one()
