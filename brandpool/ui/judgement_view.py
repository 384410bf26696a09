"""The judgement of one enterprise in words: what a tier asks for, what is on file, what is lacking.

The text is written by the worker, so that the window only shows it.
"""

from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtWidgets import QComboBox, QLabel, QTextBrowser, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.rules.scheme import Ladder
from brandpool.rules.verdict import TierVerdict, Truth, Verdict
from brandpool.services import judging, schemes
from brandpool.services.judging import Judgement
from brandpool.ui import style
from brandpool.ui.pool_reading import PoolRow, PoolState, tier_label
from brandpool.ui.pool_words import verdict_html
from brandpool.ui.work import Work

_LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Told:
    """The judgement as pages of HTML: one per tier, one for leaving; `first` is shown at first."""

    enterprise: str
    name: str
    head: str
    pages: dict[str, tuple[str, str]]
    first: str


class JudgementView(QWidget):
    """Beside board and list: the enterprise that is selected, judged as of the page's day."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._asked = ""
        self.told: Told | None = None
        self.name = style.heading("", points=12)
        self.name.setWordWrap(True)
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.against = QComboBox()
        self.against.setAccessibleName(_("对照哪一层级的条件"))
        self.against.activated.connect(self._turn)
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName(_("评定"))
        style.paint_ground(self, style.PAPER)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 6, 6)
        layout.setSpacing(4)
        for widget in (self.name, self.head, self.against):
            layout.addWidget(widget)
        layout.addWidget(self.text, 100)
        layout.addStretch(1)
        self.show_none(())

    def show_none(self, rows: tuple[PoolRow, ...]) -> None:
        """Nothing selected, or several at once."""
        self._asked = ""
        self.told = None
        several = len(rows) > 1
        self.name.setText(_("已选 {number} 家").format(number=len(rows)) if several else "")
        self.head.setText(
            "\n".join(row.name for row in rows[:12]) + ("\n……" if len(rows) > 12 else "")
            if several
            else _("选中一家企业，这里逐项说明它的条件满足情况、数据来源和差距。")
        )
        self.against.hide()
        self.text.hide()

    def show_enterprise(self, row: PoolRow, state: PoolState) -> None:
        """Ask for the judgement of this enterprise."""
        if state.choice is None:
            return
        self._asked = row.enterprise
        scheme, ladder, on = state.choice.scheme, state.choice.code, state.on
        self._work.read(
            lambda session: tell(session, row.enterprise, scheme, ladder, on),
            self._show,
            replaces=self,
        )

    def _show(self, told: Told | None) -> None:
        if told is None or told.enterprise != self._asked:
            return
        same = self.told is not None and self.told.enterprise == told.enterprise
        page = self.against.currentData() if same else told.first
        self.told = told
        self.name.setText(told.name)
        self.head.setText(told.head)
        self.against.clear()
        for key, (label, _text) in told.pages.items():
            self.against.addItem(label, key)
        self.against.setCurrentIndex(max(self.against.findData(page), 0))
        self.against.show()
        self.text.show()
        self._turn()

    def _turn(self, _place: int = 0) -> None:
        if self.told is not None:
            self.text.setHtml(self.told.pages[self.against.currentData()][1])


def tell(session: Session, enterprise: str, scheme: str, ladder: str, on: date) -> Told | None:
    """The judgement of one enterprise; None when it is no longer in the pool."""
    found = schemes.get(session, scheme)
    rungs = judging.ladder_of(found, ladder)
    judgements = judging.judge(session, [enterprise], found, ladder, on)
    if not judgements:
        return None
    (one,) = judgements
    pages = {verdict.tier.code: _tier_page(verdict, one) for verdict in one.tiers}
    if one.exits:
        met = sum(1 for verdict in one.exits if verdict.truth is Truth.MET)
        label = _("退出条件（{number} 项已出现）").format(number=met) if met else _("退出条件")
        pages[_LEAVING] = (label, _page(one.exits, leaving=True))
    return Told(one.enterprise, one.name, _head(one, rungs), pages, _first(one))


def _first(one: Judgement) -> str:
    if one.proposed_exits:
        return _LEAVING
    if one.slipped and one.tier is not None:
        return one.tier.code
    if one.target is not None:
        return one.target.tier.code
    return one.tiers[-1].tier.code


def _head(one: Judgement, rungs: Ladder) -> str:
    now = one.standing
    if now is None:
        lines = [_("不在梯队中。")]
    else:
        label = escape(tier_label(rungs, now.tier))
        text = _("现在<b>{tier}</b>，自 {since} 起（{days} 天）。")
        lines = [text.format(tier=label, since=now.since, days=(one.on - now.since).days)]
    if one.listing is not None:
        text = _("{listing}，不能入库或升级。").format(listing=one.listing.sentence)
        lines.append(_due_line(escape(text), late=True))
    if one.review_due is not None:
        late = one.review_due <= one.on
        lines.append(_due_line(_("应于 {day} 复核。").format(day=one.review_due), late=late))
    if one.stay_until is not None:
        text = _("停留期限到 {day}。").format(day=one.stay_until)
        if one.overstayed_days:
            text += _("已超期 {days} 天。").format(days=one.overstayed_days)
        lines.append(_due_line(text, late=bool(one.overstayed_days)))
    if one.slipped:
        lines.append(_due_line(_("现层级的条件有的已不满足，请复核。"), late=True))
    return "<br>".join(lines)


def _due_line(text: str, *, late: bool) -> str:
    return f"<span style='color:{style.WARN}'>{text}</span>" if late else text


def _tier_page(verdict: TierVerdict, one: Judgement) -> tuple[str, str]:
    label = verdict.tier.words.label()
    if one.tier is not None and verdict.tier.code == one.tier.code:
        label = _("{tier}（现层级）").format(tier=label)
    elif one.target is not None and verdict.tier.code == one.target.tier.code:
        label = _("{tier}（下一层）").format(tier=label)
    met = sum(1 for v in verdict.verdicts if v.truth is Truth.MET)
    text = _("{label}：{met}/{number} 项满足")
    label = text.format(label=label, met=met, number=len(verdict.verdicts))
    return label, _page(verdict.verdicts)


def _page(verdicts: tuple[Verdict, ...], *, leaving: bool = False) -> str:
    if not verdicts:
        return _("这一层没有条件。")
    return "".join(verdict_html(verdict, leaving=leaving) for verdict in verdicts)
