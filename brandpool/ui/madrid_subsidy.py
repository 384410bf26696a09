"""How far a Madrid filing is from the subsidy of the policy's items, with its bill."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.reference import Reference
from brandpool.services import reference_data, subsidies, subsidy_claims
from brandpool.services.madrid_bills import Bill
from brandpool.services.subsidy_claims import Item
from brandpool.ui import style
from brandpool.ui.bill_view import money
from brandpool.ui.fee_estimate import FeeEstimate
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown

ABROAD = "abroad"


class MadridSubsidy(QWidget):
    """A bill of the fee estimate, set against every item in force on its day."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._items: list[Item] = []
        self.estimate: FeeEstimate | None = None
        self.change = style.primary(QPushButton(_("选择缔约方和类别…")))
        self.change.clicked.connect(self.choose)
        self.which = QComboBox()
        self.which.setAccessibleName(_("资助事项"))
        self.which.currentIndexChanged.connect(lambda _index: self._weigh())
        self.bill = QLabel()
        self.bill.setWordWrap(True)
        self.table: PlainTable[Item] = PlainTable(
            (_("资助事项"), _("文号"), _("估算资助（元）"), _("企业自付（元）"), _("还差什么")),
            (220, 150, 110, 110, 420), _("马德里费用与资助"),
        )  # fmt: skip
        self.words = style.soft(
            _(
                "先估算一件国际注册的费用（须填汇率才折算人民币），下表列出每个资助事项能给多少、还差什么。"
            )
        )
        line = QHBoxLayout()
        line.addWidget(self.bill, 1)
        line.addWidget(self.which)
        line.addWidget(self.change)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self._tell()

    def refresh(self) -> None:
        """Read the items again."""
        self.shell.work.read(_items, self._take, owner=self, replaces=self)

    def choose(self) -> None:
        """Open the fee estimate; when it is closed, its bill is set against the items."""
        if self.estimate is not None:
            self.estimate.open()
            return
        self.shell.work.read(
            lambda session: reference_data.reference(session, date.today()), self.estimate_by,
            owner=self,
        )  # fmt: skip

    def estimate_by(self, ref: Reference) -> None:
        """Open the fee estimate on these tariffs."""
        self.estimate = FeeEstimate(self, ref)
        self.estimate.finished.connect(lambda _result: self._weigh())
        self.estimate.open()

    @property
    def estimated(self) -> Bill | None:
        """The bill there is."""
        return self.estimate.view.bill if self.estimate is not None else None

    def _take(self, items: list[Item]) -> None:
        self._items = items
        present = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(_("全部资助事项"), "")
        for item in items:
            self.which.addItem(item.title, item.id)
        self.which.setCurrentIndex(max(self.which.findData(present), 0))
        self.which.blockSignals(False)
        self._weigh()

    def _weigh(self) -> None:
        self._tell()
        wanted = str(self.which.currentData() or "")
        self.table.fill(
            [
                Shown(item, (item.title, item.document_no, *self._against(item)))
                for item in self._items
                if wanted in ("", item.id)
            ]
        )

    def _against(self, item: Item) -> tuple[str, str, str]:
        bill, estimate = self.estimated, self.estimate
        if bill is None or estimate is None:
            return "—", "—", _("先选择缔约方")
        asked = estimate.asked()
        try:
            found = subsidies.subsidy(bill, len(asked.parties), asked.day, item.rule)
        except UserError as lacking:
            return "—", "—", str(lacking)
        own = "—" if found.own is None else money(found.own)
        return money(found.amount), own, "；".join(found.lacking) or _("符合")

    def _tell(self) -> None:
        bill = self.estimated
        if bill is None or self.estimate is None:
            self.bill.setText(_("还没有估算费用。"))
            return
        rmb = "" if bill.rmb is None else _("，合人民币 {rmb} 元").format(rmb=money(bill.rmb))
        text = _("指定 {number} 方，估算 {chf} 瑞士法郎{rmb}。")
        number = len(self.estimate.asked().parties)
        self.bill.setText(text.format(number=number, chf=money(bill.chf), rmb=rmb))


def _items(session: Session) -> list[Item]:
    """The items for marks abroad that are in force today."""
    return [item for item in subsidy_claims.items(session, date.today()) if item.area == ABROAD]
