"""Where questions and answers stand on forms, and what is no answer."""

import re

import pytest

from exchange.application_forms.blocks import (
    END,
    FIELD,
    MARKED,
    STRUCK,
    TICKED,
    TURN,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    without_signs,
)
from exchange.application_forms.pairs import Pairs, answers_of

NAME, CLUB = "Name of group", "Lantern Youth Club"


def lines(*texts: str) -> list[Block]:
    """Lines of a form: *bold*, _slanted_, ~struck~ and =marked=."""
    styles = {"*": "b", "_": "i"}
    return [
        Paragraph(
            _signed(without_signs(text.strip("*_") if text[:1] in styles else text)), styles.get(text[:1], "")
        )
        for text in texts
    ]


def _signed(text: str) -> str:
    return re.sub("=(.*?)=", f"{MARKED}\\1{UNMARKED}", re.sub("~(.*?)~", f"{STRUCK}\\1{UNSTRUCK}", text))


def table(*rows: tuple[str, ...]) -> list[Block]:
    cells = (tuple(Cell(tuple(lines(*text.split("\n")))) for text in row) for row in rows)
    return [Table(tuple(cells))]


def said(blocks: list[Block]) -> dict[str, object]:
    return {one.question: one.value for one in answers_of(blocks)}


def test_an_answer_stands_beside_above_or_in_the_same_cell() -> None:
    expected = {NAME: CLUB, "Postcode": "B1 1AA"}

    assert said(table((NAME, CLUB), ("Postcode", "B1 1AA"))) == expected
    assert said(table((f"*{NAME}*",), (CLUB,), ("*Postcode*",), ("B1 1AA",))) == expected
    assert said(table((f"{NAME}:\n{CLUB}", "Postcode: B1 1AA"))) == expected
    assert said(table((NAME, "Postcode"), (CLUB, "B1 1AA"))) == expected
    assert said(table((NAME, CLUB, "Postcode", "B1 1AA"))) == expected
    assert said(lines(f"{NAME}: {CLUB}   Postcode: B1 1AA")) == expected
    assert said(lines(f"{NAME}\t{CLUB}", "Postcode\tB1 1AA")) == expected
    assert said(table(("A1", NAME, CLUB), ("A2", "Postcode", "B1 1AA"))) == expected
    assert said(table(("A1", NAME, CLUB), ("A2", "Postcode", "B1 1AA"))) == expected


def test_ticks_under_heads_choose_the_head() -> None:
    found = said(
        table(("Do you have", "Yes", "No"), ("A constitution", "X", ""), ("A safeguarding policy", "", "✓"))
    )

    assert found["A constitution"] == "Yes"
    assert found["A safeguarding policy"] == "No"


def test_bank_details_are_read_into_nothing_and_whether_there_is_an_account_is_none() -> None:
    blocks = table(
        ("Bank details", ""),
        ("Does your group have a bank account?", "Yes"),
        ("Name of bank", "Invented Bank"),
        ("Sort code", "12-34-56"),
        ("Account number", "12345678"),
        ("Account name", "Lantern"),
        ("Anything else?", "Pay sort code 12-34-56, account number 12345678 please"),
    )
    found = said(blocks)

    assert Pairs(blocks).has_bank
    assert found["Does your group have a bank account?"] == "Yes"
    assert not any(
        "123456" in str(value).replace("-", "") or "Invented" in str(value) for value in found.values()
    )
    assert not {"Sort code", "Account number", "Name of bank", "Account name"} & set(found)

    assert said(lines("Group bank account?\tYes")) == {"Group bank account?": "Yes"}
    assert said(lines("Group bank account?\t12-34-56 12345678")) == {}


@pytest.mark.parametrize(
    "label",
    ["Account in the name of", "A/C number", "Name on account", "IBAN/roll number", "Building society"],
)
def test_every_way_of_asking_for_bank_details_is_read_into_nothing(label: str) -> None:
    blocks = table((NAME, CLUB), (label, "Invented 7700"))

    assert said(blocks) == {NAME: CLUB}
    assert Pairs(blocks).has_bank


def test_what_stands_under_payment_or_looks_like_a_sort_code_is_a_bank_detail() -> None:
    blocks = table((NAME, CLUB), ("Start date", "01-02-27"), ("Cod", "00-11-22"))
    under = lines("*WHERE WE PAY IT", "Payee: Invented Youth Club", "*SIGNED", "Name: Bo Sample")

    assert said(blocks) == {NAME: CLUB, "Start date": "01-02-27"}
    assert said(under) == {"Name": "Bo Sample"}


def test_what_stands_right_before_a_field_asks_for_it() -> None:
    filled = [f"{FIELD}{text}{END}" for text in (CLUB, "Chair")]
    blocks: list[Block] = [
        *map(Paragraph, ("Group name", filled[0], "Position in group", filled[1], "Other", FIELD + END))
    ]

    assert said(blocks) == {"Group name": CLUB, "Position in group": "Chair", "Other": None}


@pytest.mark.parametrize(
    "boxes",
    [
        "☐ Registered charity     ☒ Community group     ☐ School",
        "Registered charity ☐     Community group ☒     School ☐",
    ],
)
def test_a_cell_of_boxes_answers_what_is_asked_above_or_beside_it(boxes: str) -> None:
    label = "A2. What sort of group are you?"

    assert said(table((f"*{label}*",), (boxes,))) == {label: "Community group"}
    assert said(table((label, boxes), (NAME, CLUB))) == {label: "Community group", NAME: CLUB}


def test_what_no_question_takes_is_left_over_and_what_is_printed_is_not() -> None:
    chair = Paragraph(f"{FIELD}Chair{END}")

    assert Pairs([chair]).left_over == ["Chair"]
    assert Pairs([Table(((Cell((chair,)),),))]).left_over == ["Chair"]
    assert Pairs([*lines("Role:"), chair]).left_over == []
    assert Pairs(table(("Item", "_Please write clearly_"), (NAME, CLUB))).left_over == []


TYPE = "What sort of group is it? Tick one."


@pytest.mark.parametrize(
    "options",
    [
        ("Watch   ✓ Village hall   Sports club",),
        ("Watch __   Village hall X   Sports club __",),
        ("Watch   =Village hall=   Sports club",),
        ("Watch", "✓ Village hall", "Sports club"),
        ("Watch", "=Village hall=", "Sports club"),
    ],
)
def test_of_several_options_the_one_that_is_marked_is_chosen(options: tuple[str, ...]) -> None:
    assert said(lines(TYPE, *options, "Postcode: B1 1AA")) == {TYPE: "Village hall", "Postcode": "B1 1AA"}
    assert said(table((TYPE, "\n".join(options))))[TYPE] == "Village hall"


def test_a_sentence_that_bids_to_tell_is_a_question() -> None:
    bid, story = "Tell us what you would do with the money.", "We shall mend the lights in the alley."

    for told in (lines(bid, story), lines(f"*{bid}*", story), table((f"*{bid}*",), (story,))):
        assert said([*lines("Full cost: £900"), *told])[bid] == story
    assert said(lines("*Project summary*", bid, story)) == {"Project summary": story}
    filled = lines("Full cost", f"{FIELD}£900{END}", bid, f"{FIELD}{story}{END}")
    assert said(filled) == {"Full cost": "£900", bid: story}


def test_guidance_alone_in_a_row_is_no_answer() -> None:
    answer = "Sheds were broken into 27 times."

    assert said(table(("*Evidence of need*",), ("_Refer to local crime data_",), (answer,))) == {
        "Evidence of need": answer
    }
    assert said([*lines("Area: Coventry", "_Use another sheet if you must._"), *lines("Postcode: B1 1AA")])[
        "Area"
    ] == ("Coventry")


def test_a_line_above_the_boxes_of_a_yes_and_a_no_asks() -> None:
    policies = {"Lone working and transport": "Yes", "Care of animals": "No"}
    boxes = {"Yes": "☒ Yes ☐ No", "No": "☐ Yes ☒ No"}
    below = [text for label, answer in policies.items() for text in (label, boxes[answer])]

    assert said(lines("Section E: Policies", *below)) == policies


def test_a_row_of_questions_is_read_cell_by_cell_where_one_is_empty() -> None:
    rows = (
        (Cell((Paragraph("Whole cost:", "b"),)), Cell((Paragraph(f"Match funding:{TURN}£40"),))),
        (Cell((Paragraph("Constitution?", "b"),)), Cell((Paragraph(f"{MARKED}Yes{UNMARKED}{TURN} / No"),))),
    )

    assert said([Table(rows)]) == {"Whole cost": None, "Match funding": "£40", "Constitution?": "Yes"}


def test_slanted_words_below_a_question_guide_though_they_ask() -> None:
    guides = ("What will you do, and where? At most 200 words", "Say what shows it: counts, letters")
    asked = ("Describe your project", "Why is it needed?")
    rows: list[tuple[Cell, ...]] = [(Cell((Paragraph(NAME, "bs"),)), Cell((Paragraph(CLUB),)))]
    printed: list[Block] = []
    for question, guide in zip(asked, guides, strict=True):
        rows += [(Cell((Paragraph(question, "bs"), Paragraph(guide, "is"))),), (Cell((Paragraph("Ok."),)),)]
        printed += [Paragraph(question, "bp"), Paragraph(guide, "ip"), Paragraph("Ok.", "t")]

    form: list[Block] = [Table(tuple(rows))]
    assert said(form) == {NAME: CLUB, **dict.fromkeys(asked, "Ok.")}
    assert said(printed) == dict.fromkeys(asked, "Ok.")


def test_marks_under_yes_and_no_answer_each_row_and_its_remark_stays_with_it() -> None:
    heads = ("*Question*", "*Yes*", "*No*", "*Remarks*")
    rows = (("Has it rules?", "X", "", "since 2019"), ("Has it a bank account?", "", "✓", ""))

    assert said(table(heads, *rows)) == {"Has it rules?": "Yes\nsince 2019", "Has it a bank account?": "No"}


def test_boxes_in_rows_below_one_another_answer_one_question_and_a_mark_may_stand_over_one() -> None:
    rows = ("*Who comes? (tick all that apply)*",), ("☐ Walkers",), ("☒ Rowers\n☒ Riders",), ("*Postcode*",)
    typed = "☐ Walkers\nX Rowers\n☐ Riders"

    assert said(table(*rows, ("B1 1AA",))) == {
        "Who comes? (tick all that apply)": "Rowers; Riders",
        "Postcode": "B1 1AA",
    }
    assert said(table(("*Who comes? (tick one)*", typed))) == {"Who comes? (tick one)": "Rowers"}


def test_a_mark_in_the_place_of_a_box_counts_wherever_its_option_stands() -> None:
    below = Cell(
        (Paragraph(f"X{TURN} Rowers", "t"), *lines("☐ Walkers", "☒ Other (please say): Riders", "☐ None"))
    )
    beside = Cell((Paragraph(f"Yes X     {TURN}No ☐   "),))
    rows = tuple((Cell(tuple(lines(label))), one) for label, one in (("*Who?*", below), ("*Rules?*", beside)))

    assert said([Table(rows)]) == {"Who?": "Rowers; Riders", "Rules?": "Yes"}
    assert said(lines(f"Who comes (tick one)?  ☐ Walkers   X{TURN} Rowers   ☐ Riders")) == {
        "Who comes (tick one)?": "Rowers"
    }


def test_what_is_left_of_a_line_or_of_a_bid_to_delete_is_no_answer() -> None:
    form = [Paragraph(f"Would less do?  {TURN}No (delete one)"), Paragraph(f"Your role: {TURN} Helper _")]

    assert said(form) == {"Would less do?": "No", "Your role": "Helper"}


def test_a_question_without_a_number_stands_below_one_that_has_it() -> None:
    found = said(table(("A4", "Postal address", "1 Lamp Lane"), ("", "Postcode", "B1 1AA")))

    assert found == {"Postal address": "1 Lamp Lane", "Postcode": "B1 1AA"}


def test_a_question_of_no_field_asks_where_most_have_their_answers_in_their_lines() -> None:
    form = lines(
        f"{NAME}: {CLUB}",
        "What do you do of an evening? Carry lamps",
        "Your name: Ada Example",
        "E-mail: ada@lantern.example",
        "How much are you asking us for? £450",
        "What will you buy? Please list what is dear. Ten lamps at £45",
        "Who carries them (if known)? Cubs",
    )

    found = said(form)

    assert (found[NAME], found["What do you do of an evening?"]) == (CLUB, "Carry lamps")
    assert found["What will you buy?"] == "Ten lamps at £45"
    assert found["Who carries them (if known)?"] == "Cubs"


def test_what_is_typed_on_dots_alone_goes_on_with_the_answer_above() -> None:
    form = lines(
        "Address: ....Beacon House........",
        "....Mill Bank Road..........",
        "....Nether Nowhere..........",
        "Postcode: ....ZZ1 1AA....",
    )

    assert said(form) == {"Address": "Beacon House\nMill Bank Road\nNether Nowhere", "Postcode": "ZZ1 1AA"}
    empty = lines("What will you buy?", "\t____Lamps____\t£ 40____", "\t____________\t£ ________")
    assert str(said(empty)["What will you buy?"]).endswith("40")


@pytest.mark.parametrize(
    "boxes",
    [
        (("Big lamp", "☐", "Little lamp", "☒"),),
        (("☐", "Big lamp", "☒", "Little lamp"),),
        (("Big lamp", "☐"), ("Little lamp", "☒")),
    ],
)
def test_boxes_in_cells_beside_their_words_answer_what_is_asked_above(boxes: tuple[tuple[str, ...]]) -> None:
    form = lines("*Is it for a big lamp or a little one? Tick one box.*")
    told = Paragraph("Big lamps stand on posts.", "p")

    assert said([*form, told, *table(*boxes)]) == {
        "Is it for a big lamp or a little one? Tick one box.": "Little lamp"
    }


def test_an_option_that_is_struck_out_asks_nothing() -> None:
    kinds = table(("~Village hall~\n~Registered charity~\nSomething else - lamp club",))

    assert said([*lines("*What sort of group are you?*"), *kinds]) == {
        "What sort of group are you?": "Something else - lamp club"
    }


def test_a_field_below_an_empty_cell_answers_its_own_label_and_not_the_question_above() -> None:
    rows = (
        ("", f"A1. Name of group {FIELD}Rowers{END}"),
        ("A2. Kind of group", f"{UNTICKED} A club\n{TICKED} A charity"),
        ("", f"A3. Charity number {FIELD}{END}"),
    )
    cells = tuple(tuple(Cell(tuple(map(Paragraph, text.split("\n")))) for text in row) for row in rows)

    assert said([Paragraph("Part A: about you", "b"), Table(cells)]) == {
        "A1. Name of group": "Rowers",
        "A2. Kind of group": "A charity",
        "A3. Charity number": None,
    }


def test_a_list_of_costs_is_one_answer_and_its_total_the_amount() -> None:
    found = said(
        [
            *lines("*Budget"),
            *table(
                ("Item of spend", "Total cost", "Requested from us"),
                ("Lamps", "£700", "£400"),
                ("Bulbs", "£100", "£100"),
                ("Total", "£800", "£500"),
            ),
        ]
    )

    assert found == {
        "Budget": "Lamps; £700; £400\nBulbs; £100; £100\nTotal; £800; £500",
        "Requested from us": "£500",
    }


@pytest.mark.parametrize("place", ["14 Kiln Bank, Nowhere", "Kiln Bank", "The hall at South Bank"])
def test_a_place_that_is_called_bank_is_no_title_for_bank_details(place: str) -> None:
    assert said([*lines(f"*{place}"), *table((NAME, CLUB), ("Postcode", "B1 1AA"))]) == {
        NAME: CLUB,
        "Postcode": "B1 1AA",
    }


def test_sentences_that_bid_and_name_the_most_words_are_no_question_of_their_own() -> None:
    guide = "Describe this in no more than 250 words. Include who will do it and where."

    found = said(
        lines("*1. What will you do?", guide, "Light lamps.", "*2. Why is it needed?", guide, "It is dark.")
    )

    assert found == {"1. What will you do?": "Light lamps.", "2. Why is it needed?": "It is dark."}


@pytest.mark.parametrize(
    ("item", "head"),
    [
        ("Item", "£"),
        ("Item", "Cost (£)"),
        ("Eitem / Item", "£"),
        ("What for", "Amount"),
        ("Description", "(£)"),
    ],
)
@pytest.mark.parametrize("title", ["*4.1 What the grant would pay for*", "*Costau / Costs*"])
def test_a_list_of_costs_is_one_answer_whatever_its_items_are_like(item: str, head: str, title: str) -> None:
    told = [
        ("Helpdesk lead, 2 days a week", "8,240.00"),
        ("Phone line", "759.99"),
        ("Hyfforddwyr / Coaches", "60"),
    ]

    found = said([*lines(title), *table((f"*{item}*", f"*{head}*"), *told)])

    assert list(found.values()) == ["\n".join("; ".join(line) for line in told)]


def test_a_question_with_a_no_beside_it_is_no_head_of_columns() -> None:
    rows = (
        ("Other funding applied for", "N/A"),
        ("Previously funded by us?", "No"),
        ("Bank account?", "Yes"),
    )

    assert said(table(*rows)) == {"Other funding applied for": None, **dict(rows[1:])} | dict(rows[:1])


def test_few_bold_words_that_bid_tell_something_ask_it() -> None:
    form = lines("*Say what you will do*", "Stable work.", "*Say what will come of it*", "24 ride.")

    assert said([*form, *lines("*Say who will do it*", "Two instructors.")]) == {
        "Say what you will do": "Stable work.",
        "Say what will come of it": "24 ride.",
        "Say who will do it": "Two instructors.",
    }


@pytest.mark.parametrize("lead", ["By June 2028:", "After six months:", "By the end we will have:"])
def test_a_day_with_a_colon_leads_to_a_list_within_an_answer(lead: str) -> None:
    told = (lead, "violence down from 92 to 70 a year", "60% of homes know a mediator")

    assert said(lines("*Outcomes*", *told)) == {"Outcomes": "\n".join(told)}


def test_bullets_of_a_lost_font_are_bullets_with_their_lines() -> None:
    assert said(lines("*Outcomes*", "\uf0b7 30 play together", "\uf0b7", "150 come")) == {
        "Outcomes": "• 30 play together\n• 150 come"
    }
    assert (
        Pairs(lines("*Outcomes*", "30 play together", "*Project title*", "Music", "\uf0b7")).left_over == []
    )


@pytest.mark.parametrize(
    "label", ["18. Officer supporting this bid: collar number and station", "Second contact: name"]
)
def test_a_label_goes_on_after_its_colon_in_small_letters(label: str) -> None:
    for blocks in (
        lines("*Name of group*", CLUB, f"*{label}*", "4471, Dock Road"),
        lines("*Name of group*", CLUB, f"*{label}*:{TURN} 4471, Dock Road"),
    ):
        assert said(blocks) == {NAME: CLUB, label: "4471, Dock Road"}
    assert said(lines("*Safer Fund: request for funding*", "Nowhereton"))["Safer Fund"] is not None


def test_costs_below_bank_details_are_no_bank_details() -> None:
    bank = lines("*Bank details for payment*", "*Account number*", "55102936")
    costs = table(("*Heading*", "*£*"), ("Door supervisor", "£1,080.00"), ("Water", "£480"))

    assert list(said([*bank, *costs]).values()) == ["Door supervisor; £1,080.00\nWater; £480"]
    for numbers in (("55102937", "55102938"), ("770413", "123456")):
        rows = [(f"Item {at}", number) for at, number in enumerate(numbers)]
        assert said([*bank, *table(("*Heading*", "*£*"), *rows)]) == {}


def test_a_kind_of_organisation_answers_though_it_may_ask() -> None:
    assert said(lines("Organisation type", "Charity", "Charity number", "1140065")) == {
        "Organisation type": "Charity",
        "Charity number": "1140065",
    }


def test_boxes_behind_their_words_answer_on_several_lines() -> None:
    options = ("Registered charity [X]   Community interest company [ ]", "Association [ ]   Other [ ]")

    assert said(lines("1.4 Type of body", *options, "1.5 Telephone", "01632 960971")) == {
        "1.4 Type of body": "Registered charity",
        "1.5 Telephone": "01632 960971",
    }


def test_a_list_of_costs_on_lines_is_one_answer_under_its_heads() -> None:
    costs = ("Two coaches - £1,300.00", "Life jackets - £640.00")

    found = said(lines("Sum applied for: £1,940.00", "Heading - £", *costs, "Other funding", "None"))

    assert found["Sum applied for"] == "£1,940.00"
    assert str(found["Heading - £"]).count("£") == 2


def test_a_label_with_the_most_words_or_a_part_of_a_name_behind_it_asks() -> None:
    assert said(lines("*Postcode*", "B1 1AA", "*Project name (max 10 words)*", "Lit and Safe")) == {
        "Postcode": "B1 1AA",
        "Project name (max 10 words)": "Lit and Safe",
    }
    assert said(lines("Main contact: full name: Ada Example", "Organisation type: charity")) == {
        "Main contact: full name": "Ada Example",
        "Organisation type": "charity",
    }
