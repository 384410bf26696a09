"""Saving what was edited in a table, so that quick hands never conflict with themselves."""

from collections.abc import Callable, Mapping, Sequence

from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.ui.work import Task, Work

Edits = Mapping[str, Mapping[str, Value]]


class Saver:
    """Writes edits of one kind, one step per call.

    A colleague's edit is noticed by the version of the row the clerk saw. Where that version has
    since been replaced by an edit of this very table, the newer one is what the clerk means.
    """

    def __init__(self, work: Work, model: type[Record]) -> None:
        self._work = work
        self._model = model
        self._after: dict[tuple[str, str], str] = {}

    def save(
        self,
        why: str,
        edits: Edits,
        seen: Mapping[str, str],
        done: Callable[[int], object],
        failed: Callable[[str], object],
        added: Sequence[Mapping[str, Value]] = (),
    ) -> None:
        """Queue the edits and new records; `done` gets how many records changed or came."""

        def job(task: Task) -> int:
            followed = {record: self._follow(record, ver) for record, ver in seen.items()}
            with task.write(why) as session:
                changed = sum(
                    records.edit(session, self._model, record, values, followed.get(record))
                    for record, values in edits.items()
                )
                for values in added:
                    records.add(session, self._model, values)
            with task.read() as session:
                for row in records.rows(session, self._model, list(edits)):
                    if row.ver != followed.get(row.id, row.ver):
                        self._after[row.id, followed[row.id]] = row.ver
            return changed + len(added)

        self._work.run(job, done, failed=failed, keep=True)

    def _follow(self, record: str, ver: str) -> str:
        while (record, ver) in self._after:
            ver = self._after[record, ver]
        return ver
