"""The clause on ending: the usual one names a contract's break, an office's own is never written into."""

from datetime import date

from models.reference.clauses import (
    ENDING,
    USUAL_CLAUSES,
    Clause,
    Ending,
    ending_of,
    with_break,
    without_break,
)

DAY = date(2027, 6, 30)
USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)


def test_the_usual_clause_names_the_break_and_is_known_again_without_it() -> None:
    found = with_break(USUAL.text, DAY)

    assert found.startswith(
        "Either side may end it with 28 days’ notice in writing, to end on its break, 30 June 2027. We may"
    )
    assert without_break(found) == without_break(USUAL.text) == USUAL.text


def test_an_offices_own_clause_stays_though_it_begins_like_the_usual_one() -> None:
    own = f"{USUAL.text} After the first year either side may end it with 7 days’ notice."
    named = own.replace(" in writing.", " in writing, to end on its break, 1 May 2027.")

    assert with_break(own, DAY) == own
    assert without_break(named) == named


def test_whose_words_on_ending_are_in_use_is_told() -> None:
    assert ending_of(USUAL_CLAUSES) is Ending.USUAL
    assert ending_of((Clause(ENDING, "Ending: We may end it."),)) is Ending.OWN
    assert ending_of((Clause("use", "Use: For the project."),)) is Ending.NONE
