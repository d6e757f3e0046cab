"""The blank application form of a round, from its fund's lists, checks and criteria."""

from collections.abc import Iterator, Mapping

from models.papers.blank_form import YES_NO, BlankForm, FormQuestion, form_code, form_parts
from models.papers.office import Office
from models.papers.order import PaperOrder, TextPairs, Texts
from models.queries.applications.applications import gates
from models.queries.applications.gates import asked_by_gates
from models.queries.papers.intake_papers import MARKING, NOT_PUBLISHED
from models.queries.papers.notices.lines import contact
from models.queries.papers.paper_texts import paper_head, paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import area_dates, scheme
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.rounds import AreaDates
from scoring.scheme import Scheme
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import Refused, paragraphs

MOST_WORDS = 250
"""Of a long answer, where the office says nothing else."""
ABOUT = (
    "Fill in this form on a computer: click into each box and type. A box grows or scrolls as you type. Save "
    "the form and send us the file itself: please do not print and scan it."
)
SEND = "Send the form to {} as an attachment, before applications {}close."


def blank_form(session: Session, order: PaperOrder) -> BlankForm:
    """Return the form of a round; raises Refused before its criteria are published."""
    facts = round_facts(session, order.of_round, order.today)
    if facts.line.stage == "set up":
        raise Refused(NOT_PUBLISHED)
    known, dates = office_on(session, order.today), area_dates(session, order.of_round)
    texts, call = (paper_texts(session, order.of_round, paper) for paper in (order.kind, "call"))
    asked = asked_by_gates(gates(session, order.of_round))
    lists: dict[str, Texts] = {
        kind.value: tuple(item.words for item in in_use(facts.defaults.items(kind))) for kind in ListKind
    }
    parts = form_parts(
        int(texts.get("most_words", str(MOST_WORDS))),
        lists | {"areas": tuple(dates)},
        {
            "criteria": _of_criteria(scheme(session, order.of_round)),
            "checks": _numbered("check", asked, "choice", YES_NO),
            "own": _numbered("own", paragraphs(texts.get("questions")), "text"),
        },
        known.area_label,
    )
    labels = [one.label for part in parts for one in part.questions]
    asked_at = contact(call, known)
    names = (facts.line.fund, facts.line.year, facts.line.name)
    return BlankForm(
        **paper_head(session, order, facts.line, marking=MARKING),
        subject=texts.get("title", f"{', '.join(round_names(names[0], names[2]))}: application form"),
        code=form_code(facts.defaults.code, names, labels),
        about=paragraphs(texts.get("about", ABOUT)),
        how=paragraphs(texts.get("how") or _how(asked_at, known, dates) or call.get("how")),
        closing=_closing(dates),
        contact=asked_at,
        parts=parts,
    )


def _of_criteria(rules: Scheme) -> Iterator[FormQuestion]:
    for each in rules.criteria:
        if each.is_judged:
            yield FormQuestion(f"criterion {each.code}", each.title, "text", each.guidance)


def _numbered(name: str, asked: Texts, kind: str, choices: Texts = ()) -> Iterator[FormQuestion]:
    for number, label in enumerate(asked, 1):
        yield FormQuestion(f"{name} {number}", label, kind, choices=choices)


def _how(asked_at: TextPairs, known: Office, dates: Mapping[str, AreaDates]) -> str:
    """Say where to send the form, "" where no address is known."""
    address = dict(asked_at).get("E-mail") or known.get("email")
    in_area = known.area_label.said("in your area ") if len(dates) > 1 else ""
    return SEND.format(address, in_area) if address else ""


def _closing(dates: Mapping[str, AreaDates]) -> TextPairs:
    """Return until when applications may come, by area where areas close at different times."""
    found = {area: words for area, one in dates.items() if (words := _closes(one))}
    if len(found) == len(dates) and len(set(found.values())) == 1:
        return (("Applications close", next(iter(found.values()))),)
    return tuple(found.items())


def _closes(dates: AreaDates) -> str:
    """Return until when an area's applications may come: "30 September 2026, 12:00"; "" where none is set."""
    if dates.closes_on is None:
        return ""
    return ", ".join(filter(None, (full_day(dates.closes_on), dates.closes_time)))
