"""Names, texts and areas as people write them, compared and put in order."""

from collections.abc import Callable
from typing import Any, Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written.area_label import AreaLabel
from scoring.written.names import (
    alike_key,
    file_name,
    is_same_spelling,
    is_same_text,
    plain_words,
    salutation,
    search_words,
    shortened,
    slip_of,
    sought,
    speaks_for,
    spoken_name,
    unaccented,
)
from scoring.written.text import (
    as_lines,
    cardinal,
    cut_to,
    figures_line,
    first_sentences,
    in_one_run,
    name_line,
    ordinal,
    place_in_words,
    power_in_a_sentence,
    says_nothing,
    tidied,
    with_article,
    without_commands,
)
from tests.models.spellings import EVERY


def test_each_rule_forgives_more_than_the_one_before_and_mere_forms_keep_their_words() -> None:
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

    assert alike_key("The Charity Trust") == "the charity trust"
    assert plain_words("St Chad’s: tenants!") == "st chad s tenants"
    assert spoken_name("de souza") == "de Souza"


SINCERELY, FAITHFULLY = "Yours sincerely", "Yours faithfully"
NOBODY = ("Dear Sir or Madam", FAITHFULLY)
AREAS = (
    *("Wolverhampton", "Dudley", "Birmingham East", "Birmingham West", "Area 1", "Rye", "Sandwell"),
    "Una Test",
)
TOLD: dict[str, tuple[Callable[[Any], object], dict[Any, object]]] = {
    "who speaks for an organisation gives its whole name": (
        lambda who: (speaks_for(who, "St John’s Hope"), speaks_for(who, "")),
        {
            "St John’s HOPE": (True, False),
            "The St John's  Hope": (True, False),
            "Jo Example, St John's Hope": (True, False),
            "The chair of St John’s Hope.": (True, False),
            "Jo St John’s Hope, Rival Trust": (False, False),
            "": (False, False),
        },
    ),
    "the name of a file holds nothing that a system bars": (
        lambda parts: file_name(*parts),
        {
            ("Fund", "Round 2", "2026/27", "", "minutes"): "Fund Round 2 2026-27 minutes",
            ('Who? "We": <us>|*',): "Who- -We- -us-",
            ("  Round\n 2. ",): "Round 2",
            ("..",): "",
            ("CON",): "CON-",
            ("Con.",): "Con-",
            ("Console",): "Console",
            ("Siân",): "Siân",
        },
    ),
    "a letter goes by name and title as given, or by the post": (
        salutation,
        {
            "Mrs Pat Example": ("Dear Mrs Pat Example", SINCERELY),
            "  Pat \n Example, ": ("Dear Pat Example", SINCERELY),
            "rev. dr. Mary Example": ("Dear Dr. Mary Example", SINCERELY),
            "The secretary": ("Dear Secretary", FAITHFULLY),
            "The Venerable Pat Example": ("Dear Venerable Pat Example", SINCERELY),
            "van der example, pat": ("Dear Pat van der Example", SINCERELY),
            "The Revd Canon Pat Example": ("Dear Canon Pat Example", SINCERELY),
            "The Rt Hon Sir Pat Example": ("Dear Sir Pat", SINCERELY),
            "The Hon. Treasurer": ("Dear Hon. Treasurer", FAITHFULLY),
            "Dear Pat Example": ("Dear Pat Example", SINCERELY),
            "Pat Example, Honorary Treasurer": ("Dear Pat Example", SINCERELY),
            "Chair, Board of Trustees": ("Dear Chair, Board of Trustees", FAITHFULLY),
            "Example, Pat": ("Dear Pat Example", SINCERELY),
            "Pat Example <pat@example.org>": ("Dear Pat Example", SINCERELY),
            "van der Example, Mrs Pat": ("Dear Mrs Pat van der Example", SINCERELY),
            "Example, Youth Worker": ("Dear Example", SINCERELY),
            "SJ Example": ("Dear SJ Example", SINCERELY),
            "MR PAT O'EXAMPLE-MCMODEL": ("Dear Mr Pat O'Example-McModel", SINCERELY),
            "Contact: Pat Example": ("Dear Pat Example", SINCERELY),
            **dict.fromkeys(("", "pat.example@example.org", "Mr", "N/A", "?"), NOBODY),
        },
    ),
    "lines follow one another, parted where no sentence ends": (
        in_one_run,
        {
            "One line": "One line",
            "Need: good.\nCosts: look again\nReach: wide": "Need: good. Costs: look again; Reach: wide",
            "It is about crime and\nthe fear\nNo more": "It is about crime and the fear; No more",
            "cuts fear & scams\nresidents as wardens": "cuts fear & scams; residents as wardens",
            "- less crime near the\n  park\n- less fear": "less crime near the park; less fear",
            "aims are\n- less crime": "aims are; less crime",
            "": "",
        },
    ),
    "lines are sentences, and those one that go on": (
        as_lines,
        {
            "smaller pool\nhall is let": ("Smaller pool.", "Hall is let."),
            "It is let,\nand too dear. Sorry\nfor it.": ("It is let, and too dear. Sorry for it.",),
            "Two aims:\n- less crime\n- less fear;": ("Two aims:", "- less crime.", "- less fear."),
            " \n": (),
        },
    ),
    "a command that does the same is left out in the window": (
        without_commands,
        {
            "Enter it on Office, or with the command office. Go on.": "Enter it on Office. Go on.",
            "Say it there, or with the command award RECORD agree, and go on.": "Say it there, and go on.",
            "Tick “Read”, or give --purposes-read.": "Tick “Read”.",
            "Somebody else does it; the command server prepare URL does it.": "Somebody else does it.",
            "The command line is long--or not.": "The command line is long--or not.",
        },
    ),
    "a slip of one letter": (
        lambda typed: slip_of(typed, AREAS),
        {
            "Wolverhamton": "Wolverhampton",  # left out
            "Wolverhampotn": "Wolverhampton",  # changed places
            "Dudly": "Dudley",
            "dudley": "Dudley",
            "Sand well": "Sandwell",
            "Test, Una": "Una Test",
            **dict.fromkeys(("Dudley", "Birmingham South", "Area 2", "Rya", "Walsall", ""), ""),
        },
    ),
    "a fund has its article where English wants one": (
        with_article,
        {
            "Victims Fund": "the Victims Fund",
            "The Safer Places Fund": "the Safer Places Fund",
            "Violence Reduction Unit": "the Violence Reduction Unit",
            "Police and Crime Commissioner for Hill": "the Police and Crime Commissioner for Hill",
            "Hill Police and Crime Commissioner": "the Hill Police and Crime Commissioner",
            "The": "The",
            "": "",
        },
    ),
    "numbers are words up to twenty": (
        lambda number: (cardinal(number), ordinal(number)),
        {
            1: ("one", "first"),
            2: ("two", "second"),
            12: ("twelve", "twelfth"),
            20: ("twenty", "twentieth"),
            22: ("22", "22nd"),
            40: ("40", "40th"),
        },
    ),
}


@pytest.mark.parametrize(("say", "told"), TOLD.values(), ids=TOLD)
def test_names_and_texts_are_told_as_people_say_them(
    say: Callable[[Any], object], told: dict[Any, object]
) -> None:
    assert {given_: say(given_) for given_ in told} == told


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_search_finds_a_name_however_it_is_typed_and_without_its_accents(name: str, other: str) -> None:
    assert sought(other) == sought(name) == sought(unaccented(name))
    assert search_words(other) == search_words(name) == search_words(unaccented(name))


def test_a_name_and_a_text_are_cut_between_words_where_they_may() -> None:
    assert shortened("Tenants, Leaseholders", 21) == "Tenants, Leaseholders"
    assert shortened("Tenants, Leaseholders", 20) == "Tenants"
    assert shortened("Leaseholders", 5) == "Lease"

    assert cut_to("Safer streets", 24) == "Safer streets"
    assert cut_to("Safer streets, stronger families", 24) == "Safer streets, stronger…"
    assert cut_to("Throckmortonshire", 8) == "Throckm…"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_two_compositions_is_one_file(form: Literal["NFC", "NFD"]) -> None:
    assert file_name(normalize(form, "Hâf Ynys Môn"), "minutes") == "Hâf Ynys Môn minutes"


@pytest.mark.parametrize(
    "honours",
    ["OBE", "O.B.E.", "MBE JP", ", BEM", "PhD", "CBE, DL", "SJ", ", OFM", "CSsR", "SJ MBE", "DPhil, LLM"],
)
@pytest.mark.parametrize(
    "name", ["Pat Example", "Fr Pat Example", "Sr Pat Example", "Mrs P Example", "Dr Pat von der Example"]
)
def test_honours_are_not_spoken_to(name: str, honours: str) -> None:
    assert salutation(f"{name} {honours}") == (f"Dear {name}", "Yours sincerely")


def test_marks_that_nobody_sees_and_what_no_file_may_hold_are_taken_out() -> None:
    shaped = "\u0645\u06cc\u200c\u062e \u2764\ufe0f"

    assert [name_line("Exam\u00adple \n Choir\u200e"), name_line(shaped), name_line("Choir")] == [
        *("Example Choir", shaped, "Choir"),
    ]
    assert [figures_line("\u2066£1\u200d,200\ufe0f\u2069"), figures_line(" £1,200 ")] == ["£1,200", "£1,200"]

    assert tidied("A\x07 club\ufffe of\uffff two") == "A club of two"


SENTENCE_WORDS = st.lists(
    st.sampled_from(["we", "Lend", "bikes.", "St.", "(free!)", "e.g.", "ends?", "\n"]), max_size=40
)


@given(SENTENCE_WORDS, st.integers(12, 60))
def test_what_is_left_begins_the_text_within_the_bound_and_cuts_no_word(words: list[str], most: int) -> None:
    text = " ".join(words)

    left = first_sentences(text, most)

    assert len(left) <= max(most, 0)
    assert text.strip().startswith(left.removesuffix("…"))
    assert set(left.removesuffix("…").split()) <= set(text.split())


def test_a_place_is_told_with_how_many_there_were() -> None:
    assert place_in_words(3, 6, tied=False) == "third of six"
    assert place_in_words(3, 6, tied=True) == "equal third of six"
    assert place_in_words(1, 1, tied=False) == "the only one"


@pytest.mark.parametrize(
    ("label", "heading", "headings", "word", "words"),
    [
        (AreaLabel(), "Area", "Areas", "area", "areas"),
        (AreaLabel("NPU"), "NPU", "NPUs", "NPU", "NPUs"),
        (AreaLabel("County"), "County", "Counties", "county", "counties"),
        (AreaLabel("Parish", ""), "Parish", "Parishes", "parish", "parishes"),
        (AreaLabel("District", "Parts"), "District", "Parts", "district", "parts"),
        (
            AreaLabel("local policing area"),
            "Local policing area",
            "Local policing areas",
            "local policing area",
            "local policing areas",
        ),
    ],
)
def test_a_word_stands_in_headings_and_sentences(
    label: AreaLabel, heading: str, headings: str, word: str, words: str
) -> None:
    assert (label.heading, label.headings, label.word, label.words) == (heading, headings, word, words)


def test_a_count_and_a_narrow_column_have_the_word_and_names_that_people_gave_stay() -> None:
    assert [AreaLabel("Council").counted(many) for many in (1, 1200)] == ["1 council", "1,200 councils"]

    labels = (AreaLabel("Local policing area"), AreaLabel("Basic command unit"), AreaLabel("Council"))

    assert [label.brief("Area") for label in labels] == ["Area", "Unit", ""]
    assert labels[0].brief("Organisation") == ""

    words = "Area North: move what the Force area has to another area. Areas stay in subarea."
    names = ("Area North", "the Force area", "Force area", "Area", "Elsewhere area")

    said = AreaLabel("Ward").said(words, names)

    assert said == "Area North: move what the Force area has to another ward. Wards stay in subarea."


@pytest.mark.parametrize(
    ("label", "ours", "said"),
    [
        ("Council", "Choose an area. Areas: A.", "Choose a council. Councils: A."),
        ("Council", "There is no area “Area of the area”.", "There is no council “Area of the area”."),
        ("NPU", "An area is named twice. Add a new area.", "An NPU is named twice. Add a new NPU."),
        ("Unit", "This is an area of its own.", "This is a unit of its own."),
        (
            "Local policing area",
            "2 local policing areas, 1 area",
            "2 local policing areas, 1 local policing area",
        ),
        ("Local Policing Area", "All areas of an area", "All Local Policing Areas of a Local Policing Area"),
    ],
)
def test_a_sentence_of_ours_speaks_the_offices_word_and_leaves_what_is_quoted(
    label: str, ours: str, said: str
) -> None:
    assert AreaLabel(label).said(ours) == said


BLANK = (" ", "\u200b", "\ue001", "\U000f0000 \ue001", "\u3164", "\u2800", "\ufe0f\u200d", "\x00\t")


SAYS = ("Ann", "\ue001Ann", "ਪੰਜਾਬੀ", "李", "\U0001f600", "–", "0")


def test_a_text_says_something_where_a_letter_or_a_sign_is_to_be_seen() -> None:
    assert [text for text in ("", *BLANK) if not says_nothing(text)] == []
    assert [text for text in SAYS if says_nothing(text)] == []


@pytest.mark.parametrize(
    ("power", "words"),
    [
        ("The Care Act 2014, Part 1", "Part 1 of the Care Act 2014"),
        ("Care Act 2014 sections 19 and 20", "sections 19 and 20 of the Care Act 2014"),
        ("The Care Act 2014", "the Care Act 2014"),
        ("Localism Act 2011, section 1 and Care Act 2014, section 19", ""),
        ("the general power of competence", ""),
    ],
)
def test_a_power_is_named_with_its_section_first_and_what_is_no_act_alone_stays(
    power: str, words: str
) -> None:
    assert power_in_a_sentence(power) == (words or power)
