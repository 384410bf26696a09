"""The key of a pack: drawn anew for each, and itself sealed under a passphrase (age, scrypt)."""

from dataclasses import dataclass, field

from brandpool.errors import UserError
from brandpool.i18n import _

SHORTEST = 8
LARGEST_SEALED = 4096


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a pack. `sealed` stands at its head; `identity` never leaves the memory.

    Whoever cannot open `sealed` can neither read a pack nor make one that opens with it, since
    the public half of the identity is written nowhere.
    """

    sealed: bytes
    identity: str = field(repr=False)


def new(passphrase: str) -> Key:
    """Draw a key and seal it: two files of the age format, of which this is the first.

    Takes some seconds and up to a gigabyte of memory, which is what makes guessing dear. Raises
    UserError for a passphrase of fewer than SHORTEST characters.
    """
    import pyrage  # type: ignore[import-untyped]

    if len(passphrase) < SHORTEST:
        raise UserError(
            _("口令太短，没有制作外勤包。请用 {number} 个以上字符的口令。").format(number=SHORTEST)
        )
    identity = str(pyrage.x25519.Identity.generate())
    return Key(pyrage.passphrase.encrypt(identity.encode(), passphrase), identity)


def unlock(sealed: bytes, passphrase: str) -> Key:
    """The key that this passphrase opens. Raises UserError when it does not."""
    import pyrage

    try:
        identity = pyrage.passphrase.decrypt(sealed, passphrase).decode("ascii")
        pyrage.x25519.Identity.from_str(identity)
    except (pyrage.DecryptError, pyrage.IdentityError, OSError, UnicodeDecodeError) as bad:
        raise UserError(
            _("口令不对，或外勤包的开头已被改动，没有打开。请核对口令，或请对方重新制作。")
        ) from bad
    return Key(sealed, identity)
