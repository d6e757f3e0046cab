"""What was not met, or waived, at the gates of applications, and how papers say it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import resources
from models.operation import who_is_named
from models.papers.texts import LETTERS, UNMET
from models.queries.applications.applications import (
    GateLine,
    GateResult,
    applications,
    entered,
    gate_results,
    gates,
    time_gates,
)
from models.queries.papers.paper_texts import texts_by_subject
from models.queries.set_up.rounds import area_dates
from models.session import Session
from models.values.applications import received_in_time, starts_after_decision
from models.values.rows import ApplicationRow, gathered
from scoring.money import pounds, without_noughts
from scoring.round import Eligibility
from scoring.schedule.exceptions import INCOMPLETE
from scoring.scheme import Scheme
from scoring.written.names import text_key
from scoring.written.text import as_sentence, listed, paragraphs


def waived_words(session: Session, round_id: int, late: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return each application let in by a waiver with who gave it and why, in order of reference.

    Left out are waivers of the closing date; those that are `late` are told with what let them in.
    """
    let_in = [row for row in applications(session, round_id) if row.eligibility is Eligibility.WAIVED]
    if not let_in:
        return ()
    by, own = entered(session, round_id), tuple(_own(session, round_id))
    found = []
    for row in sorted(let_in, key=lambda one: one.reference):
        words = [_words(one.set_by, one.reason) for one in own if one.application == row.reference]
        if not words and row.reference not in late:
            words = [_words(by[row.reference].all_gates_by, row.eligibility_reason)]
        found += [(row.reference, one) for one in words]
    return tuple(found)


def _own(session: Session, round_id: int) -> Iterator[GateResult]:
    """Yield what was waived at one gate, but for the one of the closing date and those that bar nobody."""
    barring = {gate.code for gate in gates(session, round_id) if not (gate.is_advisory or gate.is_time)}
    yield from (
        one for one in gate_results(session, round_id) if one.result == "waived" and one.gate in barring
    )


def _words(by: str, reason: str) -> str:
    named = who_is_named(by) if by else ""
    who = f"let in by a waiver, given by {named}" if named else "let in by a waiver"
    return f"{who}: {reason}" if reason else who


def early_words(session: Session, round_id: int, references: Collection[str], on: date) -> Iterator[str]:
    """Yield which projects of some applications start before a decision of a day, where a gate asks it."""
    if not any(gate.is_start for gate in gates(session, round_id)):
        return
    dates = area_dates(session, round_id)
    for row in applications(session, round_id):
        came_to, why = starts_after_decision(row, dates, on)
        if row.reference in references and came_to == "fail":
            yield f"{row.reference} {why}. Correct its start date, or pay no cost from before that day."


def late_words(
    session: Session, round_id: int, rows: tuple[ApplicationRow, ...]
) -> dict[str, tuple[str, str]]:
    """Return of each late application when it came, and what lets it in all the same ("" for nothing)."""
    dates = area_dates(session, round_id)
    let_in = _let_in(session, round_id)
    verdicts = {row.reference: received_in_time(row, dates) for row in rows}
    return {
        reference: (found[1], let_in.get(reference, ""))
        for reference, found in verdicts.items()
        if found is not None and found[0] == "fail"
    }


def _let_in(session: Session, round_id: int) -> dict[str, str]:
    """Return who waived the gate and why, or whose word for all gates stands instead, by reference."""
    of_time = time_gates(session, round_id)
    own = {one.application: one for one in gate_results(session, round_id) if one.gate in of_time}
    found = {}
    for of, every in entered(session, round_id).items():
        result, reason, by = every.word if of not in own else own[of].word
        if result == "waived":
            found[of] = f"waived by {by}: {reason}"
        elif result == "yes":
            found[of] = f"marked eligible by {by}" if by else "marked eligible"
    return found


def late_let_in(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the late applications that something lets in, with when they came, in order of reference."""
    if not any(dates.closes_on for dates in area_dates(session, round_id).values()):
        return ()
    found = late_words(session, round_id, applications(session, round_id))
    return tuple((of, f"{words}; {let_in}") for of, (words, let_in) in sorted(found.items()) if let_in)


def let_past(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return by application that was let in what it was let past, in words."""
    late = [of for of, _ in late_let_in(session, round_id)]
    waived = [of for of, _ in waived_words(session, round_id, late)]
    questions = {gate.code: gate.question for gate in gates(session, round_id)}
    asked = gathered((one.application, questions[one.gate]) for one in _own(session, round_id))
    return {
        of: (*(["received late"] if of in late else []), *(f"“{one}”" for one in asked.get(of, ())))
        for of in sorted({*late, *waived})
    }


def let_in(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    """Yield each application that was let in, late ones first, with the sentence that says how."""
    late = late_let_in(session, round_id)
    for of, words in (*late, *waived_words(session, round_id, [of for of, _ in late])):
        yield of, f"{of}: {words}"


OVER, LATE = "The application asks for more than the cap.", "The application came after the closing date."
EARLY = "The project starts before the decision on it."
FOUND = "Our check found: "
"""Before what an officer noted as a phrase."""
_PAIRS = (pair.split("\n") for pair in resources.text("schemes/gates.txt").strip().split("\n\n")[1:])
_BY_KEY = {text_key(question): words for question, words in _PAIRS}
"""What an application shows that passes a gate which ships with a fund, by the question."""
_CAP = re.compile(
    r"(?:it )?asks (£[\d,.]+\d), over the cap of (£[\d,.]+\d) for one (award|organisation)\.?", re.IGNORECASE
)


def asked_by_gates(gates: Iterable[GateLine]) -> tuple[str, ...]:
    """Return the questions of gates that a form may ask its applicants: those of figures ask nobody."""
    return tuple(gate.question for gate in gates if not (gate.is_cap or gate.is_time or gate.is_start))


def unmet_words(gate: GateLine) -> str:
    """Return in a sentence that a gate was not met."""
    if gate.is_cap or gate.is_time or gate.is_start:
        return OVER if gate.is_cap else LATE if gate.is_time else EARLY
    shown, asked = _BY_KEY.get(text_key(gate.question)), f"At our check the answer to “{gate.question}”"
    return f"The application does not show that {shown}." if shown else f"{asked} was no."


def unmet_here(gate: GateLine, found: str) -> str:
    """Return to an applicant that a gate was not met, with what was `found` there, "" for nothing."""
    said = remark_words(found)
    return said if _CAP.fullmatch(found.strip()) else f"{unmet_words(gate)} {said}".rstrip()


def not_shown_words(gate: GateLine) -> str:
    """Return to an applicant in a sentence what is still to be shown at a gate."""
    shown = _BY_KEY.get(text_key(gate.question))
    what = f"that {shown}" if shown else f"the answer to “{gate.question}”"
    return f"The application does not show {what}."


def lacking_words(gate: GateLine) -> str:
    """Return what an application lacks at a gate, as a list of what it lacks has it."""
    shown = _BY_KEY.get(text_key(gate.question))
    return f"it is not shown that {shown}" if shown else f"“{gate.question}” is not shown"


def remark_words(found: str) -> str:
    """Return what somebody noted at the checks as a sentence to an applicant, of a cap with figures."""
    if cap := _CAP.fullmatch(found.strip()):
        asked, most, of_what = cap.groups()
        return without_noughts(f"You asked for {asked}. The most for one {of_what} is {most}.")
    said = as_sentence(found.strip())
    return f"{FOUND}{said}" if said[:1].islower() else said


def gate_meant(line: str, gates: Sequence[GateLine]) -> GateLine | None:
    """Return the gate that a line gives, by its code or its question, None for none of them."""
    said = text_key(line).rstrip(".?")
    return next(
        (one for one in gates if said in (text_key(one.code), text_key(one.question).rstrip("?"))), None
    )


def failed_gates(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return in sentences the gates that each application failed by itself, by application.

    Where one word stands for several gates, those that its letter names; no other words of a letter.
    """
    asked = {gate.code: gate for gate in gates(session, round_id)}
    named = {
        of: tuple(
            unmet_words(gate)
            for line in paragraphs(texts.get(UNMET.code))
            if (gate := gate_meant(line, tuple(asked.values()))) is not None and not gate.is_advisory
        )
        for of, texts in texts_by_subject(session, round_id, LETTERS).items()
    }
    failed = (
        (one.application, asked[one.gate]) for one in gate_results(session, round_id) if one.result == "fail"
    )
    return {**named, **gathered((of, unmet_words(gate)) for of, gate in failed if not gate.is_advisory)}


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
        of_all = ["not every check of it is settled"] if row.eligibility_reason.strip() else []
        lacks = lacks or at_checks.get(row.reference, of_all)
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


def _named(wanted: str) -> str:
    """Return what an applicant was asked for as a paper about them goes on with it: without "your"."""
    said = _YOUR.sub("", wanted).strip().rstrip(".")
    first, rest = said[:1], said[1:]
    return f"{first if rest[:1].isupper() else first.lower()}{rest}"


RESULT_WORDS = {
    "": "as it came",
    "pass": "passed",
    "fail": "failed",
    "waived": "waived",
    "to check": "to check",
}
BY_RULE = "the program"
"""Who judged a gate where the figures did."""


def has_cap(scheme: Scheme) -> bool:
    return scheme.cap_per_award_pence is not None or scheme.cap_per_organisation_pence is not None


def over_cap(scheme: Scheme, requested_pence: int) -> str:
    """Return why a request is not within the caps, with both figures; "" when it is."""
    for cap_pence, of_what in (
        (scheme.cap_per_award_pence, "one award"),
        (scheme.cap_per_organisation_pence, "one organisation"),
    ):
        if cap_pence is not None and requested_pence > cap_pence:
            return f"asks {pounds(requested_pence)}, over the cap of {pounds(cap_pence)} for {of_what}"
    return ""
