"""Law, holidays, tariffs and the like as the station keeps them newer than the program's."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

DOCUMENTS = (
    Choice("holidays", "节假日安排", "Holidays", ("放假安排",)),
    Choice("fees", "马德里规费", "Madrid fees", ("费率",)),
    Choice("law", "国内法期限", "Chinese law"),
    Choice("wipo_closed_days", "国际局闭馆日", "WIPO closed days"),
    Choice("members", "缔约方与声明", "Members and declarations"),
    Choice("maintenance", "境外维护义务", "Duties abroad"),
    Choice("response_times", "临时驳回答复期限", "Response times"),
    Choice("status_words", "商标状态词", "Status words"),
    Choice("nice", "尼斯分类版本", "Nice editions"),
    Choice("madrid_codes", "国际注册记录代码", "Register codes"),
    Choice("identifiers", "证照代码", "Identifiers"),
    Choice("docket", "期限提醒", "Docket"),
    Choice("protection", "保护与服务参数", "Protection and service"),
    Choice("fieldwork", "走访设置", "Fieldwork"),
    Choice("indicators", "目标指标", "Indicators of targets"),
    Choice("stars", "星级评价", "Star rating"),
    Choice("inspection", "检查清单", "Inspection checklist"),
    Choice("well_known", "驰名保护参数", "Well-known marks"),
    Choice("effort", "工作量设定", "Effort of service"),
)


class ReferenceDocument(Record):
    """One reference document as edited or imported here, used instead of the shipped one.

    `body` is the whole document (JSON); it counts from the day `starts`. Of several versions the
    one that started last counts.
    """

    __tablename__ = "reference_document"
    zh, en = "参考数据", "Reference data"
    official = ("name", "starts")
    title_field = "name"

    name: Mapped[str | None] = field("名称", "Name", Kind.CHOICE, choices=DOCUMENTS, required=True)
    starts: Mapped[date | None] = field("启用日期", "Used from", Kind.DATE, required=True)
    source: Mapped[str | None] = field("来源", "Source", aliases=("文号",))
    body: Mapped[str | None] = field("内容", "Content", Kind.NOTE, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE)
