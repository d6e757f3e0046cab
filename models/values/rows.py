"""Frozen values of the record, for everyone: what queries answer and what files are written from.

What there are thousands of holds plain values alone, so that no look for unused objects goes through it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from models.schema.personal import OWN, OwnText, TextAbout
from models.values.canonical import UNKEPT, Guarded
from scoring import round as scored
from scoring.round import InterestKind
from scoring.scheme import Scheme
from scoring.written.days import full_day
from scoring.written.identities import charity_number, company_number
from scoring.written.names import text_key
from scoring.written.text import Refused

Answer = tuple[str, str]
"""A heading as it stood in the applicant's form, and the text under it as submitted."""


class ApplicationRow(Struct, frozen=True, gc=False):
    """One application with every field that files give; amounts in pence.

    Texts are "" when absent; figures, dates and yes/no are None when absent.
    `eligibility` stands for all gates. `match_funding_pence` may be 0.
    """

    reference: str
    organisation: str
    project: str = ""
    area: str | None = None
    requested_pence: int = 0
    minimum_pence: int | None = None
    total_cost_pence: int | None = None
    match_funding_pence: int | None = None
    beneficiaries: int | None = None
    received_at: datetime | None = None
    received_has_time: bool = False
    eligibility: scored.Eligibility = scored.Eligibility.YES
    eligibility_reason: TextAbout = ""
    withdrawn: bool = False
    previously_funded: bool | None = None
    organisation_type: str = ""
    charity_number: str = ""
    company_number: str = ""
    contact_name: OwnText = ""
    email: OwnText = ""
    phone: OwnText = ""
    address: OwnText = ""
    postcode: OwnText = ""
    summary: OwnText = ""
    need: OwnText = ""
    outcomes: OwnText = ""
    start_on: date | None = None
    end_on: date | None = None
    bank_account_held: bool | None = None
    constitution_held: bool | None = None
    safeguarding_policy: bool | None = None
    answers: Annotated[tuple[Answer, ...], OWN] = ()

    @property
    def charity(self) -> str:
        """Return the charity number, "" where the answer is none of a register, such as "Pending"."""
        return charity_number(self.charity_number)

    @property
    def company(self) -> str:
        """Return the company number, "" where the answer is none of the register."""
        return company_number(self.company_number)

    @property
    def numbers(self) -> str:
        """Return the numbers as papers print them: "1122334 / 01234567"."""
        return " / ".join(filter(None, (self.charity, self.company)))

    @property
    def numbers_told(self) -> tuple[str, ...]:
        """Return the numbers in their normal form and as they were written, for whoever leaves them out."""
        told = ((self.charity, self.charity_number), (self.company, self.company_number))
        return tuple(text for pair in told if pair[0] for text in pair)


def address_lines(address: str, postcode: str) -> tuple[str, ...]:
    """Return the lines of an address with its postcode below, once where the address ends with it."""
    ends_so = address.rstrip(" .\n").replace(" ", "").upper().endswith(postcode.replace(" ", ""))
    lines = (*address.splitlines(), "" if ends_so else postcode)
    return tuple(filter(None, (line.strip(" \t,") for line in lines)))


class SubmittedCell(Struct, frozen=True, gc=False):
    """A cell of the applicant's file: the field that it was read as, its heading, and its own text.

    The text is None where the field holds just that text.
    """

    field: str
    heading: str
    text: str | None = None


class Replaced(Struct, frozen=True):
    """A field that was corrected on the way in: what was submitted, as JSON, and why it is corrected."""

    field: str
    submitted: str
    reason: TextAbout


class AsSubmitted(Struct, frozen=True):
    """What an application's file said in the cells of its fields, and which of these were corrected."""

    application: str
    cells: Annotated[tuple[SubmittedCell, ...], OWN] = ()
    corrected: tuple[Replaced, ...] = ()


class MemberRow(Struct, frozen=True):
    """A panel member of a round; `role` is chair, member or adviser."""

    code: str
    name: str
    role: str = "member"
    organisation: str = ""


class InterestRow(Struct, frozen=True, gc=False):
    """A declaration; `application` is None for a declaration of none at all."""

    member: str
    application: str | None
    kind: scored.InterestKind
    detail: TextAbout = ""


class SheetRow(Struct, frozen=True, gc=False):
    """A member's score sheet; marks and reasons in the order of `Scheme.judged`.

    `reopened` is why it was opened again after others' marks could be seen, "" if never; `first` are the
    marks that it was first handed in with then. A workbook holds neither. `for_panel` are the codes of the
    criteria whose reason its member keeps for the panel, in plain order.
    """

    member: str
    application: str
    submitted: bool
    marks: tuple[int | None, ...]
    reasons: tuple[TextAbout, ...] = ()
    reopened: TextAbout = ""
    first: tuple[int | None, ...] = ()
    for_panel: tuple[str, ...] = ()


class AgreedRow(Struct, frozen=True, gc=False):
    """The panel's agreed marks with reasons, in the order of `Scheme.judged`, and any dissent.

    `for_panel` are the codes of the criteria whose reason no applicant is told, in plain order.
    """

    application: str
    marks: tuple[int | None, ...]
    reasons: tuple[TextAbout, ...] = ()
    dissent: TextAbout = ""
    for_panel: tuple[str, ...] = ()

    @property
    def given_reasons(self) -> tuple[str, ...]:
        """Return the reasons of the marks that are agreed, "" elsewhere.

        What is noted where no mark is agreed is the meeting's own: it stands in the minutes and never
        leaves the building.
        """
        pairs = zip(self.marks, self.reasons, strict=False)
        return tuple("" if mark is None else reason.strip() for mark, reason in pairs)

    def told_reasons(self, scheme: Scheme) -> Iterator[tuple[str, str]]:
        """Yield the same by the criterion's code, without those that are for the panel only, and blanks."""
        for criterion, reason in zip(scheme.judged, self.given_reasons, strict=False):
            if reason and criterion.code not in self.for_panel:
                yield criterion.code, reason


class NotApplicableRow(Struct, frozen=True, gc=False):
    """A criterion set aside for one application, and why."""

    application: str
    criterion: str
    reason: TextAbout


class ChairDecisionRow(Struct, frozen=True, gc=False):
    """A chair's decision on a tie (`place` among the tied) or an exception (`place` None).

    `ruled_by` is the code of the member whom the others named where the chair has an interest, else "".
    """

    application: str
    kind: scored.ChairDecisionKind
    place: int | None
    reason: str
    ruled_by: str = ""


class SeatRow(Struct, frozen=True):
    """Who signs for a post of the chain; `area` is "" where one person signs for all.

    `names` are parted by a semicolon where several sign for each other, "" where it is left open.
    """

    post: str
    area: str
    names: str


class RoundRows(Guarded, frozen=True):
    """A whole round as values: all that a round workbook holds and a ranking is worked from.

    `year` is the financial year as "2026/27", "" when not given. Orders are those of the office. `merged`
    are the applications of organisations that the office said are one, each with what the rest share too.
    `seats` are who signs after the panel; of a record they are read where they are asked for. What was
    `decided` is ranked and explained as it was then.
    """

    uncompared = frozenset({"warnings", "merged", "decided"})
    fund: str
    name: str
    year: str
    scheme: Scheme
    areas: tuple[scored.Area, ...]
    applications: tuple[ApplicationRow, ...]
    members: tuple[MemberRow, ...] = ()
    interests: tuple[InterestRow, ...] = ()
    sheets: tuple[SheetRow, ...] = ()
    agreed: tuple[AgreedRow, ...] = ()
    not_applicable: tuple[NotApplicableRow, ...] = ()
    chair_decisions: tuple[ChairDecisionRow, ...] = ()
    warnings: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    seats: tuple[SeatRow, ...] = ()
    decided: Annotated[tuple[scored.AsDecided, ...], UNKEPT] = ()


_SCORED = attrgetter(*scored.Application.__struct_fields__[:-1])
"""What the sums need of an application; which others it is one with is known beside it."""
_AS_THEN = scored.Application.__struct_fields__[1:-1]


def scored_round(rows: RoundRows, before: tuple[RoundRows, scored.Round] | None = None) -> scored.Round:
    """Return the part of a round that the sums are worked from.

    Of a round `before` with what the sums had of it, sheets are taken over where the same stand in both.
    """
    merged = dict(rows.merged)
    is_kept = before is not None and before[0].sheets is rows.sheets
    return scored.Round(
        fund=rows.fund,
        name=rows.name,
        scheme=rows.scheme,
        areas=rows.areas,
        applications=tuple(
            scored.Application(*(*_SCORED(row), merged.get(row.reference, ""))) for row in rows.applications
        ),
        sheets=before[1].sheets if before is not None and is_kept else tuple(map(_scored_sheet, rows.sheets)),
        interests=tuple(scored.Interest(i.member, i.application, i.kind) for i in rows.interests),
        agreed=tuple(scored.AgreedMarks(a.application, a.marks) for a in rows.agreed),
        not_applicable=tuple(scored.NotApplicable(n.application, n.criterion) for n in rows.not_applicable),
        chair_decisions=tuple(
            scored.ChairDecision(d.application, d.kind, d.place, d.reason, bool(d.ruled_by))
            for d in rows.chair_decisions
        ),
        decided=rows.decided,
    )


def _scored_sheet(one: SheetRow) -> scored.Sheet:
    return scored.Sheet(one.member, one.application, one.marks, one.submitted, one.reopened, one.first)


def rows_as_decided(rows: RoundRows) -> RoundRows:
    """Return a round whose decided applications are as they were then, whatever changed since."""
    known = {one.standing.reference: one.application for one in rows.decided}
    return replace(
        rows,
        applications=tuple(
            replace(row, **{name: getattr(known[row.reference], name) for name in _AS_THEN})
            if row.reference in known
            else row
            for row in rows.applications
        ),
        merged=(
            *((of, word) for of, word in rows.merged if of not in known),
            *((of, one.one_with) for of, one in known.items() if one.one_with),
        ),
    )


def distinct_names(members: Iterable[MemberRow]) -> dict[str, str]:
    """Return by code what a member is called: the name, or "Ann Sample (M1)" where another has it too.

    One without a name is called by the code.
    """
    named = {one.code: one.name or one.code for one in members}
    shared = Counter(map(text_key, named.values()))
    return {code: f"{name} ({code})" if shared[text_key(name)] > 1 else name for code, name in named.items()}


def called_apart(rows: RoundRows) -> RoundRows:
    """Return a round whose members are called as `distinct_names` calls them: no two have the same name."""
    names = distinct_names(rows.members)
    return replace(rows, members=tuple(replace(one, name=names[one.code]) for one in rows.members))


WITHDRAWN_ON = "Withdrawn on"
"""What the words of an interest that was taken back begin with."""


def refuse_silent_withdrawal(
    before: Iterable[InterestRow], after: Iterable[InterestRow], members: Collection[str]
) -> None:
    """Refuse where what one of some members declared on an application is gone without a word of why."""
    there = list(after)
    said = {_of(row) for row in there if row.kind.is_conflict or row.detail.strip()}
    away = said | {_of(row) for row in there if row.kind is InterestKind.ABSTAINED}
    for row in _bars(before).values():
        if row.member in members and _of(row) not in (said if row.kind.is_conflict else away):
            did = "declared an interest in" if row.kind.is_conflict else "abstained on"
            raise Refused(
                f"{row.member} {did} {row.application}. Where it is withdrawn, declare none there and "
                "say why: the reason stays with the record."
            )


def waits_for_declaration(declared: Iterable[InterestRow], member: str) -> bool:
    """Whether a member's marks wait for their declaration: where anybody of the round has made one.

    In a round that a workbook brought without declarations they do not.
    """
    made, own = False, False
    for row in declared:
        made |= row.application is None and row.kind is InterestKind.NONE
        own |= row.member == member
    return made and not own


def opened_again(
    before: Iterable[InterestRow], after: Iterable[InterestRow], handed_in: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Return the sheets that open though their member could read others' marks meanwhile, each with why.

    `handed_in` are members with an application whose sheet is handed in. Whoever abstained, or declared an
    interest, waited for no sheet of their own.
    """
    there = list(after)
    bars = {_of(row) for row in there if row.kind is not InterestKind.NONE}
    why = {_of(row): row.detail for row in there}
    found = dict[tuple[str, str], str]()
    for row in before:
        if row.kind is InterestKind.NONE or _of(row) in bars:
            continue
        marked = sorted({of for member, of in handed_in if member != row.member})
        lifted = (of for of in marked if row.application in (None, of))
        found |= {(row.member, of): why.get(_of(row), "") for of in lifted}
    return found


def declared_none(rows: RoundRows, before: RoundRows) -> tuple[InterestRow, ...]:
    """Return the declarations of none that stay, as a workbook says nothing of these members."""
    silent = {one.code for one in rows.members} - {row.member for row in rows.interests}
    none = (row for row in before.interests if row.application is None and row.kind is InterestKind.NONE)
    return tuple(row for row in none if row.member in silent)


def dated(before: Iterable[InterestRow], after: Iterable[InterestRow], on: date) -> tuple[InterestRow, ...]:
    """Return a declaration whose withdrawals say on which day they are made, and what of."""
    were = _bars(before)
    return tuple(
        replace(row, detail=_words(were[_of(row)], row.detail.strip(), on))
        if row.kind is InterestKind.NONE and _of(row) in were and row.detail.strip()
        else row
        for row in after
    )


def _of(row: InterestRow) -> tuple[str, str | None]:
    return row.member, row.application


def _bars(rows: Iterable[InterestRow]) -> dict[tuple[str, str | None], InterestRow]:
    return {_of(row): row for row in rows if row.application and row.kind is not InterestKind.NONE}


def _words(was: InterestRow, why: str, on: date) -> str:
    return f"{WITHDRAWN_ON} {full_day(on)} ({was.kind.value}): {why}"


class Referenced(Protocol):
    """What has a reference of its own: an application, an award."""

    @property
    def reference(self) -> str: ...


class OfApplication(Protocol):
    """What is of an application, by its reference."""

    @property
    def application(self) -> str: ...


R = TypeVar("R", bound=Referenced)
A = TypeVar("A", bound=OfApplication)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def by_reference(values: Iterable[R]) -> dict[str, R]:
    return {one.reference: one for one in values}


def by_application(values: Iterable[A]) -> dict[str, A]:
    return {one.application: one for one in values}


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Return the values of each key in their order, the keys in the order in which they come first."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(several) for key, several in found.items()}
