"""`grant-panel decide`: record from paper what the deciding office decided, or an earlier step signed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from cli.deciding.challenge import (
    DATED,
    asked_anew,
    known_reference,
    signed_anew,
    signed_on_paper,
    stated_words,
    write_draft,
)
from cli.deciding.rank import check_area
from cli.deciding.recommend import (
    AMOUNT,
    before_meeting,
    outcome_of,
    read_post,
    reasons_in,
    unlike_chain,
    with_signatory,
    without_quorum,
)
from cli.frame.output import Column, Options, as_table, say, warn
from cli.frame.record import ChosenRound, for_the_office, opened, perform_all, scored_round_of
from cli.frame.typed import past_day, typed_pounds
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.decision_lines import standing_lines
from models.operations.deciding.signing import SignRecommendations, unsigned
from models.operations.deciding.turns import TakeBackSignature
from models.queries.applications.applications import applications
from models.queries.applications.gates import early_words
from models.queries.deciding.allowances import over_lines
from models.queries.deciding.decided_anew import passing_over
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    chain_of,
    decisions,
    lost_their_total,
    progress_by_line,
)
from models.queries.deciding.on_paper import CHAIR, OnPaper, earlier_on_paper, on_paper
from models.queries.deciding.reasons import departures
from models.queries.deciding.signatories import signing
from models.queries.panel.area_panels import chair_fault
from models.queries.papers.notices.signatures import unlike_first_signed
from models.queries.permissions.declarations import declared_by
from models.session import Session
from models.values.recommending import FUNDED, DecisionRow, LineDecision, RecommendationRow, unstated_words
from models.values.rows import scored_round
from scoring.allocating.gate import Concern
from scoring.rank import recalculated
from scoring.ranking import Ranking
from scoring.written.names import is_same_text
from scoring.written.text import Refused, counted, first_of, listed

TYPES = {"--allow": typed_pounds}
NO_NOTICE = "A decision has the number of its notice. Give it with --notice, as in 031/2026."
BEFORE = "The {} signs before the decision, which has the notice. Leave --notice out."


def run(options: Options) -> None:
    """Print what would be decided, or signed before it; record it when it is accepted."""
    _require_signer(options)
    past_day(options.on, DATED)
    with opened(options, to_change=options.accept):
        chosen = scored_round_of(options)
        round_id = chosen.line.round_id
        if options.draft is not None:
            lines = options.ask(asked_anew, round_id=round_id, options=options)
            say(write_draft(round_id, lines, options))
            return
        if options.take_back:
            say(_take_back(round_id, options))
            return
        options.ask(read_post, line=chosen.line, options=options)
        if options.anew or options.because or options.award_reason:
            _decide_anew(round_id, options)
            return
        chain = options.ask(chain_of, round_id=round_id)
        is_in_chain = any(step.post_named(options.post) is not None for step in chain)
        if is_same_text(options.post, CHAIR) and not is_in_chain:
            _sign_for_the_panel(chosen, options)
            return
        paper, items, barred = _on_paper(chosen, options)
        said = options.ask(stated_words, round_id=round_id, options=options)
        said = (said[0], "" if paper.is_earlier else said[1])
        odd = options.ask(lambda s: tuple(_odd(s, round_id, paper, items, options)))
        unstated = filter(None, [unstated_words(items)])
        odd = (*barred, *unstated, *odd, *lost_their_total(recalculated(scored_round(chosen.rows)), items))
        how = "to sign before they are decided" if paper.is_earlier else "as recommended"
        words = f"{len(items)} {how}. Nothing was recorded; --accept records them."
        if options.accept:
            lines = options.ask(reasoned_lines, round_id=round_id, items=items, path=options.reasons)
            stated = {"interests": said[0], "legal_power": said[1], "on": options.on, "own_reasons": True}
            of = {"round_id": round_id, "step": paper.step, "lines": lines}
            decision = signed_on_paper(options, **of, **stated)
            decision, unusual = options.ask(as_requested, decision=decision, items=items)
            odd = (*odd, *unusual)
            signed = with_signatory(decision, options)
            words = " ".join(perform_all(signed, options, for_the_office))
        over = options.ask(over_lines, round_id=round_id, changed={}, areas=options.areas)
    power = [f"Legal power: {said[1]}"] if said[1] else []
    before = [] if options.accept else [f"Interests stated: {said[0]}", *power]
    say(*_lines(items), *before, words, *filter(None, [paper.passed_over]), *over)
    warn(odd)


def as_requested(
    session: Session, decision: RecordDecisions, items: Sequence[RecommendationRow]
) -> tuple[RecordDecisions, tuple[str, ...]]:
    """Return a decision in which unusual sums are confirmed that were requested and recommended, and which.

    They were scored as they are, so that a script is told of them. A sum that was changed on the way is asked
    about.
    """
    requested = {one.reference: one.requested_pence for one in applications(session, decision.round_id)}
    whole = {one.application for one in items if one.amount_pence == requested[one.application]}
    tenfold = [one for one in decision.doubts(session) if one.concern is Concern.TENFOLD]
    if not tenfold or any(one.reference not in whole for one in tenfold):
        return decision, ()
    confirmed = (*decision.confirmed, Concern.TENFOLD)
    return replace(decision, confirmed=confirmed), tuple(one.words for one in tenfold)


def _require_signer(options: Options) -> None:
    """A draft to be signed is written without them; nothing else is."""
    asked = [("--on", options.on), ("--as", options.signer), ("--post", options.post)]
    if options.take_back:
        asked = [one for one in asked if one[0] == "--as"]
    missing = [name for name, given in asked if given is None]
    if options.draft is None and missing:
        options.usage_error(f"the following arguments are required: {', '.join(missing)}")
    if options.draft is not None and options.accept:
        options.usage_error("--draft records nothing: leave --accept out")


def _odd(
    session: Session,
    round_id: int,
    paper: OnPaper,
    items: Sequence[RecommendationRow],
    options: Options,
) -> Iterator[str]:
    """Yield what whoever records a paper should look at again: signer, number, day, quorum and reasons."""
    yield from unlike_chain(session, round_id, paper.step, options)
    yield from unlike_first_signed(session, round_id, items, options.notice or "")
    yield from before_meeting(session, round_id, paper.references, options.on)
    funded = [one.application for one in items if one.amount_pence and one.application in paper.references]
    yield from early_words(session, round_id, funded, options.on)
    yield from without_quorum(session, round_id, paper.references)
    if not paper.is_earlier:
        yield from filter(None, [unexplained(session, round_id, items, options.reasons)])


def _decide_anew(round_id: int, options: Options) -> None:
    lines = options.ask(asked_anew, round_id=round_id, options=options)
    operation = options.ask(signed_anew, round_id=round_id, lines=lines, options=options)
    if not operation.notice and options.ask(operation.decides):
        raise Refused(NO_NOTICE)
    changed = {line.application: line.amount_pence for line in lines}
    past = options.ask(passing_over, round_id=round_id, changed=changed)
    funded = [of for of, pence in changed.items() if pence]
    early = options.ask(lambda s: tuple(early_words(s, round_id, funded, operation.on)))
    words = f"{len(lines)} decided again. Nothing was recorded; --accept records them."
    if options.accept:
        words = " ".join(perform_all(with_signatory(operation, options), options, for_the_office))
    say(*_lines(lines, "Decided anew"), words, *options.ask(over_lines, round_id=round_id, changed={}))
    warn((*past, *early, *options.ask(lambda s: tuple(unlike_chain(s, round_id, operation.step, options)))))


def _take_back(round_id: int, options: Options) -> str:
    """Record that a person takes signatures back that nobody signed after, and return what is said of it."""
    references = [options.ask(known_reference, round_id=round_id, named=one) for one in options.take_back]
    along = progress_by_line(options.ask(decisions, round_id=round_id))
    since = {of: along.get(of, NOT_BEGUN).since for of in references}
    by = options.signer.strip()
    unsigned = [of for of, rows in since.items() if not (rows and is_same_text(rows[-1].signed_by, by))]
    if unsigned:
        raise Refused(
            f"{by} did not sign {first_of(unsigned)} last, or nobody has to sign it after them. The page "
            "Decisions shows who signed."
        )
    rows = [found[-1] for found in since.values()]
    if not options.accept:
        return f"{counted(len(rows), 'signature')} to take back. Nothing was recorded; --accept records it."
    back = (
        TakeBackSignature(round_id, one.step, one.signed_by, one.post, (one.application,), one.is_from_paper)
        for one in rows
    )
    return " ".join(perform_all(back, options, for_the_office))


def _sign_for_the_panel(chosen: ChosenRound, options: Options) -> None:
    check_area(chosen.ranked(), *options.areas)
    areas, round_id = dict.fromkeys(options.areas or [""]), chosen.line.round_id
    if options.notice:
        raise Refused(BEFORE.format(options.post.strip()))
    items = [row for area in areas for row in options.ask(unsigned, round_id=round_id, area=area)]
    words = [f"{len(items)} to sign before they are decided. Nothing was recorded; --accept records them."]
    by, panels = options.signer.strip(), [area or None for area in areas]
    fault = options.ask(chair_fault, round_id=round_id, areas=panels, name=by)
    if options.accept:
        signing = (SignRecommendations(round_id, area, options.on, by, from_paper=True) for area in areas)
        words = perform_all(signing, options, for_the_office)
    say(*_lines(items), *words)
    warn(filter(None, [fault]))


def _on_paper(
    chosen: ChosenRound, options: Options
) -> tuple[OnPaper, list[RecommendationRow], tuple[str, ...]]:
    """Return which step the post signs, the lines of it that are signed here, and what is said of others."""
    ranking, round_id = chosen.ranked(), chosen.line.round_id
    check_area(ranking, *options.areas)
    along = progress_by_line(options.ask(decisions, round_id=round_id))
    decided = (of for of, one in along.items() if one.final is not None and not one.is_correcting)
    gone = (row.reference for row in chosen.rows.applications if row.withdrawn)
    signed = {of: one.last for of, one in along.items() if one.last is not None}
    every = _in_areas(chosen.recommended, ranking, options.areas)
    done = {*decided, *gone}
    items = [_as_signed(row, signed.get(row.application)) for row in every if row.application not in done]
    _refuse_nothing(items, is_recommended=bool(every))
    items, barred = options.ask(_without_interest, round_id=round_id, items=items, options=options)
    of = {"round_id": round_id, "post": options.post.strip()}
    references = tuple(row.application for row in items)
    found = options.ask(earlier_on_paper, **of, references=references)
    paper = found or options.ask(on_paper, **of, references=references)
    areas = {one.area or "" for one in ranking.standings if one.reference in paper.references}
    by_each = options.ask(lambda s: signing(s, round_id).is_of_each(paper.step, areas))
    _check_paper(paper, options, by_each=by_each)
    return paper, [row for row in items if row.application in paper.references], barred


def _without_interest(
    session: Session, round_id: int, items: list[RecommendationRow], options: Options
) -> tuple[list[RecommendationRow], tuple[str, ...]]:
    """Return the lines in which the signer declared no interest, and that others wait; refused for none."""
    by = options.signer.strip()
    closed = declared_by(session, round_id, by)
    left = [row.application for row in items if row.application in closed]
    if not left:
        return items, ()
    said = f"{by} declared an interest in {first_of(left)}: somebody else who may sign decides there"
    if len(left) == len(items):
        raise Refused(f"{said}. Nothing was recorded.")
    return [row for row in items if row.application not in closed], (f"{said}, and it is left out here.",)


def _check_paper(paper: OnPaper, options: Options, *, by_each: bool) -> None:
    """Refuse a decision without its notice, an earlier step with one, and one name for several areas."""
    post = options.post.strip()
    if paper.is_earlier and options.notice:
        raise Refused(BEFORE.format(post))
    if not paper.is_earlier and paper.decides and not options.notice:
        raise Refused(NO_NOTICE)
    if by_each:
        raise Refused(f"Each area has a {post} of its own. Say whose signature this is with --area.")


def _in_areas(
    recommended: Sequence[RecommendationRow], ranking: Ranking, areas: Collection[str]
) -> list[RecommendationRow]:
    """Return what was recommended in areas, or () in all, in the order of the list."""
    printed = {one.reference: (number, one.area) for number, one in enumerate(ranking.standings)}
    in_order = sorted(recommended, key=lambda row: printed[row.application][0])
    return [row for row in in_order if not areas or printed[row.application][1] in areas]


def _as_signed(row: RecommendationRow, signed: DecisionRow | None) -> RecommendationRow:
    """Return a line as it waits for its next signature: as the newest one before has it."""
    return row if signed is None else replace(row, outcome=signed.outcome, amount_pence=signed.amount_pence)


def _refuse_nothing(items: Sequence[RecommendationRow], *, is_recommended: bool) -> None:
    if items:
        return
    if is_recommended:
        raise Refused(
            "Everything recommended there is decided already. What is decided otherwise since, such as money "
            "for a reserve, is recorded with --anew REFERENCE=POUNDS."
        )
    raise Refused("Nothing is recommended there yet. grant-panel recommend --accept records it first.")


def _lines(items: Sequence[RecommendationRow | LineDecision], heading: str = "Recommended") -> Iterator[str]:
    columns = (Column("Reference", "application"), Column(heading, "outcome", outcome_of), AMOUNT)
    yield from as_table(columns, items)


def reasoned_lines(
    session: Session, round_id: int, items: Sequence[RecommendationRow], path: Path | None
) -> tuple[LineDecision, ...]:
    """Return lines that agree with what stands, each award with the office's reason, else the panel's."""
    given, standings = _reasons_given(session, round_id, path), standing_lines(session, round_id)
    found = list[LineDecision]()
    for row in items:
        here = standings[row.application]
        panels = row.reason if row.outcome in FUNDED else ""
        why = given.get(row.application, "") or here.own_reason or panels
        found.append(LineDecision(row.application, reason=why if here.outcome in FUNDED else ""))
    return tuple(found)


def _reasons_given(session: Session, round_id: int, path: Path | None) -> Mapping[str, str]:
    """Return the reasons of a list, which may have lines of the round that are not signed now."""
    return reasons_in(path, {row.reference for row in applications(session, round_id)})


def unexplained(
    session: Session, round_id: int, items: Sequence[RecommendationRow], path: Path | None
) -> str:
    """Return which awards have the panel's reason to depart from its list and no other, "" without any.

    Such a reason is published unless the office gives its own.
    """
    given, odd = _reasons_given(session, round_id, path), departures(session, round_id)
    standings = standing_lines(session, round_id)
    left = [
        of
        for of in (row.application for row in items if row.application in odd)
        if standings[of].outcome in FUNDED and not (given.get(of) or standings[of].own_reason)
    ]
    if not left:
        return ""
    return (
        f"The reason published for {listed(left)} is the panel's, which says why it departed from its list. "
        "Say why it reduces crime or helps victims with --reasons FILE, a .csv or .xlsx with the headings "
        "Reference and Reason."
    )
