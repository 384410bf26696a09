"""The register of files with records that left the station (导出登记)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.shortlist import ExportEntry
from brandpool.services import records


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that left: its name, SHA-256 and rows, and whether people are named in it."""

    file_name: str
    file_hash: str
    row_count: int
    unmasked: bool = False
    reason: str = ""


def require_reason(*, unmasked: bool, reason: str) -> None:
    """Raises UserError when personal data is to leave unmasked without a purpose (PIPL art. 6)."""
    if unmasked and not reason.strip():
        raise UserError(_("导出未脱敏的个人信息须写明用途，没有导出。请填写用途，或按脱敏导出。"))


def register(session: Session, file: Exported, who: str, on: date) -> str:
    """Enter a file in the register; returns the entry's id.

    Raises UserError when it names people and no purpose is given.
    """
    require_reason(unmasked=file.unmasked, reason=file.reason)
    return records.add(
        session,
        ExportEntry,
        {
            "file_name": file.file_name,
            "exported": on,
            "exported_by": who or None,
            "row_count": file.row_count,
            "unmasked": file.unmasked,
            "reason": file.reason.strip() or None,
            "file_hash": file.file_hash,
        },
    )
