"""One's own score for an item of the star rating, with the reason."""

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.services import stars
from brandpool.services.stars import ItemScore, Rating
from brandpool.ui import style
from brandpool.ui.page import Shell


class StarScoreForm(QDialog):
    """Asks for a score up to the item's points and why; nothing is kept without a reason."""

    def __init__(
        self, shell: Shell, rating: Rating, item: ItemScore, station: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shell, self._rating, self._item, self._station = shell, rating, item, station
        self.setWindowTitle(_("自评分：{item}").format(item=item.label))
        self.score = QDoubleSpinBox()
        self.score.setRange(0, float(item.points))
        self.score.setSingleStep(0.5)
        self.score.setValue(float(item.score))
        self.score.setAccessibleName(_("自评分"))
        self.reason = QPlainTextEdit(item.reason)
        self.reason.setFixedHeight(84)
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText(_("例如：细则第几条；补充了哪份材料"))
        self.reason.setAccessibleName(_("评分理由"))
        form = QFormLayout()
        form.addRow(_("自评分"), self.score)
        form.addRow(_("评分理由 *"), self.reason)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        text = _("台账得分 {proposed} 分，满分 {points} 分。")
        words = text.format(proposed=stars.number(item.proposed), points=stars.number(item.points))
        layout.addWidget(style.soft("\n".join((words, *item.missing))))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(480)

    def save(self) -> None:
        """Keep the score as one step."""
        score = Decimal(str(round(self.score.value(), 2)))
        reason, who = self.reason.toPlainText(), self._shell.settings.clerk
        rating, code, station = self._rating, self._item.code, self._station
        self._shell.work.write(
            _("改自评分：{item} {score} 分").format(item=self._item.label, score=score),
            lambda session: stars.set_score(
                session, rating, code, score, reason, who, date.today(), station
            ),
            lambda _record: self.accept(),
            owner=self,
            failed=lambda why: QMessageBox.warning(self, _("没有保存"), why),
        )
