"""See that the programs are there with which the tests check what we write: an office, a server."""

import glob
import os
import shutil
import sys

from bootstrap.packages import install_packages
from bootstrap.speech import SetupError, say
from bootstrap.stamps import read_stamp, write_stamp

# What a test starts, with the packages that bring it. Without them those tests are skipped, and
# say so; nobody needs either to use the program.
PROGRAMS = [
    ("soffice", ("libreoffice-calc-nogui", "libreoffice-calc")),
    ("soffice", ("libreoffice-writer-nogui", "libreoffice-writer")),
    ("pg_ctl", ("postgresql",)),
]


def found(program: str) -> bool:
    """Is the program on the PATH, or where Debian keeps the servers of a database?"""
    return bool(shutil.which(program) or glob.glob("/usr/lib/postgresql/*/bin/" + program))


def prepare_programs() -> None:
    """Install what is missing where that needs no question; otherwise name it and go on."""
    if not sys.platform.startswith("linux") or read_stamp("programs"):
        return
    wanted = [packages for program, packages in PROGRAMS if not found(program)]
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install_packages(wanted)
        except SetupError as failure:
            say(*failure.args)
    absent = sorted({program for program, _ in PROGRAMS if not found(program)})
    if absent:
        names = ", ".join(absent)
        say(
            "没有 %s，用到它的测试会跳过。" % names,
            "%s: not here; the tests that start it are skipped." % names,
        )
        return
    write_stamp("programs", "found")
