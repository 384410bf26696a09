"""Chinese marks: one record per registration number and Nice class, and what the office shows."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.mark_codes import MARK_FORMS, MARK_TYPES, STATUSES
from brandpool.models.record import Record, field


class Trademark(Record):
    """A mark in one class, known outside by its number and class.

    `status` is the bucket last written, from events and dates; where it is `status_fixed` a person
    has set it, for `status_reason`. `status_text` keeps the office's own words. A date here is what
    the register or the clerk recorded; computed ones are never stored.
    """

    __tablename__ = "trademark"
    zh, en = "商标", "Trademark"
    official = ("reg_no", "nice_class")
    title_field = "name"

    enterprise_id: Mapped[str | None] = field(
        "所属企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("归属企业", "统一社会信用代码", "信用代码"),
    )  # fmt: skip
    reg_no: Mapped[str | None] = field(
        "注册号", "Registration no.", Kind.CODE, required=True, searchable=True, index=True,
        aliases=(
            "申请号", "申请/注册号", "商标注册号", "受理/注册号", "注册/申请号", "注册号/申请号",
            "商标号", "商标注册证号", "注册证号", "申请号/注册号",
        ),
    )  # fmt: skip
    nice_class: Mapped[int | None] = field(
        "国际分类", "Nice class", Kind.NUMBER, required=True,
        aliases=(
            "类别", "商标分类", "尼斯分类", "第N类", "商标类别", "类别1-45", "国际类别", "分类",
            "类别号", "核定类别", "商品类别", "国际分类号", "注册类别",
        ),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "商标名称", "Mark", required=True, searchable=True,
        aliases=("商标名", "商标", "注册商标", "商标文字", "注册商标名称", "品牌名称"),
    )  # fmt: skip
    status: Mapped[str | None] = field(
        "状态归类", "Status", Kind.CHOICE, choices=STATUSES, index=True, aliases=("商标状态归类",)
    )
    status_text: Mapped[str | None] = field(
        "官方状态原文", "Office's words",
        aliases=(
            "商标状态", "流程状态", "法律状态", "最新状态", "状态", "商标流程", "商标状态图标",
            "当前状态", "环节名称",
        ),
    )  # fmt: skip
    is_main: Mapped[bool | None] = field(
        "主商标", "Main mark", Kind.FLAG, aliases=("是否主商标", "核心商标", "主打商标")
    )
    owner: Mapped[str | None] = field(
        "登记权利人", "Owner as registered", searchable=True,
        aliases=(
            "申请人", "申请人名称", "申请人(中文)", "注册人", "权利人", "企业名称", "商标权人",
            "申请人名称（中文）", "申请人名称中文", "注册人名称", "商标注册人", "持有人", "所有人",
            "权利人名称", "申请人中文", "商标权利人",
        ),
    )  # fmt: skip
    owner_en: Mapped[str | None] = field(
        "权利人外文名称", "Owner in English", listed=False,
        aliases=("申请人名称（英文）", "申请人(英文)", "申请人英文", "申请人名称英文"),
    )  # fmt: skip
    owner_address: Mapped[str | None] = field(
        "权利人地址", "Owner's address", listed=False,
        aliases=("申请人地址（中文）", "申请人地址中文", "申请人地址", "注册人地址"),
    )  # fmt: skip
    co_owned: Mapped[bool | None] = field(
        "共有商标", "Co-owned", Kind.FLAG, listed=False, aliases=("是否共有商标", "是否共有")
    )
    co_owners: Mapped[str | None] = field(
        "共有人", "Co-owners", listed=False, aliases=("共有人1", "共有申请人", "共有人名称")
    )
    mark_type: Mapped[str | None] = field(
        "商标类型", "Type", Kind.CHOICE, choices=MARK_TYPES, aliases=("类型", "商标种类")
    )
    form: Mapped[str | None] = field(
        "商标形式", "Form", Kind.CHOICE, choices=MARK_FORMS, listed=False,
        aliases=("类型0文字1图案2复合", "商标构成", "商标图样类型"),
    )  # fmt: skip
    filed: Mapped[date | None] = field(
        "申请日期", "Filed", Kind.DATE, aliases=("申请日", "申请时间", "受理日期", "递交日期")
    )
    prelim_issue: Mapped[str | None] = field(
        "初审公告期号", "Preliminary issue", listed=False, aliases=("初审公告期", "初审期号")
    )
    prelim_published: Mapped[date | None] = field(
        "初审公告日期", "Preliminarily published", Kind.DATE,
        aliases=("初审公告日", "初步审定公告日期", "初审日期", "初审公告时间"),
    )  # fmt: skip
    reg_issue: Mapped[str | None] = field(
        "注册公告期号", "Registration issue", listed=False, aliases=("注册公告期", "注册期号")
    )
    reg_published: Mapped[date | None] = field(
        "注册公告日期", "Registration published", Kind.DATE,
        aliases=("注册公告日", "注册公告时间"),
    )  # fmt: skip
    registered_on: Mapped[date | None] = field(
        "注册日期", "Registered", Kind.DATE,
        aliases=("注册日", "核准注册日", "核准注册日期", "注册时间", "核准日期"),
    )  # fmt: skip
    valid_from: Mapped[date | None] = field(
        "专用权起始日", "Valid from", Kind.DATE, listed=False,
        aliases=(
            "专用权期限开始日期", "有效期起", "专用期起", "有效期开始", "有效期自", "专用权开始日",
            "有效期始", "专用权起",
        ),
    )  # fmt: skip
    valid_until: Mapped[date | None] = field(
        "专用权期限", "Valid until", Kind.DATE,
        aliases=(
            "商标使用期限时间段", "有效期", "起止", "专用权期限结束日期", "有效期至", "有效期止",
            "专用期", "专用期限", "专用权届满日", "到期日期", "到期日", "截止日期", "有效期限",
            "专用权截止日", "专用权止", "商标有效期", "起止日期",
        ),
    )  # fmt: skip
    priority_date: Mapped[date | None] = field(
        "优先权日期", "Priority", Kind.DATE, listed=False, aliases=("优先权日",)
    )
    goods: Mapped[str | None] = field(
        "商品/服务", "Goods and services", Kind.NOTE, listed=False,
        aliases=("商品服务", "核定使用商品", "商品", "核定商品", "商品/服务项目", "使用商品"),
    )  # fmt: skip
    similar_groups: Mapped[str | None] = field(
        "类似群", "Similar groups", listed=False, aliases=("类似群组", "群组", "类似群号")
    )
    nice_edition: Mapped[str | None] = field(
        "尼斯版本", "Nice edition", listed=False, aliases=("尼斯分类版本", "区分表版本")
    )
    colour: Mapped[bool | None] = field(
        "指定颜色", "Colour claimed", Kind.FLAG, listed=False, aliases=("是否指定颜色", "彩色")
    )
    agent: Mapped[str | None] = field(
        "代理机构", "Agent", listed=False,
        aliases=("代理/办理机构", "代理公司", "代理所", "代理人名称", "代理组织", "代理人"),
    )  # fmt: skip
    ir_date: Mapped[date | None] = field(
        "国际注册日期", "International registration date", Kind.DATE, listed=False
    )
    later_designated: Mapped[date | None] = field(
        "后期指定日期", "Later designated", Kind.DATE, listed=False
    )
    department: Mapped[str | None] = field(
        "提请部门", "Requested by", listed=False, aliases=("申请部门",)
    )
    subsidy: Mapped[str | None] = field(
        "资助领取情况", "Subsidy received", listed=False, aliases=("资助情况",)
    )
    status_fixed: Mapped[bool | None] = field(
        "状态由人工认定", "Status set by hand", Kind.FLAG, listed=False
    )
    status_reason: Mapped[str | None] = field(
        "人工认定理由", "Why set by hand", Kind.NOTE, listed=False
    )
    source: Mapped[str | None] = field(
        "信息来源", "Source", listed=False, aliases=("数据来源", "来源")
    )
    source_date: Mapped[date | None] = field(
        "信息截至日", "As of", Kind.DATE, listed=False, aliases=("数据截至日期", "更新日期")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False, aliases=("说明",))
