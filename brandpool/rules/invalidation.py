"""Until when the invalidation of a Chinese mark may be requested, by ground."""

import re
from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import LawVersion
from brandpool.rules.periods import add
from brandpool.rules.reference import Reference, shipped

COUNTING = "实施条例第十二条"
DIGITS = "零一二三四五六七八九"


def invalidation_limit(
    registration_date: date,
    ground: str | None = None,
    bad_faith: bool = False,
    well_known: bool = False,
    law: str | None = None,
    *,
    ref: Reference | None = None,
) -> Explained:
    """Until when invalidation may be requested.

    商标法第四十五条 (2026: 第五十一条): five years from registration on relative grounds, none for
    the owner of a well-known mark against bad faith; 第四十四条 (2026: 第五十条): no limit on
    absolute grounds. ground: an article (第十条, 10, 第三十条) or words (绝对理由, 在先权利).
    """
    ref = ref or shipped()
    version = ref.laws.chosen(registration_date, law)
    kind, famous = _ground(ground, version, ref)
    malicious = bad_faith or (ground is not None and "恶意" in ground)
    registered = Step(said("核准注册"), version.article("term"), registration_date)
    if kind == "absolute" or (malicious and (well_known or famous)):
        matter = "absolute_invalidity" if kind == "absolute" else "relative_invalidity"
        why = (
            said("绝对理由，没有期限")
            if kind == "absolute"
            else said("驰名商标所有人对恶意注册，不受五年限制")
        )
        step = Step(said("请求宣告无效"), version.article(matter), note=why)
        nothing = {"time_limit": None, "period_end": None, "last_filing_day": None}
        return Explained(nothing, (registered, step))
    term = version.terms["relative_invalidity"]
    end = add(registration_date, term)
    article = f"{version.article('relative_invalidity')}；{COUNTING}"
    step = ref.china.forward(said("自注册之日起{term}届满", term=term), article, end)
    answer = {"time_limit": str(term), "period_end": end, "last_filing_day": step.rolled}
    return Explained(answer, (registered, step))


def _ground(text: str | None, version: LawVersion, ref: Reference) -> tuple[str, bool]:
    """Whether a ground is absolute or relative, and whether it is that of a well-known mark."""
    if text is None or not text.strip():
        return "relative", False
    article = _article(text)
    others = [other for other in reversed(ref.laws.versions) if other is not version]
    for known in (version, *others):
        famous = "驰名" in text or _among(article, known, "well_known_grounds")
        if _among(article, known, "absolute_grounds"):
            return "absolute", famous
        if famous or _among(article, known, "relative_grounds"):
            return "relative", famous
    for kind in ("relative", "absolute"):
        if any(word in text.lower() for word in ref.law[f"{kind}_words"]):
            return kind, False
    raise UserError(
        f"ground：不认识的理由“{text}”，请写条号（如 第十条、第三十条）或“绝对理由”“相对理由”"
    )


def _among(article: str, version: LawVersion, list_name: str) -> bool:
    return article != "" and article.startswith(tuple(version.detail[list_name]))


def _article(text: str) -> str:
    """`第十条…` out of 商标法第十条第一款, 第10条, 10条 or 10; empty where no article is named."""
    written = re.search(r"第([一二三四五六七八九十]+)条", text)
    if written:
        return written[0]
    digits = re.search(r"(\d+)\s*条", text) or re.fullmatch(r"\D*(\d+)\D*", text)
    return f"第{_numeral(int(digits[1]))}条" if digits else ""


def _numeral(number: int) -> str:
    """A number below one hundred as the law writes it: 10 is 十, 44 is 四十四."""
    tens, ones = divmod(number % 100, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")
