"""Writing the words of a paper."""

import pytest

from models.operations.set_up.office import SetPaperTexts
from models.papers.texts import PaperTexts
from models.queries.papers.paper_texts import paper_texts, published_purposes
from models.record import Record
from scoring.written.text import A_FEW, Refused
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo


def written(record: Record, subject: str = "031/2026") -> PaperTexts:
    return record.ask(lambda s: paper_texts(s, 1, "notice", subject))


def write(subject: str, *texts: tuple[str, str]) -> SetPaperTexts:
    return SetPaperTexts(1, "notice", subject, texts)


def test_texts_are_kept_by_field_and_blank_ones_are_none(record: Record) -> None:
    load(set_up_office(record))

    record.perform(write("031/2026", ("title", " Small grants "), ("summary", "  ")), OFFICER)

    assert written(record).texts == (("title", "Small grants"),)
    assert written(record).get("summary", "told") == "told"
    assert written(record, "032/2026").texts == ()
    assert_replays(record)


def test_writing_anew_takes_out_what_is_not_given_and_is_undone(record: Record) -> None:
    load(set_up_office(record))
    record.perform(write("031/2026", ("title", "Small grants"), ("legal", "Under the Act.")), OFFICER)

    outcome = record.perform(write("031/2026", ("legal", "Under section 9.")), OFFICER)

    assert written(record).texts == (("legal", "Under section 9."),)
    assert outcome.inverse is not None
    record.perform(outcome.inverse, OFFICER)
    assert written(record).texts == (("legal", "Under the Act."), ("title", "Small grants"))
    assert_replays(record)


def test_the_purpose_of_an_award_is_of_an_application_and_has_room_on_a_list(record: Record) -> None:
    load(set_up_office(record))
    longest = "x" * A_FEW

    with pytest.raises(Refused, match="at most 400 letters; this one has 401"):
        record.perform(SetPaperTexts(1, "publication", "ACF-001", (("purpose", f"{longest}x"),)), OFFICER)
    with pytest.raises(Refused, match="ACF-999"):
        record.perform(SetPaperTexts(1, "publication", "ACF-999", (("purpose", "x"),)), OFFICER)
    outcome = record.perform(SetPaperTexts(1, "publication", "ACF-001", (("purpose", longest),)), OFFICER)

    assert record.ask(lambda s: published_purposes(s, 1)) == {"ACF-001": longest}
    undo(record, outcome)
    assert record.ask(lambda s: published_purposes(s, 1)) == {}
    assert_replays(record)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("20 January", "By which day they hear: “20 January” has no year"), ("soon", "“soon” is not a date")],
)
def test_a_day_of_a_letter_is_one_that_can_be_read(record: Record, typed: str, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(SetPaperTexts(1, "letters", "ACF-001", (("answer_by", typed),)), OFFICER)


@pytest.mark.parametrize(
    ("paper", "words"),
    [("notice", "The notice has no field “price”"), ("finance", "The finance has no words of its own")],
)
def test_what_no_paper_has_is_refused(record: Record, paper: str, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(SetPaperTexts(1, paper, "", (("price", "x"),)), OFFICER)


@pytest.mark.parametrize(
    ("subject", "words"), [("", "Write the words of the notice"), ("1", "Write the words of the notice 1")]
)
def test_the_label_says_which_paper(subject: str, words: str) -> None:
    assert write(subject).label == words
