"""What the flow words of the register and of data vendors say about a mark's legal status."""

from brandpool.rules.reference import Reference, shipped

UNCLEAR = "其他待核"


def bucket(word: str, *, ref: Reference | None = None) -> str:
    """The status bucket of a flow word: 已注册, 初审公告, 驳回/复审中 …; 其他待核 if unknown.

    A step of the flow is no legal status (驳回复审完成 can be either outcome): validity and events
    decide, this word only where there are none.
    """
    words = (ref or shipped()).documents["status_words"]["words"]
    return str(words.get(word.strip(), UNCLEAR))


def buckets(*, ref: Reference | None = None) -> tuple[str, ...]:
    """All buckets in the order lists show them."""
    return tuple((ref or shipped()).documents["status_words"]["buckets"])
