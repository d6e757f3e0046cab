"""`grant-panel rank`: who stands where, and what the rule proposes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from cli.frame.output import Column, Json, Options, answer, as_table, cut, lines, refuse_area, told, warn
from cli.frame.record import chosen, is_named, is_record, named_round, opened, refuse_direct
from exchange.round_workbook.read import read_round
from models.permissions.viewing import NOTHING_CLOSED, Sight, refuse_blind, veiled, without_reasons
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.round_list import decided_words
from models.queries.panel.panel import one_person_words
from models.store.locks.signing_on import with_figures
from models.store.places import Address, ServerAddress
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import RoundRows, by_application, scored_round
from scoring.allocating.allocation import by_place, shared_words, whole_pots
from scoring.allocating.causes import note_words, recalculated_words, rule_note
from scoring.allocating.over_pot import (
    allowed_by,
    changed_pot_words,
    in_use,
    last_within,
    left_closed,
    over_words,
    with_allowances,
)
from scoring.money import place_with_rule, plain_pounds, pounds, score
from scoring.rank import rank
from scoring.ranking import Allowance, Outcome, PotUse, Ranking, Standing
from scoring.scheme import Scheme
from scoring.written.names import round_names
from scoring.written.text import Refused

LONGEST_NAME = 32
Decided = Mapping[str, int | None]
"""Pence by reference, None for no money."""
NOTHING: Decided = {}
_NO_MARK = "no agreed mark on "
_OUTCOME_WORDS = {
    Outcome.FUND: "fund",
    Outcome.PART: "part-fund",
    Outcome.RESERVE: "reserve",
    Outcome.BELOW: "below threshold",
    Outcome.TIE: "tie: chair decides",
}


class RoundSource(Struct, frozen=True):
    """A round with what was recommended and decided, by reference, and allowed; nothing from a workbook.

    `sight` is what of it is closed to who reads.
    """

    rows: RoundRows
    recommended: Mapping[str, RecommendationRow] = field(default_factory=dict)
    decided: Mapping[str, DecisionRow] = field(default_factory=dict)
    allowances: tuple[Allowance, ...] = ()
    sight: Sight = NOTHING_CLOSED


def run(options: Options) -> None:
    """Rank, and print the list."""
    source = read_source(options.file, options)
    ranking = with_allowances(rank(scored_round(source.rows)), source.allowances)
    check_area(ranking, options.area)
    refuse_blind(source.rows, source.sight, options.area)
    ranking = veiled(ranking, source.sight)
    recommended = without_reasons(source.recommended, source.sight)
    made = without_reasons(source.decided, source.sight)
    answer(
        options,
        lambda: {
            **told(ranking, "fund round combine=scheme.combine"),
            "split": told(ranking.scheme, "quality_1e4 cost_1e4"),
            "applications": [
                standing_json(ranking.scheme, one, recommended.get(one.reference), made.get(one.reference))
                | recalculated_json(ranking, one.reference)
                for one in ranking.standings
                if options.area in (None, one.area)
            ],
            "areas": [_area(one) for one in ranking.areas if options.area in (None, one.area)],
        },
        ranking_lines(ranking, options.area, {of: row.amount_pence for of, row in made.items()}),
    )
    warn((*source.rows.warnings, *ranking.warnings))


def read_source(address: Address, options: Options) -> RoundSource:
    """Return the round that the options name; a record without --round must have exactly one."""
    if isinstance(address, ServerAddress) or is_record(address):
        with opened(options, to_change=False, at=address):
            return options.ask(_source, round_id=named_round(options), options=options)

    if is_named(options):
        raise Refused("A workbook has no people to act as. Leave --as out, or name a record.")
    rows = read_round(address)
    _check_named(rows, options)
    twice = one_person_words(rows.members)
    return RoundSource(replace(rows, warnings=(*rows.warnings, twice)) if twice else rows)


def _source(session: Any, round_id: int, options: Options) -> RoundSource:
    """Return the round with the figures of what a server closes of it, and no word: that minds `sight`."""
    with with_figures(session, round_id):
        of = chosen(session, round_id, options)
        refuse_direct(of.line)
        closed = of.sight.hidden | of.sight.untold
        return RoundSource(
            of.rows,
            by_application(row for row in of.recommended if row.application not in closed),
            final_decisions(decisions(session, round_id)),
            allowances(session, round_id),
            of.sight,
        )


def _check_named(rows: RoundRows, options: Options) -> None:
    for asked, held, what in (
        (options.round, rows.name, "round"),
        (options.fund, rows.fund, "fund"),
        (options.year, rows.year, "financial year"),
    ):
        if asked is not None and asked != held:
            raise Refused(f"The workbook belongs to the {what} “{held}”, not “{asked}”. Correct the {what}.")


def check_area(ranking: Ranking, *areas: str | None) -> None:
    refuse_area(areas, [found.area for found in ranking.areas])


def ranking_lines(ranking: Ranking, area: str | None = None, decided: Decided = NOTHING) -> Iterator[str]:
    """Yield a ranking as lines; `area` keeps to one area.

    What was `decided` stands beside what the rule offers.
    """
    yield ", ".join(round_names(ranking.fund, ranking.round))
    for pot in whole_pots(ranking.areas):
        for use in pot.parts or (pot,):
            if area in (None, use.area):
                yield from ("", *_area_lines(ranking, use, pot._replace(area=use.area), decided))
    homeless = [standing for standing in ranking.standings if standing.area is None]
    if homeless and area is None:
        yield from ("", "No area given", *_unranked_lines(homeless))


def _area_lines(ranking: Ranking, use: PotUse, pot: PotUse, decided: Decided) -> Iterator[str]:
    """Yield the lines of an area, which has the pot to itself or shares it."""
    standings = [standing for standing in ranking.standings if standing.area == use.area]
    ranked = [standing for standing in standings if standing.is_ranked]
    own = {one.reference: decided[one.reference] for one in ranked if one.reference in decided}
    return lines(
        "area",
        use=pot,
        offered_pence=use.given_pence,
        closed=left_closed(use.closed),
        shared=shared_words(use.shared_with),
        over=over_words(pot),
        changed_pot=changed_pot_words(use),
        allowed=[(one, allowed_by(one)) for one in in_use(use._replace(given_pence=pot.given_pence))],
        otherwise=decided_words(
            ((one.reference, one.offer_pence) for one in ranked if one.outcome is not None), own, pounds
        ),
        recalculated=[
            (one.reference, words)
            for one in standings
            if (words := recalculated_words(ranking, one.reference))
        ],
        ranked=list(_ranked_lines(ranking, ranked, pot, own)) if ranked else (),
        unranked=list(_unranked_lines([one for one in standings if not one.is_ranked])),
    )


def _ranked_lines(
    ranking: Ranking,
    ranked: Sequence[Standing],
    use: PotUse,
    decided: Decided,
) -> Iterator[str]:
    scheme = ranking.scheme
    columns = (
        Column("Place", "place", lambda one: place_with_rule(one.place, tied=one.tied, by=one.place_by)),
        *APPLIED,
        Column("Price" if scheme.is_by_price else "", "price_pence"),
        Column("Total", "total", lambda one: score(one.total_1e2), is_right=True),
        Column("Proposed", "outcome", lambda one: one.outcome and _OUTCOME_WORDS[one.outcome]),
        Column("Offer", "offer_pence"),
        Column(
            "Decided" if decided else "",
            "decided",
            lambda one: _decided_words(decided, one.reference),
            is_right=True,
        ),
        Column("Why", "why", lambda one: one.reasons[0] if one.is_closed else note_words(one, scheme)),
    )
    last, left = _budget_line(ranking, ranked, use)
    for number, line in enumerate(as_table(columns, ranked)):
        yield f"  {line}"
        if number == last:
            yield f"  {'-' * 12} budget line: {left} {'-' * 12}"


def _budget_line(ranking: Ranking, ranked: Sequence[Standing], use: PotUse) -> tuple[int, str]:
    """Return the line at the pot: under which row of an area, as its one list passes it, in which words."""
    if use.closed:
        return len(ranked), "not shown"
    left = f"{pounds(use.over_pence)} over" if use.over_pence else f"{pounds(use.left_pence)} left"
    every = sorted(
        (one for one in ranking.standings if one.is_ranked and one.area in use.areas), key=by_place
    )
    return last_within(use, [(one.area, one.offer_pence) for one in every], use.pot_pence) + 1, left


def _unranked_lines(standings: Sequence[Standing]) -> Iterator[str]:
    why = Column("Why", "reasons", lambda one: reasons_in_short(one.reasons))
    yield from (f"  {line}" for line in as_table((*APPLIED, Column("Status", "status"), why), standings))


def reasons_in_short(reasons: Sequence[str]) -> str:
    """Return reasons as one text, the criteria that lack an agreed mark listed once."""
    codes = [reason.removeprefix(_NO_MARK) for reason in reasons if reason.startswith(_NO_MARK)]
    listed = _NO_MARK + ", ".join(codes)
    return "; ".join(dict.fromkeys(listed if r.startswith(_NO_MARK) else r for r in reasons))


def _decided_words(decided: Decided, reference: str) -> str:
    pence, none = decided.get(reference), "no money" if reference in decided else ""
    return none if pence is None else pounds(pence)


APPLIED = (
    Column("Reference", "reference"),
    Column("Organisation", "organisation", lambda one: cut(" ".join(one.organisation.split()), LONGEST_NAME)),
    Column("Asked", "requested_pence", lambda one: None if one.is_closed else one.requested_pence),
)


def _area(area: PotUse) -> Json:
    return {
        **told(area, "area pot_pence available_pence"),
        "offered": None if area.closed else plain_pounds(area.given_pence),
        "remaining": None if area.closed else plain_pounds(area.remaining_pence),
        "stopped_by_tie": area.stopped_by_tie,
        **({"shared_with": list(area.shared_with)} if area.shared_with else {}),
    }


def recalculated_json(ranking: Ranking, reference: str) -> Json:
    """Return how an application that was decided would stand today; nothing where that is the same."""
    now = next((one for one in ranking.recalculated if one.reference == reference), None)
    if now is None:
        return {}
    found = standing_json(ranking.scheme, now, None, None)
    kept = found.keys() - {"recommendation", "decision", "reference", "organisation", "area"}
    return {"recalculated": {name: value for name, value in found.items() if name in kept}}


def standing_json(
    scheme: Scheme,
    standing: Standing,
    recommended: RecommendationRow | None,
    decided: DecisionRow | None,
) -> Json:
    return {
        **told(standing, "reference organisation area"),
        "requested": None if standing.is_closed else plain_pounds(standing.requested_pence),
        **told(standing, "status reasons counting_members quality_1e2 cost_1e2 total_1e2"),
        **(told(standing, "price_pence") if scheme.is_by_price else {}),
        **told(standing, "place tied place_by below_threshold offer_pence outcome"),
        "outcome_reason": rule_note(standing),
        "criteria": [told(one, "code value_1e2 weight_1e2 points_1e2") for one in standing.criteria],
        "recommendation": None
        if recommended is None
        else told(recommended, "outcome amount_pence reason exception=is_exception"),
        "decision": None
        if decided is None
        else {
            **told(decided, "outcome amount_pence"),
            "reason": decided.change_reason or decided.reason,
            "exception": decided.is_exception,
        },
    }
