"""The letters that challenges call for: that one has come, and what was found."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from models.papers.letters.letter import ACKNOWLEDGEMENT, ANSWER, CHALLENGE, CLOSED, Letter, letter_to
from models.papers.letters.letters import MOST_NAMED, Letters
from models.papers.office import Office
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import applications, asked_corrected
from models.queries.awards.amendments import change_words
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import Change, HeldChallenge, held_challenges
from models.queries.deciding.decisions import decisions
from models.queries.papers.letter_parts.causes import NO_LONGER, has_own_change
from models.queries.papers.letter_parts.what_next import headed
from models.queries.papers.paper_texts import texts_by_subject
from models.queries.set_up.office import office_on
from models.session import Session
from models.values.awards import KIND_WORDS, ChallengeKind, Finding
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow
from scoring.money import pounds
from scoring.schedule.lines import PanelOutcome
from scoring.written.days import full_day
from scoring.written.names import is_same_text, names_a_post, speaks_for, untitled
from scoring.written.text import as_sentence, counted, first_of, in_one_run, one_line
from scoring.written.working_days import working_day_after

NO_AWARD = "no award"
REMEDY = "Say it on Challenges with “Change…”, or with the command challenge."
"""Where an acknowledgement's gap is filled."""
NEW_DAY = (
    "Answer, or give a new day on Challenges with “Change…” or with the command: challenge RECORD set NUMBER "
    "--due DATE."
)
"""What helps where the day of an answer is over."""
WHY = (
    "Write it on Exports under Letters to applicants, “Why this amount”, or with the command words as "
    "why_less."
)
"""Where it is said why a new decision gives less than was asked."""
NEXT = "Our letter of offer, which says how to accept it, "
"""What is said of an award that came of a challenge, and then who gets it."""
NEXT_ON_NONE = "Our letter on this decision "
"""What is said of a decision without money that came of one."""


def challenge_letters(session: Session, order: PaperOrder) -> Letters:
    """Return the letter on each challenge of a round or an area: that it came, or its answer once found.

    An acknowledgement says what will happen, so it is no letter to send any more beside the answer.
    """
    office = office_on(session, order.today)
    rows = {row.reference: row for row in applications(session, order.of_round)}
    here = [
        held
        for held in held_challenges(session)
        if held.round_id == order.of_round and order.area in (None, rows[held.application].area)
    ]
    why = texts_by_subject(session, order.of_round, LETTERS)
    asked = asked_corrected(session, order.of_round)
    told = [(held, rows[held.application], asked.get(held.application, "")) for held in here]
    found = (
        replace(_of(held, row, office, order.today, _less(held, row, was, why)), asked_was=was)
        for held, row, was in told
    )
    every = decisions(session, order.of_round)
    whole = headed(session, order, every, found, is_of_awards=True, is_of_challenges=True)
    return replace(whole, gaps=(*_gaps(here), *_overdue(here, order.today), *_unexplained(here, rows, why)))


def _why_less(held: HeldChallenge, texts: Mapping[str, PaperTexts]) -> str:
    """Return why a new decision gives what it gives, as its letter of offer says it; "" unwritten."""
    return one_line(texts.get(held.application, PaperTexts()).get("why_less"))


def _less(held: HeldChallenge, row: ApplicationRow, was: str, texts: Mapping[str, PaperTexts]) -> str:
    """Return why a new decision gives less than was asked, as a sentence; "" where it does not say."""
    why = _why_less(held, texts)
    if not why or held.changed_by is None or not _is_less(held.changed_by, row):
        return ""
    corrected = f" ({was})" if was else ""
    return f"Why it is less than the {pounds(row.requested_pence)}{corrected} asked: {as_sentence(why)}"


def _of(held: HeldChallenge, row: ApplicationRow, office: Office, today: date, why_less: str) -> Letter:
    known = held.challenge
    if known.finding is None:
        return _letter(held, row, tuple(_when(held, office, today)), known.grounds)
    is_closed = known.finding is Finding.WITHDRAWN
    answer = _letter(
        held, row, tuple(_closed(held) if is_closed else _found(held, row, why_less)), known.reasons
    )
    return replace(answer, kind=CLOSED if is_closed else ANSWER)


def _letter(held: HeldChallenge, row: ApplicationRow, points: tuple[str, ...], reason: str) -> Letter:
    """Return a letter to whoever asks, where they say; to the applicant's address only where that asks."""
    asked_by = held.challenge.asked_by
    name, _, organisation = (part.strip() for part in asked_by.partition(","))
    organisation = asked_by if names_a_post(organisation) else organisation or name
    is_organisation = any(is_same_text(name, of) for of in (row.organisation, held.organisation))
    letter = replace(
        letter_to(row, ACKNOWLEDGEMENT, held.challenge.received_on),
        reference=f"{held.application}{CHALLENGE}{held.number}",
        organisation=held.organisation,
        contact_name=row.contact_name if is_organisation else name,
        reason=reason,
        notice="" if held.decision is None else held.decision.notice,
        award=f"{held.application}, challenge {held.number}",
        changes=points,
        about=_kind(held),
    )
    if not _is_applicant(asked_by, row, held.organisation):
        letter = replace(letter, organisation=organisation, address=(), email="")
    lines = tuple(line.strip() for line in held.challenge.address.splitlines() if line.strip())
    if not lines:
        return letter
    email = next((line for line in lines if "@" in line), "")
    return replace(letter, address=tuple(line for line in lines if line != email), email=email)


def _is_applicant(asked_by: str, row: ApplicationRow, called: str) -> bool:
    """Whether somebody who asks is whom the application names, or says that it is the applicant.

    The applicant may be `called` otherwise since it applied.
    """
    name = untitled(asked_by.partition(",")[0].strip())
    is_named = bool(row.contact_name) and is_same_text(name, untitled(row.contact_name))
    return is_named or any(speaks_for(asked_by, name) for name in (row.organisation, called))


def _when(held: HeldChallenge, office: Office, today: date) -> Iterator[str]:
    """Yield what was asked for, about what, and by when it is answered by whom, or that it is late."""
    known = held.challenge
    yield f"We received your {_kind(held)} on {full_day(known.received_on)}."
    yield from _about(held)
    who = _who(held) or "someone"
    aside = ", who had no part in" if _who(held) else " who had no part in"
    yield f"It will be looked at by {who}{aside} {_at_issue(held)}."
    usual = working_day_after(known.received_on, office.challenge_days[1], office.closed_days)
    within = counted(office.challenge_days[1], "working day") if known.due_on == usual else ""
    after = f", {within} after it came" if within else ""
    by = f"in writing by {full_day(known.due_on)}{after}"
    if known.due_on < today:
        late = f"We should have answered you {by}, and have not."
        yield f"{late} We are sorry, and will do so as soon as we can."
    else:
        yield f"We will answer you {by}."


def _who(held: HeldChallenge) -> str:
    """Return who looks at it, with the post; a post alone as "our Chief Executive", "" for nobody yet."""
    name, post = held.challenge.looked_at_by, held.challenge.looked_at_post
    return ", ".join(filter(None, (name, post))) if name or not post else f"our {post}"


def _gaps(here: Iterable[HeldChallenge]) -> Iterator[str]:
    """Yield in a sentence which challenges wait for an answer, and nobody is named who looks at them."""
    found = [one.words for one in here if one.challenge.finding is None and not _who(one)]
    if found:
        many = counted(len(found), "letter names nobody", "letters name nobody")
        yield f"{many} who looks at it: {first_of(found, MOST_NAMED)}. {REMEDY}"


def _overdue(here: Iterable[HeldChallenge], today: date) -> Iterator[str]:
    """Yield in a sentence which challenges are not answered yet, and the day for that is over."""
    found = [one.words for one in here if one.challenge.finding is None and one.challenge.due_on < today]
    if found:
        many = counted(
            len(found), "letter says that its answer is late", "letters say that their answer is late"
        )
        yield f"{many}: {first_of(found, MOST_NAMED)}. {NEW_DAY}"


def _unexplained(
    here: Iterable[HeldChallenge], rows: Mapping[str, ApplicationRow], texts: Mapping[str, PaperTexts]
) -> Iterator[str]:
    """Yield in a sentence which answers tell of less than was asked and give no reason."""
    found = [
        one.words
        for one in here
        if isinstance(one.changed_by, DecisionRow)
        and _is_less(one.changed_by, rows[one.application])
        and not (_why_less(one, texts) or has_own_change(one, one.changed_by))
    ]
    if found:
        many = counted(len(found), "answer tells", "answers tell")
        yield f"{many} of an award of less than was asked and not why: {first_of(found, MOST_NAMED)}. {WHY}"


def _at_issue(held: HeldChallenge) -> str:
    """Return what it is about, as a sentence ends; a complaint may come where nothing is decided."""
    return "what it is about" if held.decision is None else "the decision"


def _found(held: HeldChallenge, row: ApplicationRow, why_less: str) -> Iterator[str]:
    """Yield what was found, by whom, and what follows; of less than was asked, why it is that much."""
    known = held.challenge
    assert known.finding is not None, "an answer says what was found"
    yield f"Your {_kind(held)} of {full_day(known.received_on)} is {known.finding.value}."
    yield from _about(held)
    who = _who(held)
    if who:
        yield f"It was looked at by {who}, who had no part in {_at_issue(held)}."
    if known.kind is ChallengeKind.COMPLAINT and _is_upheld(held):
        yield "We are sorry for what went wrong."
    if known.remedy:
        yield f"What we will do: {as_sentence(in_one_run(known.remedy))}"
    if held.changed_by is not None:
        yield _changed(held, held.changed_by, row)
        if why_less:
            yield why_less
        yield from _is_over(held, row)
    elif held.waits_for_decision:
        yield "We will take a new decision on it and tell you. Until then the earlier decision stands."
    elif held.decision is not None and not held.is_withdrawn:
        yield "The decision itself stands." if _is_upheld(held) else "The decision stands."


def _about(held: HeldChallenge) -> Iterator[str]:
    """Yield the decision that is challenged; a complaint may be about anything in how it was dealt with."""
    if held.decision is None:
        return
    if held.challenge.kind is ChallengeKind.COMPLAINT:
        yield f"It concerns application {held.application}, on which we decided on {_taken(held.decision)}."
    else:
        yield f"It is about our decision of {named_decision(held.decision)}."


def _is_upheld(held: HeldChallenge) -> bool:
    return held.challenge.finding in (Finding.UPHELD, Finding.PARTLY)


def _closed(held: HeldChallenge) -> Iterator[str]:
    """Yield that whoever asked took it back, so that nothing was looked into and what was decided holds."""
    known = held.challenge
    yield (
        f"You withdrew your {_kind(held)} of {full_day(known.received_on)}, so we have closed it and do not "
        "look into it any further."
    )
    if held.decision is not None and not held.is_withdrawn:
        yield f"Our decision of {named_decision(held.decision)}, stands."


def _taken(decision: DecisionRow) -> str:
    """Return a decision and what it came to: "2 December 2026, notice 031/2026: an award of £4,500"."""
    return f"{full_day(decision.signed_on)}, notice {decision.notice}: {_result(decision)}"


def named_decision(decision: DecisionRow) -> str:
    """Return a decision within a sentence: "2 December 2026 (notice 031/2026), an award of £4,500"."""
    result = _result(decision)
    which = "which made no award" if result == NO_AWARD else result
    return f"{full_day(decision.signed_on)} (notice {decision.notice}), {which}"


def _result(decision: DecisionRow) -> str:
    """Return what was decided, in words."""
    if decision.amount_pence:
        return f"an award of {pounds(decision.amount_pence)}"
    return "a place on the reserve list" if decision.outcome == PanelOutcome.RESERVE else NO_AWARD


def _changed(held: HeldChallenge, changed: Change, row: ApplicationRow) -> str:
    """Return what was done on a challenge, as a sentence to whoever made it; letters go to the applicant."""
    if isinstance(changed, Recovery):
        return f"{pounds(changed.amount_pence)} is asked back."
    if isinstance(changed, VariationRow):
        return f"The award is varied: {'; '.join(change_words(changed, full_day))}."
    again = (
        f"{f'{held.decided_by},' if held.decided_by else 'We'} took the decision again on {_taken(changed)}."
    )
    is_to_them = _is_applicant(held.challenge.asked_by, row, held.organisation)
    goes = "follows." if is_to_them else f"goes to {held.organisation}."
    if changed.amount_pence and held.has_agreement:
        return again  # the letter of offer went before it
    return f"{again} {NEXT if changed.amount_pence else NEXT_ON_NONE}{goes}"


def _is_less(changed: Change, row: ApplicationRow) -> bool:
    """Whether a new decision gives some of what was asked, and not all."""
    given = changed.amount_pence if isinstance(changed, DecisionRow) else None
    return bool(given) and given != row.requested_pence


def _is_over(held: HeldChallenge, row: ApplicationRow) -> Iterator[str]:
    """Yield to the applicant that an award which a new decision took back no longer holds."""
    now, was = held.changed_by, held.decision
    is_taken_back = isinstance(now, DecisionRow) and not now.amount_pence
    had_money = was is not None and bool(was.amount_pence)
    if is_taken_back and had_money and _is_applicant(held.challenge.asked_by, row, held.organisation):
        yield f"{NO_LONGER}."


def _kind(held: HeldChallenge) -> str:
    return KIND_WORDS[held.challenge.kind].lower()
