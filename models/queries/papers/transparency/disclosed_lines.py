"""What is told of one application on request: who, what became of it, and why."""

from collections.abc import Iterable, Iterator

from models.papers.order import PaperOrder, TextPair
from models.papers.transparency.disclosure import (
    CAME_LATE,
    DECIDED_AGAIN,
    GIVEN_UP,
    LATE,
    LEFT_OUT,
    LESS_LEFT,
    LESS_THAN_LEAST,
    MISSING,
    NONE,
    NOT_MET,
    SOME_UNMET,
    WITHDRAWN,
    Given,
)
from models.queries.applications.applications import asked_corrected
from models.queries.applications.endings import UNKNOWN
from models.queries.applications.gates import failed_gates
from models.queries.awards.amendments import gone_in, not_taken_up_words, since_decided
from models.queries.awards.awards import awards, withheld_in
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.reasons import published_reason
from models.queries.deciding.settled import Became
from models.queries.papers.letter_parts.causes import less_than_asked, reserves
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.notices.causes import unlike_recommended
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.public_award import (
    PublicAward,
    Withheld,
    names_in,
    purpose_of,
    secrets_of,
    street_of,
)
from models.queries.set_up.round_facts import round_facts, round_rows
from models.session import Session
from models.values.direct_award import direct_words, given_up_words, proposed_words
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows, by_application
from scoring.allocating.causes import Held, HeldCause, PassedBy
from scoring.money import place, pounds, score, short_pounds, tie_break
from scoring.ranking import Standing
from scoring.schedule.lines import FORMS, PanelOutcome
from scoring.written.days import full_day
from scoring.written.text import as_sentence, in_one_run, listed, noun, with_capital


class Known:
    """All that lines of a round are made from, by application; `secrets` are kept out of every text."""

    def __init__(self, session: Session, order: PaperOrder, rows: RoundRows, secrets: Iterable[str]) -> None:
        number = order.of_round
        facts, round_ = round_facts(session, number, order.today), DecidedRound(session, number)
        held, every, hidden = awards(session, number), round_.every, withheld_in(session, number)
        self.gone = gone_in(session, number, held)
        self.decided, self.advised = round_.final, round_.advised
        self.awarded = {row.application: row for row in held if row.stands}
        self.gone_pence = {
            row.reference: self.decided[row.reference].amount_pence or 0
            for row in rows.applications
            if row.withdrawn and row.reference in self.decided and row.reference not in self.awarded
        }
        self.standings = round_.standings
        self.declined = {each.code: each.words for each in facts.defaults.decline_codes}
        self.names_declined = order.names_declined
        asked = rows.applications if order.names_declined else ()
        self.named = frozenset(row.reference for row in asked if row.reference not in hidden)
        told = {of for of, award in self.awarded.items() if award.withheld is None}
        told |= self.named - self.awarded.keys()
        names = (row.organisation for row in rows.applications if row.reference in told)
        self.withheld = Withheld(secrets, names)
        self.became = became_by(session, facts.line, rows.applications, self.decided, order.today)
        self.written = published_purposes(session, number)
        self.reserved = reserves(round_)
        self.failed = failed_gates(session, number)
        self.since = {one.application: one.words for one in since_decided(self.awarded.values(), every)}
        self.beside = dict(unlike_recommended(round_, list(self.decided.values())))
        self.less = less_than_asked(round_)
        self.anew = frozenset(round_.earlier)
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
            yield from (row.organisation, row.charity_number, row.company_number, row.reference)
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
EQUAL = (
    "It was equal with another application on all that the published rules compare; as they provide, the "
    "chair of the panel decided which came first"
)


def given_line(row: ApplicationRow, numbers: Iterator[int], known: Known) -> Given:
    """Return what is told of an application; one that is not named takes the next of `numbers`."""
    of, award = row.reference, known.awarded.get(row.reference)
    is_named = award is not None or of in known.named
    standing, decided = known.standings[of], known.decided.get(of)
    without, was_pence = known.withheld.without, None if decided is None else decided.amount_pence
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
        reasons="\n".join(
            filter(None, (_reasons(row, decided, known), CORRECTED if of in known.corrected else ""))
        ),
        notice="" if decided is None else decided.notice,
        decided_pence=was_pence if award is not None and was_pence != award.stands_pence else None,
        gone_pence=known.gone_pence.get(of, 0),
        came_about=_came_about(of, known),
    )


def _came_about(of: str, known: Known) -> str:
    direct, award = known.direct.get(of), known.awarded.get(of)
    if direct is None:
        return ""
    if award is None:
        return (given_up_words if known.gone_pence.get(of) else proposed_words)(direct)
    return known.withheld.without(direct_words(direct, award.stands_pence))


def _outcome(row: ApplicationRow, decided: DecisionRow | None, known: Known) -> str:
    if row.withdrawn:
        return GIVEN_UP if known.gone_pence.get(row.reference) else WITHDRAWN
    if words := _OUTCOMES.get(known.became[row.reference]):
        return words
    if row.reference in known.less:
        in_part = FORMS[PanelOutcome.PART_FUND].is_now
        return ": ".join(filter(None, (in_part, known.less[row.reference])))
    if decided is None:
        return "not decided"
    now = FORMS[PanelOutcome(decided.outcome)].is_now
    is_ended = known.is_closed and decided.outcome == PanelOutcome.RESERVE
    return f"{now}, which ended with the round" if is_ended else now


def _marks(standing: Standing) -> Iterator[TextPair]:
    without = NONE if standing.total_1e2 is None else LEFT_OUT
    for one in standing.criteria:
        yield one.code, without if one.value_1e2 is None else score(one.value_1e2).removesuffix(".00")


def _reasons(row: ApplicationRow, decided: DecisionRow | None, known: Known) -> str:
    """Return why: of an award what is published, else the published words and rules alone.

    What an officer or the panel wrote of an application that is not named could tell whose it is.
    """
    of = row.reference
    if decided is not None and of in known.awarded:
        told = (
            as_sentence(in_one_run(published_reason(decided))),
            known.beside.get(of, ""),
            _since(of, known),
        )
        return known.withheld.without("\n".join(filter(None, told)))
    if decided is not None and (gone_pence := known.gone_pence.get(of)):
        return _given_up(decided, gone_pence, known)
    if of in known.since:
        return "\n".join((DECIDED_AGAIN, *filter(None, [_declined(known, of)])))
    if known.became[of] is Became.LATE:
        return LATE
    if known.became[of] is Became.BARRED:
        failed = known.failed.get(of, ())
        return "\n".join((SOME_UNMET if len(failed) > 1 else NOT_MET, *failed))
    if decided is not None and decided.outcome == PanelOutcome.RESERVE:
        return _in_reserve(known.reserved.get(of, HeldCause()), names_declined=known.names_declined)
    if known.became[of] is Became.INCOMPLETE:
        return MISSING
    return _declined(known, of)


def _in_reserve(held: HeldCause, *, names_declined: bool) -> str:
    """Return why an application got no money, without what its letter alone gives, then what came since.

    Without the names of those who have no award nothing is said of an organisation's other awards, by which
    it could be told.
    """
    told = [] if held.is_own_least else [with_capital(_why_held(held))]
    told += [_by_cap(held)] if names_declined and held.cap is not None and not held.is_own_least else []
    less = LESS_THAN_LEAST if held.is_own_least else LESS_LEFT
    told = list(filter(None, told)) or [less.removesuffix(".")]
    told += [EQUAL] if held.is_after_equal else []
    return "\n".join(filter(None, (f"{'. '.join(told)}.", _passed(held.passed))))


def _why_held(held: HeldCause) -> str:
    """Return why an application got no money, as a sentence goes on; "" where no sum tells it."""
    of = f" for {held.area}" if held.area else ""
    left = f"of the money{of} {short_pounds(held.left_pence)} was left"
    match held.why:
        case Held.SPENT:
            went = "applications placed before it" if held.is_all_before else "other applications"
            return f"the money available{of} went to {went}"
        case Held.SHORT:
            half = "half of " if held.is_half else ""
            return f"{left}, which is less than {half}the {short_pounds(held.asked_pence)} asked for"
        case Held.STOPPED:
            none = "when the panel recommended the published rules did not"
            rule = none if held.passed else "the published rules do not"
            return (
                f"an application placed before it needed more than was left, and {rule} let a lower one go "
                f"first; {left}"
            )
    return ""


def _by_cap(held: HeldCause) -> str:
    assert held.cap is not None, "there is a cap"
    left = short_pounds(held.cap.left_pence) if held.cap.left_pence else "nothing"
    return (
        f"One organisation may have {short_pounds(held.cap.most_pence)} at most, and this one has "
        f"{short_pounds(held.cap.awarded_pence)}, which leaves {left} of that for the "
        f"{short_pounds(held.asked_pence)} requested"
    )


def _passed(past: PassedBy | None) -> str:
    """Return that money went past an application on the list since its decision, when, by which notices.

    A notice gives the reason for what it awards; why another stays where it is stands in none.
    """
    if past is None:
        return ""
    who = noun(past.many, "an application", "applications")
    where = f"{noun(len(past.notices), 'notice')} {listed(list(past.notices))}"
    reason = noun(past.many, "the reason for that award stands", "the reasons for those awards stand")
    days = listed(list(map(full_day, past.days)))
    return f"On {days} money was awarded to {who} placed after this one; {reason} in {where}."


def _given_up(decided: DecisionRow, gone_pence: int, known: Known) -> str:
    of = decided.application
    notice = f" (notice {decided.notice})" if decided.notice else ""
    since = not_taken_up_words(known.gone.get(of, UNKNOWN), full_day)
    words = (
        f"It was awarded {pounds(gone_pence)} on {full_day(decided.signed_on)}{notice}, which was {since}."
    )
    why = known.withheld.without(in_one_run(published_reason(decided))) if of in known.named else ""
    return "\n".join(filter(None, (words, why)))


def _declined(known: Known, of: str) -> str:
    advised = known.advised.get(of)
    return "" if advised is None else known.declined.get(advised.code, "")


def _since(of: str, known: Known) -> str:
    words = known.since.get(of, "")
    what = "Decisions" if of in known.anew else "Changed since the decision"
    return f"{what}: {words}." if words else ""


def _place(standing: Standing) -> str:
    """Return a place as the public reads it: "3", or by what one of several equals came to it."""
    if standing.place is None:
        return NONE
    by = f", by {tie_break(standing.place_by)} among equals" if standing.place_by else ""
    return f"{place(standing.place, tied=standing.tied)}{by}"
