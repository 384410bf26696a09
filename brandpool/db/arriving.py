"""What a bundle would bring, checked in full before anything is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import project, upgrade
from brandpool.db.bulk import in_batches
from brandpool.db.bundle import Bundle, ForeignTxn, told_id
from brandpool.db.refold import Key, links, present
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import decode
from brandpool.models.fold import Folded, Step, fold
from brandpool.models.journal import Arrival, Change, ChangeRow, Txn, heads
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields


def _again() -> str:
    return _("没有合并，库未改动。请从原来的电脑重新导出。")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is new in a bundle: transactions to append, each after those its authors had seen, and
    changes to add to partial copies that are here (by lsn); `known` transactions are all here.

    `lines` and `fresh_steps` are the steps of each touched record that are here and that come,
    `before` and `after` what the record is without and with them.
    """

    fresh: tuple[ForeignTxn, ...]
    filled: Mapping[int, ForeignTxn]
    known: int
    lines: Mapping[Key, Sequence[Step]]
    fresh_steps: Mapping[Key, Sequence[Step]]
    before: Mapping[Key, Folded]
    after: Mapping[Key, Folded]


def plan(session: Session, bundle: Bundle) -> Plan:
    """Check a bundle against the pool and find what is new in it; writes nothing.

    Raises UserError for what was altered, comes from a newer program, has gaps, refers to what is
    neither here nor in the bundle, or continues a history that went another way here.
    """
    txns = {txn.id: txn for txn in reversed(bundle.txns)}
    for txn in txns.values():
        _refuse_unreadable(txn)
    here = _here(session, list(txns))
    fresh = [txn for txn in reversed(txns.values()) if txn.id not in here]
    _refuse_parts(session, fresh)
    _refuse_gaps(session, fresh)
    _refuse_forks(session, fresh)
    filled = _lacking(session, txns, here)
    steps = _steps([*fresh, *filled.values()])
    lines = _lines(session, list(steps))
    _refuse_unseen(steps, lines)
    before = {key: fold(line) for key, line in lines.items()}
    after = {key: fold([*lines[key], *coming]) for key, coming in steps.items()}
    _refuse_loose_ends(session, after)
    known = len(txns) - len(fresh) - len(filled)
    return Plan(_causal(fresh), filled, known, lines, steps, before, after)


def _refuse_unreadable(txn: ForeignTxn) -> None:
    if txn.header.schema > upgrade.newest():
        raise UserError(
            _(
                "这个包由更新版本的程序制作（库版本 {schema}，"
                "本程序支持到 {newest}），没有合并。请先更新本程序。"
            ).format(schema=txn.header.schema, newest=upgrade.newest())
        )
    if txn.places is None and told_id(txn) != txn.id:
        raise UserError(
            _("包中的操作“{why}”被改动过，{again}").format(why=txn.header.why, again=_again())
        )
    for change in txn.changes:
        _refuse_strange(change, txn.header.schema)


def _refuse_strange(change: ChangeRow, schema: int) -> None:
    model = by_kind().get(change.kind)
    if model is None or change.op not in ("I", "U", "D"):
        raise UserError(
            _("包中有本程序不认识的记录（{kind}），{again}").format(
                kind=change.kind[:40], again=_again()
            )
        )
    declared = fields(model)
    try:
        for name, entry in project.patch_of(change.patch, change.kind, schema).items():
            if name in declared:
                decode(declared[name], entry[0])
                decode(declared[name], entry[1])
    except (msgspec.DecodeError, ValueError, TypeError, IndexError) as bad:
        raise UserError(
            _("包中有读不懂的{noun}（{bad}），{again}").format(
                noun=model.label(lang()), bad=bad, again=_again()
            )
        ) from bad


def _here(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """Those transactions that are in the pool: (lsn, whether only a part of it is here)."""
    found: dict[str, tuple[int, bool]] = {}
    for batch in in_batches(ids):
        query = (
            select(Txn.id, Txn.lsn, Arrival.seal)
            .outerjoin(Arrival, Arrival.lsn == Txn.lsn)
            .where(Txn.id.in_(batch))
        )
        found |= {txn: (lsn, seal is not None) for txn, lsn, seal in session.execute(query)}
    return found


def _refuse_parts(session: Session, fresh: Sequence[ForeignTxn]) -> None:
    """A partial copy can only be taken where there is nothing yet, or partial copies already."""
    if not any(txn.places is not None for txn in fresh):
        return
    empty = session.scalar(select(Txn.lsn).limit(1)) is None
    if not empty and session.scalar(select(Arrival.lsn).where(Arrival.seal.is_not(None))) is None:
        raise UserError(
            _(
                "这个包只带有部分操作记录，不能合并到完整的库，库未改动。请在外勤电脑上打开它，"
                "或改用带回的包。"
            )
        )


def _refuse_gaps(session: Session, fresh: Sequence[ForeignTxn]) -> None:
    """Every transaction follows its machine's last one; of partial copies that is not asked."""
    whole = [txn for txn in fresh if txn.places is None]
    place = {txn.id: (txn.header.site, txn.header.seq) for txn in fresh}
    missing = [txn.header.prev for txn in whole if txn.header.prev not in place]
    for batch in in_batches([prev for prev in missing if prev is not None]):
        query = select(Txn.id, Txn.site, Txn.seq).where(Txn.id.in_(batch))
        place |= {txn: (site, seq) for txn, site, seq in session.execute(query)}
    for txn in whole:
        head = txn.header
        follows = place.get(head.prev) if head.prev else (head.site, 0)
        if follows != (head.site, head.seq - 1):
            raise UserError(
                _(
                    "包中缺少“{why}”（{who}）之前的操作，没有合并，库未改动。"
                    "请先合并那台电脑更早的包，或从那台电脑重新导出。"
                ).format(why=head.why, who=head.who)
            )


def _refuse_forks(session: Session, fresh: Sequence[ForeignTxn]) -> None:
    """Two different transactions of one machine cannot have the same number."""
    taken: dict[tuple[str, int], str] = {}
    for txn in fresh:
        if taken.setdefault((txn.header.site, txn.header.seq), txn.id) != txn.id:
            raise UserError(
                _("包中的操作“{why}”与另一步编号相同，{again}").format(
                    why=txn.header.why, again=_again()
                )
            )
    for site in {txn.header.site for txn in fresh}:
        first = min(seq for one, seq in taken if one == site)
        query = select(Txn.seq, Txn.why).where(Txn.site == site, Txn.seq >= first)
        for seq, why in session.execute(query):
            if (site, seq) in taken:
                raise UserError(
                    _(
                        "包中的操作与库中的“{why}”出自同一份库的两个副本，没有合并，库未改动。"
                        "那份库可能从备份恢复过；请由管理员核对后，把改动重新录入。"
                    ).format(why=why)
                )


def _lacking(
    session: Session, txns: Mapping[str, ForeignTxn], here: Mapping[str, tuple[int, bool]]
) -> dict[int, ForeignTxn]:
    """What the bundle has of transactions that are here in part, and is not here, by lsn."""
    partly = {lsn: txns[txn] for txn, (lsn, sealed) in here.items() if sealed}
    places: dict[int, set[int]] = defaultdict(set)
    for batch in in_batches(list(partly)):
        for lsn, place in session.execute(
            select(Change.lsn, Change.n).where(Change.lsn.in_(batch))
        ):
            places[lsn].add(place)
    found: dict[int, ForeignTxn] = {}
    for lsn, txn in partly.items():
        rest = [(n, change) for n, change in txn.numbered if n not in places[lsn]]
        if rest:
            found[lsn] = ForeignTxn(
                txn.id, txn.header, tuple(row for _, row in rest), tuple(n for n, _ in rest)
            )
    return found


def _steps(txns: Sequence[ForeignTxn]) -> dict[Key, list[Step]]:
    found: dict[Key, list[Step]] = defaultdict(list)
    for txn in txns:
        head = txn.header
        for change in txn.changes:
            step = project.step_of(
                change.kind, 0, txn.id, head.at, head.schema, change.op, change.patch,
                change.parents,
            )  # fmt: skip
            found[change.kind, change.record].append(step)
    return dict(found)


def _lines(session: Session, touched: Sequence[Key]) -> dict[Key, list[Step]]:
    by_model: dict[str, list[str]] = defaultdict(list)
    for kind, record in touched:
        by_model[kind].append(record)
    return {
        (kind, record): line
        for kind, records in by_model.items()
        for record, line in project.steps(session, kind, records).items()
    }


def _refuse_unseen(
    steps: Mapping[Key, Sequence[Step]], lines: Mapping[Key, Sequence[Step]]
) -> None:
    """What its author had seen of a record must be here or come along."""
    for key, coming in steps.items():
        known = {step.txn for step in (*lines[key], *coming)}
        if any(parent not in known for step in coming for parent in step.parents):
            noun = by_kind()[key[0]].label(lang())
            raise UserError(
                _(
                    "包中对一条{noun}的修改所依据的版本不在本库，没有合并，库未改动。"
                    "本库可能从较早的备份恢复过，或包出自另一个库；请先合并缺少的包。"
                ).format(noun=noun)
            )


def _refuse_loose_ends(session: Session, after: Mapping[Key, Folded]) -> None:
    """What the records will point to must be here or come along, be it deleted."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for (kind, _record), folded in after.items():
        if folded.alive:
            for name, target in links(by_kind()[kind]).items():
                value = folded.values.get(name)
                if value is not None and (target, value) not in after:
                    wanted[target].add(value)
    for kind, records in wanted.items():
        missing = records - present(session, by_kind()[kind], records)
        missing -= _journaled(session, kind, missing)
        if missing:
            raise UserError(
                _(
                    "包中的记录所属的{noun}（{record}）不在本库也不在包中，没有合并，"
                    "库未改动。请从原来的电脑导出完整的包。"
                ).format(noun=by_kind()[kind].label(lang()), record=min(missing)[:8])
            )


def _journaled(session: Session, kind: str, records: set[str]) -> set[str]:
    found: set[str] = set()
    for batch in in_batches(sorted(records)):
        query = select(Change.record).where(Change.record.in_(batch), Change.kind == kind)
        found |= set(session.scalars(query))
    return found


def _causal(fresh: Sequence[ForeignTxn]) -> tuple[ForeignTxn, ...]:
    """Each transaction after its machine's last one and after what its author had seen."""
    by_id = {txn.id: txn for txn in fresh}
    graph = {
        txn.id: [
            other
            for other in (
                txn.header.prev or "",
                *(parent for change in txn.changes for parent in heads(change.parents)),
            )
            if other in by_id and other != txn.id
        ]
        for txn in fresh
    }
    try:
        return tuple(by_id[txn] for txn in TopologicalSorter(graph).static_order())
    except CycleError as bad:
        raise UserError(_("包中的操作互为前后，{again}").format(again=_again())) from bad
