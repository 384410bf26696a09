"""The expressions of visit forms, as XLSForm writes them: a small language, never Python's own.

`${name}` is the answer to another question, `.` the answer to this one. Full-width signs, as a
Chinese keyboard types them, mean the same as half-width ones.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from brandpool.errors import UserError

Answer = str | Decimal | date | tuple[str, ...] | None
Result = Answer | bool

LONGEST = 2000
DEEPEST = 40
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?)
    |\$\{\s*(?P<name>[A-Za-z_][\w.-]*)\s*\}
    |'(?P<single>[^']*)'
    |"(?P<double>[^"]*)"
    |(?P<sign><=|>=|!=|=|<|>|\+|-|\*|\(|\)|,)
    |(?P<word>[A-Za-z][A-Za-z-]*)
    |(?P<own>\.)""",
    re.VERBOSE | re.ASCII,
)
_HALF = str.maketrans("（）＝＜＞！，＋－＊．＄｛｝“”‘’　", "()=<>!,+-*.${}\"\"'' ")
_HARMLESS = re.compile(r"\\.|\[\^?\]?[^\]]*\]")
"""Escaped signs and sets of signs in a pattern, where a bracket opens no group."""
_WORDS = {"and", "or", "div", "mod"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What an expression may look at: the answers, its own answer, and today."""

    answers: Callable[[str], Answer]
    own: Answer
    today: date


_Node = Callable[[Asking], Result]


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; `names` are the questions it looks at."""

    source: str
    names: frozenset[str]
    node: _Node

    def value(self, asking: Asking) -> Result:
        """Its value for these answers; what cannot be computed is None."""
        return self.node(asking)

    def holds(self, asking: Asking) -> bool:
        """Whether it is true: not empty, not zero, not false."""
        return _true(self.node(asking))


def compiled(source: str) -> Expression:
    """Read an expression.

    Raises UserError that quotes where it breaks off.
    """
    if len(source) > LONGEST:
        raise UserError(f"表达式超过 {LONGEST} 个字符，请拆开")
    reader = _Reader(_tokens(source), source)
    node = reader.whole()
    return Expression(source, frozenset(reader.names), node)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def _tokens(source: str) -> list[_Token]:
    text, found, place = _half_width(source), [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise UserError(f"表达式“{source}”从“{source[place : place + 12]}”起无法识别")
        kind = match.lastgroup or ""
        if kind in ("single", "double"):
            found.append(_Token("text", match[kind], place))
        elif kind != "space":
            found.append(_Token(kind, match[kind], place))
        place = match.end()
    return found


def _half_width(source: str) -> str:
    """Signs in half width outside quotation marks; what stands inside stays as it is."""
    found, quote = [], ""
    for char in source:
        plain = char.translate(_HALF)
        if quote:
            quote = "" if plain == quote else quote
            found.append(plain if not quote else char)
        else:
            quote = plain if plain in "'\"" else ""
            found.append(plain)
    return "".join(found)


class _Reader:
    """Reads tokens by precedence: or, and, comparison, sum, product, sign."""

    def __init__(self, tokens: list[_Token], source: str) -> None:
        self._tokens, self._source, self._at, self._depth = tokens, source, 0, 0
        self.names: set[str] = set()

    def whole(self) -> _Node:
        node = self._either()
        if self._at < len(self._tokens):
            raise self._wrong("多出")
        return node

    def _either(self) -> _Node:
        self._deeper()
        node = self._both()
        while self._take("word", "or"):
            node = _or(node, self._both())
        self._depth -= 1
        return node

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UserError(f"表达式“{self._source[:40]}…”括号太多，请拆开")

    def _both(self) -> _Node:
        node = self._compared()
        while self._take("word", "and"):
            node = _and(node, self._compared())
        return node

    def _compared(self) -> _Node:
        node = self._sum()
        for sign, compare in _COMPARE.items():
            if self._take("sign", sign):
                return _comparing(compare, node, self._sum())
        return node

    def _sum(self) -> _Node:
        node = self._product()
        while True:
            if self._take("sign", "+"):
                node = _reckoning(lambda a, b: a + b, node, self._product())
            elif self._take("sign", "-"):
                node = _reckoning(lambda a, b: a - b, node, self._product())
            else:
                return node

    def _product(self) -> _Node:
        node = self._single()
        while True:
            if self._take("sign", "*"):
                node = _reckoning(lambda a, b: a * b, node, self._single())
            elif self._take("word", "div"):
                node = _reckoning(lambda a, b: a / b if b else None, node, self._single())
            elif self._take("word", "mod"):
                node = _reckoning(lambda a, b: a % b if b else None, node, self._single())
            else:
                return node

    def _single(self) -> _Node:
        if self._take("sign", "-"):
            self._deeper()
            return _reckoning(lambda a, b: a - b, _constant(Decimal(0)), self._single())
        token = self._next()
        match token.kind:
            case "number":
                return _constant(Decimal(token.text))
            case "text":
                return _constant(token.text)
            case "name":
                self.names.add(token.text)
                return _answer(token.text)
            case "own":
                return lambda asking: asking.own
            case "word" if token.text not in _WORDS:
                return self._call(token)
            case "sign" if token.text == "(":
                node = self._either()
                self._expect(")")
                return node
        self._at -= 1
        raise self._wrong("多出")

    def _call(self, token: _Token) -> _Node:
        known = FUNCTIONS.get(token.text)
        if known is None:
            names = "、".join(FUNCTIONS)
            raise UserError(f"表达式“{self._source}”中的“{token.text}”不是可用的函数，可用 {names}")
        least, most, call = known
        self._expect("(")
        given: list[_Node] = []
        if not self._take("sign", ")"):
            given.append(self._either())
            while self._take("sign", ","):
                given.append(self._either())
            self._expect(")")
        if not least <= len(given) <= most:
            raise UserError(f"表达式“{self._source}”中的 {token.text}() 的参数个数不对")
        if token.text == "regex":
            _check_pattern(self._tokens[self._at - 2], self._source)
        return _calling(call, given)

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise UserError(f"表达式“{self._source}”没有写完")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, kind: str, text: str) -> bool:
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == kind and token.text == text:
                self._at += 1
                return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take("sign", text):
            if self._at >= len(self._tokens):
                raise UserError(f"表达式“{self._source}”没有写完，缺少“{text}”")
            raise self._wrong(f"应为“{text}”，却是")

    def _wrong(self, what: str) -> UserError:
        place = self._tokens[self._at].place
        return UserError(f"表达式“{self._source}”{what}“{self._source[place : place + 12]}”")


def _constant(value: Result) -> _Node:
    return lambda _asking: value


def _answer(name: str) -> _Node:
    return lambda asking: asking.answers(name)


def _or(left: _Node, right: _Node) -> _Node:
    return lambda asking: _true(left(asking)) or _true(right(asking))


def _and(left: _Node, right: _Node) -> _Node:
    return lambda asking: _true(left(asking)) and _true(right(asking))


def _comparing(compare: Callable[[Result, Result], bool], left: _Node, right: _Node) -> _Node:
    return lambda asking: compare(left(asking), right(asking))


def _reckoning(
    reckon: Callable[[Decimal, Decimal], Decimal | None], left: _Node, right: _Node
) -> _Node:
    def node(asking: Asking) -> Result:
        first, second = number(left(asking)), number(right(asking))
        try:
            return None if first is None or second is None else reckon(first, second)
        except ArithmeticError:
            return None

    return node


def _calling(call: Callable[..., Result], given: list[_Node]) -> _Node:
    return lambda asking: call(asking, *(node(asking) for node in given))


def _true(value: Result) -> bool:
    return bool(value)


def number(value: Result) -> Decimal | None:
    """The value as a number, None where it is none; true counts 1."""
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        try:
            found = Decimal(value.strip())
        except InvalidOperation:
            return None
        return found if found.is_finite() else None
    return None


def text(value: Result) -> str:
    """The value as text; nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(value: Result) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _pair(left: Result, right: Result) -> tuple[object, object] | None:
    """Both sides in a form that can be compared in order, or None."""
    if isinstance(left, date) or isinstance(right, date):
        days = _day(left), _day(right)
        return None if None in days else days
    numbers = number(left), number(right)
    return None if None in numbers else numbers


def _equal(left: Result, right: Result) -> bool:
    pair = _pair(left, right)
    return pair[0] == pair[1] if pair else text(left) == text(right)


def _below(left: Result, right: Result) -> bool:
    pair = _pair(left, right)
    return pair is not None and pair[0] < pair[1]  # type: ignore[operator]


_COMPARE: Mapping[str, Callable[[Result, Result], bool]] = {
    "<=": lambda a, b: _pair(a, b) is not None and not _below(b, a),
    ">=": lambda a, b: _pair(a, b) is not None and not _below(a, b),
    "!=": lambda a, b: not _equal(a, b),
    "=": _equal,
    "<": _below,
    ">": lambda a, b: _below(b, a),
}


def _chosen(value: Result) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(_SPACES.split(text(value).strip())) if text(value).strip() else ()


def _matches(_asking: Asking, value: Result, pattern: Result) -> bool:
    return re.fullmatch(text(pattern), text(value)[:200]) is not None


def _check_pattern(token: _Token, source: str) -> None:
    """Only patterns written out, without groups: they cannot be made to search for ever."""
    bare = _HARMLESS.sub("", token.text)
    if token.kind != "text" or "(" in bare or len(token.text) > 200:
        raise UserError(f"表达式“{source}”中的 regex() 须直接写出式样，且不能用括号分组")
    try:
        re.compile(token.text)
    except re.error as bad:
        raise UserError(f"表达式“{source}”中的 regex() 写法不对（{bad}）") from bad


FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Result]]] = {
    "selected": (2, 2, lambda _a, value, code: text(code) in _chosen(value)),
    "count-selected": (1, 1, lambda _a, value: Decimal(len(_chosen(value)))),
    "string-length": (1, 1, lambda _a, value: Decimal(len(text(value)))),
    "contains": (2, 2, lambda _a, value, part: text(part) in text(value)),
    "starts-with": (2, 2, lambda _a, value, part: text(value).startswith(text(part))),
    "regex": (2, 2, _matches),
    "number": (1, 1, lambda _a, value: number(value)),
    "not": (1, 1, lambda _a, value: not _true(value)),
    "if": (3, 3, lambda _a, test, yes, no: yes if _true(test) else no),
    "coalesce": (2, 2, lambda _a, first, second: first if text(first) else second),
    "date": (1, 1, lambda _a, value: _day(value)),
    "today": (0, 0, lambda asking: asking.today),
    "true": (0, 0, lambda _a: True),
    "false": (0, 0, lambda _a: False),
}
"""{name: (fewest, most arguments, function)}."""
