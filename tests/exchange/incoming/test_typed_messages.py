"""An application that was typed into an e-mail itself is read as a form, and any other message is not."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from textwrap import wrap

import pytest

from exchange.applications.fields import AreaNames
from exchange.applications.importer import applications_in
from exchange.applications.row_reader import Setting
from exchange.incoming.reading import Taken, take
from models.values.attachments import EMAIL
from tests.exchange.application_forms.made_up_forms import GROUPS, WORDINGS, beside, pairs
from tests.exchange.messages import mail, ole, outlook

SAID = {
    "Name of group": "Lantern Walkers",
    "Contact name": "Zoë Lantern",
    "Telephone": "01632 960 777",
    "Project title": "Safe Strolls",
    "Describe your project": "We walk the canal together\non Fridays after dark.",
    "Why is it needed?": "Nobody goes there alone.",
    "Start date": "4 January 2027",
    "Total cost of the project": "£700",
    "Amount you are asking us for": "£500",
}
BESIDE = "\n".join(f"{label}: {answer}" for label, answer in SAID.items())
BELOW = "\n\n".join(f"{at}. {label}\n{answer}" for at, (label, answer) in enumerate(SAID.items(), 1))
SIGNED = "\n\nWith kind regards\n\nZoë\nLantern Walkers: we walk.\n\nSent from my tablet"
EARLIER = "\n\nOn 1 July 2026 the office <grants@fund.example> wrote:\n> Name of group: yours"
SENT_ON = (
    "\n---------- Forwarded message ---------\nFrom: Zoë <zoe@lantern.example>\nDate: Friday\nSubject: Hi\n\n"
)


def taken(folder: Path, content: bytes, name: str = "our bid.eml") -> Taken:
    (folder / name).write_bytes(content)
    return take([folder], AreaNames(()))


def answers(found: Taken) -> dict[str, object]:
    """Return the answers of the one form that was found, by what it asks."""
    (form,) = found.forms
    (record,) = form.records
    return {one.question: one.value for one in record}


@pytest.mark.parametrize("words", [BESIDE, BELOW], ids=["beside", "below"])
@pytest.mark.parametrize("after", ["", SIGNED, "\n\nYours in walking\nZoë", EARLIER, SIGNED + EARLIER])
def test_what_is_typed_into_a_message_is_read_without_signature_and_replies(
    tmp_path: Path, words: str, after: str
) -> None:
    found = taken(tmp_path, mail(words=f"Hello,\nthe form would not open.\n\n{words}{after}").as_bytes())

    said = answers(found)
    assert said.pop("Received") == datetime(2026, 8, 1, 0, 30)
    assert said.pop("E-mail") == "zoe@lantern.example"
    assert {question.partition(". ")[2] or question: value for question, value in said.items()} == SAID


def test_what_a_message_sends_on_is_its_words(tmp_path: Path) -> None:
    found = taken(
        tmp_path, mail(subject="Fwd: Hi", words=f"One for you.\n{SENT_ON}{BESIDE}{SIGNED}").as_bytes()
    )

    assert answers(found)["Amount you are asking us for"] == "£500"


def test_what_is_typed_below_each_question_that_is_quoted_answers_it(tmp_path: Path) -> None:
    office = "On 1 July 2026 the office <grants@fund.example> wrote:\n> Dear Zoë, fill this in\n>\n"
    head = f"Dear all, see below.\n\n{office}"
    asked = "\n".join(f"> {label}:\n{answer}\n" for label, answer in SAID.items())
    wrapped = (
        "> Which of the lamps along the whole canal do your walkers see to\n> of an evening?\nAll\n\n> LAST\n"
    )
    words = f"{head}{asked}{wrapped}> Who told you?\n\n> Is it lit?\nNo\n{SIGNED}\n> Many thanks, the office"

    said = answers(taken(tmp_path, mail(subject="Re: questions", words=words).as_bytes()))

    assert said.pop("Which of the lamps along the whole canal do your walkers see to of an evening?") == "All"
    assert (said.pop("Who told you?"), said.pop("Is it lit?"), bool(said.pop("Received"))) == (
        None,
        "No",
        True,
    )
    assert said == SAID | {"E-mail": "zoe@lantern.example"}


def test_what_is_said_to_be_answered_below_is_read_from_the_earlier_message(tmp_path: Path) -> None:
    head = (
        "\n\nFrom: Office <grants@fund.example>\nSent: Friday\nTo: Zoë\nSubject: Questions\n\nDear Zoë,\n\n"
    )
    words = f"Dear all, our answers are in red under each question.\n\nZoë{head}{BELOW}"

    said = answers(taken(tmp_path, mail(subject="RE: Questions", words=words).as_bytes()))

    assert (said["1. Name of group"], said["4. Project title"]) == ("Lantern Walkers", "Safe Strolls")


def test_a_page_and_an_outlook_message_are_read_too(tmp_path: Path) -> None:
    page = EmailMessage()
    page["From"], page["Date"] = "zoe@lantern.example", "Fri, 31 Jul 2026 23:30:00 +0000"
    cells = "".join(f"<tr><td><p>{label}</p></td><td>{answer}</td></tr>" for label, answer in SAID.items())
    page.set_content(f"<p>Dear all</p><table>{cells}</table>", subtype="html")
    (tmp_path / "page").mkdir()
    tree = outlook() | {"__substg1.0_1000001F": BESIDE.replace("\n", "\r\n").encode("utf-16-le")}

    assert answers(taken(tmp_path / "page", page.as_bytes()))["Project title"] == "Safe Strolls"
    (tmp_path / "outlook").mkdir()
    assert answers(taken(tmp_path / "outlook", ole(tree), "bid.msg"))["Project title"] == "Safe Strolls"


def test_the_message_and_what_came_with_it_are_kept_with_its_application(tmp_path: Path) -> None:
    (tmp_path / "other.png").write_bytes(b"y")
    found = taken(tmp_path, mail({"map.png": b"x"}, words=BESIDE).as_bytes())

    placed = found.placed(applications_in(found.book, Setting("ACF", AreaNames(()))), ())
    assert [(one.file.name, bool(one.references)) for one in placed] == [
        ("other.png", False),
        ("our bid.eml", True),
        ("map.png", True),
    ]
    assert placed[1].kind == EMAIL


@pytest.mark.parametrize(
    "words",
    [
        "Please find our form. The amount is £500.",
        "Name of group: Lantern Walkers\nAmount requested: £500\nPlease see what is attached.",
        "\n".join(f"{label}:" for label in SAID),
        f"Thank you for this.{SENT_ON}{BESIDE}",
    ],
    ids=["covering", "brief", "blank", "answered"],
)
def test_a_message_that_is_no_application_stays_one(tmp_path: Path, words: str) -> None:
    found = taken(tmp_path, mail(words=words).as_bytes())

    assert not found.forms
    assert not found.is_read
    assert not [*found.faults]


def test_a_message_that_brings_its_form_is_not_read_itself(tmp_path: Path) -> None:
    form = beside(pairs(GROUPS[0], WORDINGS[0]))

    found = taken(tmp_path, mail({"form.docx": form}, words=BESIDE).as_bytes())

    assert [one.name for one in found.forms] == ["our bid.eml › form.docx"]


def test_a_page_of_questions_and_answers_side_by_side_is_read_with_its_characters(tmp_path: Path) -> None:
    said = SAID | {"Describe your project": "We walk &lt;10 miles &amp; talk<br>on Fridays after dark."}
    rows = "".join(f"<tr><td>{label}</td><td>{answer}</td></tr>" for label, answer in said.items())
    message = mail()
    message.set_content(f"<p>Please see below.</p><table>{rows}</table><p>Thanks<br>Zoë</p>", subtype="html")

    found = answers(taken(tmp_path, message.as_bytes()))

    assert found["Describe your project"] == "We walk <10 miles & talk\non Fridays after dark."
    assert found["Amount you are asking us for"] == "£500"
    assert not any("Thanks" in str(one) for one in found.values())


def test_titles_with_dashes_below_are_no_questions_where_lines_between_ask(tmp_path: Path) -> None:
    first, last = list(SAID.items())[:5], list(SAID.items())[5:]
    parts = ["\n".join(f"{label}: {answer}" for label, answer in some) for some in (first, last)]
    words = f"APPLICANT\n---------\n{parts[0]}\n\nQUESTIONS\n---------\n{parts[1]}"

    found = answers(taken(tmp_path, mail(words=words).as_bytes()))

    assert {label: found[label] for label in SAID} == SAID


def test_the_cells_of_a_page_keep_their_lines_and_end_at_their_row(tmp_path: Path) -> None:
    rows = [
        f"<tr><td><b>{label}</b></td><td>{'<br>'.join(told.split(chr(10)))}</td></tr>"
        for label, told in SAID.items()
    ]
    budget = "<table><tr><th>Item</th><th>Cost</th></tr><tr><td>Lamps</td><td>500</td></tr></table>"
    page = "".join([*rows[:4], "<tr><td colspan=2>2. The money</td></tr>", *rows[4:]])
    page += f"<tr><td>Budget</td><td>{budget}</td></tr><tr><td>Charity number</td><td></td></tr>"
    page = f"<p>Hi</p><table>{page}</table>"
    content = f"From: zoe@lantern.example\nSubject: Bid\nContent-Type: text/html; charset=utf-8\n\n{page}"

    found = answers(taken(tmp_path, content.encode()))

    assert {label: found[label] for label in SAID} == SAID
    assert (found["Budget"], found["Charity number"]) == ("Item; Cost\nLamps; 500", None)


def test_a_form_quoted_below_a_line_that_says_who_wrote_it_is_read_where_it_is_sent_on(
    tmp_path: Path,
) -> None:
    quoted = "\n".join(f"> {line}" for line in BELOW.split("\n"))
    words = (
        f"This came to me. Mags\n\nOn Tue, 29 Jun 2027 at 21:14, Zoë <zoe@lantern.example> wrote:\n\n{quoted}"
    )

    found = answers(taken(tmp_path, mail(subject="Fwd: Bid", words=words).as_bytes()))

    assert {
        question.partition(". ")[2]: value for question, value in found.items() if ". " in question
    } == SAID


def test_lines_that_a_program_broke_where_they_were_full_are_whole(tmp_path: Path) -> None:
    question = "Has your group been funded by the Partnership or the Commissioner in the past three years?"
    told = (
        "Twenty rowers; no rescue this July; the jetty is swept weekly by those who row and all of the group."
    )
    broken = "\n".join(line for text in (told, f"{question}: No") for line in wrap(text, 72))

    found = answers(taken(tmp_path, mail(words=f"{BESIDE}\nWhat will change?\n{broken}").as_bytes()))

    assert (found["What will change?"], found[question]) == (told, "No")


def test_a_question_above_its_row_is_part_of_its_label(tmp_path: Path) -> None:
    rows = "\n\n".join(f"{label}\t{told.replace(chr(10), ' ')}\t" for label, told in SAID.items())
    more = "What will you do with the grant?\nWho will do it, and when?\tA chess club in three schools.\t"

    found = answers(taken(tmp_path, mail(words=f"{rows}\n\n{more}").as_bytes()))

    assert found["Amount you are asking us for"] == "£500"
    assert "A chess club in three schools." in found.values()
