"""The order in which fields are given their columns: what is given, what is sure, what may be."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from exchange.applications.column_options import (
    ColumnValues,
    all_options,
    bare_words,
    is_of_sign_in,
    is_sent,
    likeliest_first,
    rules_out,
    span_of,
)
from exchange.applications.fields import (
    YES_OR_NO,
    AreaNames,
    are_all_one,
    are_references,
    are_repeated,
    are_short_titles,
    are_spells,
    are_titles,
    asks_both_registers,
    is_likely,
    is_one_for_all,
    is_readable,
    read_pence,
    text_of,
)
from exchange.applications.heading_rows import asked_fields, given_option, options_of
from exchange.applications.headings import OF_OTHERS, WORDS, Option, subjects, words_of
from exchange.applications.likeness import judged, look_of, weight_of_look
from exchange.applications.matching import is_later_line, lines_of, may_be_area, name_half, pair_of
from exchange.applications.table import FoundTable, Heading
from exchange.reading.sheets import Cell
from models.values.applications import FIELDS
from models.values.rounds import FORCE_WIDE
from scoring.written.names import is_title
from scoring.written.text import readable


class Choice:
    """The columns of a table while they are chosen.

    `chosen` is the field of each heading that has one, `reserved` are those that are kept for a later field.
    `values` are those of all rows, and once the organisation is known of the rows that name one.
    """

    def __init__(self, found: FoundTable, mapping: Mapping[str, str], areas: AreaNames) -> None:
        self.found = found
        self.areas = areas
        self.chosen: dict[Heading, str] = {}
        self.reserved: Collection[Heading] = ()
        self.values = ColumnValues(found.rows)
        self._mapping = mapping
        self.options = all_options(found, frozenset(filter(self.is_given, found.headings)))

    def given_to(self, heading: Heading) -> str | None:
        """Return the field that a mapping gives a heading, "answers" where it shall stay one, or None."""
        own = given_option(heading.text, self._mapping)
        return own if own is not None else given_option(heading.parts.text, self._mapping)

    def is_given(self, heading: Heading) -> bool:
        return self.given_to(heading) is not None

    def heading_of(self, wanted: str) -> Heading | None:
        return next((heading for heading, field in self.chosen.items() if field == wanted), None)

    def is_hidden(self, heading: Heading) -> bool:
        """Whether the spreadsheet hides a column of which nobody says what it is."""
        return heading.column in self.found.hidden_columns and not self.is_given(heading)

    def free(self) -> Iterator[Heading]:
        """Return the headings that have no field yet, from the left; hidden columns are left out."""
        headings = (one for one in self.found.headings if not self.is_hidden(one))
        return (one for one in headings if one not in self.chosen and one not in self.reserved)

    def given(self, field: str) -> list[Heading]:
        return [heading for heading in self.free() if self.given_to(heading) == field]

    def undecided(self) -> Iterator[Heading]:
        """Return the free headings of which a mapping says nothing."""
        return (heading for heading in self.free() if not self.is_given(heading))

    def unknown(self) -> Iterator[Heading]:
        """Return the undecided headings that no rule knows."""
        return (heading for heading in self.undecided() if not options_of(heading.parts, {}))

    def offering(self, field: str, *, sure: bool) -> list[Heading]:
        """Return the undecided headings that are surely, or may be, a field."""
        return [heading for heading in self.undecided() if Option(field, sure) in self.options[heading]]

    def about(self, field: str) -> list[Heading]:
        """Return the headings that no rule knows but that ask about a field."""
        return [heading for heading in self.unknown() if field in subjects(heading.parts.text)]

    def possible(self, field: str) -> list[Heading]:
        """Return every heading that can be a field, the surest first."""
        offering = (*self.offering(field, sure=True), *self.offering(field, sure=False))
        return [*self.given(field), *offering, *self.about(field)]

    def is_settled(self, field: str) -> bool:
        """Whether a field needs no column any more.

        Where the one area is the whole force a column of places is only an answer.
        """
        whole = field == "area" and self.areas.order == (FORCE_WIDE,) and not self.given("area")
        return whole or field in self.chosen.values()


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
    is_beside = heading.at == first.at - 1
    if not is_beside or _TITLES_OF_PERSONS.isdisjoint(bare_words(heading)):
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


TOLD = frozenset({"summary", "need", "outcomes"})
"""Fields that each applicant tells in words of its own."""

_MUCH_MORE, _LIKELY = 4.0, 6.0
"""By how much another field must be likelier for a heading in doubt, and how likely it must be."""
_TOTAL = frozenset({"total"})


def likeliest(choice: Choice, headings: Iterable[Heading], field: str) -> Heading | None:
    """Return the leftmost of the headings in doubt under which most values can be read as the field."""
    fitting = (one for one in headings if choice.values.are_below(one) and fits(choice, one, field))
    return next((one for one in fitting if not _is_rather_another(choice, one, field)), None)


def fits(choice: Choice, heading: Heading, field: str) -> bool:
    """Say whether at least half of the first values of a column can be read as a field."""
    values = choice.values.first(heading)
    if field == "area":
        return 2 * known_areas(choice.areas, values) >= len(values)
    if rules_out(heading, field) or (field == "reference" and are_repeated(values)):
        return False
    if field in TOLD and are_all_one(values):
        return False
    if field == "total_cost" and bare_words(heading) == _TOTAL:
        return _covers_the_amount(choice, heading)
    return 2 * sum(is_likely(field, value) for value in values) >= len(values)


def known_areas(areas: AreaNames, values: Sequence[Cell]) -> int:
    return sum(areas.match(text_of(value))[1] for value in values)


def _is_rather_another(choice: Choice, heading: Heading, field: str) -> bool:
    """Whether words and values of a heading in doubt are much more those of another open field."""
    if field == "area":
        return False
    look = look_of(choice.values.first(heading), heading.parts.lower)
    words = judged(heading.parts.text)
    open_to = {*FIELDS} - {*choice.chosen.values()} | {field}
    weights = {name: words[name] + weight_of_look(name, look) for name in open_to}
    return max(weights.values()) - weights[field] > _MUCH_MORE and max(weights.values()) > _LIKELY


def _covers_the_amount(choice: Choice, heading: Heading) -> bool:
    """Say whether a column is mostly no less than the amount requested, as the whole cost is."""
    amount = choice.heading_of("amount_requested")
    if amount is None:
        return False
    pairs = choice.values.pairs(heading, amount)
    read = ((readable(read_pence, one), readable(read_pence, other)) for one, other in pairs)
    known = [(total, asked) for total, asked in read if total and asked]
    return bool(known) and 2 * sum(total >= asked for total, asked in known) > len(known)


_OF_FEW_WORDS, _ENOUGH = frozenset({"beneficiaries", *YES_OR_NO}), 3
_FEWEST_ANSWERS = 2
_TELLING = frozenset({"summary", "summarise", "describe", "description", "about", "details"})


def let_go_of_words(choice: Choice) -> None:
    """Leave a question for a figure or a yes, most of whose answers are words, among the answers."""
    for heading, field in tuple(choice.chosen.items()):
        if field in _OF_FEW_WORDS and not choice.is_given(heading):
            values = choice.values.first(heading)
            is_told = len(set(map(text_of, values))) >= _FEWEST_ANSWERS  # no box ticked with its own words
            if (
                is_told
                and len(values) >= _ENOUGH
                and 2 * sum(is_readable(field, value) for value in values) < len(values)
            ):
                del choice.chosen[heading]


def name_by_summary(choice: Choice) -> None:
    """Take short titles for the project, where they stand under what else would be its summary."""
    heading = choice.heading_of("summary")
    if heading is None or choice.heading_of("project") is not None or choice.given_to(heading):
        return
    is_told = not _TELLING.isdisjoint(bare_words(heading))
    if not is_told and are_short_titles(choice.values.first(heading)):
        choice.chosen[heading] = "project"


_LEAST = 3.5
"""How much must speak for a field, as the logarithm of odds; below it the officer is asked."""
_LEAST_WHERE_DOUBTED = 6.0
"""The same where a rule knew the heading but its values, or a surer heading, spoke against it."""
_LEAST_WHERE_UNKNOWN = 5.0
"""The same for an area, whose values may be none of those known here."""
_IN_ORDER = 1.0
_ORDERS = (
    ("organisation", "organisation_type", "charity_number", "company_number"),
    ("contact_name", "email", "phone"),
    ("address", "postcode"),
    ("project", "summary", "need", "outcomes", "beneficiaries"),
    ("amount_requested", "total_cost", "match_funding"),
    ("start_on", "end_on"),
)
_FOLLOWS = frozenset(two for order in _ORDERS for two in pairwise(order))
"""Fields of which the second is often asked right after the first."""
_LEAST_IN_WORDS = 0.5
"""How much of it the words of the heading must say: values alone make no field."""
_FAR_MORE = 8.0
"""By how much another field, though it has its column, must be likelier for a column to be none."""
_OF_OTHERS_WEIGHS = 5.0
_UNMISTAKABLE = frozenset({"email", "phone", "postcode"})
_OF_POSTS = WORDS["of posts"]
_LEAST_OF_SOLE = -0.5
_BY_LOOK = frozenset({"area"})
"""Fields whose values need not be known: an area that is not one of the round's is asked about."""


class Likely(Struct, frozen=True):
    """A column that may hold a field, with how much speaks for it."""

    weight: float
    heading: Heading
    field: str
    look: str


def choose_likely(choice: Choice) -> None:
    """Give the fields that are still open to the columns that no rule knows and that are like them.

    The likeliest pair of all goes first, so that a column goes where it fits best and not to whichever
    field is asked for first; each field and column goes once.
    """
    able = (one for one in choice.undecided() if choice.values.are_below(one) and _may_be_any(choice, one))
    columns = {heading: choice.values.first(heading) for heading in able}
    doubted = {heading for heading in columns if choice.options[heading]}
    hold = {heading for heading, values in columns.items() if _hold_areas(choice.areas, values)}
    looks = {h: "area" if h in hold else look_of(v, h.parts.lower) for h, v in columns.items()}
    wanted = [field for field in FIELDS if not choice.is_settled(field)]
    found: dict[Heading, str] = {}
    for pair in sorted(_likely(choice, looks, wanted), key=_by_weight):
        is_free = pair.heading not in found and pair.field not in found.values()
        is_told = pair.field in _BY_LOOK or pair.look == "tick" or fits(choice, pair.heading, pair.field)
        if is_free and is_told:
            found[pair.heading] = pair.field
    if {"start_on", "end_on"} <= {*wanted} - {*found.values()}:
        days = [h for h, look in looks.items() if look == "day" and h not in found and h not in doubted]
        found |= span_of({heading: columns[heading] for heading in days})
    choice.chosen |= found


def _likely(choice: Choice, looks: Mapping[Heading, str], wanted: Sequence[str]) -> Iterator[Likely]:
    """Yield which of the columns may hold which of the fields, those for which enough speaks.

    What the columns beside have tells too: forms ask in an order.
    """
    shared = Counter(heading.parts.upper for heading in looks if heading.parts.upper)
    sole = {look for look, times in Counter(looks.values()).items() if times == 1}
    known = {heading.column: field for heading, field in choice.chosen.items()}
    for heading, look in looks.items():
        is_shared, is_doubted = shared[heading.parts.upper] > 1, bool(choice.options[heading])
        for pair in _pairs(heading, look, wanted, is_sole=look in sole, is_shared=is_shared):
            if pair.weight + _by_order(pair, known) >= _least(pair, is_doubted=is_doubted):
                yield pair


def _least(pair: Likely, *, is_doubted: bool) -> float:
    """Return how much must speak for a field: more where a rule doubts it, as its values may have."""
    if not is_doubted:
        return _LEAST
    return _LEAST_WHERE_UNKNOWN if pair.field in _BY_LOOK else _LEAST_WHERE_DOUBTED


def _by_order(pair: Likely, known: Mapping[int, str]) -> float:
    """Return what the columns beside one tell: forms ask for the need after the summary."""
    column = pair.heading.column
    beside = (known.get(column - 1), pair.field), (pair.field, known.get(column + 1))
    return _IN_ORDER if any(two in _FOLLOWS for two in beside) else 0.0


def _by_weight(pair: Likely) -> tuple[float, int]:
    return -pair.weight, pair.heading.column


def _pairs(
    heading: Heading, look: str, fields: Sequence[str], *, is_sole: bool, is_shared: bool
) -> Iterable[Likely]:
    """Yield how likely each field is; the one column of telephone numbers needs less of its heading."""
    lower = heading.parts.lower
    says_it_all = look == "tick" or not heading.parts.upper or (is_shared and len(words_of(lower)) > 1)
    words = judged(lower if says_it_all else heading.parts.text)
    against = _OF_OTHERS_WEIGHS if OF_OTHERS & bare_words(heading) else 0.0
    most = max(words[field] + weight_of_look(field, look) for field in FIELDS)
    for field in fields:
        if look == "tick" and field not in YES_OR_NO:
            continue
        is_only = is_sole and look == field and look in _UNMISTAKABLE and not _OF_POSTS & bare_words(heading)
        said = max(words[field], _LEAST_OF_SOLE) if is_only else words[field]
        weight = said + weight_of_look(field, look) - against
        is_rather_another = most - said - weight_of_look(field, look) > _FAR_MORE
        if (words[field] >= _LEAST_IN_WORDS and not is_rather_another) or is_only:
            yield Likely(weight, heading, field, look)


def _may_be_any(choice: Choice, heading: Heading) -> bool:
    """Whether a heading may be a field of its own: no half of a name, no later line of an address."""
    text = heading.parts.text
    has_address = choice.heading_of("address") is not None
    if name_half(text) or (is_later_line(text) and (has_address or not may_be_area(text))):
        return False
    return bool(choice.options[heading]) or not options_of(heading.parts, {})


def _hold_areas(areas: AreaNames, values: Sequence[Cell]) -> bool:
    return areas.has_names and 2 * known_areas(areas, values) > len(values)


_SURE = "organisation", "amount_requested"
_SPENDING, _DOING = WORDS["of spending"], WORDS["of doing"]


def choose(choice: Choice) -> None:
    """Give each field its column: given, sure, then possible."""
    amounts = choice.possible("amount_requested")
    choice.reserved = amounts if len(amounts) == 1 else ()  # which is then not the organisation
    _choose_field(choice, "organisation")
    choice.reserved = ()
    if organisation := choice.heading_of("organisation"):
        choice.values = choice.values.of_rows_with(organisation)
    for field in ("amount_requested", *FIELDS):
        if field == "contact_name":
            join_name(choice)
        choice.reserved = _of_spending(choice) if field == "summary" else ()
        _choose_field(choice, field)
    join_address(choice)
    let_go_of_words(choice)
    name_by_summary(choice)
    choose_both_registers(choice)
    choice.reserved = _of_spending(choice)
    choose_likely(choice)
    choice.reserved = ()
    _choose_field(choice, "summary")
    join_address(choice)


def _of_spending(choice: Choice) -> Collection[Heading]:
    """Return the questions that only ask what money is spent on, where another asks what will be done."""
    below = filter(choice.values.are_below, choice.undecided())
    asked = [one for one in below if "summary" in asked_fields(one.parts, choice.options[one])]
    spending = [one for one in asked if bare_words(one) & _SPENDING and not bare_words(one) & _DOING]
    return spending if len(spending) < len(asked) else ()


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
    """Return the headings that are surely a field; a reference is never one for all, a spell no time.

    A time at which forms were submitted is sure where others say when they were completed.
    """
    sure = choice.offering(field, sure=True)
    if field == "received_at":
        likely = (one for one in choice.offering(field, sure=False) if is_sent(one))
        sent = [one for one in likely if choice.values.are_below(one) and fits(choice, one, field)]
        return [one for one in (*sent, *sure) if not are_spells(choice.values.first(one))]
    if field != "reference":
        return sure
    return [heading for heading in sure if not is_one_for_all(list(choice.values.of(heading)))]


def _is_weak(choice: Choice, heading: Heading, field: str) -> bool:
    """Whether a heading that is surely a field gives way to any other that may be it.

    So do long texts to a title, what all say alike to what each tells, what a budget has for telephones to
    their numbers, and to an address that everybody was asked for that of signing in.
    """
    if field == "email":
        return is_of_sign_in(heading, choice.found) and _is_asked_of_all(choice, heading)
    if field == "phone":
        return not fits(choice, heading, field)
    values = choice.values.first(heading)
    return are_all_one(values) if field in TOLD else field == "project" and not are_titles(values)


def _is_asked_of_all(choice: Choice, heading: Heading) -> bool:
    """Whether another e-mail address stands wherever this one does: else some had none at all."""
    sure, likely = (choice.offering("email", sure=is_sure) for is_sure in (True, False))
    others = (one for one in (*sure, *likely, *choice.about("email")) if one != heading)
    filled = choice.values.count(heading)
    return any(choice.values.count(one) >= filled for one in others)


def _last_resort(choice: Choice, field: str) -> Heading | None:
    """Return the column of a field that a table has though no heading says so."""
    if field == "area":  # that mostly holds areas known here, whatever its heading: "Ward"
        filled = filter(choice.values.are_below, choice.unknown())
        return next((heading for heading in filled if fits(choice, heading, field)), None)
    if field == "reference":  # whose values number the applications, though it may be a tool's own
        coded = (
            one
            for one in choice.undecided()
            if are_references(own := choice.values.first(one)) and look_of(own, "") == "code"
        )
        return next(coded, None)
    if field in ("start_on", "end_on"):  # dates in prose are reported at their cells, and no answers
        dated = (one for one in choice.offering(field, sure=False) if "date" in bare_words(one))
        return next(filter(choice.values.are_below, dated), None)
    return choice.values.leftmost(choice.possible(field)) if field in _SURE else None
