"""Whom a notice names to be reached at."""

from models.papers.texts import PaperTexts
from models.values.office import Office


def contact(texts: PaperTexts, office: Office) -> tuple[tuple[str, str], ...]:
    """Return who answers questions, as far as they are named: the paper's own contact, else the office's."""
    own = (_named(texts.get("contact_name"), texts.get("contact_post")), texts.get("contact_phone"))
    return _reached(*own, texts.get("contact_email")) or office_contact(office)


def office_contact(office: Office) -> tuple[tuple[str, str], ...]:
    """Return whom an office names for questions, under the headings of a paper's own contact."""
    named = _named(office.get("contact_name"), office.get("contact_post"))
    return _reached(named, office.get("telephone"), office.get("email")) if named else ()


def _named(name: str, post: str) -> str:
    return ", ".join(filter(None, (name, post)))


def _reached(*texts: str) -> tuple[tuple[str, str], ...]:
    headings = ("Contact officer", "Telephone", "E-mail")
    return tuple((heading, text) for heading, text in zip(headings, texts, strict=True) if text)
