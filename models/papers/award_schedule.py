"""From a round's rows, its ranking and what the panel recommended to the values of an award schedule."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from models.papers.order import TextPair, Texts
from models.papers.paper_words import Sentences
from models.values.rows import (
    ApplicationRow,
    RoundRows,
    by_reference,
    called_apart,
    gathered,
    scored_round,
)
from scoring.allocating.allocation import whole_pots
from scoring.allocating.causes import note_words, own_reason, printed_note, why_without
from scoring.allocating.organisations import own_cap_words, same_organisations
from scoring.places.standings import Evidence, computed_scores, evidence_of
from scoring.ranking import Outcome, Ranking, Standing, Status, Why
from scoring.round import ChairDecisionKind, InterestKind
from scoring.schedule.exceptions import (
    AGAINST_ORDER,
    allowed_words,
    beside_the_panel,
    chair_ties,
    departure_words,
    no_money_words,
    why_not_ranked,
)
from scoring.schedule.lines import (
    FUND_CAPPED,
    OUTCOME_WORDS,
    Awarded,
    Basis,
    Line,
    PanelOutcome,
    Recommended,
    Settled,
    Signed,
    ToSign,
    Unranked,
    Worked,
    passed_over,
    stands_of,
    with_named_minimums,
)
from scoring.schedule.values import (
    AwardSchedule,
    ExceptionMade,
    StoodAside,
    areas_money,
    given_pence,
    pots_as_they_stand,
)
from scoring.scheme import Scheme
from scoring.written.text import Refused, in_clauses, in_one_run, with_capital

INTEREST_WORDS = {
    InterestKind.PECUNIARY: "financial interest",
    InterestKind.NON_PECUNIARY: "interest that is not financial",
    InterestKind.PREJUDICIAL: "prejudicial interest",
    InterestKind.ABSTAINED: "abstained",
}
_NO_AWARD, SCHEDULE = Awarded("", 0), Sentences("schedule")
_PROPOSED_WORDS = {
    Outcome.FUND: "fund",
    Outcome.PART: "part-fund",
    Outcome.RESERVE: "reserve",
    Outcome.BELOW: "below threshold",
    Outcome.TIE: "tie: the chair decides",
}


def award_schedule(
    rows: RoundRows,
    ranking: Ranking,
    settled: Settled,
    *,
    area: str | None = None,
    told: Mapping[TextPair, str] = {},
    kinds: Mapping[str, str] = {},
) -> AwardSchedule:
    """Return the schedule of a round, or of one of its areas.

    `told` says by member and application what ends the kind of an interest that was declared late, `kinds`
    what applications are for, as papers print it.

    As long as nothing is recommended on any line shown, its money is what the rule proposes. Raises
    Refused when the round has no such area, or when money is recommended for what is not ranked.
    """
    names = [a.area for a in ranking.areas]
    if area is not None and area not in names:
        raise Refused(f"The round has no area {area!r}. Its areas: {', '.join(names)}.")
    shown = [s for s in ranking.standings if area is None or s.area == area]
    gathered = _Gathered(rows, ranking, settled, {s.reference for s in shown}, kinds)
    lines = tuple(gathered.line(s) for s in shown if s.is_ranked)
    uses = pots_as_they_stand(ranking, lines, settled, area)
    shared = [use for use in whole_pots(uses) if use.parts and area in (None, *use.areas)]
    return AwardSchedule(
        fund=ranking.fund,
        round=ranking.round,
        year=rows.year,
        area=area,
        marking=settled.marking,
        basis=gathered.basis,
        scheme=_printed(ranking.scheme),
        lines=lines,
        unranked=tuple(gathered.unranked(s) for s in shown if not s.is_ranked),
        areas=areas_money(uses, lines, area),
        stood_aside=_stood_aside(rows, gathered.references, told),
        reopened=_reopened(rows, gathered.references),
        exceptions=gathered.exceptions({s.reference: with_named_minimums(ranking.scheme, s) for s in shown}),
        sign_off=settled.sign_off,
        allowances=tuple(one for one in settled.allowances if area in (None, one.area)),
        over_year=tuple(one for one in settled.over_year if area in (None, one.allowed.area)),
        amended=tuple(one for one in settled.amended if one[0] in gathered.references),
        stands=stands_of(settled.awarded, gathered.references),
        to_sign=_to_sign(settled, lines, {s.area for s in shown}),
        not_needed=tuple(one for one in settled.not_needed if area in (None, one[1])),
        signed=_signed(settled, {s.reference: s.area or "" for s in shown}),
        shared=tuple(use.shared_with for use in shared),
        shared_pence=tuple((use.pot_pence, use.used_pence) for use in shared),
        corrections=tuple(words for of, words in settled.corrections if of in gathered.references),
    )


class _Gathered:
    """All that lines are made from, by reference."""

    def __init__(
        self,
        rows: RoundRows,
        ranking: Ranking,
        settled: Settled,
        references: set[str],
        kinds: Mapping[str, str],
    ) -> None:
        round_, scheme = scored_round(rows), ranking.scheme
        self.references, self._round, self._ranking, self._kinds = references, round_, ranking, kinds
        self._scheme, self._given = scheme, given_pence(ranking, settled)
        self._same = same_organisations(round_.applications)
        self._judged = scheme.judged_codes
        self._chair_decisions, self._ties = rows.chair_decisions, chair_ties(round_, ranking)
        self._applications = by_reference(rows.applications)
        self._evidence = evidence_of(round_)
        self._computed = computed_scores(round_)
        self._recommended = {r.reference: r for r in settled.recommended if r.reference in references}
        self._settled, self._late, self._missing = settled, settled.late, dict(settled.missing)
        self._withdrawn = dict(settled.withdrawn)
        self._awards = by_reference(settled.awarded)
        self._chair = {
            d.application: d.place for d in rows.chair_decisions if d.kind is ChairDecisionKind.TIE
        }

    @property
    def basis(self) -> Basis:
        return Basis.RECOMMENDED if self._recommended else Basis.PROPOSED

    def line(self, standing: Standing) -> Line:
        row = self._applications[standing.reference]
        amount, outcome, conditions, reason = self._line_of(standing)
        award = self._awards.get(standing.reference, _NO_AWARD)
        return Line(
            **_applied(standing, row),
            area=standing.area or "",
            crime_type=with_capital(self._kinds.get(standing.reference, "")),
            recommended_pence=amount,
            awarded_pence=None if award is _NO_AWARD else award.amount_pence,
            total_1e2=standing.total_1e2 or 0,
            price_pence=standing.price_pence,
            place=standing.place or 0,
            tied=standing.tied,
            place_by=standing.place_by,
            outcome=outcome,
            conditions=conditions,
            reason=" ".join(
                filter(
                    None,
                    (reason, award.gone and f"{with_capital(award.gone)}.", self._asked(standing.reference)),
                )
            ),
            worked=self._worked(standing, row),
            award=award.award,
            allocated=self._allocated(standing, note_words(standing, self._scheme)),
            told=self._allocated(standing, printed_note(standing, self._scheme)),
            cause=standing.cause,
            now_pence=award.stands_pence,
            takes_pence=0
            if award is _NO_AWARD and standing.reference in self._withdrawn
            else award.takes_pence,
        )

    def _allocated(self, standing: Standing, note: str) -> str:
        """Return the rule's note on a standing, and whether the chair put it before or after its equals.

        Of one in reserve it says also what its organisation's cap leaves for it.
        """
        is_by_cap = standing.cause is not None and standing.cause.why is Why.ORGANISATION
        if standing.outcome is Outcome.RESERVE and not is_by_cap:
            own = own_cap_words(self._round, self._same, standing.reference, self._given)
            note = in_clauses((note, own))
        tie = self._ties.get(standing.reference)
        return in_clauses((note, tie.words if tie else ""))

    def unranked(self, standing: Standing) -> Unranked:
        row = self._applications[standing.reference]
        found = self._recommended.get(standing.reference)
        self._refuse_money(standing, found)
        return Unranked(
            **_applied(standing, row),
            area=standing.area,
            status=standing.status.value,
            reason=" ".join(filter(None, (self._why_not(standing), self._asked(standing.reference)))),
            outcome=found.panel_words if found else "",
        )

    def _asked(self, reference: str) -> str:
        """Return that what is requested was corrected, as a sentence; "" where it is as submitted."""
        return SCHEDULE.corrected(dict(self._settled.asked).get(reference, ""))

    def _why_not(self, standing: Standing) -> str:
        """Return why an application is not ranked; of one withdrawn since what is not taken up."""
        missing = self._missing.get(standing.reference, "")
        awarded = self._awards.get(standing.reference, _NO_AWARD).amount_pence
        why = self._withdrawn.get(standing.reference) or why_not_ranked(
            standing.status, standing.reasons, self._judged, missing
        )
        return SCHEDULE.not_ranked(why, awarded)

    def _refuse_money(self, standing: Standing, found: Recommended | None) -> None:
        """Refuse money for what is not ranked; what was recommended is history once none is awarded.

        So it is for what was withdrawn since, which nobody decides any more.
        """
        award, is_now = self._awards.get(standing.reference, _NO_AWARD), standing.status.value
        if stands := award.now_pence:
            raise Refused(SCHEDULE.still_awarded(standing.reference, is_now, stands))
        is_withdrawn = standing.status is Status.WITHDRAWN
        if award is _NO_AWARD and not is_withdrawn and found is not None and found.amount_pence:
            raise Refused(no_money_words(standing.reference, standing.status))

    def exceptions(self, standings: Mapping[str, Standing]) -> tuple[ExceptionMade, ...]:
        """Return exceptions: the chair's, late ones, waivers, without a quorum, the panel's, the office's."""
        allowed = [
            ExceptionMade(d.application, allowed_words(standings[d.application], d.reason))
            for d in self._chair_decisions
            if d.kind is ChairDecisionKind.EXCEPTION and d.application in standings
        ]
        chosen = {one.reference for one in allowed}
        changed = [
            ExceptionMade(r.reference, f"{how}. {with_capital(in_one_run(r.reason))}".rstrip(". "))
            for r in self._recommended.values()
            if r.exception
            and (
                how := departure_words(standings[r.reference], is_allowed=r.reference in chosen)
                if r.amount_pence
                else AGAINST_ORDER
            )
        ]
        late = [ExceptionMade(of, f"late: {words}") for of, words in self._late if of in self.references]
        beside = (
            ExceptionMade(*one) for one in beside_the_panel(self._settled, standings, self._passed_over)
        )
        waived = [ExceptionMade(*one) for one in self._settled.waived if one[0] in self.references]
        few = [
            ExceptionMade(of, f"recommended without a quorum: {words}")
            for of, words in self._settled.unquorate
            if of in self._recommended
        ]
        return (*allowed, *late, *waived, *few, *changed, *beside)

    def _passed_over(self, reference: str) -> Texts:
        """Return which on the reserve list are placed before an application and have no money."""
        held = (r.reference for r in self._settled.recommended if r.outcome is PanelOutcome.RESERVE)
        without = [of for of in held if not self._awards.get(of, _NO_AWARD).amount_pence]
        return passed_over(self._ranking, reference, without)

    def _line_of(self, standing: Standing) -> tuple[int | None, str, Texts, str]:
        if self.basis is Basis.PROPOSED:
            return standing.offer_pence, _proposed_words(standing), (), ""
        found = self._recommended.get(standing.reference)
        if found is None:
            return None, "still open", (), ""
        reason = in_one_run(own_reason(found.reason))
        if not reason and found.outcome is PanelOutcome.RESERVE:
            reason = why_without(standing.cause)
        return found.amount_pence, _outcome_words(found, standing), found.conditions, reason

    def _worked(self, standing: Standing, row: ApplicationRow) -> Worked:
        evidence = self._evidence[standing.reference]
        return Worked(
            marks=_marks(self._scheme, evidence),
            computed=tuple(
                None if c.code in evidence.not_applicable else self._computed[c.code][standing.reference]
                for c in self._scheme.criteria
                if not c.is_judged
            ),
            values_1e2=tuple(result.value_1e2 for result in standing.criteria),
            quality_1e2=standing.quality_1e2,
            cost_1e2=standing.cost_1e2,
            received_at=row.received_at,
            chair_place=self._chair.get(standing.reference),
        )


def _printed(scheme: Scheme) -> Scheme:
    """Return a scheme without what only those who mark are told: a schedule's facts are what it prints."""
    criteria = tuple(replace(one, guidance="") for one in scheme.criteria)
    return replace(scheme, criteria=criteria, descriptors=())


def _marks(scheme: Scheme, evidence: Evidence) -> tuple[tuple[int, ...] | None, ...]:
    """Return the marks that count for each judged criterion.

    Sheets are put in order of their marks, highest first, so that nobody can follow a member from one
    application to the next.
    """
    applies = [c.code not in evidence.not_applicable for c in scheme.judged]
    agreed = evidence.agreed or (None,) * len(applies)
    sheets = [agreed] if scheme.is_agreed else evidence.sheets
    kept = sorted((tuple(m or 0 for m in sheet) for sheet in sheets), reverse=True)
    columns = zip(*kept, strict=True) if kept else iter([()] * len(applies))
    return tuple(column if applied else None for column, applied in zip(columns, applies, strict=True))


def _signed(settled: Settled, areas: Mapping[str, str]) -> tuple[Signed, ...]:
    """Return the signatures, each once, by day; what one signed for some areas alone has their names."""
    found = gathered((one, areas[of]) for of, one in settled.signed if of in areas)
    every = {*areas.values()}
    return tuple(
        one if every <= {*own} else one._replace(areas=tuple(filter(None, dict.fromkeys(own))))
        for one, own in sorted(found.items(), key=lambda each: each[0].on)
    )


def _to_sign(settled: Settled, lines: Sequence[Line], areas: Collection[str | None]) -> tuple[ToSign, ...]:
    """Return who is to sign for the areas shown; nobody where every line is decided."""
    if lines and all(line.awarded_pence is not None for line in lines):
        return ()
    shown = (one._replace(areas=tuple(a for a in one.areas if a in areas)) for one in settled.to_sign)
    return tuple(one for one, was in zip(shown, settled.to_sign, strict=True) if one.areas or not was.areas)


def _stood_aside(
    rows: RoundRows, references: set[str], told: Mapping[TextPair, str]
) -> tuple[StoodAside, ...]:
    names = {m.code: m.name for m in called_apart(rows).members}
    found = {
        StoodAside(
            i.application,
            names.get(i.member, i.member),
            f"{INTEREST_WORDS[i.kind]}{told.get((i.member, i.application), '')}",
        )
        for i in rows.interests
        if i.application and i.application in references and i.kind is not InterestKind.NONE
    }
    return tuple(sorted(found))


def _reopened(rows: RoundRows, references: set[str]) -> tuple[StoodAside, ...]:
    """Return whose sheet was opened again after others' marks could be seen, and why."""
    names = {m.code: m.name for m in called_apart(rows).members}
    found = (
        StoodAside(sheet.application, names.get(sheet.member, sheet.member), sheet.reopened)
        for sheet in rows.sheets
        if sheet.reopened and sheet.application in references
    )
    return tuple(sorted(found))


def _applied(standing: Standing, row: ApplicationRow) -> dict[str, Any]:
    """Return what each line tells of its application, by its fields."""
    return {
        "reference": standing.reference,
        "organisation": standing.organisation,
        "requested_pence": standing.requested_pence,
        "number": row.numbers,
        "project": row.project,
    }


def _outcome_words(found: Recommended, standing: Standing) -> str:
    """Return an outcome in words, and that it is the most that a cap allows where that is less than asked."""
    is_less = found.outcome is PanelOutcome.FUND and (found.amount_pence or 0) < standing.requested_pence
    is_capped = is_less and standing.cause is not None and standing.cause.why is Why.CAPPED
    return FUND_CAPPED if is_capped else OUTCOME_WORDS[found.outcome]


def _proposed_words(standing: Standing) -> str:
    offer, outcome = standing.offer_pence, standing.outcome
    if outcome is None:
        raise ValueError(f"{standing.reference} is ranked without an outcome")
    if outcome is Outcome.FUND and offer is not None and offer < standing.requested_pence:
        return SCHEDULE.capped(FUND_CAPPED, offer, standing.requested_pence)
    return _PROPOSED_WORDS[outcome]
