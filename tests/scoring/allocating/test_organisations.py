"""One organisation is one organisation, in whatever order its applications come."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.values.rows import scored_round
from scoring.allocating.organisations import (
    group,
    identity,
    own_cap_words,
    same_organisations,
    unsettled_words,
)
from scoring.rank import rank
from scoring.round import Application, Round
from tests.exchange.schedule_rounds import made_round
from tests.oracle.published_money import organisations
from tests.scoring.builders import application, simple_round


def of(reference: str, name: str, charity: str = "", company: str = "", word: str = "") -> Application:
    made = application(reference, 700, organisation=name, charity_number=charity)
    return replace(made, company_number=company, one_with=word)


def groups(*applications: Application) -> set[frozenset[str]]:
    """Return the references of each organisation."""
    found: dict[str, set[str]] = {}
    for reference, first in same_organisations(applications).items():
        found.setdefault(first, set()).add(reference)
    return {frozenset(group) for group in found.values()}


def named(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_a_name_joins_one_without_a_number_to_all_of_the_other_ones_number() -> None:
    one, two, three = of("A", "Larkfield", "1"), of("B", "Larkfield Ltd", "1"), of("C", "LARKFIELD ")

    for rows in ([one, two, three], [three, two, one], [two, three, one]):
        assert groups(*rows) == named("ABC")
        assert unsettled_words(rows) == ()


def test_an_organisation_of_two_registers_joins_what_has_either_number() -> None:
    assert groups(of("A", "X", "1"), of("B", "Y", "", "5"), of("C", "Z", "1", "5")) == named("ABC")
    assert groups(of("A", "X", "1"), of("B", "X", "", "5")) == named("AB")


def test_a_number_counts_however_it_is_written_and_not_as_a_spreadsheet_shortened_it() -> None:
    assert groups(of("A", "X", "", "01234567"), of("B", "Y", "", "1234567")) == named("AB")
    assert groups(of("A", "X", "1122334"), of("B", "Y", "112 2334"), of("C", "Z", "1122334-1")) == named(
        "AB", "C"
    )
    assert groups(of("A", "X", "sc012345"), of("B", "Y", "SC012345")) == named("AB")
    assert groups(of("A", "X", "1.18E+11"), of("B", "Y", "1.18E+11")) == named("A", "B")


def test_one_without_a_number_joins_no_two_that_have_different_ones() -> None:
    rows = [of("A", "Larkfield", "1"), of("B", "Larkfield"), of("C", "Larkfield", "2"), of("D", "larkfield")]

    assert groups(*rows) == named("A", "BD", "C")
    assert unsettled_words(rows) == (
        "Larkfield: B and D count with none of that name that has a charity or company number, for their "
        "numbers differ. Enter the number that is missing.",
    )


def test_one_of_a_number_that_two_kept_apart_share_is_of_neither_and_said() -> None:
    rows = [of("A", "North", "1", word="x"), of("B", "South", "1", word="y"), of("C", "West", "1")]

    assert groups(*rows) == named("A", "B", "C")
    assert unsettled_words(rows) == (
        "West: C counts with none of those that have its number, for these are kept apart. Say with which of "
        "them it is one.",
    )


def test_a_number_of_the_other_register_does_not_join_them_either() -> None:
    rows = [of("A", "X", "1"), of("B", "X", "", "5"), of("C", "X", "2")]
    assert groups(*rows) == named("A", "B", "C")
    assert len(unsettled_words(rows)) == 1

    rows = [of("A", "X", "1"), of("B", "Y", "1", "7"), of("C", "X", "", "8")]
    assert groups(*rows) == named("AB", "C")
    assert len(unsettled_words(rows)) == 1


def test_the_offices_word_comes_before_numbers_and_names() -> None:
    branches = [of("A", "Legion North", "1", word="North"), of("B", "Legion South", "1", word="South")]
    assert groups(*branches) == named("A", "B")
    assert groups(*branches, of("C", "Legion", "1")) == named("A", "B", "C")
    assert groups(of("A", "X", "1", word="one"), of("B", "Y", "2", word="one")) == named("AB")


def test_a_ranking_tells_who_is_to_be_settled() -> None:
    rows = (of("A", "X", "1"), of("B", "X"), of("C", "X", "2"))

    warnings = rank(simple_round({}, applications=rows)).warnings

    assert [words for words in warnings if words.startswith("X: B counts with none")]


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


ASKED, MOST = 640_000, 2_000_000


def capped(most: int | None) -> Round:
    """Return a round whose second application is of the first one's organisation, by its number alone."""
    made = scored_round(made_round(3, areas=1))
    first, second, *others = made.applications
    first = replace(first, charity_number="9100041")
    second = replace(second, charity_number="9100041", organisation="Other", requested_pence=ASKED)
    scheme = replace(made.scheme, cap_per_organisation_pence=most)
    return replace(made, scheme=scheme, applications=(first, second, *others))


@pytest.mark.parametrize(
    ("most", "given", "told"),
    [
        # £20,000 less £19,500 is £500, less than £6,400
        (
            MOST,
            1_950_000,
            "this one has £19,500 on ACF-001, which leaves £500 of that for the £6,400 requested",
        ),
        (MOST, MOST, "this one has £20,000 on ACF-001, which leaves nothing of that"),
        (MOST, MOST - ASKED, ""),
        (MOST, 0, ""),
        (None, 1_950_000, ""),
    ],
)
def test_what_binds_is_told_and_nothing_where_it_does_not_bind(
    most: int | None, given: int, told: str
) -> None:
    others = {"ACF-003": MOST, "ACF-002": MOST}

    found = own_cap_words(capped(most), "ACF-002", {"ACF-001": given, **others})

    assert (told in found and found.startswith("one organisation may have £20,000")) if told else found == ""
