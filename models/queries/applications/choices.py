"""What applications are for: the lines of their fund's lists, and what a decision still waits for."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from models.queries.applications.applications import applications, entered
from models.queries.rows import value_of
from models.queries.set_up.funds import round_rules
from models.reference.defaults import ListKind
from models.schema.applications import application_table, choice_table
from models.schema.awards import award_table
from models.session import Session
from models.store.parts import part
from models.values.applications import CHOICE_WORDS, Choice, ChoicesOf
from models.values.rows import Answer, gathered
from models.values.stored import read_or
from scoring.written.names import text_key
from scoring.written.text import Refused, listed, with_capital

PRINTED = (ListKind.SERVICE, ListKind.CRIME, ListKind.PRIORITY)
"""The lists whose lines papers print as what an application is for."""
_ORDER = tuple(ListKind)


@part
def choices(session: Session, round_id: int) -> Mapping[str, tuple[Choice, ...]]:
    """Return the lines that applications of a round have, by reference, in the order of the lists."""
    table, of = choice_table, application_table
    columns = select(of.c.reference, table.c.kind, table.c.code, table.c.words, table.c.is_suggested)
    rows = session.execute(columns.join(of).where(of.c.round_id == round_id))
    found = gathered((row.reference, value_of(Choice, row)) for row in rows)
    return {of: tuple(sorted(held, key=lambda one: _ORDER.index(one.kind))) for of, held in found.items()}


def choices_of(session: Session, round_id: int, references: Iterable[str]) -> tuple[ChoicesOf, ...]:
    """Return the lines of some applications, those without any left out."""
    held = choices(session, round_id)
    return tuple(ChoicesOf(of, held[of]) for of in references if of in held)


def printed_choices(session: Session, round_id: int) -> Mapping[str, str]:
    """Return what papers print that applications are for, by reference; those without it left out."""
    words = {
        of: "; ".join({text_key(one.words): one.words for one in held if one.kind in PRINTED}.values())
        for of, held in choices(session, round_id).items()
    }
    return {of: said for of, said in words.items() if said}


def printed_kinds(session: Session, round_id: int, references: Iterable[str]) -> str:
    """Return what these are lines of, as a heading: "Service area and crime type"; "" where none is chosen.

    It is "Service area or crime type" where each of them has a line of one list alone.
    """
    every = choices(session, round_id)
    each = [{one.kind for one in every.get(of, ())}.intersection(PRINTED) for of in references]
    words = [CHOICE_WORDS[kind].lower() for kind in PRINTED if any(kind in kinds for kinds in each)]
    last = "and" if any(len(kinds) > 1 for kinds in each) else "or"
    return with_capital(listed(words, last)).replace("plan", "Plan")


def classified(session: Session, round_id: int, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the public is told that applications are for: their lines, and how each came about not.

    `typed` is what papers print of each; of one without a line that papers print it is what its form says.
    """
    chosen, printed = choices(session, round_id), printed_choices(session, round_id)
    found: dict[str, str] = {}
    for of in dict.fromkeys([*chosen, *typed]):
        lines = [(one.kind, one.words) for one in chosen.get(of, ()) if one.kind is not ListKind.RUNNING]
        if of in typed and of not in printed:
            lines.append((ListKind.CRIME, with_capital(typed[of])))
        lines.sort(key=lambda line: list(CHOICE_WORDS).index(line[0]))
        found[of] = "; ".join(f"{CHOICE_WORDS[kind]}: {words}" for kind, words in lines)
    return found


def chosen_words(session: Session) -> Mapping[int, tuple[tuple[str, str], ...]]:
    """Return the list and words of every line that applications of the record have, by their number."""
    table = choice_table
    columns = select(table.c.application_id, table.c.kind, table.c.words)
    rows = session.execute(columns.order_by(table.c.application_id, table.c.kind))
    return gathered((number, (kind, words)) for number, kind, words in rows)


def require_choices(session: Session, round_id: int, references: Iterable[str]) -> None:
    """Refuse to give money to applications without a line of a list of which the fund wants one."""
    for words in lacking_choices(session, round_id, references):
        raise Refused(words)


def without_choices(
    session: Session, round_id: int, references: Iterable[str]
) -> Mapping[tuple[str, ...], list[str]]:
    """Return the applications that lack a line which the fund wants before a decision, by what they lack."""
    required = round_rules(session, round_id).required()
    if not required:
        return {}
    held, lacking = choices(session, round_id), dict[tuple[str, ...], list[str]]()
    for reference in references:
        there = {one.kind for one in held.get(reference, ())}
        missing = tuple(CHOICE_WORDS[kind].lower() for kind in required if kind not in there)
        if missing:
            lacking.setdefault(missing, []).append(reference)
    return lacking


def lacking_choices(session: Session, round_id: int, references: Iterable[str]) -> Iterator[str]:
    """Yield which applications lack a line that the fund wants before they get money, a sentence a list."""
    for missing, named in without_choices(session, round_id, references).items():
        has, whose = ("has", "its") if len(named) == 1 else ("have", "their")
        yield (
            f"{listed(named)} {has} no {' and no '.join(missing)}, which {whose} fund requires before "
            "money is decided on. An officer chooses one on Applications, under What it is for."
        )


PRIORITY_WORDS = ("crime type", "crime plan priority", "plan priority", "priority")
"""What the heading of an answer says that names a crime type or a priority of the Plan."""


def counted_as(session: Session, round_id: int) -> Mapping[str, str]:
    """Return under what awards are counted, by application, each line after its list; "" for nothing.

    What the office chose goes before what the application says of itself. Those without an award are there
    too, of which the year tables count nothing.
    """
    chosen, typed = choices(session, round_id), typed_priorities(session)
    found: dict[str, str] = {}
    numbers = entered(session, round_id)
    for of in applications(session, round_id):
        said = with_capital(typed.get(numbers[of.reference].number, ""))
        own = {ListKind.CRIME: said, ListKind.ORGANISATION: of.organisation_type.strip()}
        own |= {one.kind: one.words for one in chosen.get(of.reference, ())}
        lines = ((CHOICE_WORDS[kind], own[kind]) for kind in CHOICE_WORDS if own.get(kind))
        found[of.reference] = "; ".join(f"{which}: {words}" for which, words in lines)
    return found


def typed_priorities(session: Session) -> Mapping[int, str]:
    """Return what the form says that each award of the record is for, by its application's number.

    One whose office chose a line that papers print is left out.
    """
    of, chosen = application_table.c, choice_table.c
    columns = select(of.id, of.answers).join(award_table, award_table.c.application_id == of.id)
    printed = select(chosen.application_id).where(chosen.kind.in_([kind.value for kind in PRINTED]))
    return {
        number: "; ".join(said)
        for number, answers in session.execute(columns.where(of.id.not_in(printed)))
        if (said := [*_priorities(read_or("applications.answers", answers))])
    }


def _priorities(answers: Iterable[Answer]) -> Iterator[str]:
    yield from (text for heading, text in answers if text and is_priority(heading))


def is_priority(heading: str) -> bool:
    """Whether an answer of this heading says what an application is for."""
    words = heading.casefold().replace("_", " ")
    return any(word in words for word in PRIORITY_WORDS)
