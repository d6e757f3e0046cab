"""What an application is for, as lines of its fund's lists, and what is read from an applicant's words."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from models.reference.fund_defaults import FundDefaults, ListItem, ListKind, in_use
from models.values.rows import ApplicationRow
from scoring.written.names import alike_key, plain_words, text_key

HEADINGS: dict[ListKind, tuple[str, ...]] = {
    ListKind.PERMITTED: ("permitted purpose", "purpose of the grant"),
    ListKind.SERVICE: ("service area", "type of service", "kind of service"),
    ListKind.CRIME: ("crime type", "type of crime", "kind of crime"),
    ListKind.PRIORITY: ("priority", "priorities"),
    ListKind.ORGANISATION: ("type of organisation", "kind of organisation", "organisation type"),
    ListKind.RUNNING: ("came about", "project generated", "way of running", "how the project was generated"),
    ListKind.PURPOSE: ("fund purpose", "purpose of the fund"),
}
"""What the heading of an answer says that is about a list."""
CHOICE_WORDS = {
    ListKind.PERMITTED: "Permitted purpose",
    ListKind.SERVICE: "Service area",
    ListKind.CRIME: "Crime type",
    ListKind.PRIORITY: "Priority of the Plan",
    ListKind.ORGANISATION: "Kind of organisation",
    ListKind.RUNNING: "How it came about",
    ListKind.PURPOSE: "Purpose",
}
"""What the line of a list is called where an application has one."""


class Choice(Struct, frozen=True):
    """A line of a fund's list that an application has, with its words of the day on which it was chosen."""

    kind: ListKind
    code: str
    words: str
    is_suggested: bool = False


class ChoicesOf(Struct, frozen=True):
    """The lines that an application has."""

    application: str
    choices: tuple[Choice, ...]


def suggested(row: ApplicationRow, rules: FundDefaults) -> tuple[Choice, ...]:
    """Return the lines of the fund's lists that an application's own words name, at most one a list."""
    return tuple(_suggested(row, rules))


def found_in(text: str, items: Sequence[ListItem]) -> ListItem | None:
    """Return the one line that a text names: by its words or code, or where its words stand in the text."""
    same = [item for item in items if text_key(text) in (text_key(item.words), text_key(item.code))]
    alike = [item for item in items if alike_key(text) and alike_key(text) == alike_key(item.words)]
    within = [item for item in items if f" {plain_words(item.words)} " in f" {plain_words(text)} "]
    return next((found[0] for found in (same, alike, within) if len(found) == 1), None)


def _suggested(row: ApplicationRow, rules: FundDefaults) -> Iterator[Choice]:
    for kind in ListKind:
        items = in_use(rules.items(kind))
        found = next(filter(None, (found_in(text, items) for text in _texts(row, kind))), None)
        if found is not None:
            yield Choice(kind, found.code, found.words, is_suggested=True)


def _texts(row: ApplicationRow, kind: ListKind) -> Iterable[str]:
    if kind is ListKind.ORGANISATION and row.organisation_type:
        yield row.organisation_type
    for heading, text in row.answers:
        said = plain_words(heading)
        if any(words in said for words in HEADINGS[kind]):
            yield text
