"""What is told of one application on request: who, what became of it, and why."""

from collections.abc import Iterable, Iterator

from models.papers.order import PaperOrder, TextPair, Texts
from models.papers.transparency.lists import (
    CAME_LATE,
    DECIDED_AGAIN,
    GIVEN_UP,
    LATE,
    LEFT_OUT,
    MISSING,
    NONE,
    NOT_MET,
    SOME_UNMET,
    WITHDRAWN,
    Given,
)
from models.queries.applications.applications import asked_corrected
from models.queries.applications.attachments import attachments_of_round
from models.queries.applications.endings import UNKNOWN
from models.queries.applications.gates import failed_gates
from models.queries.awards.amendments import gone_in, not_taken_up_words, since_decided
from models.queries.awards.awards import awards, withheld_in
from models.queries.awards.direct_awards import direct_awards, direct_words
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.reasons import published_reason
from models.queries.deciding.settled import Became
from models.queries.papers.letter_parts.causes import less_than_asked, reserves
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.notices.causes import unlike_recommended
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.public_award import (
    GIVEN,
    PublicAward,
    Withheld,
    names_in,
    purpose_of,
    secrets_of,
    street_of,
)
from models.queries.set_up.round_facts import round_facts, round_rows
from models.session import Session
from models.values.direct_award import uncompeted_words
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows, by_application
from scoring.allocating.causes import HeldCause
from scoring.money import place, score, tie_break
from scoring.ranking import Standing
from scoring.schedule.lines import FORMS, PanelOutcome
from scoring.written.days import full_day
from scoring.written.text import as_sentence, in_one_run


class Known(DecidedRound):
    """All that lines of a round are made from, by application; `secrets` are kept out of every text."""

    def __init__(self, session: Session, order: PaperOrder, came: RoundRows, secrets: Iterable[str]) -> None:
        number = order.of_round
        super().__init__(session, number)
        facts = round_facts(session, number, order.today)
        held, hidden = awards(session, number), withheld_in(session, number)
        self.gone, self.names_declined = gone_in(session, number, held), order.names_declined
        self.awarded = {row.application: row for row in held if row.stands}
        self.gone_pence = {
            row.reference: self.final[row.reference].amount_pence or 0
            for row in came.applications
            if row.withdrawn and row.reference in self.final and row.reference not in self.awarded
        }
        self.declined = {each.code: each.words for each in facts.defaults.decline_codes}
        asked = came.applications if order.names_declined else ()
        self.named = frozenset(row.reference for row in asked if row.reference not in hidden)
        told = {of for of, award in self.awarded.items() if award.withheld is None}
        told |= self.named - self.awarded.keys()
        self.withheld = Withheld(
            secrets, (row.organisation for row in came.applications if row.reference in told)
        )
        self.became = became_by(session, facts.line, came.applications, self.final, order.today)
        self.written, self.reserved = published_purposes(session, number), reserves(self)
        self.failed = failed_gates(session, number)
        self.files = attachments_of_round(session, number)
        self.since = {one.application: one.words for one in since_decided(self.awarded.values(), self.every)}
        self.beside = dict(unlike_recommended(self, list(self.final.values())))
        self.in_part = less_than_asked(self)
        self.direct = direct_awards(session, number) if facts.line.is_direct else {}
        self.corrected = asked_corrected(session, number).keys()
        self.is_closed = facts.line.is_closed


def secret_words(session: Session, order: PaperOrder, round_id: int) -> Iterator[str]:
    """Yield what no text may hold, of one round: contacts of all, names that are not ticked.

    Each round's are kept out of every round's texts. The title of a project that was not funded is no name:
    "Warm welcome" may stand in any award's words.
    """
    awarded = by_application(awards(session, round_id))
    hidden, rows = withheld_in(session, round_id), round_rows(session, round_id)
    for row in rows.applications:
        yield from names_in(row.contact_name)
        yield from (row.email, row.phone, row.postcode, *street_of(row))
        award = awarded.get(row.reference)
        withheld = hidden.get(row.reference) if award is None else award.withheld
        if withheld is not None:
            yield from secrets_of(row, award, withheld)
        if (award is None or not award.stands) and (row.reference in hidden or not order.names_declined):
            yield from (row.organisation, *row.numbers_told, row.reference)
    if not order.names_panel:
        for member in rows.members:
            yield from names_in(member.name)


NOT_NAMED = "Applicant"
_OUTCOMES = {
    Became.LATE: CAME_LATE,
    Became.BARRED: "not eligible",
    Became.INCOMPLETE: "incomplete, so not awarded",
}
CORRECTED = "What was asked for is as corrected."


def given_line(row: ApplicationRow, numbers: Iterator[int], known: Known) -> Given:
    """Return what is told of an application; one that is not named takes the next of `numbers`."""
    of, award = row.reference, known.awarded.get(row.reference)
    is_named = award is not None or of in known.named
    standing, decided, without = known.standings[of], known.final.get(of), known.withheld.without
    was_pence = None if decided is None else decided.amount_pence
    reasons = *_reasons(row, decided, known), CORRECTED if of in known.corrected else ""
    return Given(
        who=(PublicAward(row, award).recipient if award else row.organisation)
        if is_named
        else f"{NOT_NAMED} {next(numbers)}",
        reference=(award.reference if award else of) if is_named else NONE,
        project=without(row.project) if is_named else NONE,
        purpose=without(purpose_of(row, known.written)) if is_named else NONE,
        area=row.area or NONE,
        asked_pence=row.requested_pence,
        outcome=_outcome(row, decided, known),
        awarded_pence=None if award is None else award.stands_pence,
        total=score(standing.total_1e2) if standing.total_1e2 is not None else NONE,
        place=_place(standing),
        marks=tuple(_marks(standing)),
        reasons="\n".join(filter(None, reasons)),
        notice="" if decided is None else decided.notice,
        decided_pence=was_pence if award is not None and was_pence != award.stands_pence else None,
        gone_pence=known.gone_pence.get(of, 0),
        came_about=_came_about(of, known),
        files=tuple(
            GIVEN.file(one, without(one.name) if is_named else "") for one in known.files.get(of, ())
        ),
    )


def _came_about(of: str, known: Known) -> str:
    direct, award = known.direct.get(of), known.awarded.get(of)
    if direct is None:
        return ""
    if award is None:
        return f"{uncompeted_words('Awarded' if known.gone_pence.get(of) else 'Proposed', direct)}."
    return known.withheld.without(direct_words(direct, award.stands_pence))


def _outcome(row: ApplicationRow, decided: DecisionRow | None, known: Known) -> str:
    if row.withdrawn:
        return GIVEN_UP if known.gone_pence.get(row.reference) else WITHDRAWN
    if words := _OUTCOMES.get(known.became[row.reference]):
        return words
    if row.reference in known.in_part:
        return ": ".join(filter(None, (FORMS[PanelOutcome.PART_FUND].is_now, known.in_part[row.reference])))
    if decided is None:
        return "not decided"
    now = FORMS[PanelOutcome(decided.outcome)].is_now
    is_ended = known.is_closed and decided.outcome == PanelOutcome.RESERVE
    return f"{now}, which ended with the round" if is_ended else now


def _marks(standing: Standing) -> Iterator[TextPair]:
    without = NONE if standing.total_1e2 is None else LEFT_OUT
    for one in standing.criteria:
        yield one.code, without if one.value_1e2 is None else score(one.value_1e2).removesuffix(".00")


def _reasons(row: ApplicationRow, decided: DecisionRow | None, known: Known) -> Texts:
    """Return why, in lines: of an award what is published, else the published words and rules alone.

    What an officer or the panel wrote of an application that is not named could tell whose it is.
    """
    of = row.reference
    if decided is not None and of in known.awarded:
        since = known.since.get(of, "")
        what = f"{'Decisions' if of in known.earlier else 'Changed since the decision'}: {since}."
        why = as_sentence(in_one_run(published_reason(decided)))
        return tuple(map(known.withheld.without, (why, known.beside.get(of, ""), what if since else "")))
    if decided is not None and (gone_pence := known.gone_pence.get(of)):
        since = not_taken_up_words(known.gone.get(of, UNKNOWN), full_day)
        why = known.withheld.without(in_one_run(published_reason(decided))) if of in known.named else ""
        return GIVEN.given_up(decided, gone_pence, since), why
    if of in known.since:
        return DECIDED_AGAIN, _declined(known, of)
    if known.became[of] is Became.LATE:
        return (LATE,)
    if known.became[of] is Became.BARRED:
        failed = known.failed.get(of, ())
        return SOME_UNMET if len(failed) > 1 else NOT_MET, *failed
    why = _declined(known, of)
    if decided is not None and decided.outcome == PanelOutcome.RESERVE:
        held = known.reserved.get(of, HeldCause())
        return GIVEN.in_reserve(held, known.names_declined) or why, GIVEN.passed(held.passed)
    if known.became[of] is Became.INCOMPLETE:
        return (MISSING,)
    return (why,)


def _declined(known: Known, of: str) -> str:
    """Return the published words for why, else which paper says it of what is decided."""
    advised, decided = known.advised.get(of), known.final.get(of)
    if advised is None:
        return ""
    is_panels = decided is None or decided.outcome == advised.outcome
    words = known.declined.get(advised.code, "") if is_panels else ""
    return words if words or decided is None or of in known.since else GIVEN.elsewhere(is_panels)


def _place(standing: Standing) -> str:
    """Return a place as the public reads it: "3", or by what one of several equals came to it."""
    if standing.place is None:
        return NONE
    by = f", by {tie_break(standing.place_by)} among equals" if standing.place_by else ""
    return f"{place(standing.place, tied=standing.tied)}{by}"
