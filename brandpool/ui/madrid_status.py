"""The states that the law gives to registrations and designations, in the window's language."""

from brandpool.i18n import _
from brandpool.rules import designation as law


def status_word(status: str) -> str:
    """A derived state in words; what is not listed comes from the Register as it is."""
    return {
        law.EXAMINED: _("审查中"),
        law.EXTENDED: _("审查中（异议延长）"),
        law.INTERIM: _("临时状态：可被异议"),
        law.TACIT: _("默示保护"),
        law.TACIT_RESERVED: _("默示保护（第5条保留期内）"),
        law.GRANTED: _("给予保护"),
        law.PARTLY_GRANTED: _("部分给予保护"),
        law.REFUSED: _("驳回确认"),
        law.TOTAL_REFUSAL: _("全部临时驳回"),
        law.PARTIAL_REFUSAL: _("部分临时驳回"),
        law.INVALID: _("宣告无效（全部）"),
        law.PARTLY_INVALID: _("宣告无效（部分）"),
        law.LAPSED: _("期满失效"),
        law.NOT_RENEWED_HERE: _("未续展（该方）"),
        law.CEASED: _("国际注册撤销（基础终止效力）"),
        "放弃": _("放弃"),
        "全部注销": _("全部注销"),
        "第二段单独规费未缴撤销": _("第二段单独规费未缴撤销"),
        "终局:其他": _("终局：其他"),
        "待提交": _("待提交"),
        "已提交商标局": _("已提交商标局"),
        "已转送国际局": _("已转送国际局"),
        "已国际注册": _("已国际注册"),
        "续展窗口": _("续展窗口"),
        "宽展期": _("宽展期"),
    }.get(status, status)
