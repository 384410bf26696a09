"""升降级单: a person decides to move enterprises; nothing is written before it is confirmed."""

from collections import Counter
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.record import fields
from brandpool.models.tier import TierMove
from brandpool.services import decision, records, tiers
from brandpool.services.decision import Weighed
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.pool_aim import AimChooser
from brandpool.ui.pool_orders import Filled, MoveWish, orders, step_name
from brandpool.ui.pool_reading import tier_label
from brandpool.ui.pool_weighed import WeighedView
from brandpool.ui.widgets.field_line import FieldLine

_LINES = ("effective", "reason", "document_no", "decided_by", "evidence", "override")
_SUGGESTED = ("document_no", "decided_by")
_NOT_YET = "…"
_MOST = 3


class MoveForm(QDialog):
    """Fill in, see what speaks against it, confirm. `moved` carries the enterprises' ids.

    Esc closes it and leaves everything as it was.
    """

    moved = Signal(object)

    def __init__(self, shell: Shell, wish: MoveWish, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("升降级单"))
        self.wish = wish
        self._shell = shell
        self._saving = False
        self._touched = False
        self.weighed: list[Weighed] = []
        declared = fields(TierMove)
        self.lines = {name: FieldLine(shell.work, declared[name]) for name in _LINES}
        self.aim = AimChooser(wish)
        self.exit_reason = QComboBox()
        self.exit_reason.setAccessibleName(_("退出原因"))
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.complaint.setStyleSheet(style.BANNER_SHEET)
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        self.head = style.heading("", points=13)
        self.head.setWordWrap(True)
        self.view = WeighedView(wish.ladder)
        self._pause = QTimer(self, singleShot=True, interval=200)
        self._pause.timeout.connect(self.weigh)
        self._lay_out()
        self._connect()
        self._start()

    def weigh(self) -> None:
        """Ask what speaks against the orders as they are filled in now."""
        self._pause.stop()
        filled = self._filled(quiet=True)
        if filled is None or not self.wish.candidates:
            return
        found, today = orders(self.wish, filled), date.today()
        self._shell.work.read(
            lambda session: decision.weigh(session, found, today),
            self._show_weighed,
            replaces=self,
            failed=self._refuse,
        )

    def confirm(self) -> None:
        """Carry it out as one step, if everything that is needed is filled in."""
        filled = self._filled(quiet=False)
        if filled is None or self._saving or not self.wish.candidates:
            return
        self._saving = True
        self.confirm_button.setEnabled(False)
        found, today = orders(self.wish, filled), date.today()
        self._shell.work.write(
            step_name(self.wish),
            lambda session: tiers.move(session, found, today),
            self._on_moved,
            owner=self,
            failed=self._refuse,
        )

    def reject(self) -> None:
        """Close without moving anybody; ask before what was typed is thrown away."""
        if not self._touched or self._may_leave():
            super().reject()

    def _lay_out(self) -> None:
        sheet = QWidget()
        self._form = QFormLayout(sheet)
        self._form.setContentsMargins(0, 0, 10, 0)
        self._form.setVerticalSpacing(7)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignTop)
        self._form.addRow(_("变动后层级"), self.aim)
        self._form.addRow(_("退出原因") + " *", self.exit_reason)
        labels = {
            "effective": _("生效日期") + " *",
            "reason": _("变动理由") + " *",
            "document_no": _("文号"),
            "decided_by": _("决定人"),
            "evidence": _("依据材料"),
        }
        for name, label in labels.items():
            self._form.addRow(label, self.lines[name])
        self._form.addRow(self.complaint)
        self._form.addRow(_("例外理由") + " *", self.lines["override"])
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(top)
        middle = QHBoxLayout()
        middle.addWidget(area, 5)
        middle.addWidget(self.view, 6)
        self.confirm_button = style.primary(QPushButton())
        self.cancel_button = QPushButton(_("取消"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.refusal, 1)
        for button in (self.confirm_button, self.cancel_button):
            button.setAutoDefault(False)
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.addWidget(self.head)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        self.resize(980, 610)

    def _connect(self) -> None:
        self.aim.changed.connect(self._on_aim)
        for name, line in self.lines.items():
            line.edited.connect(self._touch)
            if name == "effective":
                line.edited.connect(self._pause.start)
        self.exit_reason.activated.connect(self._pause.start)
        self.view.dropped.connect(self._drop)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.confirm)

    def _start(self) -> None:
        self.exit_reason.addItem(_("请选择"), "")
        for reason in self.wish.ladder.exit_reasons:
            self.exit_reason.addItem(reason.words.label(), reason.code)
        known = {one.exit_reason for one in self.wish.candidates}
        if len(known) == 1:
            self.exit_reason.setCurrentIndex(max(self.exit_reason.findData(known.pop()), 0))
        self.lines["effective"].put(self.wish.effective)
        self._form.setRowVisible(self.complaint, False)
        self._form.setRowVisible(self.lines["override"], False)
        self._on_aim()
        self.lines["reason"].editor.setFocus()
        self._shell.work.read(_suggestions, self._suggest)

    def _suggest(self, found: dict[str, list[str]]) -> None:
        for name, texts in found.items():
            self.lines[name].suggest(texts)

    def _on_aim(self) -> None:
        self.wish = self.aim.wish(self.wish)
        leaving = any(self.wish.goal(one) is None for one in self.wish.candidates)
        self._form.setRowVisible(self.exit_reason, leaving)
        self._name()
        self.weigh()

    def _touch(self) -> None:
        self._touched = any(
            str(line.value() or "").strip()
            for name, line in self.lines.items()
            if name not in ("effective", "decided_by", "document_no")
        )

    def _drop(self, enterprises: set[str]) -> None:
        """Take some enterprises off the form."""
        self.wish = self.wish.without(enterprises)
        self.weighed = [w for w in self.weighed if w.order.enterprise not in enterprises]
        self._show_weighed(self.weighed)
        self.weigh()

    def _name(self) -> None:
        candidates = self.wish.candidates
        if len(candidates) == 1:
            (one,) = candidates
            came = self.weighed[0].came_from if self.weighed else one.tier
            here = tier_label(self.wish.ladder, came)
            there = tier_label(self.wish.ladder, self.wish.goal(one))
            self.head.setText(f"{one.name}：{here} → {there}")
        else:
            self.head.setText(_several(self.wish))
        number = len(candidates)
        text = _("确认变动") if number == 1 else _("确认变动 {number} 家").format(number=number)
        self.confirm_button.setText(text)

    def _filled(self, *, quiet: bool) -> Filled | None:
        """What was filled in; None when something needed is missing, which the lines then say."""
        for line in self.lines.values():
            line.complain("")
        try:
            effective = self.lines["effective"].value()
        except typed.NotUnderstood as reason:
            self.lines["effective"].complain(str(reason))
            return None
        if not isinstance(effective, date):
            self.lines["effective"].complain(_("请填写生效日期。"))
            return None
        texts = {name: str(self.lines[name].value() or "") for name in _LINES[1:]}
        if not quiet and not self._complete(texts):
            return None
        needed = not self.lines["override"].isHidden()
        return Filled(
            effective=effective,
            reason=texts["reason"] or (_NOT_YET if quiet else ""),
            exit_reason=self.exit_reason.currentData() or None,
            document_no=texts["document_no"] or None,
            decided_by=texts["decided_by"] or None,
            evidence=texts["evidence"] or None,
            override=(texts["override"] or None) if needed else None,
        )

    def _complete(self, texts: dict[str, str]) -> bool:
        missing: list[QWidget] = []
        if not texts["reason"]:
            self.lines["reason"].complain(_("请写明变动理由。"))
            missing.append(self.lines["reason"].editor)
        if not self.lines["override"].isHidden() and not texts["override"]:
            self.lines["override"].complain(_("请写明为什么照此变动。"))
            missing.append(self.lines["override"].editor)
        if not self.exit_reason.isHidden() and not self.exit_reason.currentData():
            self._say(_("请选择退出原因。"))
            missing.append(self.exit_reason)
        if missing:
            missing[0].setFocus()
        return not missing

    def _show_weighed(self, weighed: list[Weighed]) -> None:
        self.weighed = weighed
        self.view.show_weighed(weighed)
        sentences = _complaints(weighed)
        self.complaint.setText(_("下列情况须另写例外理由：") + "\n" + "\n".join(sentences))
        self._form.setRowVisible(self.complaint, bool(sentences))
        self._form.setRowVisible(self.lines["override"], bool(sentences))
        refused = [one for one in weighed if one.refusals]
        texts = [f"{one.name}：{'；'.join(one.refusals)}" for one in refused[:3]]
        if len(refused) > 3:
            texts.append(_("共 {n} 家不能办理，请移出本单或改填。").format(n=len(refused)))
        self._say("\n".join(texts))
        self.confirm_button.setEnabled(bool(weighed) and not refused and not self._saving)
        self._name()

    def _say(self, text: str) -> None:
        self.refusal.setText(text)

    def _refuse(self, reason: str) -> None:
        self._saving = False
        self.confirm_button.setEnabled(True)
        self._say(reason)

    def _on_moved(self, moves: list[str]) -> None:
        self._touched = False
        self._shell.say(_("已变动 {number} 家，可用 Ctrl+Z 撤销").format(number=len(moves)))
        self.moved.emit({one.enterprise for one in self.wish.candidates})
        self.accept()

    def _may_leave(self) -> bool:
        box = QMessageBox(
            QMessageBox.Icon.Question, _("关闭"), _("这张单子还没有办理。"), parent=self
        )
        keep = box.addButton(_("继续填写"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(_("不办理，关闭"), QMessageBox.ButtonRole.DestructiveRole)
        box.exec()
        return box.clickedButton() is not keep


def _several(wish: MoveWish) -> str:
    text = _("{number} 家企业").format(number=len(wish.candidates))
    goals = Counter(wish.goal(one) for one in wish.candidates)
    if len(goals) == 1:
        return f"{text} → {tier_label(wish.ladder, next(iter(goals)))}"
    parts = [f"{tier_label(wish.ladder, goal)} {number}" for goal, number in goals.items()]
    return f"{text} → {'，'.join(parts)}" if parts else text


def _complaints(weighed: list[Weighed]) -> list[str]:
    """What needs a reason of its own; of several enterprises, the same words only once."""
    grouped = Counter(one.exceptions for one in weighed if one.exceptions)
    if len(weighed) == 1:
        return [f"· {sentence}" for exceptions in grouped for sentence in exceptions]
    lines = [
        "· " + _("{number} 家：{what}").format(number=number, what="；".join(exceptions))
        for exceptions, number in grouped.most_common(_MOST)
    ]
    left = sum(grouped.values()) - sum(number for _what, number in grouped.most_common(_MOST))
    return lines + ([_("另有 {number} 家，见右边各家的结论").format(number=left)] if left else [])


def _suggestions(session: Session) -> dict[str, list[str]]:
    return {
        name: [str(v) for v, _n in records.distinct(session, TierMove, name)[:100] if v]
        for name in _SUGGESTED
    }
