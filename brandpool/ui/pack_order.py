"""制作外勤包: which enterprises, for whom, until when, how much of them, under which passphrase."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.db.attachments import Attachments
from brandpool.exchange import pack_key_apart, pack_out
from brandpool.exchange.pack_out import MadePack, Order
from brandpool.exchange.packs import SUFFIX, Maker
from brandpool.i18n import _
from brandpool.services import pack_contents
from brandpool.services.pack_contents import Estimate
from brandpool.ui import style
from brandpool.ui.pack_choice import EnterpriseChoice
from brandpool.ui.pack_files import ask_target
from brandpool.ui.pack_progress import PackProgress
from brandpool.ui.pack_words import PassphraseLines, megabytes
from brandpool.ui.page import Shell
from brandpool.ui.work import Task

_OUT = timedelta(days=14)


class PackOrder(QDialog):
    """The form of a pack that goes out. `made` tells of the pack once it is written."""

    made = Signal(object)

    def __init__(self, shell: Shell, selected: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("制作外勤包"))
        self._shell = shell
        today = date.today()
        due = today + _OUT
        self.choice = EnterpriseChoice(shell, selected)
        self.person = QLineEdit(shell.settings.clerk)
        self.until = QDateEdit(QDate(due.year, due.month, due.day))
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.purpose = QLineEdit()
        self.purpose.setPlaceholderText(_("例如 秋季走访，可不填"))
        self.originals = QCheckBox(_("带上附件原件（否则只带缩略图）"))
        self.personal = QCheckBox(_("带上个人信息：联系人、电话、邮箱、见过的人"))
        self.words = PassphraseLines()
        self.about = QLabel()
        self.told = style.soft("")
        style.tint(self.told, style.BAD)
        self.told.hide()
        self.progress = PackProgress(shell.work)
        self._lay_out()
        self._connect()
        self.resize(860, 600)
        self._weigh()

    def order(self) -> Order:
        """What the form says."""
        day = self.until.date()
        return Order(
            self.choice.chosen,
            self.person.text().strip(),
            date(day.year(), day.month(), day.day()),
            purpose=self.purpose.text().strip(),
            personal=self.personal.isChecked(),
            originals=self.originals.isChecked(),
        )

    def write(self) -> None:
        """Ask for a place, then make the pack."""
        order, passphrase = self.order(), self.words.passphrase
        today = date.today()
        name = f"{_('外勤包')}_{order.made_for}_{today:%Y%m%d}{SUFFIX}"
        target, own = ask_target(self, _("外勤包写到"), name), self._shell.settings
        if target is None:
            return
        maker = Maker(own.clerk, own.station)

        def job(task: Task) -> MadePack:
            key = pack_key_apart.new(passphrase, task.check)
            return pack_out.create(
                task.pool, order, target, key, maker, today=today, progress=task.progress
            )

        self._stand(busy=True)
        work = self._shell.work
        task = work.run(job, self._done, title=_("制作外勤包"), failed=self._refuse, owner=self)
        self.progress.follow(task, self._left)

    def reject(self) -> None:
        """Esc breaks a pack off that is being made, else it closes the form."""
        if not self.progress.cancel():
            super().reject()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("领用人"), self.person)
        form.addRow(_("归还期限"), self.until)
        form.addRow(_("用途"), self.purpose)
        form.addRow("", self.originals)
        form.addRow("", self.personal)
        self.right = QWidget()
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addLayout(form)
        right.addWidget(self.words)
        right.addStretch(1)
        right.addWidget(self.about)
        both = QHBoxLayout()
        both.addWidget(self.choice, 1)
        both.addSpacing(12)
        both.addWidget(self.right, 1)
        buttons = QDialogButtonBox()
        self.go = style.primary(QPushButton(_("选择位置并制作…")))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.leave = buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addWidget(
            style.soft(
                _(
                    "选中的企业连同商标、荣誉、期限、走访等全部关联内容，和梯队方案、参考数据、走访表单，"
                    "加密成一个文件，在外勤电脑上打开。"
                )
            )
        )
        layout.addLayout(both, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.progress)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)

    def _connect(self) -> None:
        self.go.clicked.connect(self.write)
        self.go.setDefault(True)
        self.choice.changed.connect(self._estimate)
        self.originals.toggled.connect(self._estimate)
        self.words.changed.connect(self._weigh)
        self.person.textChanged.connect(self._weigh)

    def _estimate(self) -> None:
        """Say about how large the pack would become."""
        self._weigh()
        chosen, originals = self.choice.chosen, self.originals.isChecked()
        files = Attachments(self._shell.work.pool.path)
        self.about.setText(_("正在估算大小……") if chosen else "")
        if chosen:
            self._shell.work.read(
                lambda session: pack_contents.estimate(session, files, chosen, originals=originals),
                self._tell_size,
                owner=self,
                replaces=(self, "size"),
            )

    def _tell_size(self, told: Estimate) -> None:
        self.about.setText(
            _("约 {size}：{enterprises} 家企业，{records} 条记录，{files} 个附件").format(
                size=megabytes(told.size),
                enterprises=told.enterprises,
                records=f"{told.records:,}",
                files=f"{told.files:,}",
            )
        )

    def _weigh(self) -> None:
        there = bool(self.choice.chosen) and bool(self.person.text().strip())
        self.go.setEnabled(there and self.words.fits)

    def _stand(self, *, busy: bool) -> None:
        self.choice.setEnabled(not busy)
        self.right.setEnabled(not busy)
        self.go.setEnabled(not busy)
        self.told.hide()

    def _left(self) -> None:
        """The job is over: ready for another try."""
        self._stand(busy=False)
        self._weigh()

    def _refuse(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _done(self, made: MadePack) -> None:
        self.made.emit(made)
        self.accept()
