"""Papers of the intake of a round: the call for applications, its blank form, and acknowledgements."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from models.papers.blank_form import BlankForm
from models.papers.call import CallArea, CallCriterion, CallForApplications
from models.papers.grant_agreement import gap_words
from models.papers.letters.letter import RECEIVED, Came, Letter, letter_to
from models.papers.letters.letters import Letters
from models.papers.office import Office
from models.papers.order import PaperOrder, TextPairs
from models.papers.paper_words import Sentences
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import gates
from models.queries.applications.gates import has_cap
from models.queries.applications.reading import IntakeLine, intake
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.papers.letter_parts.what_next import headed
from models.queries.papers.letters import answered, reference_order
from models.queries.papers.notices.lines import contact
from models.queries.papers.paper_texts import paper_head, paper_texts
from models.queries.retention.retention import years
from models.queries.set_up.form_questions import SET_UP, asked_of_applicants, code_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import area_dates, round_line, scheme
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.rounds import BEFORE_MEETING, AreaDates, AreaLine, RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.allocation import PUTS_IN, one_list_words, shared_with
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.money import percent
from scoring.round import Area
from scoring.written.days import exact_clock, full_day
from scoring.written.names import round_names
from scoring.written.text import Refused, paragraphs, with_article, with_capital

SIGNING = Sentences("signing")
MARKING = "OFFICIAL"
"""A call is for the public, whatever the marking of the applications that come of it."""
NOT_PUBLISHED = (
    "The criteria are not published yet, and this paper prints what is published. Publish them "
    "on Criteria & scale, or with the command: load RECORD WORKBOOK --replace."
)
_PURPOSES = (ListKind.PURPOSE, ListKind.PERMITTED)
ABOUT = (
    "{} invites applications to {}. This paper says what money there is, how each application is judged, and "
    "how to apply."
)


def call_for_applications(session: Session, order: PaperOrder) -> CallForApplications:
    """Return the call of a round or of one of its areas; raises Refused before the criteria are published."""
    facts, rules = round_facts(session, order.of_round, order.today), scheme(session, order.of_round)
    if facts.line.stage == "set up":
        raise Refused(NOT_PUBLISHED)
    known = office_on(session, order.today)
    asks = with_capital(with_article(known.name or "office"))
    texts = paper_texts(session, order.of_round, "call")
    dates = area_dates(session, order.of_round)
    of_area, asked = f", {order.area}" if order.area else "", gates(session, order.of_round)
    of_each = known.area_label.said(" of the area") if len(dates) > 1 else ""
    title = ", ".join(round_names(facts.line.fund, facts.line.name))
    lines = (item for kind in _PURPOSES for item in in_use(facts.defaults.items(kind)))
    areas = [area for area in facts.line.areas if order.is_of(area.name)]
    here = [dates[area.name] for area in areas]
    bare = [one.name for one in areas if not (_free_pence(one) + one.start_up_pence or one.shared_pot)]
    return CallForApplications(
        **paper_head(session, order, facts.line, marking=MARKING),
        subject=texts.get("title", f"{title}{of_area}: call for applications"),
        about=paragraphs(texts.get("about", ABOUT.format(asks, f"{facts.line.words}{of_area}"))),
        purposes=tuple(item.words for item in lines) or facts.defaults.purposes,
        areas=tuple(
            CallArea(
                area.name,
                _free_pence(area),
                area.start_up_pence,
                dates[area.name].opens_on,
                dates[area.name].closes_on,
                dates[area.name].closes_time,
                dates[area.name].meets_on,
            )
            for area in areas
        ),
        quality=f"{percent(rules.quality_1e4)}%",
        cost=f"{percent(rules.cost_1e4)}%" if rules.cost_1e4 else "",
        criteria=tuple(
            CallCriterion(f"{each.code} {each.title}", each.guidance, criterion_words(each, rules))
            for each in rules.criteria
        ),
        scale=tuple((mark, f"{word}: {meaning}") for mark, word, meaning in rules.descriptors),
        checks=tuple(
            line.question for line in asked if not line.is_advisory and (has_cap(rules) or not line.is_cap)
        ),
        rules=rules_in_words(rules),
        who_may=paragraphs(texts.get("who_may")),
        how=paragraphs(texts.get("how", _how(known, has_days=all(each.closes_on for each in here)))),
        contact=contact(texts, known),
        shared=tuple(
            f"{words}; {PUTS_IN}."
            for words in shared_lists(
                round_rows(session, order.of_round).areas, order.area, attrgetter("to_award_pence")
            )
        ),
        is_open_all_day=any(_is_open_all_day(each) for each in here),
        is_timed=not all(map(_is_open_all_day, here)),
        hear_by=texts.day("hear_by"),
        without=tuple(bare if len(bare) < len(areas) else ()),
        besides=tuple(line.question for line in asked if line.is_advisory),
        signers=tuple(
            SIGNING.signers(step, [f"the {post}{of_each if step.per_area else ''}" for post in step.posts])
            for step in facts.chain
        ),
    )


def unset_closing_words(session: Session, order: PaperOrder) -> str:
    """Return in which areas a call names no day on which applications close, "" where it does in each."""
    dates = area_dates(session, order.of_round)
    here = [area for area in dates if order.is_of(area)]
    unset = [area for area in here if dates[area].closes_on is None]
    return SIGNING.no_closing(unset, len(unset) < len(here)) if unset else ""


def _how(office: Office, *, has_days: bool) -> str:
    """Say how to apply; the day on which to be in time is asked for where the round says none."""
    closes = "and for the day by which to send it."
    if has_days:
        closes = office.area_label.said("and send it before applications in your area close.")
    asked = with_article(office.get("short_name") or office.name or "office")
    return f"Ask {asked} for the application form, {closes}"


def _is_open_all_day(dates: AreaDates) -> bool:
    return dates.closes_on is not None and dates.closes_time is None


def _free_pence(area: AreaLine) -> int:
    """Return what an area has to give: nothing where more was committed before than its own pot has."""
    return area.to_award_pence if area.shared_pot else max(area.to_award_pence, 0)


def shared_lists(areas: Sequence[Area], chosen: str | None, pence: Callable[[Area], int]) -> Iterator[str]:
    """Yield in words each pot that areas share, with the pence of each of these together."""
    for names in dict.fromkeys(shared_with(areas).values()):
        if chosen is None or chosen in names:
            yield one_list_words(names, sum(pence(one) for one in areas if one.name in names))


class _Known(Struct, frozen=True):
    """All that acknowledgements are written from."""

    dates: Mapping[str, AreaDates]
    is_one_area: bool
    has_checks: bool
    marking: frozenset[str]
    marked: frozenset[str]
    hear_by: date | None
    today: date
    answered: frozenset[str]

    @property
    def is_over(self) -> bool:
        return self.hear_by is not None and self.hear_by < self.today


def acknowledgements(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each application of a round or an area that has no other letter yet."""
    line, came = round_line(session, order.of_round), intake(session, order.of_round, OFFICE_VIEWER)
    final = final_decisions(decisions(session, order.of_round))
    decided = frozenset(one.row.area for one in came.lines if one.row.reference in final)
    known = _Known(
        dates=area_dates(session, order.of_round),
        is_one_area=len(line.areas) == 1,
        has_checks=bool(came.gates),
        marking=frozenset(area.name for area in line.areas if area.stage != "intake"),
        marked=frozenset(
            area.name
            for area in line.areas
            if area.stage not in BEFORE_MEETING or (area.stage == "intake" and area.was_scored)
        ),
        hear_by=paper_texts(session, order.of_round, "call").day("hear_by"),
        today=order.today,
        answered=answered(session, line, order.today),
    )
    every = () if line.is_direct else came.lines
    here = [one for one in every if order.is_of(one.row.area) and not one.erased]
    told = sorted(
        (_letter(one, known) for one in here if one.row.reference not in known.answered), key=reference_order
    )
    here = [one for one in here if one.row.reference not in final]
    if not told:
        raise Refused(_why_none(line, decided, here, order.area))
    found = headed(session, order, (), told, is_of_intake=True)
    return replace(found, gaps=tuple(filter(None, _gaps(here, known))))


def _why_none(
    line: RoundLine, decided: Collection[str | None], here: Collection[IntakeLine], area: str | None
) -> str:
    past = [one.name for one in line.areas if one.name in decided and area in (None, one.name)]
    return SIGNING.none_to_acknowledge(line.is_direct, bool(here), past)


def _letter(one: IntakeLine, known: _Known) -> Letter:
    row, dates = one.row, known.dates.get(one.row.area or "", AreaDates())
    on = None if row.received_at is None else row.received_at.date()
    return replace(
        letter_to(row, RECEIVED, on),
        asked_was="; ".join(of.beside_amount for of in one.corrections if of.field == "requested_pence"),
        came=_came(row, dates, known, is_late=bool(one.late)),
        answer_by=None if known.is_over else known.hear_by,
    )


def _came(row: ApplicationRow, dates: AreaDates, known: _Known, *, is_late: bool) -> Came:
    at = row.received_at
    meets, closes = dates.meets_on, dates.closes_on
    return Came(
        on=None if at is None else at.date(),
        at=exact_clock(at) if at is not None and row.received_has_time else "",
        area="" if known.is_one_area else row.area or "",
        closes_on=closes,
        closes_at=dates.closes_time or "",
        is_over=closes is not None and closes < known.today,
        is_late=is_late,
        is_marked=row.area in known.marked,
        is_checked=known.has_checks and row.area not in known.marking,
        meets_on=meets if meets is not None and meets >= known.today else None,
    )


def unnamed_day_words(session: Session, order: PaperOrder) -> str:
    """Return that a call names no day by which applicants hear, "" where it does."""
    named = paper_texts(session, order.of_round, "call").day("hear_by")
    return SIGNING.no_day("The call names") if named is None else ""


def _gaps(here: list[IntakeLine], known: _Known) -> Iterator[str]:
    others = [one.row for one in here if one.row.reference in known.answered]
    apart = [f"{row.reference} {row.organisation}" for row in others]
    yield gap_words(apart, "application has", "applications have", "another letter to applicants", "")
    if len(apart) < len(here) and (known.hear_by is None or known.is_over):
        yield SIGNING.day_over(known.hear_by) if known.hear_by else SIGNING.no_day("The letters name")


ABOUT_FORM = (
    "Fill in this form on a computer: click into each box and type. A box grows or scrolls as you type. Save "
    "the form and send us the file itself: please do not print and scan it."
)
SEND = "Send the form to {} as an attachment, before applications {}close."


def blank_form(session: Session, order: PaperOrder) -> BlankForm:
    """Return the form of a round; before its criteria are published it is a preview."""
    line, known = round_line(session, order.of_round), office_on(session, order.today)
    texts, call = (paper_texts(session, order.of_round, paper) for paper in (order.kind, "call"))
    kept = years(session, order.of_round)
    parts, asked_at = asked_of_applicants(session, line, known), contact(call, known)
    dates, (fund, name, _) = area_dates(session, order.of_round), line.names
    return BlankForm(
        **paper_head(session, order, line, marking=MARKING),
        subject=texts.get("title", f"{fund}, {name}: application form"),
        code=code_of(line, parts),
        about=paragraphs(texts.get("about", ABOUT_FORM)),
        how=paragraphs(texts.get("how") or _how_to_send(asked_at, known, dates) or call.get("how")),
        closing=_closing(dates),
        contact=asked_at,
        privacy=paragraphs(known.get("privacy")),
        information=paragraphs(known.get("freedom_of_information")),
        kept_for=(kept.awarded_words, kept.declined_words),
        parts=parts,
        is_of_draft_criteria=line.stage == SET_UP,
    )


def _how_to_send(asked_at: TextPairs, known: Office, dates: Mapping[str, AreaDates]) -> str:
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
