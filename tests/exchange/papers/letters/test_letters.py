"""Letters are filled from templates that an office may edit, and none leaves without a reason."""

import errno
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from exchange.papers.letters.mail import FOLDER as MAILS
from exchange.papers.letters.writing import MERGED, TEMPLATES, write_letters
from models.papers.letters.letter import (
    KINDS,
    ON_CHALLENGES,
    Came,
    GrantNow,
    Letter,
    Missed,
    Placed,
    Replaced,
    Undecided,
)
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.status import PaperStatus
from scoring.allocating.causes import Held, HeldCause, Less, LessCause, PassedBy
from scoring.allocating.organisations import CapCause
from scoring.schedule.lines import PanelOutcome
from scoring.schedule.values import Letterhead
from tests.exchange.papers.letters.texts import text_of
from tests.exchange.schedule_rounds import EXAMPLE
from tests.models.rounds import refused
from tests.paper_text import picture

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
DAY = date(2026, 12, 18)
REASON = '{{ why | join(" ") }}'
PUBLISHED = "We publish awards with the recipient’s name, the amount and the reason."
WITHHELD = "Your name is withheld from what we publish"
WITHHELD_CONDITION = "None of these conditions asks you to make public anything that would tell who or"
NEXT_HEADS = ("What to do next", "What happens next", "What you can do next")
HOSTILE = '=1+1 <b>{{ offered_pence }}</b> {%p if %} & "Co" \x02'
OFFER = Letter(
    kind="offer",
    reference="ACF-001",
    organisation=HOSTILE,
    contact_name="Pat Example",
    address=("1 Made-up Street", "CV1 1AA"),
    project="Boxing",
    asked_pence=450_000,
    offered_pence=450_000,
    reason="Named figures of the area.",
    decline_words="",
    feedback=(("Local need", "Asked those it is for."), ("Outcomes", "Counts who comes.")),
    conditions=("Receipts are kept.",),
    payments=((225_000, "agreement signed"), (225_000, "proof of purchase")),
    notice="031/2026",
    decided_on=date(2026, 12, 2),
)
DECLINE = replace(
    OFFER,
    kind="decline",
    reference="ACF-002",
    organisation="Imaginary Choir",
    offered_pence=None,
    decline_words="The need was not shown.",
    conditions=(),
    payments=(),
)
VARIED = replace(
    OFFER,
    since="£5,000.00 became £50.00",
    is_varied=True,
    payments=((50_00, "the end"),),
    end_on=date(2027, 7, 31),
    is_agreed=False,
)


def declined(kind: str, **changes: Any) -> Letter:
    return replace(DECLINE, kind=kind, **changes)


def paid(trigger: str, *due: date | None, **changes: Any) -> Letter:
    """Return an offer of parts of 50p that are paid at one trigger, each by its day."""
    return replace(OFFER, payments=((50, trigger),) * max(1, len(due)), due=due, **changes)


def letters(*given: Letter) -> Letters:
    return Letters(
        *((), given),
        **EXAMPLE,
    )


def words_of(letter: Letter, **of_all: Any) -> str:
    """Return the text of a letter from its shipped template, a line a paragraph."""
    return text_of(replace(letters(letter), **of_all), letter)


def lines_of(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text]


RECOVERY = replace(
    OFFER, kind="recovery", reference="A-031-01 1", award="A-031-01", payments=(), asked_back_pence=20_000
)
CHANGED = replace(
    RECOVERY, kind="variation", asked_back_pence=None, changes=("The end moves.",), paid_pence=0
)


def own_template(folder: Path, kind: str, *paragraphs: str) -> Path:
    """Put an office's own template beside the letters."""
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    path = folder / "templates" / f"{kind}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    word.save(str(path))
    return path


@pytest.mark.parametrize(
    ("came", "said", "to_do"),
    [
        (0, "We now ask you to pay £200 of it back.", "Please pay £200 by 30 December 2026"),
        (
            5_050,
            "£50.50 of that came, thank you; £149.50 is still to be paid.",
            "Please pay £149.50 by 30 December",
        ),
        (20_000, "to pay £200 of it back. All of that came, thank you.", "You need do nothing more"),
    ],
)
def test_money_that_came_is_not_asked_again(came: int, said: str, to_do: str) -> None:
    letter = replace(RECOVERY, came_back_pence=came)

    text = words_of(letter)

    assert said in text
    assert to_do in text
    assert ("We asked you on 2 December 2026 to pay" in text) == bool(came)
    asks = replace(letters(letter), pay_back_by=date(2026, 12, 31))
    told = text_of(asks, replace(letter, comes_to_pence=430_000))
    assert ("The grant then comes to £4,300 in all." in told) == (not came)
    assert ("by 31 December 2026" in told) == (came < 20_000)
    by, under = "Fin Pays, on 1 December 2026", "clause 3, “Paying money back”,"
    named = text_of(asks, replace(letter, decided_by=by, clause=under))
    assert "This was decided for us by Fin Pays, on 1 December 2026." in named
    assert f"Under {under} of your agreement we {'asked' if came else 'now ask'} you" in named
    assert "not decided as the rules and your agreement say" in text


def test_each_letter_is_a_file_and_all_are_merged(tmp_path: Path) -> None:
    folder = write_letters(letters(OFFER, DECLINE), replace(STATUS, logo=picture()), tmp_path / "letters")

    names = sorted(path.name for path in folder.glob("*.docx"))
    assert len(names) == 3
    assert f"{MERGED}.docx" in names
    assert "ACF-002 Imaginary Choir decline.docx" in names
    copies = tmp_path / "Letter templates" / "As shipped"
    assert sorted(path.stem for path in copies.iterdir()) == sorted(set(KINDS) - set(TEMPLATES))
    assert {path.suffix for path in folder.rglob("*")} == {".docx"}, "what is to be sent alone"
    merged = lines_of(folder / f"{MERGED}.docx")
    assert sum(line.startswith("Dear Pat Example") for line in merged) == 2
    firsts = [docx.Document(str(folder / name)).sections[0] for name in names]
    heads = (head for one in firsts for head in (one.first_page_header, one.header))
    assert [len([*head._element.iter("{*}blip")]) for head in heads] == [1, 0] * 3, "the logo is on page 1"


def test_references_that_no_file_name_can_tell_apart_have_a_file_each(tmp_path: Path) -> None:
    told = [replace(OFFER, reference=of) for of in ("ACF/2", "ACF:2", "acf-2", "ACF-3")]
    files = LetterFiles(mails=True)

    folder = write_letters(letters(*told), STATUS, tmp_path / "letters", files=files)

    for path, ending in ((folder, "docx"), (folder / MAILS, "eml")):
        found = [one for one in path.glob(f"*.{ending}") if not one.name.startswith(MERGED)]
        assert len({one.name.casefold() for one in found}) == len(told)
    said = [" ".join(lines_of(one)) for one in sorted(folder.glob("*.docx"))]
    for letter in told:
        assert sum(letter.reference in text for text in said) == 2, "in its own file, and in that of all"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ON_CHALLENGES])
def test_every_letter_says_what_comes_next_and_names_a_day_or_a_time(kind: str) -> None:
    letter = replace(OFFER, kind=kind, points=("x",), changes=("x",), asked_back_pence=100, send_by=DAY)
    held = replace(letters(letter), sign_within_days=28, next_round=("Spring", DAY))

    text = text_of(held, replace(letter, answer_by=DAY))

    rest = text.partition(next(head for head in NEXT_HEADS if f"\n{head}\n" in text))[2]
    assert re.search(r"\d{1,2} (?:December|March|January) 202\d|28 days", rest.partition("Questions?")[0])


def test_each_criterion_stands_with_the_word_for_its_mark_and_its_reason_unsorted(tmp_path: Path) -> None:
    """Nothing is told as praise or as a doubt: "Little doubt it will deliver" once held an applicant back."""
    marked = replace(
        DECLINE,
        reason="Local need: Little doubt it will deliver. Outcomes: nobody counts.",
        decline_words="",
        missed=(Missed("Outcomes", "2", 5), Missed("", "50", 100)),
        feedback=(
            ("Local need", "Little doubt it will deliver"),
            ("Outcomes", "Nobody counts."),
            ("Cost", ""),
        ),
        mark_words=(("Local need", "Very good"), ("Outcomes", "Poor"), ("Cost", "Good")),
        placed=Placed((3, 6, False), ("Coventry",), 4_100),
    )
    folder = write_letters(letters(marked), STATUS, tmp_path / "letters")

    lines = lines_of(next(folder.glob("ACF-002*.docx")))
    at = lines.index("Why")
    assert lines[at : at + 8] == [
        *("Why", "“Outcomes” did not reach the minimum mark published for it, 2 of 5."),
        "The application as a whole did not reach the minimum score published for this round, 50 of 100.",
        "Your application was placed third of six in Coventry, with 41 of 100 points.",
        *("What the panel said", "Local need (Very good): Little doubt it will deliver."),
        *("Outcomes (Poor): Nobody counts.", "Cost (Good)"),
    ]
    assert lines[-1].startswith("We use what you sent us")


def test_a_draft_says_so_on_each_page_and_an_issued_letter_has_its_foot(tmp_path: Path) -> None:
    issued = replace(STATUS, version=1, journal_row=3)
    draft, sent = (
        docx.Document(str(next(write_letters(letters(OFFER), status, tmp_path / name).glob("ACF*.docx"))))
        for name, status in (("draft", STATUS), ("sent", issued))
    )

    heads = ["".join(p.text for p in word.sections[0].header.paragraphs) for word in (draft, sent)]
    assert heads == ["Draft, not issued", ""]
    assert sent.sections[0].footer.paragraphs[0].text == "Example office, our reference ACF-001. Page 1 of 1"


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (VARIED, "It has changed since: £5,000 became £50. The project now ends on 31 July 2027."),
        (
            replace(
                DECLINE,
                replaced=Replaced(date(2026, 5, 2), "001/2026", PanelOutcome.FUND, 220_000, "it closed"),
                is_taken_back=True,
            ),
            "to award £2,200, because: it closed. That award no longer holds: please do not sign",
        ),
        (
            declined("undecided", open=Undecided(quorum=2, came=1)),
            "At least two members of the panel must assess each application, and only one could assess yours",
        ),
        (
            declined("undecided", open=Undecided(tied=1, is_spent=True)),
            "equal with another application on all that the published rules compare, and the money that is "
            "left is not enough for all of them. The chair of the panel has still to decide which comes "
            "first. Others were awarded all the money",
        ),
        (
            declined("received", came=Came(DAY, "12:05", "", DAY, "noon", is_late=True)),
            "We received it on 18 December 2026 at 12:05. It was late, since applications close on 18 "
            "December 2026 at noon, and we have let it in.",
        ),
    ],
)
def test_a_letter_says_it_in_sentences(letter: Letter, words: str) -> None:
    assert words in words_of(letter)


def test_a_name_that_is_withheld_is_not_said_to_be_published(tmp_path: Path) -> None:
    own = Letterhead(words=(("Privacy", "We publish who has a grant."),))
    hidden = replace(OFFER, is_withheld=True)
    path = next(write_letters(letters(hidden), STATUS, tmp_path / "letters").glob("ACF*.docx"))
    text = "\n".join(lines_of(path))

    assert (PUBLISHED in text, WITHHELD in text, WITHHELD_CONDITION in text) == (False, True, True)
    head = [p.text for p in docx.Document(str(path)).sections[0].header.paragraphs if p.text]
    assert head == ["OFFICIAL · Draft, not issued"]
    told = words_of(hidden, letterhead=own)
    assert f"We publish who has a grant.\n{WITHHELD}" in told
    known = words_of(OFFER)
    assert (PUBLISHED in known, WITHHELD in known, WITHHELD_CONDITION in known) == (True, False, False)
    assert "We keep it as long as our retention schedule says." in known
    timed = words_of(OFFER, kept_for=("6 years", "1 year"))
    assert "We keep it for 6 years after the end of a grant, else for 1 year after the" in timed


@pytest.mark.parametrize("was_pence", [None, 100])
def test_who_withdrew_reads_one_time_for_which_what_they_sent_is_kept(was_pence: int | None) -> None:
    one = replace(OFFER, kind="withdrawn", was_pence=was_pence, offered_pence=None, points=("It came late.",))
    kept = replace(letters(one), kept_for=("6 years", "1 year"))

    said = text_of(kept, one)

    year = "1 year after the financial year of the round closes"
    awarded = "6 years after the grant ends"
    assert (year in said, awarded in said) == (was_pence is None, was_pence is not None)
    assert "after the decision" not in said
    assert "retention schedule" not in said


def test_money_asked_back_names_its_clause_and_what_is_still_to_come() -> None:
    letter = replace(RECOVERY, clause="clause 3, “Paying money back”,", paid_pence=230_000)
    more = replace(letter, to_come_pence=170_000)

    said, instead = (words_of(one) for one in (letter, more))

    assert "£2,300 has been paid to you. Under clause 3, “Paying money back”, of your agreement we" in said
    assert "To be told the account to pay into, please contact" in said
    assert ("is still to come" in said, "£1,700 of your grant is still to come" in instead) == (False, True)
    # the clause gives 28 days to answer: 2 December and 28 days
    assert said.partition("Questions?")[0].count("by 30 December 2026") == 2


@pytest.mark.parametrize(
    ("less", "said"),
    [
        (
            LessCause(Less.POT, "Coventry", 0, 120_050),
            "£1,800.00 is what was left of the money set aside for Coventry when your place in the list was "
            "reached. You told us that you could go ahead with £1,200.50 or more.",
        ),
        (
            LessCause(Less.POT, has_tolerance=True),
            "£1,800 is what was left of the money set aside, with the published tolerance, when your place",
        ),
        (LessCause(Less.AWARD_CAP, "", 180_000), "An award of this round may be £1,800 at most.\n"),
        (LessCause(Less.ORGANISATION_CAP, "", 190_000), "One organisation may have £1,900 at most from this"),
        (LessCause(Less.ORGANISATION_REST, "", 190_000), "to the most that one may have, £1,900."),
    ],
)
def test_an_offer_says_what_made_it_less_without_a_word_of_others(less: LessCause, said: str) -> None:
    part = replace(OFFER, kind="part-offer", offered_pence=180_000, less=less)

    text = words_of(part)

    assert said in text
    waived = text_of(letters(part), replace(part, is_waived=True))
    assert ("we let your application in all the same" in waived) == (less.why is Less.AWARD_CAP)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "found worth funding, but no money is awarded to it for now."),
        (HeldCause(Held.SPENT, "East", is_all_before=True), "the money for East went to applications placed"),
        (HeldCause(Held.NONE_FREE, "East"), "but none of the money for East was free for it. It was decided"),
        (
            HeldCause(Held.SHORT, "", 100, 450_000, 450_000),
            "only £1 was left, less than the £4,500 you asked",
        ),
        (
            HeldCause(Held.SHORT, "East", 100, 450_000, 225_000, is_half=True),
            "only £1 of the money for East was left, less than half of the £4,500 you asked for.",
        ),
        (
            HeldCause(Held.STOPPED, "East", 100),
            "needed more than the £1 that was left for East, and the published rules let no lower one go",
        ),
        (HeldCause(is_after_equal=True), "the chair of the panel decided which came first."),
        (
            HeldCause(passed=PassedBy(2, (DAY,), ("1/2027", "2/2027"))),
            "On 18 December 2026 money was awarded to applications placed after yours; the reason stands in "
            "notices 1/2027 and 2/2027.",
        ),
        (
            HeldCause(asked_pence=450_000, cap=CapCause(500_000, 300_000, 200_000)),
            "with the £3,000 awarded to yours, £2,000 of that is left for the £4,500 you asked for here.\n",
        ),
    ],
)
def test_a_reserve_letter_says_the_true_cause(held: HeldCause | None, said: str) -> None:
    reserve = declined("reserve", held=held)

    assert said in words_of(reserve)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ organistion }} {{ why }}", "offer.docx cannot be used: .*there is no fact “organistion”"),
        (f"{REASON} and {{", "a single brace"),
        ("{reason}", "a single brace"),
        ("Dear all", "offer.docx has neither {{ why }} nor {{ told }}"),
    ],
)
def test_a_faulty_template_is_refused_before_anything_is_written(
    tmp_path: Path, text: str, words: str
) -> None:
    own_template(tmp_path, "offer", text)

    refused(words.replace("{", r"\{").replace("}", r"\}"), write_letters, letters(DECLINE), STATUS, tmp_path)

    assert not list(tmp_path.glob("*.docx"))


def test_a_letter_without_a_reason_is_put_aside_and_refused_alone() -> None:
    silent = replace(OFFER, reason=" ", feedback=())
    reserve = replace(silent, kind="reserve", held=HeldCause())

    assert not reserve.has_a_reason, "no cause is told"
    assert replace(reserve, held=HeldCause(Held.SPENT)).has_a_reason
    found = letters(silent, DECLINE)
    assert (found.letters, found.waiting) == ((DECLINE,), (f"ACF-001 {OFFER.organisation}",))
    assert replace(found, marking="OFFICIAL-SENSITIVE").waiting == found.waiting
    refused(r"1 letter waits for a reason: ACF-001 .*\. Whoever decided", letters, silent)


def test_a_writing_that_stops_leaves_no_letter_and_old_and_new_are_never_mixed(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(letters(OFFER, DECLINE), STATUS, tmp_path, stop)

    assert not list(tmp_path.glob("*.docx"))

    write_letters(letters(OFFER), STATUS, tmp_path)

    refused("holds letters already", write_letters, letters(DECLINE), STATUS, tmp_path)


def test_a_template_beside_the_folder_counts_and_a_copy_of_what_ships_does_not(tmp_path: Path) -> None:
    own = own_template(tmp_path, "offer", "In our own words", REASON)
    (tmp_path / "Letter templates" / "As shipped").mkdir(parents=True)
    shutil.copy(own, tmp_path / "Letter templates" / "As shipped" / "offer.docx")

    plain = lines_of(next(write_letters(letters(OFFER), STATUS, tmp_path / "one").glob("ACF*.docx")))
    shutil.copy(own, tmp_path / "Letter templates" / "offer.docx")
    edited = lines_of(next(write_letters(letters(OFFER), STATUS, tmp_path / "two").glob("ACF*.docx")))

    assert ["In our own words" in lines for lines in (plain, edited)] == [False, True]
    assert (tmp_path / "Letter templates" / "As shipped" / "offer.docx").read_bytes() != own.read_bytes()


def test_a_disk_that_fills_up_at_the_templates_leaves_the_letters_and_no_half_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(source: Path, target: Path) -> None:
        target.write_bytes(Path(source).read_bytes()[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("exchange.papers.letters.writing.shutil.copyfile", half)

    write_letters(letters(OFFER), STATUS, tmp_path / "letters")

    assert {path.parent.name for path in tmp_path.rglob("*") if path.is_file()} == {"letters"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_goes_through_every_letter_as_text(kind: str, tmp_path: Path) -> None:
    hostile = '{{ office }} {% if %} { INCLUDETEXT "C:\\\\x" } R&D <12 ]]> </w:t> ਉਮੀਦ \u05e9\u05dc'
    written = replace(
        OFFER,
        kind=kind,
        organisation=hostile,
        project=hostile,
        reason=hostile,
        points=(hostile,),
        changes=(hostile,),
        feedback=(),
        is_taken_back=False,
        asked_back_pence=100,
    )
    folder = write_letters(letters(written), STATUS, tmp_path / "letters", files=LetterFiles(pdfs=True))

    (path,) = (one for one in folder.glob("*.docx") if not one.name.startswith(MERGED))
    word = docx.Document(str(path))
    text = "\n".join(lines_of(path))
    assert text.count(hostile) >= 2
    codes = [code.text for code in word.element.body.iter(qn("w:instrText"))]
    assert (codes, list(word.element.body.iter(qn("w:fldSimple")))) == ([], [])
    assert "Example office Example office" not in text, "what a fact holds is never filled in"
    assert path.with_suffix(".pdf").is_file()


@pytest.mark.parametrize(
    ("signed_on", "said"),
    [
        (
            None,
            "Please sign the new version of the agreement, which comes with this letter, and return it to "
            "grants@example by the day that it names, at least 28 days after its date.\nAll else",
        ),
        (date(2027, 1, 5), "The agreement as it now stands was signed on 5 January 2027, thank you."),
    ],
)
def test_a_version_that_is_signed_is_not_asked_for_again(signed_on: date | None, said: str) -> None:
    letter = replace(RECOVERY, kind="variation", asked_back_pence=None, signed_on=signed_on)

    held = replace(letters(letter), contact=(("E-mail", "grants@example"),), sign_within_days=28)
    text = text_of(held, letter)
    first = text_of(held, replace(letter, is_agreed=False))

    assert said in text
    assert ("Please sign" in text) == (signed_on is None)
    waits = "are to hold from 2 December 2026, once both of us have signed the new version of the agreement."
    assert (waits in text) == (signed_on is None), "nothing changes before both have signed"
    assert ("The changes hold from 2 December 2026." in text) == (signed_on is not None)
    assert (
        "tell us before you sign: until both of us have signed, your agreement stays as it was" in text
    ) == (signed_on is None)
    if signed_on is None:
        assert "Please sign the agreement, which comes with this letter" in first
        assert "All else" not in first, "there is none yet of which something could stay"


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (GrantNow(leaves_open=True), "which part of your application you will do with this amount"),
        (GrantNow(lacks_outcomes=True), "what the grant is to bring about, and how that will be known"),
    ],
)
def test_what_an_agreement_asks_first_its_letter_does_not_ask_to_sign(now: GrantNow, what: str) -> None:
    change = replace(RECOVERY, kind="variation", asked_back_pence=None, is_agreed=False, now=now)
    held = replace(letters(change), contact=(("E-mail", "grants@example"),), sign_within_days=28)

    texts = [text_of(held, one) for one in (change, replace(VARIED, now=now))]

    for text, which in zip(texts, ("this letter", "our letter on the change"), strict=True):
        assert (
            f"The agreement comes with {which}. Please do not sign it yet: tell us first, at grants@example "
            f"by the day that it names, at least 28 days after its date, {what}. We will then send you the "
            "agreement again, with what we agree on, to sign." in text
        )
        assert "Please sign" not in text
        assert text.count(what) == 1
    taken_over = text_of(held, replace(VARIED, now=now, is_varied=False))
    assert "We will send you the agreement. Please do not sign it yet" in taken_over
    assert "letter on the change" not in taken_over
    agreed = replace(change, is_agreed=True)
    assert "Please sign the new version" in text_of(held, agreed), "one is signed already"
