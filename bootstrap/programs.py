"""See that the programs are there with which the tests check what we write: an office, a server."""

import glob
import os
import shutil
import sys

from bootstrap.packages import install_packages
from bootstrap.speech import SetupError, say
from bootstrap.stamps import read_stamp, write_stamp

# What a test starts, the file that shows it is there (beside soffice, or where Debian keeps its
# servers), and the packages that bring it. Without them those tests are skipped, and say so;
# nobody needs any of them to use the program.
PROGRAMS = [
    ("LibreOffice Calc", "libsclo.so", ("libreoffice-calc-nogui", "libreoffice-calc")),
    ("LibreOffice Writer", "libswlo.so", ("libreoffice-writer-nogui", "libreoffice-writer")),
    ("PostgreSQL", "pg_ctl", ("postgresql",)),
]


def found(part: str) -> bool:
    """Is this part of an office or of a server on the machine?"""
    office = os.path.dirname(os.path.realpath(shutil.which("soffice") or ""))
    beside = os.path.join(office, part) if office else ""
    servers = "/usr/lib/postgresql/*/bin/" + part
    return bool(shutil.which(part) or glob.glob(servers) or os.path.exists(beside or part))


def prepare_programs() -> None:
    """Install what is missing where that needs no question; otherwise name it and go on."""
    if not sys.platform.startswith("linux") or read_stamp("programs"):
        return
    wanted = [packages for _name, part, packages in PROGRAMS if not found(part)]
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install_packages(wanted)
        except SetupError as failure:
            say(*failure.args)
    absent = [name for name, part, _packages in PROGRAMS if not found(part)]
    if absent:
        names = ", ".join(absent)
        say(
            "没有 %s，用到它的测试会跳过。" % names,
            "%s: not here; the tests that start it are skipped." % names,
        )
        return
    write_stamp("programs", "found")
