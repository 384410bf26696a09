"""An office with a pack to take out, and the laptops that took it."""

import io
import random
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyrage
from PIL import Image

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import pack_home, pack_out, pack_receipt, packs
from brandpool.exchange.pack_home import Received
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_out import MadePack, Order
from brandpool.exchange.packs import Maker, Opened
from brandpool.models.document import Document
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.models.trademark import Trademark
from brandpool.services import records
from brandpool.services.check import check, content_hash
from tests.exchange.plain_age import sealed

TODAY = date(2026, 11, 22)
UNTIL = date(2026, 12, 5)
WORDS = "梅墟 2026 秋季"
OFFICE, LAPTOP = Maker("甲", "指导站"), Maker("乙", "指导站")


def quick_key(words: str = WORDS) -> Key:
    """A key that opens at once: as little scrypt as the format allows."""
    identity = str(pyrage.x25519.Identity.generate())
    return Key(sealed(identity.encode(), words), identity)


def photo(seed: int, side: int = 600) -> bytes:
    """A picture of its own: some 30 to 60 KB of JPEG."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (24, 18), chance.randbytes(24 * 18 * 3))
    target = io.BytesIO()
    small.resize((side, side * 3 // 4), Image.Resampling.BICUBIC).save(target, "JPEG", quality=97)
    return target.getvalue()


def attach(pool: Pool, enterprise: str, content: bytes, title: str = "厂房") -> str:
    """Add a document with this content to an enterprise; returns the content's hash."""
    digest = Attachments(pool.path).put(content)
    values = {
        "enterprise_id": enterprise, "title": title, "document_kind": "photograph",
        "file_name": f"{title}.jpg", "content_hash": digest,
    }  # fmt: skip
    with pool.write(f"附件：{title}", who="丁") as session:
        journal.insert(session, Document, [values])
    return digest


@dataclass(frozen=True)
class Station:
    """The office's pool with two enterprises, of which the first is taken out."""

    pool: Pool
    first: str
    second: str
    photo: str
    key: Key

    def pack(self, path: Path, **wishes: object) -> MadePack:
        """Take the first enterprise out."""
        order = Order((self.first,), "乙", UNTIL, **wishes)  # type: ignore[arg-type]
        return pack_out.create(self.pool, order, path, self.key, OFFICE, today=TODAY)


def station(pool: Pool) -> Station:
    """Two enterprises with a contact, a mark and a photograph each."""
    first, second = (
        {"name": "宁波朝阳机械有限公司", "credit_code": "91330200144069541X", "street": "梅墟",
         "phone": "13812345678", "contact": "章程远"},
        {"name": "宁波东方股份有限公司", "credit_code": "91330100799655058B", "street": "新明"},
    )  # fmt: skip
    with pool.write("导入名单", who="甲", source="import") as session:
        ids = journal.insert(session, Enterprise, [first, second])
        marks = [
            {"enterprise_id": one, "name": name, "reg_no": number, "nice_class": 7}
            for one, name, number in zip(ids, ("朝阳牌", "东方红"), ("18000001", "18000002"),
                                         strict=True)
        ]  # fmt: skip
        journal.insert(session, Trademark, marks)
        contact = {"enterprise_id": ids[0], "name": "章程远", "phone": "13812345678",
                   "position": "经理"}  # fmt: skip
        journal.insert(session, Contact, [contact])
    digest = attach(pool, ids[0], photo(1))
    attach(pool, ids[1], photo(2))
    return Station(pool, ids[0], ids[1], digest, quick_key())


@dataclass(frozen=True)
class Prepared:
    """A folder with an office's and a laptop's pool, to be copied."""

    folder: Path
    made: Station

    def office(self, folder: Path) -> Station:
        """The office, copied into this folder."""
        return replace(self.made, pool=self._copied("station", folder))

    def laptop(self, folder: Path) -> Pool:
        """The laptop with the pack it was opened from, copied into this folder."""
        shutil.copy(self.folder / "laptop.brandpack", folder)
        return self._copied("laptop", folder)

    def _copied(self, name: str, folder: Path) -> Pool:
        path = folder / f"{name}.brandpool"
        shutil.copy(self.folder / path.name, path)
        shutil.copytree(self.folder / f"{path.name}.files", f"{path}.files")
        return Pool.open(path)


def prepare(empty: Path, folder: Path) -> Prepared:
    """Make an office and a laptop that has taken its first enterprise out."""
    path = folder / "station.brandpool"
    shutil.copy(empty, path)
    office = station(Pool.open(path))
    taken_out(office, folder / "laptop.brandpool").close()
    office.pool.close()
    return Prepared(folder, office)


def taken_out(office: Station, path: Path, **wishes: object) -> Pool:
    """A laptop's pool, made from a pack of its own."""
    target = path.with_suffix(packs.SUFFIX)
    office.pack(target, **wishes)
    return pack_out.open_as(packs.unlock(target, WORDS), path, today=TODAY)


def homeward(laptop: Pool, path: Path, office: Station, **wishes: object) -> Opened:
    """What a laptop brings home, opened."""
    pack_home.go_home(laptop, path, office.key, LAPTOP, **wishes)  # type: ignore[arg-type]
    return packs.with_key(path, office.key)


def merged(pool: Pool, opened: Opened) -> Received:
    """The pack merged into a pool."""
    return pack_home.take_in(pool, opened, OFFICE, today=TODAY)


def acknowledge(office: Pool, laptop: Pool, opened: Opened, path: Path) -> None:
    """The office's receipt for a pack, read on the laptop."""
    pack_receipt.receipt(office, [opened], path, OFFICE)
    pack_receipt.confirm(laptop, packs.with_key(path, opened.key))


def hash_of(pool: Pool) -> str:
    """The content hash of a pool that says what its journal says."""
    with pool.read() as session:
        assert check(session) == []
        return content_hash(session)


def ids(pool: Pool, model: type[Record]) -> list[str]:
    """The records of a kind."""
    with pool.read() as session:
        return records.find(session, model)


def write(pool: Pool, enterprise: str, who: str = "乙", **values: Value) -> None:
    """Edit an enterprise."""
    with pool.write("走访", who=who) as session:
        records.edit(session, Enterprise, enterprise, values)


def read(pool: Pool, enterprise: str) -> records.RecordRow:
    """The enterprise as it is."""
    with pool.read() as session:
        return records.get(session, Enterprise, enterprise)
