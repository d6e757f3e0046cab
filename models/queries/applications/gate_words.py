"""What a gate that was not met is called to applicants and the public: never the office's own question."""

import re
from collections.abc import Iterable, Sequence

from models.papers.texts import LETTERS, UNMET
from models.queries.applications.applications import GateLine, gate_results, gates
from models.queries.papers.paper_texts import texts_by_subject
from models.session import Session
from scoring.money import without_noughts
from scoring.written.names import text_key
from scoring.written.text import as_sentence, paragraphs

STATEMENTS = {
    "Is the group constituted, with its own bank account and two signatories, or is an umbrella body "
    "answerable for it?": "the group is constituted, with its own bank account and two signatories, or that "
    "an umbrella body is answerable for it",
    "Do people who live in this area benefit?": "people who live in this area benefit",
    "Is the request within the cap?": "what it asks for is within the cap",
    "Is the money for something other than one person, sponsorship, a salary or an excluded cost?": "the "
    "money is for something other than one person, sponsorship, a salary or an excluded cost",
    "Does it contribute to preventing crime or to community safety?": "it contributes to preventing crime "
    "or to community safety",
    "Is it free of other money from the Commissioner for the same period?": "it is free of other money from "
    "the Commissioner for the same period",
    "If children or adults at risk take part, is there a safeguarding policy?": "there is a safeguarding "
    "policy for the children or adults at risk who take part",
    "Has the group spoken to its neighbourhood team?": "the group has spoken to its neighbourhood team",
    "Does it help victims of crime to cope and recover?": "it helps victims of crime to cope and recover",
    "Is it free, confidential, and open whether or not the crime was reported?": "it is free, confidential, "
    "and open whether or not the crime was reported",
    "Is it one of the purposes that the Ministry's grant permits?": "it is for one of the purposes that the "
    "Ministry's grant permits",
    "Is it outside what a public body must provide by law, and paid for only once?": "it is outside what a "
    "public body must provide by law, and paid for only once",
    "Are safeguarding, DBS checks and data protection in place?": "safeguarding, DBS checks and data "
    "protection are in place",
    "Will the organisation make the returns that the Ministry asks for?": "the organisation will make the "
    "returns that the Ministry asks for",
}
"""What an application shows that passes a gate which ships with a fund, by the question."""
OVER, LATE = "The application asks for more than the cap.", "The application came after the closing date."
FOUND = "Our check found: "
"""Before what an officer noted as a phrase."""
_EMPTY = frozenset(
    {"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "be"}
    | {"the", "a", "an", "of", "it", "its", "this", "that"}
)
"""Words that a question and a statement of the same condition do not share."""
_BY_KEY = {text_key(question): words for question, words in STATEMENTS.items()}
_CAP = re.compile(
    r"(?:it )?asks (£[\d,.]+\d), over the cap of (£[\d,.]+\d) for one (award|organisation)\.?", re.IGNORECASE
)
_LACKING = re.compile(r"(there (?:is|was) )?(?:no|not|without|missing|lacks?)\b", re.IGNORECASE)
"""Begins what an office found in place of a condition, as "no constitution" does."""
_RULE = re.compile(
    r"no\b(?:(?!\b(?:that|which|who|whose|when|where|why|how|whether|to)\b)[^,;:(])*?"
    r"\b(?:may|must|can|will|shall|has|pays|gives|gets|goes|comes|takes|receives|covers|duplicates|exceeds"
    r"|(?:is|are) (?!(?:\w+ly )?(?:held|sent|enclosed|attached|included|provided|given|shown|available"
    r"|visible|evident|clear|there|in|mentioned|named|stated|signed|known|left)\b))",
    re.IGNORECASE,
)
"""Begins a condition that is put as what must not be, as "no other public money pays for it" does."""


def asked_by_gates(gates: Iterable[GateLine]) -> tuple[str, ...]:
    """Return the questions of gates that a form may ask its applicants: cap and closing date ask nobody."""
    return tuple(gate.question for gate in gates if not (gate.is_cap or gate.is_time))


def unmet_words(gate: GateLine) -> str:
    """Return in a sentence that a gate was not met."""
    if gate.is_cap or gate.is_time:
        return OVER if gate.is_cap else LATE
    shown = _BY_KEY.get(text_key(gate.question))
    return f"The application does not show that {shown}." if shown else f"{_asked(gate)} was no."


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


def says_what_lacks(line: str) -> bool:
    """Return whether a line says what was found, as "no constitution" does, and not what a condition asks.

    "No other public money pays for it" is a condition: to print it as found would say the opposite.
    """
    lacking = _LACKING.match(line.strip())
    return lacking is not None and (lacking[1] is not None or not _RULE.match(line.strip()))


def gate_meant(line: str, gates: Sequence[GateLine]) -> GateLine | None:
    """Return the gate that a line gives, by its code or its question in any words, None for no one gate."""
    said = _told_words(line)
    meant = [gate for gate in gates if text_key(line).rstrip(".") == text_key(gate.code)]
    meant = meant or [gate for gate in gates if said and said >= _told_words(gate.question)]
    return meant[0] if len(meant) == 1 else None


def failed_gates(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return in sentences the gates that each application failed by itself, by application.

    Where one word stands for several gates, those that its letter names; no other words of a letter.
    """
    asked = {gate.code: gate for gate in gates(session, round_id)}
    named = _named_gates(session, round_id, tuple(asked.values()))
    own = dict[str, tuple[str, ...]]()
    for one in gate_results(session, round_id):
        if one.result == "fail" and not asked[one.gate].is_advisory:
            own[one.application] = (*own.get(one.application, ()), unmet_words(asked[one.gate]))
    return {**named, **own}


def _named_gates(session: Session, round_id: int, asked: Sequence[GateLine]) -> dict[str, tuple[str, ...]]:
    """Return in sentences the gates that letters name as not met, by application."""
    return {
        of: tuple(
            unmet_words(gate)
            for line in paragraphs(texts.get(UNMET.code))
            if (gate := gate_meant(line, asked)) is not None and not gate.is_advisory
        )
        for of, texts in texts_by_subject(session, round_id, LETTERS).items()
    }


def _asked(gate: GateLine) -> str:
    return f"At our check the answer to “{gate.question}”"


def _told_words(text: str) -> frozenset[str]:
    """Return the words of a text that tell something."""
    return frozenset(re.findall(r"[^\W_]+", text_key(text))) - _EMPTY
