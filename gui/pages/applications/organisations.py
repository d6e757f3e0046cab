"""Organisations: everybody who ever applied, over all rounds, and beside it all that is of one.

Does not belong here: the applications of one round, and what is worked out or decided (`models.queries`).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from gui.listed.acts import Act, At, Deed, Go, Hint, Picked, Save
from gui.listed.files import files_act, of_organisation
from gui.listed.form import Choice, Day, Form, Laid, Line, Note, Saying, Tick, Values
from gui.listed.narrowing import WordsTyped
from gui.listed.page import ListedPage
from gui.listed.parts import DETAILS, WHAT, PartLine, Parts
from gui.pages.held import EVERYTHING, export_held, writes_held
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import counted
from models.operation import Operation, Topic
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.operations.awards.successions import SetSuccessor
from models.queries.applications.merge_caps import caps_passed
from models.queries.applications.merges import Merge
from models.queries.applications.organisations import (
    AppliedFor,
    Organisation,
    OrganisationLine,
    described,
    organisation,
    organisations,
)
from models.queries.retention.held_on_request import held_on
from models.reference.defaults import CHECKS
from models.values.awards import Successor, trigger_words
from models.values.diligence import RESULTS
from models.values.rounds import RoundLine
from scoring.money import short_pounds
from scoring.written.days import short_day
from scoring.written.names import alike_key, round_names, search_words, text_key

NOTHING = (
    "Nobody has applied yet. Organisations are listed here once applications are imported or awards added."
)
NONE_SUCH = "No organisation has such a name or number."
NO_OTHER = "Choose an organisation that is the same as another in the list."
NO_BRANCH = "Choose an organisation that goes by more than one name."
CHOOSE_MERGE = "Choose the line that says what was merged or kept apart."
WHAT_IT_DOES = (
    "Its applications, awards and payments count with the other's from the date below: in caps, in the "
    "subsidy total of three years and in what an applicant had before. Earlier decisions stay as they are."
)
WHAT_STAYS = "Papers already issued stay as they are. The two can be separated again at any time."
APART_DOES = (
    "Applications under this name count on their own from now on: in caps, in the subsidy total of three "
    "years and in what an applicant had before, whatever number they share."
)
APART_STAYS = "Papers already issued stay as they are. The two can be counted as one again at any time."
CHOOSE, CHOOSE_NAME = "Choose an organisation", "Choose the name"
NO_SUCH_NAME = "None has that in its name or number"
CHOOSE_AWARD = "Choose the line of an award under Awards and payments."
SUCCESSOR = "Enter the name of the successor."
FROM_SUCCEEDED = "Enter the date from which it takes over."
NOT_YET_SUCCEEDED = "A successor takes over on a date that has come. Record it on that day."
WHY_SUCCEEDS = "Say why it takes over. The reason is recorded in History."
SUCCEEDS = (
    "The successor takes over the award with its agreement, account and reports. Its bank details must be "
    "verified again, and its supplier number set, before anything is paid. Papers already issued, earlier "
    "payments and open data keep the first name."
)
FROM_WHEN = "Enter the date from which the two count as one."
MERGE_OVER_CAP = "Merge them although they go over the cap"
TICK_CAP = "Tick that you merge them over the cap, or choose another."
CAPS_PASSED = "Together they go over a cap for one organisation in an open round."
WHY = "Say why the two are one. The reason is recorded in History."
WHY_APART = "Say why the two are not one. The reason is recorded in History."


class OrganisationRow(PartLine, frozen=True):
    """A line of a part, and what it leads to, if anything."""

    page: str = ""
    round: RoundLine | None = None
    reference: str = ""
    merge: Merge | None = None


Here = At[tuple[OrganisationLine, ...], OrganisationLine]


def rows_of(found: Organisation, section: str) -> tuple[OrganisationRow, ...]:
    return tuple(PARTS[section][0](found))


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
        state = f"{counted(late, 'day')} late" if late else came
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
        note = " · ".join(filter(None, (check.award, done.note)))
        yield OrganisationRow(f"check:{check.code}", CHECKS[check.code], says, note)


def _names(found: Organisation) -> Iterator[OrganisationRow]:
    for number, one in enumerate(found.names):
        charity = f"charity {one.charity_number}" if one.charity_number else ""
        company = f"company {one.company_number}" if one.company_number else ""
        numbers = ", ".join(filter(None, (charity, company))) or "without a number"
        yield OrganisationRow(f"name:{number}", "Name", one.name, numbers)
    for merge in found.merges:
        did, how = ("Kept apart", "from") if merge.is_apart else ("Merged", "into")
        by = f"{how} {merge.into_name}, by {merge.by}, {short_day(merge.at)}"
        yield OrganisationRow(f"merged:{merge.uid}", did, f"{merge.name}: {merge.reason}", by, merge=merge)


def _contacts(found: Organisation) -> Iterator[OrganisationRow]:
    for number, one in enumerate(found.contacts):
        says = ", ".join(filter(None, (one.name, one.email, one.phone))) or "no name"
        note = " · ".join(filter(None, (one.where, ", ".join(one.references))))
        yield OrganisationRow(f"contact:{number}", "Contact", says, note)


PARTS: dict[str, tuple[Callable[[Organisation], Iterator[OrganisationRow]], str]] = {
    "Applications": (_applications, "No application is recorded for this organisation."),
    "Awards and payments": (_awards, "Nothing was awarded to it."),
    "Returns": (_returns, "No return is asked of it."),
    "Money over three years": (_money, "Nothing was awarded to it."),
    "Due diligence": (
        _checks,
        "No check was recorded on its awards. They are recorded on Awards & payments.",
    ),
    "Names and numbers": (_names, "No name is recorded."),
    "Addresses and contacts": (_contacts, "No address and no contact is recorded."),
}
"""The parts of what is known of an organisation: their lines, and what is said where there are none."""


def _row_of(one: AppliedFor, what: str, says: str, note: str, page: str) -> OrganisationRow:
    key = f"{page}:{one.round.round_id}:{one.row.reference}:{what}:{says}"
    return OrganisationRow(key, what, says, note, page, one.round, one.row.reference)


def _where(one: AppliedFor) -> str:
    return ", ".join(round_names(one.round.fund, f"{one.round.year} {one.round.name}".strip()))


def has_words(line: OrganisationLine, words: str) -> bool:
    """Whether an organisation's names or numbers hold every word typed."""
    searched = " ".join(search_words(" ".join((line.name, *line.others, *line.numbers))))
    return all(word in searched for word in search_words(words))


def _sums(answer: object, lines: Sequence[OrganisationLine]) -> str:
    """Return how many there are and what they were awarded together."""
    given = sum(line.awarded_pence for line in lines)
    late = sum(line.late for line in lines)
    words = f"{counted(len(lines), 'organisation')}, {short_pounds(given)} awarded in all"
    return f"{words}, {counted(late, 'return')} late." if late else f"{words}."


def _paid(line: OrganisationLine) -> str:
    """Return what was paid less what came back, "" for somebody who does not read it."""
    if line.paid_pence is None:
        return ""
    return short_pounds(line.paid_pence) if line.awards else "–"


def _late_aloud(line: OrganisationLine) -> str:
    return ", ".join(filter(None, (_late(line) or "no return late", _checked(line))))


def _under(line: OrganisationLine) -> str:
    return " · ".join(filter(None, (*line.numbers, *line.others, line.first)))


def _applied(line: OrganisationLine) -> str:
    return counted(line.applications, "application")


def _awarded(line: OrganisationLine) -> str:
    return short_pounds(line.awarded_pence) if line.awards else "–"


def _three_years(line: OrganisationLine) -> str:
    return short_pounds(line.three_years_pence) if line.three_years_pence else "–"


def _late(line: OrganisationLine) -> str:
    return f"{line.late:,} late" if line.late else ""


def _checked(line: OrganisationLine) -> str:
    if line.unpassed:
        return f"{line.unpassed:,} not passed"
    return f"{len(line.checks):,} checked" if line.checks else ""


COLUMNS: tuple[LineColumn[OrganisationLine], ...] = (
    LineColumn(
        "organisation",
        "Organisation",
        attrgetter("name"),
        under=_under,
        tip=attrgetter("name"),
        is_strong=True,
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
    LineColumn(
        "awarded",
        "Stands at",
        _awarded,
        width=110,
        is_right=True,
        under=lambda line: counted(line.awards, "award") if line.awards else "",
    ),
    LineColumn(
        "paid",
        "Paid less returned",
        _paid,
        lambda line: _paid(line) or "What was paid is shown to officers, finance and the people who sign.",
        width=124,
        is_right=True,
        gives_way=Gives.FIGURES + 1,
        brief="Net paid",
    ),
    LineColumn("years", "Three years", _three_years, width=110, is_right=True, gives_way=Gives.FIGURES),
    LineColumn("late", "Returns", _late, _late_aloud, width=80, under=_checked, gives_way=Gives.STATE),
)
ROW_COLUMNS: tuple[LineColumn[OrganisationRow], ...] = (
    LineColumn("what", "Item", WHAT, width=110, tip=WHAT, keeps=Keeps.WHOLE),
    DETAILS,
)


def _ask_one(session: Any, at: Here) -> Organisation | None:
    return organisation(session, number=at.row.number, today=at.today, viewer=at.identity.viewer)


def _merges(at: Here) -> tuple[Merge, ...]:
    return () if at.found is None else at.found.merges


def _merge_at_hand(at: Here) -> Merge | None:
    """Return the merge that the current line tells of, else the only one that there is."""
    merges = _merges(at)
    of_line = None if at.part is None else at.part.merge
    return of_line or (merges[0] if len(merges) == 1 else None)


def _merge(at: Here) -> Form:
    line = at.row
    order = sorted(
        (other for other in at.answer if other.uid != line.uid),
        key=lambda other: (not _is_alike(line, other), text_key(other.name)),
    )

    def merge(into: OrganisationLine, from_on: date, reason: str, over_cap: bool = False) -> Picked:
        names = into.name, line.name
        return Picked(into.uid, MergeOrganisations(into.uid, line.uid, *names, reason, from_on))

    def passed(values: Values) -> str:
        into, capped = values.get("into"), () if at.found is None else at.found.capped
        found = () if into is None else caps_passed(capped, into.number, line.number)
        return " ".join((CAPS_PASSED, *found)) if found else ""

    def waits(values: Values) -> str:
        return TICK_CAP if passed(values) and not values["over_cap"] else ""

    into = Choice(
        name="into",
        words="Is the same as, and keeps the name",
        options=tuple((described(other), other) for other in order),
        first=CHOOSE,
        wanted=f"{CHOOSE}: the one whose name is kept.",
        find="Find it",
        hint="Part of its name or number",
        nothing=NO_SUCH_NAME,
    )
    day = Day(name="from_on", words="From", value=at.today, is_past=False, wanted=FROM_WHEN)
    tick = Tick("over_cap", MERGE_OVER_CAP, only=lambda values: bool(passed(values)))
    fields = (into, day, Saying(passed, "warning", lines=3), tick)
    title = f"Merge {line.name} into another"
    return replace(_form(title, (WHAT_IT_DOES, WHAT_STAYS), "Merge", merge, fields, WHY), waits=waits)


def _award_at_hand(at: Here) -> AppliedFor | None:
    """Return the award that the current line tells of, else the only one that there is."""
    found = () if at.found is None else at.found.awards
    part = at.part
    own = [one for one in found if part and (one.round, one.row.reference) == (part.round, part.reference)]
    return next(iter(own or (found if len(found) == 1 else ())), None)


def _succeed(at: Here, *, is_correction: bool = False) -> Form | None:
    """Return the form of an award's next successor, or of a correction of the newest."""
    one = _award_at_hand(at)
    if one is None or one.award is None:
        return None
    award, known = one.award, one.award.holders[-1]
    over = award.successor if is_correction else None
    number = len(award.successors) + (over is None)
    supplier = over.supplier_number if over else ""

    def succeed(from_on: date, reason: str, **own: str) -> Operation:
        successor = Successor(from_on=from_on, reason=reason, supplier_number=supplier, **own)
        return SetSuccessor(one.round.round_id, one.row.reference, successor, over, number)

    fields = (
        Line(name="name", words="Name of the successor", value=over.name if over else "", wanted=SUCCESSOR),
        Line(name="charity_number", words="Charity number", value=over.charity_number if over else ""),
        Line(name="company_number", words="Company number", value=over.company_number if over else ""),
        Note(name="address", words="Address", value=known.address, height=56),
        Line(name="postcode", words="Postcode", value=known.postcode),
        Line(name="contact_name", words="Contact", value=known.contact_name),
        Line(name="email", words="E-mail", value=over.email if over else ""),
        Day(
            name="from_on",
            words="From",
            value=over.from_on if over else at.today,
            wanted=FROM_SUCCEEDED,
            to_come=NOT_YET_SUCCEEDED,
        ),
    )
    if over is None:
        title = f"Successor for {award.reference}, {award.organisation}"
        return _form(title, (SUCCEEDS,), "Take over", succeed, fields, WHY_SUCCEEDS)
    form = _form(f"Correct {over.name}", (SUCCEEDS,), "Correct", succeed, fields, WHY_SUCCEEDS)
    *others, reason = form.fields
    return replace(form, fields=(*others, replace(reason, value=over.reason)))


def _is_taken_over(at: Here) -> bool:
    one = _award_at_hand(at)
    return one is not None and one.award is not None and one.award.successor is not None


def _form(
    title: str,
    sentences: tuple[str, ...],
    action: str,
    does: Callable[..., Deed],
    fields: tuple[Laid, ...],
    why: str,
) -> Form:
    reason = Note(name="reason", words="Reason", wanted=why)
    return Form(title=title, sentences=sentences, action=action, does=does, fields=(*fields, reason))


def _is_alike(line: OrganisationLine, other: OrganisationLine) -> bool:
    names = {alike_key(name) for name in (line.name, *line.others)}
    return any(alike_key(name) in names for name in (other.name, *other.others))


def _keep_apart(at: Here) -> Form:
    line = at.row
    branch = Choice(
        name="branch",
        words="Name of the branch",
        options=tuple((name, name) for name in line.others),
        first=CHOOSE_NAME,
        wanted=f"{CHOOSE_NAME} of the branch.",
    )

    def part(branch: str, reason: str) -> Operation:
        return PartOrganisations(line.uid, line.name, (branch,), reason)

    title = f"Keep a branch of {line.name} apart"
    return _form(title, (APART_DOES, APART_STAYS), "Keep apart", part, (branch,), WHY_APART)


def _separate(at: Here) -> Operation | None:
    """Let a merged organisation be one of its own again, or one that is kept apart the other's."""
    merge = _merge_at_hand(at)
    if merge is None:
        return None
    pair = (merge.into_uid, merge.uid, merge.into_name, merge.name)
    return SeparateOrganisations(*pair, was_apart=merge.is_apart)


def _separate_words(at: Here) -> str:
    merge = _merge_at_hand(at)
    return "Rejoin" if merge is not None and merge.is_apart else "Separate"


def _export(at: Here) -> Save:
    of = partial(held_on, organisation_id=at.row.number, viewer=at.identity.viewer)
    return export_held(of, at.row.name)


def _open(at: Here) -> Go | Hint | None:
    """Go to what a line tells of, in its own round; to the application where the page is closed."""
    row = at.part
    if row is None:
        return None
    if row.round is None:
        return Hint(f"That leads to no page of its own. {row.what}: {row.says}.")
    return Go(row.page, row.reference, row.round, otherwise="applications")


PAGE: ListedPage[tuple[OrganisationLine, ...], OrganisationLine] = ListedPage(
    key="organisations",
    title="Organisations",
    icon="person",
    list_name="Organisations",
    ask=lambda session, wanted: organisations(session, today=wanted.today, viewer=wanted.viewer),
    rows=lambda answer: answer,
    row_key=attrgetter("uid"),
    columns=COLUMNS,
    concerns=frozenset(Topic) - {Topic.MARKS, Topic.AGREED, Topic.SCHEME},
    sums=_sums,
    empty=lambda answer: NOTHING,
    none=NONE_SUCH,
    finds=lambda line, reference: line.uid == reference,
    narrowing=partial(WordsTyped, words="Filter by any name or number", holds=has_words),
    side=Parts(
        name="What is known of the organisation",
        box="Part of what is known",
        sections=tuple((name, name) for name in PARTS),
        title=lambda at: at.row.name,
        lines=lambda at: () if at.found is None else rows_of(at.found, at.section),
        line_key=attrgetter("key"),
        columns=ROW_COLUMNS,
        nothing=lambda section: PARTS[section][1],
        ask=_ask_one,
        opens=Act(words="Open", does=_open),
        width=420,
        tabs=("Organisations", "Details"),
        of_line=(
            Act(
                words="Merge…",
                kind=MergeOrganisations.kind,
                why_not=lambda at: "" if len(at.answer) > 1 else NO_OTHER,
                does=_merge,
            ),
            Act(
                words="Successor…",
                kind=SetSuccessor.kind,
                why_not=lambda at: "" if _award_at_hand(at) else CHOOSE_AWARD,
                does=_succeed,
            ),
            Act(
                words="Correct successor…",
                kind=SetSuccessor.kind,
                where=_is_taken_over,
                does=partial(_succeed, is_correction=True),
            ),
            Act(
                words="Keep apart…",
                kind=PartOrganisations.kind,
                why_not=lambda at: "" if at.row.others else NO_BRANCH,
                does=_keep_apart,
            ),
            Act(
                words=_separate_words,
                kind=SeparateOrganisations.kind,
                where=lambda at: bool(_merges(at)),
                why_not=lambda at: "" if _merge_at_hand(at) is not None else CHOOSE_MERGE,
                does=_separate,
            ),
            files_act(lambda at: of_organisation(at.row.uid, at.row.name)),
            Act(words="Export all held…", also=EVERYTHING, where=writes_held, icon="export", does=_export),
        ),
    ),
)
