"""Several columns for one field, two names of a contact or lines of an address, and one column for two."""

from exchange.applications.address_lines import lines_of
from exchange.applications.choosing.choice import Choice
from exchange.applications.fields import text_of
from exchange.applications.likely.both_registers import asks_both_registers
from exchange.applications.name_halves import name_half, pair_of
from exchange.applications.table import Heading
from exchange.applications.wording import words_of
from scoring.written.names import is_title


def join_name(choice: Choice) -> None:
    """Make one contact of a first and a last name, where no column surely has the whole name."""
    whole = (*choice.given("contact_name"), *choice.offering("contact_name", sure=True))
    if any(choice.values.are_below(one) and name_half(one.parts.text) is None for one in whole):
        return
    able = [
        heading
        for heading in choice.free()
        if choice.given_to(heading) in (None, "contact_name") and choice.values.are_below(heading)
    ]
    if pair := pair_of([heading.parts.text for heading in able]):
        halves = [able[index] for index in pair]
        title = next((one for one in choice.undecided() if _is_title_of(choice, one, halves[0])), None)
        choice.chosen |= dict.fromkeys((*filter(None, (title,)), *halves), "contact_name")


def _is_title_of(choice: Choice, heading: Heading, first: Heading) -> bool:
    """Whether a column just before a first name holds how that person is addressed: nothing but titles."""
    is_beside = heading.column == first.column - 1
    if not is_beside or _TITLES_OF_PERSONS.isdisjoint(words_of(heading.parts.text)):
        return False
    return choice.values.are_below(heading) and all(
        is_title(text_of(value)) for value in choice.values.first(heading)
    )


_TITLES_OF_PERSONS = frozenset({"title", "salutation", "prefix", "honorific"})


def join_address(choice: Choice) -> None:
    """Make one address of its lines, where they stand in columns side by side."""
    headings = choice.found.headings
    main = choice.heading_of("address")
    texts = [heading.parts.text for heading in headings]
    lines = [headings[at] for at in lines_of(texts, None if main is None else headings.index(main))]
    if not lines or (main is None and choice.given_to(lines[0]) not in (None, "address")):
        return
    for heading in lines:
        is_free = heading in choice.free() and choice.given_to(heading) in (None, "address")
        if is_free and choice.values.are_below(heading):
            choice.chosen[heading] = "address"


def choose_both_registers(choice: Choice) -> None:
    """Give one column of charity and company numbers to the first; each row goes by its own number."""
    if {"charity_number", "company_number"} & {*choice.chosen.values()}:
        return
    both = (h for h in choice.undecided() if asks_both_registers(h.parts.text))
    if heading := next(filter(choice.values.are_below, both), None):
        choice.chosen[heading] = "charity_number"
