"""See that the system has the libraries that Qt's wheels do not carry."""

import ctypes
import os
import sys

from bootstrap.packages import install_packages
from bootstrap.speech import SetupError, say
from bootstrap.stamps import read_stamp, write_stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    Libraries = list[tuple[str, tuple[str, ...]]]  # file name, names of the package that has it

# What Qt's own files name and the wheels do not carry, with the packages that bring it: the first
# name that apt knows is taken (…t64 is how Debian 13 and Ubuntu 24.04 call it). The names are the
# same on UOS and Kylin, which descend from Debian and Ubuntu.
QT_LIBRARIES = [
    ("libGL.so.1", ("libgl1",)),
    ("libEGL.so.1", ("libegl1",)),
    ("libX11.so.6", ("libx11-6",)),
    ("libxkbcommon.so.0", ("libxkbcommon0",)),
    ("libdbus-1.so.3", ("libdbus-1-3",)),
    ("libfontconfig.so.1", ("libfontconfig1",)),
    ("libfreetype.so.6", ("libfreetype6",)),
    ("libglib-2.0.so.0", ("libglib2.0-0", "libglib2.0-0t64")),
    ("libgthread-2.0.so.0", ("libglib2.0-0", "libglib2.0-0t64")),
    ("libzstd.so.1", ("libzstd1",)),
]  # type: Libraries
WINDOW_LIBRARIES = [
    ("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    ("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    ("libxcb-image.so.0", ("libxcb-image0",)),
    ("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    ("libxcb-randr.so.0", ("libxcb-randr0",)),
    ("libxcb-render.so.0", ("libxcb-render0",)),
    ("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    ("libxcb-shape.so.0", ("libxcb-shape0",)),
    ("libxcb-shm.so.0", ("libxcb-shm0",)),
    ("libxcb-sync.so.1", ("libxcb-sync1",)),
    ("libxcb-util.so.1", ("libxcb-util1", "libxcb-util0")),
    ("libxcb-xfixes.so.0", ("libxcb-xfixes0",)),
    ("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    ("libX11-xcb.so.1", ("libx11-xcb1",)),
    ("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
]  # type: Libraries


def has_display() -> bool:
    """Can a window be shown to anybody here?"""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def needs_window_libraries() -> bool:
    """A window on a screen needs more than one that nobody sees."""
    return has_display() and os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")


def missing(libraries: "Libraries") -> "Libraries":
    """Those of (file name, package names) that the system's loader cannot load."""
    absent = []
    for library in libraries:
        try:
            ctypes.CDLL(library[0])
        except OSError:
            absent.append(library)
    return absent


def prepare_libraries() -> None:
    """See that Qt will load; asked once, noted, and asked again only after a failure."""
    if not sys.platform.startswith("linux"):
        return
    libraries, level = QT_LIBRARIES, "offscreen"
    if needs_window_libraries():
        libraries, level = QT_LIBRARIES + WINDOW_LIBRARIES, "offscreen window"
    if level in read_stamp("libraries"):
        return
    absent = missing(libraries)
    if absent:
        names = ", ".join(name for name, _ in absent)
        say("缺少系统库：%s" % names, "System libraries are missing.")
        install_packages([packages for _, packages in absent])
        absent = missing(libraries)
    if absent:
        names = ", ".join(name for name, _ in absent)
        raise SetupError(
            "系统库仍无法加载：%s" % names, "System libraries still do not load: %s" % names
        )
    write_stamp("libraries", level)
