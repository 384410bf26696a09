"""Enterprises of the zone: who they are, were called, whom to ask, and their figures by year."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from brandpool.models.enterprise_codes import CURRENCIES, MEASURES, SIZES, STATUSES
from brandpool.models.field import Kind
from brandpool.models.pinyin import sort_key
from brandpool.models.record import Record, field


class Enterprise(Record):
    """An enterprise the station serves, known outside by its unified social credit code."""

    __tablename__ = "enterprise"
    zh, en = "企业", "Enterprise"
    official = ("credit_code",)
    title_field = "name"

    name: Mapped[str | None] = field(
        "企业名称",
        "Name",
        required=True,
        searchable=True,
        index=True,
        aliases=(
            "单位名称",
            "公司名称",
            "企业全称",
            "名称",
            "申报单位",
            "申报企业",
            "主体名称",
            "市场主体名称",
            "企业（机构）名称",
            "机构名称",
            "企业",
            "单位",
            "申报单位名称",
            "企业单位名称",
            "承担单位",
            "获证单位",
            "获证组织名称",
            "组织名称",
            "法人名称",
            "公司",
            "企业名",
            "名单",
            "经营主体名称",
            "认定企业",
            "企业中文名称",
            "获证组织",
            "行政相对人名称",
            "纳税人名称",
            "市场主体",
            "经营主体",
            "申报主体",
            "申请单位",
            "获奖企业",
            "获奖单位",
            "入选企业",
            "商户名称",
            "店铺名称",
            "字号名称",
            "个体工商户名称",
            "合作社名称",
            "会员单位",
            "当事人名称",
        ),
    )
    credit_code: Mapped[str | None] = field(
        "统一社会信用代码",
        "Credit code",
        Kind.CODE,
        searchable=True,
        index=True,
        aliases=(
            "信用代码",
            "社会信用代码",
            "统一信用代码",
            "统一代码",
            "统一社会信用代码/注册号",
            "纳税人识别号",
            "统一社会信用代码（注册号）",
            "社会统一信用代码",
            "注册号/统一社会信用代码",
            "证照号码",
            "税号",
        ),
    )
    registration_no: Mapped[str | None] = field(
        "工商注册号",
        "Old registration number",
        Kind.CODE,
        searchable=True,
        listed=False,
        aliases=("注册号", "营业执照号", "营业执照注册号", "组织机构代码"),
    )
    status: Mapped[str | None] = field(
        "登记状态",
        "Status",
        Kind.CHOICE,
        choices=STATUSES,
        aliases=("经营状态", "企业状态", "状态", "存续状态", "营业状态", "主体状态"),
    )
    street: Mapped[str | None] = field(
        "所属街道",
        "Street",
        aliases=(
            "街道",
            "镇街",
            "街道（镇）",
            "所属镇街",
            "所在街道",
            "乡镇街道",
            "所属街道（园区）",
        ),
    )
    registered_address: Mapped[str | None] = field(
        "注册地址",
        "Registered address",
        aliases=(
            "住所",
            "企业地址",
            "地址",
            "注册地",
            "企业注册地址",
            "住所（注册地址）",
            "单位地址",
            "详细地址",
        ),
    )
    business_address: Mapped[str | None] = field(
        "经营地址",
        "Business address",
        listed=False,
        aliases=(
            "实际经营地址",
            "通信地址",
            "通讯地址",
            "办公地址",
            "生产经营地址",
            "最新年报地址",
        ),
    )
    industry: Mapped[str | None] = field(
        "所属行业",
        "Industry",
        aliases=(
            "行业",
            "行业类别",
            "国标行业",
            "行业分类",
            "行业代码",
            "行业门类",
            "国民经济行业",
            "国标行业门类",
            "产业领域",
            "技术领域",
            "所属领域",
            "所属产业",
        ),
    )
    size_class: Mapped[str | None] = field(
        "企业规模",
        "Size class",
        Kind.CHOICE,
        choices=SIZES,
        aliases=("规模", "企业规模（大中小微）", "规模类型"),
    )
    established: Mapped[date | None] = field(
        "成立日期",
        "Established",
        Kind.DATE,
        aliases=("成立时间", "注册日期", "注册时间", "设立日期", "登记日期"),
    )
    capital: Mapped[Decimal | None] = field(
        "注册资本",
        "Registered capital",
        Kind.MONEY,
        currency="capital_currency",
        unit="元",
        aliases=("注册资金", "注册资本（万元）", "注册资金（万元）", "认缴资本"),
    )
    capital_currency: Mapped[str | None] = field(
        "注册资本币种",
        "Capital currency",
        Kind.CHOICE,
        choices=CURRENCIES,
        listed=False,
        aliases=("币种", "注册资本货币"),
    )
    legal_representative: Mapped[str | None] = field(
        "法定代表人",
        "Legal representative",
        Kind.PERSON,
        searchable=True,
        aliases=(
            "法人",
            "法人代表",
            "法定代表人（负责人）",
            "负责人",
            "企业法人",
            "法人姓名",
            "经营者",
        ),
    )
    contact: Mapped[str | None] = field(
        "联系人",
        "Contact",
        Kind.PERSON,
        personal=True,
        aliases=("企业联系人", "联络人", "联系人姓名", "经办人"),
    )
    phone: Mapped[str | None] = field(
        "联系电话",
        "Phone",
        Kind.PHONE,
        personal=True,
        aliases=(
            "电话",
            "手机",
            "手机号",
            "联系方式",
            "联系人电话",
            "企业电话",
            "固定电话",
            "联系手机",
            "电话号码",
            "手机号码",
            "企业联系电话",
            "更多电话",
        ),
    )
    email: Mapped[str | None] = field(
        "电子邮箱",
        "E-mail",
        Kind.EMAIL,
        personal=True,
        listed=False,
        aliases=("邮箱", "Email", "E-mail", "联系邮箱"),
    )
    brand_officer: Mapped[str | None] = field(
        "品牌负责人",
        "Brand officer",
        Kind.PERSON,
        personal=True,
        aliases=("品牌联络员", "商标负责人", "知识产权负责人", "品牌专员", "知识产权联络员"),
    )
    brand_officer_phone: Mapped[str | None] = field(
        "品牌负责人电话",
        "Brand officer's phone",
        Kind.PHONE,
        personal=True,
        listed=False,
        aliases=("品牌联络员电话", "商标负责人电话", "知识产权负责人电话"),
    )
    products: Mapped[str | None] = field(
        "主要产品",
        "Main products",
        Kind.NOTE,
        listed=False,
        aliases=(
            "主导产品",
            "主营产品",
            "经营范围",
            "主要产品（服务）",
            "主营业务",
            "主要产品名称",
        ),
    )
    tags: Mapped[str | None] = field("标签", "Tags", Kind.TAGS, aliases=("企业标签", "类别标签"))
    used_since: Mapped[date | None] = field(
        "品牌首次使用日",
        "Brand used since",
        Kind.DATE,
        listed=False,
        aliases=("首次使用日期", "商标首次使用时间"),
    )
    above_scale: Mapped[bool | None] = field(
        "规上企业",
        "Above designated size",
        Kind.FLAG,
        listed=False,
        aliases=("是否规上", "规上", "规模以上"),
    )
    source: Mapped[str | None] = field(
        "信息来源", "Source", listed=False, aliases=("数据来源", "来源")
    )
    source_date: Mapped[date | None] = field(
        "信息截至日",
        "As of",
        Kind.DATE,
        listed=False,
        aliases=("数据截至日期", "截至日期", "更新日期"),
    )
    remark: Mapped[str | None] = field(
        "备注", "Remark", Kind.NOTE, listed=False, aliases=("说明", "备注说明")
    )

    pinyin: Mapped[str | None] = mapped_column(Text, index=True)

    @classmethod
    def derived(cls, _values: Mapping[str, Any]) -> dict[str, Any]:
        """The spelling by which lists are sorted."""
        return {"pinyin": sort_key(_values.get("name"))}


class FormerName(Record):
    """A name the enterprise bore until it changed it (曾用名)."""

    __tablename__ = "former_name"
    zh, en = "曾用名", "Former name"
    title_field = "name"

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True
    )
    name: Mapped[str | None] = field(
        "曾用名",
        "Former name",
        required=True,
        searchable=True,
        aliases=("原名称", "企业曾用名", "原企业名称", "变更前名称"),
    )
    until: Mapped[date | None] = field(
        "使用至", "Used until", Kind.DATE, aliases=("更名日期", "名称变更日期", "变更日期")
    )


class Contact(Record):
    """A person to ask at an enterprise; personal data, kept to what the visits need."""

    __tablename__ = "contact"
    zh, en = "联系人", "Contact"
    title_field = "name"

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True
    )
    name: Mapped[str | None] = field("姓名", "Name", Kind.PERSON, personal=True, required=True)
    position: Mapped[str | None] = field("职务", "Position", aliases=("岗位",))
    phone: Mapped[str | None] = field("电话", "Phone", Kind.PHONE, personal=True, aliases=("手机",))
    email: Mapped[str | None] = field("邮箱", "E-mail", Kind.EMAIL, personal=True)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE)


class YearlyFigure(Record):
    """One figure of one year with its unit and source: what an entry condition is judged by."""

    __tablename__ = "yearly_figure"
    zh, en = "年度数据", "Yearly figure"
    official = ("enterprise_id", "year", "measure")
    title_field = "measure"

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True
    )
    year: Mapped[int | None] = field(
        "年度",
        "Year",
        Kind.YEAR,
        required=True,
        aliases=("年份", "统计年度", "所属年度", "数据年度", "报告年度", "会计年度"),
    )
    measure: Mapped[str | None] = field(
        "指标", "Measure", Kind.CHOICE, choices=MEASURES, required=True, aliases=("指标名称",)
    )
    value: Mapped[Decimal | None] = field("数值", "Value", Kind.DECIMAL, required=True)
    unit: Mapped[str | None] = field("单位", "Unit")
    source: Mapped[str | None] = field("数据来源", "Source", aliases=("来源",))
    as_of: Mapped[date | None] = field("截至日", "As of", Kind.DATE)
