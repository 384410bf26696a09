"""Patches that an older program wrote, read as this program would have written them.

The journal keeps the text it was given, since its hash is made from it; what a later schema named
or coded otherwise is told here, one function per schema step, and applied whenever a patch is read.
"""

from collections.abc import Callable, Mapping

from brandpool.models.journal import Patch

Lift = Callable[[str, Patch], Patch]

LIFTS: dict[int, Lift] = {}
"""{schema: how a patch (of a record kind) from before that schema is to be read since}.

Empty while every schema step only added tables and fields. A step that renames a field or recodes
its values adds its function here together with its migration.
"""


def lifted(kind: str, patch: Patch, schema: int, lifts: Mapping[int, Lift] | None = None) -> Patch:
    """A patch of a record kind, written at schema number `schema`, as of today's schema."""
    steps = LIFTS if lifts is None else lifts
    for later in sorted(step for step in steps if step > schema):
        patch = steps[later](kind, patch)
    return patch
