"""What papers can be made of: notices, months and who publishes."""

from datetime import date
from pathlib import Path

from models.operations.set_up.office import SetPublisher
from models.papers.open_data import Publisher
from models.queries.papers.papers import PaperChoices, paper_choices
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from tests.gui.deciding import OFFICER, make_decided, make_recommended


def test_a_round_without_decisions_offers_nothing(tmp_path: Path) -> None:
    with Record.open(make_recommended(tmp_path / "a.panel"), Opener("Priya Nair", "tests")) as record:
        assert record.ask(lambda session: paper_choices(session, 1)) == PaperChoices((), (), Publisher())


def test_notices_and_the_months_they_were_signed_in_are_offered(tmp_path: Path) -> None:
    with Record.open(make_decided(tmp_path / "a.panel"), Opener("Priya Nair", "tests")) as record:
        record.perform(SetPublisher("360G-Example", "GB-GOR-PB999"), OFFICER)

        found = record.ask(lambda session: paper_choices(session, 1))
        (here, *_) = record.ask(lambda session: round_line(session, 1)).areas
        of_it = record.ask(lambda session: paper_choices(session, 1, (here.name,)))
        elsewhere = record.ask(lambda session: paper_choices(session, 1, ("Elsewhere",)))

    assert (of_it.notices, elsewhere.notices) == (("031/2026",), ())
    assert found.notices == ("031/2026",)
    assert found.months == (date(2024, 12, 1),)
    assert found.publisher == Publisher("360G-Example", "GB-GOR-PB999")
