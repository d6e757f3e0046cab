"""Checking what is known of an agreement, and putting it into its row."""

from datetime import date

from msgspec.structs import asdict

from models.operations.rows.writing import put, remove
from models.papers.kinds import AGREEMENT
from models.queries.awards.agreements.issued import issue_times
from models.queries.awards.agreements.signed_as_it_stands import issued_values
from models.queries.papers.issues import issues
from models.schema.awards.award_agreement import award_agreement_table
from models.session import Session
from models.values.award_terms import NOT_SENT, AgreementDetails
from scoring.refused import Refused
from scoring.written.days import full_day

LONGEST = 300


def require_details(details: AgreementDetails, signed_on: date | None, today: date) -> None:
    """Refuse what cannot be: texts too long, a day to come, or a signature before the agreement was sent."""
    if any(len(text) > LONGEST for text in (details.held_at, *details.signers)):
        raise Refused(f"A name or a place is longer than {LONGEST} characters. Shorten it.")
    posts = ((details.office_post, details.office_signer), (details.recipient_post, details.recipient_signer))
    if any(post and not name for post, name in posts):
        raise Refused("Give the name of the person who signed beside the post.")
    _require_anew(details, signed_on, today)
    if details.sent_on is None:
        return
    if details.sent_on > today:
        raise Refused(f"{full_day(details.sent_on)} is still to come. Record it once the agreement is sent.")
    if signed_on is not None and signed_on < details.sent_on:
        raise Refused(
            f"The agreement was sent on {full_day(details.sent_on)}, after {full_day(signed_on)} on which it "
            "was signed. Correct one of the days."
        )


def _require_anew(details: AgreementDetails, signed_on: date | None, today: date) -> None:
    """Refuse a later version as signed on a day to come, or before the first was."""
    anew = details.signed_anew_on
    if anew is None:
        return
    if anew > today:
        raise Refused(f"{full_day(anew)} is still to come. Record it once the agreement is signed.")
    if signed_on is None or anew < signed_on:
        raise Refused(
            "The new version of an agreement is signed after the version before it. Correct the day."
        )


def require_issued(session: Session, round_id: int, award: str, details: AgreementDetails) -> None:
    """Refuse a version of an award's agreement as signed that was never issued."""
    version = details.signed_version
    if version is not None and (award, version) not in issue_times(session, round_id):
        raise Refused(f"Version {version} of the agreement of {award} is not issued, so nobody signed it.")


def early_words(session: Session, round_id: int, award: str, version: int | None, on: date | None) -> str:
    """Return that a version bears a later day than that of its signature, "" where it does not.

    It is not refused: an office may have signed on paper of its own before the program wrote any.
    """
    issued = None if version is None else issue_times(session, round_id).get((award, version))
    if issued is None or on is None or on >= issued.date():
        return ""
    return (
        f" Version {version} of it is dated {full_day(issued)}, after {full_day(on)}: correct the day of the "
        "signature, unless it stands on other paper."
    )


def unanswered_words(session: Session, round_id: int, award: str, version: int | None) -> str:
    """Return that a version which is signed says that it is not to be, "" where it does not say so."""
    every = () if version is None else issues(session, AGREEMENT, round_id, award)
    signed = next((one for one in every if one.version == version), None)
    if signed is None or not issued_values(signed).awaits_answer:
        return ""
    return (
        f" Version {version} of it is not for signature yet: record on Monitoring what its recipient will do "
        "with the money, issue it again, and have that signed."
    )


def put_details(session: Session, number: int, details: AgreementDetails) -> None:
    """Put what is known of an agreement in, in place of what was; nothing where nothing is known."""
    remove(session, award_agreement_table, award_agreement_table.c.application_id == number)
    if details != NOT_SENT:
        put(session, award_agreement_table, [{"application_id": number, **asdict(details)}])
