"""What set-up tells the person at the terminal, in Chinese and English."""

import sys


class SetupError(Exception):
    """Set-up cannot go on; the arguments are the Chinese and the English sentence."""


def say(zh: str, en: str) -> None:
    """Write one line for the person at the terminal; standard output stays free for results."""
    try:
        zh.encode(sys.stderr.encoding)
        line = "%s  %s" % (zh, en)
    except UnicodeEncodeError:  # a terminal without Chinese
        line = en
    sys.stderr.write("[BrandPool] %s\n" % line)
    sys.stderr.flush()
