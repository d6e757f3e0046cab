"""What the public is told of an award and of its recipient, whose name may be withheld."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.office import without_mail
from models.papers.order import PaperOrder, Texts
from models.papers.paper_words import Sentences
from models.queries.applications.applications import applications, withdrawn_in
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import (
    awards,
    withheld_in,
    withholds_anything,
)
from models.queries.awards.awards_page import AwardLine, award_lines
from models.queries.deciding.decided_anew import decided_anew, without_number
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.session import Session
from models.store.chain import said_rows
from models.values.awards import WithheldName
from models.values.canonical import Json
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_application
from scoring.written.names import is_title, text_key
from scoring.written.text import A_FEW, first_sentences

WITHHELD, GIVEN = "(withheld)", Sentences("given")
_TELEPHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")
_SHORTEST = 3
_AND = ("and", "&")
_APOSTROPHES, _HYPHENS = "'’‘ʼ`", "-‐‑–—"
_ALIKE = dict.fromkeys(_APOSTROPHES, f"[{_APOSTROPHES}]?") | dict.fromkeys(_HYPHENS, rf"[{_HYPHENS}\s]")
"""What stands for a letter of a name that is typed in several ways."""
_NUMBER = re.compile(r"(?=.*\d)[\w ]{3,12}", re.ASCII)
"""A postcode, or a number of a register."""
_PARTS = re.compile(r"[,;/&()\n]|\s(?:and|or|[-–])\s", re.IGNORECASE)
"""What stands between a name and a post, or between two names."""


def names_in(said: str) -> Iterator[str]:
    """Yield what a name goes by: for "Mrs Jo Example, Chair" also "Jo Example" and "Mrs Example"."""
    yield said
    for part in _PARTS.split(said):
        words = part.split()
        title = [words.pop(0)] if words and is_title(words[0]) else []
        if len(words) > 1:
            yield " ".join(words)
            yield from (f"{one} {words[-1]}" for one in title)


class Withheld:
    """What must not be told, whatever text it stands in: found whole, in any case and punctuation.

    What is `told` anyway stays whole where a secret is a part of it: "O'Brien" in "O'Brien's Boat Yard".
    """

    def __init__(self, secrets: Iterable[str], told: Iterable[str] = ()) -> None:
        known, kept = _longest_first(secrets), _longest_first(told)
        secret, name = (_any_of(known), _any_of(one for one in kept if one not in known))
        together = f"(?P<told>{name})|{secret}" if name and secret else secret
        self._secrets = re.compile(together, re.IGNORECASE) if together else None

    def without(self, text: str) -> str:
        """Return a text with a note in the place of each name, e-mail address and telephone number."""
        told = text if self._secrets is None else self._secrets.sub(_noted, text)
        return _TELEPHONE.sub(WITHHELD, without_mail(told))


def _noted(found: re.Match[str]) -> str:
    return found.groupdict().get("told") or WITHHELD


def _longest_first(names: Iterable[str]) -> list[str]:
    every = {" ".join(one.split()) for one in names}
    return sorted((one for one in every if len(one) >= _SHORTEST), key=len, reverse=True)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(rf"(?<!\w){_spelt(one)}(?!\w)" for one in names)


def _spelt(secret: str) -> str:
    """Return the pattern of a secret as people write it: "Woman's" also "Womans", "B1 1BB" also "B11BB"."""
    words = secret.split()
    if _NUMBER.fullmatch(secret):
        return r"\s*".join(map(re.escape, "".join(words)))
    return r"\s+".join(map(_word, words))


def _word(word: str) -> str:
    if word.casefold() in _AND:
        return f"(?:{'|'.join(_AND)})"
    return "".join(_ALIKE.get(letter, re.escape(letter)) for letter in word)


_FORMS = re.compile(r"^the\s+|[\s,]+(?:cic|cio|ltd|limited|plc|llp)\.?$", re.IGNORECASE)
"""What a name is written without as often as with."""


class PublicAward:
    """Says in the words for the public who has an award, and what stands in texts about it.

    Of a recipient that is withheld neither its name nor its numbers are told, nor what names it in a text.
    `row` is the application as it may be told, `recipient` the name or why there is none. Before the decision
    there is no award, and what is `withheld` is given.
    """

    def __init__(
        self, row: ApplicationRow, award: AwardRow | None, withheld: WithheldName | None = None
    ) -> None:
        held = withheld if award is None else award.withheld
        self.row, self.award, self.is_named = row, award, held is None
        self.recipient = row.organisation if award is None else award.awarded_to
        self.text: Callable[[str], str] = without_mail
        """Says a text as it may be told."""
        if held is not None:
            self.text = Withheld(secrets_of(row, award, held)).without
            self.recipient = held.printed
            self.row = replace(
                row,
                organisation=self.recipient,
                charity_number="",
                company_number="",
                project=self.text(row.project),
                summary=self.text(row.summary),
            )

    @property
    def called(self) -> str:
        """Return what is told of with whose it is: "A-031-01 (ACF-001), Choir", "ACF-001, Choir"."""
        of = self.row.reference
        return f"{f'{self.award.reference} ({of})' if self.award else of}, {self.recipient}"

    @property
    def numbers(self) -> str:
        return self.row.numbers

    def paid_on(self, day: date) -> dict[str, str]:
        """Return who has the award on a day on which it is paid, and the numbers, by the fields of lists."""
        taken = self.award.successors if self.award is not None and self.is_named else ()
        if self.award is None or not taken or day < taken[0].from_on:
            return {"recipient": self.recipient, "numbers": self.numbers}
        holder = self.award.recipient_on(day)
        return {"recipient": holder.organisation, "numbers": holder.numbers}


def withheld_awards(session: Session) -> tuple[tuple[AwardLine, PublicAward], ...]:
    """Return every award of the record whose recipient is not named in public, with what is told of it."""
    if not withholds_anything(session):
        return ()
    found = ((line, line.row) for line in award_lines(session))
    return tuple((line, PublicAward(line.application, row)) for line, row in found if row and row.withheld)


def withheld_here(session: Session, round_id: int) -> Mapping[str, PublicAward]:
    """Return what is told of each of a round whose name is withheld, decided or not, by its application."""
    if not withholds_anything(session):
        return {}
    names = {row.application for row in awards(session, round_id) if row.withheld is not None}
    return public_awards(session, round_id, names | withheld_in(session, round_id).keys())


def public_awards(session: Session, round_id: int, of: Collection[str]) -> dict[str, PublicAward]:
    """Return what is told of some applications of a round, decided or not."""
    made, recorded = by_application(awards(session, round_id)), withheld_in(session, round_id)
    rows = (row for row in applications(session, round_id) if row.reference in of) if of else ()
    return {
        row.reference: PublicAward(row, made.get(row.reference), recorded.get(row.reference)) for row in rows
    }


_TOLD = ("summary", "background", "financial", "legal", "papers", "interests", "signed_before")
"""The fields of a notice that are texts of its own."""


def public_notice(session: Session, round_id: int, notice: NoticeOfDecision) -> NoticeOfDecision:
    """Return a notice without the names that are withheld; one that is confidential has them all.

    The part of it that is printed apart lists their lines, so that what was signed tells who gets the money.
    """
    withheld = withheld_here(session, round_id)
    if notice.is_confidential or not withheld:
        lines = (*notice.allocations, *notice.taken_back) if notice.confidential else ()
        return replace(notice, unnamed=tuple(one for one in lines if one.reference in withheld))

    text = _without(withheld.values())
    hidden = [one for one in (*notice.allocations, *notice.taken_back) if one.reference in withheld]

    def said(words: str | Texts) -> str | Texts:
        return text(words) if isinstance(words, str) else tuple(map(text, words))

    return replace(
        notice,
        **{name: said(getattr(notice, name)) for name in _TOLD},
        also_signed=tuple(replace(one, interests=text(one.interests)) for one in notice.also_signed),
        allocations=tuple(public_line(one, withheld) for one in notice.allocations),
        taken_back=tuple(public_line(one, withheld) for one in notice.taken_back),
        passed_on=tuple(
            replace(
                one,
                by=withheld[one.reference].recipient if one.reference in withheld else one.by,
                purpose=text(one.purpose),
            )
            for one in notice.passed_on
        ),
        withheld=tuple(one.award or one.reference for one in hidden),
    )


def without_withheld(session: Session, *round_ids: int) -> Callable[[str], str]:
    """Return how words about rounds read without the names that are withheld."""
    return _without([public for of in round_ids for public in withheld_here(session, of).values()])


def _without(withheld: Collection[PublicAward]) -> Callable[[str], str]:
    def text(words: str) -> str:
        for public in withheld:
            words = public.text(words)
        return words

    return text


def public_line(line: Allocation, withheld: Mapping[str, PublicAward]) -> Allocation:
    """Return a line as the public is told of it."""
    public = withheld.get(line.reference)
    if public is None:
        return line
    texts = {name: public.text(getattr(line, name)) for name in ("service", "purpose", "reason")}
    return replace(line, recipient=public.recipient, **texts)


def secrets_of(row: ApplicationRow, award: AwardRow | None, withheld: WithheldName) -> Iterator[str]:
    """Yield what would tell who a recipient is: names, numbers, contacts, address, and the words given."""
    names = {row.organisation}
    if award is not None:
        varied = (name for one in award.variations for name in (one.was.recipient, one.becomes.recipient))
        taken = (one.name for one in award.successors)
        names |= {award.organisation, *award.known_as, *taken, *filter(None, varied)}
    for name in filter(None, names):
        yield from (name, _FORMS.sub("", name))
    over = () if award is None else award.holders[1:]
    for one in (row, *over):
        yield from names_in(one.contact_name)
        yield from (*one.numbers_told, one.email, one.phone, one.postcode)
        yield from own_address(one)
    yield from withheld.words.splitlines()


def own_address(row: ApplicationRow) -> Texts:
    """Return the lines of an address that tell more than the area: that stands beside it anyway."""
    lines = filter(None, map(str.strip, row.address.splitlines()))
    return tuple(line for line in lines if text_key(line) != text_key(row.area or ""))


def street_of(row: ApplicationRow) -> Texts:
    """Return the same without the town that ends an address: many live there, and any text may name it."""
    *lines, last = own_address(row) or ("",)
    is_town = bool(lines) and row.address.rstrip().endswith(last) and not any(map(str.isdigit, last))
    return tuple(lines) if is_town else (*lines, last)


def purpose_of(row: ApplicationRow, written: Mapping[str, str]) -> str:
    """Return what an award is for, as lists have it: what the office has `written` by the reference.

    Else the first sentences of the summary, or the project.
    """
    return written.get(row.reference) or first_sentences(row.summary, A_FEW) or row.project


class TakenBack(NamedTuple):
    """What became of one award, in words; `pence` is the most that was decided."""

    application: str
    pence: int
    words: str


def taken_back(session: Session, line: RoundLine, order: PaperOrder) -> Iterator[TakenBack]:
    """Yield what of a round was awarded in the time, and was decided again or withdrawn since."""
    every = decisions(session, line.round_id)
    final, earlier = final_decisions(every), earlier_decisions(every)
    again = {of: now for of, now in final.items() if of in earlier and not now.amount_pence}
    gone = withdrawn_in(session, line.round_id) if final else frozenset()
    if not (again or gone):
        return
    told = public_awards(session, line.round_id, again.keys() | gone)
    for of, now in again.items():
        given = [row for row in earlier[of] if row.amount_pence]
        if any(order.has(row.signed_on) for row in given):
            public, became = told[of], decided_anew(earlier[of], now)
            why = public.text(without_number(now.change_reason)).strip()
            words = GIVEN.decided_again(public.called, became, why.rstrip("."))
            yield TakenBack(of, max(row.amount_pence or 0 for row in given), words)
    known = withdrawals(session, line.round_id) if gone else {}
    for award in awards(session, line.round_id) if gone else ():
        of, decided = award.application, award.decision
        if not award.stands and decided and decided.amount_pence and order.has(decided.signed_on):
            words = GIVEN.withdrawn(told[of].called, decided, known.get(of, UNKNOWN).on)
            yield TakenBack(of, decided.amount_pence, words)


Sheet = tuple[int | None, str]
OF_GRANTS = (
    *("record decisions", "take back signature", "vary award", "sign variation", "withdraw variation"),
    *("take back variation", "ask back", "set returned", "sign agreement", "set successor"),
    *("set withdrawn", "correct application"),
    *("change applications", "set choices", "set paper texts", "set together", "set withheld name"),
    *("add direct award", "change direct award"),
)
"""Kinds of changes that name the applications that they change."""
OF_ALL = ("rename fund", "merge organisations", "separate organisations", "keep organisations apart")
"""What may change something on every grant."""


def grants_changed(session: Session, grants: Collection[Sheet]) -> dict[Sheet, datetime]:
    """Return when each of these was changed last; one of which the journal tells nothing is left out."""
    wanted, found = frozenset(grants), dict[Sheet, datetime]()
    for _, at, _, kind, body in said_rows(session, (*OF_GRANTS, *OF_ALL)):
        changed = wanted if kind in OF_ALL else wanted.intersection(_named(json.loads(body)))
        found.update(dict.fromkeys(changed, at))
    return found


def _named(body: Json, round_id: int | None = None) -> Iterator[Sheet]:
    """Yield every text of a change with the round that it stands under."""
    if isinstance(body, dict):
        own = body.get("round_id", round_id)
        for part in body.values():
            yield from _named(part, own if isinstance(own, int) else round_id)
    elif isinstance(body, list):
        for part in body:
            yield from _named(part, round_id)
    elif isinstance(body, str):
        yield round_id, body
