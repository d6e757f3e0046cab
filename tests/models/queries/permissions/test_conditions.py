"""What bars one person from what their role may do, and what opens only once they declared."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from msgspec.structs import asdict, replace
from sqlalchemy import select

from models.operation import Actor, Operation
from models.operations.applications.attachments import AttachFiles, TickAttachments
from models.operations.applications.gates import SetGate
from models.operations.awards.bank_details import ExportAccounts
from models.operations.awards.paying import PayInstalment
from models.operations.deciding.chair_decisions import DecideTie
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.members import AddInterest, AddMember, Declare, DeclareToSign, SetChairScores
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark, SetReason
from models.operations.papers import IssuePaper
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.people import GiveRole
from models.operations.set_up.scheme import PublishScheme
from models.permissions.viewing import NOT_DECLARED, OFFICE_VIEWER, Viewer
from models.queries.applications.attachments import (
    attached_around,
    attachments,
    attachments_of_round,
    with_removed,
)
from models.queries.applications.merge_caps import capped_rounds
from models.queries.applications.organisations import organisation, organisations
from models.queries.applications.reading import findable, intake, passages, reading
from models.queries.applications.waiting import files_along, waiting
from models.queries.deciding.challenges import held_challenges
from models.queries.deciding.round_list import ask_round, deciding
from models.queries.history import history
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import marking_spread
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import panel_facts
from models.queries.panel.score_sheets import peer_sheets, score_sheets
from models.queries.panel.to_do import ask_after
from models.queries.permissions.acting import refusal
from models.queries.permissions.declarations import own_list, waits_to_declare, who_declared
from models.queries.permissions.reading import refuse_undeclared, rounds_to_declare_in, seen_round
from models.queries.retention.held_on_request import held_on, held_on_person
from models.queries.retention.people_named import PersonMeant
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.role import DECLARING, SIGNING, Role
from models.schema.applications import application_table, attachment_table, organisation_table
from models.values.attachments import APPLICATION, ORGANISATION, ROUND, Subject, kept_file
from models.values.awards import Challenge, ChallengeKind
from models.values.pack_plans import Decision
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding_rounds import DAY as DECIDED_ON
from tests.models.operations.deciding_rounds import deciding_rows, recommended
from tests.models.rounds import OFFICER, SCHEME, load, set_up_office
from tests.sources import texts

ANN, RAVI = Actor("Ann Sample", Role.MEMBER), Actor("Ravi Example", Role.CHAIR)
"""M1, and M2, who chairs and declared a pecuniary interest in ACF-001."""
GRACE, NOOR = Actor("Grace Okoro"), Actor("Noor Writer", Role.NOTE_TAKER)
OTHER = Actor("Carla Chairs", Role.CHAIR)
MARK = SetMark(1, "M1", "ACF-001", "A1", 3, None)
MOVE = MoveAreas(1, ("Dudley",), "scoring")
TYPED = replace(MARK, from_paper=True)
OWN = InterestRow("M1", None, InterestKind.NONE)
COUSIN = InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin")
SIGNERS = (InterestRow("Dan Decides", None, InterestKind.NONE),)
ABSTAINS = replace(COUSIN, kind=InterestKind.ABSTAINED)
DAY = date(2026, 12, 2)
SIGNED = RecordDecisions(1, 1, "Dan Decides", "Chief Executive", DAY, "none", (LineDecision("ACF-002"),))
ON_PAPER = replace(SIGNED, from_paper=True)
PAY = PayInstalment(1, "ACF-001", 1, DAY, None)
ITEM = RecommendationRow("ACF-001", "fund", 100_000, "fits")
BARRED = "You declared an interest in ACF-001. Its text and marks stay closed to you"
SCORED = "Ann Sample gave marks in this round, and nobody both scores and decides"


def dan(role: str) -> Actor:
    return Actor("Dan Decides", role)


def issuing(paper: str, area: str = "") -> IssuePaper:
    return IssuePaper(paper, 1, area, "{}", "00", "", 1, "00")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A round of which it is asked what a person may, with somebody who signs in it; nothing changes it."""
    path = tmp_path_factory.mktemp("asked") / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        load(set_up_office(record))
        record.perform(GiveRole(1, "Dan Decides", "decider"), GRACE)
        record.perform(DeclareToSign(1, "Dan Decides", SIGNERS), GRACE)
        yield record


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        # a sheet is its member's, in any role on the panel, however the name is spaced or cased
        (MARK, ANN, ""),
        (MARK, Actor("ann  SAMPLE", Role.ADVISER), ""),
        (MARK, RAVI, "Only Ann Sample can mark this sheet, not Ravi Example."),
        (SetReason(1, "M1", "ACF-001", "A1", "x", ""), RAVI, "Only Ann Sample can mark this sheet"),
        (HandIn(1, "M2", "ACF-002"), ANN, "Only Ravi Example can mark this sheet"),
        (HandInSheets(1, "M2", ("ACF-002",)), ANN, "Only Ravi Example can mark this sheet"),
        (MARK, GRACE, "A member of the panel marks their own sheet, not the officer."),
        (replace(MARK, member="M9"), ANN, ""),  # the change itself says that there is no such member
        # the office types in from paper, but not its own sheet, nor against an interest or a signature
        (TYPED, GRACE, ""),
        (TYPED, NOOR, ""),
        (TYPED, ANN, "An officer or the note-taker types in paper sheets"),
        (TYPED, Actor("Ann Sample"), "This is your own sheet."),
        (TYPED, Actor("Ravi Example"), "You declared an interest in ACF-001. Another"),
        (TYPED, dan(Role.OFFICER), "Dan Decides signs decisions in this round"),
        # a declaration is the member's word, or the chair's or an officer's for them; abstaining is their own
        (Declare(1, "M1", (OWN,)), ANN, ""),
        (Declare(1, "M1", (OWN,)), GRACE, ""),
        (Declare(1, "M1", (OWN,)), RAVI, ""),
        (Declare(1, "M2", ()), ANN, "Only Ravi Example, the chair or an officer can record what Ravi"),
        (Declare(1, "M1", (OWN,)), NOOR, "not the note-taker"),
        (DeclareToSign(1, "Dan Decides", SIGNERS), dan(Role.COMMANDER), ""),
        (DeclareToSign(1, "Dan Decides", SIGNERS), GRACE, ""),
        (DeclareToSign(1, "Other One", ()), dan(Role.DECIDER), "Only Other One, the chair or an officer can"),
        (AddInterest(1, COUSIN), ANN, ""),
        (AddInterest(1, COUSIN), RAVI, ""),
        (AddInterest(1, COUSIN), NOOR, ""),
        (
            AddInterest(1, replace(COUSIN, member="M2")),
            ANN,
            "Only Ravi Example, the chair or an officer can record",
        ),
        (AddInterest(1, ABSTAINS), ANN, ""),
        (AddInterest(1, ABSTAINS), GRACE, ""),
        (AddInterest(1, ABSTAINS), RAVI, "Only Ann Sample can abstain on this sheet, not Ravi Example."),
        (SetChairScores(1, "M2", scores=False), RAVI, ""),
        (SetChairScores(1, "M1", scores=False), RAVI, "Only the chair can say so, and only for themselves."),
        (SetChairScores(1, "M2", scores=False), ANN, "Only the chair says whether the chair scores"),
        # an interest bars from settling anything, in whatever role
        (SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), RAVI, BARRED),
        (SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), Actor("ravi example"), BARRED),
        (SetAgreedMark(1, "ACF-002", "A1", 3, "", None, ""), RAVI, ""),
        (SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), OTHER, ""),
        (SetGate(1, "ACF-001", "cap", "pass"), RAVI, BARRED),
        (DecideTie(1, ("ACF-002", "ACF-001"), "older"), RAVI, BARRED),
        (ReopenSheet(1, "M1", "ACF-001", "a slip"), RAVI, BARRED),
        (RecordRecommendations(1, (ITEM,)), RAVI, BARRED),
        (RecordRecommendations(1, (replace(ITEM, application="ACF-002"),)), RAVI, ""),
        (RecordRecommendations(1, (), ("ACF-001",)), RAVI, BARRED),
        # the chair's alone, with the chair's name
        (MOVE, GRACE, "not the officer. The chair is Ravi Example."),
        (PublishScheme(1, SCHEME), ANN, "Only the chair publishes the criteria, not the member."),
        (MOVE, Actor("Rex Reads", Role.READER), "You have no role in this round"),
        # nobody who scored decides; who signed on paper may be in the record or not
        (SIGNED, dan(Role.DECIDER), ""),
        (replace(SIGNED, by="New One"), Actor("New One", Role.DECIDER), NOT_DECLARED),
        (SIGNED, dan(Role.COMMANDER), "Step 2 is signed by the Chief Executive in person."),
        (SIGNED, Actor("Other One", Role.DECIDER), "Step 2 is signed by the Chief Executive in person."),
        (replace(SIGNED, by="Ann Sample"), Actor("Ann Sample", Role.DECIDER), SCORED),
        (SIGNED, Actor("Ann Sample", Role.DECIDER), SCORED),
        (replace(SIGNED, by=" "), dan(Role.DECIDER), ""),  # the change itself asks for a name
        (replace(SIGNED, step=7), dan(Role.DECIDER), ""),
        (ON_PAPER, GRACE, ""),
        (replace(ON_PAPER, by="Ravi Example"), GRACE, ""),
        (replace(ON_PAPER, by="ann sample"), GRACE, "ann sample gave marks in this round"),
        (replace(ON_PAPER, by="Ánn Sample"), GRACE, "“Ánn Sample” is spelt nearly as Ann Sample,"),
        (replace(ON_PAPER, by=""), GRACE, ""),
        (GiveRole(1, "Ann Sample", "decider"), GRACE, SCORED),
        (GiveRole(1, "Ann Sample", "finance"), GRACE, ""),
        # money
        (PAY, Actor("Finn Pays", Role.FINANCE), ""),
        (PAY, GRACE, "Only finance authorises payments, not the officer."),
        # papers
        (issuing("schedule"), RAVI, "You declared an interest in ACF-001, whose marks"),
        (issuing("schedule", "Coventry"), RAVI, "You declared an interest in ACF-001, wh"),
        (issuing("schedule", "Dudley"), RAVI, ""),
        (issuing("minutes", "Dudley"), RAVI, ""),
        (issuing("minutes", "Coventry · with marks"), RAVI, "You declared"),
        (issuing("notice"), RAVI, "An officer or finance writes this paper"),
        (issuing("notice"), Actor("Ravi Example"), "You declared an interest in ACF-001, wh"),
        (issuing("call"), Actor("Ravi Example"), ""),
        (IssuePaper("tables", None, "", "{}", "ab", "", 7, "cd"), GRACE, ""),
        (SetPaperTexts(1, "notice", "", ()), RAVI, "An officer or finance writes this paper"),
    ],
)
def test_what_one_person_may(asked: Record, operation: Operation, actor: Actor, words: str) -> None:
    said = asked.ask(lambda session: refusal(session, operation, actor))

    assert (words in said) if words else said == ""


def test_where_returns_differ_somebody_without_an_interest_says_which_value_stands(loaded: Record) -> None:
    of = application_table.c
    uids = dict(loaded.ask(lambda session: session.execute(select(of.reference, of.uid)).all()))
    choices = {
        of: TakeInReturns((), (Decision("r", "m", uid, "mark:A1", "00", "why"),)) for of, uid in uids.items()
    }

    said = {of: loaded.ask(lambda s, one=one: refusal(s, one, RAVI)) for of, one in choices.items()}

    assert said.pop("ACF-001") == (
        "Ravi Example declared an interest in ACF-001, so somebody else decides what differs on it."
    )
    assert set(said.values()) == {""}


def test_who_decided_takes_no_accounts_out_and_pays_nothing(decided: Record) -> None:
    words = "Dan Decides decided in this round, and nobody who decides may authorise payments."

    for operation in (
        PAY,
        ExportAccounts(1, "", "Finn Pays", "the run"),
    ):
        said = decided.ask(lambda session, one=operation: refusal(session, one, dan(Role.FINANCE)))
        assert said == words
    for_dan = ExportAccounts(1, "", "dan  DECIDES", "the run")
    asked = decided.ask(lambda session: refusal(session, for_dan, Actor("Finn Pays", "finance")))
    assert asked == words.replace("Dan Decides", "dan  DECIDES", 1), "nor does anybody for who decided"
    for_finn = replace(for_dan, asked_by="Finn Pays")
    assert decided.ask(lambda session: refusal(session, for_finn, Actor("Finn Pays", "finance"))) == ""


SECRET = "Quartz"
TODAY = date(2026, 12, 3)
SIGNER = "Sal Signs"
QUERIES: dict[str, Callable[[Any, Viewer], object]] = {
    "attachments": lambda s, who: [attachments(s, one, who) for one in attached_subjects(s)],
    "attached_around": lambda s, who: attached_around(s, 1, who),
    "with_removed": lambda s, who: [with_removed(s, one, who) for one in attached_subjects(s)],
    "attachments_of_round": lambda s, who: attachments_of_round(s, 1, who),
    "passages": lambda s, who: passages(s, 1, who, SECRET),
    "seen_meeting": lambda s, who: seen_meeting(s, 1, who),
    "ask_round": lambda s, who: ask_round(1, who)(s),
    "capped_rounds": capped_rounds,
    "deciding": lambda s, who: deciding(s, 1, who),
    "findable": lambda s, who: findable(s, 1, who),
    "held_challenges": held_challenges,
    "held_on": lambda s, who: [held_on(s, number, who) for number in (1, 2, 3)],
    "held_on_person": lambda s, who: held_on_person(s, PersonMeant("1", "Mo", "of the office", 1), who),
    "history": history,
    "intake": lambda s, who: intake(s, 1, who),
    "marking_spread": lambda s, who: marking_spread(s, 1, who),
    "organisation": lambda s, who: [organisation(s, number, TODAY, who) for number in (1, 2, 3)],
    "organisations": lambda s, who: organisations(s, TODAY, who),
    "panel_facts": lambda s, who: panel_facts(s, 1, who),
    "peer_sheets": lambda s, who: peer_sheets(s, 1, who, "ACF-001"),
    "reading": lambda s, who: reading(s, 1, who, "ACF-001"),
    "rounds_to_declare_in": rounds_to_declare_in,
    "score_sheets": lambda s, who: score_sheets(s, 1, who),
    "seen_round": lambda s, who: seen_round(s, 1, who),
    "waiting": lambda s, who: waiting(s, 1, who),
    "files_along": lambda s, who: files_along(s, 1, who, s.scalars(select(attachment_table.c.sha256)).all()),
}
ASKED_OF_THESE = {"closed_applications", "own_conflicts", "require_open", "seen_meeting"}
ASKED_OF_THESE |= {"area_to_read", "areas_of_other_panels"}
ASKED_OF_THESE |= {"content_seen", "paper_refusal", "refuse_closed_paper", "sight_of", "waits_to_declare"}
ASKED_OF_THESE |= {"as_read_by", "closed_numbers", "with_sums_for"}
"""What the queries above ask in their turn: which references are closed, and why, and how they are."""
OF_AWARDS = {"awards_page", "shown_budget", "year_end"}
"""What tells nothing before a decision: `tests/models/queries/test_hidden_facts.py` asks it of awards."""


@pytest.fixture
def declared(record: Record) -> Record:
    """A round before its deciders, in which the word stands wherever an applicant or a marker writes."""
    rows = deciding_rows()
    told = {"summary": SECRET, "need": SECRET, "outcomes": SECRET, "contact_name": SECRET, "email": SECRET}
    rows = replace(
        rows,
        applications=tuple(replace(one, **told, answers=((SECRET, SECRET),)) for one in rows.applications),
        sheets=tuple(replace(one, reasons=(SECRET,) * len(one.marks)) for one in rows.sheets),
        interests=(InterestRow("M1", "ACF-003", InterestKind.PREJUDICIAL, SECRET),),
    )
    recommended(record, rows)
    asks = Challenge(ChallengeKind.REVIEW, SECRET, SECRET, DECIDED_ON, DECIDED_ON)
    record.perform(SetChallenge(1, "ACF-001", 1, asks, None), OFFICER)
    file = kept_file(f"{SECRET}.pdf", SECRET.encode(), "quote")
    for number, subject in enumerate(record.ask(attached_subjects), 1):
        record.perform(AttachFiles(**asdict(subject), files=(file,)), OFFICER)
        record.perform(TickAttachments(**asdict(subject), numbers=(number,)), OFFICER)
    gone = kept_file(f"{SECRET}.docx", b"removed", "quote")
    for subject in record.ask(attached_subjects):
        back = record.perform(AttachFiles(**asdict(subject), files=(gone,)), OFFICER).inverse
        assert back is not None
        record.perform(back, OFFICER)
    return record


def attached_subjects(session: Any) -> tuple[Subject, ...]:
    """Return an application, its organisation and its round as files are attached to them."""
    columns = select(organisation_table.c.uid).join(application_table)
    of = session.scalar(columns.where(application_table.c.reference == "ACF-001"))
    return Subject(APPLICATION, 1, "ACF-001"), Subject(ORGANISATION, organisation=of), Subject(ROUND, 1)


def viewer_in(record: Record, role: Role, name: str = SIGNER) -> Viewer:
    """Give somebody new a part of the round, and return them as who reads."""
    if role in SIGNING:
        record.perform(GiveRole(1, name, role), OFFICER)
        return Viewer(name, role)
    record.perform(AddMember(1, MemberDetails(f"J{role}", name, role.value)), OFFICER)
    return Viewer(name, role, f"J{role}")


def told(record: Record, viewer: Viewer) -> dict[str, str]:
    """Return what each query says to a person, a refusal being its sentence."""
    found = {}
    for name, query in QUERIES.items():
        try:
            found[name] = record.ask(partial(_said, query=query, viewer=viewer))
        except Refused as refused:
            found[name] = str(refused)
    return found


def _said(session: Any, query: Callable[[Any, Viewer], object], viewer: Viewer) -> str:
    return repr(query(session, viewer))


def declare(record: Record, viewer: Viewer) -> None:
    key = viewer.name if viewer.member is None else viewer.member
    none = (InterestRow(key, None, InterestKind.NONE),)
    of = DeclareToSign(1, key, none) if viewer.member is None else Declare(1, key, none)
    record.perform(of, OFFICER)


def test_nothing_an_applicant_or_a_member_wrote_is_told_before_the_declaration(declared: Record) -> None:
    for role in DECLARING:
        viewer = viewer_in(declared, role, f"Jo {role}")

        before = told(declared, viewer)
        declare(declared, viewer)
        after = told(declared, viewer)

        assert {name for name, words in before.items() if SECRET in words} == set(), role
        telling = {name for name, words in after.items() if SECRET in words}
        assert {"intake", "reading", "ask_round", "deciding"} <= telling, role


def test_every_query_that_is_asked_by_somebody_is_walked() -> None:
    asked = re.compile(r"^def ([a-z]\w*)\(\s*session: \w+,[^)]*\bviewer: Viewer", re.M)
    factories = re.compile(r"^def (ask_\w+)\([^)]*\bviewer: Viewer", re.M)
    written = texts("models").values()
    found = {name for text in written for rule in (asked, factories) for name in rule.findall(text)}

    assert found - QUERIES.keys() - ASKED_OF_THESE - OF_AWARDS == set(), (
        "a query that takes who reads is walked above"
    )


def test_a_command_is_refused_in_a_round_of_that_name_alone_and_the_list_has_names(declared: Record) -> None:
    office = told(declared, OFFICE_VIEWER)
    assert {name for name, words in office.items() if SECRET not in words} <= {
        *(
            "capped_rounds",
            "held_on_person",
            "findable",
            "marking_spread",
            "organisations",
            "peer_sheets",
            "rounds_to_declare_in",
        ),
        *("score_sheets", "history", "waiting"),
    }, "all of it is told to the office"
    viewer = viewer_in(declared, Role.COMMANDER)
    name = declared.ask(rounds)[0].name

    for asked in (None, name):
        with pytest.raises(Refused, match="You have not declared your interests"):
            declared.ask(partial(refuse_undeclared, name=SIGNER, round_name=asked))
    declared.ask(partial(refuse_undeclared, name=SIGNER, round_name="Another"))
    listed = declared.ask(partial(own_list, round_id=1, name=SIGNER, member=None))
    assert (listed.key, listed.declared, len(listed.applicants)) == (SIGNER, (), 3)
    assert SECRET not in repr(listed)
    assert SIGNER in {one.name for one in declared.ask(partial(ask_after, round_id=1)).undeclared}
    declare(declared, viewer)
    assert SIGNER not in {one.name for one in declared.ask(partial(ask_after, round_id=1)).undeclared}
    declared.ask(partial(refuse_undeclared, name=SIGNER, round_name=None))
    seat = declared.ask(partial(own_list, round_id=1, name="Ann Sample", member="M1"))
    assert {row.application for row in seat.declared} == {"ACF-003"}
    assert {"M1", SIGNER} <= (declared.ask(partial(who_declared, round_id=1)) or set())


def test_nobody_is_asked_where_awards_are_given_without_a_competition(declared: Record) -> None:
    propose(declared)
    number = direct(declared)
    declared.perform(GiveRole(number, SIGNER, Role.DECIDER), OFFICER)

    assert declared.ask(partial(who_declared, round_id=number)) is None
    assert not declared.ask(partial(waits_to_declare, round_id=number, viewer=Viewer(SIGNER, Role.DECIDER)))
    seen = declared.ask(partial(seen_round, round_id=number, viewer=Viewer(SIGNER, Role.DECIDER)))
    assert not seen.sight.must_declare
