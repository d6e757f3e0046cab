"""What is known to be printed on forms of one template, or typed there, decides before any look."""

from exchange.application_forms.blocks import TICKED, TURN, UNTICKED, Cell, Paragraph, Table
from exchange.application_forms.pairs import answers_of


def cell(text: str, style: str = "") -> Cell:
    return Cell((Paragraph(text, style),))


def told(*rows: tuple[Cell, ...]) -> dict[str, str | None]:
    return {one.question: one.value for one in answers_of([Table(rows)])}


def test_a_printed_label_with_its_hint_heads_the_answers_below_a_row() -> None:
    hint = f"Sum sought{TURN}(at most what a lantern costs)"
    rows = (
        (cell("Total cost of project", "bp"), cell(hint, "p")),
        (cell("£900", "t"), cell("£600", "t")),
    )

    assert list(told(*rows).values()) == ["£900", "£600"]


def test_ticks_under_heads_answer_the_words_left_of_them() -> None:
    heads = (cell("Has your club", "b"), cell("Yes", "b"), cell("No", "b"))
    rows = (
        (cell("a governing document?"), cell("X"), Cell(())),
        (cell("a boat?"), Cell(()), Cell(())),
        (cell("a lantern?"), cell(UNTICKED), cell(TICKED)),
    )

    assert told(heads, *rows) == {"a governing document?": "Yes", "a boat?": None, "a lantern?": "No"}


def test_a_typed_line_of_costs_asks_nothing_though_it_has_words_of_a_question() -> None:
    rows = (
        (cell("Item", "bp"), cell("Cost", "bp")),
        (cell("Telephone", "t"), cell("£80", "t")),
        (cell("Lanterns x 4", "t"), cell("£120", "t")),
        (cell("Match funding", "p"), cell("£50", "t")),
    )

    assert told(*rows) == {"Item / Cost": "Telephone; £80\nLanterns x 4; £120", "Match funding": "£50"}
