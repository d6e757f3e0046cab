"""What a round asks its applicants, and the code of its form."""

from collections.abc import Iterator

from models.papers.blank_form import YES_NO, FormPart, FormQuestion, form_parts
from models.papers.form_signs import form_code
from models.papers.office import Office
from models.papers.order import Texts
from models.queries.applications.applications import gates
from models.queries.applications.gates import asked_by_gates
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import newest_office
from models.queries.set_up.rounds import round_line, scheme
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.rounds import RoundLine
from scoring.scheme import Scheme
from scoring.written.text import paragraphs

FORM, SET_UP = "form", "set up"
MOST_WORDS = 250
"""Of a long answer, where the office says nothing else."""


def round_form_code(session: Session, round_id: int) -> str:
    """Return the code of a round's form as it asks now, "" before its criteria are published."""
    line = round_line(session, round_id)
    if line.stage == SET_UP:
        return ""
    return code_of(line, asked_of_applicants(session, line, newest_office(session)))


def code_of(line: RoundLine, parts: tuple[FormPart, ...]) -> str:
    """Return the code of the form of a round that asks these parts."""
    labels = [one.label for part in parts for one in part.questions]
    return form_code(line.fund_code, (line.year, line.name), labels)


def asked_of_applicants(session: Session, line: RoundLine, known: Office) -> tuple[FormPart, ...]:
    """Return what a round asks: for fields, on its criteria and checks, and what the office added."""
    rules, texts = round_rules(session, line.round_id), paper_texts(session, line.round_id, FORM)
    asked = asked_by_gates(gates(session, line.round_id))
    areas = tuple(area.name for area in line.areas)
    lists = {kind.value: tuple(item.words for item in in_use(rules.items(kind))) for kind in ListKind}
    return form_parts(
        int(texts.get("most_words", str(MOST_WORDS))),
        {**lists, "areas": areas},
        {
            "criteria": _of_criteria(scheme(session, line.round_id)),
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
