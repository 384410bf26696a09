"""Where the program keeps its own files and the station's."""

import hashlib
import platform
import uuid
from pathlib import Path

import platformdirs

APP = "BrandPool"
POOL_SUFFIX = ".brandpool"


def resources() -> Path:
    """The folder of data that ships with the program: reference/, fonts/, i18n/, templates/."""
    return Path(__file__).resolve().parent.parent / "resources"


def settings_file() -> Path:
    """The clerk's own settings; one file per user of the machine."""
    return platformdirs.user_config_path(APP, appauthor=False) / "settings.json"


def own_templates() -> Path:
    """The folder for the station's own Word templates; they win over the shipped ones."""
    return platformdirs.user_config_path(APP, appauthor=False) / "templates"


def log_file() -> Path:
    """The rotating log, for the crash box and for whoever helps the clerk."""
    return platformdirs.user_log_path(APP, appauthor=False) / "brandpool.log"


def default_pool() -> Path:
    """The pool that opens when none is named."""
    return platformdirs.user_documents_path() / APP / f"品牌培育库{POOL_SUFFIX}"


def sample_pool() -> Path:
    """The sample pool, kept apart from every real one."""
    return platformdirs.user_data_path(APP, appauthor=False) / f"示例库{POOL_SUFFIX}"


def machine() -> str:
    """A short mark of this machine, to notice that a pool file was copied to another one."""
    seed = f"{platform.node()}/{uuid.getnode():012x}"
    return hashlib.sha256(seed.encode()).hexdigest()[:12]
