"""A pack is read back only as its office signed it; what is shown of values is in words."""

from time import thread_time

import pytest
from msgspec.structs import replace

from models.record import Record
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.pack_plans import slot_words, value_words
from models.values.packs import Pack, allowed_answers, allowed_text, fingerprint, read_pack, signed_pack
from scoring.scheme import Scheme
from tests.models.packed_rounds import KEYS, issue, office
from tests.models.rounds import SCHEME


def resigned(pack: Pack) -> str:
    """Return a pack signed by somebody else who puts another key in."""
    public = signing.public_half(KEYS["M2"]).hex()
    return canonical.to_text(signed_pack(replace(pack, office_key=public), KEYS["M2"]))


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
    ("slot", "value", "words"),
    [
        ("mark:A2", "4", "A2: 4"),
        ("mark:A2", "null", "A2: no mark"),
        ("reason:A2", '"asked"', "A2 reason: asked"),
        ("reason:A2", '""', "A2 reason: no reason"),
        ("handed in", "true", "handed in: yes"),
        ("handed in", "false", "handed in: no"),
        ("interest", "[]", "interest: nothing declared"),
        ("interest", '[["pecuniary","a cousin"],["none",""]]', "interest: pecuniary (a cousin); none"),
    ],
)
def test_values_are_shown_in_words(slot: str, value: str, words: str) -> None:
    assert f"{slot_words(slot)}: {value_words(slot, value)}" == words


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


@pytest.mark.parametrize("text", ["0.12345678", "£12345678", "An account of 1,234,567 steps", "in 2026-2027"])
def test_what_is_no_account_stays(text: str) -> None:
    assert allowed_text(text) == text


def test_a_long_text_without_gaps_is_filtered_at_once() -> None:
    began = thread_time()

    for text in ("0" * 32_000, "a." * 16_000, "x" * 32_000):
        assert allowed_text(text) == text

    assert thread_time() - began < 2  # each took more than three seconds
