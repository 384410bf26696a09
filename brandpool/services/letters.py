"""The four letters (四书): what each says of an enterprise on a day, and the ledger of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.letter import LETTER_TYPES, Letter
from brandpool.rules.reference import Reference
from brandpool.services import letter_facts, letter_markets, packs, records
from brandpool.services.letter_facts import Marks, Seen

SIGNS = {"register": "注", "use": "用", "manage": "管", "protect": "护"}
"""The sign of each type in a letter's number."""
DEFAULT_STATION = "商标品牌指导站"
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the station, the clerk and the telephone, from the settings."""

    station: str = ""
    clerk: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter ready to be written: everything its template may name stands in `context`.

    `visit` is the visit that gave rise to it, where one did.
    """

    letter_type: str
    enterprise: str
    number: str
    day: date
    context: Mapping[str, Any]
    visit: str = ""

    @property
    def template(self) -> str:
        """The file name of its template."""
        return f"letter_{self.letter_type}.docx"

    @property
    def title(self) -> str:
        """What the letter is called."""
        return title_of(self.letter_type)


def title_of(letter_type: str) -> str:
    """The title of a type of letter. Raises UserError that names the types there are."""
    choice = next((c for c in LETTER_TYPES if letter_type in (c.code, c.zh, *c.aliases)), None)
    if choice is None:
        known = "、".join(f"{c.code}（{c.zh}）" for c in LETTER_TYPES)
        raise UserError(
            _("没有“{word}”这种文书，可用：{known}。").format(word=letter_type, known=known)
        )
    return choice.zh


def compose(
    session: Session,
    letter_type: str,
    enterprise: str,
    on: date,
    sender: Sender,
    *,
    number: str = "",
    seen: Seen | None = None,
    ref: Reference | None = None,
) -> Composed:
    """Put together what a letter says on a day; writes nothing.

    `letter_type` is a code of LETTER_TYPES. `seen` tells where the words 驰名商标 were found, else
    the last visit does. Raises UserError when the pool knows nothing that this letter could say.
    """
    title_of(letter_type)
    row = records.get(session, Enterprise, enterprise)
    marks = Marks(session, enterprise, on, ref)
    found = seen or letter_facts.wording_seen(session, enterprise, on)
    facts, empty = _FACTS[letter_type](marks, found)
    if not any(facts[name] for name in empty):
        raise UserError(_NOTHING[letter_type]().format(name=row["name"] or ""))
    context: Context = {
        "title": title_of(letter_type),
        "number": number or next_number(session, letter_type, on),
        "to": str(row["name"] or ""),
        "station": sender.station or DEFAULT_STATION,
        "clerk": sender.clerk,
        "phone": sender.phone,
        "day": on,
        **facts,
    }
    visit = found.visit if found is not None and letter_type == "protect" else ""
    return Composed(letter_type, enterprise, context["number"], on, context, visit)


def register(
    session: Session, letter: Composed, *, who: str, file_name: str = "", content_hash: str = ""
) -> str:
    """Enter a letter in the ledger (四书发放台账); returns its record's id.

    What it says is kept with it, so that it can be written again word for word.
    """
    facts = {**letter.context, "day": letter.day.isoformat()}
    return records.add(
        session,
        Letter,
        {
            "enterprise_id": letter.enterprise,
            "letter_type": letter.letter_type,
            "letter_no": letter.number,
            "dated": letter.day,
            "issued_by": who or None,
            "visit_id": letter.visit or None,
            "file_name": file_name or None,
            "content_hash": content_hash or None,
            "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
        },
    )


def again(session: Session, letter: str) -> Composed:
    """A registered letter as it was composed. Raises UserError when its content was not kept."""
    row = records.get(session, Letter, letter)
    try:
        context = json.loads(str(row["facts"] or ""))
        day = date.fromisoformat(context["day"])
    except (ValueError, KeyError, TypeError) as bad:
        raise UserError(_("这份文书没有保存内容，不能重新生成。")) from bad
    return Composed(
        str(row["letter_type"]), str(row["enterprise_id"]), str(row["letter_no"] or ""), day,
        {**context, "day": day}, str(row["visit_id"] or ""),
    )  # fmt: skip


def next_number(session: Session, letter_type: str, on: date) -> str:
    """The number after the last of its type and year in this pool: 站管〔2026〕3号.

    On a laptop two signs of its own stand before the serial (站管〔2026〕7F-1号), so that the
    office and two laptops without a network do not give the same number.
    """
    own = f"{packs.short_mark(session)}-" if packs.copy_of(session) else ""
    stem = f"站{SIGNS[letter_type]}〔{on.year}〕{own}"
    table = Letter.__table__
    assert isinstance(table, Table)
    query = select(table.c.letter_no).where(table.c.letter_no.like(f"{stem}%"))
    serials = [
        int(text)
        for one in session.scalars(query)
        if (text := one.removeprefix(stem).removesuffix("号")).isdigit()
    ]
    return f"{stem}{max(serials, default=0) + 1}号"


def _manage(marks: Marks, _seen: Seen | None) -> tuple[Context, tuple[str, ...]]:
    renewals, renewal_law = letter_facts.renewal_rows(marks)
    unused, unused_law = letter_facts.unused_rows(marks)
    facts = {
        "renewals": renewals,
        "renewal_law": renewal_law,
        "unused": unused,
        "unused_law": unused_law,
        "owners": letter_facts.owner_rows(marks),
    }
    return facts, ("renewals", "unused", "owners")


def _register(marks: Marks, _seen: Seen | None) -> tuple[Context, tuple[str, ...]]:
    alive = marks.alive
    facts = {
        "none": not alive and not marks.named("applied", "published", "opposed"),
        "alive": len(alive),
        "classes": letter_facts.class_rows(marks),
        "lost": letter_facts.lost_rows(marks),
        "owners": letter_facts.owner_rows(marks),
        "markets": letter_markets.unprotected(marks.session, marks.enterprise, marks.on, marks.ref),
    }
    return facts, ("none", "classes", "lost", "owners", "markets")


def _use(marks: Marks, _seen: Seen | None) -> tuple[Context, tuple[str, ...]]:
    facts = {
        "evidence": letter_facts.evidence_rows(marks),
        "licences": letter_facts.licence_rows(marks),
        "ban": letter_facts.ban(marks.on, marks.ref),
    }
    return facts, ("evidence", "licences")


def _protect(marks: Marks, seen: Seen | None) -> tuple[Context, tuple[str, ...]]:
    facts: Context = {
        "seen": bool(seen),
        "seen_on": letter_facts.chinese(seen.on) if seen else "",
        "where": seen.where if seen else "",
        "ban": letter_facts.ban(seen.on if seen else marks.on, marks.ref),
        "attacked": letter_facts.attacked_rows(marks),
    }
    return facts, ("seen", "attacked")


_FACTS: Mapping[str, Callable[[Marks, Seen | None], tuple[Context, tuple[str, ...]]]] = {
    "manage": _manage,
    "register": _register,
    "use": _use,
    "protect": _protect,
}

_NOTHING: Mapping[str, Callable[[], str]] = {
    "manage": lambda: _(
        "“{name}”现在没有要续展、有撤三风险或名义不一致的商标，不必出具管理提示书。"
    ),
    "register": lambda: _("库中没有可向“{name}”提出的注册建议，不必出具注册建议书。"),
    "use": lambda: _("库中没有“{name}”的有效商标，不必出具运用指导书。"),
    "protect": lambda: _(
        "“{name}”最近一次走访没有发现“驰名商标”字样，也没有被申请撤销或无效的商标，"
        "不必出具保护警示书。"
    ),
}  # fmt: skip
"""What to say when a letter would be empty, in the language in use."""
