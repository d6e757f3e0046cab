"""The lines of the page: the organisations, and what is known of one, part by part."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from msgspec import Struct

from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.text import counted
from models.queries.applications.organisation import AppliedFor, Organisation
from models.queries.applications.organisations import OrganisationLine
from models.reference.defaults import CHECKS
from models.values.awards import trigger_words
from models.values.diligence import RESULTS
from models.values.rounds import RoundLine
from scoring.money import short_pounds
from scoring.written.days import short_day
from scoring.written.names import round_names, search_words

APPLICATIONS, AWARDS, RETURNS, MONEY = "applications", "awards", "returns", "money"
CHECKED, NAMES, CONTACTS = "checks", "names", "contacts"
SECTIONS: tuple[tuple[str, str], ...] = (
    ("Applications", APPLICATIONS),
    ("Awards and payments", AWARDS),
    ("Returns", RETURNS),
    ("Money over three years", MONEY),
    ("Due diligence", CHECKED),
    ("Names and numbers", NAMES),
    ("Addresses and contacts", CONTACTS),
)
"""The parts of what is known of an organisation, in words and by key."""
EMPTY_WORDS = {
    APPLICATIONS: "No application is recorded for this organisation.",
    AWARDS: "Nothing was awarded to it.",
    RETURNS: "No return is asked of it.",
    MONEY: "Nothing was awarded to it.",
    CHECKED: "No check was recorded on its awards. They are recorded on Awards & payments.",
    NAMES: "No name is recorded.",
    CONTACTS: "No address and no contact is recorded.",
}
NO_ROLE = "What was paid is shown to officers, finance and the people who sign."
MERGED = "merged:"
"""How the key of a line begins that tells of a merge."""


class OrganisationRow(Struct, frozen=True):
    """A line of a part: its key, what it is called, what it says, and the page that it leads to, if any."""

    key: str
    what: str
    says: str
    note: str = ""
    page: str = ""
    round: RoundLine | None = None
    reference: str = ""


def rows_of(found: Organisation, section: str) -> tuple[OrganisationRow, ...]:
    """Return the lines of a part of what is known of an organisation."""
    return tuple(_PARTS[section](found))


def _applications(found: Organisation) -> Iterator[OrganisationRow]:
    for one in found.applications:
        asked = "" if one.closed else f"requested {short_pounds(one.row.requested_pence)}, "
        says = one.row.project or one.row.organisation
        yield _row_of(one, one.row.reference, says, f"{asked}{one.came_to} · {_where(one)}", "applications")


def _awards(found: Organisation) -> Iterator[OrganisationRow]:
    for one in found.awards:
        row = one.award
        assert row is not None, "one of those that were awarded"
        paid = f", {short_pounds(row.paid_pence)} paid" if found.sees_paid else ""
        stands = f", stands at {short_pounds(row.stands_pence)} after money returned"
        agreed = f"agreement signed {short_day(row.agreed_on)}" if row.agreed_on else "agreement not signed"
        says = f"{short_pounds(row.agreed_pence)} awarded{paid}{stands if row.returned_pence else ''}"
        yield _row_of(one, row.reference, says, f"{agreed} · {_where(one)}", "awards")
        late = row.late(found.today)
        for number, part in enumerate(row.instalments if found.sees_paid else (), 1):
            due = row.expected_on(part, found.today)
            waits = "on hold" if row.held_for else f"on {trigger_words(part.trigger)}"
            day = f"due {short_day(due)}" if due else waits
            state = f"paid {short_day(part.paid_on)}" if part.paid_on else day
            state += ", late" if number in late else ""
            words = f"Payment {number}"
            yield _row_of(one, words, f"{short_pounds(part.amount_pence)}, {state}", row.reference, "awards")
        for back in row.returned if found.sees_paid else ():
            says = f"{short_pounds(back.amount_pence)} returned {short_day(back.on)}"
            yield _row_of(one, "Returned", says, back.reason or row.reference, "awards")


def _returns(found: Organisation) -> Iterator[OrganisationRow]:
    for one in found.returns:
        late = one.days_late(found.today)
        came = f"received {short_day(one.received_on)}" if one.received_on else "not received yet"
        state = f"{counted(late, 'day', 'days')} late" if late else came
        yield OrganisationRow(
            f"return:{one.round.round_id}:{one.award}:{one.due_on}",
            one.award,
            f"Due {short_day(one.due_on)}, {state}",
            one.words,
            "monitoring",
            one.round,
            one.application,
        )


def _money(found: Organisation) -> Iterator[OrganisationRow]:
    line = found.line
    if not line.awards:
        return
    for year in reversed(line.years):
        yield OrganisationRow(
            f"year:{year.year}", year.year, short_pounds(year.pence), "awarded, less returned"
        )
    yield OrganisationRow("years", "Three years", short_pounds(line.three_years_pence), "together")
    of = f"of {short_pounds(found.limit.minimal_pence)}, from this office"
    yield OrganisationRow("minimal", "Minimal financial assistance", short_pounds(found.minimal_pence), of)


def _checks(found: Organisation) -> Iterator[OrganisationRow]:
    for check in found.line.checks:
        done = check.done.result
        says = f"{RESULTS[done.result]} on {short_day(done.checked_on)}, {check.done.checked_by}"
        note = " · ".join(part for part in (check.award, done.note) if part)
        yield OrganisationRow(f"check:{check.code}", CHECKS[check.code], says, note)


def _names(found: Organisation) -> Iterator[OrganisationRow]:
    for number, one in enumerate(found.names):
        charity = f"charity {one.charity_number}" if one.charity_number else ""
        company = f"company {one.company_number}" if one.company_number else ""
        numbers = ", ".join(part for part in (charity, company) if part) or "without a number"
        yield OrganisationRow(f"name:{number}", "Name", one.name, numbers)
    for merge in found.merges:
        did, how = ("Kept apart", "from") if merge.is_apart else ("Merged", "into")
        by = f"{how} {merge.into_name}, by {merge.by}, {short_day(merge.at)}"
        yield OrganisationRow(f"{MERGED}{merge.uid}", did, f"{merge.name}: {merge.reason}", by)


def _contacts(found: Organisation) -> Iterator[OrganisationRow]:
    for number, one in enumerate(found.contacts):
        says = ", ".join(part for part in (one.name, one.email, one.phone) if part) or "no name"
        where = ", ".join(part for part in (" ".join(one.address.split()), one.postcode) if part)
        note = " · ".join(part for part in (where, ", ".join(one.references)) if part)
        yield OrganisationRow(f"contact:{number}", "Contact", says, note)


_PARTS: dict[str, Callable[[Organisation], Iterator[OrganisationRow]]] = {
    APPLICATIONS: _applications,
    AWARDS: _awards,
    RETURNS: _returns,
    MONEY: _money,
    CHECKED: _checks,
    NAMES: _names,
    CONTACTS: _contacts,
}


def _row_of(one: AppliedFor, what: str, says: str, note: str, page: str) -> OrganisationRow:
    key = f"{page}:{one.round.round_id}:{one.row.reference}:{what}:{says}"
    return OrganisationRow(key, what, says, note, page, one.round, one.row.reference)


def _where(one: AppliedFor) -> str:
    return ", ".join(round_names(one.round.fund, f"{one.round.year} {one.round.name}".strip()))


def narrowed(lines: Sequence[OrganisationLine], words: str) -> tuple[OrganisationLine, ...]:
    """Return the organisations whose names or numbers hold every word typed."""
    wanted = search_words(words)
    return tuple(line for line in lines if all(word in _searched(line) for word in wanted))


def _searched(line: OrganisationLine) -> str:
    return " ".join(search_words(" ".join((line.name, *line.others, *line.numbers))))


def sums_words(lines: Sequence[OrganisationLine]) -> str:
    """Return how many there are and what they were awarded together."""
    given = sum(line.awarded_pence for line in lines)
    late = sum(line.late for line in lines)
    words = f"{counted(len(lines), 'organisation', 'organisations')}, {short_pounds(given)} awarded in all"
    return f"{words}, {counted(late, 'return', 'returns')} late." if late else f"{words}."


def accessible_text(line: OrganisationLine) -> str:
    """Return an organisation's line in words."""
    parts = (line.name, _under(line), _applied(line), _awarded(line), paid(line), _late(line), _checked(line))
    return ", ".join(part for part in parts if part)


def row_accessible_text(row: OrganisationRow) -> str:
    """Return a line in words."""
    return ", ".join(part for part in (row.what, row.says, row.note) if part)


def paid(line: OrganisationLine) -> str:
    """Return what was paid less what came back, "" for somebody who does not read it."""
    if line.paid_pence is None:
        return ""
    return short_pounds(line.paid_pence) if line.awards else "–"


def _paid_aloud(line: OrganisationLine) -> str:
    return paid(line) or NO_ROLE


def _late_aloud(line: OrganisationLine) -> str:
    return ", ".join(part for part in (_late(line) or "no return late", _checked(line)) if part)


def _under(line: OrganisationLine) -> str:
    return " · ".join((*line.numbers, *line.others))


def _applied(line: OrganisationLine) -> str:
    return counted(line.applications, "application", "applications")


def _awarded(line: OrganisationLine) -> str:
    return short_pounds(line.awarded_pence) if line.awards else "–"


def _count_of_awards(line: OrganisationLine) -> str:
    return counted(line.awards, "award", "awards") if line.awards else ""


def _three_years(line: OrganisationLine) -> str:
    return short_pounds(line.three_years_pence) if line.three_years_pence else "–"


def _late(line: OrganisationLine) -> str:
    return f"{line.late:,} late" if line.late else ""


def _checked(line: OrganisationLine) -> str:
    if line.unpassed:
        return f"{line.unpassed:,} not passed"
    return f"{len(line.checks):,} checked" if line.checks else ""


organisation_key: Callable[[OrganisationLine], str] = attrgetter("uid")
"""Return what an organisation stays known by."""
row_key: Callable[[OrganisationRow], str] = attrgetter("key")
"""Return a line's key."""
_name: Callable[[OrganisationLine], str] = attrgetter("name")
_what: Callable[[OrganisationRow], str] = attrgetter("what")
_says: Callable[[OrganisationRow], str] = attrgetter("says")
_note: Callable[[OrganisationRow], str] = attrgetter("note")

COLUMNS: tuple[LineColumn[OrganisationLine], ...] = (
    LineColumn(
        "organisation", "Organisation", _name, _name, under=_under, tip=accessible_text, is_strong=True
    ),
    LineColumn(
        "applications",
        "Applications",
        lambda line: f"{line.applications:,}",
        _applied,
        width=90,
        is_right=True,
        brief="Appl.",
        gives_way=Gives.FIGURES,
    ),
    LineColumn("awarded", "Stands at", _awarded, _awarded, width=110, is_right=True, under=_count_of_awards),
    LineColumn(
        "paid",
        "Paid less returned",
        paid,
        _paid_aloud,
        width=124,
        is_right=True,
        gives_way=Gives.FIGURES + 1,
        brief="Net paid",
    ),
    LineColumn(
        "years",
        "Three years",
        _three_years,
        _three_years,
        width=110,
        is_right=True,
        gives_way=Gives.FIGURES,
    ),
    LineColumn("late", "Returns", _late, _late_aloud, width=80, under=_checked, gives_way=Gives.STATE),
)
ROW_COLUMNS: tuple[LineColumn[OrganisationRow], ...] = (
    LineColumn("what", "Item", _what, _what, width=110, tip=_what, keeps=Keeps.WHOLE),
    LineColumn("says", "Details", _says, _says, under=_note, tip=row_accessible_text),
)
