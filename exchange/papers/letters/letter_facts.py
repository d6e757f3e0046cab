"""What the template of a letter is filled with: the letter, the office that sends it, and its day."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.paper_writing import named
from exchange.pdf.type_width import UPRIGHT, reached_lines
from models.papers.grant_agreement import AgreedPart, AgreedPayment, still_asked
from models.papers.kinds import sums_of
from models.papers.letters.letter import GrantNow, Letter
from models.papers.letters.letters import DAYS_TO_PAY_BACK, Letters
from models.papers.paper_words import PENCE, paper_sentence
from models.papers.status import PaperStatus
from models.reference.reporting import year_ends_on
from models.values.awards import DAYS_TO_PAY, MORE, ON_THE_DAY, trigger_words, waits_for_a_day
from scoring.money import one_form
from scoring.schedule.values import COMMISSIONER, MAYORS
from scoring.written.names import salutation
from scoring.written.text import as_lines, as_sentences, listed, paragraphs, with_article


class Payment(AgreedPayment, frozen=True):
    """A payment on the day of a letter.

    Where it waits for its day alone it is not `after` anything, "". It `is_next` where the agreement's next
    version is to be signed, and `is_awaited` where its recipient has still to send what it waits for.
    """

    is_next: bool = False
    is_awaited: bool = False


def payments_of(letter: Letter, today: date) -> tuple[Payment, ...]:
    """Return what is paid, then what is late, then what is to come."""
    first = {"paid": 0, "was due": 1}
    return tuple(sorted(_each(letter, today), key=lambda one: first.get(one.state, len(first))))


def _each(letter: Letter, today: date) -> Iterator[Payment]:
    now = letter.now or GrantNow()
    days = zip_longest(letter.payments, letter.due, now.paid_on, now.proof_on)
    for (pence, trigger), *known in islice(days, len(letter.payments)):
        part = AgreedPart(pence, trigger.strip(), *known)
        if part.due_on is None and part.waits_for_signature and letter.signed_on and letter.now:
            part = replace(part, due_on=letter.signed_on + timedelta(days=DAYS_TO_PAY))
        is_any = (letter.has_agreement or bool(letter.paid_pence)) and part.trigger != MORE
        is_signed = letter.signed_on is not None or is_any
        state, on = part.state(today, is_signed=is_signed, is_held=bool(now.held_for))
        is_free = part.waits_for_signature or part.trigger.casefold() == ON_THE_DAY
        after = "" if is_free else trigger_words(part.trigger)
        is_awaited = bool(after) and part.proof_on is None and not waits_for_a_day(part.trigger)
        is_left = state != "paid"
        yield Payment(
            pence,
            after,
            state,
            on,
            is_next=is_left and part.trigger == MORE,
            is_awaited=is_left and is_awaited,
        )


DAYS_TO_CHALLENGE = 28
"""How long a decision may be challenged as a rule."""
_SIGNS = re.compile(r"[\W_]+")


class Told(Struct, frozen=True):
    """What is told of a criterion: the published word for its mark and the reason, "" for none."""

    criterion: str
    word: str
    reason: str


class LetterFacts(Letter, frozen=True, kw_only=True):
    """A letter with what stands on every letter of its office.

    `write_to`, `contact` and `send_to` are where somebody writes, who answers questions, and where papers go
    back; `office_email` is "" where there is none. `complaints`, `privacy` and `information` are the office's
    own words, a paragraph each; days are 0 where it says none. `why` are the lines of the reason that the
    feedback, `told`, does not say as well; `bound` are the conditions as sentences. `stands` is how the grant
    stands. The year's money `ends_on` a day, None where that is past.
    """

    draft: tuple[str, ...]
    office: str
    short_name: str
    commissioner: tuple[str, ...]
    reached: tuple[str, ...]
    website: str
    office_email: str
    contact: str
    write_to: str
    send_to: str
    signatory: tuple[str, ...]
    complaints: tuple[str, ...]
    privacy: tuple[str, ...]
    information: tuple[str, ...]
    standing: tuple[tuple[str, str], ...]
    fund: str
    round: str
    year: str
    today: date
    greeting: str
    closing: str
    challenge_by: date
    answered_days: int
    sign_within_days: int
    agreement_days: int
    next_round: str
    next_opens_on: date | None
    kept_awarded: str
    kept_others: str
    ends_on: date | None
    pays_back_by: date
    stands: GrantNow
    is_payment_late: bool
    parts: tuple[Payment, ...]
    told: tuple[Told, ...]
    why: tuple[str, ...]
    bound: tuple[str, ...]

    @property
    def titled(self) -> str:
        return self.project or self.organisation


def has_pence(letter: Letter) -> bool:
    """Whether a letter's sums are written with pence, as one of them has some."""
    held = letter.now.held_for if letter.now and letter.payments else ""
    of_challenge = (letter.challenge.remedy, letter.why_less) if letter.challenge else ()
    said = (letter.since, *letter.changes, held, *of_challenge)
    return letter.has_pence or any(map(PENCE.search, said)) or any(pence % 100 for pence in sums_of(letter))


def letter_facts(letters: Letters, letter: Letter, status: PaperStatus) -> LetterFacts:
    """Return what a letter's template is filled with."""
    head, today = letters.letterhead, letter.dated_on or status.made_at.date()
    own, greets, ends = dict(head.words), salutation(letter.contact_name), year_ends_on(letters.year)
    said = {name: getattr(letter, name) for name in Letter.__struct_fields__}
    awarded, others = letters.kept_for or ("", "")
    opens, parts = letters.next_round or ("", None), payments_of(letter, today)
    over = (letters.marking if letter.is_withheld else "", status.words if status.is_draft else "")
    is_commissioner, words = (COMMISSIONER, *MAYORS), dict(letter.mark_words)
    with one_form(has_pence=has_pence(letter)):
        bound = tuple(map(paper_sentence, still_asked(letter.conditions, is_signed=letter.has_agreement)))
    return LetterFacts(
        **(said | {"has_pence": has_pence(letter)}),
        draft=tuple(filter(None, over)),
        office=named(letters),
        short_name=head.short_name or named(letters),
        commissioner=_parts(next((who for what, who in head.people if what in is_commissioner), "")),
        reached=reached_lines(head.reached, UPRIGHT),
        website=head.website,
        office_email=office_email(letters),
        contact=whom_to_ask(letters),
        write_to=to_write_to(letters),
        send_to=to_office(letters),
        signatory=_parts(head.signatory),
        complaints=paragraphs(own.get("Complaints", "")),
        privacy=paragraphs(own.get("Privacy", "")),
        information=paragraphs(own.get("Freedom of information", "")),
        standing=tuple((heading, " ".join(text.split())) for heading, text in head.words),
        fund=letters.fund,
        round=letters.round,
        year=letters.year,
        today=today,
        greeting=greets.opening,
        closing=greets.closing,
        challenge_by=today + timedelta(days=DAYS_TO_CHALLENGE),
        answered_days=letters.challenge_days[1] if letters.challenge_days else 0,
        sign_within_days=letters.sign_within_days or 0,
        agreement_days=letters.agreement_days or 0,
        next_round=opens[0],
        next_opens_on=opens[1],
        kept_awarded=awarded,
        kept_others=others,
        ends_on=None if ends is None or ends < today else ends,
        pays_back_by=letter.pay_back_by or letters.pay_back_by or today + timedelta(days=DAYS_TO_PAY_BACK),
        stands=letter.now or GrantNow(),
        is_payment_late=any(one.state == "was due" for one in parts),
        parts=parts,
        told=tuple(
            Told(of, words.get(of, ""), as_sentences(reason) if reason else "")
            for of, reason in letter.feedback
        ),
        why=tuple(_why(letter)),
        bound=bound,
    )


def _parts(who: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in who.split(",", 1) if part.strip())


def _why(letter: Letter) -> Iterator[str]:
    """Yield why in somebody's words, without what the feedback says that stands below it.

    Reasons are often drafted from the agreed marks' reasons, which are the feedback: a refusal would begin
    with what was good, and say it again.
    """
    said = {_bare(text) for heading, reason in letter.feedback for text in (reason, f"{heading}: {reason}")}
    kept = [line for line in letter.reason.splitlines() if line.strip() and _bare(line) not in said]
    own = () if _is_feedback_alone(" ".join(kept), letter) else kept
    for words in (letter.decline_words, "\n".join(own), *letter.still):
        yield from as_lines(words)


def _is_feedback_alone(text: str, letter: Letter) -> bool:
    left = _bare(text)
    for heading, reason in sorted(letter.feedback, key=lambda each: len(each[1]), reverse=True):
        left = left.replace(_bare(f"{heading} {reason}"), "").replace(_bare(reason), "")
    return not left.strip()


def _bare(text: str) -> str:
    """Return the words of a text by which one says again what another says, however their lines end."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def office_email(letters: Letters) -> str:
    return letters.letterhead.email or dict(letters.contact).get("E-mail", "")


def to_office(letters: Letters) -> str:
    """Return to whom something goes back, as a sentence goes on: an address, else a person, else "us"."""
    return office_email(letters) or next((text for _, text in letters.contact), "us")


def to_write_to(letters: Letters) -> str:
    """Return where somebody writes: the office's address in full as far as it is known, else its name."""
    head = letters.letterhead
    post = ", ".join(line.strip() for line in head.address.splitlines() if line.strip())
    ways = [way for way in (head.email, post) if way]
    return " or ".join(ways) or contact_of(letters.contact) or with_article(named(letters))


def whom_to_ask(letters: Letters) -> str:
    """Return who answers questions and how, the office itself where it named nobody."""
    if asked := contact_of(letters.contact):
        return asked
    reached = _reached(letters.letterhead.telephone, letters.letterhead.email)
    office = with_article(named(letters))
    return f"{office}, {reached}" if reached else office


def contact_of(contact: Iterable[tuple[str, str]]) -> str:
    """Return who answers questions and how: "Tess Example, Officer, on 01905 555 0100 or at a@b.example"."""
    said = dict(contact)
    reached = _reached(said.get("Telephone", ""), said.get("E-mail", ""))
    who = said.get("Contact officer", "")
    return f"{who}, {reached}" if who and reached else f"us {reached}" if reached else who


def _reached(telephone: str, email: str) -> str:
    """Return how somebody is reached: "on 01905 555 0100 or at a@b.example"."""
    ways = (("on", telephone), ("at", email))
    return listed([f"{word} {text}" for word, text in ways if text], "or")
