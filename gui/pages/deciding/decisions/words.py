"""What the Decisions page says: who may decide what, and what a signing comes to."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from gui.pages.deciding.decisions.chain import without_office
from gui.pages.deciding.decisions.choices import AsRecommended
from gui.pages.deciding.decisions.hands import hand_on, hands_of_person
from gui.pages.deciding.decisions.lines import Line, totals
from gui.text import counted
from gui.theme.office_words import ours
from models.queries.deciding.decisions import Hand, hands_of
from models.queries.deciding.round_list import Deciding, Mark
from models.queries.deciding.signatories import Signatory, person_signing, post_at, why_not
from models.queries.set_up.office import Part
from models.reference.sign_off import SignOff
from models.values.recommending import FUNDED, RecommendationRow, scope_of
from scoring import money
from scoring.written.names import is_same_text
from scoring.written.text import first_of, listed, noun

SCORED = "You gave marks in this round, so this side is closed to you: nobody both scores and decides."
DECLARED = "You declared an interest in this application, so somebody else decides on it."
OTHER_HANDS = "Each step of the chain must be signed by a different person."
ANSWERS = ("as recommended", "as proposed", "as an earlier step changed it", "changed", "sent back")
DECIDED = "This line is decided. Its notice and letters are on Papers."
CANNOT_BE_UNDONE = "This cannot be undone. Earlier changes can no longer be undone either."


def why_not_deciding(found: Deciding, line: Line, name: str, role: str) -> str:
    """Return why a person decides nothing on a line, "" when they may."""
    if name in found.scorers:
        return SCORED
    hands = hands_of_person(found, name, role)
    if not hands:
        return DECIDED if line.is_decided else _not_theirs(found, name, role)
    if line.is_closed:
        return DECLARED
    if line.is_decided:
        return "This line is decided. A correction is a new decision, with its own notice."
    if not line.signed and line.progress.final is None:
        return "The chair of the panel has not signed this line yet."
    hand = hand_on(hands, line)
    if hand is None:
        return _out_of_turn(line, hands[0], name)
    person = person_signing(found.signatories, name, role)
    where = ours(why_not(found.chain, hand.number, person, [(line.reference, line.row.area)]))
    before = hands_of(found.signatures, found.decisions, hand, name).get(line.reference)
    return where or (f"You signed {before} on this line. {OTHER_HANDS}" if before else "")


def _not_theirs(found: Deciding, name: str, role: str) -> str:
    """Say who signs to somebody who has no post of the chain."""
    of_role = [number for number, step in enumerate(found.chain) if step.role == role]
    if of_role:
        return ours(why_not(found.chain, of_role[0], person_signing(found.signatories, name, role), ()))
    return f"The deciding office answers here: {', then '.join(step.words for step in found.chain)}."


def _out_of_turn(line: Line, hand: Hand, name: str) -> str:
    assert line.waits is not None, "a line that is not decided waits for somebody"
    posts = listed(line.waits.posts)
    signed = [one.step for one in line.progress.signed]
    if line.waits.step < hand.number:
        return f"This line waits for the {posts} first."
    if hand.number in signed or line.progress.final is not None:
        by = next((row.signed_by for row in line.progress.since if row.step == hand.number), "")
        whose = "You have" if is_same_text(by, name) else f"{by or f'The {hand.post}'} has"
        return f"{whose} signed this line. It waits for the {posts}."
    return f"This line is not the {hand.post}'s to sign. It waits for the {posts}."


def next_hand(found: Deciding, lines: Sequence[Line]) -> tuple[Part, str] | None:
    """Return who signs next on lines that the chair signed and as what; None for nobody, or several."""
    for number in range(len(found.chain)):
        waiting = [line for line in lines if line.signed and line.waits and line.waits.step == number]
        if waiting:
            able = [one for one in found.signatories if any(_may_sign(found, line, one) for line in waiting)]
            if len(able) != 1:
                return None
            post = post_at(found.chain, number, able[0])
            return Part(able[0].name, able[0].role), without_office(post or "")
    return None


def _may_sign(found: Deciding, line: Line, person: Signatory) -> bool:
    """Whether somebody else may sign a line, as far as can be said without their declaration."""
    return not why_not_deciding(found, replace(line, is_closed=False), person.name, person.role)


def may_correct(found: Deciding, line: Line, name: str, role: str) -> bool:
    """Whether a person corrects a decided line: a post that decided it does, and signed for no other."""
    return correcting_hand(found, line, name, role) is not None


def correcting_hand(found: Deciding, line: Line, name: str, role: str) -> Hand | None:
    """Return the hand in which a person corrects a decided line, None where they do not."""
    final, person = line.progress.final, person_signing(found.signatories, name, role)
    if final is None or line.is_closed or not line.is_decided:
        return None
    hands = [hand for hand in hands_of_person(found, name, role) if hand.number == final.step]
    where = [(line.reference, line.row.area)]
    for hand in hands:
        is_other = line.reference in hands_of(found.signatures, found.decisions, hand, name)
        if not is_other and not why_not(found.chain, hand.number, person, where):
            return hand
    return None


def may_take_back(line: Line, name: str) -> bool:
    """Whether a person takes their signature back: it is the newest on a line that is not decided."""
    newest = line.progress.since[-1] if line.progress.since else None
    return newest is not None and not newest.is_from_paper and is_same_text(newest.signed_by, name)


def progress_words(lines: Sequence[Line], chain: Sequence[SignOff]) -> str:
    """Return how far the lines are: "13 recommendations · 4 decided · 9 wait for the Chief Executive"."""
    what = "proposal" if _are_proposed(lines) else "recommendation"
    parts = [counted(len(lines), what, f"{what}s")]
    decided = sum(line.is_decided for line in lines)
    parts += [f"{decided:,} decided"] if decided else []
    open_lines = [line for line in lines if not line.is_decided]
    unsigned = sum(not line.signed for line in open_lines)
    parts += [f"{_wait(unsigned)} for the chair's signature"] if unsigned else []
    waiting = Counter(
        (line.waits.step, post)
        for line in open_lines
        if line.signed and line.waits is not None
        for post in line.waits.posts
    )
    for number, step in enumerate(chain):
        posts = [post for post in step.posts if waiting[number, post]]
        parts += [f"{_wait(waiting[number, post])} for the {without_office(post)}" for post in posts]
    return " · ".join(parts)


def _wait(count: int) -> str:
    return counted(count, "waits", "wait")


def sign_words(lines: Sequence[Line], area: str, left: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the chair is about to sign, in counts and sums, and what is `left` undecided."""
    count = counted(len(lines), "recommendation", "recommendations")
    parts = [line.reference for line in lines if _is_part_without_scope(line.recommended)]
    where = f"{', '.join(parts)} pays for. Part-fund… on Ranking & budget states it."
    unsaid = (f"Not stated yet: what the part-fund of {where}",) if parts else ()
    are = noun(len(left), "lacks a quorum or marks and stays", "lack a quorum or marks and stay")
    out = (f"{listed(left)} {are} undecided. Record a recommendation by hand to have it decided.",)
    return (
        f"{area or ours('All areas')}: {count}: {totals(lines)}.",
        *unsaid,
        *(out if left else ()),
        "They go to the deciding office as they are: only the office can send a line back.",
        CANNOT_BE_UNDONE,
    )


def _is_part_without_scope(item: RecommendationRow) -> bool:
    return item.outcome == Mark.PART and not scope_of(item.conditions)


def record_words(lines: Sequence[Line], post: str, *, is_last: bool) -> tuple[str, ...]:
    """Return what a step is about to record, in counts and sums, and where the panel speaks for it."""
    chosen = [line for line in lines if line.pending is not None]
    counts = Counter(_answer(line) for line in chosen)
    parts = ", ".join(f"{counts[words]} {words}" for words in ANSWERS if counts[words])
    total = money.short_pounds(sum(map(pending_pence, chosen)))
    return (
        f"{post}: {counted(len(chosen), 'line', 'lines')}: {parts}.",
        f"{total} in all.",
        *(_borrowed(chosen) if is_last else ()),
        CANNOT_BE_UNDONE,
    )


def _borrowed(chosen: Sequence[Line]) -> tuple[str, ...]:
    """Say on how many lines with money the panel's own reason is put in as the office's."""
    found = sum(
        line.current_outcome in FUNDED
        and line.pending is not None
        and line.pending.reason == line.panel_reason
        for line in chosen
        if line.panel_reason
    )
    if not found:
        return ()
    count = counted(found, "line", "lines")
    whose = "proposal's" if _are_proposed(chosen) else "panel's own"
    return (f"On {count} the {whose} reason is used as yours. To change one, cancel and open its line.",)


def _are_proposed(lines: Sequence[Line]) -> bool:
    """Whether lines are awards without a competition, which no panel recommends."""
    return bool(lines) and all(line.direct is not None for line in lines)


def unrecorded_words(chosen: int, waiting: int) -> str:
    """Return what is still to do about answers that are not recorded yet, "" where there are none."""
    if not chosen:
        return ""
    if not waiting:
        count = "decision" if chosen == 1 else counted(chosen, "decision", "decisions")
        return f"Every line is answered. One step is left: record the {count}. Until then nothing is decided."
    return f"{chosen:,} answered, {waiting:,} still to answer. Nothing is decided until you record it."


def answered_words(reference: str, at_hand: str, left: str) -> str:
    """Say that a line is answered, which one is at hand by then, and what is left to do."""
    coming = f" {at_hand} is at hand." if at_hand != reference else ""
    return f"{reference} is answered.{coming} {left}"


def _answer(line: Line) -> str:
    assert line.pending is not None, "only chosen lines are told"
    recommended, proposed, as_changed, changed, back = ANSWERS
    if line.pending.verdict == "agree":
        return as_changed if line.changed else recommended if line.direct is None else proposed
    return changed if line.pending.verdict == "change" else back


def agree_all_words(taken: AsRecommended) -> tuple[str, ...]:
    """Return what taking every line as it came puts into the office's mouth, before it does."""
    count = counted(len(taken.helped), "line gets", "lines get")
    whose, came = ("proposal's", "proposed") if taken.is_direct else ("panel's own", "recommended")
    words = [
        f"{count} money and {'has' if len(taken.helped) == 1 else 'have'} no words of yours yet on why it "
        f"reduces crime or helps victims. The {whose} reason is put in; change it on a line "
        "before you record."
    ]
    if not taken.helped:
        words = []
    if taken.wordless:
        words.append(
            f"The panel wrote no reason for an award on {first_of(taken.wordless, 5)}: write one there. "
            f"{'It stays' if len(taken.wordless) == 1 else 'They stay'} open."
        )
    others = sum(decision.application not in taken.changed for decision in taken.ready)
    if others:
        words.append(f"{counted(others, 'other line is', 'other lines are')} taken as {came}.")
    if taken.changed:
        words.append(f"An earlier step changed {first_of(taken.changed, 5)}: taken as changed.")
    return tuple(words)


def pending_pence(line: Line) -> int:
    """Return what an answer that is not recorded yet gives an application."""
    assert line.pending is not None, "only chosen lines are added"
    if line.pending.verdict == "change":
        return line.pending.amount_pence or 0
    if line.pending.verdict == "send_back":
        return 0
    held = line.last if line.last is not None else line.recommended
    return held.amount_pence or 0
