"""How a count is said with its noun, and how several things are listed in a sentence."""

from scoring.written.text import counted, first_few, first_of, listed


def test_a_count_has_its_noun_and_its_thousands() -> None:
    assert counted(1, "application") == "1 application"
    assert counted(1204, "application") == "1,204 applications"
    assert counted(2, "account was", "accounts were") == "2 accounts were"


def test_the_first_few_are_named_once_each_and_the_rest_counted() -> None:
    words = ("Mark of W-014", "Gate of W-002", "Mark of W-014", "Area of W-003")

    assert first_few(words, 3, "more change", "more changes") == "Mark of W-014; Gate of W-002; Area of W-003"
    assert first_few(words, 2, "more change", "more changes").endswith("Gate of W-002; and 1 more change")
    assert first_few(words, 1, "more change", "more changes") == "Mark of W-014; and 2 more changes"


def test_of_many_references_the_first_are_named() -> None:
    assert [first_of(("W-001", "W-002", "W-003")[:n], most=2) for n in range(4)] == [
        "",
        "W-001",
        "W-001, W-002",
        "W-001, W-002 and 1 more",
    ]


def test_a_sentence_lists_none_one_and_more() -> None:
    assert [listed(("W-001", "W-002", "W-003")[:n]) for n in range(4)] == [
        "",
        "W-001",
        "W-001 and W-002",
        "W-001, W-002 and W-003",
    ]


def test_names_with_commas_of_their_own_are_parted_by_semicolons() -> None:
    names = ["North Saltings, Cockle Row and Samphire Cross", "The Hundred of Mudlark", "Brackwater"]

    assert [listed(names[:n]) for n in range(1, 4)] == [
        "North Saltings, Cockle Row and Samphire Cross",
        "North Saltings, Cockle Row and Samphire Cross; and The Hundred of Mudlark",
        "North Saltings, Cockle Row and Samphire Cross; The Hundred of Mudlark; and Brackwater",
    ]


def test_what_is_chosen_between_or_stands_in_quotation_marks_is_not_parted_so() -> None:
    ways = ["jo@office.example", "1 Quayside, Marsh, LS1 1ZZ"]

    assert listed(ways, "or") == "jo@office.example or 1 Quayside, Marsh, LS1 1ZZ"
    assert listed(["“Tea, talk”", "“Ropes”"]) == "“Tea, talk” and “Ropes”"


def test_commas_in_brackets_part_nothing() -> None:
    parts = ["£1,000 (receipts, 1 March 2027)", "£500 (the end)"]

    assert listed(parts) == "£1,000 (receipts, 1 March 2027) and £500 (the end)"
