"""The status of one designation, derived from what the International Register records for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.madrid_refusal import opposition_limit, refusal_limit
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference, shipped

SIX_MONTHS = Period(6, "m")
THREE_MONTHS = Period(3, "m")

EXAMINED = "审查中"
EXTENDED = "审查中(异议延长)"
INTERIM = "临时状态:可被异议"
TACIT_RESERVED = "默示保护(第5条保留期内)"
TACIT = "默示保护"
GRANTED = "给予保护"
PARTLY_GRANTED = "部分给予保护"
REFUSED = "驳回确认"
TOTAL_REFUSAL = "全部临时驳回"
PARTIAL_REFUSAL = "部分临时驳回"
INVALID = "宣告无效(全部)"
PARTLY_INVALID = "宣告无效(部分)"
LAPSED = "期满失效"
NOT_RENEWED_HERE = "未续展(该方)"
CEASED = "国际注册撤销(基础终止效力)"

PROVISIONAL_REFUSALS = {
    "RFNT": TOTAL_REFUSAL, "RFNP": PARTIAL_REFUSAL, "URFNP": PARTIAL_REFUSAL,
}  # fmt: skip
DECISIONS = {
    "GP18N": GRANTED, "GP18NA": GRANTED, "GPN": GRANTED,
    "R18NV": GRANTED, "R18NVD": GRANTED, "R18NP": PARTLY_GRANTED, "R18NPD": PARTLY_GRANTED,
    "R18NT": REFUSED,
    "FDNV": GRANTED, "FDNP": PARTLY_GRANTED, "FDNT": REFUSED,
    "FINV": GRANTED, "FINVD": GRANTED, "FINC": REFUSED,
    "FINO": "终局:其他", "FINT": "终局:其他", "FINCD": "终局:其他", "UFINO": "终局:其他",
    "INNT": INVALID, "INNP": PARTLY_INVALID,
}  # fmt: skip
"""Rule 18ter(1)-(4), Rule 19 and their older forms; each settles all refusals before it."""
ENDINGS = {
    "RNN": "放弃", "RAN": "全部注销", "CBNT": CEASED, "P2N": "第二段单独规费未缴撤销",
    "REN3": NOT_RENEWED_HERE, "REN2": LAPSED, "EENN": LAPSED,
}  # fmt: skip
REVIVALS = {"REN": LAPSED, "EEN": LAPSED, "RCN": NOT_RENEWED_HERE}
"""A renewal recorded after all takes back the lapse it answers."""
REMARKS = {
    "LIN": "删减", "LNN": "删减在该方无效力", "RTN": "转让在该方无效力", "TRN": "转让",
    "CPN": "部分转让", "PCN": "部分注销", "CBNP": "基础商标部分终止效力",
    "CBN1": "基础商标程序未决", "CBNO": "基础商标其他终止效力",
    "DIN": "放弃专用权声明", "HRN": "处置权限制", "NLCN": "许可",
    "FBN": "代替国家注册",
}  # fmt: skip
"""Recorded beside the status, which they do not change."""
PROTECTED = {GRANTED, PARTLY_GRANTED, TACIT, TACIT_RESERVED, PARTLY_INVALID}


@dataclass(slots=True)
class _Course:
    """What the records say, read in the order of their dates."""

    pending: set[str] = field(default_factory=set)
    decision: str | None = None
    ended: tuple[str, date] | None = None
    interim: bool = False
    opposition_told: bool = False
    remarks: list[str] = field(default_factory=list)

    def read(self, day: date, tag: str) -> None:
        if tag in PROVISIONAL_REFUSALS:
            self.pending.add(PROVISIONAL_REFUSALS[tag])
        elif tag in DECISIONS:
            self._decide(DECISIONS[tag])
        elif tag in ENDINGS:
            self.ended = (ENDINGS[tag], day)
        elif tag in REVIVALS and self.ended and self.ended[0] == REVIVALS[tag]:
            self.ended = None
        elif tag in {"ISN", "GPON"}:
            self.interim = True
        elif tag == "OPN":
            self.opposition_told = True
        if tag in REMARKS:
            self.remarks.append(REMARKS[tag])

    def _decide(self, decision: str) -> None:
        if decision == PARTLY_INVALID and self.decision in {REFUSED, INVALID}:
            return
        self.pending.clear()
        self.decision = decision

    def settled(self) -> str | None:
        """The status the records alone give; none where only the clock can tell."""
        if self.ended:
            return self.ended[0]
        if self.pending:
            return TOTAL_REFUSAL if TOTAL_REFUSAL in self.pending else PARTIAL_REFUSAL
        return self.decision


def designation_status(
    records: Sequence[tuple[date, str]],
    today: date,
    limit: date | None = None,
    party: str | None = None,
    notified: date | None = None,
    holder_cp: str = "CN",
    opposition_start: date | None = None,
    opposition_end: date | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The status of one designation on a day.

    records: (date, tag) of this designation only, tags of madrid_codes.json; later ones than today
    do not count. limit: the end of the refusal period (or party and notified to compute it). The
    Register decides: provisional refusals stay pending after the limit until a statement under
    Rule 18ter settles them; a further decision (18ter(4)) overrides; interim status (18bis) is no
    grant. Silence after the limit is protection (Art. 4(1)(a), 5(5)), for six months under reserve
    of Rule 5, always to be verified in the Register: verify is true.
    """
    ref = ref or shipped()
    course = _Course()
    steps = []
    meanings = {
        row["tag"]: both(row["zh"], row["en"]) for row in ref.documents["madrid_codes"]["codes"]
    }
    for day, tag in sorted(records, key=lambda record: record[0]):
        if tag not in meanings:
            raise UserError(f"records：不认识的记录代码“{tag}”")
        if day <= today:
            course.read(day, tag)
            steps.append(Step(said("{tag} {meaning}", tag=tag, meaning=meanings[tag]), "", day))
    status = course.settled()
    if status is None:
        if limit is None:
            if party is None or notified is None:
                raise UserError("limit：请填写驳回期限届满日，或填写 party 和 notified")
            limit = refusal_limit(party, notified, holder_cp, ref=ref).day()
        status, last = _by_clock(course, limit, opposition_start, opposition_end, today, ref)
        steps.append(last)
    answer: dict[str, object] = {
        "value": status,
        "protected": status in PROTECTED,
        "verify": status in {TACIT, TACIT_RESERVED, "终局:其他"},
        "remarks": course.remarks,
    }
    if course.ended and course.ended[0] == CEASED:
        answer["transformable_until"] = add(course.ended[1], THREE_MONTHS)
    return Explained(answer, tuple(steps))


def _by_clock(
    course: _Course,
    limit: date,
    opposition_start: date | None,
    opposition_end: date | None,
    today: date,
    ref: Reference,
) -> tuple[str, Step]:
    """The status where nothing is decided: still examined, or protected by silence."""
    step = ref.wipo.forward(said("驳回期限届满"), "Art. 5(2); Rule 4(4)", limit)
    expiry = step.rolled or limit
    if today <= expiry:
        waiting = EXTENDED if course.opposition_told else EXAMINED
        return (INTERIM if course.interim else waiting), step
    if course.opposition_told:
        if opposition_start is None or opposition_end is None:
            note = said("已通知异议期可能晚于驳回期限，异议期起止日未知")
            return EXTENDED, Step(said("异议延长"), "Rule 16(1)", note=note)
        step = opposition_limit(opposition_start, opposition_end, ref=ref).chain[-1]
        expiry = step.rolled or expiry
        if today <= expiry:
            return EXTENDED, step
    reserved = add(expiry, SIX_MONTHS)
    article = "Art. 4(1)(a), 5(5); Rule 5"
    if today <= reserved:
        return TACIT_RESERVED, Step(
            said("期满未驳回"),
            article,
            expiry,
            note=said("第5条保留至{reserved}", reserved=reserved),
        )
    return TACIT, Step(said("期满未驳回"), article, expiry, note=said("以国际注册簿为准，待核实"))
