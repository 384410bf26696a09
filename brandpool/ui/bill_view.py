"""A Madrid bill as it is read: rows, total, tariff's day, renminbi; to copy and to print."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QDate
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.spelled_money import UnreadableError, parse_money
from brandpool.i18n import _, speaking, told
from brandpool.services.madrid_bills import Bill, BillRow, Rate
from brandpool.ui import paper, style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.madrid_matrix import chosen_day
from brandpool.ui.madrid_words import party_word
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_HEADINGS = ("项目", "瑞士法郎", "人民币", "条款", "说明")


class RateLine(QWidget):
    """Renminbi for a franc as the clerk found it, with its day and source."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(_("1瑞郎合人民币"))
        self.amount.setAccessibleName(_("汇率"))
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(_("汇率日期"))
        self.source = QLineEdit()
        self.source.setPlaceholderText(_("汇率来源，如中国银行折算价"))
        self.source.setAccessibleName(_("汇率来源"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.amount, self.day, self.source):
            layout.addWidget(part)

    def rate(self) -> Rate | None:
        """The rate typed; None where there is none that can be read."""
        try:
            amount = parse_money(self.amount.text()).amount if self.amount.text().strip() else None
        except UnreadableError:
            amount = None
        if amount is None or amount <= 0:
            return None
        return Rate(amount, chosen_day(self.day), self.source.text().strip())


class BillView(QWidget):
    """The rows of a bill, or the sentence why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.bill: Bill | None = None
        self.about = ""
        self.total = style.heading("", points=12)
        self.words = style.soft("")
        self.warning = QLabel()
        self.warning.setStyleSheet(style.BANNER_SHEET)
        self.warning.setWordWrap(True)
        self.table: PlainTable[BillRow] = PlainTable(
            (_("项目"), _("瑞士法郎"), _("人民币"), _("条款"), _("说明")),
            (240, 90, 100, 170, 130), _("费用明细"),
        )  # fmt: skip
        self.chain = QPushButton(_("依据…"))
        self.copying = QPushButton(_("复制明细"))
        self.printing = QPushButton(_("打印…"))
        self.chain.clicked.connect(self._open_chain)
        self.copying.clicked.connect(self.copy)
        self.printing.clicked.connect(lambda: paper.preview(self.sheet(), self))
        line = QHBoxLayout()
        line.addWidget(self.total, 1)
        for button in (self.chain, self.copying, self.printing):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.warning)
        self.refuse(_("请选择缔约方。"))

    def show_bill(self, bill: Bill, about: str) -> None:
        """Show a bill; `about` says of what."""
        self.bill, self.about = bill, about
        self.table.fill([Shown(row, _texts(row)) for row in bill.rows])
        rmb = _("　约合人民币 {rmb} 元").format(rmb=money(bill.rmb)) if bill.rmb is not None else ""
        self.total.setText(_("估算 {chf} 瑞士法郎").format(chf=money(bill.chf)) + rmb)
        self.words.setText(basis_words(bill))
        warnings = [*map(told, bill.warnings), *second_parts(bill)]
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self._enable(there=True)

    def refuse(self, reason: str) -> None:
        """Say why there is no bill."""
        self.bill = None
        self.table.fill([])
        self.total.setText("")
        self.words.setText(reason)
        self.warning.hide()
        self._enable(there=False)

    def copy(self) -> None:
        """Put the rows on the clipboard as spreadsheets paste them."""
        if self.bill is not None:
            with speaking("zh"):
                rows = [_texts(row) for row in self.bill.rows]
            lines = ["\t".join(cells) for cells in (_HEADINGS, *rows)]
            rmb = money(self.bill.rmb) if self.bill.rmb is not None else ""
            lines.append("\t".join(("合计", money(self.bill.chf), rmb, "", "")))
            QGuiApplication.clipboard().setText("\r\n".join(lines) + "\r\n")

    def sheet(self) -> str:
        """The bill on paper, marked as an estimate, in Chinese whatever the window speaks."""
        if self.bill is None:
            return ""
        with speaking("zh"):
            return self._sheet(self.bill)

    def _sheet(self, bill: Bill) -> str:
        rmb = money(bill.rmb) if bill.rmb is not None else ""
        rows = [*map(_texts, bill.rows), ("合计", money(bill.chf), rmb, "", "")]
        notes = "".join(
            f"<p>※ {paper.escaped(text)}</p>"
            for text in (*map(told, bill.warnings), *second_parts(bill))
        )
        return (
            "<h2 align='center'>马德里费用估算单</h2>"
            f"<p>{paper.escaped(self.about)}</p><p>{paper.escaped(basis_words(bill))}</p>"
            f"{paper.table(_HEADINGS, rows)}{notes}"
            f"<p>本单为估算，以世界知识产权组织国际局和商标局的通知为准。制作日期：{date.today()}</p>"
        )

    def _open_chain(self) -> None:
        if self.bill is not None:
            ChainBox(self.total.text(), self.bill.explained, self, about=self.about).exec()

    def _enable(self, *, there: bool) -> None:
        for button in (self.chain, self.copying, self.printing):
            button.setEnabled(there)


def basis_words(bill: Bill) -> str:
    """Which day's tariff and which rate a bill rests on."""
    text = _("费率基准日 {basis}（细则第34条(7)），费率数据截至 {tariff}。")
    words = text.format(basis=bill.basis, tariff=bill.tariff)
    if bill.rate is None:
        return words + _("未填汇率，不折算人民币。")
    rate = _("汇率 1瑞郎={rmb}元（{day}{source}）。")
    source = f"，{bill.rate.source}" if bill.rate.source else ""
    return words + rate.format(rmb=bill.rate.rmb, day=bill.rate.day, source=source)


def second_parts(bill: Bill) -> list[str]:
    """What some parties ask for later."""
    text = _("{party} 另收第二段单独规费 {chf} 瑞士法郎，由该局通知缴纳，未计入合计。")
    return [
        text.format(party=party_word(party), chf=money(amount))
        for party, amount in bill.second_part.items()
    ]


def money(amount: Decimal) -> str:
    """An amount with its thousands and two places where it has any."""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:,.2f}"
    return text.removesuffix(".00")


def _texts(row: BillRow) -> tuple[str, ...]:
    rmb = money(row.rmb) if row.rmb is not None else "—"
    return (told(row.item), money(row.chf), rmb, row.article, told(row.note))
