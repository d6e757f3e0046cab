"""Two histories of one value: what follows from what, and what a person has to decide."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.values.revisions import History, Key, Revision, are_sound, first, following, histories, settled

WITHIN = "round member"
KEY = Key("application", "mark:A1")


def start() -> History:
    """Return the history of a mark that nobody gave yet."""
    return History.new(WITHIN, KEY)


def test_what_follows_is_taken_without_a_question() -> None:
    here = start().set_to("3")
    there = here.set_to("4").set_to("5")

    joined = here.joined(there.written)

    assert (joined.value, joined.is_open) == ("5", False)


def test_what_was_superseded_changes_nothing() -> None:
    older = start().set_to("3")
    here = older.set_to("4")

    assert here.joined(older.written) == here


def test_two_values_from_one_are_for_a_person_whatever_their_numbers() -> None:
    base = start().set_to("3")
    here, there = base.set_to("2"), base.set_to("4").set_to("5")

    joined = here.joined(there.written)

    assert joined.is_open
    assert joined.value == "2"  # number 2 stands here although 5 has number 3
    assert {head.value for head in joined.heads} == {"2", "5"}


def test_what_a_person_chose_follows_from_both_and_is_never_asked_again() -> None:
    base = start().set_to("3")
    here, there = base.set_to("2"), base.set_to("4")
    chosen = next(head.hash for head in there.heads)

    decided = here.joined(there.written).decided(chosen)

    assert decided.value == "4"
    assert not decided.joined(there.written).is_open
    assert decided.heads[0].parents == tuple(sorted(head.hash for head in (*here.heads, *there.heads)))


def test_the_same_value_from_two_sides_is_no_question() -> None:
    base = start().set_to("3")
    here, there = base.set_to("1").set_to("4"), base.set_to("4")

    joined = here.joined(there.written)

    assert not joined.is_open
    assert len(joined.stands) == 2
    assert joined.set_to("5").heads[0].parents == tuple(sorted(joined.stands))


def test_a_value_taken_back_is_a_revision_too() -> None:
    known = settled(WITHIN, {}, {KEY: "3"})

    emptied = settled(WITHIN, known, {})

    assert [revision.value for revision in emptied[KEY].written] == ["3", "null"]
    assert settled(WITHIN, {}, {}) == {}


def test_histories_come_back_from_their_revisions() -> None:
    made = start().set_to("3").set_to("4")

    assert histories(WITHIN, made.written, made.stands) == {KEY: made}


def test_a_revision_that_was_edited_is_not_sound() -> None:
    made = start().set_to("3").set_to("4")
    old, new = made.written

    assert are_sound(WITHIN, made.written, {})
    assert not are_sound(WITHIN, (old, replace(new, value="5")), {})
    assert not are_sound(WITHIN, (old, replace(new, number=9)), {})
    assert not are_sound(WITHIN, (new,), {})  # what it follows is missing
    assert are_sound(WITHIN, (new,), {KEY: start().set_to("3")})
    assert not are_sound("another member", made.written, {})
    assert not are_sound(WITHIN, (replace(old, parents=()),), {})


def test_a_revision_follows_only_its_own_key() -> None:
    other = History.new(WITHIN, Key("application", "mark:A2")).set_to("3").written[0]
    stray = following(WITHIN, KEY, "4", [other])

    assert not are_sound(WITHIN, (other, stray), {})


@st.composite
def trees(draw: st.DrawFn) -> list[Revision]:
    """Return the revisions of a history that several people wrote on at once."""
    made = [first(WITHIN, KEY)]
    for _ in range(draw(st.integers(1, 8))):
        parents = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique_by=hash))
        made.append(following(WITHIN, KEY, str(draw(st.integers(0, 3))), parents))
    return [revision for revision in made if revision.number]


@given(trees(), st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_what_comes_change_nothing(made: list[Revision], chance: Random) -> None:
    shuffled = made + made[: len(made) // 2]
    chance.shuffle(shuffled)
    at_once, one_by_one = start().joined(made), start()
    for revision in shuffled:
        one_by_one = one_by_one.joined([revision])

    assert one_by_one.revisions == at_once.revisions
    assert one_by_one.heads == at_once.heads
    assert one_by_one.is_open == at_once.is_open
    if not at_once.is_open:
        assert one_by_one.value == at_once.value
