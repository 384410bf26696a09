"""A PostgreSQL server of the tests' own, started and stopped by them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SETTINGS = "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


def programs() -> Path:
    """The folder of the server's programs. Skips the test when there is none on this machine."""
    on_path = shutil.which("pg_ctl")
    places = [Path(on_path).parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    pytest.skip("no PostgreSQL server is installed on this machine")


def unprivileged() -> list[str]:
    """What a command starts with so that it does not run as root, which the server refuses."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        if shutil.which("runuser"):
            return ["runuser", "-u", name, "--"]
    pytest.skip("the tests run as root, and there is no other user to run PostgreSQL")


@contextmanager
def running() -> Iterator[str]:
    """A fresh server; yields the address of its first database without the database's name."""
    place, as_user = programs(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if as_user:
        shutil.chown(folder, as_user[2])
    data, port = folder / "data", _free_port()

    def call(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*as_user, str(place / program), *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    try:
        call("initdb", "-D", str(data), "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"{_SETTINGS} -p {port} -c listen_addresses=127.0.0.1 -k {folder}"
        call("pg_ctl", "start", "-w", "-D", str(data), "-o", options, "-l", str(folder / "log"))
        try:
            yield f"postgresql+psycopg://test@127.0.0.1:{port}/"
        finally:
            call("pg_ctl", "stop", "-w", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
