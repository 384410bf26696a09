"""By which words a page or ledger is found: its names, what offices call it, and their pinyin."""

from collections.abc import Iterable, Mapping

from brandpool.models import pinyin
from brandpool.models.record import Record

ALSO: Mapping[str, tuple[str, ...]] = {
    "desk": ("期限", "待办", "提醒"),
    "enterprises": ("一企一档", "档案"),
    "pool": ("梯队", "升降级", "公示", "评定"),
    "shortlists": ("推荐名单", "报送", "查询"),
    "prospects": ("差距", "测算", "达标"),
    "marks": ("注册商标", "商标档案"),
    "madrid": ("国际注册", "境外布局", "境外商标"),
    "well_known": ("驰名商标保护", "个案认定", "证据目录"),
    "subsidies": ("补助", "奖励", "经费", "申领"),
    "targets": ("指标", "目标任务"),
    "stars": ("自评", "检查材料"),
    "charts": ("流向图", "统计图"),
    "statistics": ("汇总表", "报表"),
    "documents": ("月报", "呈批件", "公文"),
    "import": ("导入表格", "粘贴导入"),
    "duplicates": ("重复", "合并"),
    "history": ("撤销", "回收站", "操作记录"),
    "reference": ("节假日", "放假安排", "费率"),
    "settings": ("备份", "语言"),
    "honour": ("优势企业", "示范企业", "小巨人", "高新技术企业", "老字号"),
    "training": ("宣传活动", "主题活动"),
    "patent_year": ("规上清零", "高价值发明", "专利数"),
    "patent_portfolio": ("专利培育", "专利导航组合"),
    "ip_project": ("专利导航", "战略分析"),
    "ip_certificate": ("知识产权管理体系", "标准认证"),
    "purchased_patent": ("区外专利", "专利转让", "成果转化"),
    "patent_licence": ("实施许可",),
    "pledge": ("质押融资", "质押贷款"),
    "ip_insurance": ("专利保险", "商标保险"),
    "enforcement_case": ("侵权案件", "行政处罚"),
    "complaint": ("信访", "来信", "线索"),
    "mediation": ("多元化解", "人民调解", "行业调解"),
    "credit_listing": ("失信", "黑名单", "惩戒"),
    "secret_site": ("商业秘密基地",),
    "partner": ("协会", "保护合作"),
    "agency": ("代理机构",),
    "agency_year": ("服务业集聚区",),
    "custody_contract": ("托管合同",),
    "info_point": ("公共服务网点",),
    "station": ("指导站", "工作平台"),
    "group_member": ("成员单位",),
}
"""Other words under which offices look for a page or a ledger."""


def names_of(model: type[Record]) -> tuple[str, ...]:
    """What a ledger is called: in both languages, and by the words of the offices."""
    return (model.zh, model.en, *ALSO.get(model.kind(), ()))


def answers(names: Iterable[str], words: str) -> bool:
    """Whether these names are meant: by a part of one, or by the pinyin of a part."""
    return rank(names, words.strip().lower()) is not None


def rank(names: Iterable[str], wanted: str) -> int | None:
    """0 where a name begins with these (lower case) words, 1 where it holds them, 2 and 3 where
    its pinyin does; None where no name is meant.
    """
    found = (_rank_of(name.lower(), wanted) for name in names)
    return min((at for at in found if at is not None), default=None)


def _rank_of(name: str, wanted: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if name.isascii():
        return 1 if f" {wanted}" in name else None
    if wanted in name:
        return 1
    if not wanted.isascii() or len(wanted) == 1:
        return None
    spelled = (*pinyin.initials(name), *pinyin.spellings(name))
    if any(one.startswith(wanted) for one in spelled):
        return 2
    return 3 if any(wanted in one for one in spelled) else None
