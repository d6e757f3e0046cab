"""Texts of several lines in papers that have no line for each, and behind a sentence of the program."""

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written.names import slip_of
from scoring.written.text import (
    as_lines,
    as_sentence,
    as_sentences,
    cardinal,
    cut_to,
    figures_line,
    first_sentences,
    in_one_run,
    name_line,
    ordinal,
    place_in_words,
    power_in_a_sentence,
    tidied,
    with_article,
    without_commands,
)

RUNS = [
    ("One line", "One line"),
    ("Need: good.\nCosts: look again\nReach: wide", "Need: good. Costs: look again; Reach: wide"),
    ("Two outcomes,\nboth clear", "Two outcomes, both clear"),
    ("Why:\n- less crime\n• less fear", "Why: less crime; less fear"),
    ("First;\n\n  Second\tpart \r\nThird?\nYes", "First; Second part; Third? Yes"),
    ("It is about crime and\nthe fear of it\nNo more", "It is about crime and the fear of it; No more"),
    ("cuts fear & scams\nresidents as wardens", "cuts fear & scams; residents as wardens"),
    ("less crime in\nLyngfield", "less crime in Lyngfield"),
    ("less crime\n  in Lyngfield", "less crime in Lyngfield"),
    ("good links\nbut no quotes", "good links but no quotes"),
    ("to cut crime\nto help victims", "to cut crime; to help victims"),
    ("- less crime near the\n  park and shops\n- less fear", "less crime near the park and shops; less fear"),
    ("aims are\n- less crime", "aims are; less crime"),
    ("Well - run\nA -- b", "Well - run; A -- b"),
    ("He said “yes.”\nSo be it", "He said “yes.” So be it"),
    ("–", "–"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "told"), RUNS)
def test_lines_follow_one_another_parted_where_no_sentence_ends(text: str, told: str) -> None:
    assert in_one_run(text) == told


WORDS = st.sampled_from(("trained", "residents", "meet", "six", "wardens", "twice", "weekly", "outdoors"))


@given(st.lists(WORDS, min_size=25), st.integers(57, 90))
def test_what_a_program_broke_at_the_ends_of_lines_is_not_cut(words: list[str], width: int) -> None:
    text = " ".join(words)

    assert in_one_run("\n".join(wrap(text, width))) == text


def test_a_name_at_the_start_of_a_broken_line_is_no_new_item() -> None:
    text = (
        "the club has trained six wardens who walk the estate with Harrowmere\n"
        "Residents and the school, and who were asked what they would change,\n"
        "so that fewer people are afraid"
    )

    assert in_one_run(text) == " ".join(text.split())


def test_long_items_of_uneven_length_are_parted() -> None:
    items = (
        "six wardens were trained and walk the estate every evening",
        "residents asked for it",
        "benches and lamps cut isolation and scams at the bus station and beyond",
    )

    assert in_one_run("\n".join(items)) == f"{items[0]}; {items[1]}; {items[2]}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no", "No."),
        ("reduces crime & the fear of it", "Reduces crime & the fear of it."),
        ("Two aims,\nboth clear,", "Two aims, both clear."),
        ("is it? ", "Is it?"),
        ("  \n ", ""),
    ],
)
def test_what_follows_a_sentence_is_one(text: str, told: str) -> None:
    assert as_sentences(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("smaller pool", ("Smaller pool.",)),
        ("smaller pool\nhall is let", ("Smaller pool.", "Hall is let.")),
        (
            "The hall is let,\nand too dear. Sorry\nfor that.",
            ("The hall is let, and too dear. Sorry for that.",),
        ),
        ("Two aims:\n- less crime\n- less fear;", ("Two aims:", "- less crime.", "- less fear.")),
        (" \n", ()),
    ],
)
def test_lines_are_sentences_and_those_one_that_go_on(text: str, told: tuple[str, ...]) -> None:
    assert as_lines(text) == told


@given(st.lists(WORDS, min_size=25), st.integers(57, 90))
def test_a_text_that_a_program_broke_is_one_line_of_a_letter(words: list[str], width: int) -> None:
    text = " ".join(words)

    assert as_lines("\n".join(wrap(text, width))) == (f"{text[:1].upper()}{text[1:]}.",)


def test_a_sentence_ends_with_one_stop_and_no_comma_before_it() -> None:
    assert [*map(as_sentence, ("No,", "No. ", "No!", ""))] == ["No.", "No.", "No!", ""]


def test_what_no_file_may_hold_is_left_out_of_a_text() -> None:
    assert tidied("A\x07 club\ufffe of\uffff two") == "A club of two"


def test_marks_that_nobody_sees_are_taken_out_of_figures_and_names_but_for_those_that_shape_letters() -> None:
    shaped = "\u0645\u06cc\u200c\u062e \u2764\ufe0f"

    assert [name_line("Exam\u00adple \n Choir\u200e"), name_line(shaped), name_line("Choir")] == [
        *("Example Choir", shaped, "Choir"),
    ]
    assert [figures_line("\u2066£1\u200d,200\ufe0f\u2069"), figures_line(" £1,200 ")] == ["£1,200", "£1,200"]


def test_a_text_is_cut_between_two_words_where_there_are_several() -> None:
    assert cut_to("Safer streets", 24) == "Safer streets"
    assert cut_to("Safer streets, stronger families", 24) == "Safer streets, stronger…"
    assert cut_to("Throckmortonshire", 8) == "Throckm…"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Enter it on Office, or with the command office. Go on.", "Enter it on Office. Go on."),
        (
            "Say it on Monitoring, or with the command award RECORD agree, and go on.",
            "Say it on Monitoring, and go on.",
        ),
        ("Tick “Read”, or give --purposes-read.", "Tick “Read”."),
        ("Somebody else does it; the command server prepare URL does it.", "Somebody else does it."),
        ("The command line is long--or not.", "The command line is long--or not."),
    ],
)
def test_a_command_that_does_the_same_is_left_out_in_the_window(words: str, shown: str) -> None:
    assert without_commands(words) == shown


SENTENCE_WORDS = st.lists(
    st.sampled_from(["we", "Lend", "bikes.", "St.", "(free!)", "e.g.", "ends?", "\n"]), max_size=40
)


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("Bikes are lent. They are mended.", 40, "Bikes are lent. They are mended."),
        ("Bikes are lent. They are mended.", 31, "Bikes are lent."),
        ("We meet at St. Mary's. All may come. It is free.", 40, "We meet at St. Mary's. All may come."),
        ("Help, e.g. with bail forms. It is free.", 30, "Help, e.g. with bail forms."),
        ("Led by J. Example (chair.) Then tea for all.", 30, "Led by J. Example (chair.)"),
        ("Boxing for girls\n\nOn Mondays and Fridays", 30, "Boxing for girls"),
        ("Boxing for girls, boys and others without an end", 22, "Boxing for girls…"),
        ("W" * 50, 20, "W" * 19 + "…"),
    ],
)
def test_a_text_too_long_ends_with_a_sentence_or_at_a_word(text: str, most: int, words: str) -> None:
    assert first_sentences(text, most) == words


@given(SENTENCE_WORDS, st.integers(12, 60))
def test_what_is_left_begins_the_text_within_the_bound_and_cuts_no_word(words: list[str], most: int) -> None:
    text = " ".join(words)

    left = first_sentences(text, most)

    assert len(left) <= max(most, 0)
    assert text.strip().startswith(left.removesuffix("…"))
    assert set(left.removesuffix("…").split()) <= set(text.split())


KNOWN = (
    "Wolverhampton",
    "Dudley",
    "Birmingham East",
    "Birmingham West",
    "Area 1",
    "Rye",
    "Sandwell",
    "Una Test",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wolverhamton", "Wolverhampton"),  # left out
        ("Wolverhamppton", "Wolverhampton"),  # put in
        ("Wolverhempton", "Wolverhampton"),  # another
        ("Wolverhampotn", "Wolverhampton"),  # changed places
        ("Dudly", "Dudley"),
        ("udley", "Dudley"),
        ("Dudleys", "Dudley"),
        ("dudley", "Dudley"),
        ("Sand well", "Sandwell"),
        ("Dudley", ""),
        ("Birmingham South", ""),
        ("Area 2", ""),
        ("Area 12", ""),
        ("Rya", ""),
        ("Walsall", ""),
        ("Test, Una", "Una Test"),
        ("Dr Una TEST", "Una Test"),
        ("", ""),
    ],
)
def test_a_slip_of_one_letter_is_found(typed: str, meant: str) -> None:
    assert slip_of(typed, KNOWN) == meant


@pytest.mark.parametrize(
    ("fund", "said"),
    [
        ("Victims Fund", "the Victims Fund"),
        ("The Safer Places Fund", "the Safer Places Fund"),
        ("Violence Reduction Unit", "the Violence Reduction Unit"),
        ("External Commissioning", "External Commissioning"),
        ("Police and Crime Commissioner for Westmarch", "the Police and Crime Commissioner for Westmarch"),
        ("Westmarch Police and Crime Commissioner", "the Westmarch Police and Crime Commissioner"),
        ("Mayor's Office for Policing And Crime", "the Mayor's Office for Policing And Crime"),
        ("Office of the Police Commissioner", "the Office of the Police Commissioner"),
        ("Coventry City Council", "Coventry City Council"),
        ("Westmarch PCC", "Westmarch PCC"),
        ("The", "The"),
        ("", ""),
    ],
)
def test_a_fund_has_its_article_where_english_wants_one(fund: str, said: str) -> None:
    assert with_article(fund) == said


@pytest.mark.parametrize(
    ("power", "said"),
    [
        ("Police Reform Act 2011, section 9", "section 9 of the Police Reform Act 2011"),
        ("the Police Reform Act 2011 schedule 2", "schedule 2 of the Police Reform Act 2011"),
        ("Local Government Act 1972", "the Local Government Act 1972"),
        ("section 9 of the Police Reform Act 2011", "section 9 of the Police Reform Act 2011"),
        (
            "Crime Act 1998, section 5, and the Victims Act 2004",
            "the Crime Act 1998, section 5, and the Victims Act 2004",
        ),
        ("The Commissioner's common law powers", "The Commissioner's common law powers"),
    ],
)
def test_a_power_is_named_section_first(power: str, said: str) -> None:
    assert power_in_a_sentence(power) == said


@pytest.mark.parametrize("head", ["Police and Crime Commissioner", "Mayor", "Combined Authority", "Office"])
@pytest.mark.parametrize("link", ["for", "of"])
@pytest.mark.parametrize("place", ["Westmarch", "the West Midlands", "Policing and Crime"])
def test_an_office_has_its_article_whatever_it_is_of(head: str, link: str, place: str) -> None:
    said = with_article(f"{head} {link} {place}")

    assert said == f"the {head} {link} {place}"
    assert with_article(said) == said


@pytest.mark.parametrize(
    ("number", "one", "which"),
    [
        (1, "one", "first"),
        (2, "two", "second"),
        (4, "four", "fourth"),
        (9, "nine", "ninth"),
        (12, "twelve", "twelfth"),
        (20, "twenty", "twentieth"),
        (21, "21", "21st"),
        (22, "22", "22nd"),
        (33, "33", "33rd"),
        (40, "40", "40th"),
        (111, "111", "111th"),
        (1_112, "1,112", "1,112th"),
    ],
)
def test_numbers_are_words_up_to_twenty(number: int, one: str, which: str) -> None:
    assert (cardinal(number), ordinal(number)) == (one, which)


def test_a_place_is_told_with_how_many_there_were() -> None:
    assert place_in_words(3, 6, tied=False) == "third of six"
    assert place_in_words(3, 6, tied=True) == "equal third of six"
    assert place_in_words(1, 1, tied=False) == "the only one"
