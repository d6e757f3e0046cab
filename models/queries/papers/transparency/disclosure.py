"""What is given of rounds on a request for information, without names that nobody ticked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.order import PaperOrder
from models.papers.transparency.disclosure import (
    CAME_LATE,
    DECIDED_AGAIN,
    GIVEN_UP,
    LATE,
    LESS_LEFT,
    MISSING,
    NOT_MET,
    UNDECIDED_TOO,
    WITHDRAWN,
    Criterion,
    Disclosure,
    Given,
)
from models.queries.applications.gate_words import failed_gates
from models.queries.applications.withdrawals import UNKNOWN, Withdrawal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct.direct_awards import direct_awards
from models.queries.awards.variations.since_decided import gone_in, not_taken_up_words, since_decided
from models.queries.awards.variations.standing_awards import standing_awards, stands
from models.queries.awards.withheld.names import withheld_in
from models.queries.deciding.as_decided import as_decided
from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions, final_decisions
from models.queries.deciding.reasons_given import published_reason
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.deciding.settled import Became, became_of
from models.queries.papers.letter_parts.at_gates import came_late
from models.queries.papers.letter_parts.part_offers import less_than_asked
from models.queries.papers.letter_parts.reserves import EQUAL, Reader, reserves
from models.queries.papers.letterhead import letterhead
from models.queries.papers.notices.beside import unlike_recommended
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.disclosed_rules import disclosed_rules, over_pots
from models.queries.papers.transparency.public_award import PublicAward, purpose_of, secrets_of, street_of
from models.queries.papers.transparency.several_rounds import named, together
from models.queries.papers.transparency.withheld import Withheld, names_in
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.direct_award import DirectAward, direct_words, given_up_words, proposed_words
from models.values.rows import ApplicationRow, RoundRows, scored_round
from models.values.withheld_name import WithheldName
from scoring.counted import counted
from scoring.money import decimal_text, place_with_rule, pounds, score
from scoring.rank import rank
from scoring.ranking import Standing
from scoring.refused import Refused
from scoring.schedule.lines import PanelOutcome
from scoring.schedule.outcomes import FORMS
from scoring.written.days import full_day
from scoring.written.text import with_capital

MARKING = "OFFICIAL"
"""What is given to whoever asks is public, however the papers of its round are marked."""
NONE = "–"
NOT_NAMED = "Applicant"
LAST = 1_000_000
_OUTCOMES = {
    Became.LATE: CAME_LATE,
    Became.BARRED: "not eligible",
    Became.INCOMPLETE: "incomplete, so not awarded",
}
OWN = "you told us"
"""In why one is in reserve: its own figures, which its letter alone gives."""


class _Known(NamedTuple):
    """All that lines are made from, by application."""

    decided: dict[str, DecisionRow]
    advised: dict[str, RecommendationRow]
    awarded: dict[str, AwardRow]
    standings: dict[str, Standing]
    declined: dict[str, str]
    withheld: Withheld
    named: frozenset[str]
    became: Mapping[str, Became]
    written: Mapping[str, str]
    reserved: Mapping[str, str]
    failed: Mapping[str, tuple[str, ...]]
    since: Mapping[str, str]
    beside: Mapping[str, str]
    less: Mapping[str, str]
    anew: frozenset[str]
    direct: Mapping[str, DirectAward]
    gone: Mapping[str, Withdrawal]


def disclosure(session: Session, order: PaperOrder) -> Disclosure:
    """Return what is given of a round or an area, or of every competed round of a fund, a year or the record.

    Applicants without an award and markers are named only if ticked; of what is not decided yet nothing is
    told unless that is said.
    """
    if order.round_id is not None:
        return _with_lines(_of_round(session, order, _secrets_of(session, order, order.round_id)))
    every = rounds_of(session, order.fund, order.year)
    competed = [line for line in every if not line.is_direct]
    secrets = tuple(one for line in competed for one in _secrets_of(session, order, line.round_id))
    parts: list[Disclosure] = []
    for line in competed:
        before = sum(line.who.startswith(NOT_NAMED) for one in parts for line in one.lines)
        part = _of_round(session, replace(order, round_id=line.round_id), secrets, before)
        parts.append(named(part, ", ".join(filter(None, (line.fund, line.name, line.year)))))
    if not parts:
        raise Refused("There is no round that was competed for, so there is nothing to give out.")
    apart = sum(len(standing_awards(session, line.round_id)) for line in every if line.is_direct)
    return _with_lines(replace(together(parts, order), elsewhere=apart))


def _with_lines(value: Disclosure) -> Disclosure:
    """Return what is given; refused where it says nothing, or nothing yet."""
    if value.lines:
        return value
    if value.left_out:
        raise Refused(
            "Nothing is decided there yet, and nothing is given out before a decision unless you say so. "
            f"Tick “{UNDECIDED_TOO}”, or give --with-undecided."
        )
    raise Refused("There is no application yet, so there is nothing to give out.")


def _of_round(session: Session, order: PaperOrder, secrets: Sequence[str], before: int = 0) -> Disclosure:
    """Return what is given of one round without `secrets`; applicants are numbered after those `before`."""
    assert order.round_id is not None, "it is of a round"
    facts, rows = round_facts(session, order.round_id, order.today), round_rows(session, order.round_id)
    known = _known(session, order, rows, secrets)
    office, head = letterhead(session, order.kind, order.today)
    is_direct = facts.line.is_direct
    places = {area.name: number for number, area in enumerate(rows.areas)}
    here = sorted(
        (row for row in rows.applications if order.area in (None, row.area)),
        key=lambda row: (places.get(row.area or "", len(places)), _place(row, known), row.reference),
    )
    told = [row for row in here if order.with_undecided or known.became[row.reference] is not Became.WAITING]
    numbers = count(before + 1)
    markers = {sheet.member for sheet in rows.sheets if sheet.submitted}
    names = tuple(f"{row.name}, {row.role}" for row in rows.members) if order.names_panel else ()
    return Disclosure(
        office=office,
        letterhead=head,
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        marking=MARKING,
        criteria=tuple(
            Criterion(one.code, one.title, decimal_text(Decimal(one.weight_1e4) / 10_000))
            for one in (() if is_direct else rows.scheme.criteria)
        ),
        panel=()
        if is_direct
        else names or (f"{counted(len(markers), 'member')} of the panel marked applications",),
        areas=()
        if is_direct
        else tuple((one.name, one.pot_pence) for one in rows.areas if order.area in (None, one.name)),
        lines=tuple(_line(row, numbers, known) for row in told),
        left_out=len(here) - len(told),
        rules=(
            *disclosed_rules(
                None if is_direct else rows.scheme,
                decisions(session, order.round_id),
                {row.reference for row in told},
            ),
            *over_pots(session, order.round_id, order.area, known.withheld.without),
        ),
    )


def _told(
    rows: RoundRows, awarded: Mapping[str, AwardRow], hidden: Collection[str], *, names_all: bool
) -> Iterator[str]:
    """Yield the names of organisations that the paper tells anyway."""
    for row in rows.applications:
        award = awarded.get(row.reference)
        is_named = names_all and row.reference not in hidden
        if award.withheld is None if award is not None else is_named:
            yield row.organisation


def _place(row: ApplicationRow, known: _Known) -> int:
    """Return the place by which an application stands in its area; what has none comes last."""
    return known.standings[row.reference].place or LAST


def _known(session: Session, order: PaperOrder, rows: RoundRows, secrets: Sequence[str]) -> _Known:
    assert order.round_id is not None, "it is of a round"
    facts = round_facts(session, order.round_id, order.today)
    held = awards(session, order.round_id)
    gone = gone_in(session, order.round_id, held)
    awarded = {row.application: row for row in held if stands(row, gone)}
    every = decisions(session, order.round_id)
    decided = final_decisions(every)
    met = as_decided(session, order.round_id)
    ranking = rank(scored_round(met))
    hidden = withheld_in(session, order.round_id)
    reader = Reader.PUBLIC if order.names_declined else Reader.PUBLIC_WITHOUT_NAMES
    return _Known(
        decided=decided,
        advised={row.application: row for row in recommendations(session, order.round_id)},
        awarded=awarded,
        standings={one.reference: one for one in ranking.standings},
        declined={each.code: each.words for each in facts.defaults.decline_codes},
        withheld=Withheld(secrets, _told(rows, awarded, hidden, names_all=order.names_declined)),
        named=frozenset(r.reference for r in rows.applications if r.reference not in hidden)
        if order.names_declined
        else frozenset(),
        became=became_of(facts.line, rows.applications, decided, came_late(session, facts.line, decided)),
        written=published_purposes(session, order.round_id),
        reserved=reserves(session, order.round_id, met, ranking, every, reader),
        failed=failed_gates(session, order.round_id),
        since={one.application: one.words for one in since_decided(awarded.values(), every)},
        beside=dict(unlike_recommended(session, order.round_id, list(decided.values()), every)),
        less=less_than_asked(met, ranking, decided),
        anew=frozenset(earlier_decisions(every)),
        direct=direct_awards(session, order.round_id) if facts.line.is_direct else {},
        gone=gone,
    )


def _secrets_of(session: Session, order: PaperOrder, round_id: int) -> tuple[str, ...]:
    """Return what no text may hold, of one round: each round's are kept out of every round's texts."""
    awarded = {row.application: row for row in awards(session, round_id)}
    hidden = withheld_in(session, round_id)
    return tuple(_secrets(order, round_rows(session, round_id), awarded, hidden))


def _secrets(
    order: PaperOrder,
    rows: RoundRows,
    awarded: Mapping[str, AwardRow],
    hidden: Mapping[str, WithheldName],
) -> Iterator[str]:
    """Yield what no text may hold: contacts of all, names that are not ticked.

    The title of a project that was not funded is no name: "Warm welcome" may stand in any award's words.
    """
    for row in rows.applications:
        yield from names_in(row.contact_name)
        yield from (row.email, row.phone, row.postcode, *street_of(row))
        award = awarded.get(row.reference)
        withheld = hidden.get(row.reference) if award is None else award.withheld
        if withheld is not None:
            yield from secrets_of(row, award, withheld)
        has_none = award is None or (row.withdrawn and not award.paid_pence)
        if has_none and (row.reference in hidden or not order.names_declined):
            yield from (row.organisation, row.charity_number, row.company_number, row.reference)
    if not order.names_panel:
        for member in rows.members:
            yield from names_in(member.name)


def _line(row: ApplicationRow, numbers: Iterator[int], known: _Known) -> Given:
    """Return what is told of an application; one that is not named takes the next of `numbers`."""
    of, award = row.reference, known.awarded.get(row.reference)
    is_named = award is not None or of in known.named
    standing, decided = known.standings[of], known.decided.get(of)
    without = known.withheld.without
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
        place=NONE
        if standing.place is None
        else place_with_rule(standing.place, tied=standing.tied, by=standing.place_by),
        marks=_marks(standing),
        reasons=_reasons(row, decided, known),
        notice="" if decided is None else decided.notice,
        decided_pence=None if award is None or decided is None else _where_other(decided, award),
        gone_pence=_gone_pence(row, decided, known),
        came_about=_came_about(row, decided, known),
    )


def _gone_pence(row: ApplicationRow, decided: DecisionRow | None, known: _Known) -> int:
    """Return what was decided on an application that was withdrawn after that, before anything was paid."""
    is_gone = row.withdrawn and decided is not None and row.reference not in known.awarded
    return (decided.amount_pence or 0) if is_gone and decided is not None else 0


def _came_about(row: ApplicationRow, decided: DecisionRow | None, known: _Known) -> str:
    """Return by which route an award came about or is proposed, "" where it was competed for."""
    of = row.reference
    direct, award = known.direct.get(of), known.awarded.get(of)
    if direct is None:
        return ""
    if award is None:
        return (given_up_words if _gone_pence(row, decided, known) else proposed_words)(direct)
    return known.withheld.without(direct_words(direct, award.stands_pence))


def _where_other(decided: DecisionRow, award: AwardRow) -> int | None:
    """Return what was decided where the award does not stand at that today."""
    return decided.amount_pence if decided.amount_pence != award.stands_pence else None


def _outcome(row: ApplicationRow, decided: DecisionRow | None, known: _Known) -> str:
    if row.withdrawn:
        return GIVEN_UP if _gone_pence(row, decided, known) else WITHDRAWN
    if words := _OUTCOMES.get(known.became[row.reference]):
        return words
    if row.reference in known.less:
        in_part = FORMS[PanelOutcome.PART_FUND].is_now
        return ": ".join(filter(None, (in_part, known.less[row.reference])))
    return "not decided" if decided is None else FORMS[PanelOutcome(decided.outcome)].is_now


def _marks(standing: Standing) -> tuple[str, ...]:
    """Return the panel's value on each criterion, a whole mark without noughts."""
    values = (one.value_1e2 for one in standing.criteria)
    return tuple(NONE if value is None else score(value).removesuffix(".00") for value in values)


def _reasons(row: ApplicationRow, decided: DecisionRow | None, known: _Known) -> str:
    """Return why: of an award what is published, else the published words and rules alone.

    What an officer or the panel wrote of an application that is not named could tell whose it is.
    """
    of = row.reference
    if decided is not None and of in known.awarded:
        told = (published_reason(decided), known.beside.get(of, ""), _since(of, known))
        return known.withheld.without("\n".join(filter(None, told)))
    if decided is not None and (gone_pence := _gone_pence(row, decided, known)):
        return _given_up(decided, gone_pence, known)
    if of in known.since:
        return "\n".join((DECIDED_AGAIN, *filter(None, [_declined(known, of)])))
    if known.became[of] is Became.LATE:
        return LATE
    if known.became[of] is Became.BARRED:
        return "\n".join((NOT_MET, *known.failed.get(of, ())))
    if decided is not None and decided.outcome == PanelOutcome.RESERVE:
        why = known.reserved.get(of, "")
        equal = f" It {EQUAL}." if EQUAL in why else ""
        return f"{with_capital(why)}." if why and OWN not in why else f"{LESS_LEFT}{equal}"
    if known.became[of] is Became.INCOMPLETE:
        return MISSING
    return _declined(known, of)


def _given_up(decided: DecisionRow, gone_pence: int, known: _Known) -> str:
    """Return what was awarded, when and by which notice, and that it was not taken up; why only of a name."""
    of = decided.application
    notice = f" (notice {decided.notice})" if decided.notice else ""
    since = not_taken_up_words(known.gone.get(of, UNKNOWN), full_day)
    words = (
        f"It was awarded {pounds(gone_pence)} on {full_day(decided.signed_on)}{notice}, which was {since}."
    )
    why = known.withheld.without(published_reason(decided)) if of in known.named else ""
    return "\n".join(filter(None, (words, why)))


def _declined(known: _Known, of: str) -> str:
    """Return the published words of the code under which the panel declined an application."""
    advised = known.advised.get(of)
    return "" if advised is None else known.declined.get(advised.code, "")


def _since(of: str, known: _Known) -> str:
    """Return what was decided on an award before, and what became of it since, "" where nothing did."""
    words = known.since.get(of, "")
    what = "Decisions" if of in known.anew else "Changed since the decision"
    return f"{what}: {words}." if words else ""
