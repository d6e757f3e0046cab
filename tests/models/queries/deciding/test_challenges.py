"""Questions about challenges: by when, closed to whoever declared an interest, and what erasure leaves."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from models.operations.deciding.challenges import SetChallenge
from models.operations.panel.members import Declare
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts
from models.papers.office import read_fact
from models.permissions.viewing import Viewer
from models.queries.deciding.challenges import answer_days, held_challenges, part_in, waiting_challenges
from models.queries.papers.letter_parts.what_next import NO_REASON
from models.record import Record
from models.values.rows import AgreedRow, InterestRow
from scoring.round import InterestKind
from tests.exchange.papers.letters.texts import points_of, text_of
from tests.models.operations.awards.proposals import award, direct
from tests.models.operations.deciding.challenged import (
    APPEAL,
    DECLINED,
    UPHELD,
    add,
    anew,
    change,
    the_challenge,
)
from tests.models.operations.deciding_rounds import DECIDER, decided, deciding_rows
from tests.models.rounds import OFFICER, paper

RECEIVED, NOW = date(2026, 12, 21), datetime(2027, 1, 5, tzinfo=UTC)


def told(record: Record) -> list[str]:
    """Return what the first of the letters on challenges says, point by point."""
    found = paper(record, "challenge-letters", NOW)
    return points_of(found, found.letters[0])


def test_days_are_the_offices_own_without_holidays(office: Record) -> None:
    # Five working days after Mon 21 December: 22, 23, 24, 29, 30. Twenty: to 31 Dec 6, then 4 to 21 January.
    assert office.ask(lambda s: answer_days(s, RECEIVED)) == (date(2026, 12, 30), date(2027, 1, 21))

    facts = {"acknowledge_days": "3", "answer_days": "10", "closed_days": "24/12/2026; 31 Dec 2026"}
    changes = tuple(FactChange(key, read_fact(key, text)) for key, text in facts.items())
    office.perform(SetOfficeFacts(changes), OFFICER)

    # Without the 24th: 22, 23, 29. Ten: 22, 23, 29, 30, then 4 to 11 January without the weekend.
    assert office.ask(lambda s: answer_days(s, RECEIVED)) == (date(2026, 12, 29), date(2027, 1, 11))

    # Whoever proposed a direct award has a part in it.
    reference, number = award(office), direct(office)

    assert office.ask(lambda s: part_in(s, number, reference, OFFICER.name)) == "proposed it"


def test_nothing_of_a_challenge_is_told_to_whoever_declared_an_interest(recommended: Record) -> None:
    row = InterestRow("M1", DECLINED, InterestKind.PECUNIARY, "")
    recommended.perform(Declare(1, "M1", (row,)), OFFICER)
    add(recommended, replace(APPEAL, received_on=date(2026, 11, 2)))

    assert recommended.ask(lambda s: held_challenges(s, Viewer("Ann Sample"))) == ()
    assert "It will be looked at by someone who had no part in what it is about." in told(recommended)
    (open_to_others,) = recommended.ask(lambda s: held_challenges(s, Viewer("Rae Looker")))

    assert open_to_others.challenge.asked_by == "Uma Asker"
    part = recommended.ask(lambda s: part_in(s, 1, DECLINED, "Ann Sample"))
    assert part == "declared an interest in it"


def test_letters_go_where_whoever_asks_says(decided: Record) -> None:
    add(decided)
    for asked_by, address, goes_to in (
        ("Uma Asker", "", ("Uma Asker", (), "")),
        (
            "Uma Asker, Ward Watch",
            " 4 Elsewhere Row \n\numa@ward.example\nXY1 2ZZ",
            ("Ward Watch", ("4 Elsewhere Row", "XY1 2ZZ"), "uma@ward.example"),
        ),
        ("Jo Allotment Friends 30, Rival Trust", "", ("Rival Trust", (), "")),
        ("Allotment Friends 3", "9 New Street", ("Allotment Friends 3", ("9 New Street",), "")),
    ):
        if asked_by != APPEAL.asked_by:
            change(decided, asked_by=asked_by, address=address)
        (letter,) = paper(decided, "challenge-letters", NOW).letters
        assert (letter.organisation, letter.address, letter.email) == goes_to

    change(decided, address="")
    assert the_challenge(decided).challenge.address == ""

    # An acknowledgement promises no day that is over, on 5 January 2027.
    change(decided, due_on=date(2027, 1, 4), looked_at_by="Rae Looker")
    assert told(decided)[-1].startswith("We should have answered you in writing by 4 January 2027, and have")
    change(decided, due_on=date(2027, 1, 5))
    assert told(decided)[-1] == "We will answer you in writing by 5 January 2027."


def test_an_offer_after_what_was_upheld_says_why_it_is_less_and_repeats_no_remark_from_before(
    record: Record,
) -> None:
    rows = replace(deciding_rows(), agreed=(AgreedRow(DECLINED, (3, 3, 3), ("No quote.", "", "")),))
    decided(record, rows)
    add(record)
    before = paper(record, "letters", NOW).letters[-1]
    record.perform(SetChallenge(1, DECLINED, 1, UPHELD, APPEAL), OFFICER)
    taken = anew(50_000)
    given = replace(taken.lines[0], change_reason=f"{the_challenge(record).words}, upheld.")
    record.perform(replace(taken, lines=(given,)), DECIDER)

    found = paper(record, "letters", NOW)

    assert ([reason for _, reason in before.feedback], before.leaves_out) == (["No quote."], False)
    (waits,) = found.unsaid
    assert (waits.named, waits.why_less, waits.feedback) == (before.named, NO_REASON, ())
    assert found.unsaid_words.startswith("1 letter waits for why it offers less than was asked by a new ")
    said = (("why_less", "The budget supports this."), ("feedback", "A clear plan.\nNamed helpers."))
    record.perform(SetPaperTexts(1, "letters", DECLINED, said[:1]), OFFICER)
    bare = paper(record, "letters", NOW).to_do_words
    assert bare.startswith("1 letter of a new decision leaves out what the panel said before it, which did ")
    record.perform(SetPaperTexts(1, "letters", DECLINED, said), OFFICER)
    whole = paper(record, "letters", NOW)
    told = whole.letters[-1]
    assert (told.still, whole.to_do_words) == (("A clear plan.", "Named helpers."), "")
    assert "A clear plan. Named helpers.\n" in text_of(whole, told)


def test_what_waits_is_told_with_its_day(upheld: Record) -> None:
    add(upheld, APPEAL, 2)

    def told(today: date) -> list[tuple[str, date | None, bool]]:
        found = upheld.ask(lambda s: waiting_challenges(s, today))
        return [(one.words, one.by, one.is_late) for one in found]

    anew = ("ACF-003 is to be decided again", None, False)
    # Received on Mon 7 December 2026: acknowledged within five working days, by the 14th.
    to_do = ("Appeal 2, on ACF-003 is to be acknowledged", date(2026, 12, 14))
    assert told(date(2026, 12, 14)) == [(*to_do, False), anew]
    assert told(date(2026, 12, 15)) == [(*to_do, True), anew]
    change(upheld, acknowledged_on=date(2026, 12, 15))
    assert told(date(2026, 12, 15)) == [anew]
    answer = ("Appeal 2, on ACF-003 is to be answered", date(2027, 1, 7))
    assert told(date(2026, 12, 28)) == [(*answer, False), anew]
    change(upheld, looked_at_by="Rae Looker")
    assert told(date(2027, 1, 8)) == [(*answer, True), anew]
