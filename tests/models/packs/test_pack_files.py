"""Packs and returns as files: bounded, signed, read back only as issued, and a sentence for whatever else."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.journal.verify import verify
from models.packs.pack_making import OpenedPack, make_member_record, ready_return
from models.queries.packs.returns import TOO_OFTEN, import_plan
from models.record import Opener, Record
from models.store.record_file import is_encrypted
from models.trouble import Trouble
from models.values import canonical, packs, signing
from models.values.packs import (
    LONGEST_VALUE,
    MOST_OF_ONE,
    MOST_PARENTS,
    MOST_REVISIONS,
    Pack,
    allowed_answers,
    allowed_text,
    fingerprint,
    read_pack,
    read_return,
    too_much,
    with_signature,
)
from models.values.revisions import History, Key, Revision, first, following
from scoring.scheme import Scheme
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import KEYS, declare, issue, laptop, make_return, mark, office, take_in
from tests.models.rounds import SCHEME, refused

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
    return canonical.to_text(with_signature(replace(given, revisions=(*rest, *made)), KEYS["M1"]))


def test_a_mark_that_several_returns_change_too_often_is_refused_by_itself(
    there: Record, home: Record
) -> None:
    text = make_return(home)
    take_in(there, changed_often(text, 300))

    more = changed_often(text, 600, 300)

    (item,) = there.ask(partial(import_plan, texts=(more,))).refused
    assert (item.what, item.words) == ("ACF-001 A2", TOO_OFTEN)

    # A return cannot make a sound record look unsound.
    given = read_return(make_return(home))
    (own,) = (one for one in given.revisions if one.slot == "mark:A1")
    start = first(given.within, own.key)
    odd = following(given.within, own.key, "2", [start, own])
    text = canonical.to_text(with_signature(replace(given, revisions=(*given.revisions, odd)), KEYS["M1"]))

    take_in(there, text)

    assert verify(there).sound


def test_no_return_and_no_pack_is_made_that_nobody_reads(
    there: Record, home: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MOST_REVISIONS", 1)
    refused("The return holds 2 values", home.ask, ready_return)
    monkeypatch.setattr(packs, "MOST_REVISIONS", 0)
    refused("The pack holds 1 values", issue, there)
    monkeypatch.setattr(packs, "MOST_REVISIONS", 5_000)
    with pytest.raises(Trouble, match=r"holds 10,001 values, and no more than 5,000 .* make it again\."):
        read_return(changed_often(make_return(home), 10_000))


def test_a_value_that_is_not_written_as_values_are_is_refused(there: Record, home: Record) -> None:
    given = read_return(make_return(home))
    (uid,) = {one.application for one in given.revisions if one.application}
    for value in (" 4", "4.0", "[" * 5_000, "[" * 980 + "]" * 980, '{"a":1,"a":1}', r'"\u0041"'):
        key = Key(uid, "mark:A2" if value[-1] != '"' else "reason:A2")
        made = following(given.within, key, value, [first(given.within, key)])
        text = canonical.to_text(with_signature(replace(given, revisions=(made,)), KEYS["M1"]))

        with pytest.raises(Trouble, match="changed after it was made"):
            there.ask(partial(import_plan, texts=(text,)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A pack and a return."""
    folder = tmp_path_factory.mktemp("texts")
    with Record.create(folder / "office.panel", Opener("Grace", "tests"), clock=TickingClock()) as record:
        pack = issue(office(record))
    with laptop(Path(folder / "ann.panel"), pack) as home:
        mark(home, "ACF-001", "A1", 4, None)
        return {"pack": pack, "return": make_return(home)}


@settings(max_examples=150)
@given(data=st.data())
def test_a_foreign_value_anywhere_is_refused_in_a_sentence(
    texts: dict[str, str], data: st.DataObject
) -> None:
    for kind, read in (("pack", read_pack), ("return", read_return)):
        found: dict[str, Any] = json.loads(texts[kind])
        place, name = found, data.draw(st.sampled_from(sorted(found)))
        while isinstance(place[name], dict) and place[name] and data.draw(st.booleans()):
            place, name = place[name], data.draw(st.sampled_from(sorted(place[name])))
        place[name] = data.draw(JSON)
        spoiled = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assume(spoiled != texts[kind])
        with pytest.raises(Trouble):
            read(spoiled)


@example("[" * 200_000)
@given(st.text())
def test_any_text_at_all_is_refused_in_a_sentence(text: str) -> None:
    for read in (read_pack, read_return):
        with pytest.raises(Trouble):
            read(text)


def test_a_key_in_anothers_place_or_written_another_way_is_not_the_signature(texts: dict[str, str]) -> None:
    given_back = read_return(texts["return"])
    stranger = signing.public_half(KEYS["laptop 2"]).hex()
    swapped = replace(with_signature(given_back, KEYS["M1"]), member_key=stranger)

    with pytest.raises(Trouble):
        read_return(canonical.to_text(swapped))

    # A key is written in one way.
    own = given_back.member_key
    for odd in (own.upper(), " ".join(own), f"{own[:2]} {own[2:]}"):
        with pytest.raises(Trouble):
            read_return(canonical.to_text(with_signature(replace(given_back, member_key=odd), KEYS["M1"])))


@pytest.mark.parametrize("name", ["number", "journal_row", "office_row"])
def test_a_number_that_no_record_can_hold_is_refused_though_signed(texts: dict[str, str], name: str) -> None:
    given = replace(read_return(texts["return"]), **{name: 2**63})  # type: ignore[arg-type]

    with pytest.raises(Trouble):
        read_return(canonical.to_text(with_signature(given, KEYS["M1"])))


def resigned(pack: Pack) -> str:
    """Return a pack signed by somebody else who puts another key in."""
    public = signing.public_half(KEYS["M2"]).hex()
    return canonical.to_text(with_signature(replace(pack, office_key=public), KEYS["M2"]))


def test_a_pack_is_read_only_as_it_was_signed(record: Record) -> None:
    text = issue(office(record))
    pack = read_pack(text)

    assert read_pack(resigned(pack)).applications == pack.applications
    edited = replace(pack, expires_on=pack.issued_on)
    other = replace(pack, round=replace(pack.round, fingerprint="00" * 32))
    odd = replace(pack, revisions=(replace(pack.revisions[0], number=9),))
    newer = replace(pack, format=2)
    for spoiled in (
        canonical.to_text(edited),
        canonical.to_text(replace(pack, signature="zz")),
        resigned(other),
        resigned(odd),
        resigned(replace(pack, kind="return")),
        "[[",
    ):
        with pytest.raises(Trouble, match="changed after it was made"):
            read_pack(spoiled)
    with pytest.raises(Trouble, match="newer version"):
        read_pack(resigned(newer))


def test_a_tolerance_is_money_and_leaves_the_fingerprint_alone() -> None:
    allowed: Scheme = replace(SCHEME, tolerance_authority="A. Commissioner")

    assert fingerprint(allowed) == fingerprint(SCHEME)
    assert fingerprint(replace(SCHEME, scale_maximum=4)) != fingerprint(SCHEME)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("Ring 01902 555 123 or +44 7700 900123.", "Ring [left out] or [left out]."),
        ("to zelda@allotments.example, please", "to [left out] please"),
        ("08-99-99 66374958", "[left out] [left out]"),
        ("£12,500 for 1,200 people in 2026 and 2027", "£12,500 for 1,200 people in 2026 and 2027"),
        ("charity 1234567", "charity 1234567"),
        ("account 1234 5678, or 12 34 56 78", "account [left out], or [left out]"),
        ("1234-5678; 1234\u00a05678; 1 2 3 4 5 6 7 8", "[left out]; [left out]; [left out]"),
        ("sort code 08–99–99", "sort code [left out]"),
        ("GB29 NWBK 6016 1331 9268 19 and more", "[left out] and more"),
        ("gb29nwbk60161331926819, GB29-NWBK-6016-1331-9268-19.", "[left out], [left out]."),
        ("IE29 AIBK 9311 5212 3456 78 DE89 3704 0044 0532 0130 00", "[left out]"),
        ("in 2026-2027, on 03-11-2026 or 2026-11-03", "in 2026-2027, on 03-11-2026 or 2026-11-03"),
        ("CV12 3AB, £12345678, 12,345,678", "CV12 3AB, £12345678, 12,345,678"),
    ],
)
def test_what_reaches_or_pays_somebody_is_left_out(text: str, allowed: str) -> None:
    assert allowed_text(text) == allowed


def test_questions_for_contacts_and_accounts_are_left_out() -> None:
    kept = ("Why is it needed?", "What will change?", "Who benefits?")
    left = ("E-mail address", "Bank account name", "Your name", "Contact", "Postcode", "Signed by")

    found = allowed_answers((heading, "x") for heading in (*kept, *left))

    assert tuple(heading for heading, _ in found) == kept


@pytest.mark.parametrize(
    "number",
    [
        *("1234  5678", "1234\t5678", "1234\u200b5678", "1234_5678", "12\N{EM DASH}34\N{EM DASH}56"),
        *("123456 12345678", "sort code 123456", "Sort code: 123456", "Acc no 1234567", "A/C12345678"),
    ],
)
def test_no_way_to_write_an_account_gets_past_the_filter(number: str) -> None:
    assert allowed_text(number) == "[left out]"
    assert allowed_text(f"Pay into {number}, please.") == "Pay into [left out], please."


OPENER = Opener("Ann Sample", "tests")
OWN = "six words of her own"


@pytest.fixture
def pack(record: Record) -> Pack:
    """A pack for M1."""
    return read_pack(issue(office(record)))


def opened(pack: Pack) -> OpenedPack:
    """Return a pack as somebody who has its passphrase could seal it again."""
    changed = replace(pack, office_key=signing.public_half(KEYS["M2"]).hex())
    signed = with_signature(changed, KEYS["M2"])
    return OpenedPack(signed, canonical.to_text(signed), "", tuple)


def test_the_record_is_encrypted_by_its_own_key_and_never_written_over(pack: Pack, tmp_path: Path) -> None:
    path, was_there = tmp_path / "ann.panel", list[bool]()

    def contents() -> tuple[bytes, ...]:
        was_there.append(path.exists())
        return ()

    make_member_record(path, OPENER, OWN, replace(opened(pack), contents=contents)).close()

    assert (is_encrypted(path), was_there) == (True, [False])
    assert b"Allotment" not in path.read_bytes()
    with Record.open(path, OPENER, key=OWN) as record:
        assert record.is_encrypted

    # A record that is there is never written over.
    before = path.read_bytes()
    with pytest.raises(Trouble):
        make_member_record(path, OPENER, OWN, opened(pack))
    assert path.read_bytes() == before

    # A pack that makes no sense leaves no record behind.
    twice = replace(pack, applications=(*pack.applications, pack.applications[0]))
    stray = History.new(pack.within, Key("elsewhere", "interest")).set_to('[["pecuniary","x"]]')
    odd = History.new(pack.within, Key("", "interest")).set_to('[["odd",""]]')
    others = (replace(pack, revisions=one.written, stands=tuple(one.stands)) for one in (stray, odd))
    for number, spoiled in enumerate((twice, *others)):
        path = tmp_path / f"{number}.panel"
        with pytest.raises((Trouble, Refused)):
            make_member_record(path, OPENER, OWN, opened(spoiled))
        assert not path.exists()
