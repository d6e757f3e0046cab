"""What a paper says of the office, as it was on the paper's day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.papers.kinds import AGREEMENT, FINANCE, MINISTRY, SCHEDULE
from models.queries.set_up.office import office_on
from models.session import Session
from models.values.office import Office
from models.values.office_keys import BY_KEY
from scoring.schedule.letterhead import Letterhead

_TO_APPLICANTS = ("complaints", "privacy", "freedom_of_information")
_INFORMATION = ("public_access", "freedom_of_information")
STANDING = {
    "notice": ("freedom_of_information", "complaints"),
    "decision-report": _INFORMATION,
    "letters": _TO_APPLICANTS,
    "award-letters": _TO_APPLICANTS,
    "challenge-letters": _TO_APPLICANTS,
    "panel-book": ("interests_statement", "privacy"),
    "minutes": ("interests_statement", *_INFORMATION),
    "call": ("privacy", *_INFORMATION),
    "publication": ("legal_power", *_INFORMATION),
    "spending": _INFORMATION,
    "contracts": _INFORMATION,
    "disclosure": _INFORMATION,
    "360giving": ("legal_power", *_INFORMATION),
    "tables": _INFORMATION,
    "monitoring": ("privacy",),
    AGREEMENT: ("complaints", "privacy", "freedom_of_information"),
    SCHEDULE: ("legal_power", "freedom_of_information"),
    FINANCE: ("legal_power",),
}
"""Which standing words a kind of paper carries; a notice has those on public access in its own section."""
COMMISSIONER, CHIEF_EXECUTIVE, FINANCE_OFFICER = "commissioner", "chief_executive", "finance_officer"
PEOPLE = {
    "notice": (COMMISSIONER,),
    "decision-report": (COMMISSIONER, CHIEF_EXECUTIVE),
    "call": (COMMISSIONER,),
    "letters": (COMMISSIONER,),
    "award-letters": (COMMISSIONER,),
    "challenge-letters": (COMMISSIONER,),
    "minutes": (CHIEF_EXECUTIVE,),
    "publication": (COMMISSIONER,),
    "360giving": (COMMISSIONER,),
    "tables": (COMMISSIONER, FINANCE_OFFICER),
    "governance": (COMMISSIONER, CHIEF_EXECUTIVE, FINANCE_OFFICER),
    "monitoring": (CHIEF_EXECUTIVE,),
    MINISTRY: (CHIEF_EXECUTIVE, FINANCE_OFFICER),
    SCHEDULE: (FINANCE_OFFICER,),
    FINANCE: (FINANCE_OFFICER,),
}
"""Whose name and post a kind of paper carries: who decides, who answers for the money, who leads."""


def letterhead(session: Session, paper: str, day: date) -> tuple[str, Letterhead]:
    """Return the office's name and what else a kind of paper says of it on a day."""
    office = office_on(session, day)
    return office.name, letterhead_of(office, paper)


def letterhead_of(office: Office, paper: str) -> Letterhead:
    """Return what a kind of paper says of an office beside its name."""
    standing = ((BY_KEY[key].heading, office.get(key)) for key in STANDING.get(paper, _INFORMATION))
    contact = (office.get("contact_name"), office.get("contact_post"))
    return Letterhead(
        address=office.get("address"),
        telephone=office.get("telephone"),
        email=office.get("email"),
        website=office.get("website"),
        contact=", ".join(filter(None, contact)),
        signatory=office.signatory(paper),
        logo=office.get("logo"),
        area_label=office.area_label,
        words=tuple((heading, text) for heading, text in standing if text),
        short_name=office.get("short_name"),
        people=tuple(_people(office, paper)),
    )


def signed_as(office: Office, paper: str) -> Letterhead:
    """Return the same of a letter, which somebody signs: its own signatory, the letters', or who answers."""
    head = letterhead_of(office, paper)
    return replace(head, signatory=head.signatory or office.signatory("letters") or head.contact)


def _people(office: Office, paper: str) -> Iterator[tuple[str, str]]:
    """Yield what each person of a paper is, with their name and post, as far as they are named."""
    for key in PEOPLE.get(paper, ()):
        name, post = office.get(f"{key}_name"), office.get(f"{key}_post")
        if name:
            what, _, _ = BY_KEY[f"{key}_name"].heading.partition(":")
            yield what, ", ".join(filter(None, (name, post)))
