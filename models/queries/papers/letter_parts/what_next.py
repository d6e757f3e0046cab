"""What stands on the letters of a round: the office, who answers questions, and what happens next."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from models.papers.letters.letter import (
    DEFER,
    INCOMPLETE,
    INELIGIBLE,
    PART_OFFER,
    UNDECIDED,
    Letter,
    letter_to,
)
from models.papers.letters.letters import Letters
from models.papers.office import Office
from models.papers.order import PaperOrder
from models.papers.texts import FEEDBACK, NEXT_TEXTS, UNMET, PaperTexts
from models.queries.awards.agreements import grant_now, is_amount_varied
from models.queries.awards.amendments import changes_since
from models.queries.awards.award_rows import AwardRow
from models.queries.papers.notices.lines import contact
from models.queries.papers.notices.signatures import notice_numbers
from models.queries.papers.paper_texts import paper_head, paper_texts, signed_as
from models.queries.retention.retention import years
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import area_dates, rounds
from models.session import Session
from models.values.recommending import DecisionRow
from scoring.schedule.lines import PanelOutcome
from scoring.written.text import paragraphs, with_capital

NOT_NAMED = "Still to be written: which published condition was not met."
NO_REASON = "Still to be written: why this amount."
"""Stand in a letter that is shown and not written yet."""


def with_next(letter: Letter, texts: PaperTexts, today: date) -> Letter:
    """Return the letter of what goes on with what somebody wrote on what comes next.

    What was written of an application that is not complete takes the place of what the checks found, and it
    is not asked for by a day that is past; a condition that was written stands before it.
    """
    if letter.leaves_out:
        letter = replace(letter, still=paragraphs(texts.get(FEEDBACK.code)))
    if letter.kind not in NEXT_TEXTS:
        return letter
    if letter.kind == INCOMPLETE:
        missing = tuple(map(with_capital, paragraphs(texts.get("wanted"))))
        lacks = letter.lacks_words and not missing
        send_by = texts.day("send_by") or letter.send_by
        send_by = None if send_by is None or send_by < today else send_by
        waits = letter.is_unchecked and send_by is None  # it asks for what is missing, and refuses nothing
        found = replace(letter, points=missing or letter.points, send_by=send_by, lacks_words=lacks)
        return replace(found, is_unchecked=waits, answer_by=texts.day("answer_by") if send_by else None)
    if letter.kind == INELIGIBLE:
        return _with_condition(letter, paragraphs(texts.get(UNMET.code)))
    if letter.kind == PART_OFFER:
        written = texts.get("why_less")
        letter = replace(letter, less=None, why_less=written) if written else letter
        lacks = letter.lacks_words and not (letter.less or letter.why_less)
        return replace(letter, why_less=NO_REASON if lacks else letter.why_less, lacks_words=lacks)
    return replace(
        letter,
        wanted=paragraphs(texts.get("wanted")),
        send_by=texts.day("send_by"),
        answer_by=texts.day("answer_by"),
        referred_to=texts.get("referred_to"),
    )


def _with_condition(letter: Letter, unmet: Sequence[str]) -> Letter:
    if not unmet:
        return replace(letter, points=(NOT_NAMED, *letter.points)) if letter.lacks_words else letter
    return replace(letter, points=(*unmet, *letter.points), lacks_words=False)


def next_round(session: Session, round_id: int, today: date) -> tuple[str, date] | None:
    """Return the round of the same fund that opens next after a day, and when; None where none is set up."""
    every = rounds(session)
    fund = next(line.fund_code for line in every if line.round_id == round_id)
    opens = (
        (one.opens_on, line.round_id, line.name)
        for line in every
        if line.fund_code == fund and line.round_id != round_id
        for one in area_dates(session, line.round_id).values()
        if one.opens_on and one.opens_on > today
    )
    first = min(opens, default=None)
    return None if first is None else (first[2], first[0])


def as_it_stands(
    letter: Letter, award: AwardRow, today: date, *, is_settled: bool, lacks_outcomes: bool = False
) -> Letter:
    """Return the letter of an award as that stands: changed, signed, paid, asked back, taken over.

    Where it `is_settled` the award says what it is for, also where it is less than was asked. A change of
    the amount that was signed says itself what it leaves out. One that `lacks_outcomes` says so.
    """
    is_change = award.agreed_on is not None and is_amount_varied(award)
    signed = award.signed_as(award.varied[-1]) if award.varied else award.agreed_on
    if award.successor is not None and signed is not None and signed < award.successor.from_on:
        signed = None  # by who had the award before
    start_on, end_on = award.terms.start_on or letter.start_on, award.terms.end_on or letter.end_on
    who = letter if award.successor is None else letter_to(award.recipient_on(today), "")
    return replace(
        letter,
        **{name: getattr(who, name) for name in ("organisation", "contact_name", "address", "email")},
        since=changes_since(award),
        due=tuple(map(award.due_on, award.instalments)),
        start_on=start_on,
        end_on=end_on,
        is_varied=bool(award.varied),
        keeps_days=bool(award.varied) and (start_on, end_on) == (letter.start_on, letter.end_on),
        is_agreed=award.agreed_on is not None,
        signed_on=signed,
        now=grant_now(
            award,
            award.instalments,
            leaves_open=not (is_settled or is_change) and award.amount_pence < letter.asked_pence,
            lacks_outcomes=lacks_outcomes,
        ),
    )


def once_closed(letter: Letter) -> Letter:
    """Return a letter as its closed round leaves it.

    The reserve list ended with the round; what is not decided is asked for nothing and hears of no decision.
    """
    if letter.kind == PanelOutcome.RESERVE:
        return replace(letter, kind=PanelOutcome.DECLINE.value, reason="", held=None, is_list_ended=True)
    if letter.kind in (UNDECIDED, DEFER):
        return replace(letter, wanted=(), send_by=None, answer_by=None, is_over=True)
    if letter.kind == INCOMPLETE:
        return replace(letter, is_money_spent=False, send_by=None, answer_by=None, is_open=False)
    return letter


def headed(
    session: Session,
    order: PaperOrder,
    every: Sequence[DecisionRow],
    found: Iterable[Letter],
    **own: Any,
) -> Letters:
    """Return letters with what stands on each; `every` decision of the round tells who answers questions.

    `own` says what letters they are, and what else is of them alone.
    """
    line, office = round_facts(session, order.of_round, order.today).line, office_on(session, order.today)
    kept = years(session, order.of_round)
    of_notices = (
        paper_texts(session, order.of_round, "notice", of) for of in reversed(notice_numbers(every))
    )
    named = next(
        filter(None, (contact(texts, Office()) for texts in of_notices)), contact(PaperTexts(), office)
    )
    return Letters(
        **paper_head(session, order, line, letterhead=signed_as(office, order.kind)),
        contact=named,
        letters=tuple(found),
        challenge_days=office.challenge_days,
        agreement_days=office.agreement_days,
        next_round=next_round(session, order.of_round, order.today),
        kept_for=(kept.awarded_words, kept.declined_words),
        **own,
    )
