"""What set-up tells the person at the terminal, in Chinese and English."""

import sys


class SetupError(Exception):
    """Set-up cannot go on; the arguments are the Chinese and the English sentence."""


def say(zh: str, en: str) -> None:
    """Write one line for the person at the terminal; standard output stays free for results."""
    try:
        sys.stderr.write("[BrandPool] %s  %s\n" % (zh, en))
    except UnicodeEncodeError:
        sys.stderr.write("[BrandPool] %s\n" % en)
    sys.stderr.flush()
