"""fold is a function of the set of changes: order of arrival cannot matter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from brandpool.models.fold import Step, fold

FIELDS = ("name", "street", "industry")


def step(txn: str, op: str, parents: tuple[str, ...], at: int = 0, **new: str | None) -> Step:
    return Step(txn, at, op, {name: [None, value] for name, value in new.items()}, parents)


def test_changes_in_a_line_give_the_last_value() -> None:
    folded = fold([step("a", "I", (), name="甲"), step("b", "U", ("a",), name="乙")])
    assert folded.values == {"name": "乙"}
    assert folded.ver == "b"
    assert folded.disputes == ()


def test_different_fields_changed_at_the_same_time_both_stand() -> None:
    folded = fold(
        [
            step("a", "I", (), name="甲"),
            step("b", "U", ("a",), 1, street="梅墟"),
            step("c", "U", ("a",), 2, industry="C34"),
        ]
    )
    assert folded.values == {"name": "甲", "street": "梅墟", "industry": "C34"}
    assert folded.disputes == ()
    assert folded.ver == "b c"


def test_the_same_field_changed_at_the_same_time_shows_the_later_and_flags_the_other() -> None:
    folded = fold(
        [
            step("a", "I", (), street="聚贤"),
            step("b", "U", ("a",), 2, street="梅墟"),
            step("c", "U", ("a",), 1, street="新明"),
        ]
    )
    assert folded.values == {"street": "梅墟"}
    assert [(d.what, d.field, d.value) for d in folded.disputes] == [("value", "street", "新明")]


def test_equal_values_written_at_the_same_time_are_no_conflict() -> None:
    folded = fold(
        [
            step("a", "I", (), street="聚贤"),
            step("b", "U", ("a",), 2, street="梅墟"),
            step("c", "U", ("a",), 1, street="梅墟"),
        ]
    )
    assert folded.disputes == ()


def test_a_later_edit_of_the_field_that_saw_both_sides_settles_the_conflict() -> None:
    folded = fold(
        [
            step("a", "I", (), street="聚贤"),
            step("b", "U", ("a",), 2, street="梅墟"),
            step("c", "U", ("a",), 1, street="新明"),
            step("d", "U", ("b", "c"), 3, street="新明"),
        ]
    )
    assert folded.values == {"street": "新明"}
    assert folded.disputes == ()


def test_a_later_edit_of_another_field_does_not_settle_it() -> None:
    folded = fold(
        [
            step("a", "I", (), street="聚贤"),
            step("b", "U", ("a",), 2, street="梅墟"),
            step("c", "U", ("a",), 1, street="新明"),
            step("d", "U", ("b", "c"), 3, industry="C34"),
        ]
    )
    assert len(folded.disputes) == 1


def test_an_edit_that_the_deleter_had_not_seen_keeps_the_record_and_flags_the_deletion() -> None:
    folded = fold(
        [
            step("a", "I", (), name="甲"),
            step("b", "D", ("a",), 1),
            step("c", "U", ("a",), 2, name="乙"),
        ]
    )
    assert folded.alive
    assert folded.values == {"name": "乙"}
    assert [d.what for d in folded.disputes] == ["deletion"]


def test_a_deletion_that_saw_everything_deletes() -> None:
    assert not fold([step("a", "I", (), name="甲"), step("b", "D", ("a",))]).alive


def test_a_record_brought_back_after_a_deletion_lives() -> None:
    line = [
        step("a", "I", (), name="甲"),
        step("b", "D", ("a",)),
        step("c", "I", ("b",), name="甲"),
    ]
    assert fold(line).values == {"name": "甲"}


def test_what_an_undo_gives_back_waits_again_and_an_edit_settles_it() -> None:
    again = Step("d", 4, "U", {"street": ["新明", "梅墟", [["c", "新明"]]]}, ("b", "c"))
    line = [
        step("a", "I", (), street="聚贤"),
        step("b", "U", ("a",), 2, street="梅墟"),
        step("c", "U", ("a",), 1, street="新明"),
        again,
    ]
    folded = fold(line)
    assert folded.values == {"street": "梅墟"}
    assert [(d.what, d.field, d.txn, d.value) for d in folded.disputes] == [
        ("value", "street", "c", "新明")
    ]
    assert fold([*line, step("e", "U", ("d",), 5, street="高新")]).disputes == ()


def test_a_deletion_by_an_undo_says_whose_deletion_waits_and_what_was_shown() -> None:
    entries = {
        "name": ["甲", None],
        "street": ["梅墟", "聚贤", []],
        "": [None, None, [["b", None]]],
    }
    folded = fold(
        [
            step("a", "I", (), name="甲", street="聚贤"),
            step("b", "D", ("a",), 1),
            step("c", "U", ("a",), 2, street="梅墟"),
            Step("d", 3, "D", entries, ("b", "c")),
        ]
    )
    assert not folded.alive
    assert folded.values == {"name": "甲", "street": "聚贤"}
    assert [(d.what, d.txn) for d in folded.disputes] == [("deletion", "b")]


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """A record's changes by authors who had seen any part of what went before."""
    steps = [step("t00", "I", (), 0, name="甲")]
    for number in range(1, draw(st.integers(0, 9))):
        seen = draw(st.sets(st.sampled_from([s.txn for s in steps]), min_size=1, max_size=2))
        op = draw(st.sampled_from("UUUUDI"))
        names = draw(st.sets(st.sampled_from(FIELDS), min_size=1))
        values = {name: draw(st.sampled_from("甲乙丙")) for name in names}
        clock = draw(st.integers(0, 5))
        steps.append(step(f"t{number:02d}", op, tuple(sorted(seen)), clock, **values))
    return steps


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_the_order_of_arrival_does_not_matter(steps: list[Step], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(steps)
    random.shuffle(shuffled)
    one, other = fold(steps), fold(shuffled)
    assert one.values == other.values
    assert (one.alive, one.ver) == (other.alive, other.ver)
    assert set(map(repr, one.disputes)) == set(map(repr, other.disputes))


@given(histories())
@settings(max_examples=300)
def test_every_value_nobody_superseded_is_shown_or_flagged(steps: list[Step]) -> None:
    folded = fold(steps)
    if not folded.alive:
        return
    known = {s.txn: s for s in steps}

    def seen_by(txn: str) -> set[str]:
        parents = known[txn].parents
        return set(parents).union(*(seen_by(p) for p in parents))

    for name in FIELDS:
        writers = [s for s in steps if s.op != "D" and name in s.patch]
        for writer in writers:
            if not any(writer.txn in seen_by(other.txn) for other in writers):
                value = writer.patch[name][1]
                flagged = {d.value for d in folded.disputes if d.field == name}
                assert value in {folded.values[name], *flagged}
