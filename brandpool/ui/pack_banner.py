"""The line above every page of a laptop's copy: that it is one, whose, and until when."""

from datetime import date

from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.services import packs
from brandpool.services.packs import Copy
from brandpool.ui import style
from brandpool.ui.work import Work

_LATE_SHEET = (
    f"QLabel {{ background: {style.BAD_PAPER}; color: {style.BAD}; padding: 4px 10px;"
    " font-weight: bold; }"
)


class CopyBanner(QLabel):
    """Shows itself where the pool is a field copy; hidden at the office."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.hide()
        work.read(_copy, self._show)

    def _show(self, copy: Copy | None) -> None:
        if copy is None:
            return
        today = date.today()
        late = copy.expires is not None and copy.expires < today
        self.setStyleSheet(_LATE_SHEET if late else style.BANNER_SHEET)
        self.setText(told(copy, today))
        self.show()


def told(copy: Copy, today: date) -> str:
    """That this is a field copy, whose and until when; what still goes once that day is over."""
    if copy.expires is not None and copy.expires < today:
        return _(
            "外勤副本：{person}　已过归还期限 {day}。仍可查看和填写，请尽快带回指导站；"
            "这个外勤包文件不能再打开成新的副本。"
        ).format(person=copy.made_for, day=copy.expires)
    return _(
        "外勤副本：{person}，{day} 前归还。这里只有带出的企业，不是完整的品牌库；"
        "改动要在“外勤包”页带回指导站才进库。"
    ).format(person=copy.made_for, day=copy.expires)


def _copy(session: Session) -> Copy | None:
    return packs.copy_of(session)
