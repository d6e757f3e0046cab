"""Organisations as the command prints them: a table and lines for people, JSON for scripts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cli.days import iso_day
from cli.output import on_one_line, table
from models.values.diligence.checks import CHECKS
from scoring.counted import counted
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.written.days import short_day
from scoring.written.names import round_names

if TYPE_CHECKING:
    from models.queries.applications.organisations.detail import AppliedFor, Organisation
    from models.queries.applications.organisations.lines import OrganisationLine

Json = dict[str, object]


def lines_table(lines: "Sequence[OrganisationLine]") -> Iterator[str]:
    """Yield organisations as a table."""
    heads = (
        "Organisation",
        "Number",
        "Applications",
        "Awards",
        "Stand at",
        "Paid less returned",
        "Late",
        "Three years",
    )
    rows = [
        (
            line.name,
            ", ".join(line.numbers),
            str(line.applications),
            str(line.awards),
            pounds(line.awarded_pence),
            _paid(line),
            str(line.late or ""),
            pounds(line.three_years_pence),
        )
        for line in lines
    ]
    if rows:
        yield from table(heads, rows, right=(2, 3, 4, 5, 6, 7))


def line_json(line: "OrganisationLine") -> Json:
    """Return a line; `paid` is null for somebody who may not read it."""
    return {
        "name": line.name,
        "other_names": list(line.others),
        "charity_numbers": list(line.charity_numbers),
        "company_numbers": list(line.company_numbers),
        "applications": line.applications,
        "awards": line.awards,
        "awarded": plain_pounds(line.awarded_pence),
        "paid": plain_pounds_if_any(line.paid_pence),
        "returns_late": line.late,
        "years": {one.year: plain_pounds(one.pence) for one in line.years},
        "three_years": plain_pounds(line.three_years_pence),
        "due_diligence": [
            {
                "check": one.code,
                "result": one.done.result.result,
                "on": iso_day(one.done.result.checked_on),
                "by": one.done.checked_by,
                "award": one.award,
            }
            for one in line.checks
        ],
    }


def organisation_json(found: "Organisation") -> Json:
    """Return all that is of one."""
    return {
        **line_json(found.line),
        "minimal_assistance": plain_pounds(found.minimal_pence),
        "minimal_assistance_limit": plain_pounds(found.limit.minimal_pence),
        "names": [
            {"name": one.name, "charity_number": one.charity_number, "company_number": one.company_number}
            for one in found.names
        ],
        "applied_for": [_applied_json(one, sees_paid=found.sees_paid) for one in found.applications],
        "returns": [
            {
                "award": one.award,
                "due_on": iso_day(one.due_on),
                "received_on": iso_day(one.received_on),
                "days_late": one.days_late(found.today),
            }
            for one in found.returns
        ],
        "contacts": [
            {
                "name": one.name,
                "email": one.email,
                "phone": one.phone,
                "address": one.address,
                "postcode": one.postcode,
                "applications": list(one.references),
            }
            for one in found.contacts
        ],
        "merged": [
            {"name": one.name, "into": one.into_name, "reason": one.reason, "by": one.by}
            for one in found.merges
            if not one.is_apart
        ],
        "kept_apart": [
            {"name": one.name, "from": one.into_name, "reason": one.reason, "by": one.by}
            for one in found.merges
            if one.is_apart
        ],
    }


def _applied_json(one: "AppliedFor", *, sees_paid: bool) -> Json:
    row = one.award
    return {
        "fund": one.round.fund,
        "year": one.round.year,
        "round": one.round.name,
        "reference": one.reference,
        "as": one.organisation,
        "area": one.area or None,
        "project": one.project,
        "requested": None if one.closed else plain_pounds(one.requested_pence),
        "came_to": one.came_to,
        "award": None if row is None else row.reference,
        "awarded": None if row is None else plain_pounds(row.stands_pence),
        "paid": None if row is None or not sees_paid else plain_pounds(row.paid_pence - row.returned_pence),
    }


def organisation_words(found: "Organisation") -> tuple[str, ...]:
    """Return all that is of one in lines for people."""
    return tuple(map(on_one_line, _words(found)))


def _words(found: "Organisation") -> Iterator[str]:
    line = found.line
    yield line.name
    yield from _listed("Also known as", line.others)
    yield from _listed("Charity number", line.charity_numbers)
    yield from _listed("Company number", line.company_numbers)
    years = ", ".join(f"{one.year} {pounds(one.pence)}" for one in line.years)
    yield f"{counted(line.awards, 'award')}, {pounds(line.awarded_pence)}, {_paid(line) or 'not shown'} paid"
    yield f"In three years {pounds(line.three_years_pence)}: {years}"
    yield (
        f"Minimal financial assistance from us in these years: {pounds(found.minimal_pence)} of "
        f"{pounds(found.limit.minimal_pence)}"
    )
    for one in found.applications:
        where = " ".join(round_names(one.round.fund, f"{one.round.year} {one.round.name}"))
        project = f", {one.project}" if one.project else ""
        yield f"{one.reference} ({where}){project}: {one.came_to}"
    for due in found.returns:
        late = due.days_late(found.today)
        came = f"came {short_day(due.received_on)}" if due.received_on else "not in yet"
        said = f"late by {counted(late, 'day')}" if late else came
        yield f"Return on {due.award}, due {short_day(due.due_on)}: {said}"
    for check in line.checks:
        done = check.done.result
        note = f": {done.note}" if done.note else ""
        yield f"{CHECKS[check.code]}: {done.result} on {short_day(done.checked_on)} ({check.award}){note}"
    for contact in found.contacts:
        parts = (contact.name, contact.email, contact.phone, contact.address, contact.postcode)
        yield f"Contact of {', '.join(contact.references)}: {', '.join(part for part in parts if part)}"
    for merge in found.merges:
        did = f"is kept apart from {merge.into_name}" if merge.is_apart else "was merged into it"
        yield f"{merge.name} {did} by {merge.by}: {merge.reason}"


def _listed(what: str, texts: Iterable[str]) -> Iterator[str]:
    said = ", ".join(texts)
    if said:
        yield f"{what}: {said}"


def _paid(line: "OrganisationLine") -> str:
    return "" if line.paid_pence is None else pounds(line.paid_pence)
