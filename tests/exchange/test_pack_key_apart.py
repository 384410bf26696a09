"""A key made or opened by another process is the same key, and can be waited for or left."""

import time

import pytest

from brandpool.errors import UserError
from brandpool.exchange import pack_key_apart
from tests.exchange.pack_parts import WORDS, quick_key


class Left(Exception):  # noqa: N818 - nothing failed
    """The clerk pressed cancel."""


def on() -> None:
    """Goes on."""


def test_the_passphrase_opens_what_it_sealed() -> None:
    key = quick_key()
    assert pack_key_apart.unlock(key.sealed, WORDS, on) == key


def test_another_passphrase_is_refused_with_its_sentence() -> None:
    with pytest.raises(UserError, match="口令不对"):
        pack_key_apart.unlock(quick_key().sealed, "不是这个口令", on)
    with pytest.raises(UserError, match="口令太短"):
        pack_key_apart.new("短", on)


def test_it_can_be_left_at_once() -> None:
    begun = time.monotonic()

    def leave() -> None:
        if time.monotonic() > begun + 0.3:
            raise Left

    with pytest.raises(Left):
        pack_key_apart.new("够长的一个口令 2026", leave)
    assert time.monotonic() < begun + 2
