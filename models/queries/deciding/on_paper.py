"""Which lines a paper decided, or signed before that: those with a step of the post that it names."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.papers.order import TextPair
from models.queries.applications.applications import applications, asked_corrected
from models.queries.applications.endings import UNKNOWN, Withdrawal, withdrawals
from models.queries.applications.gates import late_let_in, missing_words, waived_words
from models.queries.awards.amendments import gone_in, not_taken_up_words, since_decided
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import year_overspends
from models.queries.deciding.allowances import allowances, given_amounts
from models.queries.deciding.decided_anew import without_number
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Progress,
    chain_of,
    decisions,
    earlier_decisions,
    final_decisions,
    needed_steps,
    progress_by_line,
    recommendations,
    signatures,
    signed_lines,
    turns,
    unsigned_posts,
    unsigned_steps,
)
from models.queries.deciding.reasons import published_reason
from models.queries.deciding.settled import disclosed_beside, interests_to_state
from models.queries.deciding.signatories import signing
from models.queries.panel.meeting import short_of_quorum
from models.queries.papers.letter_parts.without_decision import stopped_late
from models.queries.set_up.office import parts
from models.queries.set_up.rounds import is_direct, round_line
from models.reference.sign_off import Chain
from models.role import Role
from models.session import Session
from models.values.importing import MERGED_INTO
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import by_application
from scoring.money import pounds
from scoring.schedule.exceptions import TOO_LATE, WITHDREW
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled, Signed, ToSign
from scoring.written.days import full_day
from scoring.written.text import Refused, as_sentences, counted, listed


class OnPaper(Struct, frozen=True):
    """The step that a paper is of, from 0, and the lines it decides.

    `passed_over` says whose signature, of a step before it, is not recorded. One that `is_earlier` comes
    before the decision. One that `decides` is the last signature on a line or more; another person's of the
    same step comes after any other.
    """

    step: int
    references: tuple[str, ...]
    passed_over: str = ""
    is_earlier: bool = False
    decides: bool = True


class _Lines(NamedTuple):
    """Some lines of a round: their chain, what each gets, which of its steps sign it, and how far it is."""

    chain: Chain
    amounts: Mapping[str, int]
    needed: Mapping[str, tuple[int, ...]]
    along: Mapping[str, Progress]

    def open_at(self, reference: str, step: int) -> tuple[str, ...]:
        """Return the posts of a step that have still to sign a line."""
        return tuple(unsigned_posts(self.chain[step], step, self.along.get(reference, NOT_BEGUN).since))


def _lines(session: Session, round_id: int, references: Collection[str]) -> _Lines:
    chain, amounts = chain_of(session, round_id), given_amounts(session, round_id)
    needed = {of: needed_steps(chain, amounts.get(of) or None) for of in references}
    return _Lines(chain, amounts, needed, progress_by_line(decisions(session, round_id)))


def on_paper(session: Session, round_id: int, post: str, references: Collection[str]) -> OnPaper:
    """Return which of some lines a paper decided that was signed as this post.

    Each line is decided by the last step that its amount needs. Where that is one post for all of them, the
    paper may name it otherwise than the chain does, but for a post that signs earlier; refused where it is
    not plain whose signature it is.
    """
    lines = _lines(session, round_id, references)
    number = _step_of(lines.chain, post, {steps[-1] for steps in lines.needed.values()})
    step = lines.chain[number]
    named = step.post_named(post)
    is_open = {of: lines.open_at(of, number) for of, steps in lines.needed.items() if steps[-1] == number}
    ready = tuple(of for of, posts in is_open.items() if not step.is_joint or named in posts)
    if not ready:
        others = {other for posts in is_open.values() for other in posts}
        left = listed([other for other in step.posts if other in others])
        raise Refused(f"The {named} signed everything there already. It waits for the {left}.")
    decides = not step.is_joint or any(is_open[of] == (named,) for of in ready)
    return OnPaper(number, ready, _passed_over(session, round_id, lines, number, ready), decides=decides)


def earlier_on_paper(
    session: Session, round_id: int, post: str, references: Collection[str]
) -> OnPaper | None:
    """Return which of some lines this post signs before they are decided; None where it does not.

    Refused where it signed all of them already.
    """
    lines = _lines(session, round_id, references)
    steps = [number for number, step in enumerate(lines.chain) if step.post_named(post) is not None]
    mine = [of for of, numbers in lines.needed.items() if steps and steps[0] in numbers[:-1]]
    if not mine or any(numbers[-1] in steps for numbers in lines.needed.values()):
        return None
    named = lines.chain[steps[0]].post_named(post) or post
    ready = tuple(of for of in mine if named in lines.open_at(of, steps[0]))
    if not ready:
        raise Refused(f"The {named} signed everything there already.")
    passed_over = _passed_over(session, round_id, lines, steps[0], ready)
    return OnPaper(steps[0], ready, passed_over, is_earlier=True)


def _step_of(chain: Chain, post: str, ends: set[int]) -> int:
    named = [number for number in sorted(ends) if chain[number].post_named(post) is not None]
    if named:
        return named[-1]
    (only, *others) = sorted(ends)
    if others or chain[only].is_joint:
        posts = listed([said for number in sorted(ends) for said in chain[number].posts])
        raise Refused(f"“{post}” does not say whose signature it is. It is decided by the {posts}: name one.")
    refuse_earlier(chain, only, post)
    return only


def refuse_earlier(chain: Chain, step: int, post: str) -> None:
    """Refuse a post that signs an earlier step of a chain as the one that signed a step."""
    earlier = next((n for n in range(step) if chain[n].post_named(post) is not None), None)
    if earlier is not None and chain[step].post_named(post) is None:
        raise Refused(
            f"The {chain[earlier].post_named(post)} signs step {earlier + 1} of the chain; this is decided "
            f"by the {chain[step].words}. Name that post."
        )


def _passed_over(session: Session, round_id: int, lines: _Lines, step: int, ready: Collection[str]) -> str:
    """Return whose signature before a step is not recorded, and on how many lines."""
    amounts = ((of, lines.amounts.get(of) or None) for of in ready)
    unsigned = unsigned_steps(lines.chain, step, amounts, lines.along)
    missing = [(lines.chain[number].words, len(of)) for number, of in unsigned.items()]
    without_chair = len(set(ready) - signed_lines(session, round_id))
    if without_chair and not is_direct(session, round_id):
        missing.insert(0, ("chair of the panel", without_chair))
    words = [
        f"{'no' if at else 'No'} signature of the {who} is recorded on {counted(many, 'line')}"
        for at, (who, many) in enumerate(missing)
    ]
    return f"{listed(words)}." if words else ""


CHAIR = "Chair of the panel"


def settled_lines(session: Session, round_id: int) -> Settled:
    """Return what was recommended and decided, the marking of papers, and who signs: the chair first.

    What is awarded is as decided, nought where the last step refused it. The sign-off chain is the
    round's own, as it stood when the round was set up.
    """
    line, chain = round_line(session, round_id), chain_of(session, round_id)
    every = decisions(session, round_id)
    decided = final_decisions(every)
    held = by_application(awards(session, round_id))
    gone = gone_in(session, round_id, held.values()) if held else {}
    anew = earlier_decisions(every)
    late, takes = late_let_in(session, round_id), given_amounts(session, round_id)
    stopped = (letter for _, letter in stopped_late(session, line, decided))
    late_words = ((one.reference, f"{TOO_LATE}: {' '.join(one.points).rstrip('.')}") for one in stopped)
    signed = tuple(_signed(session, round_id, every, decided, chain))
    return Settled(
        recommended=tuple(
            _as_decided(
                _recommended(row, decided.get(row.application), held.get(row.application)),
                decided.get(row.application),
                is_anew=row.application in anew,
            )
            for row in recommendations(session, round_id)
        ),
        awarded=tuple(_awarded(row, held.get(of), gone, takes[of]) for of, row in decided.items()),
        amended=tuple((one.application, one.words) for one in since_decided(held.values(), every, gone)),
        marking=line.marking,
        sign_off=(CHAIR, *(post for _, _, post in _posts(chain))),
        to_sign=tuple(_to_sign(session, round_id, chain)),
        late=late,
        waived=(
            *waived_words(session, round_id, [of for of, _ in late]),
            *_without(session, round_id, decided, signed, chain),
        ),
        missing=(*missing_words(session, round_id).items(), *late_words),
        allowances=allowances(session, round_id),
        over_year=year_overspends(session, round_id, decided),
        signed=signed,
        unquorate=tuple(short_of_quorum(session, round_id).items()),
        withdrawn=tuple(_withdrawn(session, round_id)),
        not_needed=tuple(_not_needed(session, round_id, chain, decided)),
        asked=tuple(asked_corrected(session, round_id).items()),
        corrections=tuple(corrections_waiting(every, decided, chain)),
    )


def _not_needed(
    session: Session, round_id: int, chain: Chain, decided: Mapping[str, DecisionRow]
) -> Iterator[tuple[str, str]]:
    """Yield the posts that need not sign for an area, as no amount there reaches that from which they do."""
    amounts = {row.application: row.amount_pence for row in recommendations(session, round_id)}
    amounts |= {of: row.amount_pence for of, row in decided.items()}
    needed: dict[str, set[int]] = {}
    for row in applications(session, round_id):
        if row.reference in amounts:
            steps = needed_steps(chain, amounts[row.reference])
            needed.setdefault(row.area or "", set()).update(steps)
    for number, _, post in _posts(chain):
        yield from ((post, area) for area, steps in needed.items() if number not in steps)


def _without(
    session: Session,
    round_id: int,
    decided: Mapping[str, DecisionRow],
    signed: Iterable[tuple[str, Signed]],
    chain: Chain,
) -> Iterator[tuple[str, str]]:
    """Yield why lines were decided without a signature that is on others of their area.

    Where none of the area has it, the sign-off says why.
    """
    area_of = {row.reference: row.area for row in applications(session, round_id)}
    given = {(of, one.seat or one.post) for of, one in signed}
    in_area = {(area_of[of], post) for of, post in given}
    for of, why in {of: one.because for of, one in signed if of in decided and one.because}.items():
        steps = needed_steps(chain, decided[of].amount_pence)
        for number, post, _ in _posts(chain):
            if number in steps and (of, post) not in given and (area_of[of], post) in in_area:
                yield of, f"decided without the signature of the {post}: {why}"


def _withdrawn(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    """Yield how applications were withdrawn of which the day is known, and into which one was merged."""
    gone = [row.reference for row in applications(session, round_id) if row.withdrawn]
    known = withdrawals(session, round_id) if gone else {}
    for of in gone:
        on, reason = known.get(of, UNKNOWN)
        if reason.startswith(MERGED_INTO):
            yield of, f"The same as another application: {reason}"
        elif on is not None:
            yield of, f"{WITHDREW} on {full_day(on)}"


def _signed(
    session: Session,
    round_id: int,
    every: Sequence[DecisionRow],
    decided: Mapping[str, DecisionRow],
    chain: Chain,
) -> Iterator[tuple[str, Signed]]:
    """Yield the signatures that stand, the chair's first, then those of the chain.

    They stand in the order in which papers name them. Who signed jointly with whoever signed last decided
    under the same notice. What each disclosed stands without the words that everybody states. Why a line went
    without a signature stands beside who signed it so, and then beside the decision that corrects that.
    """
    to_state, order = dict[date, str](), turns(every)
    because = {
        row.application: row.unsigned_because
        for row in every
        if row.unsigned_because and row.ended_by not in (None, row.number)
    }
    for one in signatures(session, round_id):
        yield one.application, Signed(CHAIR, one.signed_by, one.signed_on)
    for row in sorted(every, key=lambda one: order[one.signed_by, one.post]):
        if row.is_in_force and not _is_of_correction(row, decided):
            final = decided.get(row.application, row)
            day = row.signed_on
            standing = to_state.get(day) or to_state.setdefault(day, interests_to_state(session, day))
            seat = chain[row.step].post_taken(row.post) if row.step < len(chain) else None
            yield (
                row.application,
                Signed(
                    row.post,
                    row.signed_by,
                    day,
                    final.notice if final.step == row.step else row.notice,
                    interests=disclosed_beside(row.interests, standing),
                    seat=seat if seat and seat != row.post else "",
                    because=row.unsigned_because or (because.get(row.application, "") if row.is_last else ""),
                ),
            )


def _is_of_correction(row: DecisionRow, decided: Mapping[str, DecisionRow]) -> bool:
    """Whether a signature is of a correction that is not decided: the decision before it stands."""
    final = decided.get(row.application)
    return final is not None and row.is_in_force and not row.is_last and row.number > final.number


def corrections_waiting(
    every: Sequence[DecisionRow], decided: Mapping[str, DecisionRow], chain: Chain
) -> Iterator[TextPair]:
    """Yield the corrections that wait for a signature: to what, who signed it, and for whom it waits."""
    along = progress_by_line(every)
    for row in every:
        if _is_of_correction(row, decided):
            of = row.application
            waits = along[of].waits(chain, row.amount_pence)
            whom = f"the {listed(waits.posts)}" if waits else "its decision"
            to = pounds(row.amount_pence) if row.amount_pence else "no money"
            who, on = f"{row.signed_by}, {row.post}", full_day(row.signed_on)
            signed = f"{who}, signed a correction of {of} to {to} on {on}"
            yield of, f"{signed}. It waits for {whom}, and the decision before it stands until then."


def _awarded(
    decided: DecisionRow, award: AwardRow | None, gone: Mapping[str, Withdrawal], takes: int
) -> Awarded:
    """Return what was decided, and what the award stands at where it changed since, or was not taken up.

    What it `takes` of its pot is told where that is another sum.
    """
    first, of = decided.amount_pence or 0, decided.application
    if award is None:
        return Awarded(of, first, takes_pence=None if takes == first else takes)
    if not award.stands:
        return Awarded(of, first, award.reference, 0, not_taken_up_words(gone.get(of, UNKNOWN), full_day))
    stands = award.stands_pence
    now, taken = None if stands == first else stands, None if takes == stands else takes
    return Awarded(of, first, award.reference, now, takes_pence=taken)


def _posts(chain: Chain) -> Iterator[tuple[int, str, str]]:
    """Yield the step of each post that signs, the post, and that with the amounts for which it does."""
    for number, step in enumerate(chain):
        yield from ((number, post, f"{post}{step.bounds}") for post in step.posts)


def _to_sign(session: Session, round_id: int, chain: Chain) -> Iterator[ToSign]:
    """Yield who alone is to sign in each post, the chair first; of a post by area with the areas.

    Where each area has its own and nobody is recorded for one, that is to be signed by somebody without a
    name.
    """
    chairs = [part for part in parts(session, round_id) if part.role == Role.CHAIR]
    yield from (ToSign(CHAIR, one.name, one.areas) for one in chairs if one.areas or len(chairs) == 1)
    known = signing(session, round_id)
    for number, post, label in _posts(chain):
        yield from (ToSign(label, name, areas) for name, areas in known.alone(number, post))


def _recommended(row: RecommendationRow, decided: DecisionRow | None, award: AwardRow | None) -> Recommended:
    """Return a recommendation; once it is decided, the conditions are those of the award."""
    held = () if award is None else award.conditions
    return Recommended(
        reference=row.application,
        outcome=PanelOutcome(row.outcome),
        amount_pence=row.amount_pence,
        reason=row.reason,
        exception=row.is_exception,
        conditions=row.conditions if decided is None else held or decided.conditions,
    )


def _with_change(panels: str, decided: DecisionRow) -> str:
    """Return the panel's reason with why whoever decided gave another amount, where they wrote it."""
    why = decided.change_reason.strip()
    changed = f"Changed when it was decided: {as_sentences(why)}" if why else ""
    return " ".join(filter(None, (as_sentences(panels), changed)))


def _as_decided(row: Recommended, decided: DecisionRow | None, *, is_anew: bool) -> Recommended:
    """Return a recommendation with the outcome that was decided, and the panel's beside it where it differs.

    A new decision that awards money has its own reason, and so has one that gives money to what the panel
    gave none, or none with another outcome than the panel's: the panel's reason stands on none of them.
    """
    if decided is None:
        return row
    given, is_given = PanelOutcome(decided.outcome), decided.amount_pence is not None
    if is_given and not is_anew and row.amount_pence is not None:
        is_same = row.amount_pence == decided.amount_pence
        reason = row.reason if is_same else _with_change(row.reason, decided)
    elif given is row.outcome and not is_given:
        return row
    else:
        reason = _own_reason(decided, is_anew=is_anew)
    return replace(row, outcome=given, reason=reason, by_panel=row.panel_words, advised=row.outcome)


def _own_reason(decided: DecisionRow, *, is_anew: bool) -> str:
    """Return the reason of a decision, its notice, and of money why it is not as it was before."""
    own = "" if decided.amount_pence is None else published_reason(decided)
    because = without_number(decided.change_reason)
    why, again = as_sentences(own or because), " again" if is_anew else ""
    changed = f": {as_sentences(because)}" if own.strip() and because.strip() else "."
    return f"{why} Decided{again}, notice {decided.notice}{changed}".lstrip()
