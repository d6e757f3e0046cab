"""Three rules say when two names are the same, each for a question of its own."""

from typing import Literal
from unicodedata import normalize

import pytest

from scoring.written.names import (
    alike_key,
    composed,
    file_name,
    is_same_spelling,
    is_same_text,
    plain_words,
    round_names,
    salutation,
    search_words,
    shortened,
    sought,
    speaks_for,
    spoken_name,
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


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            ("Active Citizens Fund", "Round 2", "2026/27", "", "minutes"),
            "Active Citizens Fund Round 2 2026-27 minutes",
        ),
        (('Who? "We": <us>|*',), "Who- -We- -us-"),
        (("  Round\n 2. ",), "Round 2"),
        (("..",), ""),
        (("CON",), "CON-"),
        (("Con.",), "Con-"),
        (("com1.2026",), "com1-.2026"),
        (("LPT³ .x",), "LPT³- .x"),
        (("nul", "minutes"), "nul minutes"),
        (("Console",), "Console"),
        (("Siân",), "Siân"),
    ],
)
def test_a_name_holds_nothing_that_a_system_bars(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_a_long_name_is_cut_between_words_and_one_word_where_it_must_be() -> None:
    assert shortened("Tenants, Leaseholders", 21) == "Tenants, Leaseholders"
    assert shortened("Tenants, Leaseholders", 20) == "Tenants"
    assert shortened("Leaseholders", 5) == "Lease"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_two_compositions_is_one_file(form: Literal["NFC", "NFD"]) -> None:
    assert file_name(normalize(form, "Hâf Ynys Môn"), "minutes") == "Hâf Ynys Môn minutes"


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("Mrs Pat Example", "Dear Mrs Pat Example", "Yours sincerely"),
        ("  Pat \n Example, ", "Dear Pat Example", "Yours sincerely"),
        ("rev. dr. Mary Example", "Dear Dr. Mary Example", "Yours sincerely"),
        ("Ana Example / Ben Sample", "Dear Ana Example and Ben Sample", "Yours sincerely"),
        ("The secretary", "Dear Secretary", "Yours faithfully"),
        ("the Parish Clerk", "Dear Parish Clerk", "Yours faithfully"),
        ("Treasurer", "Dear Treasurer", "Yours faithfully"),
        ("The Bursar", "Dear Bursar", "Yours faithfully"),
        ("The Revd Pat Example", "Dear Revd Pat Example", "Yours sincerely"),
        ("The Revd Canon Pat Example", "Dear Canon Pat Example", "Yours sincerely"),
        ("Rev. Dr Pat Example", "Dear Dr Pat Example", "Yours sincerely"),
        ("The Hon. Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("The Rt Hon Sir Pat Example", "Dear Sir Pat", "Yours sincerely"),
        ("The Hon", "Dear Hon", "Yours faithfully"),
        ("The Venerable Pat Example", "Dear Venerable Pat Example", "Yours sincerely"),
        ("Sir Pat Example-Model", "Dear Sir Pat", "Yours sincerely"),
        ("Dame P. Example", "Dear Dame P. Example", "Yours sincerely"),
        ("Sir Example", "Dear Sir Example", "Yours sincerely"),
        ("The Hon. Treasurer", "Dear Hon. Treasurer", "Yours faithfully"),
        ("Dear Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Pat Example, Honorary Treasurer", "Dear Pat Example", "Yours sincerely"),
        ("Treasurer, Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("Chair, Board of Trustees", "Dear Chair, Board of Trustees", "Yours faithfully"),
        ("Example, Pat", "Dear Pat Example", "Yours sincerely"),
        ("", "Dear Sir or Madam", "Yours faithfully"),
        ("pat.example@example.org", "Dear Sir or Madam", "Yours faithfully"),
        ("Pat Example <pat@example.org>", "Dear Pat Example", "Yours sincerely"),
        ("(Chair)", "Dear Chair", "Yours faithfully"),
        ("Dr Pat Example, Head of Services", "Dear Dr Pat Example", "Yours sincerely"),
        ("van der Example, Mrs Pat", "Dear Mrs Pat van der Example", "Yours sincerely"),
        ("Example, Youth Worker", "Dear Example", "Yours sincerely"),
        ("Mrs P Example MBE JP", "Dear Mrs P Example", "Yours sincerely"),
        ("SJ Example", "Dear SJ Example", "Yours sincerely"),
        ("Pat SJ", "Dear Pat SJ", "Yours sincerely"),
        ("Example JP", "Dear Example JP", "Yours sincerely"),
        ("JP Example", "Dear JP Example", "Yours sincerely"),
        ("MR PAT O'EXAMPLE-MCMODEL", "Dear Mr Pat O'Example-McModel", "Yours sincerely"),
        ("dr. pat von der example", "Dear Dr. Pat von der Example", "Yours sincerely"),
        ("PC PAT EXAMPLE", "Dear PC Pat Example", "Yours sincerely"),
        ("The Ven. Pat Example", "Dear Ven. Pat Example", "Yours sincerely"),
        ("The Revd Pat Example - Vicar", "Dear Revd Pat Example", "Yours sincerely"),
        ("The", "Dear The", "Yours sincerely"),
        ("Mr", "Dear Sir or Madam", "Yours faithfully"),
        ("Cllr Dr.", "Dear Sir or Madam", "Yours faithfully"),
        ("01632 960100", "Dear Sir or Madam", "Yours faithfully"),
        ("(01632) 960100", "Dear Sir or Madam", "Yours faithfully"),
        ("Pat Example +44 1632 960100", "Dear Pat Example", "Yours sincerely"),
        ("N/A", "Dear Sir or Madam", "Yours faithfully"),
        ("tbc.", "Dear Sir or Madam", "Yours faithfully"),
        ("Confidential", "Dear Sir or Madam", "Yours faithfully"),
        ("(withheld)", "Dear Sir or Madam", "Yours faithfully"),
        ("As above", "Dear Sir or Madam", "Yours faithfully"),
        ("?", "Dear Sir or Madam", "Yours faithfully"),
        ("Contact: Pat Example", "Dear Pat Example", "Yours sincerely"),
        ("FAO Mrs Pat Example", "Dear Mrs Pat Example", "Yours sincerely"),
        ("Nobody Example", "Dear Nobody Example", "Yours sincerely"),
    ],
)
def test_it_goes_by_name_and_title_as_given_or_by_the_post(name: str, opening: str, closing: str) -> None:
    assert salutation(name) == (opening, closing)


PLAIN = (
    *("Pat Example", "Mrs Pat Example", "Dr. P. von der Example", "Pat Example-Model", "Example", "Jo Ng"),
    *(
        "Pat McExample",
        "Mr and Mrs P Example",
        "Pat & Lee Example",
        "Cllr P. A. Example",
        "李 明",
        "علي محمد",
    ),
)


@pytest.mark.parametrize("beside", ["{}", "{} (Chair)", "{} (they/them)", "{} <pat@example.org>", "{},"])
@pytest.mark.parametrize(
    "post", ["{}", "{}, Treasurer", "{} - Chair of Trustees", "Chair: {}", "{} – Head of Work"]
)
@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_stays_whatever_stands_beside_it(name: str, post: str, beside: str) -> None:
    assert salutation(beside.format(post.format(name))) == (f"Dear {name}", "Yours sincerely")


@pytest.mark.parametrize(
    "honours",
    ["OBE", "O.B.E.", "MBE JP", ", BEM", "PhD", "CBE, DL", "SJ", ", OFM", "CSsR", "SJ MBE", "DPhil, LLM"],
)
@pytest.mark.parametrize(
    "name", ["Pat Example", "Fr Pat Example", "Sr Pat Example", "Mrs P Example", "Dr Pat von der Example"]
)
def test_honours_are_not_spoken_to(name: str, honours: str) -> None:
    assert salutation(f"{name} {honours}") == (f"Dear {name}", "Yours sincerely")


def test_a_particle_before_a_name_in_small_letters_stays_small() -> None:
    assert spoken_name("de souza") == "de Souza"
