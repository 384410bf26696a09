"""The leading group (领导小组): who sits in it for which unit, and what each unit has to do."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

ROLES = (
    Choice("leader", "组长", "Leader"),
    Choice("deputy", "副组长", "Deputy leader"),
    Choice("member", "成员", "Member", ("小组成员",)),
    Choice("office_head", "办公室主任", "Head of the office", ("领导小组办公室主任",)),
    Choice("liaison", "联络员", "Liaison"),
)


def _unit() -> Mapped[str | None]:
    return field(
        "成员单位", "Unit", required=True, searchable=True,
        aliases=("单位", "所在单位", "责任单位", "牵头单位", "单位名称"),
    )  # fmt: skip


class GroupMember(Record):
    """One person in the group for one unit and term; the tasks are the unit's."""

    __tablename__ = "group_member"
    zh, en = "领导小组成员", "Leading group member"
    title_field = "person"
    same_by = ("unit", "role", "person", "starts")
    ledger = True

    unit: Mapped[str | None] = _unit()
    role: Mapped[str | None] = field(
        "组内职务", "Role", Kind.CHOICE, choices=ROLES, required=True,
        aliases=("角色", "小组职务", "组内身份"),
    )  # fmt: skip
    person: Mapped[str | None] = field(
        "姓名", "Person", Kind.PERSON, required=True, searchable=True, aliases=("成员姓名",)
    )
    post: Mapped[str | None] = field("职务", "Post", aliases=("行政职务", "单位职务"))
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "联系方式"), listed=False
    )
    starts: Mapped[date | None] = field(
        "任期起", "From", Kind.DATE, aliases=("任职日期", "任期开始", "起始日期")
    )
    ends: Mapped[date | None] = field(
        "任期止", "Until", Kind.DATE, aliases=("离任日期", "任期结束", "截止日期")
    )
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("任命文号",))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class GroupTask(Record):
    """One task of one unit; it stays the unit's, whoever sits in the group for it."""

    __tablename__ = "group_task"
    zh, en = "领导小组任务", "Leading group task"
    title_field = "task"
    same_by = ("unit", "task", "due")
    ledger = True

    unit: Mapped[str | None] = _unit()
    task: Mapped[str | None] = field(
        "任务", "Task", required=True, searchable=True, aliases=("任务内容", "工作任务", "工作事项")
    )
    basis: Mapped[str | None] = field(
        "任务依据", "Basis", aliases=("依据", "政策条款", "来源"), listed=False
    )
    assigned_on: Mapped[date | None] = field(
        "交办日期", "Assigned", Kind.DATE, aliases=("下达日期",), listed=False
    )
    due: Mapped[date | None] = field(
        "完成期限", "Due", Kind.DATE, aliases=("截止日期", "完成时限", "时限")
    )
    done_on: Mapped[date | None] = field(
        "完成日期", "Done", Kind.DATE, aliases=("办结日期", "完成时间")
    )
    result: Mapped[str | None] = field(
        "完成情况", "Result", Kind.NOTE, aliases=("进展", "进展情况")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
