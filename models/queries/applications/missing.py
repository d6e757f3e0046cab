"""Ask what applications lack, so that their checks are still open, as papers of the office say it."""

import re

from models.papers.texts import LETTERS
from models.queries.applications.applications import applications, gate_results, gates
from models.queries.applications.gate_words import lacking_words
from models.queries.papers.paper_texts import texts_by_subject
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import listed
from scoring.round import Eligibility
from scoring.schedule.exceptions import INCOMPLETE
from scoring.written.text import paragraphs

_YOUR = re.compile(r"\byour\s+", re.IGNORECASE)


def missing_words(session: Session, round_id: int) -> dict[str, str]:
    """Return for each application that lacks something what it is: "Incomplete: safeguarding policy".

    It is what the office asked the applicant for, else the checks at which something is noted: the note
    itself is the office's own. What nobody has looked at yet waits for the office and is not here.
    """
    open_ = [row for row in applications(session, round_id) if row.eligibility is Eligibility.TO_CHECK]
    if not open_:
        return {}
    asked, at_checks = texts_by_subject(session, round_id, LETTERS), _at_checks(session, round_id)
    found = {}
    for row in open_:
        texts = asked.get(row.reference)
        lacks = [_named(one) for one in paragraphs(texts.get("wanted"))] if texts else []
        lacks = lacks or at_checks.get(row.reference, _of_all(row))
        if lacks:
            found[row.reference] = f"{INCOMPLETE}: {listed(lacks)}"
    return found


def _at_checks(session: Session, round_id: int) -> dict[str, list[str]]:
    """Return for each application with results of single checks those that are open with something noted."""
    barring = {one.code: one for one in gates(session, round_id) if not (one.is_advisory or one.is_time)}
    found: dict[str, list[str]] = {}
    for one in gate_results(session, round_id):
        if one.gate in barring:
            lacks = found.setdefault(one.application, [])
            if one.result == "to check" and one.reason.strip():
                lacks.append(lacking_words(barring[one.gate]))
    return found


def _of_all(row: ApplicationRow) -> list[str]:
    """Return what is told where something is noted on all checks together."""
    return ["not every check of it is settled"] if row.eligibility_reason.strip() else []


def _named(wanted: str) -> str:
    """Return what an applicant was asked for as a paper about them goes on with it: without "your"."""
    said = _YOUR.sub("", wanted).strip().rstrip(".")
    first, rest = said[:1], said[1:]
    return f"{first if rest[:1].isupper() else first.lower()}{rest}"
