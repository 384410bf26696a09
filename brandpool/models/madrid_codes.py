"""Code lists of filings abroad: parties, the International Register's tags, ways and states."""

import json
from collections.abc import Mapping
from typing import Any

from brandpool.models.field import Choice
from brandpool.paths import resources


def _document(name: str) -> Any:
    return json.loads((resources() / "reference" / f"{name}.json").read_text("utf-8"))


def _members() -> tuple[Choice, ...]:
    document: Mapping[str, Any] = _document("members")
    spelled: dict[str, list[str]] = {}
    for alias, code in document["aliases"].items():
        spelled.setdefault(code, []).append(alias)
    return tuple(
        Choice(row["code"], row["zh"], row["en"], tuple(spelled.get(row["code"], ())))
        for row in document["members"]
    )


PARTIES = _members()
"""Contracting Parties of the Madrid Protocol, also those no longer or not designated alone."""

ELSEWHERE = (
    Choice("HK", "中国香港", "Hong Kong, China", ("香港",)),
    Choice("MO", "中国澳门", "Macao, China", ("澳门",)),
    Choice("TW", "中国台湾", "Taiwan, China", ("台湾", "台湾地区")),
    Choice("ZA", "南非", "South Africa"),
    Choice("NG", "尼日利亚", "Nigeria"),
    Choice("AP", "非洲地区知识产权组织", "ARIPO", ("ARIPO",)),
    Choice("ET", "埃塞俄比亚", "Ethiopia"),
    Choice("TZ", "坦桑尼亚", "Tanzania"),
    Choice("UG", "乌干达", "Uganda"),
    Choice("AO", "安哥拉", "Angola"),
    Choice("LY", "利比亚", "Libya"),
    Choice("AR", "阿根廷", "Argentina"),
    Choice("PE", "秘鲁", "Peru"),
    Choice("EC", "厄瓜多尔", "Ecuador"),
    Choice("BO", "玻利维亚", "Bolivia"),
    Choice("VE", "委内瑞拉", "Venezuela"),
    Choice("UY", "乌拉圭", "Uruguay"),
    Choice("PY", "巴拉圭", "Paraguay"),
    Choice("CR", "哥斯达黎加", "Costa Rica"),
    Choice("PA", "巴拿马", "Panama"),
    Choice("GT", "危地马拉", "Guatemala"),
    Choice("DO", "多米尼加", "Dominican Republic"),
    Choice("KW", "科威特", "Kuwait"),
    Choice("IQ", "伊拉克", "Iraq"),
    Choice("JO", "约旦", "Jordan"),
    Choice("LB", "黎巴嫩", "Lebanon"),
    Choice("YE", "也门", "Yemen"),
    Choice("MM", "缅甸", "Myanmar"),
    Choice("NP", "尼泊尔", "Nepal"),
    Choice("BD", "孟加拉国", "Bangladesh"),
    Choice("LK", "斯里兰卡", "Sri Lanka"),
    Choice("FJ", "斐济", "Fiji"),
    Choice("XX", "其他国家或地区", "Elsewhere", ("其他",)),
)
"""Countries and regions outside the Madrid system where zone enterprises file directly."""

PLACES = PARTIES + tuple(
    place for place in ELSEWHERE if place.code not in {party.code for party in PARTIES}
)

TAGS = tuple(Choice(row["tag"], row["zh"], row["en"]) for row in _document("madrid_codes")["codes"])
SCOPES: Mapping[str, str] = {row["tag"]: row["scope"] for row in _document("madrid_codes")["codes"]}
"""Whether a record concerns the whole registration (IR), one party (CP) or those listed (CP*)."""

ROUTES = (
    Choice("application", "首次指定", "In the application", ("首次", "申请时指定", "国际注册申请")),
    Choice("subsequent", "后期指定", "Subsequent designation", ("后期",)),
)
BASES = (
    Choice("registration", "基础注册", "Basic registration", ("注册",)),
    Choice("application", "基础申请", "Basic application", ("申请",)),
)
GROUNDS = (
    Choice("ex_officio", "依职权", "Ex officio"),
    Choice("opposition", "依据异议", "Opposition", ("异议",)),
    Choice("both", "依职权和异议", "Both", ("两者",)),
)
LANGUAGES = (
    Choice("en", "英语", "English", ("EN", "ENG", "英文")),
    Choice("fr", "法语", "French", ("FR", "FRE", "法文")),
    Choice("es", "西班牙语", "Spanish", ("ES", "SPA", "西班牙文")),
)
FOREIGN_STATES = (
    Choice("planned", "拟申请", "Planned"),
    Choice("filed", "审查中", "Filed", ("申请中", "已申请", "已受理")),
    Choice("published", "公告中", "Published", ("初审公告", "公告")),
    Choice("opposed", "异议中", "Opposed"),
    Choice("refused", "驳回", "Refused", ("已驳回", "驳回复审")),
    Choice("registered", "已注册", "Registered", ("注册", "已核准", "核准注册")),
    Choice("lapsed", "已失效", "Lapsed", ("失效", "无效", "放弃", "到期")),
)
INTRODUCTIONS = (
    Choice("assignment", "受让", "Assignment", ("转让", "商标转让", "收购商标")),
    Choice("acquisition", "并购企业", "Acquisition", ("并购", "收购")),
    Choice("licence", "许可使用", "Licence", ("授权", "许可")),
    Choice("joint_venture", "合资", "Joint venture", ("合资企业",)),
    Choice("settlement", "品牌落户", "Settled in the zone", ("落户", "投资设立")),
    Choice("agency", "总代理", "General agency", ("代理", "总经销")),
    Choice("other", "其他", "Other"),
)
STEPS = (
    Choice("reminded", "已提醒", "Reminded", ("提醒",)),
    Choice("told", "已告知企业", "Told", ("已通知", "告知")),
    Choice("confirmed", "企业已确认", "Confirmed", ("确认续展", "企业确认")),
    Choice("filed", "已提交", "Filed", ("已提交续展", "提交")),
    Choice("recorded", "已核准", "Recorded", ("已续展", "核准")),
    Choice("given_up", "放弃续展", "Given up", ("放弃",)),
)
