"""Numbers that name an enterprise or a mark: normalised, classified, doubted, never blocked."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from brandpool.errors import UserError
from brandpool.rules.explained import Explained, Step
from brandpool.rules.reference import Reference, shipped

CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CODE_LENGTH = 18
_DIGITS = bytes.maketrans(CODE_CHARACTERS.encode(), b"0123456789ABCDEFGHIJKLMNOPQRSTU")
_SIGNS = frozenset(CODE_CHARACTERS)
LOOKALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
CERTAIN = "OI"
CREDIT_CODE = "统一社会信用代码"
STANDARD = "GB 32100-2015"


def credit_code(uscc: str, *, ref: Reference | None = None) -> Explained:
    """Classifies a code, checks it, and says the likely cause of a mistake.

    GB 32100-2015 (eighteen characters, check character mod 31), GB 11714 (organisation code inside
    it, mod 11, a warning only). Old registration numbers are named as such. Nothing is ever
    blocked: registered codes exist that fail the check, so valid false is a warning with a reason.
    """
    data = (ref or shipped()).documents["identifiers"]
    code = _squeezed(uscc)
    kind = _code_kind(code)
    answer: dict[str, object] = {"valid": False, "normalized": code, "kind": kind}
    if kind != CREDIT_CODE:
        reason = _why_not_credit_code(code, kind)
        return Explained({**answer, "reason": reason}, (Step(kind, STANDARD, note=reason),))
    reason, likely = _code_fault(code)
    warnings = []
    if reason:
        answer |= {"reason": reason}
        if likely:
            answer["suggestion"] = likely
    else:
        warnings = _code_doubts(code)
        answer |= {"valid": True, "category": data["categories"].get(code[:2])}
        answer["department"] = data["departments"].get(code[0])
        if code in data["specimens"]:
            answer["synthetic"] = True
    if re.search("[a-z]", unicodedata.normalize("NFKC", uscc)):
        warnings.append("原文含小写字母，已转为大写")
    step = Step("校验统一社会信用代码", STANDARD, note=reason or "校验通过")
    return Explained(answer, (step,), tuple(warnings))


def is_sound_credit_code(code: str) -> bool:
    """Whether `credit_code` would find this text valid and leave it as it is (GB 32100-2015)."""
    return len(code) == CODE_LENGTH and _SIGNS.issuperset(code) and _checks(code)


def check_character(first17: str) -> str:
    """The eighteenth character for the first seventeen (GB 32100-2015)."""
    return CODE_CHARACTERS[-_code_sum(first17) % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code for its first eight (GB 11714)."""
    values = (int(char, 36) for char in first8)
    rest = -sum(v * w for v, w in zip(values, ORGANISATION_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def trademark_number(raw: str) -> Explained:
    """A registration or application number as the register writes it.

    国家知识产权局商标号: up to nine digits with an optional letter; international registrations
    protected in China G with five to eight digits and an optional letter. Spreadsheets' spellings
    (1.2345678E7, 12345678.0, full-width digits, a leading apostrophe, 第…号) are put right.
    """
    number, warnings = _spreadsheet_number(_squeezed(raw))
    kind = None
    if re.fullmatch(r"\d{1,9}[A-Z]?", number):
        kind = "国内"
        if re.match(r"\d{9}", number):
            warnings.append("9位号码，请核对")
    elif re.fullmatch(r"G\d{5,8}[A-Z]?", number):
        kind = "国际注册"
    answer: dict[str, object] = {"valid": kind is not None, "normalized": number or None}
    if kind:
        answer["kind"] = kind
    else:
        answer["reason"] = "号码为空" if not number else f"“{number}”不是商标号的写法"
    if warnings:
        answer["warning"] = "；".join(warnings)
    step = Step("商标号规范化", "商标号格式", note=number or "号码为空")
    return Explained(answer, (step,))


def parse_irn(text: str) -> Explained:
    """The parts of an international registration number.

    Administrative Instructions s. 16: up to seven digits, a capital letter for a part split off by
    transfer or division; CNIPA's prefix G; the old prefix R (2R) of renewed marks. key names the
    registration whatever the spelling: number and letter. Raises UserError where there is none.
    """
    plain = _squeezed(text)
    for word in (
        "国际注册号",
        "国际注册",
        "国际",
        "注册号",
        "第",
        "号",
        "IRN",
        "IR",
        "NO.",
        "NO",
        "WO",
    ):
        plain = plain.removeprefix(word).removesuffix(word)
    found = re.fullmatch(r"(G?)(?:(\d?R))?(\d{1,13})([A-Z]?)", plain.replace("/", ""))
    number = found[3].lstrip("0") if found else ""
    if found is None or not 1 <= len(number) <= 7:
        raise UserError(f"text：“{text}”不是国际注册号")
    answer = {
        "g_prefix": bool(found[1]),
        "r_prefix": found[2],
        "number": number,
        "suffix": found[4] or None,
        "key": number + found[4],
    }
    return Explained(answer, (Step("国际注册号", "Adm. Instr. s. 16(a)", note=str(answer["key"])),))


def _squeezed(text: str) -> str:
    """Upper case, half width, no blanks, dashes, quotes or separators."""
    half = unicodedata.normalize("NFKC", str(text)).upper()
    return "".join(
        char
        for char in half
        if char not in "'`\"’‘“”,，-–—_·:：" and unicodedata.category(char)[0] not in "ZC"
    )


def _code_kind(code: str) -> str:
    patterns = (
        ("空", r""),
        ("农民专业合作社旧注册号", r"(\d{6})?NA\d{6}[X\d]"),
        ("15位旧注册号", r"\d{15}"),
        ("13位旧注册号", r"\d{13}"),
        ("组织机构代码", r"[0-9A-Z]{8}[0-9X]"),
    )
    for kind, pattern in patterns:
        if re.fullmatch(pattern, code):
            return kind
    if len(code) == CODE_LENGTH or (len(code) in {17, 19} and re.fullmatch(r"[0-9A-Z]+", code)):
        return CREDIT_CODE
    return "未知"


def _why_not_credit_code(code: str, kind: str) -> str:
    if kind == "空":
        return "未填写"
    if kind == "未知":
        return f"长度为{len(code)}位（应为{CODE_LENGTH}位）"
    return f"{kind}，不是统一社会信用代码"


def _code_fault(code: str) -> tuple[str, str | None]:
    """What is wrong with a code, empty if nothing, and what it was probably meant to be."""
    if len(code) != CODE_LENGTH:
        return f"长度为{len(code)}位（应为{CODE_LENGTH}位）", None
    wrong = [char for char in code if char not in CODE_CHARACTERS]
    if wrong:
        char = wrong[0]
        meant = "".join(LOOKALIKES.get(c, c) if c not in CODE_CHARACTERS else c for c in code)
        holds = not [c for c in meant if c not in CODE_CHARACTERS] and _checks(meant)
        hint = (
            f"(应为{LOOKALIKES[char]})" if char in CERTAIN or (char in LOOKALIKES and holds) else ""
        )
        return f"含非法字符{char}{hint}", meant if holds else None
    if _checks(code):
        return "", None
    expected = check_character(code[:17])
    if code[17] == CODE_CHARACTERS[_code_sum(code[:17]) % 31]:
        return f"校验位错误(应为{expected}，误用了余数而非补数)", code[:17] + expected
    return f"校验位错误(应为{expected})", None


def _code_doubts(code: str) -> list[str]:
    doubts = []
    if not code[2:8].isdigit():
        doubts.append("第3—8位行政区划码不全是数字")
    if organisation_check(code[8:16]) != code[16]:
        doubts.append("第9—17位组织机构代码的校验位不符（GB 11714）")
    return doubts


def _checks(code: str) -> bool:
    return check_character(code[:17]) == code[17]


def _code_sum(first17: str) -> int:
    """The sum of the characters' values by their weights, mod 31.

    The weights are the powers of 3, which is 34 mod 31: the characters, read backwards as the
    digits of a number in base 34, make a number that leaves the same.
    """
    return int(first17.encode().translate(_DIGITS)[::-1], 34) % 31


def _spreadsheet_number(text: str) -> tuple[str, list[str]]:
    """A number freed of what spreadsheets and letters put around it, with what was put right."""
    international = text.startswith("国际注册")
    number = re.sub(r"^(国际注册|商标|注册|申请)*(号)?第?|号$|^NO\.?", "", text)
    warnings = []
    if re.fullmatch(r"\d+(\.\d+)?E\+?\d{1,2}", number):
        warnings.append("科学计数法")
    try:
        value = Decimal(number) if re.fullmatch(r"[\d.]+(E\+?\d{1,2})?", number) else None
    except InvalidOperation:
        value = None
    if (
        value is not None
        and ("." in number or "E" in number)
        and value == value.to_integral_value()
    ):
        number = str(int(value))
    return ("G" + number if international and number[:1].isdigit() else number), warnings
