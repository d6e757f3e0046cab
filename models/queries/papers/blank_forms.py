"""The blank application form of a round, from its fund's lists, checks and criteria."""

from collections.abc import Mapping

from models.papers.blank_form import BlankForm
from models.papers.office import Office
from models.papers.order import PaperOrder, TextPairs
from models.queries.papers.intake_papers import MARKING, NOT_PUBLISHED
from models.queries.papers.notices.lines import contact
from models.queries.papers.paper_texts import paper_head, paper_texts
from models.queries.set_up.form_questions import SET_UP, asked_of_applicants, code_of
from models.queries.set_up.office import office_on
from models.queries.set_up.rounds import area_dates, round_line
from models.session import Session
from models.values.rounds import AreaDates
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import Refused, paragraphs

ABOUT = (
    "Fill in this form on a computer: click into each box and type. A box grows or scrolls as you type. Save "
    "the form and send us the file itself: please do not print and scan it."
)
SEND = "Send the form to {} as an attachment, before applications {}close."


def blank_form(session: Session, order: PaperOrder) -> BlankForm:
    """Return the form of a round; raises Refused before its criteria are published."""
    line, known = round_line(session, order.of_round), office_on(session, order.today)
    texts, call = (paper_texts(session, order.of_round, paper) for paper in (order.kind, "call"))
    if line.stage == SET_UP:
        raise Refused(NOT_PUBLISHED)
    parts, asked_at = asked_of_applicants(session, line, known), contact(call, known)
    dates, (fund, name, _) = area_dates(session, order.of_round), round_names(line.fund, line.name, line.year)
    return BlankForm(
        **paper_head(session, order, line, marking=MARKING),
        subject=texts.get("title", f"{fund}, {name}: application form"),
        code=code_of(line, parts),
        about=paragraphs(texts.get("about", ABOUT)),
        how=paragraphs(texts.get("how") or _how(asked_at, known, dates) or call.get("how")),
        closing=_closing(dates),
        contact=asked_at,
        parts=parts,
    )


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
