"""Hiding personal data in what leaves the station: lists, notices, exports."""

import re
from collections.abc import Callable

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.reference import Reference, shipped

ARTICLE = "个人信息保护法第六条、第五十一条"
MOBILE_LENGTH = 11
SHOWN = 4


def mask(kind: str, raw: str, *, ref: Reference | None = None) -> Explained:
    """A value with its personal part replaced by asterisks.

    个人信息保护法第六条、第五十一条: exports and public notices are masked by default. kind: 姓名,
    手机, 座机, 电话, 身份证, 邮箱, 地址, 银行卡, 微信, 护照, or a credit code or enterprise
    name, which are public and stay; what stands in brackets after the kind is ignored.
    """
    masked = masked_text(kind, raw, ref=ref)
    return Explained({"masked": masked}, (Step(said("脱敏：{kind}", kind=kind), ARTICLE),))


def masked_text(kind: str, raw: str, *, ref: Reference | None = None) -> str:
    """The masked text alone, for whoever writes many cells; UserError names an unknown kind."""
    surnames = (ref or shipped()).documents["identifiers"]["compound_surnames"]
    text = raw.strip()
    word = kind.strip().lower()
    for words, how in MASKS:
        if any(name in word for name in words):
            return how(text)
    if any(name in word for name in NAME_WORDS):
        return _name(text, tuple(surnames))
    raise UserError(
        f"kind：不认识的脱敏种类“{kind}”，可用 姓名、手机、座机、身份证、邮箱、地址、银行卡"
    )


def _name(text: str, compound: tuple[str, ...]) -> str:
    """Surname and last character; a name of two keeps the surname."""
    if re.search(r"[A-Za-z]", text):
        return " ".join(part[:1] + "*" * (len(part) - 1) for part in text.split())
    surname = 2 if len(text) > 2 and text.startswith(compound) else 1
    shown_at_end = 1 if len(text) > surname + 1 else 0
    hidden = len(text) - surname - shown_at_end
    return text[:surname] + "*" * hidden + text[len(text) - shown_at_end :]


def _ends(head: int, tail: int) -> Callable[[str], str]:
    """Keeps the first and last characters; hides all but the first where that would show most."""

    def how(text: str) -> str:
        hidden = len(text) - head - tail
        if hidden < min(head + tail, SHOWN):
            return text[:1] + "*" * (len(text) - 1)
        return text[:head] + "*" * hidden + text[len(text) - tail :]

    return how


def _mobile(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text)
    found = re.fullmatch(r"(\+?86)?(1\d{10})", digits)
    return (found[1] or "") + found[2][:3] + "****" + found[2][7:] if found else _ends(3, 4)(digits)


def _landline(text: str) -> str:
    """Area code and last four digits; extensions stay."""
    pattern = r"(\(?(?:\+?86-?)?0\d{2,3}\)?[-\s]?)?(\d{3,4})(\d{4})((?:[-转]\d+)?)"
    undivided = re.fullmatch(r"(010|02\d|0[3-9]\d{2})(\d{3,4})(\d{4})", text)
    if undivided:
        return undivided[1] + "*" * len(undivided[2]) + undivided[3]
    found = re.fullmatch(pattern, text)
    if found is None:
        return _ends(0, SHOWN)(text)
    return (found[1] or "") + "*" * len(found[2]) + found[3] + found[4]


def _phone(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text)
    return _mobile(text) if re.fullmatch(r"(\+?86)?1\d{10}", digits) else _landline(text)


def _email(text: str) -> str:
    name, at, domain = text.partition("@")
    return name[:1] + "***" + at + domain if at else _ends(1, 0)(text)


def _address(text: str) -> str:
    """Up to the street office or town, else the district, else the city."""
    for level in (r"^.*?(?:街道|镇|乡)", r"^.*?(?:区|县|旗)", r"^.*?市.*?市|^.*?市", r"^.*?省"):
        found = re.match(level, text)
        if found:
            return found[0] + "****" if len(found[0]) < len(text) else text
    return text[:3] + "****" if text else ""


def _public(text: str) -> str:
    return text


MASKS: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    (("信用代码", "uscc", "credit_code", "企业名称", "单位名称", "公司"), _public),
    (("手机", "移动电话", "mobile", "cell"), _mobile),
    (("座机", "固定电话", "固话", "传真", "办公电话", "landline", "fax"), _landline),
    (("电话", "phone", "tel"), _phone),
    (("身份证", "证件号", "id_card", "idcard", "id_number"), _ends(6, 4)),
    (("银行", "卡号", "账号", "帐号", "bank"), _ends(4, 4)),
    (("邮箱", "电子邮件", "email", "e-mail", "mail"), _email),
    (("地址", "住址", "住所", "address"), _address),
    (("护照", "通行证", "passport"), _ends(1, 3)),
    (("微信", "qq", "wechat"), _ends(2, 2)),
)  # fmt: skip
NAME_WORDS = ("姓名", "联系人", "法定代表人", "投诉人", "举报人", "人名", "name", "person")
