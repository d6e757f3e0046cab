"""What operations share: how one becomes known, finds what it names or is refused, and joins others."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial, wraps
from string import Formatter
from typing import Any, ClassVar, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, Table, bindparam, select

from models.operation import BY_KIND, Operation, Outcome
from models.papers.paper_words import Sentences
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.set_up.rounds import is_direct
from models.schema.applications import application_table, gate_table
from models.schema.deciding import decision_table, recommendation_table, sign_off_table
from models.schema.panel import member_table
from models.schema.set_up import area_table, round_table
from models.session import Session, Stamp, Values, count, remove, selection
from models.trouble import refuse, required
from models.values.as_done import as_done
from models.values.awards import Instalment
from scoring.allocating.gate import Doubt, unconfirmed
from scoring.money import pounds
from scoring.written.days import full_day, short_day
from scoring.written.text import Refused, counted, listed, says_nothing

SAID_IN_PLACE = "in the chair’s place"
IN_PLACE = f", {SAID_IN_PLACE}"
AWARD, DECIDING, DIRECT = map(Sentences, ("refused_award", "refused_deciding", "refused_direct"))
FILE, PAPER, RETURN = map(Sentences, ("refused_file", "refused_paper", "refused_return"))
SETTING, TOLD = map(Sentences, ("refused_setting", "told"))
"""What is wrong with a change, for `refuse`, and what one came to; each file waits for none of the others."""


_SAID: Mapping[str, Callable[[Any], str]] = {
    "": str,
    "named": ", ".join,
    "pounds": pounds,
    "day": full_day,
    "short day": short_day,
}


_OR = "\0"


class _Words(Formatter):
    """Formats "{0.pence:pounds}", "{0.on:day}", "{0.areas:named}", a count, and one of two words.

    A count is "{0.rows:application}", or "{0.parts:part is/parts are}" of what is no mere "s".
    "{0.on:Record|Take back}" is the first where there is a value; "{0.area:or all areas}" the value itself.
    One may stand within another; what is of no value, or blank, is said as nothing.
    """

    def parse(self, format_string: str) -> Any:
        """Return its parts; what parts two words is a sign of its own, so that a “|” in a name stays."""
        for words, field, form, turn in super().parse(format_string):
            yield words, field, form and form.replace("|", _OR), turn

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        """Return a field, None where it is one of nothing."""
        try:
            return super().get_field(field_name, args, kwargs)
        except AttributeError:
            return None, field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a field in words."""
        given, is_choice, none = format_spec.partition(_OR)
        if is_choice:
            return given if value and str(value).strip() else none
        if format_spec.startswith("or "):
            return value or format_spec.removeprefix("or ")
        if format_spec in _SAID:
            return "" if value is None else _SAID[format_spec](value)
        return counted(value if isinstance(value, int) else len(value), *format_spec.split("/"))


_WORDS = _Words()


class RegisteredOperation(Struct, frozen=True, kw_only=True):
    """An operation of a record's journal: known by its kind as soon as it is defined, and no barrier.

    One that takes another back has the `stamps` of the rows that it puts back.
    """

    kind: ClassVar[str]
    is_barrier: ClassVar[bool] = False
    titled: ClassVar[str] = ""
    """What it comes to, in the form of `_Words`; what depends on more has a `label` of its own."""
    told: ClassVar[str] = ""
    """What it came to, in the same form; 1 and on are what it is told of. Else it is its label as done."""
    stamps: tuple[Stamp, ...] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "kind" in vars(cls):
            BY_KIND[cls.kind] = cast("type[Operation]", cls)

    @property
    def label(self) -> str:
        """Return the change in words, for the undo list and History; no personal data."""
        return _WORDS.format(self.titled, self)

    def done(self, inverse: Any = None, *about: object, more: str = "") -> Outcome:
        """Return what the change came to, as it is told of what it is `about`, and what `more` came of it."""
        words = _WORDS.format(self.told, self, *about) if self.told else f"{as_done(self.label)}."
        return Outcome(inverse, f"{words}{more}")

    def exchanged(self, name: str, **others: object) -> Any:
        """Return the inverse of a change: its field `name` and `replacing` exchanged, `others` as given."""
        fields: Any = self
        return replace(fields, **{name: fields.replacing, "replacing": getattr(fields, name)}, **others)

    def done_exchanging(self, name: str, *about: object, more: str = "", **others: object) -> Outcome:
        """Return what a change came to that `exchanged` takes back, told as by `done`."""
        return self.done(self.exchanged(name, **others), *about, more=more)

    def turned(self, name: str) -> Any:
        """Return the same with the other answer in a field that says yes or no."""
        fields: Any = self
        return replace(fields, **{name: not getattr(fields, name)})

    def done_turning(self, name: str, *about: object) -> Outcome:
        """Return what a change came to that `turned` takes back, told as by `done`."""
        return self.done(self.turned(name), *about)

    def refuse_stale(self, stands: object, what: str, was: str = "was changed", then: str = "") -> None:
        """Refuse where another value stands by now than the one that it replaces."""
        refuse_changed(stands, cast("Any", self).replacing, what, was, then)


class Barrier(RegisteredOperation, frozen=True):
    """One that cannot be undone."""

    is_barrier = True


class RuledInPlace(RegisteredOperation, frozen=True):
    """A ruling of the chair, or of the member whose code is its `in_place` in the chair's place."""

    @property
    def from_paper(self) -> bool:
        """Whether an officer puts down what another ruled."""
        return bool(getattr(self, "in_place", ""))

    @property
    def label(self) -> str:
        """Return the change in words, and whether somebody rules in the chair's place."""
        return f"{super().label}{IN_PLACE if self.from_paper else ''}"


class InRound(RegisteredOperation, frozen=True):
    """One of a round."""

    round_id: int


class OnApplication(InRound, frozen=True):
    """One on an application of a round, or its award."""

    application: str

    def its_number(self, session: Session) -> int:
        return the_application(session, self.round_id, self.application)

    def its_award(self, session: Session) -> AwardRow:
        return the_award(session, self.round_id, self.application)


def refuse_changed(
    stands: object, replacing: object, what: str, was: str = "was changed", then: str = ""
) -> None:
    """Refuse where another value stands by now than the one to be replaced."""
    if stands != replacing:
        raise Refused(f"{what} {was} in the meantime. Look again{then and f', then {then}'}.")


def check_stated(text: str, words: str) -> None:
    if says_nothing(text):
        raise Refused(words)


def require_confirmed(found: Collection[Doubt], confirmed: Collection[str]) -> None:
    """Refuse money of which something is still to be confirmed."""
    refuse(unconfirmed(found, confirmed))


def is_plain_name(name: str) -> bool:
    """Whether a name says something, without spaces around it."""
    return name == name.strip() and not says_nothing(name)


def remove_newest(session: Session, table: Table, said: Values, otherwise: str) -> None:
    """Take the newest row out that says this; refused where there is none any more."""
    columns = selection(table.c.id, **said).order_by(table.c.id.desc())
    newest = required(session.scalar(columns.limit(1)), f"{otherwise} Look again.")
    remove(session, table, id=newest)


def the_instalment(award: AwardRow, number: int) -> Instalment:
    """Return an instalment of an award, counted from 1; refused where there is none."""
    if not 1 <= number <= len(award.instalments):
        raise Refused(f"{award.reference} has no instalment {number}.")
    return award.instalments[number - 1]


def made_together(parts: Sequence[Operation], session: Session, *, nothing: str) -> tuple[Any, ...]:
    """Make changes and return what takes each back, the last first.

    Each checks its own rules, and the first refusal refuses all; `nothing` is said where there is none.
    """
    if not parts:
        raise Refused(nothing)
    return tuple(part.apply(session).inverse for part in parts)[::-1]


class MadeTogether(RegisteredOperation, frozen=True):
    """Changes made in their order, or none of them; `words` say what they come to, without personal data."""

    nothing: ClassVar[str] = "There is nothing to change."
    titled = "{0.words}{0.is_back: (undone)|}"
    words: str
    parts: tuple[Any, ...]
    is_back: bool = False

    def apply(self, session: Session) -> Outcome:
        """Make them all; each checks its own rules, and the first refusal refuses all.

        Where what one of them did stays, none is taken back.
        """
        back = made_together(self.parts, session, nothing=self.nothing)
        return self.done(None if None in back else replace(self, parts=back, is_back=not self.is_back))


_STAGE = (
    select(area_table.c.name, area_table.c.stage)
    .join(application_table)
    .where(
        application_table.c.round_id == bindparam("of"),
        application_table.c.reference == bindparam("named"),
    )
)


def _finding(table: Table, what: str, name: str = "code") -> Callable[[Session, int, str], int]:
    """Return what finds the number of a round's row by its name, and refuses where there is none."""
    # built once, asked by every change
    number: Select[int] = select(table.c.id).where(
        table.c.round_id == bindparam("of"), table.c[name] == bindparam("named")
    )

    def find(session: Session, round_id: int, named: str) -> int:
        found = session.scalar(number, {"of": round_id, "named": named})
        return required(found, f"There is no {what} {named} in the round. Correct the {name}.")

    return find


the_application = _finding(application_table, "application", "reference")
the_member = _finding(member_table, "member")
the_area = _finding(area_table, "area", "name")
the_gate = _finding(gate_table, "gate")


def require_stage(session: Session, round_id: int, reference: str, *stages: str) -> None:
    """Refuse unless the round is open and the application's area is at one of those stages."""
    require_published(session, round_id)
    found = required(
        session.execute(_STAGE, {"of": round_id, "named": reference}).one_or_none(),
        f"{reference} has no area yet. Give it one first.",
    )
    if found.stage not in stages:
        named = listed([f"“{stage}”" for stage in stages], "or")
        raise Refused(f"{found.name} is at the stage “{found.stage}”; this belongs to {named}.")


def the_award(session: Session, round_id: int, application: str) -> AwardRow:
    """Return an award; refused where there is none, and of a round that is closed."""
    require_known_round(session, round_id)
    the_application(session, round_id, application)
    return required(
        next((row for row in awards(session, round_id) if row.application == application), None),
        f"{application} has no award.",
    )


_STAGE_OF_ROUND = select(round_table.c.stage).where(round_table.c.id == bindparam("of_round"))


def require_round(session: Session, round_id: int) -> str:
    """Return a round's stage; refused where the round is not there or is closed."""
    stage = require_known_round(session, round_id)
    if stage == "closed":
        raise Refused("The round is closed. An officer reopens it on Budget to change what is decided in it.")
    return stage


def require_known_round(session: Session, round_id: int) -> str:
    """Return a round's stage, closed or not: awards are paid and reported on after a round is closed."""
    return required(
        session.scalar(_STAGE_OF_ROUND, {"of_round": round_id}),
        "The round is no longer in the record. Choose another one.",
    )


OfRound = TypeVar("OfRound", bound=InRound)
Apply = Callable[[OfRound, Session], Outcome]


def in_open_round(
    apply: Apply[OfRound], require: Callable[[Session, int], object] = require_round
) -> Apply[OfRound]:
    """Refuse a change where its round is not there or is closed, as `require_round` does."""

    @wraps(apply)
    def change(operation: OfRound, session: Session) -> Outcome:
        require(session, operation.round_id)
        return apply(operation, session)

    return change


in_known_round = partial(in_open_round, require=require_known_round)
"""Refuse a change where its round is not there; it may be closed."""


def require_published(session: Session, round_id: int, then: str = "Publish its scheme first.") -> None:
    """Refuse while a round is being set up, and say what to do `then`, and once it is closed."""
    if require_round(session, round_id) == "set up":
        raise Refused(f"The round is still being set up. {then}")


def require_competition(session: Session, round_id: int) -> None:
    """Refuse what is done only where applicants compete, in a round of awards without a competition."""
    if is_direct(session, round_id):
        raise Refused(
            "The round holds awards without a competition. Nothing is imported or scored there; propose one "
            "on Awards & payments."
        )


def has_recommendations(session: Session, round_id: int) -> bool:
    """Whether anything is recommended in a round, or was ever signed by its deciding office."""
    of_round = selection(application_table.c.id, round_id=round_id)
    there = count(session, recommendation_table, application_id=of_round)
    return bool(there or count(session, sign_off_table, round_id=round_id))


def require_not_recommended(session: Session, round_id: int, references: Collection[str], what: str) -> None:
    """Refuse where anything of the applications' own areas is recommended, or was ever decided."""
    _refuse_recommended(recommended_areas(session, round_id, references), what)


def require_area_not_recommended(session: Session, round_id: int, area: str | None) -> None:
    """Refuse where anything of an area that is to have another application is recommended or decided."""
    _refuse_recommended({area or ""} & _recommended_areas(session, round_id), "applications")


def _refuse_recommended(areas: Collection[str], what: str) -> None:
    if areas:
        named = min(areas) or "The round"
        raise Refused(f"{named} has recommendations, which rest on its {what} as they are.")


def recommended_areas(session: Session, round_id: int, references: Collection[str]) -> set[str]:
    """Return those of the applications' areas in which anything is recommended, or was ever decided.

    Each area has a stage and a list of its own: what one recommends does not rest on what another takes in.
    An application without an area stands under "".
    """
    named = select(application_table.c.reference, area_table.c.name).outerjoin(area_table)
    own = session.execute(named.where(application_table.c.round_id == round_id))
    areas = {area or "" for reference, area in own if reference in references}
    return areas & _recommended_areas(session, round_id)


def _recommended_areas(session: Session, round_id: int) -> set[str]:
    """Return the areas in which anything is recommended, or was ever decided; "" for no area."""
    named = select(area_table.c.name).select_from(application_table).outerjoin(area_table)
    of_round = named.where(application_table.c.round_id == round_id).distinct()
    return {
        area or ""
        for weighty in (recommendation_table, decision_table)
        for area in session.scalars(of_round.join(weighty))
    }
