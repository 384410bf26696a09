"""Five machines that do anything in any order, for the tests of convergence."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from brandpool.db import appending, journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.record import Record
from brandpool.services import history, records, settling
from tests.db.stations import bring, journal_of, meet, state_of, undo

CODES = ("91330200144069541X", "91330100799655058B", "91330200MA2AF12345")
WORDS = ("梅墟", "新明", "聚贤", None)
ACTS = (
    "add", "add", "edit", "edit", "edit", "edit", "stale", "number", "contact", "contact", "move",
    "delete", "delete contact", "undo", "settle", "clock", "send", "send", "send",
)  # fmt: skip
SITES = 5

Act = tuple[str, int, int, int]


@dataclass
class World:
    """The machines, what each clerk last looked at, and every value anybody wrote."""

    pools: Sequence[Pool]
    written: set[tuple[str, str, str, str]] = field(default_factory=set)
    seen: dict[tuple[int, str], str] = field(default_factory=dict)
    drift: list[int] = field(default_factory=lambda: [0] * SITES)
    tick: int = 0
    at_work: int = 0

    def now(self) -> int:
        """The clock of the machine at work."""
        return 1_000_000 + self.tick + self.drift[self.at_work]

    def perform(self, act: Act) -> None:
        """One act of one machine; what the program refuses is not done."""
        what, site, which, word = act
        self.tick += 10
        self.at_work = site % SITES
        try:
            if what == "send":
                target = (site + 1 + which % (SITES - 1)) % SITES
                self.at_work = target
                bring(self.pools[site % SITES], self.pools[target])
            elif what == "clock":
                self.drift[self.at_work] = (word - 8) * 1000
            elif what == "undo":
                self._undo(which)
            elif what == "settle":
                self._settle(which, word)
            else:
                self._write(what, which, word)
        except UserError:
            pass

    def finish(self) -> list[tuple[str, set[tuple[str, ...]]]]:
        """Let everybody hear of everything; returns each machine's state."""
        for one in range(1, SITES):
            bring(self.pools[one], self.pools[0])
        for one in range(1, SITES):
            meet(self.pools[0], self.pools[one])
        return [state_of(pool) for pool in self.pools]

    def _write(self, what: str, which: int, word: int) -> None:
        pool = self.pools[self.at_work]
        with pool.read() as session:
            firms = records.find(session, Enterprise)
            people = records.find(session, Contact)
        done: list[tuple[type[Record], str, dict[str, str | None]]] = []
        with pool.write(what, who=f"{self.at_work}") as session:
            match what:
                case "add":
                    code = CODES[which % 5] if which % 5 < len(CODES) else None
                    values = {"name": f"企业{word}", "street": WORDS[word % 4], "credit_code": code}
                    done.append(
                        (Enterprise, journal.insert(session, Enterprise, [values])[0], values)
                    )
                case "edit" | "stale" if firms:
                    firm = firms[which % len(firms)]
                    name = ("street", "industry", "remark")[which % 3]
                    values = {name: WORDS[word % 4]}
                    version = self.seen.get((self.at_work, firm)) if what == "stale" else None
                    records.edit(session, Enterprise, firm, values, version)
                    done.append((Enterprise, firm, values))
                case "number" if firms:
                    firm = firms[which % len(firms)]
                    values = {"credit_code": (*CODES, None)[word % 4]}
                    records.edit(session, Enterprise, firm, values)
                    done.append((Enterprise, firm, values))
                case "contact" if firms:
                    values = {"enterprise_id": firms[which % len(firms)], "name": f"人{word}"}
                    done.append((Contact, journal.insert(session, Contact, [values])[0], values))
                case "move" if firms and people:
                    person = people[word % len(people)]
                    values = {"enterprise_id": firms[which % len(firms)]}
                    records.edit(session, Contact, person, values)
                    done.append((Contact, person, values))
                case "delete" if firms:
                    records.remove(session, Enterprise, [firms[which % len(firms)]])
                case "delete contact" if people:
                    records.remove(session, Contact, [people[which % len(people)]])
            changed = set(journal.drafts(session))
        self._remember(pool, [one for one in done if (one[0].kind(), one[1]) in changed])

    def _remember(
        self, pool: Pool, done: Sequence[tuple[type[Record], str, dict[str, str | None]]]
    ) -> None:
        with pool.read() as session:
            for model, record, values in done:
                self.written |= {
                    (model.kind(), record, name, value)
                    for name, value in values.items()
                    if value is not None
                }
                if self.tick % 30 == 0:
                    self.seen[self.at_work, record] = records.get(session, model, record).ver

    def _undo(self, which: int) -> None:
        pool = self.pools[self.at_work]
        with pool.read() as session:
            steps = history.steps(session, 8)
        if steps:
            undo(pool, steps[which % len(steps)].txn)

    def _settle(self, which: int, word: int) -> None:
        pool = self.pools[self.at_work]
        with pool.read() as session:
            matters = settling.matters(session)
        if not matters:
            return
        matter = matters[which % len(matters)]
        with pool.write("裁定", who=f"{self.at_work}", source="merge") as session:
            if matter.what == settling.NUMBER:
                settling.make_one(session, matter)
            elif word % 2:
                settling.keep_shown(session, matter)
            elif matter.what == settling.VALUE:
                settling.take_other(session, matter)
            else:
                settling.let_go(session, matter)


@contextmanager
def told_time(world: World) -> Iterator[None]:
    """The machines' clocks go as the world says, and new ids are the same in every run."""
    dice = random.Random(7)

    def new_id() -> str:
        return f"{world.now():016x}{dice.getrandbits(64):016x}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appending, "now", world.now)
        patch.setattr("brandpool.models.record.time_ordered_id", new_id)
        patch.setattr(journal, "time_ordered_id", new_id)
        yield


def missing(world: World) -> set[tuple[str, str, str, str]]:
    """Values that somebody wrote and that some machine's history does not show."""
    lost: set[tuple[str, str, str, str]] = set()
    for pool in world.pools:
        with pool.read() as session:
            touched = {(kind, record) for kind, record, _, _ in world.written}
            told = {
                (kind, record, row.field, str(row.new))
                for kind, record in touched
                for row in history.of_record(session, kind, record)
            }
            lost |= world.written - told
    return lost


def journals(world: World) -> list[list[str]]:
    """Every machine's transactions in their order of arrival."""
    return [journal_of(pool) for pool in world.pools]
