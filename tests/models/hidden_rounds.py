"""Pairs of records that differ in nothing but what is hidden from one reader, and who that is.

Other members' marks on some applications, and the words of some, are of the record's own: in the one the
hidden application is ranked first, in the other last. To the chair of another area only is hidden whose each
mark is, and why it was given. Of a twin the organisation applies again in another area, under a cap and
under another name.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor
from models.operations.applications.corrections import Change, CorrectApplication, KeepApart
from models.operations.applications.gates import SetChoices
from models.operations.applications.organisations import MergeOrganisations
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import DeclareToSign, EditMember
from models.operations.papers import IssuePaper, put_files
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import GiveRole
from models.papers.issued import PaperFile, file_sum
from models.permissions.viewing import Viewer
from models.queries.panel.panel import members_of
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.role import PANEL, SIGNING, Role
from models.schema.applications import organisation_table
from models.values import canonical
from models.values.applications import Choice, ChoicesOf
from models.values.rows import ApplicationRow, InterestRow, MemberRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, InterestKind
from tests.models import rounds
from tests.models.conftest import TickingClock
from tests.models.hidden_awards import ON, award_all, name_signers, sign_first, tell_of_award
from tests.models.made_once import file_made_once
from tests.models.rounds import AUTUMN, MONEY_ONLY, OFFICER, SCHEME, application, load

CARA = Actor("Cara Chair", "chair")
HIDDEN = ("zebra", "quagga")
"""A word of what is hidden, in one record and in the other."""
HIDDEN_MARKS = (5, 0)
TWICE = "Allotment Friends 3"
"""Whose application is closed, and who has another one."""
ALIKE = ("ACF-004", "ACF-001")
"""What is kept apart from the closed one, in one record and in the other."""
REFERENCES = ("ACF-001", "ACF-002", "ACF-003", "ACF-004")
CLOSED = "ACF-003"
GIVEN = {
    "ACF-001": {"C1": 3, "M1": 3, "M2": 4},
    "ACF-002": {"C1": 2, "M1": 2, "M2": 3},
    "ACF-003": {"C1": 3, "M1": 3, "M2": 3},
    "ACF-004": {"C1": 1, "M1": 2, "M2": 2},
}
"""By application: each member's mark on every criterion."""
NONE = InterestKind.NONE
TWIN, CAP = "ACF-002", 300_000
"""Which application is the twin's, and what one organisation can have: less than the two request."""
NUMBER = "1164883"
POTS = {"scoring": 300_000, "meeting": 500_000}
"""What there is before recommendations; then it is enough for all, so that none depends on another."""
TIGHT = 350_000
"""What there is for requests of 1,000,000, where the reader signs and records none of them."""


_NAMES = select(organisation_table.c.name, organisation_table.c.uid)
LINES = tuple(ListItem(word, word.capitalize()) for word in HIDDEN)
"""What an application can be for: the one thing or the other."""
FUND = replace(rounds.FUND, lists=(FundList(ListKind.CRIME, LINES),))


class Scene(Struct, frozen=True):
    """Who reads, and when; of which applications others' marks are hidden, of which all but name and sum."""

    viewer: Viewer
    marks: tuple[str, ...]
    closed: tuple[str, ...]
    stage: str = "scoring"
    twin: str = ""
    """How the organisation of the closed one is known in its other application: by its number, or merged."""
    is_tight: bool = False
    """Whether there is less money than is recommended for, so that what one gets leaves less for another."""

    @property
    def is_new(self) -> bool:
        """Whether they joined the panel and have declared nothing."""
        return self.viewer.member == "M3"

    @property
    def is_of_other_panel(self) -> bool:
        """Whether they chair the panel of another area, which has no application."""
        return self.viewer.member == "C2"

    @property
    def is_awarded(self) -> bool:
        """Whether all is decided, and an award without a competition proposed besides."""
        return self.stage == "awarded"


SCENES = {
    "a member whose own sheet is due": Scene(
        Viewer("Mo Member", Role.MEMBER, "M1"), ("ACF-002", CLOSED), (CLOSED,)
    ),
    "a member who has not declared": Scene(Viewer("Ned New", Role.MEMBER, "M3"), REFERENCES, REFERENCES),
    "the chair with an interest": Scene(
        Viewer("Cara Chair", Role.CHAIR, "C1"), (CLOSED,), (CLOSED,), "meeting"
    ),
    "the chair once it is recommended": Scene(
        Viewer("Cara Chair", Role.CHAIR, "C1"), (CLOSED,), (CLOSED,), "recommending"
    ),
    "a commander with an interest": Scene(
        Viewer("Cora Command", Role.COMMANDER), (CLOSED,), (CLOSED,), "deciding"
    ),
    "the chair with an interest and a twin by number": Scene(
        Viewer("Cara Chair", Role.CHAIR, "C1"), (CLOSED,), (CLOSED,), "meeting", "number"
    ),
    "the chair with an interest and a twin that was merged": Scene(
        Viewer("Cara Chair", Role.CHAIR, "C1"), (CLOSED,), (CLOSED,), "meeting", "merged"
    ),
    "a member with an interest, and too little money": Scene(
        Viewer("Mo Member", Role.MEMBER, "M1"), (CLOSED,), (CLOSED,), "half", is_tight=True
    ),
    "the chair of another area": Scene(Viewer("Dora Dudley", Role.CHAIR, "C2"), (), (), "meeting"),
    "the chair once one of two has signed": Scene(
        Viewer("Cara Chair", Role.CHAIR, "C1"), (CLOSED,), (CLOSED,), "half"
    ),
    "an officer who sat, once one of two has signed": Scene(
        Viewer("Mo Member", Role.OFFICER, "M1"), (CLOSED,), (CLOSED,), "half"
    ),
    "a commander with an interest in an award": Scene(
        Viewer("Cora Command", Role.COMMANDER), (), (CLOSED,), "awarded"
    ),
    "an officer who sat, with an interest in an award": Scene(
        Viewer("Mo Member", Role.OFFICER, "M1"), (), (CLOSED,), "awarded"
    ),
    "an auditor who sat, once one of two has signed": Scene(
        Viewer("Mo Member", Role.AUDITOR, "M1"), (CLOSED,), (CLOSED,), "half"
    ),
}


OFTEN = (
    "a member whose own sheet is due",
    "the chair with an interest",
    "a commander with an interest",
    "the chair once one of two has signed",
    "the chair with an interest and a twin by number",
    "the chair of another area",
    "an officer who sat, with an interest in an award",
    "an auditor who sat, once one of two has signed",
)
AT_EVERY_RUN = [name if name in OFTEN else pytest.param(name, marks=pytest.mark.soak) for name in SCENES]
"""The scenes for what takes seconds in each: eight of them in every run."""


def hidden_rows(scene: Scene, which: int) -> RoundRows:
    """Return the round of a scene, in the one record (0) or the other (1)."""
    word = HIDDEN[which]
    applications = (*map(application, (1, 2, 3)), application(4, organisation=TWICE))
    members = (
        MemberRow("C1", "Cara Chair", "chair"),
        MemberRow("M1", "Mo Member"),
        MemberRow("M2", "Ivy In"),
        *([MemberRow("M3", "Ned New")] if scene.is_new else ()),
        *([MemberRow("C2", "Dora Dudley", "chair")] if scene.is_of_other_panel else ()),
    )
    own = scene.viewer.member
    stands_aside = {"C1": "C1", "M1": "M1", "M3": "M1"}.get(own or "", "")
    declared = (
        InterestRow(code, CLOSED, InterestKind.PECUNIARY, "a trustee")
        if code == stands_aside
        else InterestRow(code, None, NONE)
        for code in (one.code for one in members if one.code != "M3")
    )
    is_due = scene.stage == "scoring" and stands_aside == "M1"
    sheets = tuple(
        SheetRow(
            member,
            of,
            True,
            (HIDDEN_MARKS[which] if of in scene.marks and member != own else mark,) * 3,
            (word if of in scene.marks and member != own else "said",) * 3,
        )
        for of, given in GIVEN.items()
        for member, mark in given.items()
        if not (of == CLOSED and member == stands_aside)
        and not (is_due and (of, member) == ("ACF-002", "M1"))
    )
    if scene.is_of_other_panel:
        sheets = tuple(_dealt_out(which, word))
    others = [Area("Dudley", 100_000)] if scene.is_of_other_panel else []
    if scene.twin:
        others = [Area("Dudley", 2_000_000)]
        applications = tuple(_with_twin(one, scene.twin) for one in applications)
    return AUTUMN(
        scheme=replace(SCHEME, cap_per_organisation_pence=CAP if scene.twin else None),
        areas=(Area("Coventry", TIGHT if scene.is_tight else POTS.get(scene.stage, 2_000_000)), *others),
        applications=tuple(
            replace(one, summary=word, need=word, email=f"{word}@example.org")
            if one.reference in scene.closed
            else one
            for one in applications
        ),
        members=members,
        interests=tuple(declared),
        sheets=sheets,
    )


def _with_twin(one: ApplicationRow, known_by: str) -> ApplicationRow:
    """Return an application as it came in, the closed one and its twin for Dudley."""
    if one.reference not in (CLOSED, TWIN):
        return one
    number = NUMBER if known_by == "number" else ""
    return replace(one, area="Dudley", requested_pence=200_000, charity_number=number)


def _move(record: Record, scene: Scene) -> None:
    """Move the closed application out of the area of its twin, as one organisation's."""
    moved = Change("area", canonical.dumps("Coventry"), canonical.dumps("Dudley"))
    record.perform(CorrectApplication(1, CLOSED, (moved,), "the wrong area"), OFFICER)
    if scene.twin == "merged":
        known = dict(record.ask(lambda session: session.execute(_NAMES).all()))
        names = (f"Allotment Friends {one[-1]}" for one in (CLOSED, TWIN))
        of, into = ((known[name], name) for name in names)
        record.perform(MergeOrganisations(into[0], of[0], into[1], of[1], "one group"), OFFICER)


def _dealt_out(which: int, word: str) -> Iterator[SheetRow]:
    """Yield the sheets with the same marks on each application, by one member or by the next."""
    for of, given in GIVEN.items():
        marks = [given[member] for member in ("C1", "M1", "M2")]
        for member, mark in zip(given, (*marks[which:], *marks[:which]), strict=True):
            yield SheetRow(member, of, True, (mark,) * 3, (word,) * 3)


@file_made_once
def hidden_record(path: Path, name: str, which: int) -> Path:
    """Make the one record or the other of a scene."""
    scene = SCENES[name]
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        record.perform(SetUpOffice("Office of the Commissioner", (FUND, MONEY_ONLY)), OFFICER)
        load(record, hidden_rows(scene, which))
        if scene.is_of_other_panel:
            for one in record.ask(lambda session: members_of(session, 1)):
                area = "Dudley" if one.code == "C2" else "Coventry"
                record.perform(EditMember(1, replace(one, areas=(area,)), one), OFFICER)
        else:
            _choose(record, scene, which)
        _issue_minutes(record, HIDDEN[which])
        if scene.twin:
            _move(record, scene)
        areas = ("Coventry", "Dudley") if scene.twin else ("Coventry",)
        record.perform(MoveAreas(1, areas, "scoring"), CARA)
        if scene.stage == "meeting":
            record.perform(MoveAreas(1, areas, "meeting"), CARA)
        elif scene.stage != "scoring":
            _recommend(record, which)
        if scene.stage in ("half", "awarded"):
            name_signers(record)
        if scene.stage in ("deciding", "half", "awarded"):
            _sign(record, scene)
        if scene.stage == "half":
            sign_first(record, REFERENCES)
        if scene.is_awarded:
            award_all(record, REFERENCES)
            tell_of_award(record, CLOSED, HIDDEN[which], is_first=which == 0)
    return path


def _choose(record: Record, scene: Scene, which: int) -> None:
    """Say what the closed ones are for, and which other is like one, in either record otherwise."""
    line = LINES[which]
    chosen = (Choice(ListKind.CRIME, line.code, line.words),)
    items = tuple(ChoicesOf(of, chosen) for of in scene.closed)
    record.perform(SetChoices(1, items, ()), OFFICER)
    record.perform(KeepApart(1, CLOSED, ALIKE[which], reason=HIDDEN[which]), OFFICER)


def _issue_minutes(record: Record, word: str) -> None:
    """Issue minutes that tell of what is hidden, in their facts, in their sum and in their file."""
    content, head = canonical.dumps({"of": word}), record.head()
    file = PaperFile(".pdf", file_sum(word.encode()), len(word))
    sums = file_sum(content.encode()), f"4 applications, {word}", head.seq, head.hash_hex
    operation = IssuePaper("minutes", 1, "", content, *sums, files=(file,))
    record.perform_beside(operation, partial(put_files, contents=[word.encode()]), OFFICER)


def _recommend(record: Record, which: int) -> None:
    for stage in ("meeting", "recommending"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CARA)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    items = tuple(
        replace(one, reason=HIDDEN[which] if one.application == CLOSED else "It keeps the peace")
        for one in proposed(ranked)
    )
    record.perform(RecordRecommendations(1, items), OFFICER)


def _sign(record: Record, scene: Scene) -> None:
    """Have the chair sign, and the reader, where they sign, declare an interest."""
    name = scene.viewer.name
    if scene.viewer.role not in PANEL:
        record.perform(GiveRole(1, name, scene.viewer.role), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", ON), CARA)
    if scene.viewer.role not in SIGNING:
        return
    interest = InterestRow(name, CLOSED, InterestKind.PECUNIARY, "a trustee")
    record.perform(DeclareToSign(1, name, (interest,)), Actor(name, scene.viewer.role))
