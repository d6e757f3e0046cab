"""One change to the record, as data: what it is, who asks for it, and what comes of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any, ClassVar, Protocol, runtime_checkable

from msgspec import Struct
from msgspec.structs import replace

from models.role import Role
from models.session import Session, Stamp, acting, put_stamps
from models.values import canonical


class Topic(StrEnum):
    """A part of the record that pages watch for change."""

    FUNDS = "funds"
    ROUNDS = "rounds"
    SCHEME = "scheme"
    APPLICATIONS = "applications"
    GATES = "gates"
    PANEL = "panel"
    INTERESTS = "interests"
    MARKS = "marks"
    AGREED = "agreed"
    CHAIR_DECISIONS = "chair decisions"
    RECOMMENDATIONS = "recommendations"
    DECISIONS = "decisions"
    AWARDS = "awards"
    ISSUES = "issues"
    ATTACHMENTS = "attachments"
    PACKS = "packs"
    RECORD = "record"


_OF_FUNDS = "funds fund_names fund_years fund_sources"
_TABLES: Mapping[Topic, str] = {
    Topic.FUNDS: f"{_OF_FUNDS} agreement_templates printed_tables printed_figures",
    Topic.ROUNDS: f"{_OF_FUNDS} financial_years rounds direct_rounds areas area_allowances area_spellings "
    "retention holds disposals",
    Topic.SCHEME: "schemes criteria scheme_amendments reason_rules area_allowances",
    Topic.APPLICATIONS: "applications areas corrections application_choices kept_apart gate_results "
    "matchings organisations organisation_aliases organisation_merges withheld_names",
    Topic.GATES: "gates gate_results",
    Topic.PANEL: "people members member_areas round_roles signing_areas",
    Topic.INTERESTS: "interests interest_words signer_interests members organisation_merges revisions",
    Topic.MARKS: "sheets marks first_marks interests members member_areas not_applicable reason_rules "
    "scheme_amendments revisions",
    Topic.AGREED: "agreements agreed_marks panel_only_reasons not_applicable scheme_amendments attendance "
    "meetings closed_items confirmed_records kept_panels",
    Topic.CHAIR_DECISIONS: "chair_decisions",
    Topic.RECOMMENDATIONS: "recommendations recommended_places recommendation_signatures decisions "
    "decided_standings area_allowances",
    Topic.DECISIONS: "decisions decided_standings sign_offs recommendation_signatures challenges",
    Topic.AWARDS: "awards instalments monitoring_returns award_agreements agreement_templates "
    "award_variations variation_signatures award_recoveries withheld_names successions direct_awards "
    "onward_grants "
    "bank_endings bank_details finance_codes supplier_numbers payment_layouts return_bands agreed_outputs "
    "award_returns output_progress supported_numbers monitoring_visits register_extracts register_entries "
    "award_checks award_subsidies budget_moves budget_contributions spending_plans year_lines year_spent "
    "year_decisions organisation_merges rounds decisions",
    Topic.ISSUES: "paper_issues paper_files file_pieces paper_texts",
    Topic.ATTACHMENTS: "attachments file_pieces organisation_merges",
    Topic.PACKS: "packs pack_items returned member_keys private_keys revisions",
    Topic.RECORD: "office office_fact office_logo publisher setting erasure printed_tables printed_figures",
}
"""The tables that tell of each topic. The journal tells of all, and what a person types of none."""


def topics_of(tables: Collection[str]) -> frozenset[Topic]:
    """Return what is touched by who writes these tables: of nothing but the journal, everything."""
    found = {topic for topic, names in _TABLES.items() if not set(names.split()).isdisjoint(tables)}
    return frozenset(found or Topic)


UNNAMED = "command line, "
"""How the journal begins the name of whoever gave a command without saying who they are."""


def who_is_named(name: str) -> str:
    """Return a name of the journal, "" where a command named nobody: no paper names an account."""
    return "" if name.startswith(UNNAMED) else name


def references_of(change: object) -> frozenset[str]:
    """Return the applications that a change names, by itself or in its parts; None names none."""
    singly = (getattr(change, name, None) for name in ("application", "reference", "first", "second"))
    lists = (getattr(change, name, ()) for name in ("applications", "references", "order", "withdrawing"))
    named = {one for one in (*singly, *(of for some in lists for of in some)) if one and isinstance(one, str)}
    return frozenset(named.union(*map(references_of, parts_of(change))))


def parts_of(change: object) -> tuple[Any, ...]:
    """Return the parts of a change that may name applications."""
    return tuple(one for name in ("items", "settings", "rows", "parts") for one in getattr(change, name, ()))


class Actor(Struct, frozen=True):
    """Who asks for a change, as stated and not proved: a name, and the role they act in."""

    name: str
    role: str = Role.OFFICER


class Outcome(Struct, frozen=True):
    """What an operation did: its inverse if it can be undone, and a sentence.

    The topics touched are those of the tables that it was seen to write (see `topics_of`), and others that
    it names itself.
    """

    inverse: "Operation | None"
    words: str
    touched: frozenset[Topic] = frozenset()


@runtime_checkable
class Operation(Protocol):
    """A change to the record: a frozen dataclass of JSON-able values with one `apply`.

    It holds no clock, no randomness and no user: who makes the change and when comes with the session (see
    `carried_out`), drawn once by the record and journalled, so that replaying the journal gives the same
    tables.
    A barrier clears the undo list. An operation that never has an inverse must be one; any other whose
    outcome has none, since what it did stays, clears it then.
    """

    kind: ClassVar[str]
    is_barrier: ClassVar[bool]

    @property
    def label(self) -> str:
        """Return the change in words, for the undo list and History; no personal data."""
        ...

    def apply(self, session: Session) -> Outcome:
        """Check the rules, make the change, and say what it came to; raise `Refused` otherwise."""
        ...


@runtime_checkable
class CheckedAtEntry(Protocol):
    """An operation with rules that are younger than records in use.

    They are asked as the change is made, and not as a journal is done again that was written before them.
    """

    def check_at_entry(self, session: Session) -> None:
        """Raise `Refused` where a younger rule says no."""
        ...


def check_at_entry(session: Session, operation: Operation, actor: Actor, at: datetime) -> None:
    """Ask the rules of an operation that are younger than records in use, where it has any."""
    if isinstance(operation, CheckedAtEntry):
        with acting(session, actor.name, at):
            operation.check_at_entry(session)


def carried_out(session: Session, operation: Operation, actor: Actor, at: datetime) -> Outcome:
    """Make a change as somebody's at a moment, and return what it did.

    What takes it back holds who had put in what the change took out, and when: nobody puts it in anew.
    """
    with acting(session, actor.name, at) as taken:
        outcome: Outcome = stamped(operation, ()).apply(session)
        put_stamps(session, getattr(operation, "stamps", ()))
    return replace(outcome, inverse=stamped(outcome.inverse, taken))


def stamped(operation: Any, stamps: Collection[Stamp]) -> Any:
    """Return a change with the stamps of the rows that it puts back; without any the same is done anew."""
    if operation is None or not (stamps or getattr(operation, "stamps", ())):
        return operation
    return replace(operation, stamps=tuple(stamps))


BY_KIND: dict[str, type[Operation]] = {}
"""Every operation that was loaded, by its kind."""


def every_operation() -> Mapping[str, type[Operation]]:
    """Return every operation by its kind; whoever reads a journal knows them by that alone."""
    import_module("models.operations.registry")
    return BY_KIND


def operation_of(kind: str, body: str) -> Any:
    """Return the operation of a kind as a journal has it."""
    return canonical.from_text(every_operation()[kind], body)
