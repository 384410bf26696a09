"""Field packs of the sample pool: one come home, one out, one overdue."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from brandpool.services import packs
from brandpool.services.packs import Outing

_ROUNDS = (
    ("示例走访员甲", 40, 26, 33),
    ("示例走访员乙", 4, -10, None),
    ("示例走访员丙", 19, 5, None),
)
"""Who took a pack, and how many days ago it was taken, due and returned."""
_EACH = 4


def fill(session: Session, enterprises: Sequence[str], today: date) -> None:
    """Enter the packs in the register; four enterprises each, fewer in a very small pool."""
    for number, (person, taken, due, back) in enumerate(_ROUNDS):
        members = tuple(enterprises[number * _EACH : (number + 1) * _EACH])
        on = today - timedelta(days=taken)
        pack_no = f"WQ{on:%Y%m%d}-0000000{number + 1}"
        outing = Outing(
            pack_no, f"{person}，{len(members)} 家企业（示例）", person, on,
            today - timedelta(days=due), members, "示例：秋季走访", made_by="示例经办人",
        )  # fmt: skip
        packs.register(session, outing)
        if back is not None:
            packs.give_back(session, pack_no, today - timedelta(days=back))
