"""Forms of ledgers whose saving does more than write one record."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.agency import CustodyContract
from brandpool.models.complaint import Complaint
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.models.subsidy import SubsidyClaim
from brandpool.services import complaints, custody
from brandpool.ui.claim_form import ClaimForm
from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_form import RecordForm, Step


class ComplaintForm(RecordForm):
    """A new letter that is complaint and report becomes two linked records as it is saved."""

    def step(self, values: Mapping[str, Value], changed: Mapping[str, Value]) -> Step | None:
        """Register it; an edit is the usual one."""
        usual = super().step(values, changed)
        if self.row is not None or usual is None or values.get("nature") != complaints.BOTH:
            return usual
        why = _("登记并分拆投诉举报“{no}”").format(no=values.get("register_no") or "")
        return why, lambda session: complaints.register(session, values)[0]


class CustodyForm(RecordForm):
    """Says after saving when the same enterprise has another contract at the same time."""

    def __init__(self, shell: Shell, *about: Any, **more: Any) -> None:
        super().__init__(shell, *about, **more)
        self._reader = shell.work
        self.saved.connect(self._look)

    def _look(self, contract: str) -> None:
        over: QWidget | None = self.parentWidget()
        self._reader.read(
            lambda session: _others(session, contract), lambda found: _warn(over, found)
        )


_FORMS: Mapping[type[Record], type[RecordForm]] = {
    Complaint: ComplaintForm,
    CustodyContract: CustodyForm,
    SubsidyClaim: ClaimForm,
}


def form_of(model: type[Record]) -> type[RecordForm]:
    """The form by which records of a kind are entered and changed."""
    return _FORMS.get(model, RecordForm)


def _others(session: Session, contract: str) -> list[str]:
    return [
        f"{row['contract_no'] or ''}（{row['starts'] or ''}—{row['ends'] or ''}）"
        for row in custody.overlapping(session, contract)
    ]


def _warn(over: QWidget | None, found: list[str]) -> None:
    if found:
        text = _("该企业同时在另一份托管合同中：{which}。合同已保存，请核对是否重复托管。")
        QMessageBox.warning(over, _("重复托管"), text.format(which="、".join(found)))
