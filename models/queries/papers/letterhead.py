"""What a paper says of the office, as it was on the paper's day."""

from datetime import date

from models.papers.kinds import FINANCE, SCHEDULE
from models.queries.set_up.office import office_on
from models.session import Session
from models.values.office import Office
from models.values.office_keys import BY_KEY
from scoring.schedule.letterhead import Letterhead

_INFORMATION = ("public_access", "freedom_of_information")
STANDING = {
    "notice": ("freedom_of_information", "complaints"),
    "decision-report": _INFORMATION,
    "letters": ("complaints", "privacy", "freedom_of_information"),
    "panel-book": ("interests_statement", "privacy"),
    "minutes": ("interests_statement", *_INFORMATION),
    "call": ("privacy", *_INFORMATION),
    "publication": ("legal_power", *_INFORMATION),
    "360giving": ("legal_power", *_INFORMATION),
    "tables": _INFORMATION,
    "monitoring": ("privacy",),
    SCHEDULE: ("legal_power", "freedom_of_information"),
    FINANCE: ("legal_power",),
}
"""Which standing words a kind of paper carries; a notice has those on public access in its own section."""


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
    )
