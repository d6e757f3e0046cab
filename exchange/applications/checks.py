"""What is worth a look in rows that would be imported, none of it a fault."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from exchange.applications.row_reader import ReadRow
from exchange.applications.row_sorter import Kind, Point
from exchange.cells.values import read_postcode
from models.values.applications import (
    AREA,
    FIELD_WORDS,
    NOTHING,
    SLOTS,
    merged,
    printed,
    received_in_time,
    starts_after_decision,
)
from models.values.importing import (
    Applicant,
    ImportTarget,
    counting,
    duplicate_candidates,
    is_unlike,
    registered,
)
from models.values.rows import ApplicationRow, by_reference
from scoring.money import short_pounds
from scoring.written.identities import Likeness, address_of, charity_key, email_key
from scoring.written.names import spelling_key, text_key, typed, unaccented
from scoring.written.text import listed, one_line, readable


class FieldChange(Struct, frozen=True):
    """One field as it is here and as the file has it, both as printed."""

    field: str
    here: str
    there: str

    @property
    def words(self) -> str:
        return FIELD_WORDS[self.field]


class Changed(Struct, frozen=True):
    """An application of the round and as a row of the file has it, with the fields that differ.

    A row `is_typed` of which a cell was typed over, so that it no longer says what the file says.
    """

    before: ApplicationRow
    after: ApplicationRow
    fields: tuple[FieldChange, ...]
    is_typed: bool = False

    def why(self, file: str, reason: str = "") -> str:
        """Return the reason of the correction; of what was typed with what was given for that."""
        if not self.is_typed:
            return f"from the file {file}"
        typed = f"typed at the import of {file}"
        return f"{reason} ({typed})" if reason else typed


Compare = Callable[[ReadRow], tuple[Changed | None, tuple[str, ...]]]
"""Says of a row what it says otherwise of the application that it repeats, and of which answers."""


def changes_of(target: ImportTarget, kept: Iterable[ApplicationRow]) -> Compare:
    """Return what compares a row with the application that it repeats, of the round or `kept` of the file."""
    existing = {spelling_key(row.reference): row for row in (*target.existing, *kept)}
    submitted = by_reference(target.submitted)

    def compare(row: ReadRow) -> tuple[Changed | None, tuple[str, ...]]:
        here = existing.get(spelling_key(row.same_as))
        if here is None or row.fields is None:
            return None, ()
        stood = submitted.get(here.reference, here)
        is_area_told = any(cell.field == AREA for cell in row.cells)
        fields = row.fields if is_area_told else {**row.fields, AREA: None}
        names = tuple(_differing(fields, here, stood))
        after = merged(here, ApplicationRow(here.reference, **fields), names)
        changed = Changed(here, after, tuple(_change(name, here, after) for name in names))
        others = {heading for heading, _ in {*fields["answers"]} - {*here.answers, *stood.answers}}
        told = (cell.heading for cell in row.cells if cell.field in names)
        return changed if names else None, tuple(sorted(others.difference(told)))

    return compare


def _differing(fields: Mapping[str, Any], here: ApplicationRow, submitted: ApplicationRow) -> Iterator[str]:
    """Yield the fields that the row fills and says otherwise, both than in force and than submitted.

    The names are the same but for case and spaces, or the row would be of another application.
    """
    for name in FIELD_WORDS:
        slot = SLOTS.get(name, name)
        value = fields.get(slot)
        is_silent = value in (None, "") or name == "organisation"
        if not is_silent and not any(_is_same(value, getattr(row, slot)) for row in (here, submitted)):
            yield name


def _change(name: str, here: ApplicationRow, after: ApplicationRow) -> FieldChange:
    was = printed(here, name)
    return FieldChange(name, "nothing" if was == NOTHING else was, printed(after, name))


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one_line(one) == one_line(other)
    return one == other


A_CHECK = " (a check, not a fault)"
FAILS_CAP = " (imported, and failed at its gate until the cap is raised)"
OTHER = (
    ": only signs, accents, “the”, “and” or “Ltd” tell the names apart; write it alike, or merge the two "
    "under Organisations"
)
UNSETTLED = (
    "counts with none of that name that has a charity or company number, for their numbers differ; enter the "
    "number that is missing"
)
APART = ": address and e-mail differ; where they are two, add to the name what tells them apart"
SHARED = (
    ", whose name and address differ, so that they count as one organisation; if they are two, correct the "
    "number, or import the row and choose Keep apart… under Organisations"
)
_AREA = re.compile(r"[A-Z]{1,2}(?=[0-9])")
_WITHIN, _PARTED = re.compile(r"[.']"), re.compile(r"[^\w]+|_")
"""Signs that part no word of a name, and those that do."""
FEWEST_POSTCODES = 5
"""How many postcodes of an area there are to be before another can be called unusual."""


class Check(NamedTuple):
    """What is worth a look, with the field that would mend it, "" for the whole row."""

    kind: Kind
    field: str
    words: str


FieldValue = tuple[str, str]
LookAlikes = Mapping[tuple[int, str], list[str]]
"""What each row may be the same as, "row 7" or a reference of the round, by its number and why."""
At = Callable[[int, Check], Point]
"""Puts a check on a row at the cell of its field."""


def checks(
    target: ImportTarget, kept: Mapping[int, ApplicationRow], alike: LookAlikes, at: At
) -> Mapping[int, list[Point]]:
    """Return what is worth a look in the applications by the number of their row."""
    found: dict[int, list[Point]] = defaultdict(list)
    asked: Counter[int] = Counter()
    usual = _postcodes(target)
    for (number, row), applicant in zip(kept.items(), target.applicants(tuple(kept.values())), strict=True):
        asked[applicant.number] += row.requested_pence
        own = (
            *_own(target, row),
            *_of_postcode(target, row, usual),
            *_of_applicant(target, row, applicant, asked[applicant.number]),
        )
        found[number] += [at(number, check) for check in own]
    for (number, why), others in alike.items():
        words = f"perhaps the same as {listed(others)}: {why}"
        found[number].append(at(number, Check(Kind.DUPLICATE, "", words)))
    for number, check in _of_numbers(target, kept):
        found[number].append(at(number, check))
    for number, check in _of_names(target, kept, frozenset(number for number, _ in alike)):
        found[number].append(at(number, check))
    return found


def _of_names(
    target: ImportTarget, kept: Mapping[int, ApplicationRow], alike: frozenset[int]
) -> Iterator[tuple[int, Check]]:
    """Yield who counts as another organisation by a sign of the name alone, or as one by the name alone.

    Of a row that is `alike` another, and is told so, only signs and accents are looked at.
    """
    spelt: dict[str, dict[str, str]] = defaultdict(dict)
    by_name: dict[str, list[tuple[str, ApplicationRow]]] = defaultdict(list)
    here = [(row.reference, row) for row in target.existing]
    for where, row in (*here, *((f"row {number}", row) for number, row in kept.items())):
        by_name[text_key(row.organisation)].append((where, row))
        spelt[_sound(row.organisation)].setdefault(text_key(row.organisation), row.organisation)
    for known in target.organisations:
        for name in known.spelt or known.names:
            spelt[_sound(name)].setdefault(text_key(name), name)
    for number, row in kept.items():
        others = {**spelt[_sound(row.organisation)]}
        others.pop(text_key(row.organisation), None)
        if number in alike:
            others = {key: name for key, name in others.items() if _bare(name) == _bare(row.organisation)}
        if others and not _numbers(row):
            said = listed([f"“{name}”" for name in others.values()])
            yield (
                number,
                Check(Kind.DUPLICATE, "organisation", f"counts as another organisation than {said}{OTHER}"),
            )
        apart = [at for at, one in by_name[text_key(row.organisation)] if _is_elsewhere(row, one)]
        if apart:
            words = f"counts as one organisation with {listed(apart)} by its name alone{APART}"
            yield number, Check(Kind.DUPLICATE, "organisation", words)


Bearer = tuple[str, str, ApplicationRow | None]
"""Who has a registered number: where it is written, the name, the application if it is of this round."""


def _of_numbers(target: ImportTarget, kept: Mapping[int, ApplicationRow]) -> Iterator[tuple[int, Check]]:
    """Yield who counts as one organisation with another by a registered number alone.

    Two names that the record has together under a number are asked about no more.
    """
    bearers, known = _bearers(target, kept)
    for number, row in kept.items():
        own = text_key(row.organisation)
        for field, value in registered(row.charity_number, row.company_number):
            together = known[field, value] if own in known[field, value] else frozenset()
            others = (one for name, one in bearers[field, value].items() if name not in {own, *together})
            if unlike := [one[0] for one in others if is_unlike(row, *one[1:])]:
                words = f"has the {FIELD_WORDS[field].lower()} of {listed(unlike)}{SHARED}"
                yield number, Check(Kind.SHARED_NUMBER, field, words)


def _bearers(
    target: ImportTarget, kept: Mapping[int, ApplicationRow]
) -> tuple[Mapping[FieldValue, dict[str, Bearer]], Mapping[FieldValue, set[str]]]:
    """Return who has each number, by name, and the names that the record has under it."""
    bearers: dict[FieldValue, dict[str, Bearer]] = defaultdict(dict)
    known: dict[FieldValue, set[str]] = defaultdict(set)
    here = [(row.reference, row) for row in target.existing]
    for where, row in (*here, *((f"row {number}", row) for number, row in kept.items())):
        for key in registered(row.charity_number, row.company_number):
            bearers[key].setdefault(text_key(row.organisation), (where, row.organisation, row))
    for of in target.organisations:
        for name, charity, company in of.aliases:
            for key in registered(charity, company):
                known[key].update(of.names)
                bearers[key].setdefault(name, (f"“{name}”", name, None))
    return bearers, known


def _sound(name: str) -> str:
    """Return what names share that differ in case, spaces, signs and accents, "the", "and" or "Ltd" alone."""
    plain = _bare(name)
    parted = _PARTED.sub(" ", _WITHIN.sub("", plain)).split()
    words = ["company" if word == "co" else word for word in parted if word != "and"]
    first = 1 if words[:1] == ["the"] else 0
    last = len(words) - 1 if words[-1:] in (["ltd"], ["limited"]) else len(words)
    return " ".join(words[first:last]) or plain


def _bare(name: str) -> str:
    """Return what names share that differ in case, spaces, signs and accents alone."""
    return text_key(unaccented(typed(name)))


def _is_elsewhere(one: ApplicationRow, other: ApplicationRow) -> bool:
    """Whether nothing but the name says that two applicants are one: other address, e-mail and number."""
    if _numbers(one) & _numbers(other):
        return False
    own, others = (address_of(row.address, row.postcode) for row in (one, other))
    emails = email_key(one.email), email_key(other.email)
    return own.likeness(others) is Likeness.OTHER and all(emails) and len({*emails}) == 2


def _numbers(row: ApplicationRow) -> set[str]:
    return {charity_key(row.charity_number), row.company} - {""}


def look_alikes(
    target: ImportTarget, kept: Mapping[int, ApplicationRow], called: Callable[[int], str]
) -> LookAlikes:
    """Return what each row may be the same as, by the number of the row and what they have in common.

    `called` says what a row is called: "row 7", or the file of a form.
    """
    numbers = {row.reference: number for number, row in kept.items()}
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for pair in duplicate_candidates([*target.existing, *kept.values()]):
        for one, other in (pair.pair, pair.pair[::-1]):
            if one in numbers:
                where = called(numbers[other]) if other in numbers else other
                found[numbers[one], pair.words].append(where)
    return found


def _own(target: ImportTarget, row: ApplicationRow) -> Iterator[Check]:
    """Yield what the scheme, the dates and the area's stage say of a row."""
    cap = target.cap_per_award_pence
    if cap is not None and row.requested_pence > cap:
        words = f"{short_pounds(row.requested_pence)} is over the {short_pounds(cap)} cap"
        yield Check(Kind.OVER_CAP, "amount_requested", f"{words}{FAILS_CAP}")
    verdict = received_in_time(row, target.dates)
    if verdict is not None and verdict[0] == "fail":
        yield Check(Kind.LATE, "received_at", f"{verdict[1]} (imported, and failed at its gate)")
    asks_start = target.rules is not None and any(gate.is_start for gate in target.rules.gates)
    came_to, why = starts_after_decision(row, target.dates)
    if asks_start and came_to == "fail":
        yield Check(Kind.EARLY, "start_on", f"{why} (imported, and failed at its gate)")
    stage = target.line.stages.get(row.area or "", "intake")
    if stage != "intake":
        words = f"{row.area} has moved on to {stage}: leave the row out, or have the chair move it back"
        yield Check(Kind.MOVED_ON, "area", words)


def _of_postcode(
    target: ImportTarget, row: ApplicationRow, usual: Mapping[str | None, Sequence[str]]
) -> Iterator[Check]:
    """Yield that a postcode lies outside the fund's own, or is unlike the others of its area."""
    letters, others = _letters(row.postcode), usual.get(row.area, ())
    if not letters:
        return
    if target.postcodes and letters not in target.postcodes:
        known = ", ".join(target.postcodes)
        words = f"{row.postcode} is outside the area of the fund, whose postcodes begin {known}"
        yield Check(Kind.OUT_OF_AREA, "postcode", words)
    elif len(others) >= FEWEST_POSTCODES and letters not in others:
        known = ", ".join(sorted(set(others)))
        words = f"{row.postcode} is unlike the other postcodes of {row.area}, which begin {known}"
        yield Check(Kind.OUT_OF_AREA, "postcode", words)


def _postcodes(target: ImportTarget) -> Mapping[str | None, Sequence[str]]:
    """Return the beginnings of the postcodes in the round by area."""
    found: dict[str | None, list[str]] = defaultdict(list)
    for one in target.existing:
        if letters := _letters(one.postcode):
            found[one.area].append(letters)
    return found


def _letters(postcode: str) -> str:
    """Return the letters that a postcode begins with, "" for what is none: that is said as a fault."""
    found = _AREA.match(readable(read_postcode, postcode) or "")
    return found[0] if found is not None else ""


def _of_applicant(
    target: ImportTarget, row: ApplicationRow, applicant: Applicant, asked_pence: int
) -> Iterator[Check]:
    """Yield what the applicant had before, what it asks in all this year, and whether it is known."""
    known, cap = applicant.known, target.cap_per_organisation_pence
    if applicant.is_unsettled:
        yield Check(Kind.DUPLICATE, "organisation", UNSETTLED)
    if known is not None and known.funded_pence:
        words = f"{short_pounds(known.funded_pence)} awarded or recommended to this organisation before"
        yield Check(Kind.FUNDED_BEFORE, "", words)
    year = asked_pence + (known.year_pence if known is not None else 0)
    if cap is not None and year > cap:
        words = f"{short_pounds(year)} this year for this organisation is over the {short_pounds(cap)} cap"
        words += counting(known.proposed_pence if known is not None else 0)
        yield Check(Kind.OVER_CAP, "", f"{words}{FAILS_CAP if row.requested_pence > cap else A_CHECK}")
