"""Correcting applications beside what was submitted, withdrawing them, keeping them apart or merging them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeAlias, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from models.operation import Operation, Outcome
from models.operations.applications.applications import (
    BringBackApplications,
    ImportApplications,
    RemoveApplications,
)
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    RemoveAttachments,
    by_subject,
)
from models.operations.applications.gates import judge_again, judge_start, judge_time, put_results_back
from models.operations.awards.budget import within_held_money
from models.operations.awards.make_awards import require_unpaid
from models.operations.operation_base import (
    InRound,
    MadeTogether,
    OnApplication,
    check_stated,
    in_open_round,
    refuse_changed,
    require_area_not_recommended,
    require_not_recommended,
    the_application,
)
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import (
    check_figures,
    number_shared_words,
    organisations_of,
    set_correction,
    settle_organisations,
)
from models.operations.set_up.office import SetPaperTexts
from models.queries.applications.applications import GateResult, applications, corrections
from models.schema.applications import application_table, kept_apart_table
from models.schema.panel import sheet_table
from models.schema.personal import TextAbout
from models.schema.set_up import area_table
from models.session import Session, actor_name, count, replace_row, selection, set_values, stamp, today
from models.values.applications import (
    AREA,
    CORRECTABLE,
    FIELD_WORDS,
    NOTHING,
    Correction,
    merged,
    printed,
    text_of,
    value_as_typed,
)
from models.values.attachments import FileOf
from models.values.importing import MERGED_INTO, ImportTarget
from models.values.rounds import BEFORE_MEETING, RoundKey
from models.values.rows import ApplicationRow
from scoring.written.days import ends_before_start, full_day
from scoring.written.text import Refused, counted, with_capital

_ORGANISATION = ("organisation", "charity_number", "company_number")
_DAYS = ("start_on", "end_on")
_OF_TIME = frozenset({"received_at", "received_has_time", AREA})
_OF_START = ("start_on", "received_at", "area")


class Change(Struct, frozen=True):
    """One field's new value and the one that stands, as JSON texts; `reason` where it has its own."""

    field: str
    value: str
    replacing: str
    reason: TextAbout = ""


class CorrectApplication(OnApplication, frozen=True):
    """Correct fields of an application; what was submitted is kept and shown beside.

    A field corrected back to what was submitted counts as not corrected; so does one that was only read from
    the applicant's words and is right, and is given as it stands. The gate that the caps answer is
    judged again when the amount is corrected, and that of the closing date when the received date or the
    area is; `stood` puts back what stood at both.
    """

    kind = "correct application"
    titled = "Correct {0.application}"
    told = "{0.application} was corrected. What was submitted is kept."
    changes: tuple[Change, ...]
    reason: TextAbout
    stood: tuple[GateResult, ...] | None = None

    @property
    def detail(self) -> str:
        """Return what is corrected, and what stood there."""
        told = (Correction("", c.field, c.value, c.replacing, "", "") for c in self.changes)
        return "; ".join(one.in_history for one in told if one.is_told)

    def check_at_entry(self, session: Session) -> None:
        """Refuse days of a project of which the last is before the first."""
        days = {c.field: value_as_typed(c.field, c.value) for c in self.changes if c.field in _DAYS}
        if days and self.stood is None:  # what is undone may have been so
            self.its_number(session)
            new = replace(self._stands(session), **days)
            if words := ends_before_start(new.start_on, new.end_on):
                raise Refused(f"The project of {self.application} {words}. Correct both days together.")

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Put the corrections in; refused without a reason, for a stale value, or once recommended."""
        application_id, stands = self.its_number(session), self._stands(session)
        self._check(session, stands)
        new = replace(stands, **{c.field: value_as_typed(c.field, c.value) for c in self.changes})
        _check_row(new)
        known = {c.field: c for c in corrections(session, self.round_id) if c.application == self.application}
        for change in self.changes:
            if change.field == AREA:
                _move(session, self.round_id, application_id, stands.area, new.area)
            self._put(session, application_id, change, known.get(change.field))
        shared = ""
        if any(change.field in _ORGANISATION for change in self.changes):
            _set_organisation(session, application_id, new)
            shared = number_shared_words(session, new.organisation, new.charity_number, new.company_number)
        back = tuple(
            Change(c.field, c.replacing, c.value, known[c.field].reason if c.field in known else "")
            for c in self.changes
        )
        inverse = replace(self, changes=back, stood=self._judge(session, stands, new))
        return self.done(inverse, more=shared)

    def _stands(self, session: Session) -> ApplicationRow:
        rows = applications(session, self.round_id)
        return next(row for row in rows if row.reference == self.application)

    def _check(self, session: Session, stands: ApplicationRow) -> None:
        if not self.changes:
            raise Refused(f"Nothing of {self.application} was changed.")
        check_stated(self.reason, f"Say why {self.application} is corrected.")
        for change in self.changes:
            if change.field not in CORRECTABLE:
                raise Refused(f"“{change.field}” of an application cannot be corrected.")
            refuse_changed(
                text_of(getattr(stands, change.field)),
                change.replacing,
                self.application,
                then="correct it",
            )
        require_not_recommended(session, self.round_id, (self.application,), "applications")

    def _judge(
        self, session: Session, before: ApplicationRow, after: ApplicationRow
    ) -> tuple[GateResult, ...] | None:
        """Judge what caps and closing date answer, and return what stood; or put that back, None then."""
        if self.stood is not None:
            put_results_back(session, self.round_id, self.stood)
            return None
        found: tuple[GateResult, ...] = ()
        if before.requested_pence != after.requested_pence:
            found = judge_again(session, self.round_id, before, after.requested_pence)
        if any(change.field in _OF_TIME for change in self.changes):
            found += judge_time(session, self.round_id, {self.application})
        if any(change.field in _OF_START for change in self.changes):
            found += judge_start(session, self.round_id, {self.application})
        return found

    def _put(
        self,
        session: Session,
        application_id: int,
        change: Change,
        known: Correction | None,
    ) -> None:
        submitted = change.replacing if known is None else known.submitted
        reason = change.reason or self.reason
        one = Correction(self.application, change.field, change.value, submitted, reason, actor_name(session))
        set_correction(session, application_id, one)


class SetWithdrawn(OnApplication, frozen=True):
    """Withdraw an application, or take it up again; it is kept and never ranked while withdrawn.

    `on` is the day on which the applicant withdrew, None for the day on which that is recorded. One that
    `is_back` undoes the other: the last withdrawal stands again with its own reason and day.
    """

    kind = "set withdrawn"
    titled = "{0.is_withdrawn:Withdraw|Reinstate} {0.application}"
    told = "{0.application} is {0.is_withdrawn:withdrawn|reinstated}."
    is_withdrawn: bool
    reason: TextAbout = ""
    on: date | None = None
    is_back: bool = False

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused without a reason, where it stands so already, or its award is paid in part."""
        application_id = self.its_number(session)
        stands = session.scalar(selection(application_table.c.withdrawn, id=application_id))
        if stands == self.is_withdrawn:
            raise Refused(f"{self.application} is {'withdrawn' if stands else 'not withdrawn'} already.")
        if self.on is not None and self.on > today(session):
            raise Refused(
                f"{full_day(self.on)} is still to come. Record it once the applicant has withdrawn."
            )
        if self.is_withdrawn:
            if not self.is_back:
                check_stated(self.reason, f"Say why {self.application} is withdrawn.")
            require_unpaid(session, self.round_id, self.application)
        with within_held_money(session, self.round_id, f"{self.application} stays withdrawn."):
            set_values(session, application_table, {"id": application_id}, withdrawn=self.is_withdrawn)
        return self.done(replace(self, is_withdrawn=stands, is_back=not self.is_back))


class KeepApart(InRound, frozen=True):
    """Keep two applications that look alike, so that they are asked about no more; or ask again."""

    kind = "keep apart"
    titled = "{0.is_kept:Keep|Ask again about} both {0.first} and {0.second}"
    first: str
    second: str
    is_kept: bool = True
    reason: TextAbout = ""

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it, or take it back; refused for one application alone."""
        low, high = sorted(the_application(session, self.round_id, of) for of in (self.first, self.second))
        if low == high:
            raise Refused(f"{self.first} is a single application. Name two.")
        row = {"reason": self.reason, **stamp(session, "kept")}
        pair = {"first_id": low, "second_id": high}
        stood = session.scalar(selection(kept_apart_table.c.reason, **pair))
        replace_row(session, kept_apart_table, pair, row if self.is_kept else None)
        return self.done(replace(self, is_kept=stood is not None, reason=stood or ""))


NO_QUESTION = "the file gave it no question"


class NameAnswer(OnApplication, frozen=True):
    """Say which question an answer of an application is to; `replacing` is the heading that it has."""

    kind = "name answer"
    titled = "Say which question an answer of {0.application} is to"
    told = "An answer of {0.application} has its question. What was submitted is kept."
    question: TextAbout
    replacing: TextAbout

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Give the answer its heading; refused without one, where one has it, or once recommended."""
        application_id = self.its_number(session)
        check_stated(self.question, "Say which question the text answers.")
        rows = applications(session, self.round_id)
        answers = next(row.answers for row in rows if row.reference == self.application)
        headings = [heading for heading, _ in answers]
        if self.replacing not in headings:
            raise Refused(f"The answer of {self.application} was changed in the meantime. Look again.")
        if self.question in headings:
            raise Refused(f"{self.application} has another answer to that question. Change the words.")
        require_not_recommended(session, self.round_id, (self.application,), "applications")
        named = tuple((self.question if one == self.replacing else one, text) for one, text in answers)
        known = next(
            (
                one
                for one in corrections(session, self.round_id)
                if (one.application, one.field) == (self.application, "answers")
            ),
            Correction(self.application, "answers", "", text_of(answers), NO_QUESTION, ""),
        )
        one = replace(known, value=text_of(named), corrected_by=actor_name(session))
        set_correction(session, application_id, one)
        return self.done(replace(self, question=self.replacing, replacing=self.question))


def changes_between(
    before: ApplicationRow, after: ApplicationRow, looked_at: Collection[str] = ()
) -> tuple[Change, ...]:
    """Return what differs between an application as it stands and as it should be, and what is right."""
    pairs = ((field, getattr(before, field), getattr(after, field)) for field in sorted(CORRECTABLE))
    return tuple(
        Change(field, text_of(new), text_of(old))
        for field, old, new in pairs
        if old != new or field in looked_at
    )


def _check_row(row: ApplicationRow) -> None:
    check_stated(row.organisation, f"{row.reference} needs an organisation.")
    if row.requested_pence < 1:
        raise Refused(f"{row.reference} needs an amount above £0.00.")
    check_figures([row])


def _move(
    session: Session, round_id: int, application_id: int, before: str | None, after: str | None
) -> None:
    """Move an application to another area of the round, or to none.

    Refused between two stages, and where what the other area recommends rests on its applications.
    """
    named = selection(area_table.c.name, round_id=round_id)
    rows = session.execute(named.add_columns(area_table.c.id, area_table.c.stage))
    areas = {name: (number, stage) for name, number, stage in rows}
    if after is not None and after not in areas:
        raise Refused(f"There is no area {after} in the round. Add it first.")
    stages = [areas[name][1] for name in (before, after) if name is not None]
    if before is None and count(session, sheet_table, application_id=application_id):
        stages.append("scoring")  # where it was marked
    is_open = stages[0] in BEFORE_MEETING and len(set(stages)) == 1
    if not is_open:
        raise Refused(
            "An application can move only between areas that are both at intake or both at scoring, not "
            "from "
            f"{before or 'no area'} to {after or 'no area'}."
        )
    require_area_not_recommended(session, round_id, after)
    number = None if after is None else areas[after][0]
    set_values(session, application_table, {"id": application_id}, area_id=number)


def _set_organisation(session: Session, application_id: int, row: ApplicationRow) -> None:
    """Let the application be of the organisation that its corrected name and numbers are of."""
    (organisation_id,) = organisations_of(session, [row])
    set_values(session, application_table, {"id": application_id}, organisation_id=organisation_id)
    settle_organisations(session)


Part: TypeAlias = (
    ImportApplications
    | RemoveApplications
    | BringBackApplications
    | CorrectApplication
    | SetWithdrawn
    | KeepApart
    | AttachFiles
    | RemoveAttachments
    | SetPaperTexts
)


class ChangeApplications(MadeTogether, frozen=True):
    """Make changes in their order, or none of them; `words` say what they come to, without personal data.

    The first refusal refuses all.
    """

    kind = "change applications"
    parts: tuple[Part, ...]

    def apply(self, session: Session) -> Outcome:
        """Make them all; each checks its own rules."""
        outcome = super().apply(session)
        if not all(isinstance(undoing, Part) for undoing in getattr(outcome.inverse, "parts", ())):
            raise Refused("The round is no longer in the record. Set it up first.")
        return outcome


class SetTogether(MadeTogether, frozen=True):
    """Set the words of several papers, or what several files are, as one change.

    Whoever may set one of them may set several.
    """

    kind = "set together"
    parts: tuple[SetPaperTexts | DescribeAttachment, ...]


Corrected = tuple[ApplicationRow, ApplicationRow, str]
"""An application of the round as it is, and as it is to be, and why."""


def importing_words(taken: int, changed: int, files: int = 0) -> str:
    """Return what an import does: "Import 41 applications", "Import 1 application and change 2".

    It tells of the files that come along where nothing else is done.
    """
    words = [f"import {counted(taken, 'application')}"] if taken else []
    words += [f"change {changed:,}"] if changed else []
    return with_capital(" and ".join(words) or f"add {counted(files, 'file')}")


def round_key(target: ImportTarget) -> RoundKey:
    return RoundKey(target.line.fund, target.line.year, target.line.name)


def import_change(
    target: ImportTarget, taken: ImportApplications, corrected: Sequence[Corrected]
) -> Operation:
    """Return the change; with corrections it is several made as one, each with its reason."""
    if not corrected:
        return taken
    corrections = tuple(
        CorrectApplication(
            target.line.round_id,
            before.reference,
            changes_between(before, after),
            reason,
        )
        for before, after, reason in corrected
    )
    parts: tuple[Part, ...] = (taken, *corrections) if taken.rows else corrections
    return ChangeApplications(importing_words(len(taken.rows), len(corrected)), parts)


def with_files(change: Operation, round_id: int | None, files: Sequence[FileOf]) -> Operation:
    """Return an import with its files: one change, taken back as one.

    `change` is what `import_change` gives, an import or changes with one among them. Files of applications
    that it puts in, and of a round that it sets up, come with them; those of applications that the round has
    already, and its own, are attached beside.
    """
    whole = change if isinstance(change, ChangeApplications) else None
    parts = whole.parts if whole is not None else (change,)
    taken = {row.reference for one in parts if isinstance(one, ImportApplications) for row in one.rows}
    within = taken if round_id else {*taken, ""}
    own = tuple(one for one in files if one.application in within)
    filled = [replace(one, files=own) if isinstance(one, ImportApplications) else one for one in parts]
    rest = by_subject(round_id or 0, [one for one in files if one.application not in within])
    others = tuple(AttachFiles(**asdict(of), files=tuple(own)) for of, own in rest.items())
    if whole is None and not others:
        return filled[0]
    kept = [one for one in filled if not isinstance(one, ImportApplications) or one.rows]
    words = importing_words(len(taken), 0, len(files)) if whole is None else whole.words
    return ChangeApplications(words, cast("tuple[Part, ...]", (*kept, *others)))


def differing_fields(one: ApplicationRow, other: ApplicationRow) -> tuple[str, ...]:
    """Return the fields in which two applications differ, but for their references."""
    names = (name for name in FIELD_WORDS if name != "reference")
    return tuple(name for name in names if printed(one, name) != printed(other, name))


def merge_change(
    round_id: int, kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]
) -> Operation:
    """Return the one change that merges two: corrections of the kept one, and the other withdrawn."""
    changes = changes_between(kept, merged(kept, other, fields))
    away = SetWithdrawn(round_id, other.reference, is_withdrawn=True, reason=f"{MERGED_INTO}{kept.reference}")
    parts: tuple[Part, ...] = (away,)
    if changes:
        why = f"merged with {other.reference}"
        parts = (CorrectApplication(round_id, kept.reference, changes, why), away)
    return ChangeApplications(f"Merge {other.reference} into {kept.reference}", parts)


def merging_words(kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]) -> str:
    """Say what a merge does, value by value."""
    taken = [f"{FIELD_WORDS[name].lower()} {_quoted(other, name)}" for name in fields]
    values = f"with {', '.join(taken)} from {other.reference}" if taken else "with its own values throughout"
    return (
        f"{kept.reference} is kept, {values}. {other.reference} is withdrawn, “merged into "
        f"{kept.reference}”; its answers, gates, interests and marks stay with it, and what was submitted is "
        "kept of both."
    )


def _quoted(row: ApplicationRow, name: str) -> str:
    text = " ".join(printed(row, name).split())
    if text == NOTHING:
        return "left empty"
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
