"""2,000 photographs, killed 20 times on the way: 2,000 arrive with their hashes, no record before.

Also: 300 enterprises with their thumbnails within 50 MB.
"""

import io
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import pack_home, pack_out, pack_receipt, packs, pool_files, sample
from brandpool.exchange.pack_out import Order
from brandpool.models.document import Document
from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from tests.exchange.pack_parts import (
    LAPTOP,
    OFFICE,
    TODAY,
    UNTIL,
    WORDS,
    hash_of,
    ids,
    quick_key,
    station,
    taken_out,
)

PHOTOS, KILLS = 2000, 20
ROOT = Path(__file__).resolve().parents[2]
MERGING = """
import sys
sys.path.insert(0, {root!r})
from datetime import date
from pathlib import Path
from brandpool.db.pool import Pool
from brandpool.exchange import pack_home, packs
from brandpool.exchange.pack_key import Key
from brandpool.exchange.packs import Maker
key = Key({sealed!r}, {identity!r})
for path in {paths!r}:
    opened = packs.with_key(Path(path), key)
    pool = Pool.open(Path({pool!r}))
    print("ready", flush=True)
    pack_home.take_in(pool, opened, Maker("甲"), today=date(2026, 11, 22))
    pool.close()
"""


def with_photos(pool: Pool, enterprises: list[str], contents: list[bytes]) -> list[str]:
    """Add these contents as documents, in turn to each enterprise."""
    files = Attachments(pool.path)
    hashes = [files.put(content) for content in contents]
    rows = [
        {
            "enterprise_id": enterprises[number % len(enterprises)], "title": f"照片{number}",
            "content_hash": digest, "file_name": f"{number}.jpg",
        }
        for number, digest in enumerate(hashes)
    ]  # fmt: skip
    with pool.write("照片", who="乙") as session:
        journal.insert(session, Document, rows)
    return hashes


@pytest.mark.slow
def test_2000_photographs_arrive_after_20_kills(pool: Pool, tmp_path: Path) -> None:
    office = station(pool)
    laptop = taken_out(office, tmp_path / "laptop.brandpool")
    chance = random.Random(1)
    taken = with_photos(
        laptop,
        [office.first],
        [chance.randbytes(chance.randint(2_000, 60_000)) for _ in range(PHOTOS)],
    )
    told = pack_home.go_home(
        laptop, tmp_path / "home.brandpack", office.key, LAPTOP, volume=20 * 2**20
    )
    assert (told.files, len(told.paths)) == (PHOTOS, 3)
    before = hash_of(pool)
    script = MERGING.format(
        root=str(ROOT), sealed=office.key.sealed, identity=office.key.identity,
        paths=[str(path) for path in told.paths], pool=str(pool.path),
    )  # fmt: skip
    files, kills, stored = Attachments(pool.path), 0, 0
    while kills < KILLS:
        merging = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT)
        assert merging.stdout is not None
        merging.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        merging.send_signal(signal.SIGKILL)
        merging.wait()
        merging.stdout.close()
        kills += 1
        here = sum(files.has(digest) for digest in taken)
        assert here >= stored
        stored = here
        if hash_of(pool) != before:
            assert all(files.verify(digest) for digest in taken)
    assert stored > 0, "the kills must have hit the storing"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, capture_output=True)
    assert all(files.verify(digest) for digest in taken)
    assert len(ids(pool, Document)) == 2 + PHOTOS
    hash_of(pool)

    opened = [packs.with_key(path, office.key) for path in told.paths]
    receipt = tmp_path / "receipt.brandpack"
    assert pack_receipt.receipt(pool, opened, receipt, OFFICE)[1] == PHOTOS
    pack_receipt.confirm(laptop, packs.with_key(receipt, office.key))
    assert pack_receipt.waiting(laptop) == ([], [])


@pytest.mark.slow
def test_300_enterprises_with_thumbnails_stay_within_50_megabytes(tmp_path: Path) -> None:
    pool = pool_files.create(tmp_path / "s.brandpool", who="甲", sample=True)
    sample.build(pool, 300, 1, TODAY)
    enterprises = ids(pool, Enterprise)
    with_photos(pool, enterprises, [noisy(number) for number in range(600)])
    order = Order(tuple(enterprises), "乙", UNTIL)
    made = pack_out.create(pool, order, tmp_path / "o.brandpack", quick_key(), OFFICE, today=TODAY)
    assert (made.enterprises, made.files) == (300, 600)
    assert made.size * 3 < 50_000_000, "six photographs of each enterprise must fit"
    laptop = pack_out.open_as(packs.unlock(made.path, WORDS), tmp_path / "l.brandpool", today=TODAY)
    hash_of(laptop)
    with laptop.read() as session:
        assert records.count(session, Enterprise) == 300
    laptop.close()
    shutil.rmtree(tmp_path / "s.brandpool.files")


def noisy(seed: int) -> bytes:
    """A photograph that compresses worse than most: some 200 KB."""
    chance = random.Random(seed)
    size = (800, 600)
    plain = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3)).resize(size)
    target = io.BytesIO()
    Image.blend(plain, Image.effect_noise(size, 30).convert("RGB"), 0.3).save(target, "JPEG")
    return target.getvalue()
