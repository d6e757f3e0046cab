"""Who answers questions on a letter or an agreement, and where somebody writes to the office."""

from collections.abc import Iterable

from exchange.papers.headed import named
from models.papers.letters.letters import Letters
from scoring.counted import listed
from scoring.written.text import with_article


def office_email(letters: Letters) -> str:
    """Return the e-mail address to which a signed agreement goes, "" where none is known."""
    return letters.letterhead.email or dict(letters.contact).get("E-mail", "")


def to_office(letters: Letters) -> str:
    """Return to whom something goes back, as a sentence goes on: an address, else a person, else "us"."""
    return office_email(letters) or next((text for _, text in letters.contact), "us")


def to_write_to(letters: Letters) -> str:
    """Return where somebody writes: the office's address in full as far as it is known, else its name."""
    head = letters.letterhead
    post = ", ".join(line.strip() for line in head.address.splitlines() if line.strip())
    ways = [way for way in (head.email, post) if way]
    return " or ".join(ways) or contact_of(letters.contact) or with_article(named(letters))


def whom_to_ask(letters: Letters) -> str:
    """Return who answers questions and how, the office itself where it named nobody."""
    if asked := contact_of(letters.contact):
        return asked
    reached = _reached(letters.letterhead.telephone, letters.letterhead.email)
    office = with_article(named(letters))
    return f"{office}, {reached}" if reached else office


def contact_of(contact: Iterable[tuple[str, str]]) -> str:
    """Return who answers questions and how: "Tess Example, Officer, on 01905 555 0100 or at a@b.example"."""
    said = dict(contact)
    reached = _reached(said.get("Telephone", ""), said.get("E-mail", ""))
    who = said.get("Contact officer", "")
    return f"{who}, {reached}" if who and reached else f"us {reached}" if reached else who


def _reached(telephone: str, email: str) -> str:
    """Return how somebody is reached: "on 01905 555 0100 or at a@b.example"."""
    ways = (("on", telephone), ("at", email))
    return listed([f"{word} {text}" for word, text in ways if text], "or")
