"""`grant-panel challenge`: reviews, complaints and appeals, and decisions that take the place of others."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from cli.deciding.recommend import with_signatory
from cli.frame.output import Column, Json, Options, answer, answer_list, as_table, lines, near, told, warn
from cli.frame.record import changes, for_the_office, perform, perform_all, reads_as, refuse_record, seen
from cli.frame.typed import confirmed, past_day, pence_of, refuse_ending, said_of, today, typed_pounds
from exchange.atomic import beside_words, new_place
from exchange.papers.paper_writing import write_paper
from models.clock import utc_now
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.deciding import RecordDecisions, refuse_correction
from models.operations.deciding.turns import agreeing
from models.papers.kinds import in_its_form
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.applications.applications import applications
from models.queries.awards.awards import awards
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import (
    Change,
    HeldChallenge,
    answer_days,
    decided_words,
    find_application,
    find_challenge,
    held_challenges,
    next_challenge,
)
from models.queries.deciding.decided_anew import passing_over
from models.queries.deciding.decisions import chain_of, decisions, final_decisions
from models.queries.deciding.on_paper import refuse_earlier
from models.queries.deciding.reasons import standard_conditions
from models.queries.deciding.settled import interests_to_state, power_of
from models.queries.papers.notices.notice import NewLine, notice_anew
from models.queries.papers.papers import draft_status
from models.queries.permissions.declarations import NONE, stated_by
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import find_round, is_direct
from models.role import CHALLENGE_READERS
from models.session import Session
from models.values.awards import KIND_WORDS, Challenge, ChallengeKind, Finding
from models.values.recommending import SCOPE, DecisionRow, LineDecision, scope_of
from scoring.written.names import is_same_text
from scoring.written.text import Refused

DATED = "A decision is dated the day it was signed"
NO_SCOPE = (
    "{} gets less than it requested. Say what the money pays for, with --pays-for TEXT: letter and agreement "
    "say it."
)
_READS = reads_as(CHALLENGE_READERS, "looks at challenges")
ENDINGS = (".pdf", ".docx")


def signed_anew(
    session: Session, round_id: int, lines: Sequence[LineDecision], options: Options
) -> RecordDecisions:
    """Return the decision that somebody signed on lines that are decided, by the last step of each.

    Where another post of that step has signed the same already, it is agreed with. Refused where a line is
    not decided.
    """
    final, chain = final_decisions(decisions(session, round_id)), chain_of(session, round_id)
    for line in lines:
        if line.application not in final:
            raise Refused(f"{line.application} is not decided yet. Recommend and decide it like the others.")
    step = max(final[line.application].step for line in lines)
    refuse_earlier(chain, step, options.post)
    interests, power = stated_words(session, round_id, options)
    return signed_on_paper(
        options,
        round_id=round_id,
        step=step,
        on=past_day(options.on, DATED),
        interests=interests,
        lines=agreeing(session, round_id, lines),
        legal_power=power,
        correcting=True,
    )


def signed_on_paper(options: Options, **said: Any) -> RecordDecisions:
    """Return a decision from paper, by whom and under which number the options say."""
    return RecordDecisions(
        **said,
        by=options.signer.strip(),
        post=options.post.strip(),
        notice=(options.notice or "").strip(),
        from_paper=True,
        moves_on=True,
        unsigned_because=getattr(options, "unsigned_because", ""),
        confirmed=confirmed(options),
    )


def new_line(
    session: Session, round_id: int, reference: str, pence: int | None, why: str, options: Options
) -> LineDecision:
    """Return what is decided on an application now, None to decline it.

    Money on what had none says itself why it reduces crime or helps victims, and less than was requested
    what it pays for: refused without, but of an amount of which that is stated already.
    """
    if pence is None:
        return LineDecision(reference, "change", "decline", None, "", why)
    before = final_decisions(decisions(session, round_id)).get(reference)
    if before is not None and before.amount_pence is None and not options.award_reason:
        raise Refused(
            "Say why the award reduces crime or helps victims, with --award-reason TEXT: it is published."
        )
    rows = applications(session, round_id)
    asked = next((row.requested_pence for row in rows if row.reference == reference), None)
    outcome = "fund" if pence == asked else "part_fund"
    has_money = before is not None and before.amount_pence is not None
    held = before.conditions if before is not None and has_money else standard_conditions(session, round_id)
    stated = scope_of(held) if before is not None and before.amount_pence == pence else ""
    is_less = asked is None or pence < asked  # more is refused with the figures as it is recorded
    is_part = is_less and before is not None and not is_direct(session, round_id)
    scope = options.pays_for or stated if is_part else ""
    if is_part and not scope:
        raise Refused(NO_SCOPE.format(reference))
    others = tuple(one for one in held if not one.startswith(SCOPE))
    conditions = (f"{SCOPE}{scope}", *others) if scope else others
    return LineDecision(reference, "change", outcome, pence, options.award_reason, why, conditions)


def asked_anew(session: Session, round_id: int, options: Options) -> tuple[LineDecision, ...]:
    """Return the lines of `--anew`; refused where one is not written so, or nothing says why."""
    if not options.anew:
        raise Refused("Say with --anew REFERENCE=POUNDS what is decided again.")
    if options.reasons is not None:
        raise Refused("With --anew the reason is given with --award-reason TEXT. Leave --reasons out.")
    if not options.because:
        raise Refused("Say why it is decided again, with --because TEXT: the notice prints it.")
    said = (_written(session, round_id, one) for one in options.anew)
    return tuple(new_line(session, round_id, *each, options.because, options) for each in said)


def _written(session: Session, round_id: int, said: str) -> tuple[str, int | None]:
    """Return the reference, as the record has it, and the pence of what was written, None for 0."""
    named, equals, amount = (part.strip() for part in said.rpartition("="))
    if not equals or not named:
        raise Refused(f"“{said}” is not an application with an amount. Write it like BE-004=1650.")
    reference = known_reference(session, round_id, named)
    return reference, pence_of(amount, f"{named}: an amount is missing. Write it like BE-004=1650.") or None


def known_reference(session: Session, round_id: int, named: str) -> str:
    """Return the reference of an application of a round as the record has it; refused where it has none."""
    known = [row.reference for row in applications(session, round_id)]
    found = [reference for reference in known if is_same_text(reference, named)]
    if not found:
        raise Refused(f"The round has no application {named!r}.{near(named, known)}")
    return found[0]


def stated_words(session: Session, round_id: int, options: Options) -> tuple[str, str]:
    """Return the interests and the legal power that are recorded: as given, else as declared or standing."""
    declared = stated_by(session, round_id, options.signer or "", NONE)
    standing = interests_to_state(session) if declared == NONE else declared
    interests = (options.interests or "").strip() or standing
    power = (options.power or "").strip() or power_of(session, round_rules(session, round_id))
    return interests, power


def decide(held: HeldChallenge, options: Options) -> str:
    """Record the new decision and return what it says; warn of a reserve that its money goes past.

    Refused where the answer calls for none.
    """
    if options.finding is not None:
        raise Refused("Answer first; then record the new decision with a separate command.")
    if not held.waits_for_decision:
        raise Refused(
            f"{held.words} waits for no new decision. Its answer calls for one where --new-decision says so."
        )
    if options.draft is not None:
        line = options.ask(_line, held=held, options=options)
        return write_draft(held.round_id, (line,), options)
    if not options.signer or not options.post.strip():
        raise Refused("Say who signed the new decision, with --signed-by NAME and --post POST.")
    lines = (options.ask(_line, held=held, options=options),)
    operation = options.ask(signed_anew, round_id=held.round_id, lines=lines, options=options)
    changed = {line.application: line.amount_pence for line in operation.lines}
    past = options.ask(passing_over, round_id=held.round_id, changed=changed)
    words = " ".join(perform_all(with_signatory(operation, options), options, for_the_office))
    warn(past)
    return words


def _line(session: Session, held: HeldChallenge, options: Options) -> LineDecision:
    """Return what is to be decided; refused where a signed agreement is to be varied instead."""
    award = next((one for one in awards(session, held.round_id) if one.application == held.application), None)
    if award is not None and held.has_agreement and not options.no_award:
        raise Refused(
            f"The agreement on {award.reference} is signed, or it was varied. Vary it with grant-panel vary, "
            "and say with --carried-out-by that this carried the answer out; or decline it, with --no-award."
        )
    why = f"{held.words}, {held.challenge.finding.value if held.challenge.finding else ''}."
    pence = None if options.no_award else options.award
    return new_line(session, held.round_id, held.application, pence, why, options)


def write_draft(round_id: int, lines: Sequence[LineDecision], options: Options) -> str:
    """Write the notice of what would be decided on lines that are decided, and return what is said of it.

    Refused where the money would be refused as well, so that nobody signs what cannot be recorded.
    """
    refuse_ending(options.draft, "--draft", ENDINGS)
    refuse_record(options.draft)
    options.ask(refuse_correction, round_id=round_id, lines=lines, told="Nothing was written.")
    value, status = options.ask(_drafted, round_id=round_id, lines=lines, number=options.notice or "")
    place = new_place(options.draft)
    written = write_paper("notice", value, status, place)
    said = f"Wrote {written}: a notice to sign, {value.control}. The record is unchanged."
    return " ".join(filter(None, [said, beside_words(options.draft, place, written)]))


def _drafted(
    session: Session, round_id: int, lines: Sequence[LineDecision], number: str
) -> tuple[NoticeOfDecision, PaperStatus]:
    order = PaperOrder("notice", utc_now(), round_id, notice=number.strip())
    new = [
        NewLine(line.application, line.outcome, line.amount_pence, line.reason, line.change_reason)
        for line in lines
    ]
    value = in_its_form(partial(notice_anew, session, order, new))
    return value, draft_status(session, order, value)


DONE = "What is recorded of it is dated the day it was done"
_FINDINGS = {finding.value.replace(" ", "-"): finding for finding in Finding}
CHALLENGES = (
    Column("No.", "number"),
    Column("Kind", "kind", lambda one: KIND_WORDS[one.challenge.kind]),
    Column("Application", "application"),
    Column("Organisation", "organisation"),
    Column("Received", "challenge.received_on"),
    Column("State", "state", lambda one: one.state(today())),
)


@_READS
def list_challenges(options: Options) -> None:
    """List the challenges."""
    found = [one for one in seen(options, held_challenges) if one.is_open or not options.open]
    nothing = "No challenge waits for the office." if options.open else "No decision was challenged."
    answer_list(options, "challenges", challenge_json, found, as_table(CHALLENGES, found), nothing)


@_READS
def show_challenge(options: Options) -> None:
    """Show all that is known of a challenge."""
    held = _held(options)
    answer(options, lambda: challenge_json(held), _words(held))


@changes
def add(options: Options) -> None:
    """Record a challenge."""
    challenge, found = options.ask(_new, options=options)
    operation = SetChallenge(*found, options.ask(next_challenge), challenge, None)
    options.number = operation.number
    _print(perform(operation, options), options)


def _new(session: Session, options: Options) -> tuple[Challenge, tuple[int, str]]:
    within = find_round(session, options.round, options.fund, options.year) if options.round else None
    received = past_day(options.received, "A challenge is dated the day it was received")
    due = options.due_on or answer_days(session, received).answer_by
    asked = Challenge(ChallengeKind(options.kind), "", "", received, due)
    return _with_facts(asked, options), find_application(session, options.application, within).key


@changes
def set_facts(options: Options) -> None:
    """Change what is known of a challenge."""
    held = _held(options)
    changed = _with_facts(held.challenge, options)
    if options.carried_out_by is not None:
        changed = replace(changed, carried_out_by=options.carried_out_by.replace("-", " ").casefold())
    if changed == held.challenge:
        raise Refused(f"{held.words} already has that. Give what changes, such as --acknowledged DATE.")
    _change(held, changed, options)


@changes
def answer_challenge(options: Options) -> None:
    """Answer it, or record from paper what was decided anew on its answer."""
    held = _held(options)
    if options.award is not None or options.no_award:
        _print(decide(held, options), options)
        return
    if options.finding is None:
        raise Refused(
            "Say what was found, with --finding, or what was decided in its place, with --award POUNDS."
        )
    answered = replace(
        held.challenge,
        finding=_FINDINGS[options.finding],
        reasons=options.reasons.strip(),
        remedy=options.remedy.strip(),
        answered_on=past_day(options.on, DONE),
        calls_for_decision=options.new_decision,
        carried_out_by=held.challenge.carried_out_by if options.new_decision else "",
        looked_at_by=options.looked_at_by or held.challenge.looked_at_by,
        looked_at_post=options.looked_at_post or held.challenge.looked_at_post,
    )
    _change(held, answered, options)


@changes
def remove(options: Options) -> None:
    """Remove a challenge that was recorded by mistake."""
    held = _held(options)
    words = perform(_becomes(held, None), options)
    answer(options, lambda: {"challenge": held.number, "state": "taken out"}, words)


TYPES = {"--award": typed_pounds, "--allow": typed_pounds}


def _with_facts(challenge: Challenge, options: Options) -> Challenge:
    past_day(options.acknowledged_on, DONE)
    return replace(challenge, **said_of(Challenge, options) | {"kind": challenge.kind})


def _change(held: HeldChallenge, becomes: Challenge, options: Options) -> None:
    _print(perform(_becomes(held, becomes), options), options)


def _becomes(held: HeldChallenge, challenge: Challenge | None) -> SetChallenge:
    return SetChallenge(held.round_id, held.application, held.number, challenge, held.challenge)


def _print(words: str, options: Options) -> None:
    answer(options, lambda: challenge_json(_held(options)), words)


def _held(options: Options) -> HeldChallenge:
    return seen(options, find_challenge, number=options.number)


def challenge_json(held: HeldChallenge) -> Json:
    """Return all that is known of a challenge; null is not known, or not yet."""
    said = held.challenge
    return {
        "challenge": held.number,
        "kind": said.kind.value,
        **told(held, "application organisation"),
        **told(said, "asked_by address? grounds received_on acknowledged_on due_on"),
        "is_late": said.finding is None and said.due_on < today(),
        **told(
            said,
            "looked_at_by? looked_at_post? finding reasons? remedy? answered_on",
            "calls_for_decision carried_out_by?",
        ),
        "state": held.state(today()),
        "decision": None if held.decision is None else _decision_json(held.decision),
        "changed_by": None if held.changed_by is None else _changed(held.changed_by),
    }


def _decision_json(row: DecisionRow) -> Json:
    return told(row, "outcome amount_pence notice decided_on=signed_on")


def _changed(row: Change) -> Json:
    if isinstance(row, VariationRow):
        return told(row, "variation=number amount=to_pence")
    if isinstance(row, Recovery):
        return told(row, "asked_back=amount_pence asked_on")
    return _decision_json(row)


def _words(held: HeldChallenge) -> Iterator[str]:
    against, to = decided_words(held.decision), held.challenge.address.splitlines()
    return lines("challenge", held=held, state=held.state(today()), against=against, letters_to=to)
