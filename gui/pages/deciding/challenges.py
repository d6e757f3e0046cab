"""Challenges: every review, complaint and appeal of the record, the most pressing first, one beside.

Does not belong here: the new decision that one calls for, which is taken on Decisions.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from gui.listed.acts import Act, At, Go, Made
from gui.listed.form import Across, Choice, Day, Form, Line, Note, Saying
from gui.listed.page import ListedPage, Wanted
from gui.listed.side import Name, Says, Side, Strong, Title, Told
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import counted
from models.operation import Operation, Topic
from models.operations.deciding.challenges import MAY_CHANGE, SetChallenge
from models.papers.kinds import CHALLENGE_LETTERS
from models.queries.applications.applications import applications
from models.queries.awards.amendments import change_words
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import (
    HeldChallenge,
    answer_days,
    called,
    changed_words,
    decided_words,
    held_challenges,
    next_challenge,
)
from models.queries.permissions.acting import may_write
from models.queries.set_up.rounds import rounds
from models.values.awards import KIND_WORDS, NOTHING, Challenge, Finding
from models.values.rounds import RoundLine
from scoring.written.days import short_day
from scoring.written.text import with_capital

EMPTY = (
    "No decision was challenged. A request for review, a complaint or an appeal is recorded here, with the "
    "day by which it is answered."
)
AGREED = (
    "The agreement is signed, or the award was varied. Vary the award for another sum; where nothing is paid "
    "the decision may be changed to decline, else ask for the money back. Then say what was done."
)
ABOUT = "It is answered by somebody who had no part in the decision. The acknowledgement names them."
TO_COME = "That day is still to come. What is recorded is dated the day it was done."
ANSWERING = (
    "The letter gives the reasons. An answer that calls for a new decision changes nothing by itself: the "
    "decision is then taken and signed as any other is."
)
CARRIED_OUT = (
    "A variation of the award, or a request for its money back, may be made for other reasons. Say which "
    "of them was made on this answer; the letter says so too."
)


class Challenges(NamedTuple):
    """The challenges of the record, the round of each, and the applications of the round on show."""

    held: tuple[HeldChallenge, ...]
    rounds: dict[int, RoundLine]
    applications: tuple[tuple[str, str], ...]


Here = At[Challenges, HeldChallenge]


def _ask(session: Any, wanted: Wanted) -> Challenges:
    """Return the challenges: those that wait for the office come first, by when they are due."""
    held = sorted(
        held_challenges(session, wanted.viewer),
        key=lambda one: (not one.is_open, one.challenge.due_on, one.number),
    )
    of_round = () if wanted.round_id is None else applications(session, wanted.round_id)
    named = tuple((row.reference, row.organisation) for row in of_round)
    return Challenges(tuple(held), {line.round_id: line for line in rounds(session)}, named)


def _summary(answer: Challenges) -> str:
    today, waiting = current_day(), sum(one.is_open for one in answer.held)
    late = sum(one.challenge.finding is None and one.challenge.due_on < today for one in answer.held)
    parts = [
        counted(len(answer.held), "challenge"),
        f"{waiting} open",
        f"{late} late" if late else "",
    ]
    return ", ".join(filter(None, parts)) if answer.held else ""


def _tell(at: Here) -> Iterator[Told]:
    held = at.row
    known = held.challenge
    yield Name(held.words)
    yield Says(", ".join(filter(None, (held.organisation, held.project))), "muted")
    yield Strong(held.state(at.today))
    yield Title("Against")
    yield Says(with_capital(decided_words(held.decision)))
    yield Title("What is asked")
    yield Says(f"{known.asked_by}, {short_day(known.received_on)}")
    yield Says(known.grounds)
    yield Says(f"Letters go to {', '.join(known.address.splitlines())}" if known.address else "", "text2")
    if known.acknowledged_on is not None:
        yield Says(f"Acknowledged on {short_day(known.acknowledged_on)}", "text2")
    by = ", ".join(filter(None, (known.looked_at_by, known.looked_at_post)))
    if known.finding is None and by:
        yield Says(f"Who looks at it: {by}", "text2")
    if known.finding is not None and known.answered_on is not None:
        yield Title("What was found")
        yield Says(f"{known.finding.value.capitalize()}, {short_day(known.answered_on)}")
        yield Says(f"Looked at by {by}" if by else "", "text2")
        yield Says(known.reasons)
        yield Says(f"What will be done: {known.remedy}" if known.remedy else "")
    if held.changed_by is not None:
        yield Says(with_capital(changed_words(held.changed_by)))
    elif held.waits_for_decision and held.has_agreement:
        yield Says(AGREED, "text2")


def _set(held: HeldChallenge, **becomes: Any) -> Operation | None:
    new: Challenge = replace(held.challenge, **becomes)
    same = new == held.challenge
    return None if same else SetChallenge(held.round_id, held.application, held.number, new, held.challenge)


def _record(at: At[Challenges, None]) -> Form:
    assert at.place is not None, "applications are of a round"
    options = tuple((f"{of}, {whose}", of) for of, whose in at.answer.applications)
    only = options[0][1] if len(options) == 1 else None
    add = partial(_added, at.place.line.round_id)
    return _form("Record a challenge", "Record it", options, only, None, add)


def _added(round_id: int, application: str, due_on: date | None, **said: Any) -> Made:
    def make(session: Any) -> SetChallenge:
        due = due_on or answer_days(session, said["received_on"]).answer_by
        challenge = Challenge(due_on=due, **said)
        return SetChallenge(round_id, application, next_challenge(session), challenge, None)

    return Made(make)


def _change(at: Here) -> Form:
    held = at.row
    options = ((f"{held.application}, {held.organisation}", held.application),)
    return _form(f"Change: {held.words}", "Save", options, held.application, held, partial(_changed, held))


def _changed(
    held: HeldChallenge, application: str, kind: object, due_on: date | None, **said: Any
) -> Operation | None:
    return _set(held, due_on=due_on or held.challenge.due_on, **said)


def _form(
    title: str,
    action: str,
    options: tuple[tuple[str, str], ...],
    chosen: str | None,
    held: HeldChallenge | None,
    does: Any,
) -> Form:
    kinds, today = tuple((words, kind) for kind, words in KIND_WORDS.items()), current_day()
    known = held.challenge if held else Challenge(kinds[0][1], "", "", today, today)
    return Form(
        title=title,
        action=action,
        sentences=(ABOUT,),
        does=does,
        focus="asked_by" if chosen else "application",
        fields=(
            Choice(
                "application",
                "Application",
                options=options,
                value=chosen,
                first="Choose…",
                wanted="Choose the application whose decision is challenged.",
                is_fixed=held is not None,
            ),
            Choice(
                "kind",
                "What is asked for",
                options=kinds,
                value=known.kind,
                is_fixed=held is not None,
            ),
            Line(
                "asked_by",
                "Who asks",
                value=known.asked_by,
                hint="Name, and for whom",
                wanted="Say who asks.",
            ),
            Note(
                "address",
                "Letters go to (where it is not the applicant)",
                height=78,
                value=known.address,
            ),
            Note(
                "grounds",
                "What is asked, and why",
                value=known.grounds,
                wanted="Say what is asked, and on what grounds.",
            ),
            Across(
                (
                    Day("received_on", "Received on", value=known.received_on, to_come=TO_COME),
                    Day(
                        "acknowledged_on",
                        "Acknowledged on",
                        value=known.acknowledged_on,
                        to_come=TO_COME,
                        is_needed=False,
                    ),
                    Day(
                        "due_on",
                        "Answer due on",
                        value=known.due_on if held else None,
                        is_past=False,
                        is_needed=False,
                    ),
                )
            ),
            Saying("Leave the last date empty to use the office's usual number of working days."),
            Across(
                (
                    Line("looked_at_by", "Who looks at it", value=known.looked_at_by),
                    Line("looked_at_post", "Their post", value=known.looked_at_post),
                )
            ),
        ),
    )


def _answer(at: Here) -> Form:
    known = at.row.challenge
    found = tuple(
        (f"{one.value.capitalize()}, to be decided again" if anew else one.value.capitalize(), (one, anew))
        for one in Finding
        for anew in ((False, True) if one in MAY_CHANGE else (False,))
    )
    return Form(
        title=f"Answer: {at.row.words}",
        action="Record the answer",
        sentences=(ANSWERING,),
        does=partial(_answered, at.row),
        fields=(
            Line(
                "looked_at_by",
                "Who looked at it",
                value=known.looked_at_by,
                wanted="Say who looked at it: nobody who had a part in the decision.",
                unless=lambda said: said["finding"] is None or said["finding"][0] is Finding.WITHDRAWN,
            ),
            Line("looked_at_post", "Post", value=known.looked_at_post),
            Choice(
                "finding",
                "What was found",
                options=found,
                value=(known.finding, known.calls_for_decision),
                first="Choose…",
                wanted="Choose what was found.",
            ),
            Note(
                "reasons",
                "Reasons",
                height=100,
                value=known.reasons,
                wanted="Give the reasons: the letter gives them.",
            ),
            Note("remedy", "What we will do about it (where it is upheld)", height=60, value=known.remedy),
            Day("answered_on", "Answered on", value=known.answered_on or current_day(), to_come=TO_COME),
        ),
    )


def _answered(held: HeldChallenge, finding: tuple[Finding, bool], **said: Any) -> Operation | None:
    found, anew = finding
    carried = held.challenge.carried_out_by if anew else ""
    return _set(held, finding=found, calls_for_decision=anew, carried_out_by=carried, **said)


def _done(at: Here) -> Form:
    options = (
        ("The new decision, once there is one", ""),
        ("Nothing yet", NOTHING),
        *((_done_words(one), called(one)) for one in at.row.may_carry_out),
    )
    by = Choice(
        "carried_out_by", "It is carried out by", options=options, value=at.row.challenge.carried_out_by
    )
    return Form(
        title=f"What was done: {at.row.words}",
        action="Save",
        sentences=(CARRIED_OUT,),
        does=partial(_set, at.row),
        fields=(by,),
    )


def _done_words(one: VariationRow | Recovery) -> str:
    """Return what may have carried an answer out: "Variation 2: £4,600.00 becomes £5,000.00"."""
    told = changed_words(one) if isinstance(one, Recovery) else "; ".join(change_words(one))
    return f"{with_capital(called(one))}: {told}"


def _remove(at: Here) -> Operation:
    return SetChallenge(at.row.round_id, at.row.application, at.row.number, None, at.row.challenge)


def _line(at: Here) -> RoundLine:
    return at.answer.rounds[at.row.round_id]


def _is_open(at: Here) -> bool:
    return at.row.challenge.finding is None


ACTS: tuple[Act[Challenges, HeldChallenge], ...] = (
    Act(
        words="Acknowledged today",
        kind=SetChallenge.kind,
        where=lambda at: _is_open(at) and at.row.challenge.acknowledged_on is None,
        does=lambda at: _set(at.row, acknowledged_on=at.today),
    ),
    Act(words="Answer…", kind=SetChallenge.kind, does=_answer),
    Act(words="Change…", kind=SetChallenge.kind, does=_change),
    Act(words="Remove", kind=SetChallenge.kind, where=_is_open, does=_remove),
    Act(
        words="What was done…",
        kind=SetChallenge.kind,
        where=lambda at: at.row.challenge.calls_for_decision,
        does=_done,
    ),
    Act(
        words="Write the letter…",
        kind=SetChallenge.kind,
        where=lambda at: may_write(at.identity.role, CHALLENGE_LETTERS),
        does=lambda at: Go("exports", CHALLENGE_LETTERS, _line(at)),
    ),
    Act(
        words="Open the decision",
        where=lambda at: bool(at.row.decision or at.row.decided_by),
        does=lambda at: Go("decisions", at.row.application, _line(at)),
    ),
    Act(
        words="Open the award",
        where=lambda at: at.row.has_agreement,
        does=lambda at: Go("awards", at.row.application, _line(at)),
    ),
)


def _kind(held: HeldChallenge) -> str:
    return f"{KIND_WORDS[held.challenge.kind]} {held.number}"


def _received(held: HeldChallenge) -> str:
    return short_day(held.challenge.received_on)


def _state(held: HeldChallenge) -> str:
    return held.state(current_day())


COLUMNS: tuple[LineColumn[HeldChallenge], ...] = (
    LineColumn("kind", "Challenge", _kind, width=150, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn(
        "application",
        "Application",
        attrgetter("application"),
        under=attrgetter("organisation"),
        keeps=Keeps.WHOLE,
    ),
    LineColumn("received", "Received", _received, width=110, gives_way=Gives.STATE),
    LineColumn("state", "Now", _state, width=250, tip=_state),
)
PAGE: ListedPage[Challenges, HeldChallenge] = ListedPage(
    key="challenges",
    title="Challenges",
    icon="challenge",
    list_name="Challenges",
    ask=_ask,
    rows=lambda answer: answer.held,
    row_key=attrgetter("number"),
    columns=COLUMNS,
    summary=_summary,
    empty=lambda answer: EMPTY,
    concerns=frozenset({Topic.DECISIONS, Topic.AWARDS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.INTERESTS}),
    finds=lambda held, reference: reference in (held.application, str(held.number)),
    acts=(
        Act(
            words="Record a challenge…",
            kind=SetChallenge.kind,
            look="primary",
            why_not=lambda at: "" if at.answer.applications else "The round has no application yet.",
            does=_record,
        ),
    ),
    side=Side(
        name="The selected challenge",
        width=420,
        nothing="Choose a challenge to see what is asked and by when it is answered.",
        tell=_tell,
        acts=ACTS,
        tabs=("Challenges", "Details"),
    ),
)
