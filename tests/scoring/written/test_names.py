"""Three rules say when two names are the same, each for a question of its own."""

from unicodedata import normalize

import pytest

from scoring.written.names import (
    alike_key,
    composed,
    is_same_spelling,
    is_same_text,
    plain_words,
    round_names,
    search_words,
    sought,
    speaks_for,
    unaccented,
)
from tests.models.spellings import EVERY


def test_each_rule_forgives_more_than_the_one_before() -> None:
    for other, is_text, is_spelling, is_alike in (
        ("canal  SCOUTS ", True, True, True),
        ("CanalScouts", False, True, False),
        ("Ｃanal Scouts", False, True, False),
        ("The Canal-Scouts Ltd.", False, False, True),
        ("Canal Scout", False, False, False),
    ):
        name = "Canal Scouts"
        assert is_same_text(name, other) == is_text
        assert is_same_spelling(name, other) == is_spelling
        assert (alike_key(name) == alike_key(other)) == is_alike


@pytest.mark.parametrize(
    "pair", [("Elm C.I.C.", "Elm CIC"), ("Elm & Co.", "Elm and Company"), ("A.B.C. Club", "ABC")]
)
def test_forms_that_are_short_for_each_other_make_no_difference(pair: tuple[str, str]) -> None:
    assert alike_key(pair[0]) == alike_key(pair[1])


def test_a_name_of_mere_forms_keeps_its_words() -> None:
    assert alike_key("The Charity Trust") == "the charity trust"
    assert plain_words("St Chad’s: tenants!") == "st chad s tenants"


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Tadeusz Król", "Tadeusz Krol"), ("Wałęsa, Łódź", "Walesa, Lodz"), ("Øyvind Đặng", "Oyvind Dang")],
)
def test_accents_and_strokes_are_taken_off_a_name_however_they_are_written(name: str, bare: str) -> None:
    assert unaccented(name) == unaccented(normalize("NFD", name)) == unaccented(bare) == bare
    assert len(bare) == len(composed(normalize("NFD", name)))
    assert unaccented("ਸਿੰਘ x\u030c") == "ਸਿੰਘ x"


@pytest.mark.parametrize(
    ("who", "is_theirs"),
    [
        ("St John’s HOPE", True),
        ("The St John's  Hope", True),
        ("Jo Example, St John's Hope", True),
        ("Jo Example, secretary of the St John's Hope", True),
        ("The chair of St John’s Hope.", True),
        ("St John’s Hope (Jo Example)", True),
        ("Jo Example, St John’s Hopeful Trust", False),
        ("Sam St John’s Hopeful, Rival Trust", False),
        ("Jo St John’s Hope, Rival Trust", False),
        ("Jo Example, Old St John’s Hope", False),
        ("", False),
    ],
)
def test_who_speaks_for_an_organisation_gives_its_whole_name(who: str, is_theirs: bool) -> None:
    assert speaks_for(who, "St John’s Hope") == is_theirs
    assert not speaks_for(who, "")


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_search_finds_a_name_however_it_is_typed_and_without_its_accents(name: str, other: str) -> None:
    assert sought(other) == sought(name) == sought(unaccented(name))
    assert search_words(other) == search_words(name) == search_words(unaccented(name))


def test_a_search_takes_words_of_any_script_and_no_sign_for_one() -> None:
    assert search_words("中文 O’Brien & co-op_1") == ["中文", "o", "brien", "co", "op", "1"]
    assert search_words(" & ") == []


@pytest.mark.parametrize(
    ("fund", "name", "year", "parts"),
    [
        ("Victims Fund", "Autumn", "2026/27", ("Victims Fund", "Autumn", "2026/27")),
        ("Victims Fund", "victims fund autumn", "2026/27", ("victims fund autumn", "2026/27")),
        ("Victims Fund", "The Victims Fund 2026/27", "2026/27", ("The Victims Fund 2026/27",)),
        ("Fund", "Refund", "", ("Fund", "Refund")),
        ("", "Autumn", "", ("Autumn",)),
    ],
)
def test_a_round_that_says_its_fund_or_year_is_not_joined_to_it_again(
    fund: str, name: str, year: str, parts: tuple[str, ...]
) -> None:
    assert round_names(fund, name, year) == parts
