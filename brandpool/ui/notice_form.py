"""公示: proposed moves are put on public notice; the last day is shown with how it comes about."""

from datetime import date, timedelta
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from brandpool.errors import UserError
from brandpool.i18n import _, lang, told
from brandpool.models.record import fields
from brandpool.models.tier import PublicNotice
from brandpool.reports.documents.articles import cited
from brandpool.rules.explained import Explained
from brandpool.rules.notice import public_notice
from brandpool.rules.reference import Reference
from brandpool.rules.scheme import Ladder
from brandpool.services import notices, reference_data
from brandpool.services.notices import NoticeOrder, Proposal
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.pool_orders import Candidate
from brandpool.ui.pool_reading import tier_label
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_LINES = ("title", "published", "working_days", "receives", "phone", "document_no")
_NEEDED = ("title", "published", "working_days")


class NoticeForm(QDialog):
    """Publishes a list of proposed moves. `published` carries the notice's id."""

    published = Signal(str)

    def __init__(
        self,
        shell: Shell,
        ladder: Ladder,
        candidates: tuple[Candidate, ...],
        on: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("公示"))
        self._shell = shell
        self._ladder = ladder
        self._candidates = candidates
        self._ref: Reference | None = None
        declared = fields(PublicNotice)
        self.lines = {name: FieldLine(shell.work, declared[name]) for name in _LINES}
        self.count_first = QCheckBox(_("起始日当天计入"))
        self.end = QLabel()
        self.end.setWordWrap(True)
        self.chain = QTextBrowser()
        self.chain.setAccessibleName(_("截止日的由来"))
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        self.table: PlainTable[Candidate] = PlainTable(
            (_("企业"), _("拟变动")), (220, 200), _("公示名单")
        )
        self._lay_out()
        self._start(on)
        shell.work.read(
            lambda session: reference_data.reference(session, date.today()), self._take, owner=self
        )

    def publish(self) -> None:
        """Record the notice, if everything that is needed is filled in."""
        order = self._order()
        if order is None:
            return
        why = _("公示：{title}").format(title=order.title)
        self._shell.work.write(
            why,
            lambda session: notices.publish(session, order, self._ref),
            self._on_published,
            owner=self,
            failed=self.refusal.setText,
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(7)
        for name, line in self.lines.items():
            label = line.field.label(lang()) + (" *" if name in _NEEDED else "")
            form.addRow(label, line)
            if name == "working_days":
                form.addRow("", self.count_first)
                form.addRow(_("截止日"), self.end)
            line.edited.connect(self._count)
        self.count_first.toggled.connect(self._count)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(style.soft(_("截止日的由来")))
        left.addWidget(self.chain, 1)
        right = QVBoxLayout()
        number = len(self._candidates)
        right.addWidget(QLabel(_("公示名单：{number} 家").format(number=number)))
        right.addWidget(self.table, 1)
        middle = QHBoxLayout()
        middle.addLayout(left, 5)
        middle.addLayout(right, 4)
        self.publish_button = style.primary(QPushButton(_("发布公示")))
        self.cancel_button = QPushButton(_("取消"))
        self.publish_button.clicked.connect(self.publish)
        self.cancel_button.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self, self.publish)
        buttons = QHBoxLayout()
        buttons.addWidget(self.refusal, 1)
        for button in (self.publish_button, self.cancel_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        self.resize(900, 560)

    def _start(self, on: date) -> None:
        terms = self._ladder.notice
        title = _("{ladder}拟变动企业名单公示").format(ladder=self._ladder.words.label())
        self.lines["title"].put(title)
        self.lines["published"].put(on)
        self.lines["working_days"].put(terms.working_days if terms else None)
        self.count_first.setChecked(bool(terms and terms.count_first))
        self.table.fill([self._shown(one) for one in self._candidates])
        self._count()

    def _shown(self, one: Candidate) -> Shown[Candidate]:
        came, goes = (tier_label(self._ladder, tier) for tier in (one.tier, one.proposed))
        return Shown(one, (one.name, f"{came} → {goes}"))

    def _take(self, ref: Reference) -> None:
        """Count by the station's own calendar where it has entered one."""
        self._ref = ref
        self._count()

    def _count(self) -> None:
        """Show the last day and its chain for what is filled in now."""
        self.refusal.setText("")
        found: Explained | None = None
        text = _("请填写起始日和工作日数。")
        try:
            published, days = (self.lines[n].value() for n in ("published", "working_days"))
            if isinstance(published, date) and isinstance(days, int):
                found = public_notice(published, days, self.count_first.isChecked(), ref=self._ref)
        except (typed.NotUnderstood, UserError) as reason:
            text = str(reason)
        self.end.setText(end_words(found) if found else text)
        self.chain.setHtml(chain_html(found) if found else "")

    def _order(self) -> NoticeOrder | None:
        values = {}
        for name, line in self.lines.items():
            try:
                values[name] = line.value()
            except typed.NotUnderstood as reason:
                line.complain(str(reason))
                return None
            empty = name in _NEEDED and values[name] in (None, "")
            line.complain(_("请填写这一项。") if empty else "")
            if empty:
                line.editor.setFocus()
                return None
        published, days = values["published"], values["working_days"]
        assert isinstance(published, date)
        assert isinstance(days, int)
        return NoticeOrder(
            title=str(values["title"]),
            ladder=self._ladder.code,
            published=published,
            proposals=tuple(Proposal(one.enterprise, one.proposed) for one in self._candidates),
            working_days=days,
            count_first=self.count_first.isChecked(),
            **{n: str(values[n] or "") or None for n in ("receives", "phone", "document_no")},
        )

    def _on_published(self, notice: str) -> None:
        self._shell.say(_("公示已发布，名单共 {number} 家").format(number=len(self._candidates)))
        self.published.emit(notice)
        self.accept()


class ChainDialog(QDialog):
    """How the last day of a notice comes about."""

    def __init__(self, found: Explained, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("截止日的由来"))
        text = QTextBrowser()
        text.setHtml(chain_html(found))
        close = QPushButton(_("关闭"))
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(end_words(found)))
        layout.addWidget(text, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(560, 340)


def end_words(found: Explained) -> str:
    """The last day with its weekday; plainly marked while holidays are not published."""
    end = found.day("end")
    text = _("<b>{end}</b>（{weekday}），次日 {after} 起可以办理").format(
        end=end, weekday=_weekday(end), after=end + timedelta(days=1)
    )
    if not found.provisional:
        return text
    note = _("待核：这一年的放假安排还没有公布，截止日按周末和法定节日估算。")
    return f"{text}<br><span style='color:{style.WARN}'>{note}</span>"


def chain_html(found: Explained) -> str:
    """The steps that led to the date, one paragraph each."""
    paragraphs = []
    for number, step in enumerate(found.chain, 1):
        days = [str(day) for day in dict.fromkeys((step.raw, step.rolled)) if day]
        doubt = _("待核") if step.provisional else ""
        told_of = (cited(step.article), told(step.calendar), told(step.note), doubt)
        small = "；".join(escape(text) for text in told_of if text)
        paragraphs.append(
            f"<p style='margin-bottom:4px'>{number}. <b>{escape(told(step.event))}</b>　"
            f"{' → '.join(days)}"
            f"<br><span style='color:{style.SOFT}'>{small}</span></p>"
        )
    return "".join(paragraphs) + "".join(f"<p>{escape(told(text))}</p>" for text in found.warnings)


def _weekday(day: date) -> str:
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return names[day.weekday()]
