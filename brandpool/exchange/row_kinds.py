"""What a row under a heading is: a record, a group, a total, a note, or a heading again."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from brandpool.exchange.cell_shapes import as_heading, is_blank, is_organisation
from brandpool.exchange.header import is_column_numbers, is_field_codes
from brandpool.exchange.headings import Heading, exact_key, is_ordinal
from brandpool.exchange.spelled_names import spelled_name
from brandpool.exchange.workbook import Row
from brandpool.i18n import _


class RowKind(StrEnum):
    """Why a row is not a record."""

    GROUP = "group"
    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"
    SAMPLE = "sample"
    BLANK = "blank"


_TOTAL = re.compile(
    r"^[^:]{0,10}?(?:合计|总计|小计|共计|总和|累计|平均值?|汇总)(?:数|值|金额|家数|户数)?[:：]?"
    r"(?:\(.*\))?(?:[\d,.]+\S{0,4})?$|^(?:共|总共|以上共)\d+\S{0,6}$|^(?:sub)?totals?:?$",
    re.IGNORECASE,
)
_LABEL = (
    r"数据来源|资料来源|信息来源|来源|备注|注释?\d*|附注|说明|填表说明|填报说明|填报单位|填报人|填表人"
    r"|填表单位|填报部门|制表人?|制表单位|制表日期|审核人?|审批人?|复核人?|负责人|单位负责人|部门负责人"
    r"|联系人|联系电话|电话|经办人|报送单位|报送人|报送日期|填报日期|填表日期|统计时间|统计口径|统计人"
    r"|打印时间|打印日期|导出时间|导出日期|截止日期|截至日期|日期|盖章|单位\(?盖?公?章\)?|主管领导|分管领导"
    r"|附件?\d*|注意事项|温馨提示|提示|免责声明|声明|版权所有|(?:主要|分管|部门|单位)?领导(?:签字|意见)?|签字|签名"
    r"|法定代表人签字|联系人及.{1,6}|(?:监督|举报|咨询|投诉).{0,4}电话|传真|邮编|邮箱|抄送|抄报|主送|公示时间|公示期限?"
    r"|(?:局长|科长|主任|镇长|书记|校对|签发人?|批准人?|制表|经手人)(?:签字)?"
)
_LABELLED_NOTE = re.compile(rf"^[*※#\[【(]*(?:{_LABEL})[\]】)]*(?:\([^)]*\))?[:：]")
_DAY = re.compile(
    r"^(?:[12]\d{3}年\d{1,2}月(?:\d{1,2}日)?|[〇零○一二三四五六七八九]{4}年.{1,3}月(?:.{1,3}日)?)$"
)
_ISSUER = re.compile(r".{2,}(?:局|委员会|管委会|政府|办公室|领导小组|办事处|[^.]厅|[^.]处|[^.]科)$")
_NO_LETTER = re.compile(r"^[\W\d_]+$|^[\W_]*(?:完|以上|备注|说明|注|盖章|签字|公章)[\W_]*$")
_LABELLED = re.compile(r"^[^:(]{1,14}:")
_SENTENCE = re.compile(r"^(?:※|数据|以上|上述|本表|本名单|其中|如有|请|带[*★]|标[*★]|按.{0,8}排序)")
_BARE_NOTE = re.compile(
    r"^[*※(\[【]*(?:以下空白|以下无正文|本表|以上数据|以上名单|以上信息|免责声明|温馨提示|填表说明|填报说明"
    r"|第\d+页|共\d+页|-\d+-$|数据来源|备注\d|注\d|注[①-⑩]|版权所有|导出时间|此表|该表|\(?盖章\)?$|单位\(盖章\))"
)
_SAMPLE = re.compile(
    r"^(?:例|示例|样例|举例|范例|例如|样表)\d*[:：]?$|^[（(](?:示例|样例|例)[）)]|^(?:示例|样例|例如|例)[:：]"
)
_COUNTED_GROUP = re.compile(
    r"^.{1,30}[(（]\s*共?计?\s*\d+\s*[家个件所户项名人批]?\s*[)）]\s*[:：]?$"
)
_NUMBERED_GROUP = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十\d]{1,3}[批类部章])"
)
_PLACE_GROUP = re.compile(
    r"^.{1,14}(?:省|市|自治区|特别行政区|区|县|州|盟|旗|街道|镇|乡|园区|兵团|开发区|局|批|类|级|组|部分|行业|领域|产业|名单)[:：]?$"
)
_CHINESE_ORDINAL = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?$")
_GROUP_WORDS = re.compile(
    r"^(?:其他|其它|其余)(?:企业|类)?$|.{2,}(?:企业|单位|名单|年度|领域)[:：]?$|^.{0,6}(?:制造|服务|加工|工|农|商贸|批发"
    r"|零售|餐饮|住宿|建筑|信息|金融|软件|旅游|物流|运输|纺织|化工|食品|医药|电子|机械|汽车|能源|材料|文化)业$"
    r"|^[\[【].{1,20}[\]】]$|^[A-Z★☆]+类?级?$|\d+[家个户]$"
)
_COUNT = re.compile(r"^共?\d+[家个件所户项名]?$")
_BRACKETED = re.compile(r"^\([^()]*\)$")
_LONG_NOTE = 40
REPEATED = 0.9
"""From this share on a row is the heading again; below it may be another heading."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the rows of one table are judged by.

    `header_texts` are the texts of each heading row; `name_column` holds the names of the records;
    `names_stand_alone` when most records have nothing but their name.
    """

    headings: tuple[Heading, ...]
    header_texts: tuple[tuple[str, ...], ...]
    name_column: int
    ordinal_column: int | None
    names_stand_alone: bool = False

    @property
    def width(self) -> int:
        """Number of columns that say something about a record."""
        return len(self.headings) - (self.ordinal_column is not None)


def layout(
    headings: Sequence[Heading], header_rows: Sequence[Row], sample: Sequence[Row]
) -> Layout:
    """The layout of the table under these headings; `sample` are some of its rows."""
    texts = tuple(
        tuple(
            as_heading(row[heading.column]) if not is_blank(row[heading.column]) else ""
            for heading in headings
        )
        for row in header_rows
    )
    ordinal = next((h.column for h in headings if is_ordinal(h.parts[-1])), None)
    names = _name_column(headings, sample, ordinal)
    alone = _stand_alone(headings, sample, names)
    return Layout(tuple(headings), texts, names, ordinal, alone)


def _stand_alone(headings: Sequence[Heading], sample: Sequence[Row], names: int) -> bool:
    named = [row for row in sample if not is_blank(row[names])]
    lone = sum(all(is_blank(row[h.column]) for h in headings if h.column != names) for row in named)
    return lone * 2 >= len(named)


def _name_column(headings: Sequence[Heading], sample: Sequence[Row], ordinal: int | None) -> int:
    def names(column: int) -> int:
        return sum(isinstance(row[column], str) and is_organisation(row[column]) for row in sample)

    columns = [heading.column for heading in headings if heading.column != ordinal]
    if not columns:
        return headings[0].column
    best = max(columns, key=names)
    if names(best):
        return best
    called = (h.column for h in headings if re.search(r"名称|姓名|企业|单位|商标$", h.parts[-1]))
    return next(called, columns[0])


def judge(row: Row, table: Layout, first_row: bool = False) -> tuple[RowKind, str] | None:
    """Why this row is no record, in words for the clerk; None when it is one."""
    filled = [(h.column, row[h.column]) for h in table.headings if not is_blank(row[h.column])]
    if not filled:
        return RowKind.BLANK, _("没有内容")
    if all(column == table.ordinal_column for column, _cell in filled):
        text = str(filled[0][1])
        if not isinstance(filled[0][1], str) or text.strip().isdecimal():
            return RowKind.BLANK, _("只有序号，没有内容")
    texts = [(column, _squeezed(as_heading(cell))) for column, cell in filled]
    if same_headings(row, table) >= REPEATED:
        return RowKind.HEADER, _("重复的表头")
    if first_row and (is_column_numbers(row) or is_field_codes(row, table.headings)):
        return RowKind.HEADER, _("表头下的列号或字段代码")
    return _worded(texts, table) or _lone(texts, table) or _sample(texts, first_row)


def _squeezed(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def same_headings(row: Row, table: Layout) -> float:
    """The share of the row's cells that say the heading of their column again."""
    cells = [
        "" if is_blank(row[h.column]) else exact_key(as_heading(row[h.column]))
        for h in table.headings
    ]
    wanted = sum(map(bool, cells))
    best = 0.0
    for texts in table.header_texts:
        same = sum(
            bool(text) and cell == exact_key(text) for cell, text in zip(cells, texts, strict=True)
        )
        if same >= min(2, len(table.headings)):
            best = max(best, same / wanted)
    return best


def _worded(texts: list[tuple[int, str]], table: Layout) -> tuple[RowKind, str] | None:
    """Totals and notes, known by the words they begin with."""
    for _column, text in texts[:2]:
        if _TOTAL.match(text) and not is_organisation(text):
            return RowKind.TOTAL, _("合计行，不是记录")
    first = texts[0][1]
    if len(texts) == 1 and (_DAY.match(first) or _NO_LETTER.match(first)):
        return RowKind.NOTE, _("表后说明或落款，不是记录")
    few = len(texts) <= max(2, table.width // 2) or len(texts) == 1
    labels = sum(bool(_LABELLED_NOTE.match(text)) for _column, text in texts)
    dates = sum(bool(_DAY.match(text)) for _column, text in texts)
    if (labels and labels + dates == len(texts)) or (few and _LABELLED_NOTE.match(first)):
        return RowKind.NOTE, _("表后说明或落款，不是记录")
    if len(texts) == 1 and _BRACKETED.match(first) and not _NUMBERED_GROUP.match(first):
        return RowKind.NOTE, _("说明文字，不是记录")
    lone = len(texts) == 1 and (_SENTENCE.match(first) or _LABELLED.match(first))
    if ((few and _BARE_NOTE.match(first)) or lone) and not is_organisation(first):
        return RowKind.NOTE, _("表后说明或落款，不是记录")
    return None


def _sample(texts: list[tuple[int, str]], first_row: bool) -> tuple[RowKind, str] | None:
    if any(_SAMPLE.match(text) for _column, text in texts[:2]) or (
        first_row and texts[0][1] == "样"
    ):
        return RowKind.SAMPLE, _("填写示例，不是记录")
    return None


def _lone(texts: list[tuple[int, str]], table: Layout) -> tuple[RowKind, str] | None:
    """Rows in which next to nothing is written: groups between records, lines of text."""
    if table.width < 2 and len(table.headings) < 2:
        return _lone_in_list(texts)
    if len(texts) == 2:
        return _pair(texts, table)
    if len(texts) != 1:
        return None
    column, text = texts[0]
    if len(text) > _LONG_NOTE:
        return RowKind.NOTE, _("说明文字，不是记录")
    if column == table.name_column:
        return _lone_name(text, table)
    if column < table.name_column or _is_group(text) or _PLACE_GROUP.match(text):
        return RowKind.GROUP, _("分组行，不是记录")
    return RowKind.NOTE, _("这一行只有“{text}”，没有名称").format(text=text[:20])


def _lone_name(text: str, table: Layout) -> tuple[RowKind, str] | None:
    """Text where names stand, beside nothing: a name, unless the others have more to say."""
    if _names_one(text) and not _COUNTED_GROUP.match(text):
        return None
    place = table.width > 2 and _PLACE_GROUP.match(text)
    if _is_group(text) or place or _GROUP_WORDS.search(text) or not table.names_stand_alone:
        return RowKind.GROUP, _("分组行，不是记录")
    return None


def _names_one(text: str) -> bool:
    return is_organisation(text) or is_organisation(spelled_name(text).name)


def _is_group(text: str) -> bool:
    return bool(_COUNTED_GROUP.match(text) or _NUMBERED_GROUP.match(text))


def _lone_in_list(texts: list[tuple[int, str]]) -> tuple[RowKind, str] | None:
    text = texts[0][1]
    if len(text) > _LONG_NOTE and not is_organisation(text):
        return RowKind.NOTE, _("说明文字，不是记录")
    if _COUNTED_GROUP.match(text):
        return RowKind.GROUP, _("分组行，不是记录")
    if _names_one(text):
        return None
    if _NUMBERED_GROUP.match(text) or _PLACE_GROUP.match(text) or _GROUP_WORDS.search(text):
        return RowKind.GROUP, _("分组行，不是记录")
    return None


def _pair(texts: list[tuple[int, str]], table: Layout) -> tuple[RowKind, str] | None:
    (first_column, first), (_second_column, second) = texts
    if table.width < 2:
        if _CHINESE_ORDINAL.match(first) and not is_organisation(second):
            return RowKind.GROUP, _("分组行，不是记录")
        return None
    if _CHINESE_ORDINAL.match(first) and not is_organisation(second):
        return RowKind.GROUP, _("分组行，不是记录")
    if _PLACE_GROUP.match(first) and _COUNT.match(second) and first_column != table.ordinal_column:
        return RowKind.GROUP, _("分组行，不是记录")
    return None


def signs_off(row: Row, table: Layout) -> bool:
    """Whether a row has only the name of an authority, as under a notice."""
    filled = [row[h.column] for h in table.headings if not is_blank(row[h.column])]
    texts = [_squeezed(as_heading(cell)) for cell in filled]
    issuers = [text for text in texts if _ISSUER.match(text)]
    return len(issuers) == 1 and all(_DAY.match(text) for text in texts if text != issuers[0])


def is_group_title(text: str) -> bool:
    """Whether a line above a heading already names the group of its rows: 一、示范企业."""
    return bool(_NUMBERED_GROUP.match(text) or _COUNTED_GROUP.match(text))


def group_level(text: str) -> int:
    """The depth of a group's title: 一、 above （一） above everything else."""
    if re.match(r"^[一二三四五六七八九十]{1,3}[、.．]|^第", text):
        return 0
    if re.match(r"^[（(][一二三四五六七八九十]{1,3}[）)]", text):
        return 1
    return 2
