"""Which edition of the Nice Classification a mark was classified by."""

from datetime import date

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.law import in_force
from brandpool.rules.reference import Reference, shipped


def nice_edition(filing_date: date, *, ref: Reference | None = None) -> Explained:
    """The edition that governs an application by its filing date, and where spectacles stand in it.

    国家知识产权局关于启用尼斯分类新版本的通知: a new edition or text starts on 1 January and
    applies to applications filed from that day; older marks keep their classes. A year whose text
    is not yet in the data answers with the last known one, marked provisional.
    """
    data = (ref or shipped()).documents["nice"]
    article = "国家知识产权局关于启用尼斯分类新版本的通知"
    first = min(row["from"] for row in data["editions"])
    old = filing_date.isoformat() < first
    row = data["before_first"] if old else in_force(data["editions"], filing_date)
    unknown = filing_date.isoformat() > data["known_through"]
    note = said("该年的文本未录入，按最近一版") if unknown else ""
    step = Step(
        said("按申请日选择尼斯分类版本"), article, filing_date, provisional=unknown, note=note
    )
    answer = {
        "edition": row["edition"],
        "in_force_from": None if old else date.fromisoformat(row["from"]),
        "spectacles_class": row["spectacles_class"],
    }
    return Explained(answer, (step,))
