"""Layouts of forms that offices and applicants make, each read by the rule for its kind."""

import pytest

from exchange.application_forms.blocks import Block
from tests.exchange.application_forms.test_pairs import CLUB, NAME, lines, said, table

ASKED = "Have you a safeguarding policy?"
AT = "ada@lantern.example"
HELD, WHY, TITLE = "Do you have a constitution?", "Why is it needed?", f"{NAME} (as on your bank statement)"
BANK = "Many members have been called by people who pretend to be their bank: nine this year."
FIGURES = "Callers regain confidence with money and the telephone: 70% say so when we ask them again."
STORY = "The young people themselves: 88 of them filled in a card at the harvest suppers in all the villages."
LAYOUTS: dict[str, tuple[list[Block], dict[str, object]]] = {
    "capitals": (
        lines("NAME OF GROUP: LANTERN YOUTH CLUB", "POSTCODE: B1 1AA"),
        {"NAME OF GROUP": "LANTERN YOUTH CLUB", "POSTCODE": "B1 1AA"},
    ),
    "Welsh": (
        table(("Enw'r grŵp", "Clwb Ieuenctid"), ("Oes gennych gyfansoddiad?", "Oes ☒ Nac oes ☐")),
        {"Enw'r grŵp": "Clwb Ieuenctid", "Oes gennych gyfansoddiad?": "Oes"},
    ),
    "one label in two languages": (
        table(("*Cod post*\nPostcode", "B99 1AA"), ("*Project title*\nNo more than ten words", "Lamps")),
        {"Cod post / Postcode": "B99 1AA", "Project title No more than ten words": "Lamps"},
    ),
    "tabs": (
        lines(
            f"{NAME}\t{CLUB}",
            "Whom should we write to\tAda Example",
            f"Telephone\t01632 960101\tE-mail\t{AT}",
            "Start date\t1 May 2027\tEnd date\t2 May 2028",
            "Postcode\tB1 1AA",
        ),
        {
            NAME: CLUB,
            "Whom should we write to": "Ada Example",
            "Telephone": "01632 960101",
            "E-mail": AT,
            "Start date": "1 May 2027",
            "End date": "2 May 2028",
            "Postcode": "B1 1AA",
        },
    ),
    **{
        f"dots {dots}": (
            lines(f"Email {dots.format(AT)}", "Postcode: B1 1AA"),
            {"Email": AT, "Postcode": "B1 1AA"},
        )
        for dots in ("__{}________", "… … …{}…………", "....... .{}........", "___{}___")
    },
    **{
        choice: (table((ASKED, choice), (NAME, CLUB)), {ASKED: answer, NAME: CLUB})
        for choice, answer in (
            ("YES X    NO __  £100 in 2019", "YES; £100 in 2019"),
            ("Yes / No ✓  - being written", "No; being written"),
            ("Yes ✓ / No", "Yes"),
            ("=Yes= / =No=", None),
        )
    },
    **{
        f"{HELD} {typed}": (lines(f"{HELD} {typed}"), {HELD: answer})
        for typed, answer in (
            *(("Yes ☒ No ☐", "Yes"), ("☐ Yes ☒ No", "No"), ("Yes [ ] No [x]", "No"), ("Yes / No", None)),
            *(("Yes ☐ No ☐", None), ("Yes/~No~", "Yes"), ("~Yes~ / No (please delete)", "No")),
            *(("Yes / =No=", "No"), ("✓ Yes   No", "Yes"), (" Yes", "Yes"), ("x Yes   No", "Yes")),
            *(("Y/N: [ ] Yes [x] No", "No"), ("Yes __ No _X_", "No")),
        )
    },
    **{
        f"boxes wide apart, {boxes}": (
            lines("*Have you had a grant before?*", boxes, f"Care of animals\t{boxes}"),
            {"Have you had a grant before?": "No", "Care of animals": "No"},
        )
        for boxes in ("Yes ☐    No ☒", "☐ Yes\t☒ No")
    },
    "numbered questions of three columns": (
        table(("*No.*", "*Question*", "*Your answer*"), ("1", NAME, CLUB), ("2", "Postcode", "B1 1AA")),
        {NAME: CLUB, "Postcode": "B1 1AA"},
    ),
    "an x within a word": (
        table(("Address", "PO Box 412  Westgate\nB99 3WR"), ("Costs", "Lamps x 8  £90\nPosts  £20")),
        {"Address": "PO Box 412 Westgate\nB99 3WR", "Costs": "Lamps x 8 £90\nPosts £20"},
    ),
    "rows that repeat a label are a list and ask nothing": (
        lines(
            "*Two people who know you*",
            "1. Name ……Dr Ann Other…… Telephone ……01632 960881……",
            "2. Name ……Alf Fiction…… Telephone ……07700 900999……",
            "Postcode: B1 1AA",
        ),
        {
            "Two people who know you": "1. Name Dr Ann Other Telephone 01632 960881\n"
            "2. Name Alf Fiction Telephone 07700 900999",
            "Postcode": "B1 1AA",
        },
    ),
    "several questions in a cell": (
        table(("Main contact", f"Name: Ada Example\nEmail: {AT}")),
        {"Name": "Ada Example", "Email": AT},
    ),
    "a table of costs": (
        [*lines("*Breakdown of costs*"), *table(("*Item*", "*Cost*"), ("Hall", "£500"), ("Kit", "£400"))],
        {"Breakdown of costs": "Hall; £500\nKit; £400"},
    ),
    "a line of an answer that looks like a question": (
        lines("*Describe your project*", "One aim: fewer burglaries.", "Monday: football", "*Start date*"),
        {"Describe your project": "One aim: fewer burglaries.\nMonday: football", "Start date": None},
    ),
    "a row without a question": (
        table(("Describe it", "It begins here"), ("", "and ends on the next page."), (NAME, CLUB)),
        {"Describe it": "It begins here\nand ends on the next page.", NAME: CLUB},
    ),
    "lines without an answer": (
        lines(f"{NAME}:", "Postcode: B1 1AA", "Telephone:", "E-mail:"),
        {NAME: None, "Postcode": "B1 1AA", "Telephone": None, "E-mail": None},
    ),
    "rows without an answer": (
        table((NAME, ""), ("Postcode", ""), ("Telephone", "01632 960101")),
        {NAME: None, "Postcode": None, "Telephone": "01632 960101"},
    ),
    "an answer that speaks of a bank in a table": (table((f"*{WHY}*",), (BANK,)), {WHY: BANK}),
    "an answer that speaks of a bank": (lines(f"*{WHY}*", BANK), {WHY: BANK}),
    "a name as on a statement": (table((TITLE, CLUB), ("A/C number", "12345678")), {TITLE: CLUB}),
    "a colon before figures": (table(("Outcomes",), (FIGURES,)), {"Outcomes": FIGURES}),
    "a colon in a long answer": (lines("Why? Who has asked?", STORY), {"Why? Who has asked?": STORY}),
    "told below a marked yes": (
        lines("Have you a boat?", "=Yes= / No", "It leaks a little"),
        {"Have you a boat?": "Yes\nIt leaks a little"},
    ),
    "signed at the end": (
        lines(
            "How are lamps kept?", "A keeper checks them.", "Declaration: all is true", "Signed: A. Keeper"
        ),
        {"How are lamps kept?": "A keeper checks them.", "Declaration": "all is true", "Signed": "A. Keeper"},
    ),
    "bold questions side by side": (
        table(("*Contact*\nAnn Example", "*Role*\nTreasurer")),
        {"Contact": "Ann Example", "Role": "Treasurer"},
    ),
    "titles down the side beside little that is known": (
        table(
            ("*APPLICANT*", "Organisation", "Ropewalk Club"),
            ("", "Contact name", "Ann Example"),
            ("*SCHEME*", "Scheme title", "Lamps"),
            ("", "Of what hue", "Amber"),
            ("", "By what road", "Ropewalk"),
        ),
        {
            "Organisation": "Ropewalk Club",
            "Contact name": "Ann Example",
            "Scheme title": "Lamps",
            "Of what hue": "Amber",
            "By what road": "Ropewalk",
        },
    ),
    "the time at which a form was sent": (
        lines("Submitted:", "17 Feb 2027 16:42", "Organisation:", "Ropewalk Club"),
        {"Submitted": "17 Feb 2027 16:42", "Organisation": "Ropewalk Club"},
    ),
    "costs in a table": (
        [
            *lines("*What will it cost?*"),
            *table(("Cameras (2)", "£2,400.00"), ("Kits", "£80.00"), ("Total", "£2,480.00")),
        ],
        {"What will it cost?": "Cameras (2); £2,400.00\nKits; £80.00", "Total": "£2,480.00"},
    ),
    "numbers in a table that are no costs": (
        table(("Cameras", "24"), ("Kits", "8"), ("Organisation", "Ropewalk Club")),
        {"Cameras": "24", "Kits": "8", "Organisation": "Ropewalk Club"},
    ),
    "a label in each box, of which some are unknown": (
        table(
            ("Organisation\nRopewalk Club", "Telephone\n01632 960101"),
            ("Project title\nLamps", "Hue of lamps\nAmber"),
            ("Start date\n1 May 2027", "End date\n2 May 2028"),
        ),
        {
            "Organisation": "Ropewalk Club",
            "Telephone": "01632 960101",
            "Project title": "Lamps",
            "Hue of lamps": "Amber",
            "Start date": "1 May 2027",
            "End date": "2 May 2028",
        },
    ),
    "ticks of a lost font": (
        table(("Area", "\uf0a8 Dudley \uf0fe Walsall \uf0a8 Coventry")),
        {"Area": "Walsall"},
    ),
}


@pytest.mark.parametrize(("form", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_each_layout_is_read_by_its_rule(form: list[Block], answers: dict[str, object]) -> None:
    assert said(form) == answers
