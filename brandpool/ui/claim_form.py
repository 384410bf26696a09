"""The form of a subsidy claim: what the policy gives is worked out while it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.models.subsidy import SubsidyClaim
from brandpool.services import subsidy_claims
from brandpool.services.records import RecordRow
from brandpool.services.subsidy_claims import Asked, Weighed
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_form import RecordForm, Step

_WEIGHED = ("enterprise_id", "item_id", "subject", "event_on", "quantity", "parties", "cost",
            "amount", "documents")  # fmt: skip
_HANDED_IN = frozenset({"submitted", "accepted", "approved", "paid"})
_FORM_WIDTH, _FORM_HEIGHT = 920, 700


@dataclass(frozen=True, slots=True)
class _Asking:
    """What stands in the form, ready to be weighed; None while a part is lacking."""

    asked: Asked | None
    made: date


class ClaimForm(RecordForm):
    """A claim is kept only if the policy gives it and the enterprise is on no barring list."""

    def __init__(
        self,
        shell: Shell,
        model: type[Record] = SubsidyClaim,
        record: str = "",
        *,
        preset: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        fresh: Mapping[str, Value] = {} if record else {"quantity": 1, "state": "draft"}
        super().__init__(shell, model, record, preset={**fresh, **(preset or {})}, parent=parent)
        self._claim = record
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.weigh)
        for name in _WEIGHED:
            self.lines[name].edited.connect(self._later.start)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.verdict)
        self.resize(_FORM_WIDTH, _FORM_HEIGHT)
        self._tell(_("选好企业、资助事项并填写事由发生日后，这里显示可申领的金额和缺少的材料。"))

    def weigh(self) -> None:
        """Work out what the claim as filled in would bring."""
        asking = self._asking()
        if asking is None or asking.asked is None:
            return
        asked, made = asking.asked, asking.made
        self._shell.work.read(
            lambda session: subsidy_claims.weigh(session, asked, made), self._weighed,
            replaces=self.verdict, owner=self, failed=self._tell,
        )  # fmt: skip

    def step(self, values: Mapping[str, Value], changed: Mapping[str, Value]) -> Step | None:
        """Keep through the policy while it is being claimed; later states are only recorded."""
        kept = super().step(values, changed)
        state = str(values.get("state") or "draft")
        if kept is None or state not in ("draft", "submitted"):
            return kept
        why = kept[0]
        made = values.get("claimed_on")
        day = made if isinstance(made, date) else date.today()
        asked = subsidy_claims.asked_of(_row(self._claim, values))
        submit = state in _HANDED_IN

        def job(session: Session) -> str:
            record = subsidy_claims.keep(session, asked, day, submit=submit)
            rest = {
                name: value for name, value in changed.items()
                if name not in _WEIGHED and name not in ("state", "claimed_on")
            }  # fmt: skip
            subsidy_claims.note(session, record, rest)
            return record

        return why, job

    def _asking(self) -> _Asking | None:
        values: dict[str, Value] = {}
        for name, line in self.lines.items():
            try:
                values[name] = line.value()
            except typed.NotUnderstood:
                values[name] = None
        if not (values["enterprise_id"] and values["item_id"] and values["event_on"]):
            return None
        made = values["claimed_on"]
        row = _row(self._claim, {**values, "amount": None})
        asked = subsidy_claims.asked_of(row)
        return _Asking(asked, made if isinstance(made, date) else date.today())

    def _weighed(self, weighed: Weighed) -> None:
        if weighed.refusals:
            text = _("不能申领：{why}").format(why="；".join(weighed.refusals))
            self._tell(text, style.BAD)
            return
        parts = [_("可申领 {amount} 元（{steps}）").format(
            amount=f"{weighed.amount:,f}", steps="；".join(weighed.steps))]  # fmt: skip
        if weighed.missing:
            parts.append(_("还缺材料：{missing}").format(missing="、".join(weighed.missing)))
        self._tell("；".join(parts), style.WARN if weighed.missing else style.GOOD)

    def _tell(self, text: str, colour: str = style.SOFT) -> None:
        self.verdict.setText(text)
        style.tint(self.verdict, colour)


def _row(record: str, values: Mapping[str, Value]) -> RecordRow:
    return RecordRow(record, "", None, MappingProxyType(dict(values)))
