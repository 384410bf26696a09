"""A `.brandpack` file: a sealed key and an age stream with a tar archive in it.

    BRANDPACK, format (1 byte), length of the sealed key (2 bytes)
    the pack's key, sealed under the passphrase      an age file (scrypt)
    manifest.json and the parts it lists, in a tar   an age file (X25519)

Content is sealed and opened as a stream: it never lies on a disk in plain text. An archive must
be, byte for byte, what its manifest makes it: nothing more, nothing else, in no other order.
"""

import hashlib
import os
import struct
import tarfile
import zlib
from collections.abc import Callable, Container, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from brandpool.db.attachments import settle_folder
from brandpool.errors import UserError
from brandpool.exchange import pack_key, pack_manifest
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_manifest import LARGEST_MANIFEST, Manifest, Part, damaged, newer
from brandpool.i18n import _

SUFFIX = ".brandpack"
Take = Callable[[Part, bytes], object]
Content = Iterable[bytes]
_MAGIC, _HEAD = b"BRANDPACK", ">9sBH"
_MANIFEST = "manifest.json"
_BLOCK, _PIECE = tarfile.BLOCKSIZE, 2**20
_END = bytes(2 * _BLOCK)


def part_of(name: str, content: bytes) -> Part:
    """The entry of the manifest for a part that is in memory."""
    return Part(name, len(content), hashlib.sha256(content).hexdigest())


def write(target: Path, key: Key, manifest: Manifest, contents: Iterable[Content]) -> None:
    """Write a pack; `contents` gives each part's bytes in the order of `manifest.parts`.

    The file appears under its name only when it is whole, read back and on the disk. Raises
    UserError when there is such a file, when it cannot be written, or when a part is not what the
    manifest says (an attachment that was damaged meanwhile): then no file is left.
    """
    if target.exists():
        raise UserError(_("{name} 已存在，没有覆盖。请换一个文件名。").format(name=target.name))
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(struct.pack(_HEAD, _MAGIC, pack_manifest.FORMAT, len(key.sealed)))
            file.write(key.sealed)
            _seal(_archive(manifest, contents), file, key)
            file.flush()
            os.fsync(file.fileno())
        verify(half, key)
        half.replace(target)
        settle_folder(target.parent)
    except OSError as bad:
        raise UserError(
            _("外勤包没有写成（{bad}）。请检查磁盘空间和写入权限。").format(bad=bad)
        ) from bad
    finally:
        half.unlink(missing_ok=True)


def unlock(path: Path, passphrase: str) -> Key:
    """The key of this pack. Raises UserError for what is no pack, and for a wrong passphrase."""
    return pack_key.unlock(sealed_key(path), passphrase)


def sealed_key(path: Path) -> bytes:
    """The sealed key at the head of a pack. Raises UserError for what is no pack."""
    with _opened(path) as file:
        return _sealed_key(file)


def verify(path: Path, key: Key, keep: str = "") -> tuple[Manifest, bytes]:
    """Read the whole pack; its manifest, and the content of the one part that is named `keep`.

    Raises UserError when a single bit of the pack is not as it was written.
    """
    kept: list[bytes] = []
    manifest = _read(path, key, _Taking(lambda _part, content: kept.append(content), {keep}))
    return manifest, b"".join(kept)


def hand_on(path: Path, key: Key, verified: Manifest, take: Take) -> None:
    """Give each part to `take`, one at a time in memory, checked against its hash.

    To be called for a pack that `verify` has read to its end; `take` may raise to break off.
    Raises UserError when the file is no longer the one that was verified.
    """
    names = {part.name for part in verified.parts}
    _read(path, key, _Taking(take, names, verified))


def deflate(content: bytes) -> bytes:
    """A part made small."""
    return zlib.compress(content, 6)


def inflate(content: bytes, size: int) -> bytes:
    """A part as it was, of exactly `size` bytes; stops there, whatever the content would become.

    Raises UserError when it is of another size.
    """
    engine = zlib.decompressobj()
    try:
        plain = engine.decompress(content, size + 1)
    except zlib.error as bad:
        raise UserError(damaged()) from bad
    if len(plain) != size or not engine.eof or engine.unused_data:
        raise UserError(damaged())
    return plain


def _archive(manifest: Manifest, contents: Iterable[Content]) -> Iterator[bytes]:
    """The bytes of the tar archive. Raises UserError when a content is not what is listed."""
    first = pack_manifest.encode(manifest)
    yield from (_header(_MANIFEST, len(first)), first, _padding(len(first)))
    for part, content in zip(manifest.parts, contents, strict=True):
        yield _header(part.name, part.size)
        size, digest = 0, hashlib.sha256()
        for piece in content:
            size += len(piece)
            digest.update(piece)
            yield piece
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise UserError(
                _("附件 {name} 已损坏，外勤包没有写成。请从备份恢复该文件。").format(
                    name=part.digest
                )
            )
        yield _padding(part.size)
    yield _END


@dataclass(frozen=True, slots=True)
class _Taking:
    """Who takes the parts of these names; `expected` is the manifest that must be found."""

    take: Take
    names: Container[str]
    expected: Manifest | None = None


def _unpacking(taking: _Taking) -> Generator[int, bytes, Manifest]:
    """Takes an archive apart: yields how many bytes it wants next, is sent exactly these."""
    size = _manifest_size((yield _BLOCK))
    manifest = pack_manifest.decode((yield size))
    _require((yield len(_padding(size))), _padding(size))
    if taking.expected not in (None, manifest):
        raise UserError(damaged())
    for part in manifest.parts:
        _require((yield _BLOCK), _header(part.name, part.size))
        digest, kept, left = hashlib.sha256(), bytearray(), part.size
        while left:
            piece = yield min(left, _PIECE)
            left -= len(piece)
            digest.update(piece)
            if part.name in taking.names:
                kept += piece
        _require(digest.hexdigest().encode(), part.sha256.encode())
        _require((yield len(_padding(part.size))), _padding(part.size))
        if part.name in taking.names:
            taking.take(part, bytes(kept))
    _require((yield len(_END)), _END)
    return manifest


class _Sink:
    """What the decryption writes to: feeds `_unpacking` the portions it asks for."""

    def __init__(self, unpacking: Generator[int, bytes, Manifest]) -> None:
        self._unpacking = unpacking
        self._wanted = next(unpacking)
        self._held = bytearray()
        self.manifest: Manifest | None = None

    def write(self, piece: bytes) -> int:
        """Take the next piece of plain text."""
        self._held += piece
        place = 0
        while self.manifest is None and len(self._held) - place >= self._wanted:
            portion = bytes(self._held[place : place + self._wanted])
            place += self._wanted
            try:
                self._wanted = self._unpacking.send(portion)
            except StopIteration as done:
                self.manifest = done.value
        del self._held[:place]
        if self.manifest is not None and self._held:
            raise UserError(damaged())
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""


class _Source:
    """What the encryption reads from; keeps the reason why reading broke off."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = bytearray()
        self.broken: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        try:
            while size < 0 or len(self._held) < size:
                self._held += next(self._pieces)
        except StopIteration:
            pass
        except BaseException as bad:
            self.broken = bad
            raise
        size = len(self._held) if size < 0 else size
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken


def _seal(pieces: Iterator[bytes], file: IO[bytes], key: Key) -> None:
    import pyrage  # type: ignore[import-untyped]

    source = _Source(pieces)
    recipient = pyrage.x25519.Identity.from_str(key.identity).to_public()
    try:
        pyrage.encrypt_io(source, file, [recipient])
    except pyrage.EncryptError as bad:
        raise (source.broken or OSError(str(bad))) from bad


def _read(path: Path, key: Key, taking: _Taking) -> Manifest:
    import pyrage

    sink = _Sink(_unpacking(taking))
    with _opened(path) as file:
        _require(_sealed_key(file), key.sealed)
        try:
            identity = pyrage.x25519.Identity.from_str(key.identity)
            pyrage.decrypt_io(file, sink, [identity])
        except (pyrage.DecryptError, OSError) as bad:
            raise UserError(damaged()) from bad
    if sink.manifest is None:
        raise UserError(damaged())
    return sink.manifest


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as bad:
        raise UserError(
            _("外勤包 {name} 无法读取（{bad}）。请核对位置后再试。").format(
                name=path.name, bad=bad.strerror or bad
            )
        ) from bad


def _sealed_key(file: IO[bytes]) -> bytes:
    """The sealed key at the head of a pack; the file is then at its archive."""
    head = file.read(struct.calcsize(_HEAD))
    if len(head) < struct.calcsize(_HEAD) or not head.startswith(_MAGIC):
        raise UserError(_("这个文件不是外勤包，或已被改动，没有打开。请核对文件。"))
    _magic, version, size = struct.unpack(_HEAD, head)
    if version > pack_manifest.FORMAT:
        raise UserError(newer())
    sealed = file.read(size)
    if version < 1 or len(sealed) != size or not 0 < size <= pack_key.LARGEST_SEALED:
        raise UserError(damaged())
    return sealed


def _manifest_size(block: bytes) -> int:
    try:
        size = tarfile.TarInfo.frombuf(block, "ascii", "strict").size
    except (tarfile.HeaderError, ValueError) as bad:
        raise UserError(damaged()) from bad
    if not 0 < size <= LARGEST_MANIFEST:
        raise UserError(damaged())
    _require(block, _header(_MANIFEST, size))
    return size


def _header(name: str, size: int) -> bytes:
    info: Any = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return bytes(info.tobuf(tarfile.USTAR_FORMAT))


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _require(found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise UserError(damaged())
