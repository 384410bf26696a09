"""The words 驰名商标 on goods and in advertisements: forbidden since when, at what fine."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from brandpool.i18n import both, said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.reference import Reference, shipped

_WAN = 10_000


def wording_ban(on: date, ref: Reference | None = None) -> Explained:
    """Whether a business may not print 驰名商标 on goods or advertisements on a day, and the fine.

    商标法2019第十四条第五款、第五十三条: a fixed fine; 商标法2026第六十四条: up to an amount. The
    day on which the words were seen selects the law. Answers: `banned`, `law`, `article`,
    `penalty_article` (with the law's name), `fine_least` and `fine_most` in yuan (least is zero
    where the law names only the most), `fine` in words.
    """
    ref = ref or shipped()
    version = ref.laws.on(on)
    ban: Mapping[str, Any] | None = (
        version.detail.get("wording_ban") if version.start <= on else None
    )
    if ban is None:
        unknown = said("{name}没有收录关于“驰名商标”字样的条款", name=version.name)
        nothing = dict.fromkeys(("article", "penalty_article", "fine_least", "fine_most"))
        answer = {"banned": False, "law": version.name, **nothing, "fine": ""}
        return Explained(
            answer, (Step(said("发现“驰名商标”字样"), version.name, on, note=unknown),)
        )
    least, most = _amounts(ban)
    article, penalty = version.name + ban["article"], version.name + ban["penalty_article"]
    fine = (
        said("处{most}罚款", most=_wan(most))
        if least == most
        else said("处{most}以下罚款", most=_wan(most))
    )
    answer = {
        "banned": True,
        "law": version.name,
        "article": article,
        "penalty_article": penalty,
        "fine_least": least,
        "fine_most": most,
        "fine": fine,
    }
    memory = version.detail["confidence"] == "memory"
    chain = (
        Step(
            said("发现“驰名商标”字样"), article, on, note=said("{start}起施行", start=version.start)
        ),
        Step(said("罚款"), penalty, note=fine),
    )
    return Explained(answer, chain, (said("该版的条号和罚款未与原文核对"),) if memory else ())


def _amounts(ban: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    fixed = ban.get("fine_fixed")
    return Decimal(fixed or 0), Decimal(fixed or ban["fine_most"])


def _wan(amount: Decimal) -> str:
    """`10万元`; an amount that is not whole ten thousands stays in yuan."""
    zh = f"{amount / _WAN:f}万元" if amount % _WAN == 0 else f"{amount:f}元"
    return both(zh, f"{amount:,f} yuan")
