"""The period a list is on public notice (公示) before it becomes effective."""

from datetime import date, timedelta

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import ONE_DAY
from brandpool.rules.reference import Reference, shipped


def public_notice(
    published: date,
    n: int,
    count_first: bool = False,
    working_days: bool = True,
    *,
    ref: Reference | None = None,
) -> Explained:
    """The last day of a public notice of n working days (or calendar days).

    公示通知载明的期限: the day of publication is not counted unless the notice says so.
    """
    ref = ref or shipped()
    if n < 1:
        raise UserError("n：公示天数须为1或更多")
    article = "公示通知载明的期限"
    start = Step(
        said("公示发布"),
        article,
        published,
        note=said("当日计入") if count_first else said("当日不计"),
    )
    if not working_days:
        end = published + timedelta(days=n - int(count_first))
        first = published if count_first else published + ONE_DAY
        return Explained(
            {"start": first, "end": end}, (start, Step(said("公示{n}日届满", n=n), article, end))
        )
    first = ref.china.nth_open_day(published, 1, count_start=count_first)
    end = ref.china.nth_open_day(published, n, count_start=count_first)
    step = ref.china.counted(said("公示{n}个工作日届满", n=n), article, published, end)
    return Explained({"start": first, "end": end}, (start, step))
