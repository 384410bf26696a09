"""What a cell looks like, before anybody knows what its column holds."""

import re
import unicodedata
from collections.abc import Set
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from brandpool.exchange.headings import bare_key, exact_key, is_ordinal, unit_of, year_heading
from brandpool.exchange.workbook import Cell

_ORGANISATION = re.compile(
    r"(?:有限|责任|股份|无限)公司(?:\(.*\)|（.*）)?$|.{3,}(?:公司|集团|合作社|合作联社|事务所|研究院|研究所"
    r"|工作室|协会|商会|学会|促进会|联合会|大学|学院|分院|党校|医院|卫生院|酒店|分公司|支行|分行|宾馆|诊所"
    r"|幼儿园|学校|中学|小学|出版社|基金会|银行|信用社|电视台|报社|旅行社|俱乐部|博物馆|图书馆|档案馆|科技馆)$"
    r"|.{3,}(?:商行|车行|洋行|[经营服务批发门市]{2}部|作坊|工坊|餐馆|饭馆|面馆|茶馆|饭店|饭庄|酒楼|酒家|酒庄"
    r"|山庄|餐厅|食堂|药房|药铺|超市|商场|商城|便利店|铺子|工厂|修理铺|修车铺|美容院|养生馆|影楼|摄影馆)$"
    r"|.{2,}(?:大学|学院|医院|银行|研究院|研究所)$"
    r"|\b(?:Co\.?,? ?Ltd|Inc|LLC|Corp|GmbH|Limited|Company)\.?$"
    r"|.{4,}(?:厂|店|馆|坊|中心|基地|农庄|农场|林场|牧场|茶场|果园|茶园|苗圃|养殖场|[学研]?院|供销社)$"
    r"|.{4,}(?:[（(](?:有限|普通|特殊普通)合伙[）)]|合伙企业.*)$"
)
_OF_ANOTHER = ("就读", "毕业", "所在", "所属", "开户", "主管", "归口", "推荐")
CREDIT_CODE = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$", re.IGNORECASE)
_LABELLED = re.compile(r"^[^:：]{1,14}[:：].+$|[:：]\s*[_\s]*$")
_DATA = re.compile(
    r"^[\d\s,.+\-/:%()Xx*年月日万亿元]*\d[\d\s,.+\-/:%()Xx*年月日万亿元]*$|^[A-Z]{1,3}\d{5,}[A-Z\d]*$"
    r"|@|^https?:|^www\.|^[0-9A-Z]{15,18}$"
)
_GENERIC = re.compile(
    r"(?:名称|姓名|名|代码|编码|编号|号码|号|日期|时间|日|地址|住所|电话|手机|传真|联系人|代表人|法人"
    r"|负责人|联络员|备注|说明|类别|类型|类|级别|等级|等次|地区|区县|县区|区域|区划|省份|省|城市|市"
    r"|街道|镇街|行业|产业|领域|产品|资本|资金|收入|产值|税额|税收|利润|金额|总额|费用|数量|数|人数"
    r"|件数|年份|年度|年限|届次|批次|状态|单位|企业|公司|机构|部门|商标|图样|注册人|申请人|权利人"
    r"|所有人|邮箱|邮编|网址|官网|简介|范围|情况|结果|结论|意见|得分|分数|排名|名次|理由|原因|依据"
    r"|标准|规模|属地|所在地|归属地|乡镇|园区|主体|性质|方式|有效期|期限|期号|效力|品牌|荣誉|称号"
    r"|奖项|项目|事项|内容|标识|比例|占比|率|职务|职称|学历|性别|年龄|环节|流程|标签|币种|单价|合计)"
    r"(?:[（(].*[）)])?$"
)
_SHORT, _LONG = 10, 40


@lru_cache(maxsize=20_000)
def is_organisation(text: str) -> bool:
    """Whether the text looks like the name of an enterprise or institution."""
    bare = text.strip()
    if not 4 <= len(text) <= 80 or bare.startswith(_OF_ANOTHER):
        return False
    return bool(_ORGANISATION.search(bare))


def is_blank(cell: Cell) -> bool:
    """Nothing is written in it."""
    return isinstance(cell, str) and not cell.strip()


def is_year(cell: Cell) -> bool:
    """A bare year, as the lower row of a heading has it: 2023 or 2023年."""
    if isinstance(cell, str):
        return bool(
            re.fullmatch(r"(?:19|20)\d{2}\s*年?度?", unicodedata.normalize("NFKC", cell.strip()))
        )
    return isinstance(cell, (int, float)) and 1990 <= cell <= 2100 and cell == int(cell)


def as_heading(cell: Cell) -> str:
    """The text of a cell in a heading row; a year stored as a number is a year."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return f"{int(cell)}年" if is_year(cell) else str(int(cell))
    if isinstance(cell, datetime):
        cell = cell.date()
    return str(cell)


def heading_score(cell: Cell, known: Set[str]) -> float:
    """How much a cell looks like a heading: 3 known, 2 of a common form, below 0 like data."""
    if isinstance(cell, (date, datetime, time, timedelta, bool)):
        return -3
    if isinstance(cell, (int, float)):
        return 0.4 if is_year(cell) else -2
    return _text_score(cell.strip(), known if isinstance(known, frozenset) else frozenset(known))


@lru_cache(maxsize=20_000)
def _text_score(text: str, known: frozenset[str]) -> float:
    if len(text) > _LONG:
        return -2
    if exact_key(text) in known or bare_key(text) in known or is_ordinal(text):
        return 3
    if _LABELLED.search(text) and not text.endswith((":", "：")):
        return -3
    plain = unicodedata.normalize("NFKC", text)
    if is_year(text):
        return 0.4
    if is_organisation(text) or _DATA.search(plain):
        return -3
    if (_GENERIC.search(bare_key(text)) and len(text) <= 20) or year_heading(text):
        return 2
    if unit_of(plain.strip("()")):
        return 1
    return 0.4 if len(text) <= _SHORT and not any(map(str.isdigit, plain)) else -0.3
