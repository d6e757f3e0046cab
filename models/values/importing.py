"""What an import goes by and finds: its round, headings and areas matched, and look-alikes."""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Annotated

from msgspec import Struct, field

import resources
from models.reference.defaults import FundDefaults, UsualArea
from models.schema.personal import OWN
from models.values import canonical
from models.values.form_questions import NO_FORMS, KnownForms
from models.values.rounds import AreaDates, RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import alias_of, group, identified
from scoring.money import short_pounds
from scoring.written.identities import (
    Likeness,
    address_of,
    charity_key,
    company_number,
    email_key,
    postcode_key,
)
from scoring.written.names import alike_key, plain_words, text_key
from scoring.written.text import lazy_pattern, listed

MERGED_INTO = "merged into "
"""Begins why an application was withdrawn whose applicant sent it again."""

_TOOLS = frozenset(resources.text("forms/columns-of-tools.txt").splitlines())
"""What the usual form tools call the columns that they fill in themselves."""


_OF_FORM = r"(?:(?:the |this )?(?:form|survey|response|submission|questionnaire|entry|application) )?"
_WHEN = r"(?: (?:at|on|time|date|date and time|date/time|timestamp))?(?: ?\(?(?:utc|gmt|bst)\)?)?"
_BEGUN = lazy_pattern(
    rf"{_OF_FORM}(?:started|begun|began|opened|closed){_WHEN}|closing date"
    rf"|(?:date|time) (?:started|begun|opened|closed){_WHEN}"
    rf"|{_OF_FORM}(?:start|begin) time{_WHEN}"
)
_TAKEN = lazy_pattern(
    r"(?:total )?(?:time|minutes|seconds|hours)(?: \(?\w+\)?)? (?:taken|spent|elapsed|to complete)"
    r"(?: \(?[\w ]+\)?)?|(?:time|minutes|seconds) taken.*|time to complete|total time|elapsed time"
    r"|duration ?\(?(?:in )?(?:seconds|minutes|secs|mins)\)?"
)


def is_of_filling_in(heading: str) -> bool:
    """Whether a tool says when a form was begun or closed, or how long that took: "Started", "Time taken"."""
    key = heading_key(heading)
    return bool(_BEGUN.fullmatch(key) or _TAKEN.fullmatch(key))


def is_of_a_tool(heading: str) -> bool:
    """Whether a form's tool fills a column of this heading in itself, such as the time a form was begun."""
    key = heading_key(heading)
    return key in _TOOLS or key.startswith(("points - ", "feedback - ")) or is_of_filling_in(heading)


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: without case, underscores and the colon at its end."""
    return text_key(heading).replace("_", " ").rstrip(": ")


FieldOf = tuple[str, str]
"""A heading as it stands, and the field it holds ("answers" where it stays an answer)."""


Correction = tuple[str, str, str]
"""A cell typed over: what it is known by (`correction_key`), its heading, what was typed."""

IF_TWO = "If they are two, correct the number, or choose Keep apart… on Organisations."
"""What to do about two organisations that count as one."""


class Matching(Struct, frozen=True):
    """What to remember of a form: its headings, the field of each, spellings of areas, and corrections."""

    headings: tuple[str, ...]
    fields: tuple[FieldOf, ...]
    spellings: tuple[tuple[str, str], ...] = ()
    corrections: Annotated[tuple[Correction, ...], OWN] = ()


class Remembered(Struct, frozen=True):
    """Everything remembered that a reading may need: by set of headings, and for one fund's areas."""

    matchings: tuple[tuple[str, tuple[FieldOf, ...]], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    corrected: tuple[tuple[str, tuple[Correction, ...]], ...] = ()

    def corrections(self, headings: Iterable[str]) -> dict[tuple[str, str], str]:
        """Return what was typed over in a form, by what the cell is known by and its heading."""
        wanted = headings_key(headings)
        found = next((cells for key, cells in self.corrected if key == wanted), ())
        return {(known, heading): typed for known, heading, typed in found}

    def fields(self, headings: Iterable[str]) -> dict[str, str]:
        """Return the remembered fields of a form by heading, none where it was never seen."""
        wanted = headings_key(headings)
        return dict(next((fields for key, fields in self.matchings if key == wanted), ()))


def headings_key(headings: Iterable[str]) -> str:
    """Return what a set of headings is known by, whatever its order and case."""
    listed = sorted(set(map(text_key, headings)))
    return hashlib.sha256(canonical.dumps([*listed]).encode()).hexdigest()


def correction_key(organisation: str, was: str) -> str:
    """Return what a cell of an applicant is known by, from which neither can be read."""
    return hashlib.sha256(canonical.dumps([text_key(organisation), was]).encode()).hexdigest()


Alias = tuple[str, str, str]
"""A name without case and extra spaces, a charity number and a company number; "" for none."""


class KnownOrganisation(Struct, frozen=True):
    """An organisation that applied before, by all its names and numbers, and what it had in other rounds.

    `year_pence` is of this fund and year: had in other rounds, asked in this one; it counts
    `proposed_pence` that both have not signed. `names` are without case and extra spaces, `spelt` as
    applicants wrote them; `aliases` are the names with the numbers that came with each.
    """

    names: tuple[str, ...]
    aliases: tuple[Alias, ...]
    applications: int
    funded_pence: int
    year_pence: int
    spelt: tuple[str, ...] = ()
    proposed_pence: int = 0


def counting(proposed_pence: int) -> str:
    """Return how much of a sum both have not signed: ", counting £200 that is only proposed", "" for none."""
    return f", counting {short_pounds(proposed_pence)} that is only proposed" if proposed_pence else ""


class ImportTarget(Struct, frozen=True):
    """The round that applications go into, and everything to hold them against.

    `existing` has corrections in force, `submitted` is as the applicants sent it.
    `postcodes` are how those of the fund's area begin, () where the fund says nothing.
    `rules` has the lists of which lines are suggested. Where the round `sums_total_cost`, a criterion is
    worked out from it. `forms` are the record's own, by which they are read when they come back.
    """

    line: RoundLine
    usual_areas: tuple[UsualArea, ...]
    existing: tuple[ApplicationRow, ...]
    remembered: Remembered
    cap_per_award_pence: int | None
    cap_per_organisation_pence: int | None
    organisations: tuple[KnownOrganisation, ...]
    submitted: tuple[ApplicationRow, ...] = ()
    dates: Mapping[str, AreaDates] = field(default_factory=dict)
    postcodes: tuple[str, ...] = ()
    rules: FundDefaults | None = None
    sums_total_cost: bool = False
    forms: KnownForms = NO_FORMS

    @property
    def since(self) -> date | None:
        """Return from when on projects of the round may begin: its first closing date, else its year."""
        closes = [one.closes_on for one in self.dates.values() if one.closes_on is not None]
        year = self.line.year[:4]
        return min(closes, default=date(int(year), 4, 1) if year.isdecimal() else None)

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(area.name for area in self.line.areas)

    def added(self, areas: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(area for area in areas if area not in self.areas)

    @property
    def known_areas(self) -> tuple[str, ...]:
        """Return the areas that it may have: its own, or where it has none the fund's usual ones."""
        return self.areas or tuple(area.name for area in self.usual_areas)

    def applicants(self, rows: Sequence[ApplicationRow]) -> tuple["Applicant", ...]:
        """Return for each row who applies, all rows and all that is known taken together."""
        known = [(of, alias) for of in self.organisations for alias in of.aliases]
        words = {id(of): str(number) for number, of in enumerate(self.organisations)}
        identities = [identified(words[id(of)], *alias) for of, alias in known]
        exact = {alias: words[id(of)] for of, alias in known}
        named = [alias_of(row.organisation, row.charity_number, row.company_number) for row in rows]
        identities += [identified(exact.get(alias, ""), *alias) for alias in named]
        found = group(tuple(identities))
        return tuple(
            Applicant(
                found.first[number],
                known[found.first[number]][0] if found.first[number] < len(known) else None,
                number in found.unsettled,
            )
            for number in range(len(known), len(identities))
        )


class Applicant(Struct, frozen=True):
    """Who applies by a row: rows of one organisation have one `number`.

    `known` is None for one that is new; an `is_unsettled` one could be any of several by its name.
    """

    number: int
    known: KnownOrganisation | None
    is_unsettled: bool


NEAR_NAME = 0.85
"""From how alike two names count as one name written twice (1 is the same)."""

_FIGURES = lazy_pattern(r"\d+")
_LEAST_TEXT = 60
_MOST_ALIKE = 12
"""A value that more applications share than this is a form's own words and says nothing."""


SIGNS = (
    "same text",
    "same registered number",
    "same reference but for zeros in front",
    "same e-mail address",
    "same address",
    "same name",
    "same project",
    "nearly the same name",
    "same postcode",
    "same amount",
)
"""In what two applications can be alike, the strongest sign first; pages and commands keep this order."""


class DuplicateCandidate(Struct, frozen=True):
    """Two applications by reference, the earlier first, and in what they are alike."""

    first: str
    second: str
    why: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        return self.first, self.second

    @property
    def strength(self) -> tuple[int, ...]:
        """Return where the pair comes among others: by its strongest sign, then by how many it has."""
        return (*map(SIGNS.index, self.why), len(SIGNS))

    @property
    def is_of_one_applicant(self) -> bool:
        """Whether one applicant asks twice for one thing: by name or number, and by project or text."""
        one = {"same name", "same registered number"}
        thing = {"same project", "same text", "same reference but for zeros in front"}
        return not one.isdisjoint(self.why) and not thing.isdisjoint(self.why)

    @property
    def words(self) -> str:
        """Return in what they are alike: "same name, postcode and text"."""
        if not all(why.startswith("same ") for why in self.why):
            return ", ".join(self.why)
        return f"same {listed([why.removeprefix('same ') for why in self.why])}"


def duplicate_candidates(rows: Sequence[ApplicationRow]) -> tuple[DuplicateCandidate, ...]:
    """Return the pairs that may be duplicates, the strongest signs first; withdrawn ones are left out.

    A pair needs the same or nearly the same name with the same project, amount, postcode, contact or
    text; or another applicant's very text.
    """
    there = list({row.reference: row for row in rows if not row.withdrawn}.values())
    pairs = ((there[first], there[second]) for first, second in sorted(_candidates(there)))
    texts = {row.reference: frozenset(_texts(row)) for row in there}
    signs = ((one, other, tuple(sorted(_why(one, other, texts), key=SIGNS.index))) for one, other in pairs)
    found = [DuplicateCandidate(one.reference, other.reference, why) for one, other, why in signs if why]
    return tuple(sorted(found, key=lambda pair: pair.strength))


def _candidates(rows: Sequence[ApplicationRow]) -> set[tuple[int, int]]:
    """Return the places of pairs that share a value, or whose names follow each other in plain order."""
    sharing: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for key in _keys(row):
            sharing[key][number] = None
    by_name = sorted(range(len(rows)), key=lambda number: alike_key(rows[number].organisation))
    beside = {(min(pair), max(pair)) for pair in pairwise(by_name)}
    return beside.union(*(combinations(of, 2) for of in sharing.values() if len(of) <= _MOST_ALIKE))


def _keys(row: ApplicationRow) -> Iterator[tuple[str, str]]:
    yield "name", alike_key(row.organisation)
    numbers = (("charity", charity_key(row.charity_number)), ("company", row.company))
    postcode = postcode_key(row.postcode) or address_of(row.address).postcode
    for what, value in (*numbers, ("postcode", postcode), ("email", email_key(row.email))):
        if value:
            yield what, value
    for text in _texts(row):
        yield "text", text


def _why(one: ApplicationRow, other: ApplicationRow, texts: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield in what two applications are alike, nothing when that is not enough to ask about them."""
    names = _names(one, other)
    text = [] if texts[one.reference].isdisjoint(texts[other.reference]) else ["same text"]
    same = [*_same(one, other), *text] if names or text else []
    if names and same:
        yield names
    yield from same


def _names(one: ApplicationRow, other: ApplicationRow) -> str:
    first, second = alike_key(one.organisation), alike_key(other.organisation)
    if first == second:
        return "same name"
    pairs = (
        (charity_key(one.charity_number), charity_key(other.charity_number)),
        (one.company, other.company),
    )
    if any(_shared(own, others) for own, others in pairs):
        return "same registered number"
    return "nearly the same name" if is_like_name(one.organisation, other.organisation) else ""


def is_like_name(one: str, other: str) -> bool:
    """Whether two names are one, or one written twice; with other figures they are two."""
    first, second = alike_key(one), alike_key(other)
    if _FIGURES.findall(first) != _FIGURES.findall(second):
        return False
    from difflib import SequenceMatcher  # no start compares names

    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR_NAME and matcher.ratio() >= NEAR_NAME


def registered(charity: str, company: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a register that an organisation has, by the field that each is in."""
    if charity and (key := charity_key(charity)):
        yield "charity_number", key
    if company and (key := company_number(company)):
        yield "company_number", key


def is_unlike(one: ApplicationRow, name: str, other: ApplicationRow | None = None) -> bool:
    """Whether neither name nor address says that an applicant is one with who has its number, too.

    `other` is the application of that one, None where only the name is known.
    """
    if other is not None:
        own, others = (address_of(row.address, row.postcode) for row in (one, other))
        if own.likeness(others) in (Likeness.SAME, Likeness.HINT):
            return False
    return not is_like_name(one.organisation, name)


def shared_number_words(rows: Iterable[ApplicationRow], merged: Container[str] = ()) -> Iterator[str]:
    """Yield which applicants of a list count as one by a registered number alone.

    Those are passed over that the office has `merged`, by reference.
    """
    first: dict[tuple[str, str], ApplicationRow] = {}
    for row in rows:
        for number in registered(row.charity_number, row.company_number):
            one = first.setdefault(number, row)
            if one.reference in merged and row.reference in merged:
                continue
            if is_unlike(row, one.organisation, one):
                what = number[0].replace("_", " ")
                yield (
                    f"{one.reference} {one.organisation} and {row.reference} {row.organisation} have one "
                    f"{what}, {number[1]}, and count as one organisation. {IF_TWO}"
                )


def _same(one: ApplicationRow, other: ApplicationRow) -> Iterator[str]:
    if one.project and alike_key(one.project) == alike_key(other.project):
        yield "same project"
    if one.reference != other.reference and _number(one.reference) == _number(other.reference):
        yield "same reference but for zeros in front"
    if one.requested_pence == other.requested_pence:
        yield "same amount"
    own, others = (address_of(row.address, row.postcode) for row in (one, other))
    if own.likeness(others) is Likeness.SAME:
        yield "same address"
    elif _shared(own.postcode, others.postcode):
        yield "same postcode"
    if _shared(email_key(one.email), email_key(other.email)):
        yield "same e-mail address"


def _number(reference: str) -> str:
    """Return a reference without the zeros that a spreadsheet drops from one of figures alone."""
    return reference.strip().lstrip("0") if reference.strip().isdecimal() else reference


def _shared(one: str, other: str) -> bool:
    return bool(one) and one == other


def _texts(row: ApplicationRow) -> Iterable[str]:
    """Return the longer texts of an application without case and marks; short ones are alike by chance."""
    texts = (row.summary, row.need, row.outcomes, *(text for _, text in row.answers))
    return [plain for text in texts if len(text) >= _LEAST_TEXT and (plain := plain_words(text))]
