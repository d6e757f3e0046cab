"""The letters that challenges call for: that one has come, and what was found."""

from datetime import date

from msgspec.structs import replace

from models.papers.grant_agreement import gap_words
from models.papers.letters.letter import (
    ACKNOWLEDGEMENT,
    ANSWER,
    CHALLENGE,
    CLOSED,
    Letter,
    OfChallenge,
    letter_to,
)
from models.papers.letters.letters import Letters
from models.papers.office import Office
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS
from models.queries.applications.applications import applications, asked_corrected
from models.queries.applications.endings import erasures
from models.queries.awards.amendments import change_words
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import Change, HeldChallenge, held_challenges
from models.queries.deciding.decisions import decisions
from models.queries.papers.letter_parts.causes import as_told
from models.queries.papers.letter_parts.what_next import headed
from models.queries.papers.paper_texts import texts_by_subject
from models.queries.set_up.office import office_on
from models.session import Session
from models.values.awards import KIND_WORDS, ChallengeKind, Finding
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, by_reference
from scoring.written.days import full_day
from scoring.written.names import is_same_text, names_a_post, speaks_for, untitled
from scoring.written.text import in_one_run, one_line
from scoring.written.working_days import working_day_after

_KINDS = {None: ACKNOWLEDGEMENT, Finding.WITHDRAWN: CLOSED}
REMEDY = "Say it on Challenges with “Change…”, or with the command challenge."
"""Where an acknowledgement's gap is filled."""


def challenge_letters(session: Session, order: PaperOrder) -> Letters:
    """Return the letter on each challenge of a round or an area: that it came, or its answer once found.

    An acknowledgement says what will happen, so it is no letter to send any more beside the answer. Of what
    was erased there is none.
    """
    gone = erasures(session, order.of_round)
    office = office_on(session, order.today)
    rows = by_reference(applications(session, order.of_round))
    here = [
        held
        for held in held_challenges(session)
        if held.round_id == order.of_round
        and held.application not in gone
        and order.area in (None, rows[held.application].area)
    ]
    written = texts_by_subject(session, order.of_round, LETTERS)
    why = {of: one_line(texts.get("why_less")) for of, texts in written.items()}
    asked = asked_corrected(session, order.of_round)
    found = (
        replace(
            _letter(held, rows[held.application], why.get(held.application, "")),
            asked_was=asked.get(held.application, ""),
            challenge=_told(held, rows[held.application], office, order.today),
        )
        for held in here
    )
    every = decisions(session, order.of_round)
    whole = headed(session, order, every, found, is_of_awards=True, is_of_challenges=True)
    nobody = [one.words for one in here if one.challenge.finding is None and not _who(one)]
    gap = gap_words(nobody, "letter names nobody", "letters name nobody", "who looks at it", REMEDY)
    return replace(whole, gaps=(gap,) if gap else ())


def _letter(held: HeldChallenge, row: ApplicationRow, why: str) -> Letter:
    """Return a letter to whoever asks, where they say; to the applicant's address only where that asks.

    It says `why` a new decision gives less than was asked, and to the applicant that an award which one took
    back no longer holds.
    """
    known, changed, was = held.challenge, held.changed_by, held.decision
    is_theirs = _is_applicant(known.asked_by, row, held.organisation)
    had_money = was is not None and bool(was.amount_pence)
    is_taken_back = had_money and isinstance(changed, DecisionRow) and not changed.amount_pence
    name, _, organisation = (part.strip() for part in known.asked_by.partition(","))
    organisation = known.asked_by if names_a_post(organisation) else organisation or name
    is_organisation = any(is_same_text(name, of) for of in (row.organisation, held.organisation))
    letter = replace(
        letter_to(row, _KINDS.get(known.finding, ANSWER), known.received_on),
        reference=f"{held.application}{CHALLENGE}{held.number}",
        organisation=held.organisation,
        contact_name=row.contact_name if is_organisation else name,
        reason=known.grounds if known.finding is None else known.reasons,
        notice="" if was is None else was.notice,
        award=f"{held.application}, challenge {held.number}",
        changes=change_words(changed, full_day) if isinstance(changed, VariationRow) else (),
        why_less=why if changed is not None and _is_less(changed, row) else "",
        is_taken_back=is_taken_back and is_theirs,
        about=KIND_WORDS[known.kind].lower(),
    )
    if not is_theirs:
        letter = replace(letter, organisation=organisation, address=(), email="")
    lines = tuple(line.strip() for line in known.address.splitlines() if line.strip())
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


def _told(held: HeldChallenge, row: ApplicationRow, office: Office, today: date) -> OfChallenge:
    known, changed, of_days = held.challenge, held.changed_by, office.challenge_days[1]
    told = OfChallenge(
        application=held.application,
        received_on=known.received_on,
        is_complaint=known.kind is ChallengeKind.COMPLAINT,
        who=_who(held),
        decision=None if held.decision is None else as_told(held.decision),
    )
    if known.finding is None:
        is_usual = known.due_on == working_day_after(known.received_on, of_days, office.closed_days)
        within = of_days if is_usual else 0
        return replace(told, due_on=known.due_on, within_days=within, is_late=known.due_on < today)
    anew = changed if isinstance(changed, DecisionRow) else None
    is_theirs, waits = _is_applicant(known.asked_by, row, held.organisation), held.waits_for_decision
    return replace(
        told,
        finding=known.finding.value,
        is_upheld=known.finding in (Finding.UPHELD, Finding.PARTLY),
        remedy=in_one_run(known.remedy),
        asked_back_pence=changed.amount_pence if isinstance(changed, Recovery) else 0,
        anew=None if anew is None else as_told(anew),
        decided_by=held.decided_by if anew else "",
        goes_to="" if anew is None or is_theirs else held.organisation,
        is_offered=anew is not None and bool(anew.amount_pence) and held.has_agreement,
        waits=waits,
        stands=changed is None and not (waits or held.decision is None or held.is_withdrawn),
    )


def _who(held: HeldChallenge) -> str:
    """Return who looks at it, with the post; a post alone as "our Chief Executive", "" for nobody yet."""
    name, post = held.challenge.looked_at_by, held.challenge.looked_at_post
    return ", ".join(filter(None, (name, post))) if name or not post else f"our {post}"


def _is_less(changed: Change, row: ApplicationRow) -> bool:
    """Whether a new decision gives some of what was asked, and not all."""
    given = changed.amount_pence if isinstance(changed, DecisionRow) else None
    return bool(given) and given != row.requested_pence
