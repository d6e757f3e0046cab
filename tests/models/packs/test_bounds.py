"""A pack or a return holds no more than can be read and merged in seconds, whoever made it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.packs.pack_making import ready_return
from models.queries.packs.returns import TOO_OFTEN, import_plan
from models.record import Opener, Record
from models.trouble import Trouble
from models.values import canonical, packs
from models.values.packs import (
    LONGEST_VALUE,
    MOST_OF_ONE,
    MOST_PARENTS,
    MOST_REVISIONS,
    read_return,
    signed_return,
    too_much,
)
from models.values.revisions import Key, Revision, first, following
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import KEYS, declare, issue, laptop, make_return, mark, office, take_in

WITHIN = "round member"


def chain(within: str, key: Key, count: int) -> list[Revision]:
    """Return a mark that was changed again and again."""
    made = [first(within, key)]
    for number in range(count):
        made.append(following(within, key, str(number % 5), made[-1:]))
    return made[1:]


def many(count: int) -> list[Revision]:
    """Return marks on as many applications."""
    return [Revision(str(number), "mark:A1", 1, "1", (), "") for number in range(count)]


def with_value(value: str) -> list[Revision]:
    return [Revision("", "reason:A1", 1, value, (), "")]


@pytest.mark.parametrize(
    ("revisions", "words"),
    [
        (lambda: many(MOST_REVISIONS + 1), "holds 50,001 values"),
        (lambda: with_value("x" * (LONGEST_VALUE + 1)), "a reason of more than 70,000 characters"),
        (lambda: with_value("x" * 70_000) * 286, "more than 20,000,000 characters"),
        (lambda: [replace(many(1)[0], parents=("",) * (MOST_PARENTS + 1))], "more than 100 others"),
        (lambda: chain(WITHIN, Key("", "mark:A1"), MOST_OF_ONE + 1), "changed 501 times"),
        (lambda: chain(WITHIN, Key("", "mark:A1"), MOST_OF_ONE), ""),
        (lambda: many(MOST_REVISIONS), ""),
        (list, ""),
    ],
    ids=range(8),
)
def test_what_is_too_much_is_said(revisions: Callable[[], list[Revision]], words: str) -> None:
    found = too_much(tuple(revisions()))

    assert words in found
    assert bool(found) == bool(words)


@pytest.fixture
def there(tmp_path: Path) -> Record:
    """The office's record."""
    return office(Record.create(tmp_path / "office.panel", Opener("Grace", "tests"), clock=TickingClock()))


@pytest.fixture
def home(there: Record, tmp_path: Path) -> Record:
    """M1's own record with one mark."""
    opened = laptop(tmp_path / "ann.panel", issue(there))
    declare(opened)
    mark(opened, "ACF-001", "A1", 4, None)
    return opened


def changed_often(text: str, count: int, number: int = 0) -> str:
    """Return a return in which a member changed one mark very often, signed."""
    given = read_return(text)
    (uid,) = {one.application for one in given.revisions if one.application}
    rest = tuple(one for one in given.revisions if one.slot != "mark:A1")
    made = chain(given.within, Key(uid, "mark:A2"), count)[number:]
    return canonical.to_text(signed_return(replace(given, revisions=(*rest, *made)), KEYS["M1"]))


def test_a_return_of_a_thousand_times_the_usual_changes_is_refused_in_a_sentence(
    home: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MOST_REVISIONS", 5_000)

    with pytest.raises(Trouble, match=r"holds 10,001 values, and no more than 5,000 .* make it again\."):
        read_return(changed_often(make_return(home), 10_000))


def test_a_mark_that_several_returns_change_too_often_is_refused_by_itself(
    there: Record, home: Record
) -> None:
    text = make_return(home)
    take_in(there, changed_often(text, 300))

    more = changed_often(text, 600, 300)

    (item,) = there.ask(partial(import_plan, texts=(more,))).refused
    assert (item.what, item.words) == ("ACF-001 A2", TOO_OFTEN)


def test_no_return_and_no_pack_is_made_that_nobody_reads(
    there: Record, home: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MOST_REVISIONS", 1)

    with pytest.raises(Refused, match="The return holds 2 values"):
        home.ask(ready_return)
    monkeypatch.setattr(packs, "MOST_REVISIONS", 0)
    with pytest.raises(Refused, match="The pack holds 1 values"):
        issue(there)


@pytest.mark.parametrize(
    "value", [" 4", "4.0", "[" * 5_000, "[" * 980 + "]" * 980, '{"a":1,"a":1}', r'"\u0041"']
)
def test_a_value_that_is_not_written_as_values_are_is_refused(
    there: Record, home: Record, value: str
) -> None:
    given = read_return(make_return(home))
    (uid,) = {one.application for one in given.revisions if one.application}
    key = Key(uid, "mark:A2" if value[-1] != '"' else "reason:A2")
    made = following(given.within, key, value, [first(given.within, key)])
    text = canonical.to_text(signed_return(replace(given, revisions=(made,)), KEYS["M1"]))

    with pytest.raises(Trouble, match="changed after it was made"):
        there.ask(partial(import_plan, texts=(text,)))


@pytest.mark.parametrize("change", [str.upper, " ".join, lambda text: text[:2] + " " + text[2:]])
def test_a_key_is_written_in_one_way(home: Record, change: object) -> None:
    given = read_return(make_return(home))
    odd = replace(given, member_key=change(given.member_key))  # type: ignore[operator]

    with pytest.raises(Trouble):
        read_return(canonical.to_text(signed_return(odd, KEYS["M1"])))


def test_a_return_cannot_make_a_sound_record_look_unsound(there: Record, home: Record) -> None:
    given = read_return(make_return(home))
    (own,) = (one for one in given.revisions if one.slot == "mark:A1")
    start = first(given.within, own.key)
    odd = following(given.within, own.key, "2", [start, own])
    text = canonical.to_text(signed_return(replace(given, revisions=(*given.revisions, odd)), KEYS["M1"]))

    take_in(there, text)

    assert verify(there).sound
