"""The clerk's settings: typed, kept in one small file, never in the pool."""

import getpass
from pathlib import Path
from typing import Literal

import msgspec

from brandpool.errors import UserError
from brandpool.paths import settings_file


class Settings(msgspec.Struct, kw_only=True):
    """What a clerk sets once. Unknown keys of a newer program are ignored, missing ones default."""

    clerk: str = msgspec.field(default_factory=getpass.getuser)
    station: str = ""
    zone: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    lang: Literal["zh", "en"] = "zh"
    pool: str = ""
    recent: list[str] = []
    backup_folder: str = ""
    mappings: dict[str, dict[str, str]] = {}
    columns: dict[str, dict[str, int]] = {}
    window: str = ""


def load(path: Path | None = None) -> Settings:
    """Read the settings; defaults when there are none yet.

    Raises UserError when the file is there but cannot be understood.
    """
    path = path or settings_file()
    if not path.is_file():
        return Settings()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except (msgspec.DecodeError, OSError) as bad:
        raise UserError(
            f"设置文件 {path} 无法读取（{bad}）。可删除它，程序将使用默认设置。"
        ) from bad


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings so that a power cut leaves the old file or the new one."""
    path = path or settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2))
    half.replace(path)
