"""What a round asks its applicants, and the code of its form."""

from collections.abc import Iterator

from msgspec import json

from models.papers.blank_form import YES_NO, form_parts
from models.papers.form_signs import form_code
from models.papers.office import Office
from models.papers.order import Texts
from models.queries.applications.applications import gates
from models.queries.applications.gates import asked_by_gates
from models.queries.papers.issues import issues_of_kind
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import newest_office
from models.queries.set_up.rounds import round_line, rounds, scheme
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.form_questions import AskedForm, FormPart, FormQuestion, KnownForms
from models.values.rounds import RoundLine
from scoring.explaining.words import cap_words
from scoring.scheme import Scheme
from scoring.written.text import paragraphs

FORM, SET_UP = "form", "set up"
MOST_WORDS = 250
"""Of a long answer, where the office says nothing else."""


def round_form_code(session: Session, round_id: int) -> str:
    """Return the code of a round's form as it asks now, "" before its criteria are published."""
    line = round_line(session, round_id)
    return "" if line.stage == SET_UP else _asked_now(session, line).code


def known_forms(session: Session, round_id: int) -> KnownForms:
    """Return every form of the record, as issued and as its rounds ask now; 0 is a round to be set up."""
    found: dict[str, AskedForm] = {}
    for line in rounds(session):
        issued = (
            json.decode(one.content, type=AskedForm) for one in issues_of_kind(session, FORM, line.round_id)
        )
        now = () if line.is_direct else (_asked_now(session, line),)
        found |= {one.code: one for one in (*issued, *now)}
    return KnownForms(round_form_code(session, round_id) if round_id else "", tuple(found.values()))


def _asked_now(session: Session, line: RoundLine) -> AskedForm:
    parts = asked_of_applicants(session, line, newest_office(session))
    return AskedForm(code_of(line, parts), parts)


def code_of(line: RoundLine, parts: tuple[FormPart, ...]) -> str:
    """Return the code of the form of a round that asks these parts."""
    labels = [one.label for part in parts for one in part.questions]
    return form_code(line.fund_code, (line.year, line.name), labels)


def asked_of_applicants(session: Session, line: RoundLine, known: Office) -> tuple[FormPart, ...]:
    """Return what a round asks: for fields, on its criteria and checks, and what the office added."""
    rules, texts = round_rules(session, line.round_id), paper_texts(session, line.round_id, FORM)
    marking = scheme(session, line.round_id)
    asked = asked_by_gates(gates(session, line.round_id))
    areas = tuple(area.name for area in line.areas)
    lists = {kind.value: tuple(item.words for item in in_use(rules.items(kind))) for kind in ListKind}
    return form_parts(
        int(texts.get("most_words", str(MOST_WORDS))),
        cap_words(marking),
        {**lists, "areas": areas},
        {
            "criteria": _of_criteria(marking),
            "checks": _numbered("check", asked, "choice", YES_NO),
            "own": _numbered("own", paragraphs(texts.get("questions")), "text"),
        },
        known.area_label,
    )


def _of_criteria(rules: Scheme) -> Iterator[FormQuestion]:
    for each in rules.criteria:
        if each.is_judged:
            yield FormQuestion(f"criterion {each.code}", each.title, "text", each.guidance)


def _numbered(name: str, asked: Texts, kind: str, choices: Texts = ()) -> Iterator[FormQuestion]:
    for number, label in enumerate(asked, 1):
        yield FormQuestion(f"{name} {number}", label, kind, choices=choices)
