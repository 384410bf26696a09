"""The first start: no pool yet, three ways to one."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.doors import Doors, ask_new, ask_open


class Welcome(QWidget):
    """Offers to make a pool, to open one, or to look at the sample."""

    def __init__(self, doors: Doors, settings: Settings) -> None:
        super().__init__()
        self._doors = doors
        self._settings = settings
        self.new = style.primary(QPushButton(_("新建品牌库…")))
        self.open = QPushButton(_("打开…"))
        self.sample = QPushButton(_("打开示例库"))
        self.new.clicked.connect(self._new)
        self.open.clicked.connect(self._open)
        self.sample.clicked.connect(doors.sample)
        sheet = style.card()
        sheet.setFixedWidth(640)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(40, 32, 40, 32)
        inner.setSpacing(14)
        inner.addWidget(style.heading(_("品牌培育库"), points=18))
        inner.addWidget(
            style.soft(
                _(
                    "品牌库是这台电脑上的一个文件，装着本站的企业、商标、梯队和名单。"
                    "程序不联网，资料不会离开这台电脑。"
                )
            )
        )
        for button, text in (
            (self.new, _("从一个空库开始，随后导入企业名单。")),
            (self.open, _("打开已有的品牌库文件。")),
            (self.sample, _("先用虚构的企业试一试，随便改，不影响真实资料。")),
        ):
            inner.addLayout(_line(button, text))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(sheet)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)

    def _new(self) -> None:
        if (path := ask_new(self)) is not None:
            self._doors.create(path)

    def _open(self) -> None:
        if (path := ask_open(self, self._settings.pool)) is not None:
            self._doors.open(path)


def _line(button: QPushButton, text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    button.setFixedWidth(150)
    button.setAccessibleDescription(text)
    line.addWidget(button)
    line.addSpacing(12)
    line.addWidget(style.soft(text), 1)
    return line
