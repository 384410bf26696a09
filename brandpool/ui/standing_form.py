"""Two records of one enterprise stand on the same ladder: whose standing stays, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.services import merging
from brandpool.services.records import RecordRow
from brandpool.services.tiers import MoveRow
from brandpool.ui import style
from brandpool.ui.card_reading import TierWords


@dataclass(frozen=True, slots=True)
class OnLadder:
    """A ladder on which both stand or stood; each standing in words."""

    ladder: str
    label: str
    keep: str
    other: str


class StandingForm(QDialog):
    """One question per ladder, none answered beforehand; a reason is needed."""

    def __init__(
        self, kept: RecordRow, other: RecordRow, found: Sequence[OnLadder], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("以哪一家的层级为准"))
        self._ids = (kept.id, other.id)
        self.choices: dict[str, QButtonGroup] = {}
        layout = QVBoxLayout(self)
        layout.addWidget(
            style.soft(
                _(
                    "两家企业在同一梯队都有层级记录。选定的一家照旧计算；"
                    "另一家的变动全部保留，注明理由，不再计入。拆分时恢复原样。"
                )
            )
        )
        for one in found:
            layout.addWidget(QLabel(one.label))
            group = QButtonGroup(self)
            for place, (row, words) in enumerate(((kept, one.keep), (other, one.other))):
                button = QRadioButton(f"{row['name'] or ''}　{words}")
                group.addButton(button, place)
                layout.addWidget(button)
            group.idToggled.connect(self._on_change)
            self.choices[one.ladder] = group
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(72)
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(_("理由"))
        self.reason.setPlaceholderText(_("例如：以有批准文号的记录为准"))
        self.reason.textChanged.connect(self._on_change)
        layout.addWidget(QLabel(_("理由 *")))
        layout.addWidget(self.reason)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("合并"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button = style.primary(accept)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setMinimumWidth(560)
        self._on_change()

    def standings(self) -> dict[str, str]:
        """By ladder, the enterprise whose standing stays; undecided ladders are left out."""
        chosen = {ladder: group.checkedId() for ladder, group in self.choices.items()}
        return {ladder: self._ids[place] for ladder, place in chosen.items() if place >= 0}

    def _on_change(self, *_what: object) -> None:
        decided = len(self.standings()) == len(self.choices)
        self.accept_button.setEnabled(decided and bool(self.reason.toPlainText().strip()))


def read_doubled(session: Session, keep: str, other: str, today: date) -> list[OnLadder]:
    """The ladders on which both have moves, in words."""
    words = TierWords(session, lang())
    return [
        OnLadder(
            one.ladder,
            words.ladder(one.ladder),
            _told(words, one.keep),
            _told(words, one.other),
        )
        for one in merging.doubled(session, keep, other, today)
    ]


def _told(words: TierWords, moves: Sequence[MoveRow]) -> str:
    """Where these moves leave an enterprise: the tier, or that it left, since when."""
    last = next((one for one in reversed(moves) if not one.coming), moves[-1])
    text = _("{tier}，{day} 起，共 {number} 次变动")
    if last.tier is None:
        text = _("已退出，{day} 起，共 {number} 次变动")
    return text.format(
        tier=words.tier(last.ladder, last.tier), day=last.effective, number=len(moves)
    )
