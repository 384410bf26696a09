#!/usr/bin/env python3
"""Start BrandPool: make its Python environment, then the window, a command or the tests.

    python3 main.py                 the window
    python3 main.py COMMAND …       a command (list them with --help)
    python3 main.py test [words]    the tests; further words go to pytest

Standard library only, and old syntax only: this file must start on any Python 3 far enough to say
which one is needed. The work is done in two steps that run the same file: the Python that was
typed makes ``.venv`` match the lock and starts the Python in it, and that one does what was asked.
"""

import os
import sys

from bootstrap.speech import SetupError, say
from bootstrap.stamps import (
    ROOT,
    RUNTIME_LOCK,
    TEST_LOCK,
    inside,
    is_current,
    venv_python,
    write_stamp,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

RETRIED = "BRANDPOOL_LIBRARIES_RETRIED"
HANDED = "BRANDPOOL_HANDED_OVER"
FILES = (".brandpool", ".brandpack")


def wants_window(words: "list[str]") -> bool:
    """Only options and the name of a pool or pack mean the window; other words are a command."""
    if {"-h", "--help", "--version"} & set(words):
        return False
    after_pool = {index + 1 for index, word in enumerate(words) if word == "--pool"}
    files = {index for index, word in enumerate(words) if word.endswith(FILES)}
    known = after_pool | files
    return all(word.startswith("-") or index in known for index, word in enumerate(words))


def run(words: "list[str]") -> int:
    """Do what was asked, inside the environment; returns the exit code."""
    if words[:1] == ["test"]:
        return run_tests(words[1:])
    if not wants_window(words):
        from brandpool.cli.main import main as command

        return command(words)
    from bootstrap.libraries import has_display

    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        say("没有显示器，窗口在后台运行（offscreen）。", "No display: the window runs offscreen.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from brandpool.app import main as window

    return window(words)


def run_tests(words: "list[str]") -> int:
    """Run pytest with further words; nothing is shown on a screen."""
    import pytest

    os.chdir(ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    spread = [] if any(word.startswith(("-n", "--pdb")) for word in words) else ["-n", "auto"]
    return int(pytest.main(spread + words))


def hand_over(words: "list[str]") -> "NoReturn":
    """Start this file again with the environment's Python, and end as it ends."""
    if HANDED in os.environ:
        raise SetupError(
            "%s 不认得自己的环境，请删除 .venv 后重试。" % venv_python(),
            "%s does not know its environment; delete .venv and start again." % venv_python(),
        )
    os.environ[HANDED] = "1"
    os.environ.pop("PYTHONHOME", None)
    command = [venv_python(), os.path.join(ROOT, "main.py"), *words]
    if sys.platform == "win32":
        import subprocess

        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def run_or_look_again(words: "list[str]") -> int:
    """Do what was asked; where a system library has gone since it was noted, look again, once."""
    try:
        return run(words)
    except ImportError as error:
        if ".so" not in str(error) or RETRIED in os.environ:
            raise
    from bootstrap.libraries import prepare_libraries

    say("系统库无法加载，重新检查……", "A system library does not load; looking again.")
    write_stamp("libraries", "")
    prepare_libraries()
    os.environ[RETRIED] = "1"
    return hand_over(words)


def main(words: "list[str]") -> int:
    """Set up what is missing, then do what was asked; returns the exit code."""
    testing = words[:1] == ["test"]
    locks = [RUNTIME_LOCK, TEST_LOCK] if testing else [RUNTIME_LOCK]
    if testing:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if inside():
        os.environ.pop(HANDED, None)
    try:
        current = all(is_current(lock) for lock in locks)
        if not current:
            from bootstrap.environment import set_up

            set_up(locks)
        if not current or not inside():
            hand_over(words)
        if testing or wants_window(words):
            from bootstrap.libraries import prepare_libraries

            prepare_libraries()
        if testing:
            from bootstrap.programs import prepare_programs

            prepare_programs()
        return run_or_look_again(words)
    except SetupError as failure:
        say(*failure.args)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
