"""The sentences of a letter that are made of its values: the decision, the payments, what to do next."""

from collections.abc import Callable, Iterable

from exchange.papers.headed import named
from exchange.papers.paper_words import PENCE
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import (
    AT_GATES,
    DIRECT_OFFER,
    INCOMPLETE,
    ON_CHALLENGES,
    RECEIVED,
    RECOVERY,
    SUBSIDY_NOTICE,
    UNDECIDED,
    VARIATION,
    WITHDRAWN,
)
from models.papers.letters.letters import Letters
from scoring.counted import counted, listed, noun
from scoring.money import average_pounds, column_money, with_noughts, without_noughts
from scoring.written.days import full_day
from scoring.written.text import cardinal, paragraphs, with_article

CHALLENGE = (
    "If you think that {}, please write to {}, give your reference and say what you think went wrong, within "
    "28 days of this letter if you can. Someone who had no part in the decision will look at it and answer "
    "you in writing{}."
)
NEXT_STEP = (
    "If you think that we have not dealt with this as we should, please write to {} and say why. We will "
    "tell you what the next step of our complaints procedure is."
)
FEEDBACK = " You may also ask us for {}feedback."
PRIVACY = (
    "We use what you sent us to decide on grants, to manage them and to account for public money. "
    "These are tasks in the public interest that the law gives us, which is our lawful basis. Those who "
    "assess, pay and audit grants see it, and we keep {}. {} "
    "To ask what we hold about you, to have it corrected or to object, write to {}. You may also complain to "
    "the Information Commissioner, at ico.org.uk."
)
PUBLISHED = "We publish awards with the recipient's name, the amount and the reason."
WITHHELD = (
    "Your name is withheld from what we publish: we publish the award without it, and without anything else "
    "that would tell who or where you are."
)
"""What is said of both where the office has no standing words of its own."""
NOT_BEFORE = (
    "Please do not spend any of the grant before both of us have signed the agreement, or before the project "
    "starts."
)
"""From when a grant may be spent, in letter and agreement alike."""
CONFIRM_FIRST = (
    "First confirm in writing, as our notice of minimal financial assistance asks, that this grant does not "
    "take you over the limit: nothing is signed before that."
)
"""What comes before the signature, in letter and agreement alike."""
WHICH_PART = "which part of your application you will do with this amount"
OTHER_DAYS = "If the project cannot start on {} because of that, tell us other days in the same answer."
"""How a project is moved that would start while it is still agreed what it does."""
NO_OUTCOMES = "what the grant is to bring about, and how that will be known"
"""What a recipient tells while nobody settled it, in letter and agreement alike."""


def money_of(letter: Letter) -> Callable[[int | None], str]:
    """Return how a letter's sums are written: without pence where none of them has any."""
    held_for = letter.now.held_for if letter.now and letter.payments else ""
    said = (letter.since, letter.replaces, letter.why_reserve, *letter.changes, held_for)
    in_words = 1 if letter.has_pence or any(map(PENCE.search, said)) else None
    return column_money((*letter.printed_pence, in_words), is_apart=True)


def asked_of(letter: Letter) -> str:
    """Return what was asked for, and that it was corrected where it is not as submitted."""
    was = f" ({letter.asked_was})" if letter.asked_was else ""
    return f"{money_of(letter)(letter.asked_pence)}{was}"


def is_long(letter: Letter) -> bool:
    """Whether a letter's sums are written with pence."""
    return money_of(letter)(0) == average_pounds(0)


def sums_as_in(letter: Letter, words: str) -> str:
    """Return a sentence of the record with its sums written as a letter's figures are."""
    return with_noughts(words) if is_long(letter) else without_noughts(words)


def decision_of(letter: Letter) -> str:
    """Return when, by whom and in which notice it was decided."""
    who = f" by {letter.decided_by}" if letter.decided_by else ""
    who += "," if "," in who and letter.notice else ""
    notice = f" and is recorded in notice {letter.notice}" if letter.notice else ""
    taken = f"The decision was taken on {full_day(letter.decided_on)}{who}{notice}."
    if letter.replaces:
        comma = "" if letter.replaces.startswith("of ") else ","
        was = sums_as_in(letter, letter.replaces)
        taken = f"{taken} It takes the place of our earlier decision{comma} {was}."
    taken = f"{taken} The grant has the number {letter.number}." if letter.number else taken
    changed = f"It has changed since: {sums_as_in(letter, letter.since)}." if letter.since else ""
    if letter.asked_was and letter.kind == "offer":
        taken = f"The amount asked for was {letter.asked_was}. {taken}"
    return " ".join(filter(None, (taken, changed, letter.passed_over, paid_back(letter), instead_of(letter))))


def instead_of(letter: Letter) -> str:
    """Return which letter this takes the place of, "" where it is the first."""
    if letter.instead_of is None:
        return ""
    is_today = letter.instead_of == letter.dated_on
    before = "the one that we dated the same day" if is_today else f"ours of {full_day(letter.instead_of)}"
    return f"This letter takes the place of {before}."


def checked_of(letter: Letter) -> str:
    """Return who found, and when, that an application is not eligible; the day it was typed tells nothing."""
    before = "" if letter.is_after_panel else "before the panel scored any application"
    if not letter.decided_by and letter.recorded_on is not None:
        return "Our office decided this." if letter.recorded_by else ""  # it was recorded later
    if not letter.decided_by:
        return f"{' '.join(filter(None, ('Our office decided this', before)))}."
    day = ", ".join(filter(None, (full_day(letter.decided_on), before)))
    return f"{letter.decided_by} decided this for our office on {day}."


def withdrawn_of(letter: Letter) -> str:
    """Return that an application is withdrawn, since when if that is known, and that no grant is paid."""
    since = (
        "is withdrawn" if letter.withdrawn_on is None else f"was withdrawn on {full_day(letter.withdrawn_on)}"
    )
    said = f"This letter confirms that it {since}."
    if letter.was_pence is None:
        return f"{said} We will not consider it any further."
    was = money_of(letter)(letter.was_pence)
    return f"{said} The grant of {was} that was decided on it is not taken up, and will not be paid."


def kept_words(letters: Letters, letter: Letter) -> str:
    """Return how somebody who withdrew has what they sent erased."""
    return (
        f"We keep what you sent us for {_time_kept(letters, letter)}. You may ask us to erase it "
        f"before that: write to {to_write_to(letters)}, and give the reference {letter.reference}. We will "
        "tell you in writing when it is done, or why we must keep some of it."
    )


def answers_of(letter: Letter) -> str:
    """Return that a letter is the answer to a challenge, or that it takes the place of the one before."""
    about = f"“{letter.project or letter.organisation}”"
    if letter.instead_of is None:
        return f"Thank you for writing to us about {about}. This letter is our answer."
    first = f"We wrote to you about {about} on {full_day(letter.instead_of)}."
    return f"{first} This letter takes the place of that one, and is our answer as it now stands."


def period_of(letter: Letter) -> str:
    """Return when the project runs, as far as the application says it."""
    start, end = letter.start_on, letter.end_on
    project = "The project now" if letter.since and not letter.keeps_days else "The project"
    if start is not None and end is not None:
        return f"{project} runs from {full_day(start)} to {full_day(end)}."
    if start is not None:
        return f"{project} starts on {full_day(start)}."
    if end is not None:
        return f"{project} ends on {full_day(end)}."
    return "The agreement names the days from and until which it runs." if letter.kind == DIRECT_OFFER else ""


def place_of(letter: Letter) -> str:
    """Return the place that an application took, where the office tells it."""
    if not letter.place:
        return ""
    if letter.place.startswith("the only one"):
        return f"Your application was {letter.place}."
    return f"Your application was placed {letter.place}."


def how_paid(letter: Letter) -> str:
    """Return in how many parts it is paid; the parts stand below it, of a grant that changed as they are."""
    many, now = len(letter.payments), letter.now
    is_whole = now is not None and now.is_all_paid
    if letter.since:
        paid = f"As the grant now stands it {'was' if is_whole else 'is'} paid"
    elif is_whole:
        paid = "We have paid the grant"
    else:
        paid = "The grant is paid" if now is not None and any(now.paid_on) else "We will pay the grant"
    return f"{paid} in {cardinal(many)} {noun(many, 'payment')}:" if many else ""


def paid_back(letter: Letter) -> str:
    """Return what of an offered grant was asked back and came, "" where nothing did."""
    now, show = letter.now, money_of(letter)
    if now is None:
        return ""
    said = []
    if asked := now.asked_back_pence:
        of_it = f"Since then we have asked you to pay {show(asked)} of it back"
        came, left = now.came_of_it_pence, now.to_pay_back_pence
        if not left:
            of_it = f"{of_it}, and all of that came, thank you"
        elif came:
            of_it = f"{of_it}; {show(came)} of that came, thank you, and {show(left)} is still to be paid"
        said.append(f"{of_it}.")
    if other := now.other_back_pence:
        said.append(f"{show(other)} of it came back without our asking, thank you.")
    return " ".join(said)


def on_less_of(letter: Letter) -> str:
    """Return what whoever is offered less than was asked does about that; nothing once it is agreed."""
    if letter.has_agreement:
        return ""
    return (
        "Please tell us, before you sign, what you can do with this amount. You may decline the offer if the "
        "project cannot go ahead on it."
    )


def office_address(letters: Letters) -> str:
    """Return the e-mail address to which a signed agreement goes, "" where none is known."""
    return letters.letterhead.email or dict(letters.contact).get("E-mail", "")


def to_office(letters: Letters) -> str:
    """Return to whom something goes back, as a sentence goes on: an address, else a person, else "us"."""
    return office_address(letters) or next((text for _, text in letters.contact), "us")


def within_days(letters: Letters) -> str:
    """Return how long the agreement may take to come back, nothing where no time is set."""
    days = letters.sign_within_days
    return (
        "" if days is None else f" by the day that it names, at least {counted(days, 'day')} after its date"
    )


def why_in_reserve(letter: Letter) -> str:
    """Return that an application is on the reserve list, and why it was not given money."""
    why = sums_as_in(letter, letter.why_reserve) or "no money is awarded to it for now"
    return f"It is on the reserve list: it was found worth funding, but {why}."


def standing_words(letters: Letters, heading: str, otherwise: str) -> tuple[str, ...]:
    """Return the office's standing words under a heading, a paragraph each, or what is said without any."""
    said = dict(letters.letterhead.words).get(heading, "") or otherwise
    return paragraphs(said)


def challenge_lines(letters: Letters, letter: Letter) -> tuple[str, ...]:
    """Return how a decision may be challenged, in the office's own words where it has some.

    Where nobody decided there is nothing to disagree with.
    """
    if letter.kind in (UNDECIDED, WITHDRAWN, RECEIVED):
        return ()
    return standing_words(letters, "Complaints", _challenge_words(letters, letter))


def next_step(letters: Letters) -> str:
    """Return what somebody may do who is not content with the answer to a challenge."""
    return NEXT_STEP.format(to_write_to(letters))


def _challenge_words(letters: Letters, letter: Letter) -> str:
    """Return how a decision may be challenged, and in how many working days the office answers.

    Nothing in what acknowledges a challenge or answers it, which says itself where to go on; an award has
    an agreement, and no feedback, nor has what nobody competed for or assessed.
    """
    if letter.kind in ON_CHALLENGES:
        return ""
    is_award, is_direct = letter.kind in (VARIATION, RECOVERY), letter.kind == DIRECT_OFFER
    wrong = "the decision is wrong" if is_direct else "this was not decided as the published rules say"
    wrong = f"your application was complete, or {wrong}" if letter.kind == INCOMPLETE else wrong
    wrong = "this was not decided as the rules and your agreement say" if is_award else wrong
    more = "more " if letter.feedback or letter.points else ""
    has_none = is_award or is_direct or letter.kind in (*AT_GATES, SUBSIDY_NOTICE)
    feedback = "" if has_none else FEEDBACK.format(more)
    return CHALLENGE.format(wrong, to_write_to(letters), _answered(letters)) + feedback


def privacy_words(letters: Letters, letter: Letter) -> tuple[str, ...]:
    """Return how what somebody sent is used; a name that is withheld is not said to be published."""
    own = standing_words(letters, "Privacy", "")
    if own:
        return (*own, WITHHELD) if letter.is_withheld else own
    published = WITHHELD if letter.is_withheld else PUBLISHED
    return (PRIVACY.format(_kept_for(letters, letter), published, to_write_to(letters)),)


def _kept_for(letters: Letters, letter: Letter) -> str:
    """Return what is kept for how long: whoever gets no decision or withdrew reads of their own alone."""
    if letters.kept_for is None or (letter.kind == WITHDRAWN and letter.answer_by is None):
        return f"it for {_time_kept(letters, letter)}"
    awarded, others = letters.kept_for
    return (
        f"an application that is given money for {awarded} after the financial year of the grant closes, any "
        f"other for {others} after the decision on it, or, where nobody decides on it, after the "
        "financial year of the round closes"
    )


def _time_kept(letters: Letters, letter: Letter) -> str:
    """Return for how long what somebody sent is kept who got no decision, or did not take up a grant."""
    if letters.kept_for is None:
        return "as long as our retention schedule says"
    awarded, others = letters.kept_for
    if letter.was_pence is not None:
        return f"{awarded} after the financial year of the grant closes"
    return f"{others} after the financial year of the round closes"


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


def _answered(letters: Letters) -> str:
    if letters.challenge_days is None:
        return ""
    acknowledged, answered = (counted(days, "working day") for days in letters.challenge_days)
    return f" within {answered}. We will acknowledge it within {acknowledged}"


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
