"""How well the cells of a column fit a field."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from brandpool.exchange.cell_shapes import CREDIT_CODE, is_organisation
from brandpool.exchange.cell_words import as_text
from brandpool.exchange.cells import converter
from brandpool.exchange.spelled_money import UnreadableError
from brandpool.exchange.spelled_names import spelled_name
from brandpool.exchange.workbook import Cell
from brandpool.models.field import Field, Kind

_NAME_HEADINGS = frozenset({"企业名称", "单位名称", "公司名称"})
_CODE_HEADING = "统一社会信用代码"
_OLD_NUMBER = re.compile(r"^(?:\d{13}|\d{15}|[\dA-Z]{8}-?[\dX]|[\dA-Z]{18})$", re.IGNORECASE)
_STRICT_KINDS = (Kind.DATE, Kind.MONEY, Kind.NUMBER, Kind.DECIMAL, Kind.YEAR, Kind.EMAIL, Kind.FLAG)


def tells_itself(one: Field) -> bool:
    """Whether this field's values show what they are without any heading."""
    return is_enterprise_name(one) or is_credit_code(one)


def is_enterprise_name(one: Field) -> bool:
    """Whether a field holds the name of an enterprise."""
    return not _NAME_HEADINGS.isdisjoint(one.headings()) and one.kind is Kind.TEXT


def is_credit_code(one: Field) -> bool:
    """Whether a field holds the unified social credit code."""
    return _CODE_HEADING in one.headings() and one.kind is Kind.CODE


def is_old_number(one: Field) -> bool:
    """Whether a field holds the number of a licence; its heading 注册号 also stands over marks."""
    return "营业执照注册号" in one.headings() and one.kind is Kind.CODE


def content_score(one: Field, cells: Sequence[Cell]) -> float:
    """The share of sample cells that fit the field; 0.5 when they cannot tell."""
    if not cells:
        return 0.5
    if is_credit_code(one):
        return _share(cells, lambda text: bool(CREDIT_CODE.match(text.replace(" ", ""))))
    if is_enterprise_name(one):
        return _share(cells, lambda text: is_organisation(spelled_name(text).name))
    if is_old_number(one):
        return _share(cells, lambda text: bool(_OLD_NUMBER.match(text)))
    if one.kind in _STRICT_KINDS or (one.kind is Kind.CHOICE and one.choices):
        return _readable(one, cells)
    return 0.5


def _share(cells: Sequence[Cell], fits: Callable[[str], bool]) -> float:
    texts = [unicodedata.normalize("NFKC", as_text(cell)).strip() for cell in cells]
    return sum(map(fits, texts)) / len(texts)


def _readable(one: Field, cells: Sequence[Cell]) -> float:
    convert = converter(one)
    good = 0
    for cell in cells:
        try:
            convert(cell)
        except UnreadableError:
            continue
        good += 1
    return good / len(cells)
