"""Reading a policy document (txt, docx or pasted): which targets it sets, where it says so."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from brandpool.errors import UserError
from brandpool.i18n import _

_PARAGRAPH_ENDS = "。；;！!？?：:”）)"
_HEADING = re.compile(r"[#\-*>]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]")
_YEAR = r"(?P<year>20\d\d)年(?:底|末)?"
_AIM = re.compile(
    rf"(?<!截)(?:到|至){_YEAR}|(?P<year2>20\d\d)年(?:底|末)?(?:之?前|力争|目标|计划)"
    r"|(?:到|至)?[“\"「]?(?P<plan>十[三四五六七]五)[”\"」]?(?:规划|时期)?(?:期)?末"
)
_ANY_YEAR = re.compile(r"20\d\d年")
_TOLD = re.compile(r"截[至止]|(?:较|比)上年|同比|去年")
_PAST = re.compile(r"已(?:达|超|有|建成|培育|完成|经)|累计|现有|目前")
_MONEY_GIVEN = re.compile(r"奖励|补助|资助|补贴|给予|罚款|处以|罚金")
_CONDITIONAL = re.compile(r"的(?:企业|单位|机构|，|,|$)|凡")
_NUMBER = re.compile(
    r"(?P<before>达到|达|超过|超|突破|不少于|不低于|不超过|≥|>|增至|提高到|增加到)?(?:约)?"
    r"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+)"
    r"(?P<scale>万亿|亿|万|千|百)?"
    r"(?P<unit>件|家|户|元|项|个|人|次|%|人次|所|名)"
    r"(?P<after>以上|及以上|以内)?"
)
_AIMING = re.compile(r"力争|实现|完成|新增|培育|建成|建设|引进|打造|惠及")
_NAMED = re.compile(
    r"(?:建成|创成|获批|创建成为?)(?P<name>[^，,。；;]{4,40}?(?:区|基地|中心|城市|园))$"
)
_BEFORE = {
    "达到": "reach", "达": "reach", "超过": "exceed", "超": "exceed", "突破": "exceed",
    "不少于": "reach", "不低于": "reach", "≥": "reach", ">": "exceed", "不超过": "at_most",
    "增至": "reach", "提高到": "reach", "增加到": "reach",
}  # fmt: skip
_AFTER = {"以上": "at_least", "及以上": "at_least", "以内": "at_most"}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 20 * 2**20
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target the text seems to set; nothing is kept until a person confirms it.

    `start` and `end` are the characters of `clause` in the text as it was given. `value` is in
    `unit` (3万件 is 30,000 件; 6亿元 is 600,000,000 元) and None for a named target (建成…).
    """

    indicator: str
    title: str
    year: int
    operator: str
    value: Decimal | None
    unit: str
    clause: str
    start: int
    end: int


def read(path: Path) -> str:
    """The text of a .txt or .docx file.

    Raises UserError for another kind of file, or one that is damaged or cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as bad:
        text = _("{file} 无法读取（{why}）。请检查文件后再试。")
        raise UserError(text.format(file=path.name, why=bad.strerror)) from bad
    if len(content) > _LARGEST:
        raise UserError(_("{file} 太大，不像政策文件，没有读取。").format(file=path.name))
    match path.suffix.lower():
        case ".txt" | ".md":
            return _decoded(content, path.name)
        case ".docx":
            return _word_text(path)
        case _:
            text = _("{file} 不是 txt 或 docx。请在 WPS 中另存为 docx，或复制全文后粘贴。")
            raise UserError(text.format(file=path.name))


def proposals(text: str, document: Mapping[str, Any]) -> list[Proposal]:
    """The targets that the text sets, in its order; `document` is indicators.json.

    A number counts only where a year to come is named for it in the same paragraph (力争到2025年)
    and the sentence neither reports what is (截至…已达) nor says what is paid.
    """
    found: list[Proposal] = []
    for paragraph in _paragraphs(text):
        year: int | None = None
        for sentence in paragraph.split("。！!？?"):
            if _ANY_YEAR.search(sentence.text) and not _AIM.search(sentence.text):
                year = None
            if not _TOLD.search(sentence.text):
                year, set_here = _of_sentence(sentence, year, document)
                found += set_here
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters without blanks, each with its place in the text as it was given."""

    text: str
    places: tuple[int, ...]
    whole: str

    def part(self, start: int, end: int) -> "_Piece":
        """The characters from start to end."""
        return _Piece(self.text[start:end], self.places[start:end], self.whole)

    def split(self, marks: str) -> Iterator["_Piece"]:
        """The parts between these marks, without them."""
        start = 0
        for place, letter in enumerate(self.text + marks[0]):
            if letter in marks:
                if place > start:
                    yield self.part(start, place)
                start = place + 1

    @property
    def original(self) -> tuple[str, int, int]:
        """The characters as given, and where they stand."""
        start, end = self.places[0], self.places[-1] + 1
        return self.whole[start:end], start, end


def _paragraphs(text: str) -> Iterator[_Piece]:
    """Paragraphs; a line that breaks off inside a sentence goes on in the next one."""
    letters: list[str] = []
    places: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        fresh = bool(_HEADING.match(stripped))
        if stripped and letters and (fresh or letters[-1] in _PARAGRAPH_ENDS):
            yield _Piece("".join(letters), tuple(places), text)
            letters, places = [], []
        for place, letter in enumerate(line, start):
            if not letter.isspace() and unicodedata.category(letter) != "Cf":
                letters.append(unicodedata.normalize("NFKC", letter) if _plain(letter) else letter)
                places.append(place)
        start += len(line)
    if letters:
        yield _Piece("".join(letters), tuple(places), text)


def _plain(letter: str) -> bool:
    """Whether a full-width digit, letter or sign has one half-width twin."""
    return "０" <= letter <= "９" or letter in "％．＞"


def _of_sentence(
    sentence: _Piece, year: int | None, document: Mapping[str, Any]
) -> tuple[int | None, list[Proposal]]:
    """The year that the sentence aims at in the end, and the targets it sets."""
    found: list[Proposal] = []
    before: _Piece | None = None
    for clause in sentence.split("，,；;"):
        aimed = _AIM.search(clause.text)
        year = _year(aimed, document) if aimed else year
        ruled_out = _PAST.search(clause.text) or _MONEY_GIVEN.search(clause.text)
        if year is not None and not ruled_out:
            named = _NAMED.search(clause.text)
            if named is not None:
                found.append(_named(clause, named, year, document))
            else:
                found += _numbered(clause, before, year, document)
        before = clause
    return year, found


def _year(aimed: re.Match[str], document: Mapping[str, Any]) -> int | None:
    if aimed["plan"]:
        return document["year_end"].get(aimed["plan"])  # type: ignore[no-any-return]
    return int(aimed["year"] or aimed["year2"])


def _numbered(
    clause: _Piece, before: _Piece | None, year: int, document: Mapping[str, Any]
) -> Iterator[Proposal]:
    """The numbers of a clause, each with the words before it; 达10家 alone goes on a clause."""
    done = 0
    for number in _NUMBER.finditer(clause.text):
        subject = clause.text[done : number.start()].lstrip("、和及")
        first = number.end() - len(number[0]) - len(subject)
        done = number.end()
        if not _sets(clause.text, number, subject):
            continue
        piece = clause.part(first, done)
        if len(subject) < _SHORTEST and before is not None:
            subject = before.text
            piece = _Piece(before.text + piece.text, before.places + piece.places, clause.whole)
        operator = _AFTER.get(number["after"] or "") or _BEFORE.get(number["before"] or "", "reach")
        value = _worth(number["number"]) * _SCALES.get(number["scale"] or "", 1)
        indicator = _indicator(subject, number["unit"], document)
        title = document["indicators"][indicator]["zh"] if indicator != "other" else subject
        yield Proposal(indicator, title, year, operator, value, number["unit"], *piece.original)


def _sets(clause: str, number: re.Match[str], subject: str) -> bool:
    """Whether the clause sets the number as a goal rather than naming it in a condition."""
    if _CONDITIONAL.search(clause[number.end() :]):
        return False
    return bool(number["before"] or number["after"] or _AIMING.search(subject))


def _named(
    clause: _Piece, named: re.Match[str], year: int, document: Mapping[str, Any]
) -> Proposal:
    indicator = _indicator(named["name"], "", document)
    title = document["indicators"][indicator]["zh"] if indicator != "other" else named["name"]
    return Proposal(indicator, title, year, "done", None, "", *clause.original)


def _indicator(subject: str, unit: str, document: Mapping[str, Any]) -> str:
    """The indicator whose words all occur in the subject, the longest group first."""
    best, length = "other", 0
    for code, about in document["indicators"].items():
        if unit in about["units"] or (not unit and not about["units"]):
            for words in about["words"]:
                weight = sum(map(len, words))
                if weight > length and all(word in subject for word in words):
                    best, length = code, weight
    return best


def _worth(number: str) -> Decimal:
    if number[0].isdigit():
        return Decimal(number)
    total, digit = 0, 0
    for letter in number:
        if letter in _PLACES:
            total += (digit or 1) * _PLACES[letter]
            digit = 0
        else:
            digit = _DIGITS[letter]
    return Decimal(total + digit)


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(_("{file} 的文字编码无法识别，请另存为 UTF-8 文本。").format(file=name))


def _word_text(path: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as bad:
        text = _("{file} 不是完好的 docx 文件，没有读取。请在 WPS 中打开后另存一次。")
        raise UserError(text.format(file=path.name)) from bad
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += ["，".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)
