"""Where the environment is, and the notes in it that say what it was made from."""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"


def venv_python() -> str:
    """The interpreter of the environment, whether or not it exists."""
    if sys.platform == "win32":
        return os.path.join(VENV, "Scripts", "python.exe")
    return os.path.join(VENV, "bin", "python")


def inside() -> bool:
    """Is this process run by the environment's own interpreter?"""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def read_stamp(name: str) -> str:
    """What was last noted about a lock or the libraries; empty when nothing was."""
    try:
        with open(os.path.join(VENV, name + ".stamp"), encoding="ascii") as file:
            return file.read()
    except (OSError, UnicodeError):
        return ""


def write_stamp(name: str, text: str) -> None:
    """Note it whole or not at all, whenever the power goes."""
    path = os.path.join(VENV, name + ".stamp")
    with open(path + ".part", "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".part", path)


def digest(lock: str) -> str:
    """The hash of a lock file's text, whatever line ends git gave it."""
    import hashlib

    with open(os.path.join(ROOT, lock), "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def is_current(lock: str) -> bool:
    """Does the environment match this lock, and is it made for the Python that now runs it?"""
    words = read_stamp(lock).split()
    if len(words) != 2 or words[0] != digest(lock) or not os.path.exists(venv_python()):
        return False
    return not inside() or words[1] == "%d.%d" % sys.version_info[:2]
