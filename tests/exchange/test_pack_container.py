"""A pack opens whole and unaltered with its passphrase, or not at all."""

import io
import struct
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pyrage
import pytest

from brandpool.errors import UserError
from brandpool.exchange import pack_container, pack_key, pack_manifest
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_manifest import JOURNAL, Made, Manifest, Part
from tests.exchange.plain_age import sealed

WORDS = "梅墟 2026 秋季"
PHOTO = "".join(f"{number:064x}" for number in [7])


@pytest.fixture(scope="module")
def key() -> Key:
    """A key that opens at once: as little scrypt as the format allows."""
    identity = str(pyrage.x25519.Identity.generate())
    return Key(sealed(identity.encode(), WORDS), identity)


@pytest.fixture
def path(tmp_path: Path, key: Key) -> Path:
    """A small pack with a journal and two attachments."""
    contents = [b"journal " * 40, b"photo" * 300, b""]
    names = [JOURNAL, f"files/{'a' * 64}", f"thumbs/{'b' * 64}"]
    return packed(tmp_path / "a.brandpack", key, dict(zip(names, contents, strict=True)))


def manifest(parts: tuple[Part, ...] = (), **changes: object) -> Manifest:
    made = Made("0123456789abcdef", "指导站", "甲", datetime(2026, 11, 22, 9, tzinfo=UTC), True)
    told = Manifest(
        format=1, sort="out", pack="1" * 32, outing="1" * 32, lineage="2" * 32, schema=16,
        made=made, made_for="乙", expires=date(2026, 12, 5), parts=parts,
    )  # fmt: skip
    return msgspec.structs.replace(told, **changes)


def packed(path: Path, key: Key, contents: dict[str, bytes], **changes: object) -> Path:
    parts = tuple(pack_container.part_of(name, content) for name, content in contents.items())
    pack_container.write(path, key, manifest(parts, **changes), [[c] for c in contents.values()])
    return path


def test_what_is_packed_is_handed_on_in_order(path: Path, key: Key) -> None:
    told, _ = pack_container.verify(path, pack_container.unlock(path, WORDS))
    got: list[tuple[str, bytes]] = []
    pack_container.hand_on(path, key, told, lambda part, content: got.append((part.name, content)))
    assert [name for name, _ in got] == [part.name for part in told.parts]
    assert [content for _, content in got] == [b"journal " * 40, b"photo" * 300, b""]
    assert (told.made.who, told.expires, told.sort) == ("甲", date(2026, 12, 5), "out")


def test_other_programs_open_a_pack_with_the_passphrase_alone(path: Path) -> None:
    raw = path.read_bytes()
    size = struct.unpack(">H", raw[10:12])[0]
    identity = pyrage.passphrase.decrypt(raw[12 : 12 + size], WORDS).decode()
    plain = pyrage.decrypt(raw[12 + size :], [pyrage.x25519.Identity.from_str(identity)])
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        names = archive.getnames()
        assert archive.extractfile(names[1]).read() == b"journal " * 40  # type: ignore[union-attr]
    assert names == ["manifest.json", JOURNAL, f"files/{'a' * 64}", f"thumbs/{'b' * 64}"]


def test_no_single_bit_may_differ(path: Path, key: Key) -> None:
    raw = path.read_bytes()
    assert len(raw) > 4000
    places = [*range(0, 900, 3), *range(900, len(raw), 97), len(raw) - 1]
    for number, place in enumerate(places):
        altered = bytearray(raw)
        altered[place] ^= 1 << number % 8
        path.write_bytes(altered)
        with pytest.raises(UserError):
            pack_container.verify(path, pack_container.unlock(path, WORDS))
        with pytest.raises(UserError):
            pack_container.verify(path, key)


@pytest.mark.parametrize("kept", [0, 5, 11, 12, 100, 185, 250, 600, 1500, -513, -17, -1])
def test_a_cut_pack_never_opens(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(UserError):
        pack_container.verify(path, pack_container.unlock(path, WORDS))


def test_nothing_may_be_added_or_put_twice(path: Path, key: Key) -> None:
    raw = path.read_bytes()
    for more in (b"\0", raw, raw[-1000:]):
        path.write_bytes(raw + more)
        with pytest.raises(UserError, match="不完整或已被改动"):
            pack_container.verify(path, key)


def test_a_wrong_passphrase_is_told_from_a_foreign_file(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="口令不对"):
        pack_container.unlock(path, "梅墟 2026 春季")
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8\xff" * 50)
    with pytest.raises(UserError, match="不是外勤包"):
        pack_container.unlock(other, WORDS)
    with pytest.raises(UserError, match="无法读取"):
        pack_container.unlock(tmp_path / "missing.brandpack", WORDS)


def test_the_head_of_one_pack_does_not_open_the_body_of_another(path: Path, key: Key) -> None:
    identity = str(pyrage.x25519.Identity.generate())
    other = Key(sealed(identity.encode(), WORDS), identity)
    second = packed(path.with_name("b.brandpack"), other, {})
    raw, head = path.read_bytes(), second.read_bytes()[: 12 + len(other.sealed)]
    path.write_bytes(head + raw[12 + len(key.sealed) :])
    with pytest.raises(UserError, match="不完整或已被改动"):
        pack_container.verify(path, pack_container.unlock(path, WORDS))


def test_a_newer_pack_asks_for_a_newer_program(path: Path, key: Key, tmp_path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[9] += 1
    path.write_bytes(raw)
    with pytest.raises(UserError, match="请先更新本程序"):
        pack_container.unlock(path, WORDS)
    with pytest.raises(UserError, match="请先更新本程序"):
        packed(tmp_path / "newer.brandpack", key, {}, format=2)


def archive_with(key: Key, target: Path, plain: bytes) -> Path:
    """A pack whose maker had the key but not our care."""
    body = pyrage.encrypt(plain, [pyrage.x25519.Identity.from_str(key.identity).to_public()])
    head = struct.pack(">9sBH", b"BRANDPACK", 1, len(key.sealed))
    target.write_bytes(head + key.sealed + body)
    return target


def tar_of(members: list[tuple[str, bytes]], kind: bytes = tarfile.REGTYPE) -> bytes:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.type = len(content), 0o600, kind
            archive.addfile(info, io.BytesIO(content))
    return plain.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "files/../x", f"files/{'A' * 64}", "files/", "x\0y",
     f"thumbs/{'a' * 63}", f"files/{'a' * 64}\n", "manifest.json", f"other/{'a' * 64}"],
)  # fmt: skip
def test_a_part_cannot_choose_a_path(tmp_path: Path, key: Key, name: str) -> None:
    part = pack_container.part_of(name, b"x")
    first = pack_manifest.encode(manifest((part,)))
    plain = tar_of([("manifest.json", first), (name.replace("\0", ""), b"x")])
    with pytest.raises(UserError, match="不完整或已被改动"):
        pack_container.verify(archive_with(key, tmp_path / "a.brandpack", plain), key)


def test_an_archive_is_exactly_what_its_manifest_lists(tmp_path: Path, key: Key) -> None:
    name = f"files/{'a' * 64}"
    part = pack_container.part_of(name, b"x" * 10)
    first = pack_manifest.encode(manifest((part,)))
    member = (name, b"x" * 10)
    wrong = [
        [member, ("manifest.json", first)],
        [("manifest.json", first)],
        [("manifest.json", first), member, member],
        [("manifest.json", first), (name, b"x" * 11)],
        [("manifest.json", first), (name, b"y" * 10)],
        [("manifest.json", b"{}"), member],
        [("manifest.json", b"no json"), member],
        [],
    ]
    for number, members in enumerate(wrong):
        path = archive_with(key, tmp_path / f"{number}.brandpack", tar_of(members))
        with pytest.raises(UserError, match="不完整或已被改动"):
            pack_container.verify(path, key)
    link = tar_of([("manifest.json", first), (name, b"")], tarfile.SYMTYPE)
    with pytest.raises(UserError):
        pack_container.verify(archive_with(key, tmp_path / "link.brandpack", link), key)
    right = tar_of([("manifest.json", first), member])
    right = right[: 512 * (1 + (len(first) + 511) // 512 + 2)] + bytes(1024)
    assert pack_container.verify(archive_with(key, tmp_path / "right.brandpack", right), key)


def test_inflating_stops_at_the_size_that_was_told() -> None:
    bomb = pack_container.deflate(bytes(50_000_000))
    with pytest.raises(UserError):
        pack_container.inflate(bomb, 1000)
    with pytest.raises(UserError):
        pack_container.inflate(pack_container.deflate(b"ab"), 3)
    with pytest.raises(UserError):
        pack_container.inflate(b"no zlib", 7)
    assert pack_container.inflate(pack_container.deflate(b"ab"), 2) == b"ab"


def test_a_manifest_cannot_claim_more_than_there_is_room_for(tmp_path: Path, key: Key) -> None:
    for part in (
        Part(f"files/{'a' * 64}", pack_manifest.LARGEST_FILE + 1, "0" * 64),
        Part(JOURNAL, pack_manifest.LARGEST_JOURNAL + 1, "0" * 64),
        Part(JOURNAL, -1, "0" * 64),
    ):
        with pytest.raises(UserError):
            pack_manifest.decode(pack_manifest.encode(manifest((part,))))
    with pytest.raises(UserError):
        pack_manifest.decode(pack_manifest.encode(manifest(inflated=2**40)))


def test_a_broken_off_writing_leaves_no_file(tmp_path: Path, key: Key) -> None:
    part = pack_container.part_of(JOURNAL, b"x" * 500_000)

    def breaks_off() -> Iterator[bytes]:
        yield b"x" * 300_000
        raise KeyboardInterrupt

    target = tmp_path / "a.brandpack"
    with pytest.raises(KeyboardInterrupt):
        pack_container.write(target, key, manifest((part,)), [breaks_off()])
    with pytest.raises(UserError, match="已损坏"):
        pack_container.write(target, key, manifest((part,)), [[b"y" * 500_000]])
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writing_leaves_no_half_pack_under_the_name(tmp_path: Path, key: Key) -> None:
    script = f"""
import os, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from brandpool.exchange import pack_container
from brandpool.exchange.pack_key import Key
from tests.exchange.test_pack_container import manifest
def pieces():
    for number in range(20):
        yield bytes(100_000)
    os.kill(os.getpid(), signal.SIGKILL)
part = pack_container.part_of({JOURNAL!r}, bytes(4_000_000))
key = Key({key.sealed!r}, {key.identity!r})
pack_container.write(Path({str(tmp_path / "a.brandpack")!r}), key, manifest((part,)), [pieces()])
"""
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path.cwd())
    assert done.returncode == -9
    assert [file.suffix for file in tmp_path.iterdir()] == [".part"]
    packed(tmp_path / "a.brandpack", key, {})
    assert [file.name for file in tmp_path.iterdir()] == ["a.brandpack"]


def test_an_existing_pack_is_not_overwritten(path: Path, key: Key) -> None:
    with pytest.raises(UserError, match="已存在"):
        packed(path, key, {})


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserError, match="口令太短"):
        pack_key.new("1234567")


def test_a_key_does_not_show_itself(key: Key) -> None:
    assert "AGE-SECRET-KEY" in key.identity
    assert "AGE-SECRET-KEY" not in repr(key)
    assert replace(key, sealed=b"").identity == key.identity


@pytest.mark.slow
def test_a_new_key_opens_with_its_passphrase_only() -> None:
    made = pack_key.new(WORDS)
    assert pack_key.unlock(made.sealed, WORDS) == made
    with pytest.raises(UserError, match="口令不对"):
        pack_key.unlock(made.sealed, WORDS + " ")
