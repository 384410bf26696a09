"""A pool: one file with a station's records, opened, read, written, backed up and upgraded."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from brandpool import paths
from brandpool.db import appending, guard, journal, upgrade
from brandpool.db.engine import engine_for
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.journal import PoolFact

Changed = Callable[[frozenset[str]], None]
Progress = Callable[[int, int], object]
_PAGES = 2000


class Pool:
    """An open pool. Every read and every write of the program goes through `read` and `write`."""

    def __init__(self, path: Path, engine: Engine, schema: int, *, read_only: bool = False) -> None:
        self.path = path
        self.schema = schema
        self.read_only = read_only
        self._engine = engine
        self._listeners: list[Changed] = []

    @classmethod
    def create(cls, path: Path, *, sample: bool = False) -> "Pool":
        """Make a new, empty pool file. Raises UserError if there is a file of that name."""
        if path.exists():
            raise UserError(
                _("{path} 已存在，没有新建。请另取一个名字，或直接打开它。").format(path=path)
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls.create_in(engine_for(path), path, sample=sample)

    @classmethod
    def create_in(cls, engine: Engine, path: Path, *, sample: bool = False) -> "Pool":
        """Make a new, empty pool in an empty database; `path` tells it from others of the machine.

        For a database that is no file this is also how an existing pool is opened.
        """
        pool = cls(path, engine, upgrade.upgrade(engine))
        pool._settle_in({"sample": "1"} if sample else {})
        return pool

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Pool":
        """Open an existing pool, upgrading an older one after a backup.

        Raises UserError for a file that is missing, no pool, damaged, or made by a newer program.
        """
        if not path.is_file():
            raise UserError(
                _("找不到品牌库文件 {path}。请核对位置，或新建一个品牌库。").format(path=path)
            )
        engine = engine_for(path, read_only=read_only)
        try:
            found = upgrade.found(engine)
            if found is None:
                raise UserError(
                    _("{name} 不是品牌培育库文件，没有打开，也没有改动它。").format(name=path.name)
                )
            if found > upgrade.newest():
                raise UserError(
                    _(
                        "{name} 由更新版本的程序建立（库版本 {found}，"
                        "本程序支持到 {newest}）。请先更新本程序；文件没有改动。"
                    ).format(name=path.name, found=found, newest=upgrade.newest())
                )
            if found < upgrade.newest() and not read_only:
                backup(path, path.with_name(f"{path.stem}.升级前{found:04d}{path.suffix}"))
                upgrade.upgrade(engine)
            pool = cls(path, engine, upgrade.newest(), read_only=read_only)
            if not read_only:
                pool._settle_in({})
        except DatabaseError as bad:
            raise UserError(_unreadable(path, bad)) from bad
        return pool

    def on_change(self, listener: Changed) -> None:
        """Call `listener` with the record kinds that changed, after each commit."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the pool and writes nothing."""
        with self._engine.connect() as connection, connection.begin() as transaction:
            with _session(connection) as session:
                yield session
            transaction.rollback()

    @contextmanager
    def write(
        self, why: str, *, who: str, source: str = "screen", undoes: str | None = None
    ) -> Iterator[Session]:
        """A session whose changes become one step of the journal, all of them or none.

        `why` names the step as the list of steps shows it ("导入 名单.xlsx"). When the block
        raises, nothing was written. Raises UserError when the disk is full or the file locked.
        """
        if self.read_only:
            raise UserError(_("这个品牌库以只读方式打开，不能修改。"))
        action = journal.Action(who, why, source, undoes)
        try:
            with self._writer() as session:
                yield session
                txn = appending.append(session, action, self.schema)
                arrived: set[str] = session.info.get("arrived_kinds", set())
                kinds = arrived.union(kind for kind, _ in journal.drafts(session))
        except OperationalError as bad:
            raise UserError(_not_written(self.path, bad)) from bad
        except IntegrityError as bad:
            raise UserError(
                _("它所关联的记录已被删除，本次修改没有保存。请先恢复那条记录。")
            ) from bad
        if txn is not None or arrived:
            for listener in self._listeners:
                listener(frozenset(kinds))

    @contextmanager
    def maintain(self) -> Iterator[Session]:
        """A writing session for what can be recomputed, such as the search index."""
        with self._writer() as session:
            yield session

    def fact(self, name: str) -> str | None:
        """What the file knows about itself under this name ("site", "sample", "name")."""
        with self.read() as session:
            return session.scalar(select(PoolFact.value).where(PoolFact.name == name))

    def backup_to(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the whole pool as of now into a new file; see `backup`."""
        backup(self.path, target, progress)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _writer(self) -> Iterator[Session]:
        engine = self._engine.execution_options(writes=True)
        with engine.connect() as connection, connection.begin(), _session(connection) as session:
            yield session
            session.flush()

    def _settle_in(self, facts: dict[str, str]) -> None:
        """Give this copy of the file a number of its own on this machine.

        A pool that was copied to another machine or place goes on under a new number, so that
        two copies never continue the same chain of transactions.
        """
        place = f"{paths.machine()}:{self.path.absolute()}"
        if not facts and self.fact("place") == place:
            return
        with self._writer() as session:
            known = {fact.name: fact for fact in session.scalars(select(PoolFact))}
            if known.get("place") is None or known["place"].value != place:
                facts = {**facts, "site": secrets.token_hex(8), "place": place}
            for name, value in facts.items():
                if name in known:
                    known[name].value = value
                else:
                    session.execute(insert(PoolFact).values(name=name, value=value))


def backup(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a pool with SQLite's own backup: complete also while somebody is writing.

    The copy appears under its name only when it is whole and checked. `progress` hears (pages
    done, pages in all) and may raise to break off: then no copy is left.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
    except OSError as bad:
        raise UserError(_not_copied(target, bad)) from bad
    try:
        verdict = _copied(source, half, told)
    except sqlite3.Error as bad:
        half.unlink(missing_ok=True)
        raise UserError(_not_copied(target, bad)) from bad
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    if verdict != "ok":
        half.unlink(missing_ok=True)
        raise UserError(
            _("{name} 已损坏（{verdict}），备份没有完成。请用较早的备份恢复。").format(
                name=source.name, verdict=verdict
            )
        )
    half.replace(target)


def _copied(source: Path, target: Path, told: Callable[[int, int, int], object]) -> str:
    """Copy page by page; returns SQLite's verdict on the copy ("ok")."""
    origin, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        origin.backup(copy, pages=_PAGES, progress=told)
        return str(copy.execute("PRAGMA quick_check").fetchone()[0])
    finally:
        origin.close()
        copy.close()


def _not_copied(target: Path, bad: Exception) -> str:
    return _("备份到 {target} 没有成功（{bad}）。请检查磁盘空间和写入权限。").format(
        target=target, bad=bad
    )


def _session(connection: object) -> Session:
    session = Session(connection, autoflush=False, expire_on_commit=False)  # type: ignore[arg-type]
    event.listen(session, "do_orm_execute", guard.refuse_unjournaled)
    event.listen(session, "before_flush", guard.refuse_objects)
    return session


def _unreadable(path: Path, bad: DatabaseError) -> str:
    text = str(bad.orig)
    if "locked" in text:
        return _("{name} 正被另一个程序占用。请关闭后再打开。").format(name=path.name)
    if "not a database" in text or "malformed" in text:
        return _("{name} 不是品牌培育库文件，或已损坏，没有打开。请用最近的备份恢复。").format(
            name=path.name
        )
    return _("{name} 无法打开（{text}）。请检查文件的读写权限。").format(name=path.name, text=text)


def _not_written(path: Path, bad: OperationalError) -> str:
    text = str(bad.orig)
    if "locked" in text:
        return _("{name} 正被另一个程序写入，本次修改没有保存。请稍后再试。").format(name=path.name)
    if "full" in text:
        return _("磁盘已满，本次修改没有保存，库中数据未受影响。请清理磁盘后再试。")
    if "disk I/O" in text:
        return _(
            "写入 {name} 失败，本次修改没有保存，库中数据未受影响。"
            "磁盘可能已满、已断开或损坏，请检查后再试。"
        ).format(name=path.name)
    if "readonly" in text:
        return _("{name} 是只读文件，本次修改没有保存。请检查文件的写入权限。").format(
            name=path.name
        )
    raise bad
