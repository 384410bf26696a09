"""The warning that follows a visit which found the words 驰名商标 on goods or in advertising."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.models.enterprise import Enterprise
from brandpool.models.visit import Visit
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.rules.well_known_wording import wording_ban
from brandpool.services import records, reference_data
from brandpool.services.well_known_checks import HITS

_WHERE = {"pack": "商品或商品包装", "advert": "广告宣传", "both": "商品、商品包装和广告宣传"}


@dataclass(frozen=True, slots=True)
class WordingWarning:
    """What a 商标保护警示书 says about the words: where, which articles, what fine.

    `matter`, `advice` are the paragraphs of the letter, in Chinese whatever the window's language.
    """

    enterprise: str
    name: str
    visit: str
    found_on: date
    where: str
    note: str
    article: str
    penalty_article: str
    fine: str
    matter: str
    advice: str
    explained: Explained


def wording_warning(
    session: Session, visit: str, *, ref: Reference | None = None
) -> WordingWarning | None:
    """The warning that a visit gives rise to; None where it found nothing, or did not look.

    商标法2019第十四条第五款、第五十三条; 商标法2026第六十四条: the day of the visit selects it.
    Raises UserError when the visit has been deleted.
    """
    row = records.get(session, Visit, visit)
    day, wording = row["visited_on"], row["wording"]
    if wording not in HITS or not isinstance(day, date):
        return None
    ban = wording_ban(day, ref or reference_data.reference(session, day))
    if not ban["banned"]:
        return None
    enterprise = str(row["enterprise_id"] or "")
    name = records.titles(session, Enterprise, [enterprise]).get(enterprise, "")
    where = _WHERE[str(wording)]
    note = str(row["wording_note"] or "")
    place = f"（{note}）" if note else ""
    matter = (
        f"{day.year}年{day.month}月{day.day}日走访时，发现你单位在{where}上使用“驰名商标”字样{place}。"
        f"依照{ban['article']}，不得将“驰名商标”字样用于商品、商品包装或者广告宣传。"
    )
    advice = (
        "请立即停止使用，并清理带有该字样的商品、包装和宣传材料。"
        f"依照{ban['penalty_article']}，违反的{ban['fine']}。"
    )
    return WordingWarning(
        enterprise, name, visit, day, where, note, str(ban["article"]),
        str(ban["penalty_article"]), str(ban["fine"]), matter, advice, ban,
    )  # fmt: skip
