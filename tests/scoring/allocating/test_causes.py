"""Why a line was cut or left out, as values, and how far an organisation's awards count together."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.causes import (
    Held,
    HeldCause,
    Less,
    LessCause,
    held_cause,
    is_rule_note,
    less_because,
    less_cause,
    note_words,
    own_reason,
    printed_note,
    recalculated_words,
    rule_note,
)
from scoring.allocating.organisations import (
    CapCause,
    cap_cause,
    group,
    identity,
    over_caps,
    own_cap_words,
    same_organisations,
    unsettled_words,
)
from scoring.rank import rank
from scoring.ranking import Cause, Outcome, Standing, Why
from scoring.round import Application, AsDecided
from scoring.scheme import Allocation
from tests.oracle.published_money import organisations
from tests.scoring.builders import application, one_question, simple_round

SCHEME = one_question(cap_per_award_pence=180_000, cap_per_organisation_pence=190_000)
STANDING = rank(simple_round({"ACF-001": 3})).standings[0]._replace(outcome=Outcome.RESERVE)
ASKS = Application("ACF-001", "Made-up Club", "Coventry", 400_000)
MOST_OF_ONE = "the most that one organisation may have"


@pytest.mark.parametrize(
    ("outcome", "offered", "why", "most", "because"),
    [
        (
            Outcome.PART,
            150_000,
            Less.POT,
            0,
            "what was left of the pot for Coventry at its place in the list",
        ),
        (Outcome.FUND, 180_000, Less.AWARD_CAP, 180_000, "the most that an award may be"),
        (Outcome.FUND, 190_000, Less.ORGANISATION_CAP, 190_000, MOST_OF_ONE),
        (Outcome.FUND, 50_000, Less.ORGANISATION_REST, 190_000, f"what was left of {MOST_OF_ONE}"),
    ],
)
def test_an_offer_is_less_by_the_rule_that_made_it_so(
    outcome: Outcome, offered: int, why: Less, most: int, because: str
) -> None:
    asks, standing = replace(ASKS, minimum_pence=120_000), STANDING._replace(outcome=outcome)
    proposed = standing._replace(offer_pence=offered)

    found = less_cause(SCHEME, asks, proposed, offered)

    assert found == LessCause(why, "Coventry", most, 120_000)
    assert less_because(found) == because
    tolerated = less_cause(replace(SCHEME, tolerance_percent=Decimal(5)), asks, proposed, offered)
    told = because.replace(" at its", " with the tolerance at its") if why is Less.POT else because
    assert less_because(tolerated) == told
    # all that was asked is no less, and somebody's own amount has a reason of their own
    whole = standing._replace(offer_pence=400_000)
    assert less_cause(SCHEME, asks, whole, 400_000) is less_cause(SCHEME, asks, proposed, offered - 1) is None
    assert less_because(None) == ""


@pytest.mark.parametrize(
    ("allocation", "left", "tolerance", "least", "outcome", "why", "needed"),
    [
        (Allocation.PART, 0, 0, None, Outcome.RESERVE, Held.SPENT, 0),
        (Allocation.PART, 199_999, 0, None, Outcome.RESERVE, Held.SHORT, 200_000),
        (Allocation.PART, 200_000, 0, 250_000, Outcome.RESERVE, Held.SHORT, 250_000),
        (Allocation.SKIP, 399_999, 0, None, Outcome.RESERVE, Held.SHORT, 400_000),
        # enough is left: the list had ended before, or the panel chose another
        (Allocation.PART, 200_000, 0, None, Outcome.RESERVE, Held.STOPPED, 0),
        (Allocation.PART, 250_000, 0, 250_000, Outcome.RESERVE, Held.STOPPED, 0),
        (Allocation.SKIP, 400_000, 0, None, Outcome.RESERVE, Held.OPEN, 0),
        (Allocation.PART, 400_000, 0, None, Outcome.FUND, Held.OPEN, 0),
        # what the tolerance allows beside what is left
        (Allocation.STOP, 399_999, 1, None, Outcome.FUND, Held.OPEN, 0),
        (Allocation.STOP, 0, 400_000, None, Outcome.FUND, Held.OPEN, 0),
        (Allocation.STOP, 0, 400_000, None, Outcome.RESERVE, Held.SPENT, 0),
    ],
)
def test_why_it_is_in_reserve_is_the_true_cause(
    allocation: Allocation,
    left: int,
    tolerance: int,
    least: int | None,
    outcome: Outcome,
    why: Held,
    needed: int,
) -> None:
    scheme, asks = replace(SCHEME, allocation=allocation), replace(ASKS, minimum_pence=least)
    standing = STANDING._replace(outcome=outcome)
    known = {"left_pence": left, "free_pence": left + tolerance}

    found = held_cause(scheme, asks, standing, **known, is_all_before=True)

    is_short, is_spent = why is Held.SHORT, why is Held.SPENT
    assert found == HeldCause(
        why,
        "Coventry",
        left,
        400_000,
        needed,
        is_own_least=is_short and least is not None,
        is_half=is_short and least is None and allocation is Allocation.PART,
        is_all_before=is_spent,
        own_least_pence=least or 0,
    )
    assert found.is_told == (why is not Held.OPEN)
    elsewhere = held_cause(scheme, asks, standing, **known, is_all_before=None)
    assert elsewhere == (replace(found, why=Held.NONE_FREE, is_all_before=False) if is_spent else found)


@pytest.mark.parametrize(
    ("most", "awarded", "cause", "leaves"),
    [
        *((None, 300_000, None, ""), (700_000, 0, None, ""), (700_000, 300_000, None, "")),
        # £6,999.99 less £3,000 is a penny less than it asks
        (699_999, 300_000, CapCause(699_999, 300_000, 399_999), "£3,999.99"),
        (300_000, 300_000, CapCause(300_000, 300_000, 0), "nothing"),
    ],
)
def test_an_organisations_awards_are_a_cause_where_both_are_more_than_one_may_have(
    most: int | None, awarded: int, cause: CapCause | None, leaves: str
) -> None:
    scheme = replace(SCHEME, cap_per_organisation_pence=most)
    two = [replace(ASKS, reference=of, organisation="One and the same") for of in ("ACF-001", "ACF-002")]
    other = replace(ASKS, reference="ACF-003")
    round_ = simple_round({"ACF-001": 3, "ACF-002": 2}, applications=(*two, other), scheme=scheme)
    given = {"ACF-001": 400_000, "ACF-002": awarded, "ACF-003": 400_000}

    same = same_organisations(round_.applications)
    found = cap_cause(round_, same, "ACF-001", given)
    words = own_cap_words(round_, same, "ACF-001", given)

    assert found == cause
    assert bool(words) == (cause is not None)
    assert words.startswith("one organisation may have £" if words else "")
    told = f", and this one has £3,000 on ACF-002, which leaves {leaves} of that for the £4,000 requested"
    assert words.endswith(told if words else "")
    held = HeldCause(cap=found, own_least_pence=400_000)
    assert (held.is_told, held.is_short_by_cap) == (cause is not None, cause is not None)
    assert HeldCause(cap=found).is_short_by_cap == (cause is not None and not cause.left_pence)


REASONS = (
    "",
    "fits",
    "It fits the fund's purposes: asks for £400.00 and gives twenty evenings.",
    "The list stopped at nothing to find people out of work.",
    "Below threshold on need, and the panel would see it again next year",
)
CAUSES = (
    Cause(Why.FITS, 400_000, 500_000),
    Cause(Why.CAPPED, 350_000, 500_000, cap_pence=350_000, is_of_award=True),
    Cause(Why.CAPPED, 350_000, 500_000, cap_pence=350_000),
    Cause(Why.CAPPED, 350_000, 500_000, cap_pence=400_000, used=(("ACF-2", 49_999), ("VF-3", 1))),
    Cause(Why.PART, 400_000, 231_000, 200_000),
    Cause(Why.PART, 400_000, 231_000, 200_000, is_own_least=True),
    Cause(Why.SKIPPED, 400_000, 231_000),
    Cause(Why.TOO_MUCH, 400_000, 100, 200_000),
    Cause(Why.STOPPED, 400_000, at=("ACF-010",)),
    Cause(Why.ORGANISATION, cap_pence=2_000_000, used=(("ACF-2", 1_000_000), ("VF-3", 1_000_000))),
    Cause(Why.BELOW),
    Cause(Why.TIED, left_pence=100, at=("ACF-1", "ACF-2")),
    Cause(Why.WAITS, at=("ACF-1", "ACF-2")),
)
ALONE = rank(simple_round({"ACF-001": 3})).standings[0]


@pytest.mark.parametrize("words", REASONS)
def test_what_a_person_wrote_is_left_as_it_is(words: str) -> None:
    assert not is_rule_note(words)
    assert own_reason(words) == words


@given(
    totals=st.lists(st.integers(0, 9), min_size=1, max_size=8),
    asks=st.lists(st.integers(1, 5000), min_size=8, max_size=8),
    pot=st.integers(0, 9000),
    rule=st.sampled_from(tuple(Allocation)),
    floor=st.integers(0, 5),
)
def test_every_note_that_the_rule_writes_is_known(
    totals: list[int], asks: list[int], pot: int, rule: Allocation, floor: int
) -> None:
    names = [f"ACF-{number:03d}" for number in range(len(totals))]
    scheme = one_question(allocation=rule, cap_per_award_pence=300_000, minimum_total=Decimal(floor))
    wanted = dict(zip(names, asks, strict=False))
    round_ = simple_round(dict(zip(names, totals, strict=True)), pot=pot, asks=wanted, scheme=scheme)

    standings = rank(round_).standings
    notes = [note for one in standings for note in (rule_note(one) or "", note_words(one, scheme))]

    assert [note for note in notes if not is_rule_note(note)] == []


def test_without_a_cause_nothing_is_told() -> None:
    standing = ALONE._replace(cause=None)

    assert (rule_note(standing), note_words(standing, one_question())) == (None, "")
    assert printed_note(standing, one_question()) == ""


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_told_in_words_that_are_no_reason(cause: Cause) -> None:
    standing = _of(cause)

    assert is_rule_note(rule_note(standing) or "")
    assert is_rule_note(note_words(standing, one_question()))


def _of(cause: Cause) -> Standing:
    return ALONE._replace(
        requested_pence=400_000, below_threshold=("total 58.00 is below 60.00",), cause=cause
    )


def of(reference: str, name: str, charity: str = "", company: str = "", word: str = "") -> Application:
    """Return an application; a number of one figure is the last of one: 1122330, of a company 01122330."""
    number = f"112233{charity}" if len(charity) == 1 else charity
    company = f"0112233{company}" if len(company) == 1 else company
    made = application(reference, 700, organisation=name, charity_number=number)
    return replace(made, company_number=company, one_with=word)


def groups(*applications: Application) -> set[frozenset[str]]:
    """Return the references of each organisation."""
    found: dict[str, set[str]] = {}
    for reference, first in same_organisations(applications).items():
        found.setdefault(first, set()).add(reference)
    return {frozenset(group) for group in found.values()}


def named(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_a_number_counts_however_it_is_written_and_not_as_a_spreadsheet_shortened_it() -> None:
    assert groups(of("A", "X", "", "01254367"), of("B", "Y", "", "1254367")) == named("AB")
    assert groups(of("A", "X", "1122334"), of("B", "Y", "112 2334"), of("C", "Z", "1122334-1")) == named(
        "ABC"
    )
    assert groups(of("A", "X", "sc012354"), of("B", "Y", "SC012354")) == named("AB")
    for word in ("1.18E+11", "Pending", "n/a", "--", "00", "123456789", "CIC", "Exempt"):
        assert groups(of("A", "X", word, word), of("B", "Y", word, word)) == named("A", "B")
    assert groups(of("A", "Ｃａｎａｌ Scouts"), of("B", "canal  scouts")) == named("AB")


def test_one_without_a_number_joins_no_two_that_have_different_ones_of_either_register() -> None:
    rows = [of("A", "Larkfield", "1"), of("B", "Larkfield"), of("C", "Larkfield", "2"), of("D", "larkfield")]

    assert groups(*rows) == named("A", "BD", "C")
    assert unsettled_words(rows) == (
        "Larkfield: B and D count with none of that name that has a charity or company number, for their "
        "numbers differ. Enter the number that is missing.",
    )

    rows = [of("A", "X", "1"), of("B", "X", "", "5"), of("C", "X", "2")]
    assert groups(*rows) == named("A", "B", "C")
    assert len(unsettled_words(rows)) == 1

    rows = [of("A", "X", "1"), of("B", "Y", "1", "7"), of("C", "X", "", "8")]
    assert groups(*rows) == named("AB", "C")
    assert len(unsettled_words(rows)) == 1

    rows = (of("A", "X", "1"), of("B", "X"), of("C", "X", "2"))

    warnings = rank(simple_round({}, applications=rows)).warnings

    assert [words for words in warnings if words.startswith("X: B counts with none")]


def test_the_offices_word_comes_before_numbers_and_one_that_two_kept_apart_share_is_of_neither() -> None:
    branches = [of("A", "Legion North", "1", word="North"), of("B", "Legion South", "1", word="South")]
    assert groups(*branches) == named("A", "B")
    assert groups(*branches, of("C", "Legion", "1")) == named("A", "B", "C")
    assert groups(of("A", "X", "1", word="one"), of("B", "Y", "2", word="one")) == named("AB")

    rows = [of("A", "North", "1", word="x"), of("B", "South", "1", word="y"), of("C", "West", "1")]

    assert groups(*rows) == named("A", "B", "C")
    assert unsettled_words(rows) == (
        "West: C counts with none of those that have its number, for these are kept apart. Say with which of "
        "them it is one.",
    )


WHO = st.tuples(st.sampled_from("NMO"), st.sampled_from(["", "1", "2"]), st.sampled_from(["", "5", "6"]))


@given(st.lists(WHO, min_size=1, max_size=7), st.integers(0, 1000))
def test_it_is_as_published_in_any_order(who: list[tuple[str, str, str]], seed: int) -> None:
    rows = [of(f"R{number}", *one) for number, one in enumerate(who)]
    shuffled = Random(seed).sample(rows, len(rows))
    published: dict[int, set[str]] = {}
    for reference, number in organisations(rows).items():
        published.setdefault(number, set()).add(reference)

    assert groups(*rows) == groups(*shuffled) == {frozenset(of) for of in published.values()}
    for one in groups(*rows):
        joined = [row for row in rows if row.reference in one]
        assert group(tuple(identity(row) for row in joined)).first[0] == 0


def test_caps_that_an_application_asks_more_than_are_named() -> None:
    two = [replace(ASKS, reference=of, organisation="One and the same") for of in ("A", "B")]
    round_ = simple_round({"A": 3, "B": 2}, applications=two, scheme=SCHEME)

    assert list(over_caps(round_, "A")) == [
        "over the cap for one award",
        "over the cap for one organisation, with its other applications",
    ]
    assert list(over_caps(replace(round_, scheme=one_question()), "A")) == []


def test_what_could_not_be_ranked_today_is_told_with_why_beside_what_was_decided() -> None:
    before = simple_round({"ACF-001": 3})
    (decided,) = rank(before).standings
    today = replace(before, sheets=(), decided=(AsDecided(before.applications[0], decided, None),))

    ranking = rank(today)

    assert ranking.standings == (decided,)
    assert recalculated_words(ranking, "ACF-001") == "Recalculated today: incomplete; no submitted sheet"
