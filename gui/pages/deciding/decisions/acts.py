"""What can be done on the Decisions page: with all its lines, and with the one at hand."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.acts import Act, At, Confirm, Go, Run, Told
from gui.listed.confirming import amount_words
from gui.listed.form import Asked, Form, reason_form
from gui.pages.deciding.decisions.forms import change_form, record_form
from gui.pages.deciding.decisions.lines import AS_CHANGED, PENDING_WORDS, Line
from gui.pages.deciding.decisions.state import (
    CANNOT_BE_UNDONE,
    DecidingState,
    KeptAnswer,
    agree_all_words,
    as_begun,
    as_recommended,
    as_told,
    card_lines,
    conditions_asked,
    kept_answer,
    record_words,
    sign_words,
)
from gui.pages.deciding.decisions.what_you_sign import show_what_you_sign, source_of
from gui.pages.page import WHO_SIGNS
from gui.text import counted, ours
from models.clock import utc_now
from models.operations.deciding.deciding import RecordDecisions, correction_fault
from models.operations.deciding.signing import SignRecommendations, signing_fault
from models.operations.deciding.turns import TakeBackSignature
from models.papers.kinds import TO_SIGN
from models.papers.order import PaperOrder
from models.queries.applications.choices import lacking_choices
from models.queries.applications.gates import early_words
from models.queries.deciding.allowances import allowed_for, given_amounts, pot_uses
from models.queries.deciding.award_gate import OpenAmount, open_amount
from models.queries.deciding.decided_anew import passing_over, unranked, wholes
from models.queries.deciding.decisions import Hand
from models.queries.deciding.signatories import stranger_fault
from models.queries.panel.area_panels import chair_fault
from models.queries.papers.notices.signatures import next_notice
from models.store.locks.signing_on import with_figures
from models.values.recommending import FUNDED, LineDecision
from scoring.allocating.gate import Beyond, Doubt
from scoring.ranking import PotUse
from scoring.written.text import Refused


class BeforeSigning(NamedTuple):
    """Why an area would not be signed, its pots, what stays undecided, and what a decision will wait for."""

    fault: str
    uses: tuple[PotUse, ...]
    left: tuple[str, ...]
    lacking: tuple[str, ...]


class BeforeDeciding(NamedTuple):
    """The next notice number, how each pot stands then, what stops it, and who in reserve is passed over.

    What of the money is to be confirmed, which budgets it passes that somebody has to allow, and who allowed
    money for the lines before.
    """

    number: str
    uses: tuple[PotUse, ...]
    fault: str
    passed_over: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    allowed: tuple[str, ...] = ()


def before_signing(
    session: Any, round_id: int, area: str, areas: Sequence[str], references: tuple[str, ...], name: str
) -> BeforeSigning:
    """Return what is known before somebody signs for an area, or ("") all of which some lines are: `areas`.

    Sums come out right for whoever is closed a part.
    """
    with with_figures(session, round_id, to_rank=True):
        given = given_amounts(session, round_id)
        return BeforeSigning(
            chair_fault(session, round_id, areas, name) or signing_fault(session, round_id, area),
            pot_uses(session, round_id, given),
            tuple(of for one in areas for of in unranked(session, round_id, one)),
            tuple(lacking_choices(session, round_id, [of for of in references if given.get(of)])),
        )


def before_deciding(
    session: Any,
    operation: RecordDecisions,
    year: int,
) -> BeforeDeciding:
    """Return what is known before somebody decides on chosen lines; `year` is that of the notice."""
    round_id, chosen = operation.round_id, operation.lines
    signer, of = (operation.by, operation.post), [line.application for line in chosen]
    changed = {line.application: line.amount_pence or 0 for line in chosen if line.verdict == "change"}
    after = {**given_amounts(session, round_id), **changed}
    uses = pot_uses(session, round_id, after)
    fault = stranger_fault(session, round_id, operation.step, signer, of)
    fault = fault or (correction_fault(session, round_id, chosen) if operation.correcting else "")
    with with_figures(session, round_id, to_rank=True):
        past = passing_over(session, round_id, changed)
    doubts, beyond = operation.doubts(session), operation.beyond(session)
    allowed = allowed_for(session, round_id, of)
    kept = (line.application for line in chosen if line.verdict != "send_back")
    funded = [one for one in kept if after.get(one)]
    early = tuple(early_words(session, round_id, funded, operation.on))
    return BeforeDeciding(next_notice(session, year), uses, fault, (*past, *early), doubts, beyond, allowed)


def before_changing(session: Any, round_id: int, reference: str) -> tuple[int, OpenAmount]:
    """Return what fund gives an application whole (pence), and what an amount for it is held against."""
    return wholes(session, round_id)[reference], open_amount(session, round_id, reference)


SIGN_TITLE = "Sign recommendations"
ASKED_NEXT = "You confirm it, or name who allows it, when you record the decision."
MEANWHILE = (
    "{} is not as it was: somebody else changed, decided or withdrew it meanwhile, so this answers it no "
    "more. What you typed stays here until you cancel."
)
GOES_BACK = "The line goes back to the panel, which can record it again. Its chair signs it again."

LineAt = At[DecidingState, Line]
PageAt = At[DecidingState, Line | None]


class Answer(Struct, frozen=True):
    """What is answered and kept on the page until it is recorded, or a line whose answer is `cleared`."""

    given: tuple[KeptAnswer, ...] = ()
    cleared: str = ""
    is_all: bool = False


def _agree(at: LineAt) -> Told | None:
    """Take the line as it stands; at the last step money needs a reason in words."""
    answer: LineDecision = at.kept["decide"]("agree")
    if at.answer.decides(at.row) and not answer.reason and at.row.current.outcome in FUNDED:
        at.kept["demand"]()
        return None
    return _answered(at, answer)


def _answered(at: LineAt, answer: LineDecision) -> Told:
    """Hand on an answer to a line; refused where that is not what it was as its form was opened."""
    given = kept_answer(at.row, answer)
    if not given.fits(at.kept["open"]().get(at.row.reference)):
        raise Refused(MEANWHILE.format(at.row.reference))
    return Told(Answer((given,)))


def _agree_words(at: LineAt) -> str:
    changed = at.row.changed
    return f"{AS_CHANGED}: {changed}" if changed else PENDING_WORDS["agree"]


def _change(at: LineAt) -> Asked:
    """Ask what a line is changed to; also why money is given, at the last step or where nobody said it."""
    as_it_stands, line = at.kept["decide"]("change"), at.row
    is_reasoned = line.current.outcome in FUNDED and bool(line.own_reason or line.panel_reason)
    asks_words = at.answer.decides(line) or not is_reasoned
    return _change_form(at, as_it_stands, partial(_answered, at), asks_words=asks_words)


def _change_form(
    at: LineAt, answer: LineDecision, does: Callable[[LineDecision], Any], *, asks_words: bool
) -> Asked:
    return Asked(
        partial(before_changing, round_id=at.answer.round_id, reference=at.row.reference),
        lambda found: change_form(
            at.row,
            answer,
            partial(amount_words, found[1], ASKED_NEXT),
            does,
            whole_pence=found[0],
            asks_words=asks_words,
        ),
    )


def _send_back(at: LineAt) -> Form:
    return reason_form(f"Send back {at.row.reference}", (GOES_BACK,), "Send back", partial(_sent_back, at))


def _sent_back(at: LineAt, reason: str) -> Told:
    return _answered(at, LineDecision(at.row.reference, "send_back", change_reason=reason))


def _may_answer(at: LineAt) -> bool:
    return not at.answer.refusal(at.row)


def _clear(at: LineAt) -> Told:
    return Told(Answer(cleared=at.row.reference))


def _correct(at: LineAt) -> Asked:
    """Ask for what a decision is corrected to; it is a new one, under a notice of its own."""
    conditions = conditions_asked(at.row, at.answer.found.conditions)
    before = LineDecision(at.row.reference, "change", reason=at.row.own_reason, conditions=conditions)
    return _change_form(at, before, partial(_corrected, at), asks_words=True)


def _corrected(at: LineAt, decision: LineDecision) -> Asked:
    state, line = at.answer, at.row
    hand = state.correcting(line)
    assert hand is not None, "only who may correct is asked"
    return _ask_record(
        at,
        _deciding(at, hand, (decision,), is_correcting=True),
        (replace(line, pending=decision),),
        (f"{line.reference}: a new decision that replaces the present one.", CANNOT_BE_UNDONE),
        "Record the correction",
    )


def _take_back(at: LineAt) -> Confirm:
    """Ask before a signature is taken back, and say how the line is then."""
    row, of = at.row.progress.since[-1], at.row.reference
    signer = row.signed_by, row.post
    removes = f"This removes the signature of {', '.join(signer)}, on {of}."
    words = (f"{removes} The line is again as it was before that signature. {CANNOT_BE_UNDONE}",)
    operation = TakeBackSignature(at.answer.round_id, row.step, *signer, (of,), row.is_from_paper)
    return Confirm("Withdraw the signature", words, "Withdraw it", operation)


def _what(at: PageAt) -> Asked:
    state = at.answer
    closed, of = tuple(sorted(state.found.closed)), frozenset(line.reference for line in state.due)
    order = PaperOrder(TO_SIGN, utc_now(), state.round_id, state.place.area, closed=closed)
    query = partial(source_of, order=order, answers=state.chosen, of=of, viewer=state.identity.viewer)
    return Asked(query, lambda source: Run(partial(show_what_you_sign, state.place, source=source)))


def _sign(at: PageAt) -> Asked:
    """Ask what stops it, and how its pots stand beforehand."""
    state, area = at.answer, at.answer.place.area or ""
    lines = [line for line in state.lines if not line.signed]
    query = partial(
        before_signing,
        round_id=state.round_id,
        area=area,
        areas=tuple(dict.fromkeys(line.row.area for line in lines if line.row.area)),
        references=tuple(line.reference for line in lines),
        name=state.identity.name,
    )
    return Asked(query, partial(_confirm_sign, at, lines, area))


def _confirm_sign(at: PageAt, lines: Sequence[Line], area: str, told: BeforeSigning) -> Confirm:
    """State counts and sums, and an over-spent pot; what stops it is said before the button is pressed."""
    state = at.answer
    first, *rest = sign_words(lines, area, told.left)
    card = card_lines(as_told(told.uses, state.found.pots), lines, state.found.budget)
    return Confirm(
        SIGN_TITLE,
        (first, *card, *told.lacking, *rest),
        SIGN_TITLE,
        SignRecommendations(state.round_id, area, at.today),
        problem=ours(told.fault.replace(" Nothing was signed.", "")),
    )


def _take_all(at: PageAt) -> Told | Confirm:
    """Take lines as recommended, with the reasons; say first which have none and wait."""
    begun = partial(as_begun, library=at.answer.found.conditions, answers=at.kept["answers"]())
    taken = as_recommended(at.answer.waiting, begun, at.answer.decides)
    every = (*taken.ready, *taken.helped)
    answer = Told(Answer(every, is_all=True))
    if not taken.wordless:
        return answer
    action = "Answer the others" if every else "Write them"
    return Confirm("All as recommended", agree_all_words(taken), action, answer)


def _record(at: PageAt) -> Asked:
    """State counts and sums, ask for what goes with them, then put the decisions down."""
    state, hand = at.answer, at.answer.hand
    assert hand is not None, "only who signs is asked"
    on = tuple(line for line in state.lines if line.pending is not None)
    is_last = any(state.finishes(line, hand.number, hand.post) for line in on)
    words = record_words(state.lines, hand.post, is_last=is_last)
    return _ask_record(at, _deciding(at, hand, state.chosen), on, words, _record_label(at).removesuffix("…"))


def _deciding(
    at: PageAt | LineAt, hand: Hand, lines: tuple[LineDecision, ...], *, is_correcting: bool = False
) -> RecordDecisions:
    """Return decisions in the hand of the person, without what goes with them."""
    who = (hand.number, at.identity.name, hand.post)
    return RecordDecisions(
        *(at.answer.round_id, *who, at.today, "", lines), correcting=is_correcting, own_reasons=True
    )


def _ask_record(
    at: PageAt | LineAt,
    operation: RecordDecisions,
    lines: tuple[Line, ...],
    words: Sequence[str],
    action: str,
) -> Asked:
    """Ask what is over which pot then, and for the next number of this year's notices, to suggest it."""
    query = partial(before_deciding, operation=operation, year=at.today.year)
    return Asked(query, partial(_record_form, at, operation, lines, words, action))


def _record_form(
    at: PageAt | LineAt,
    operation: RecordDecisions,
    lines: tuple[Line, ...],
    words: Sequence[str],
    action: str,
    told: BeforeDeciding,
) -> Form:
    """Ask for what goes with decisions; what stops them is said before the button is pressed."""
    state, found = at.answer, at.answer.found
    is_last = any(state.finishes(line, operation.step, operation.post) for line in lines)
    *words, last = words
    card = card_lines(as_told(told.uses, found.pots), lines, found.budget)
    return record_form(
        found,
        (*words, *card, *told.allowed, *told.passed_over, last),
        action,
        partial(replace, operation),
        is_last=is_last,
        number=told.number,
        signed=max((day for line in lines if (day := line.last_signed_on)), default=None),
        fault=told.fault.replace(" Nothing was decided.", ""),
        doubts=told.doubts,
        beyond=told.beyond,
    )


def _record_label(at: PageAt) -> str:
    one = at.answer.answer_word
    return f"Record {counted(len(at.answer.chosen), one, f'{one}s')}…"


def _is_signing(at: PageAt) -> bool:
    return at.answer.hand is not None


HEAD: tuple[Act[DecidingState, Line | None], ...] = (
    Act(
        *("Who signs…", lambda at: Go("panel", WHO_SIGNS)),
        where=lambda at: at.answer.names_signatories,
        look="primary",
        tip="Nobody is named to sign after the panel yet",
    ),
    Act(
        *(_record_label, _record),
        where=lambda at: _is_signing(at) and bool(at.answer.chosen),
        look="primary",
        icon="check",
    ),
    Act(
        *("All as recommended…", _take_all),
        where=lambda at: _is_signing(at) and bool(at.answer.waiting),
        look=lambda at: "plain" if at.answer.chosen else "primary",
    ),
    Act(
        *("Sign recommendations…", _sign),
        where=lambda at: bool(at.answer.to_sign),
        look="primary",
        icon="check",
    ),
    Act("What you sign…", _what, where=lambda at: bool(at.answer.due), icon="file"),
)
"""What can be done with the lines on show, from the right."""
ANSWERS: tuple[Act[DecidingState, Line], ...] = (
    Act(_agree_words, _agree, where=_may_answer),
    Act("Change…", _change, where=_may_answer),
    Act("Send back…", _send_back, where=_may_answer),
)
"""What the office answers to a line."""
LINKS: tuple[Act[DecidingState, Line], ...] = (
    Act(
        *("Clear this answer", _clear),
        where=lambda at: at.row.pending is not None and _may_answer(at),
        look="link",
    ),
    Act("Correct this decision…", _correct, where=lambda at: at.answer.correcting(at.row) is not None),
    Act("Withdraw the signature…", _take_back, where=lambda at: at.answer.may_take_back(at.row)),
)
"""What can be taken back of a line."""
