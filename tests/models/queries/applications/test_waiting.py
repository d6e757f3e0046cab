"""What came in and has no place yet: each kind is listed, is a task, is settled, undone, and hidden."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from msgspec.structs import asdict, replace

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.applications.corrections import KeepApart, NameAnswer, SetWithdrawn, merge_change
from models.operations.applications.placing import as_typed_over, give_change, keep_change, make_change
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import applications, corrections
from models.queries.applications.attachments import (
    attachments,
    contents_of,
    every_attachment,
)
from models.queries.applications.waiting import WAITING, Waiting, counted_words, files_along, waiting
from models.queries.panel.overview import with_waiting
from models.queries.panel.to_do import What
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.role import OFFICE, Role
from models.values.applications import text_of
from models.values.attachments import APPLICATION, ROUND, Subject, kept_file
from models.values.rows import ApplicationRow, AsSubmitted
from tests.models.queries.panel.test_overview import OFFICER as THEM
from tests.models.queries.panel.test_overview import Place, made
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    refuses,
    set_up_office,
    undo,
)

OF_ROUND, OF_FIRST = Subject(ROUND, 1), Subject(APPLICATION, 1, "ACF-001")
TEXT = "We open at six.\nBring a torch & a friend."
ROWS = (
    application(1, answers=(("Anything else?", "Answer 1"),)),
    application(2, answers=(("Anything else?", "Answer 2"),)),
)


def attach(record: Record, subject: Subject, kind: str, name: str = "a file.pdf") -> None:
    content = name.encode()
    change = AttachFiles(**asdict(subject), files=(kept_file(name, content, kind),))
    record.perform_beside(change, partial(put_attached, contents=(content,)), OFFICER)


def imported(record: Record, *rows: ApplicationRow) -> Record:
    set_up_office(record).perform(import_operation(*(rows or ROWS)), OFFICER)
    return record


def with_file(record: Record, subject: Subject, kind: str) -> Record:
    attach(imported(record), subject, kind)
    return record


def with_answer(record: Record) -> Record:
    return imported(record, replace(ROWS[0], answers=(("Column D", TEXT), ("Anything else?", "no"))))


def with_pair(record: Record) -> Record:
    like = {"organisation": "Allotment Friends 1", "project": "Project 1"}
    return imported(record, ROWS[0], replace(ROWS[1], **like))


COMES: dict[str, Callable[[Record], Record]] = {
    "message": partial(with_file, subject=OF_ROUND, kind="e-mail"),
    "form": partial(with_file, subject=OF_ROUND, kind="form"),
    "unsorted": partial(with_file, subject=OF_FIRST, kind="not sorted"),
    "quote": partial(with_file, subject=OF_FIRST, kind="quote"),
    "unread": partial(with_file, subject=OF_FIRST, kind="accounts"),
    "answer": with_answer,
    "pair": with_pair,
}
"""How an item of each kind comes into a round."""


def items(record: Record, viewer: Viewer = OFFICE_VIEWER) -> tuple[Waiting, ...]:
    return record.ask(waiting, 1, viewer)


def described(item: Waiting, kind: str) -> Operation:
    assert item.file is not None
    assert item.subject is not None
    return DescribeAttachment(
        **asdict(item.subject),
        number=item.file.number,
        name=item.name,
        file_kind=kind,
        replaced_name=item.name,
        replaced_kind=item.file.kind,
    )


def settling(record: Record, item: Waiting) -> Iterator[tuple[str, Operation]]:
    """Yield each act that settles an item, with the change that it comes to."""
    rows = {one.reference: one for one in record.ask(applications, 1)}
    for act in (one for one in item.kind.acts if item.takes(one)):
        files = () if item.file is None else (item.file,)
        of = {} if item.subject is None else asdict(item.subject)
        numbers = tuple(one.number for one in files)
        if act == "make":
            yield act, make_change(1, ImportApplications(KEY, (application(9),)), files)
        elif act == "give":
            yield act, give_change(1, files, "ACF-002")
        elif act == "sort":
            yield act, described(item, "bank")
        elif act == "read":
            yield act, TickAttachments(**of, numbers=numbers)
        elif act == "remove":
            yield act, RemoveAttachments(**of, numbers=numbers)
        elif act == "name":
            yield act, NameAnswer(1, item.application, "When do you open?", item.heading)
        elif act == "compare":
            assert item.pair is not None
            yield act, merge_change(1, *(rows[one] for one in item.pair), ())
        else:
            assert act == "keep"
            yield act, keep_change(1, item)


def test_every_kind_that_ships_is_tried() -> None:
    assert list(COMES) == list(WAITING)


@pytest.mark.parametrize("code", WAITING)
def test_an_item_waits_until_it_is_settled_and_again_once_that_is_undone(record: Record, code: str) -> None:
    COMES[code](record)
    (item,) = items(record)
    assert (item.kind.code, item.kind.keep != "") == (code, True)
    assert "keep" in item.kind.acts

    shown = with_waiting(made(THEM, "scoring"), Place(record.ask(round_line, 1), None), (item,))
    (task,) = [one for one in shown.tasks if one.what is What.SETTLE_WAITING]
    assert task.words == "1 item that came in is not dealt with"
    assert task.note.lower() == item.kind.of(1).lower()

    done = dict(settling(record, item))
    assert done.keys() == {one for one in item.kind.acts if item.takes(one)}
    for act, change in done.items():
        contents = record.ask(contents_of, () if item.file is None else (item.file,))
        put = partial(put_attached, contents=contents)
        outcome, _ = record.perform_beside(change, put, OFFICER)
        left = [one.key for one in items(record) if one.kind is item.kind]
        assert left == [], act
        undo(record, outcome)
        assert items(record) == (item,), act
    assert_replays(record)


@pytest.mark.parametrize("code", WAITING)
def test_nobody_else_sees_what_waits(record: Record, code: str) -> None:
    COMES[code](record)
    seen = {role: bool(items(record, Viewer("Olu Example", role))) for role in Role}
    assert {role for role, sees in seen.items() if sees} <= {*OFFICE, Role.AUDITOR}
    assert seen[Role.OFFICER]


def test_what_is_closed_to_the_chair_does_not_wait_for_them(loaded: Record) -> None:
    # Ravi, the chair, declared an interest in ACF-001; ACF-002 of Dudley is open to him.
    chair = Viewer("Ravi Example", Role.CHAIR, "M2")
    for of in ("ACF-001", "ACF-002"):
        attach(loaded, Subject(APPLICATION, 1, of), "not sorted", f"{of}.pdf")

    assert [one.name for one in items(loaded)] == ["ACF-002.pdf", "ACF-001.pdf"]
    assert [one.name for one in items(loaded, chair)] == ["ACF-002.pdf"]


def test_what_is_withdrawn_is_neither_read_nor_compared(record: Record) -> None:
    with_pair(record)
    attach(record, OF_FIRST, "quote")
    attach(record, OF_FIRST, "not sorted", "plan.pdf")
    assert counted_words(items(record)) == (
        "1 file is not sorted, 1 quote cannot be seen by members, 1 pair of applications is likely the same"
    )
    record.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), OFFICER)

    assert [one.kind.code for one in items(record)] == ["unsorted"]


def test_an_answer_gets_its_question_and_keeps_its_characters(record: Record) -> None:
    with_answer(record)
    submitted = record.ask(applications, 1)[0].answers
    named = NameAnswer(1, "ACF-001", "When do you open?", "Column D")

    outcome = record.perform(named, OFFICER)

    assert record.ask(applications, 1)[0].answers == (("When do you open?", TEXT), ("Anything else?", "no"))
    (known,) = record.ask(corrections, 1)
    assert (known.field, known.submitted) == ("answers", text_of(submitted))
    refuses(record, "The answer of ACF-001 was changed in the meantime", named)
    again = NameAnswer(1, "ACF-001", "Anything else?", "When do you open?")
    refuses(record, "ACF-001 has another answer to that question", again)
    refuses(record, "Say which question the text answers", replace(again, question=" "))
    undo(record, record.perform(replace(again, question="Opening times"), OFFICER))
    undo(record, outcome)
    assert record.ask(corrections, 1) == ()


def test_an_application_takes_an_e_mail_and_what_came_with_it_along(record: Record) -> None:
    imported(record)
    attach(record, OF_ROUND, "e-mail", "Question.eml")
    attach(record, OF_ROUND, "not sorted", "plan.jpg")
    attach(record, OF_ROUND, "not sorted", "other.jpg")
    sums = {one.sha256 for one in record.ask(attachments, OF_ROUND)[:2]}
    files = record.ask(files_along, 1, OFFICE_VIEWER, sums)
    read, row = application(3, requested_pence=5), application(3)
    submitted = as_typed_over(read, row, (AsSubmitted("ACF-009"),), "typed from Question.eml")
    taken = ImportApplications(KEY, (row,), source="Question.eml", submitted=submitted)

    change = make_change(1, taken, files)
    contents = record.ask(contents_of, files)
    outcome, _ = record.perform_beside(change, partial(put_attached, contents=contents), OFFICER)

    assert outcome.words.startswith("Made ACF-003 of 2 files")
    assert [one.name for one in record.ask(attachments, Subject(APPLICATION, 1, "ACF-003"))] == [
        "Question.eml",
        "plan.jpg",
    ]
    assert [one.name for one in record.ask(attachments, OF_ROUND)] == ["other.jpg"]
    assert [(one.field, one.submitted) for one in record.ask(corrections, 1)] == [("requested_pence", "5")]
    undo(record, outcome)
    names = [one.name for one in record.ask(attachments, OF_ROUND)]
    assert names == ["Question.eml", "plan.jpg", "other.jpg"]
    assert [one.reference for one in record.ask(applications, 1)] == ["ACF-001", "ACF-002"]


def test_kept_pairs_and_other_areas_do_not_wait(record: Record) -> None:
    with_pair(record)
    (item,) = items(record)
    assert [item.is_at(area) for area in (None, "Coventry", "Dudley")] == [True, True, False]
    assert item.leads_to == "ACF-001"
    record.perform(KeepApart(1, "ACF-001", "ACF-002"), OFFICER)

    assert items(record) == ()
    assert record.ask(every_attachment) == ()
