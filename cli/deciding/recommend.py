"""`grant-panel recommend`: what the rule proposes, printed or recorded; and who signs what comes of it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from cli.deciding.rank import check_area
from cli.frame.output import Column, Options, as_table, lines, say, warn
from cli.frame.record import ChosenRound, enter, opened, scored_round_of
from cli.frame.typed import allowance_of, refuse_ending
from exchange.papers.reason_list import ENDINGS, DraftedLine, read_reasons, write_drafted
from models.clock import utc_now
from models.operation import Operation
from models.operations.awards.authorities import Change, authorised
from models.operations.awards.variations import SignVariation
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.set_up.people import NameSignatories
from models.permissions.viewing import refuse_closed, veiled
from models.queries.applications.applications import applications
from models.queries.awards.year_facts import over_year_lines
from models.queries.deciding.allowances import over_lines
from models.queries.deciding.decisions import chain_of, signed_lines, signed_words, unlike_the_rule
from models.queries.deciding.reasons import drafts_for, said_so_far
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.panel.meeting import items_left, items_left_words, meetings_held, short_of_quorum
from models.queries.set_up.office import office_on
from models.reference.sign_off import SignOff, deputy_in
from models.session import Session
from models.trouble import refuse
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rounds import RoundLine
from scoring.allocating.causes import note_words
from scoring.allocating.gate import unconfirmed
from scoring.money import place, score
from scoring.ranking import Ranking
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.days import full_day
from scoring.written.names import is_same_text, round_names
from scoring.written.text import Refused, first_of, listed, noun

AMOUNT = Column("Amount", "amount_pence")


def outcome_of(row: RecommendationRow | LineDecision) -> str:
    return OUTCOME_WORDS[PanelOutcome(row.outcome)]


def read_post(session: Session, line: RoundLine, options: Options) -> None:
    """Read an area off the post: "Commander, Dudley" or "Commander for Dudley", as signatories are listed.

    A deputy whom the round names for an earlier or a joint step may give their own post. Refused where
    `--area` names another area.
    """
    chain = chain_of(session, line.round_id)
    for head, tail in _parted(options.post):
        area = next((one.name for one in line.areas if is_same_text(one.name, tail)), None)
        if area is None or all(step.post_named(head) is None for step in chain):
            continue
        if any(said != area for said in options.areas):
            said = listed(options.areas)
            raise Refused(f"The post says {area} and --area says {said}. Say which it is.")
        options.post, options.areas = head, [area]
    if all(step.post_named(options.post) is None for step in chain):
        asked = (*chain[:-1], *(step for step in chain[-1:] if step.is_joint))
        options.post = _for_whom(session, line.round_id, asked, options)


def _parted(post: str) -> Iterator[tuple[str, str]]:
    """Yield each way in which a post may end in its area, whose name may have commas and "for" in it."""
    for between in re.finditer(r", | for ", post):
        yield post[: between.start()], post[between.end() :]


def _for_whom(session: Session, round_id: int, asked: Sequence[SignOff], options: Options) -> str:
    """Return a deputy's post with whom they sign for at these steps; any other post as it was given."""
    posts = [post for step in asked for post in step.posts]
    own = (one.post for one in signatories(session, round_id) if is_same_text(one.name, options.signer))
    found = (said for said in own for post in posts if is_same_text(deputy_in(said, post), options.post))
    return next(found, options.post)


def unlike_chain(session: Session, round_id: int, step: int, options: Options) -> Iterator[str]:
    """Yield that a paper names another post, or another person, than the round has for the step."""
    here, post = chain_of(session, round_id)[step], options.post.strip()
    of_step = [one for one in signatories(session, round_id) if one.role == here.role]
    people = [one for one in of_step if any(map(one.signs_for, options.areas or [None]))]
    held = [one.name for one in people if _has_post(one, here, post)]
    is_theirs = any(is_same_text(name, options.signer) for name in held)
    if not is_theirs and (held or here.post_named(post) is None):
        named = [f"{one.name} ({one.post or here.words})" for one in people]
        yield (
            f"In this round {listed(named) or f'the {here.words}'} signs here, not {options.signer.strip()} "
            f"({post}). Check the paper; it is recorded as given here."
        )


TO_ALLOW = (
    "Lower the amount, or record who allows it with --allow POUNDS, --allowed-by and --allowed-because. "
    "Nothing was recorded."
)


def with_authority(change: Change, options: Options) -> Change:
    """Return a change with whoever allows its money to pass budgets.

    Refused where it passes one and the options name nobody, and where it passes those of several areas.
    """
    allowed: Change = options.ask(_authorised, change=change, options=options)
    return allowed


def _authorised(session: Session, change: Any, options: Options) -> Any:
    if options.allow is None:
        is_open = not unconfirmed(change.doubts(session), change.confirmed)
        passed = change.beyond(session) if is_open else ()  # what is to be confirmed is said first
        words = " ".join(one.words() for one in passed)
        refuse(f"{words} {TO_ALLOW}" if words else "")
        return change
    areas = list(dict.fromkeys(one.area for one in change.beyond(session)))
    if len(areas) > 1:
        raise Refused(
            f"{listed(areas)} would each go over a budget, and --allow is for one area. Record each area by "
            "itself, with --area."
        )
    return authorised(session, change, [allowance_of(options, area) for area in areas or [""]])


def with_signatory(operation: RecordDecisions | SignVariation, options: Options) -> tuple[Operation, ...]:
    """Return a signature with those who allow its money, where they are named.

    Before it comes, where that is asked for, what records whoever signs for its post.
    """
    operation = with_authority(operation, options)
    reason = getattr(options, "new_signatory", "").strip()
    if not reason:
        return (operation,)
    lines = getattr(operation, "lines", (operation,))
    return (options.ask(_signatory, operation=operation, lines=lines, reason=reason), operation)


def _signatory(
    session: Session, operation: RecordDecisions | SignVariation, lines: Sequence[Any], reason: str
) -> NameSignatories:
    signer, references = (operation.by, operation.post), {line.application for line in lines}
    whose = (operation.round_id, operation.step, signer, references)
    return NameSignatories.with_signer(session, *whose, reason)


def _has_post(person: Signatory, step: SignOff, post: str) -> bool:
    if not person.post:
        return step.post_named(post) is not None
    deputies = (deputy_in(person.post, own) for own in step.posts)
    return any(is_same_text(own, post) for own in filter(None, (person.post, *deputies)))


def before_meeting(session: Session, round_id: int, references: Collection[str], on: date) -> Iterator[str]:
    """Yield which of the areas of some applications met only after a day on which that was signed."""
    held = meetings_held(session, round_id)
    areas = {row.area for row in applications(session, round_id) if row.reference in references}
    for area, met in held.items():
        if area in areas and met.held_on > on:
            days = f"on {full_day(met.held_on)}, after {full_day(on)}"
            yield f"The panel met for {area} {days}. Check the days."


def without_quorum(session: Session, round_id: int, references: Collection[str]) -> Iterator[str]:
    """Yield which of some applications too few could take part in at the meeting of their area."""
    for of, words in short_of_quorum(session, round_id).items():
        if of in references:
            yield f"{of} had no quorum at its meeting: {words}. Minutes, schedule and notice say so."


Items = Sequence[RecommendationRow]


def run(options: Options) -> None:
    """Print the proposals; record them when they are accepted."""
    with opened(options, to_change=options.accept):
        chosen = scored_round_of(options)
        ranking = chosen.ranked()
        check_area(ranking, options.area)
        if not options.accept:  # what is entered as the panel's bars nobody who enters it
            refuse_closed(chosen.rows, chosen.sight, options.area)
        else:
            _refuse_in_meeting(options, chosen, options.area)
        reasons, round_id = (
            reasons_in(options.reasons, {row.reference for row in chosen.rows.applications}),
            chosen.line.round_id,
        )
        said = replace(options.ask(said_so_far, round_id=round_id), reasons=reasons)
        proposals = proposed(ranking, options.area, said)
        held = options.ask(signed_lines, round_id=round_id)
        every, signed = _unsigned(proposals, held)
        differing = unlike_the_rule(every, said.before.values()) if options.accept else ()
        items = tuple(item for item in every if not (options.keep and item in differing))
        words = f"{len(items)} proposed. Nothing was recorded; --accept records them."
        if options.accept:
            gone = _withdrawn_since(chosen, said.before.keys() - held, options.area)
            _refuse_nothing(every, (*items, *gone), signed)
        drafted = options.drafts and _write_drafts(options.drafts, chosen, items)
        if options.accept:  # after the list, which may not be to be written
            words = _record(round_id, items, gone, options)
        over, odd = _over(options, round_id, items, options.area or "")
        area = options.ask(office_on, day=date.today()).area_label.heading
    shown = {item.application for item in proposals}
    left = [s for s in ranking.standings if s.reference not in shown and options.area in (None, s.area)]
    further = lines(
        "proposed",
        tied=[one.reference for one in left if one.outcome is not None],
        unranked=[one.reference for one in left if one.outcome is None],
        signed=signed,
        differing=[
            f"{one.application}, {said.before[one.application].outcome_words}, not {one.outcome_words}"
            for one in differing
        ],
        is_kept=options.keep,
        words=words,
        over=over,
        without_reason=[one.application for one in items if one.amount_pence and not one.reason.strip()],
        drafted=drafted,
    )
    say(*_lines(items, veiled(ranking, chosen.sight), area), *further)
    warn((*_unused(reasons, items), *ranking.warnings, *odd))


def _withdrawn_since(chosen: ChosenRound, before: Collection[str], area: str | None) -> tuple[str, ...]:
    rows = (row for row in chosen.rows.applications if area in (None, row.area))
    return tuple(row.reference for row in rows if row.withdrawn and row.reference in before)


def _record(round_id: int, items: Items, gone: Sequence[str], options: Options) -> str:
    said = enter(RecordRecommendations(round_id, tuple(items), tuple(gone)), options)
    words = [said] if items else []
    if gone:
        was = noun(len(gone), "was", "were")
        words.append(f"{listed(gone)} {was} withdrawn, so nothing is recommended there any more.")
    return " ".join(words)


def _over(options: Options, round_id: int, items: Items, area: str) -> tuple[Sequence[str], Sequence[str]]:
    changed = {item.application: item.amount_pence or 0 for item in items}
    over = options.ask(over_lines, round_id=round_id, changed=changed, areas=(area,) if area else ())
    of_year = options.ask(over_year_lines, round_id=round_id, changed=changed, area=area)
    return over, (*of_year, *options.ask(lambda session: tuple(without_quorum(session, round_id, changed))))


def reasons_in(path: Path | None, references: set[str]) -> Mapping[str, str]:
    return {} if path is None else read_reasons(path, references)


def _unused(reasons: Mapping[str, str], items: Items) -> Iterator[str]:
    left = sorted(reasons.keys() - {item.application for item in items})
    if left:
        whose = noun(len(left), "its reason was", "their reasons were")
        yield f"Nothing is proposed on {', '.join(left)}, so {whose} left out."


def _unsigned(proposals: Items, signed: Collection[str]) -> tuple[Items, Sequence[str]]:
    left = tuple(item for item in proposals if item.application not in signed)
    return left, [item.application for item in proposals if item.application in signed]


def _refuse_nothing(every: Items, items: Sequence[object], signed: Sequence[str]) -> None:
    if signed and not every:
        raise Refused(signed_words(first_of(signed)))
    if every and not items:
        raise Refused(
            "There is nothing to record: every line has something other than what the rule proposes. "
            "Leave out --keep to replace it with the rule's."
        )
    if not items:
        raise Refused(
            "There is nothing to record: no application is ranked and settled yet. "
            "grant-panel rank says what each one lacks."
        )


def _refuse_in_meeting(options: Options, chosen: ChosenRound, area: str | None) -> None:
    """Refuse to record for an area whose meeting has items open: its chair closes them, or says why not."""
    meeting = [one.name for one in chosen.line.areas if one.stage == "meeting" and area in (None, one.name)]
    for name in meeting:
        left = options.ask(items_left, round_id=chosen.line.round_id, area=name)
        if left:
            raise Refused(
                f"{items_left_words(name, left)} Close them in the meeting, or let the chair move {name} on "
                "in the window and say why. Nothing was recorded."
            )


def _write_drafts(path: Path, chosen: ChosenRound, items: Items) -> Path:
    refuse_ending(path, "--drafts", ENDINGS)
    names = {row.reference: row.organisation for row in chosen.rows.applications}
    found = drafts_for(chosen.rows, {item.application: item.outcome for item in items})
    drafted = []
    for item in items:
        draft = found.get(item.application)
        words, source = (item.reason, "recorded") if item.reason else ("", "")
        if not words and draft is not None:
            words, source = draft.words, draft.source
        outcome = OUTCOME_WORDS[PanelOutcome(item.outcome)]
        name = names[item.application]
        drafted.append(DraftedLine(item.application, name, outcome, item.amount_pence, words, source))
    line = chosen.line
    of = round_names(line.fund, f"{line.name} {line.year}")
    return write_drafted(drafted, ", ".join(("Reasons to check", *of)), line.marking, utc_now(), path)


def _lines(items: Items, ranking: Ranking, area: str) -> Iterator[str]:
    standings = {standing.reference: standing for standing in ranking.standings}
    columns = (
        Column(area, "area", lambda item: standings[item.application].area),
        Column("Reference", "application"),
        Column("Place", "place", lambda item: place(item.place, tied=item.tied)),
        Column("Total", "total", lambda item: score(item.total_1e2), is_right=True),
        Column("Recommended", "outcome", outcome_of),
        AMOUNT,
        Column("The rule", "rule", lambda item: note_words(standings[item.application], ranking.scheme)),
    )
    yield from as_table(columns, items)
