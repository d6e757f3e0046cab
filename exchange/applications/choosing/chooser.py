"""The order in which fields are given their columns: what is given, what is sure, what may be."""

from exchange.applications.choosing.by_values import (
    choose_likely,
    column_of_areas,
    column_of_references,
    let_go_of_words,
    name_by_summary,
)
from exchange.applications.choosing.choice import Choice
from exchange.applications.choosing.column_options import is_of_sign_in, likeliest_first
from exchange.applications.choosing.fitting import TOLD, likeliest
from exchange.applications.choosing.joining import choose_both_registers, join_address, join_name
from exchange.applications.likely.likely_cells import are_all_one, are_spells, are_titles, is_one_for_all
from exchange.applications.table import Heading
from models.values.application_fields import FIELDS

_SURE = "organisation", "amount_requested"


def choose(choice: Choice) -> None:
    """Give each field its column: given, sure, then possible."""
    amounts = choice.possible("amount_requested")
    choice.reserved = amounts[0] if len(amounts) == 1 else None  # which is then not the organisation
    _choose_field(choice, "organisation")
    choice.reserved = None
    if organisation := choice.heading_of("organisation"):
        choice.values = choice.values.of_rows_with(organisation)
    for field in ("amount_requested", *FIELDS):
        if field == "contact_name":
            join_name(choice)
        _choose_field(choice, field)
    join_address(choice)
    let_go_of_words(choice)
    name_by_summary(choice)
    choose_both_registers(choice)
    choose_likely(choice)
    join_address(choice)


def _choose_field(choice: Choice, field: str) -> None:
    if choice.is_settled(field):
        return
    values = choice.values
    sure = _sure(choice, field)
    strong = [heading for heading in sure if not _is_weak(choice, heading, field)]
    heading = (
        values.leftmost(choice.given(field))
        or next(filter(values.are_below, likeliest_first(field, strong)), None)
        or likeliest(choice, likeliest_first(field, choice.offering(field, sure=False)), field)
        or likeliest(choice, choice.about(field), field)
        or values.leftmost([heading for heading in sure if not values.name_nobody(heading)])
        or _last_resort(choice, field)
    )
    if heading:
        choice.chosen[heading] = field


def _sure(choice: Choice, field: str) -> list[Heading]:
    """Return the headings that are surely a field; a reference is never one for all, a spell no time."""
    sure = choice.offering(field, sure=True)
    if field == "received_at":
        return [heading for heading in sure if not are_spells(choice.values.first(heading))]
    if field != "reference":
        return sure
    return [heading for heading in sure if not is_one_for_all(list(choice.values.of(heading)))]


def _is_weak(choice: Choice, heading: Heading, field: str) -> bool:
    """Whether a heading that is surely a field gives way to any other that may be it.

    So do long texts to a title, what all say alike to what each tells, and to an address that everybody was
    asked for that of signing in.
    """
    if field == "email":
        return is_of_sign_in(heading, choice.found) and _is_asked_of_all(choice, heading)
    values = choice.values.first(heading)
    if field in TOLD:
        return are_all_one(values)
    return field == "project" and not are_titles(values)


def _is_asked_of_all(choice: Choice, heading: Heading) -> bool:
    """Whether another e-mail address stands wherever this one does: else some had none at all."""
    sure, likely = (choice.offering("email", sure=is_sure) for is_sure in (True, False))
    others = (one for one in (*sure, *likely, *choice.about("email")) if one != heading)
    filled = choice.values.count(heading)
    return any(choice.values.count(one) >= filled for one in others)


def _last_resort(choice: Choice, field: str) -> Heading | None:
    """Return the column of a field that a table has though no heading says so."""
    if field == "area":
        return column_of_areas(choice)
    if field == "reference":
        return column_of_references(choice)
    return choice.values.leftmost(choice.possible(field)) if field in _SURE else None
