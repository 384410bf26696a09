"""Information outlets and navigation bases: those that count on a day, by level."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.info_point import InfoPoint
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import live


def counted(session: Session, on: date, kind: str = "", level: str = "") -> Counted:
    """The points granted by a day and still valid on it, of one kind and level or of all.

    The last day of validity counts. One without a day of granting is unknown; one without an end
    counts until it has one.
    """
    rows = [
        row
        for row in live(session, InfoPoint)
        if kind in ("", row["point_kind"])
        and level in ("", row["level"])
        and (row["valid_until"] is None or row["valid_until"] >= on)
    ]
    sound = [r["id"] for r in rows if r["granted_on"] is not None and r["granted_on"] <= on]
    unsure = [r["id"] for r in rows if r["granted_on"] is None]
    text = _("{day} 已授牌、在有效期内的信息公共服务网点和专利导航服务基地。").format(day=on)
    name = InfoPoint.kind()
    return Counted(len(sound), _("个"), keys(name, sound), text, keys(name, unsure))
