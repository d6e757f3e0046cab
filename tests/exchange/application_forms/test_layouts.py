"""Layouts of forms that offices and applicants make, each read by the rule for its kind."""

import pytest

from exchange.application_forms.blocks import Block
from tests.exchange.application_forms.test_pairs import CLUB, NAME, lines, said, table

ASKED = "Have you a safeguarding policy?"
AT = "ada@lantern.example"
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
    "ticks of a lost font": (
        table(("Area", "\uf0a8 Dudley \uf0fe Walsall \uf0a8 Coventry")),
        {"Area": "Walsall"},
    ),
}


@pytest.mark.parametrize(("form", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_each_layout_is_read_by_its_rule(form: list[Block], answers: dict[str, object]) -> None:
    assert said(form) == answers
