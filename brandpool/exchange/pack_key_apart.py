"""The key of a pack in a process of its own: the seconds it takes stop neither window nor clerk.

The passphrase and the key go through pipes and are written nowhere.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from brandpool import i18n
from brandpool.errors import UserError
from brandpool.exchange import pack_key
from brandpool.exchange.pack_key import Key
from brandpool.i18n import _

Check = Callable[[], object]
"""Is asked ten times a second; may raise to break off."""
_ROOT = Path(__file__).resolve().parent.parent.parent
_PULSE = 0.1


def new(passphrase: str, check: Check) -> Key:
    """Draw a key and seal it, as `pack_key.new`; raises what that raises, and what `check` does."""
    return _asked({"passphrase": passphrase}, check)


def unlock(sealed: bytes, passphrase: str, check: Check) -> Key:
    """The key that this passphrase opens, as `pack_key.unlock`."""
    told = {"passphrase": passphrase, "sealed": b64encode(sealed).decode("ascii")}
    return _asked(told, check)


def answer(told: dict[str, Any]) -> dict[str, Any]:
    """What the other process says: a key, or why there is none."""
    i18n.use(told["lang"])
    try:
        if "sealed" in told:
            key = pack_key.unlock(b64decode(told["sealed"]), told["passphrase"])
        else:
            key = pack_key.new(told["passphrase"])
    except UserError as refusal:
        return {"refused": str(refusal)}
    return {"sealed": b64encode(key.sealed).decode("ascii"), "identity": key.identity}


def _asked(told: dict[str, Any], check: Check) -> Key:
    question: bytes | None = json.dumps({**told, "lang": i18n.lang()}).encode()
    with subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", __name__],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        try:
            while True:
                check()
                try:
                    out, bad = process.communicate(question, timeout=_PULSE)
                    break
                except subprocess.TimeoutExpired:
                    question = None
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        reason = bad.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UserError(
            _("口令没有算完（{reason}）。请关闭其他程序腾出内存后再试。").format(reason=reason)
        )
    said = json.loads(out)
    if "refused" in said:
        raise UserError(said["refused"])
    return Key(b64decode(said["sealed"]), said["identity"])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
