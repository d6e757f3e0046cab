"""Files attached to a subject: kept within the record, described, let out, removed and erased."""

import os
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from models.copies.office_server import load as load_into
from models.journal.erasing import file_erasure_of, proved_erasure_of
from models.journal.verify import verify
from models.operation import Actor, Outcome
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    EraseAttachments,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.applications.corrections import SetTogether, with_files
from models.operations.applications.organisations import MergeOrganisations
from models.operations.set_up.load import RemoveRound
from models.permissions.viewing import Viewer
from models.queries.applications.attachments import (
    Attachment,
    attached_around,
    attachments,
    attachments_of_round,
    content_of,
    every_attachment,
    sums_in_round,
)
from models.queries.applications.attachments import attached as every_attached
from models.record import Record
from models.role import Role
from models.salvage.rebuild import salvage
from models.schema.applications import application_table, attachment_table, organisation_table
from models.schema.papers import file_piece_table
from models.store.places import server_address
from models.values.attachments import (
    APPLICATION,
    AWARD,
    MOST_BYTES,
    ORGANISATION,
    ROUND,
    FileOf,
    KeptFile,
    Subject,
    disk_name,
    kept_file,
    safe_name,
)
from tests.models.conftest import OPENER
from tests.models.facts import SetFact
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    refused,
    refuses,
    undo,
    workbook_rows,
)

ON = Subject(APPLICATION, 1, "ACF-001")
QUOTE, PLAN = b"three benches, 900 pounds", b"a plan of the garden" * 40_000


def attach(record: Record, subject: Subject = ON, **files: bytes) -> Outcome:
    """Attach files to a subject, each under the name of its kind."""
    kept = tuple(kept_file(f"{kind}.pdf", content, kind) for kind, content in files.items())
    operation = AttachFiles(**asdict(subject), files=kept)
    return record.perform_beside(operation, partial(put_attached, contents=files.values()), OFFICER)[0]


def applicants(record: Record) -> dict[str, Subject]:
    """Return the organisation of each application."""
    columns = select(application_table.c.reference, organisation_table.c.uid).join(organisation_table)
    found = record.ask(lambda s: s.execute(columns).all())
    return {reference: Subject(ORGANISATION, organisation=uid) for reference, uid in found}


def of(record: Record, subject: Subject = ON) -> tuple[Attachment, ...]:
    return record.ask(attachments, subject)


def describing(record: Record, name: str, kind: str) -> DescribeAttachment:
    """Return what gives the first file another name and kind."""
    one = of(record)[0]
    return DescribeAttachment(
        **asdict(ON), number=1, name=name, file_kind=kind, replaced_name=one.name, replaced_kind=one.kind
    )


def names(record: Record, viewer: Viewer | None = None, subject: Subject = ON) -> list[str]:
    asked = (subject,) if viewer is None else (subject, viewer)
    return [one.name for one in record.ask(attachments, *asked)]


def pieces(record: Record) -> int:
    return record.ask(lambda s: s.scalar(select(func.count()).select_from(file_piece_table))) or 0


def test_the_journal_holds_name_size_and_sum_and_never_a_byte(loaded: Record) -> None:
    attach(loaded, quote=QUOTE)
    newest = loaded.ask(lambda s: s.exec_driver_sql("SELECT body FROM journal_body").fetchall())
    (body,) = [row[0] for row in newest if "quote.pdf" in str(row[0])]
    assert kept_file("quote.pdf", QUOTE).sha256 in str(body)
    assert "benches" not in str(body)
    # A row of an unknown kind that names the file keeps it from erasure.
    (one,) = loaded.ask(every_attachment)
    loaded.perform(SetFact(one.sha256, "quote.pdf"), OFFICER)

    refused("names it and is of a kind this program does not know", erased, loaded, 1)
    assert loaded.ask(every_attachment) == (one,)


def _file(**changes: object) -> KeptFile:
    return replace(kept_file("a.pdf", QUOTE, "quote"), **changes)


@pytest.mark.of_a_file
def test_what_cannot_be_attached_is_refused_in_a_sentence(loaded: Record) -> None:
    for subject, files, words in (
        (ON, (), "There is no file to attach."),
        (ON, (_file(size=0),), "a.pdf is empty. Ask for it again."),
        (ON, (_file(size=MOST_BYTES + 1),), "a file may have 26,214,400 .25 MB.. Make it smaller."),
        (ON, (_file(kind="cake"),), "There is no kind of file “cake”. Choose one of: not sorted, form,"),
        (ON, (_file(), _file(name="b.pdf")), "a.pdf is named twice, or under two names. Attach it once."),
        (Subject(APPLICATION, 1, "ACF-9"), (_file(),), "There is no application ACF-9 in the round."),
        (Subject(ROUND, 9), (_file(),), "There is no such round in the record."),
        (Subject(ORGANISATION, organisation="x"), (_file(),), "There is no such organisation in the record."),
    ):
        refuses(loaded, words, AttachFiles(**asdict(subject), files=files))


def test_a_file_gets_another_name_and_kind_and_leaves_once_it_is_read(loaded: Record) -> None:
    attach(loaded, **{"not sorted": QUOTE})
    member = Viewer("Ann Sample", Role.MEMBER, "M1")
    described = partial(describing, loaded)
    tick = TickAttachments(**asdict(ON), numbers=(1,))
    refuses(loaded, "which never leaves the office. Choose its kind first.", tick)
    outcome = loaded.perform(described("benches.pdf", "quote"), OFFICER)
    assert names(loaded) == ["benches.pdf"]
    assert names(loaded, member) == []
    ticked = loaded.perform(tick, OFFICER)
    (one,) = of(loaded)
    assert (one.read_by, one.may_leave, one.kind_words) == (OFFICER.name, True, "Quote or estimate")
    assert names(loaded, member) == ["benches.pdf"]
    refuses(loaded, "is ticked as read by now. Look again.", tick)
    undo(loaded, ticked)
    undo(loaded, outcome)
    assert [(one.name, one.kind, one.may_leave) for one in of(loaded)] == [
        ("not sorted.pdf", "not sorted", False)
    ]
    for name in (" ", "\ue001"):
        refuses(loaded, "Give the file a name.", described(name, "quote"))
    for unsafe in ("../a", "a\nb", "a\u202efdp.exe", "x" * 300, " a"):
        told = described(unsafe, "quote")
        refuses(loaded, "Give the file a name of up to 200 letters on one line", told)
    refuses(loaded, "There is no kind of file “cake”.", described("a", "cake"))
    stale = replace(described("a", "quote"), replaced_name="other")  # type: ignore[type-var]
    refuses(loaded, "was changed in the meantime. Look again.", stale)


def test_several_files_get_a_kind_and_are_read_as_one_change_or_not_at_all(loaded: Record) -> None:
    attach(loaded, quote=QUOTE, picture=PLAN)
    finance, before = Actor("Finn Pays", Role.FINANCE), of(loaded)

    def sorting(*stand: str) -> SetTogether:
        parts = zip(before, stand, strict=True)
        return SetTogether(
            "Give 2 files a kind",
            tuple(
                DescribeAttachment(
                    **asdict(ON),
                    number=one.number,
                    name=one.name,
                    file_kind="policy",
                    replaced_name=one.name,
                    replaced_kind=kind,
                )
                for one, kind in parts
            ),
        )

    refuses(loaded, "picture.pdf, was changed in the meantime. Look again.", sorting("quote", "form"))
    member = Actor("Mo Member", Role.MEMBER)
    refuses(loaded, "sets the words of papers, and what files are, not", sorting("quote", "picture"), member)
    assert of(loaded) == before

    sorted_ = loaded.perform(sorting("quote", "picture"), finance)
    assert sorted_.words == "Gave 2 files a kind."
    assert [one.kind for one in of(loaded)] == ["policy", "policy"]
    undone = undo(loaded, sorted_)
    assert of(loaded) == before
    undo(loaded, undone)

    tick = TickAttachments(**asdict(ON), numbers=(1, 2))
    loaded.perform(replace(tick, numbers=(2,)), OFFICER)
    refuses(loaded, "picture.pdf.* is ticked as read by now. Look again.", tick)
    assert [one.may_leave for one in of(loaded)] == [False, True]
    undo(loaded, loaded.perform(replace(tick, numbers=(2,), is_read=False), OFFICER))
    undo(loaded, undo(loaded, sorted_))
    assert_replays(loaded)


def test_members_see_what_may_leave_of_applications_that_are_open_to_them(loaded: Record) -> None:
    attach(loaded, quote=QUOTE, form=PLAN)
    attach(loaded, Subject(APPLICATION, 1, "ACF-002"), quote=QUOTE)
    attach(loaded, replace(ON, about=AWARD), agreement=QUOTE)
    for subject, number in ((ON, 1), (Subject(APPLICATION, 1, "ACF-002"), 3), (replace(ON, about=AWARD), 4)):
        loaded.perform(TickAttachments(**asdict(subject), numbers=(number,)), OFFICER)

    member = Viewer("", Role.MEMBER, "M1")
    around = loaded.ask(attached_around, 1, member)
    assert [(one.words, one.file.number) for one in around] == [("ACF-001", 1), ("ACF-002", 3)]
    seen = loaded.ask(attachments_of_round, 1, member)
    assert {reference: [one.name for one in own] for reference, own in seen.items()} == {
        "ACF-001": ["quote.pdf"],
        "ACF-002": ["quote.pdf"],
    }
    assert loaded.ask(attachments, Subject(ROUND, 1), member) == ()


def test_files_of_other_rounds_are_seen_as_one_has_a_part_there(loaded: Record) -> None:
    """Ann is a member of both and has declared in the first alone, Ravi has no part in the second."""
    rows = workbook_rows()
    ann = tuple(one for one in rows.members if one.name == "Ann Sample")
    load(loaded, replace(rows, name="Winter", members=ann, interests=(), sheets=(), agreed=()))
    in_winter = Subject(APPLICATION, 2, "ACF-002")
    attach(loaded, quote=QUOTE)
    attach(loaded, in_winter, quote=QUOTE, form=PLAN)
    for subject, number in ((ON, 1), (in_winter, 2)):
        loaded.perform(TickAttachments(**asdict(subject), numbers=(number,)), OFFICER)

    def found(at: int, viewer: Viewer) -> list[tuple[str, int]]:
        return [(one.words, one.file.number) for one in loaded.ask(attached_around, at, viewer)]

    officer = Viewer(OFFICER.name, Role.OFFICER)
    assert found(1, officer) == [("ACF-001", 1), ("ACF-002, Winter", 2), ("ACF-002, Winter", 3)]
    assert found(2, officer) == [("ACF-002", 2), ("ACF-002", 3), ("ACF-001, Autumn", 1)]
    assert found(1, Viewer("Ann Sample", Role.MEMBER, "M1")) == [("ACF-001", 1)]
    assert found(2, Viewer("Ann Sample", Role.MEMBER, "M1")) == [("ACF-001, Autumn", 1)]
    (winter,) = loaded.ask(attached_around, 1, Viewer("Ravi Example", Role.NOTE_TAKER))
    assert (winter.words, winter.file.number) == ("ACF-002, Winter", 2)
    assert winter.viewer == Viewer("Ravi Example", Role.READER)
    assert found(1, Viewer("")) == found(1, officer)


def test_who_has_an_interest_in_an_application_sees_and_settles_no_file_of_its_organisation(
    loaded: Record,
) -> None:
    """Nor does whoever has still to declare see those of the round."""
    organisations = applicants(loaded)
    for of in ("ACF-001", "ACF-002"):
        attach(loaded, organisations[of], rules=QUOTE)
    chair = Viewer("Ravi Example", Role.CHAIR, "M2")  # who has an interest in ACF-001
    assert names(loaded, chair, organisations["ACF-001"]) == []
    assert names(loaded, chair, organisations["ACF-002"]) == ["rules.pdf"]
    assert [one.file.number for one in loaded.ask(every_attached, "Ravi Example")] == [2]
    assert [one.file.number for one in loaded.ask(attached_around, 1, chair)] == [2]
    assert [one.file.number for one in loaded.ask(every_attached)] == [1, 2]
    for settling in (TickAttachments, RemoveAttachments):
        own, other = (
            settling(**asdict(organisations[of]), numbers=(number,))
            for number, of in enumerate(("ACF-001", "ACF-002"), 1)
        )
        words = "declared an interest in ACF-001"
        refuses(loaded, words, own, Actor("Ravi Example", Role.CHAIR))
        loaded.perform(other, Actor("Ravi Example", Role.CHAIR))
    attach(loaded, Subject(ROUND, 1), notice=QUOTE)
    for viewer in (Viewer("Ravi Example", Role.CHAIR, "M2"), Viewer("Una Declared", Role.CHAIR, "M9")):
        assert (names(loaded, viewer, Subject(ROUND, 1)) == ["notice.pdf"]) is (viewer.member == "M2")


def test_a_kind_that_stays_with_the_office_takes_the_tick_away_and_undo_gives_it_back(loaded: Record) -> None:
    attach(loaded, quote=QUOTE)
    loaded.perform(TickAttachments(**asdict(ON), numbers=(1,)), OFFICER)
    (ticked,) = of(loaded)
    bank = describing(loaded, "quote.pdf", "bank")

    done = loaded.perform(bank, OFFICER)
    assert (of(loaded)[0].read_by, of(loaded)[0].read_at) == ("", None)
    back = undo(loaded, done)
    assert of(loaded) == (ticked,)
    undo(loaded, back)
    loaded.perform(replace(bank, file_kind="quote", replaced_kind="bank"), OFFICER)
    assert not of(loaded)[0].may_leave
    assert_replays(loaded)


def test_files_of_a_removed_round_come_back_with_it_and_with_no_other(loaded: Record) -> None:
    attach(loaded, quote=QUOTE)
    attach(loaded, Subject(ROUND, 1), notice=QUOTE)
    gone = loaded.perform(RemoveRound(1, ""), OFFICER)
    another = load(loaded)
    assert (names(loaded), names(loaded, subject=Subject(ROUND, 1))) == ([], [])

    undo(loaded, another)
    undo(loaded, gone)
    assert (names(loaded), names(loaded, subject=Subject(ROUND, 1))) == (["quote.pdf"], ["notice.pdf"])
    assert_replays(loaded)


def test_a_file_is_never_changed_and_goes_only_by_an_erasure(loaded: Record) -> None:
    attach(loaded, quote=QUOTE, picture=PLAN)

    for change, words in (
        (update(attachment_table).values(size=3), "never changed"),
        (delete(attachment_table), "only erased"),
        (delete(file_piece_table), "only by an erasure"),
    ):
        with pytest.raises(DBAPIError, match=words):
            loaded.ask(lambda session, change=change: session.execute(change))
    erase = EraseAttachments(**asdict(ON), numbers=(2,), ground="not wanted", person="Ann Sample")
    refuses(loaded, "Say on what ground", replace(erase, ground=" "))
    removal = RemoveAttachments(**asdict(ON), numbers=(2,))
    removed = loaded.perform(removal, OFFICER)
    refuses(loaded, "was removed already. Look again.", removal)
    assert loaded.perform(erase, OFFICER).inverse is None
    refuses(loaded, "Erased already: file 2. Look again.", erase)
    refuses(loaded, "was erased. Its bytes are gone.", removed.inverse)
    refuses(loaded, "No file 7 is attached to ACF-001.", replace(removal, numbers=(7,)))
    kept, gone = loaded.ask(every_attachment)
    assert (gone.name, gone.size, loaded.ask(content_of, gone)) == ("(erased)", len(PLAN), None)
    assert loaded.ask(content_of, kept) == QUOTE
    with pytest.raises(DBAPIError, match="never changed"):
        loaded.ask(lambda s: s.execute(update(attachment_table).values(name="a")))
    assert verify(loaded).sound


def test_an_import_brings_files_with_its_applications_and_takes_them_back(loaded: Record) -> None:
    taken = import_operation(application(7), application(8), areas=())
    file = kept_file("form.docx", QUOTE, "form")
    references = application(7).reference, "ACF-001", ""
    change = with_files(taken, 1, [FileOf(reference, file) for reference in references])
    put = partial(put_attached, contents=[QUOTE])
    outcome = loaded.perform_beside(change, put, OFFICER)[0]

    own, of_round = Subject(APPLICATION, 1, application(7).reference), Subject(ROUND, 1)
    assert [names(loaded, subject=one) for one in (own, ON, of_round)] == [["form.docx"]] * 3
    sums = loaded.ask(partial(sums_in_round, round_id=1))
    assert sums == dict.fromkeys(references, frozenset({file.sha256}))
    assert verify(loaded).sound
    back = undo(loaded, outcome)
    assert [names(loaded, subject=one) for one in (ON, of_round)] == [[], []]
    undo(loaded, back)
    assert [names(loaded, subject=one) for one in (own, ON, of_round)] == [["form.docx"]] * 3
    assert [loaded.ask(content_of, one) for one in of(loaded, own)] == [QUOTE]
    assert_replays(loaded)


def test_an_import_that_sets_a_round_up_brings_files_too(office: Record) -> None:
    row = application(1)
    change = with_files(
        import_operation(row, areas=("Coventry",)),
        None,
        [FileOf(row.reference, kept_file("a.pdf", QUOTE)), FileOf("", kept_file("Jo Quill.pdf", PLAN))],
    )
    put = partial(put_attached, contents=[QUOTE, PLAN])
    outcome = office.perform_beside(change, put, OFFICER)[0]

    def kept() -> list[list[str]]:
        return [names(office, subject=one) for one in (Subject(APPLICATION, 1, row.reference), of_round)]

    of_round, both = Subject(ROUND, 1), [["a.pdf"], ["Jo Quill.pdf"]]
    assert kept() == both
    undo(office, undo(office, outcome))
    assert kept() == both
    erased(office, of(office, of_round)[0].number, subject=of_round)
    assert "Quill" not in said(office)
    assert verify(office).sound


def test_files_of_an_organisation_go_with_it_when_it_is_merged(loaded: Record) -> None:
    organisations = applicants(loaded)
    first, second = (organisations[of].organisation for of in ("ACF-001", "ACF-002"))
    attach(loaded, organisations["ACF-002"], rules=QUOTE)
    merged = loaded.ask(
        lambda s: dict(s.execute(select(organisation_table.c.uid, organisation_table.c.name)).all())
    )
    operation = MergeOrganisations(first, second, merged[first], merged[second], "the same group")
    loaded.perform(operation, OFFICER)
    assert names(loaded, subject=Subject(ORGANISATION, organisation=first)) == ["rules.pdf"]
    of_it = asdict(organisations["ACF-001"])
    undo(loaded, loaded.perform(RemoveAttachments(**of_it, numbers=(1,)), OFFICER))
    assert names(loaded, subject=Subject(ORGANISATION, organisation=first)) == ["rules.pdf"]
    loaded.perform(EraseAttachments(**of_it, numbers=(1,), ground="asked for", person="Ann"), OFFICER)
    assert pieces(loaded) == 0


@pytest.mark.of_a_file
@pytest.mark.parametrize("is_taken_out", [False, True])
def test_erasing_an_application_takes_its_files_and_their_names_also_once_it_was_taken_out(
    loaded: Record, is_taken_out: bool
) -> None:
    loaded.perform(import_operation(application(7), areas=()), OFFICER)
    attach(loaded, Subject(APPLICATION, 1, "ACF-007"), quote=QUOTE)
    attach(loaded, rules=QUOTE)
    if is_taken_out:
        loaded.perform(RemoveApplications(1, ("ACF-007",)), OFFICER)
        assert verify(loaded).sound

    found = loaded.ask(proved_erasure_of, [(1, "ACF-007")], "asked for", "Ann Sample")
    assert found.files == (() if is_taken_out else ("quote.pdf",))
    loaded.perform(found.operation, OFFICER)

    kept = {one.name: loaded.ask(content_of, one) for one in loaded.ask(every_attachment)}
    assert kept == {"(erased)": None, "rules.pdf": QUOTE}
    assert "quote.pdf" not in said(loaded)
    assert verify(loaded).sound


def erased(record: Record, *numbers: int, subject: Subject = ON) -> Outcome:
    """Erase files of a subject with the rows of the journal that name them, as the window does."""
    why = {"ground": "asked for", "person": "Ann Sample"}
    return record.perform(record.ask(file_erasure_of, subject, numbers, **why), OFFICER)


def said(record: Record) -> str:
    """Return all that the journal says."""
    rows = record.ask(lambda s: s.exec_driver_sql("SELECT body FROM journal_body").fetchall())
    return "\n".join(body for (body,) in rows)


def test_the_name_of_an_erased_file_goes_from_every_row_of_the_journal(loaded: Record) -> None:
    """The names of others stay, and so do those of the same bytes that are of another application."""
    attach(loaded, quote=QUOTE, picture=PLAN)
    attach(loaded, Subject(APPLICATION, 1, "ACF-002"), quote=QUOTE)
    named = describing(loaded, "Quill.pdf", "quote")
    loaded.perform(named, OFFICER)
    again = replace(named, name="Q.pdf", replaced_name="Quill.pdf")
    loaded.perform(SetTogether("Give 1 file a name", (again,)), OFFICER)

    outcome = erased(loaded, 1)

    assert outcome.inverse is None
    assert "Quill" not in said(loaded)
    assert "Q.pdf" not in said(loaded)
    assert said(loaded).count("quote.pdf") == 1
    assert [one.name for one in loaded.ask(every_attachment)] == ["(erased)", "picture.pdf", "quote.pdf"]
    assert verify(loaded).sound
    erased(loaded, 2)
    loaded.perform(loaded.ask(proved_erasure_of, [(1, "ACF-002")], "asked for", "Ann").operation, OFFICER)
    assert ".pdf" not in said(loaded)
    assert verify(loaded).sound


@pytest.mark.parametrize("source", ["Jo Quill form.docx", "forms of May"])
def test_the_name_of_an_imported_file_goes_with_it(loaded: Record, source: str) -> None:
    """So does what it was read from, where that has its name, or all of it is erased."""
    form = kept_file("Jo Quill form.docx", QUOTE, "form")
    change = replace(import_operation(application(7), application(8), areas=()), source=source)
    whole = with_files(change, 1, [FileOf("ACF-007", form), FileOf("ACF-002", form)])
    loaded.perform_beside(whole, partial(put_attached, contents=[QUOTE]), OFFICER)

    erased(loaded, 1, subject=Subject(APPLICATION, 1, "ACF-007"))
    assert said(loaded).count("Quill") == 1
    assert said(loaded).count("forms of May") == (source == "forms of May")
    erased(loaded, 2, subject=Subject(APPLICATION, 1, "ACF-002"))
    assert "Quill" not in said(loaded)
    assert verify(loaded).sound
    gone = loaded.ask(proved_erasure_of, [(1, "ACF-007"), (1, "ACF-008")], "asked for", "Ann").operation
    loaded.perform(gone, OFFICER)
    assert "forms of May" not in said(loaded)
    assert verify(loaded).sound


@pytest.mark.of_a_file
def test_bytes_that_were_attached_twice_go_with_the_first_erasure_and_are_left_nowhere(
    loaded: Record,
) -> None:
    content = os.urandom(4_000)
    attach(loaded, quote=content)
    loaded.perform(RemoveAttachments(**asdict(ON), numbers=(1,)), OFFICER)
    attach(loaded, accounts=content)
    assert content[1000:1100] in loaded.backup(loaded.path.with_name("before.panel")).read_bytes()

    loaded.perform(EraseAttachments(**asdict(ON), numbers=(2,), ground="asked for", person="Ann"), OFFICER)
    assert pieces(loaded) == 0
    assert {one.name for one in loaded.ask(every_attachment)} == {"(erased)"}
    for file in loaded.path.parent.glob(f"{loaded.path.name}*"):
        assert content[1000:1100] not in file.read_bytes()
    assert verify(loaded).sound


@pytest.mark.of_a_file
def test_files_go_with_the_record_to_a_server_and_back_and_out_of_a_damaged_one(
    loaded: Record, tmp_path: Path, database: str
) -> None:
    attach(loaded, quote=QUOTE, picture=PLAN)
    address = server_address(database)

    load_into(loaded, address)
    with Record.open(address, OPENER) as there:
        assert [there.ask(content_of, one) for one in of(there)] == [QUOTE, PLAN]
        back = there.backup(tmp_path / "back.panel")
    saved = salvage(back, tmp_path / "saved.panel", OPENER)
    assert (saved.faults, saved.tables) == ((), ())
    for path in (back, saved.path):
        with Record.open(path, OPENER) as again:
            assert [again.ask(content_of, one) for one in of(again)] == [QUOTE, PLAN]
            assert verify(again).sound


def test_a_name_is_safe_to_show_never_a_path_and_a_disk_takes_it() -> None:
    for name, safe in (
        ("C:\\temp\\quote.pdf", "quote.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("  a\x00\n b.pdf ", "a b.pdf"),
        ("a\r\nBcc: x.pdf", "a Bcc: x.pdf"),
        ("..", ".."),
        ("/", "unnamed file"),
        ("", "unnamed file"),
        ("folder/", "unnamed file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ):
        assert safe_name(name) == safe

    for name in ("a" * 199 + " bbb", "x" * 250 + ". pdf", "漢" * 300 + ".pdf", "a." * 200):
        assert safe_name(safe_name(name)) == safe_name(name)
        assert len(disk_name(name).encode()) <= 200
    names_on_disk = [disk_name(one) for one in ("CON", "con .txt", "COM¹.txt", "NUL.tar.gz", "..", " . ")]
    assert names_on_disk == ["_CON", "_con .txt", "_COM¹.txt", "_NUL.tar.gz", "unnamed file", "unnamed file"]
