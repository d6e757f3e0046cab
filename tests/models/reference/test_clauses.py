"""The clause on ending: the usual one names a contract's break, an office's own is never written into."""

from datetime import date

from models.reference.clauses import (
    ENDING,
    USUAL_CLAUSES,
    Clause,
    Ending,
    ending_of,
    with_break,
)

DAY = date(2027, 6, 30)
USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)


def test_the_usual_clause_names_the_break() -> None:
    found = with_break(USUAL.text, DAY)

    assert found.startswith(
        "Either side may end it with 28 days’ notice in writing, to end on its break, 30 June 2027. We may"
    )


def test_an_offices_own_clause_stays_though_it_begins_like_the_usual_one() -> None:
    own = f"{USUAL.text} After the first year either side may end it with 7 days’ notice."

    assert with_break(own, DAY) == own


def test_whose_words_on_ending_are_in_use_is_told() -> None:
    assert ending_of(USUAL_CLAUSES) is Ending.USUAL
    assert ending_of((Clause(ENDING, "Ending: We may end it."),)) is Ending.OWN
    assert ending_of((Clause("use", "Use: For the project."),)) is Ending.NONE
