"""The placeholders of an agreement's template, and what stands for each in one agreement."""

import re
from collections.abc import Callable
from datetime import date

from exchange.papers.agreements.next_steps import next_steps
from exchange.papers.agreements.payments import paid_before, paid_in_parts, part_values
from exchange.papers.agreements.sums import money_of, sums_as_in
from exchange.papers.document.reached import UPRIGHT, reached_lines
from exchange.papers.headed import named
from exchange.papers.letters.conditions import Signed, listed_conditions
from exchange.papers.letters.filling import Group, Lines
from exchange.papers.letters.sentences import contact_of
from exchange.papers.paper_words import paper_sentence, text_or_dash
from models.papers.agreements.grant_agreement import AgreedPoint, AgreedReturn, GrantAgreement
from scoring.counted import listed, noun
from scoring.written.days import full_day
from scoring.written.names import salutation
from scoring.written.text import cardinal, paragraphs, with_article, with_capital

Value = Callable[[GrantAgreement, date], Lines]
AGREED = "You will carry out with the grant what is set out here, and report on each line of it."
THESE_WORDS = "These are your own words, in which “we” is you:"
QUOTED = (
    "You will carry out what you described in your application, and report on it by the days under “When you "
    f"report”, even where your own words name other days. {THESE_WORDS}"
)
NO_POINT = (
    "What the grant is to bring about, and how that will be known, is not settled yet. Please tell us what "
    "you propose before you sign: once we agree on it, we will send you this agreement again with it."
)
NO_POINT_YET = (
    "What the grant is to bring about, and how that will be known, is not settled yet, so this is not for "
    "signature. Please tell us what you propose: once we agree on it, we will send you the agreement to sign."
)
"""The same of one that says so on each page."""
NO_POINT_AGAIN = (
    "What the grant is to bring about, and how that will be known, is not settled yet. Unless you have done "
    "so, please tell us what you propose: once we agree on it, we will send you this agreement again "
    "with it. You need not wait for that to sign this one."
)
"""The same of a version that takes the place of one that is signed."""
NO_POINT_SIGNED = (
    "What the grant is to bring about, and how that will be known, was not settled when this agreement was "
    "signed. Unless you have done so, please tell us what you propose: once we agree on it, we will send you "
    "this agreement again with it. Until then it holds as it is."
)
_THE_AGREEMENT = re.compile(r"\bthe (?:grant agreement\b|agreement(?= names\b))")
"""How a condition that any letter may give calls the agreement in which it stands."""
_OF_ANY_AWARD = re.compile(rf"{_THE_AGREEMENT.pattern}|\bits agreement(?= asks\b)")
"""The same, and the break of a contract; one issued before it had `the_fund` is drawn without."""
ONE_CONDITION = "There are no conditions other than the terms below."


def values_of(agreement: GrantAgreement, today: date) -> dict[str, Lines]:
    """Return what stands for each placeholder that is there once."""
    return {name: value(agreement, today) for name, value in PLACEHOLDERS.items()}


def groups_of(agreement: GrantAgreement, today: date) -> tuple[Group, ...]:
    """Return what is there once for each payment, outcome or output, return and clause."""
    show = money_of(agreement)
    parts = tuple(
        part_values(number, one, agreement, today, show) for number, one in enumerate(agreement.parts, 1)
    )
    points = tuple(map(_point, agreement.points))
    returns = tuple(map(_return, agreement.returns))
    clauses = tuple(
        {"clause": (f"{number}. {heading}".rstrip(". "),), "clause_words": paragraphs(words)}
        for number, (heading, words) in enumerate(agreement.clauses, 1)
    )
    found = zip(GROUPS.values(), (parts, points, returns, clauses), strict=True)
    return tuple(Group(names, items) for names, items in found)


def _agreed(agreement: GrantAgreement, today: date) -> Lines:
    """Say what stands under what is agreed: the application's words where nothing else was agreed yet."""
    if not agreement.points and agreement.awaits_answer:
        return (NO_POINT_YET,)
    if not agreement.points and agreement.signed_on is None:
        return (NO_POINT_AGAIN if agreement.is_signed else NO_POINT,)
    if not agreement.points:
        return (NO_POINT_SIGNED,)
    if agreement.is_drafted and agreement.later:
        return (QUOTED.replace(THESE_WORDS, f"{agreement.later} {THESE_WORDS}"),)
    return (QUOTED if agreement.is_drafted else AGREED,)


def _summary(agreement: GrantAgreement, today: date) -> Lines:
    """Say what the project is, an applicant's own words as a quotation."""
    said = paragraphs(agreement.summary)
    if not (said and agreement.is_quoted):
        return said
    first, *others = said
    quoted = [f"In your application you describe it like this: “{first}", *others]
    return (*quoted[:-1], f"{quoted[-1]}”")


def _of_asked(agreement: GrantAgreement, today: date) -> Lines:
    """Say of a grant that is less than was asked what it buys; nothing of a whole one."""
    asked = agreement.asked_pence
    if agreement.amount_pence >= asked:
        return ()
    was = f" ({agreement.asked_was})" if agreement.asked_was else ""
    part = f"This is part of the {money_of(agreement)(asked)}{was} that you applied for."
    if agreement.is_scoped:
        return (f"{part} What it pays for stands among the conditions.",)
    if agreement.settles_nothing and agreement.awaits_answer:
        return (part,)
    if not agreement.is_drafted:
        return (f"{part} What is agreed below is for this amount.",)
    quoted = "What you described in your application, quoted under “What is agreed”, was for all of it"
    if not agreement.leaves_open:
        return (f"{part} {quoted}; what changed since is set out below.",)
    if agreement.is_signed or agreement.signed_on is not None:
        ask = "unless you have done so, please tell us which part of it you will do with this amount."
        again = "We will send you this agreement again with what we agree on."
        then = again if agreement.signed_on else "You need not wait for our answer to sign this one."
        return (f"{part} {quoted}: {ask} {then}",)
    if agreement.awaits_answer:
        return (
            f"{part} {quoted}. So this is not for signature yet: tell us first which part of it you will do "
            "with this amount, and we will send you the agreement to sign, with what we agree on.",
        )
    return (
        f"{part} {quoted}. So please do not sign this one: tell us first which part of it you will do with "
        "this amount, and we will send you this agreement again, with what we agree on, to sign.",
    )


def _offered(agreement: GrantAgreement, today: date) -> Lines:
    """Say what one that is offer and agreement in one is: an offer, and since both signed it an agreement."""
    grant = f"{agreement.organisation} a grant of {_amount(agreement)} for “{agreement.purpose}”."
    if agreement.signed_on is None:
        what = "This letter is our offer and, once both of us have signed it, our agreement."
        return (f"We are pleased to offer {grant} {what}",)
    since = f"since both of us signed it on {full_day(agreement.signed_on)}"
    return (f"We offered {grant} This letter was our offer and, {since}, is our agreement.",)


def _starts(agreement: GrantAgreement, today: date) -> Lines:
    """Return the day on which the project starts; the decision's own is no day for it that anybody named."""
    if not agreement.is_dated and agreement.start_on == agreement.decided_on:
        return ("the day of the last signature",)
    return (full_day(agreement.start_on),)


def _ends(agreement: GrantAgreement, today: date) -> Lines:
    """Return the day on which the project ends; where nobody named any, that another may be agreed."""
    return (f"{full_day(agreement.end_on)}{'' if agreement.is_dated else ', unless we agree on other days'}",)


def _conditions(agreement: GrantAgreement, today: date) -> Lines:
    of = _OF_ANY_AWARD if agreement.the_fund else _THE_AGREEMENT
    said = (
        one if agreement.awaits_answer else of.sub("this agreement", one) for one in agreement.conditions
    )  # another is sent to be signed
    signed = Signed.of(agreement.signed_on, is_signed_before=agreement.is_signed)
    return listed_conditions(said, signed=signed, is_withheld=agreement.is_withheld) or (ONE_CONDITION,)


def _point(one: AgreedPoint) -> dict[str, Lines]:
    return {
        "outcome": (one.words,),
        "outcome_target": (text_or_dash("" if one.target is None else f"{one.target:,}"),),
        "outcome_measure": (one.measure or ("In your own words" if one.target is None else "Counted"),),
    }


def _return(one: AgreedReturn) -> dict[str, Lines]:
    up_to = "" if one.covers_to is None else f", up to {full_day(one.covers_to)}"
    return {"return_due": (full_day(one.due_on),), "return_on": (f"{with_capital(one.words)}{up_to}",)}


def _kind(agreement: GrantAgreement, today: date) -> Lines:
    return ("Grant offer and agreement" if agreement.is_letter else "Grant agreement",)


def _recipient(agreement: GrantAgreement, today: date) -> Lines:
    numbers = f" ({agreement.registered})" if agreement.registered else ""
    return (f"{agreement.organisation}{numbers}",)


def _amount(agreement: GrantAgreement) -> str:
    """Return the grant; where some of it came back, what it stands at, and what has still to come back."""
    amount, asked = agreement.amount_pence, agreement.asked_back_pence
    came, left = agreement.came_back_pence, agreement.to_come_back_pence
    show = money_of(agreement)
    if came is None and asked:
        return f"{show(amount)} ({show(amount - asked)} without the {show(asked)} that we asked back)"
    stands, rest = agreement.stands_pence, "other " if came else ""
    less = f"{show(stands)} without the {show(came)} that came back" if came else ""
    due = f"{show(stands - left)} once the {rest}{show(left)} asked back has come" if left else ""
    said = "; ".join(filter(None, (less, due)))
    return f"{show(amount)} ({said})" if said else show(amount)


def _reports(agreement: GrantAgreement, today: date) -> Lines:
    many = len(agreement.returns)
    due = listed([full_day(one.due_on) for one in agreement.returns])
    return (
        f"{with_capital(cardinal(many))} {noun(many, 'report')}, due by {due}"
        if many
        else "As we agree with you",
    )


def _references(agreement: GrantAgreement, today: date) -> Lines:
    """Say under which references it is known; nobody applied for an award without a competition.

    Before them it says of a grant that changed that the notice has it as it was.
    """
    since = "It was changed since, as set out below. " if agreement.changes else ""
    if agreement.changes and agreement.is_signed and agreement.signed_on is None:
        since += "Once both of us have signed it, this takes the place of the agreement signed before. "
    ours = f"{since}Our reference is {agreement.award}"
    return (f"{ours}." if agreement.is_direct else f"{ours}; your application was {agreement.application}.",)


def _contact(agreement: GrantAgreement, today: date) -> Lines:
    return (contact_of(agreement.contact) or with_article(named(agreement)),)


def _signer(agreement: GrantAgreement, *, post: bool) -> Lines:
    name, _, rest = agreement.letterhead.signatory.partition(",")
    found = rest.strip() if post else name.strip()
    return (found,) if found else ()


def _subsidy(agreement: GrantAgreement, today: date) -> Lines:
    return paragraphs(agreement.subsidy)


PLACEHOLDERS: dict[str, Value] = {
    "kind": _kind,
    "today": lambda agreement, today: (full_day(agreement.dated_on(today)),),
    "office": lambda agreement, today: (named(agreement),),
    "the_office": lambda agreement, today: (with_article(named(agreement)),),
    "reached": lambda agreement, today: tuple(
        filter(None, ("\n".join(reached_lines(agreement.letterhead.reached, UPRIGHT)),))
    ),
    "contact": _contact,
    "fund": lambda agreement, today: (agreement.fund,),
    "the_fund": lambda agreement, today: (agreement.the_fund or f"the {agreement.fund}",),
    "round": lambda agreement, today: (agreement.round,),
    "year": lambda agreement, today: (agreement.year,),
    "award": lambda agreement, today: (agreement.award,),
    "application": lambda agreement, today: (agreement.application,),
    "organisation": lambda agreement, today: (agreement.organisation,),
    "recipient": _recipient,
    "address": lambda agreement, today: agreement.address,
    "greeting": lambda agreement, today: (salutation(agreement.contact_name).opening,),
    "project": lambda agreement, today: (agreement.purpose,),
    "summary": _summary,
    "of_asked": _of_asked,
    "offered": _offered,
    "agreed": _agreed,
    "area": lambda agreement, today: (agreement.area,) if agreement.area else (),
    "amount": lambda agreement, today: (_amount(agreement),),
    "notice": lambda agreement, today: (agreement.notice,),
    "decided_on": lambda agreement, today: (full_day(agreement.decided_on),),
    "power": lambda agreement, today: paragraphs(with_capital(agreement.power.rstrip("."))),
    "changes": lambda agreement, today: tuple(
        sums_as_in(agreement, paper_sentence(words)) for words in agreement.changes
    ),
    "reason": lambda agreement, today: paragraphs(agreement.reason),
    "starts": _starts,
    "ends": _ends,
    "paid": paid_in_parts,
    "paid_before": lambda agreement, today: (paid_before(agreement),),
    "references": _references,
    "reports": _reports,
    "next": lambda agreement, today: tuple(filter(None, next_steps(agreement, today))),
    "conditions": _conditions,
    "subsidy": _subsidy,
    "signatory": lambda agreement, today: _signer(agreement, post=False),
    "signatory_post": lambda agreement, today: _signer(agreement, post=True),
    "standing": lambda agreement, today: tuple(
        f"{heading}: {' '.join(text.split())}" for heading, text in agreement.letterhead.words
    ),
}
"""Every placeholder that is there once, as {name}."""

GROUPS: dict[str, tuple[str, ...]] = {
    "payments": ("payment_number", "payment_amount", "payment_for", "payment_due"),
    "outcomes": ("outcome", "outcome_target", "outcome_measure"),
    "returns": ("return_due", "return_on"),
    "clauses": ("clause", "clause_words"),
}
"""Placeholders of a row, or of paragraphs, that is there once for each payment, outcome, return or clause."""

KNOWN = (*PLACEHOLDERS, *(name for names in GROUPS.values() for name in names))
"""Every placeholder that a template may have."""
NEEDED = ("organisation", "recipient"), ("payment_amount", "amount"), ("clause_words",)
"""Of each of these a template has one: nobody signs an agreement without a party, a sum or terms."""
