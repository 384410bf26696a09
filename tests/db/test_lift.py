"""A patch of an older schema is read as of today's, and keeps the hash it was written with."""

import pytest

from brandpool.db import lift, project
from brandpool.db.bundle import bundle_of
from brandpool.db.lift import lifted
from brandpool.db.merge import SOURCE, merge
from brandpool.models.enterprise import Enterprise
from brandpool.models.journal import Patch
from brandpool.services import history
from brandpool.services.check import check
from tests.db.conftest import NewPool, Shelf
from tests.db.stations import add, get


def road_is_street(kind: str, patch: Patch) -> Patch:
    """As if schema 900 had renamed a field of enterprises."""
    if kind != "enterprise":
        return patch
    return {"street" if name == "road" else name: entry for name, entry in patch.items()}


def halls_are_villages(kind: str, patch: Patch) -> Patch:
    """As if schema 901 had recoded its values."""
    return {
        name: [None if value is None else f"{value}村" for value in entry]
        if name == "street"
        else entry
        for name, entry in patch.items()
    }


LIFTS = {900: road_is_street, 901: halls_are_villages}


@pytest.fixture(params=["files", pytest.param("databases", marks=pytest.mark.slow)])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Both kinds of database, the server with the slow tests."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def test_each_step_since_is_applied_in_order() -> None:
    old: Patch = {"road": [None, "梅墟"]}
    assert lifted("enterprise", old, 899, LIFTS) == {"street": [None, "梅墟村"]}
    assert lifted("enterprise", {"street": [None, "梅墟"]}, 900, LIFTS) == {
        "street": [None, "梅墟村"]
    }
    assert lifted("enterprise", {"street": [None, "梅墟"]}, 901, LIFTS) == {
        "street": [None, "梅墟"]
    }
    assert lifted("contact", old, 899, LIFTS) == old


def test_an_older_step_comes_in_lifted_and_its_hash_still_holds(
    new_pool: NewPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, office = new_pool(), new_pool()
    firm = add(laptop, Enterprise, {"name": "朝阳", "street": "梅墟"})
    with laptop.read() as session:
        home = bundle_of(session, since={})
    monkeypatch.setitem(lift.LIFTS, 901, halls_are_villages)
    with office.write("合并", who="甲", source=SOURCE) as session:
        merge(session, home)
    row = get(office, firm)
    assert row is not None
    assert row["street"] == "梅墟村"
    with office.read() as session:
        assert check(session) == []
        [told] = history.of_field(session, "enterprise", firm, "street")
        assert told.new == "梅墟村"
        assert project.LIFTS is lift.LIFTS
