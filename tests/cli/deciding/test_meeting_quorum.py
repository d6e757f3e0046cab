"""`meeting` tells of each area who was there and whether its panel is quorate, as a line and in JSON."""

from pathlib import Path

from msgspec.structs import replace

from models.record import Opener, Record
from scoring.scheme import Combine
from tests.cli.conftest import Run
from tests.models.rounds import set_up_office
from tests.models.three_panels import add_marking, set_up_panels, three_areas


def test_each_area_is_told_with_its_own_quorum(tmp_path: Path, run: Run) -> None:
    rows = three_areas()
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        scheme = replace(rows.scheme, combine=Combine.CONSENSUS, quorum=3)
        set_up_panels(set_up_office(record), replace(rows, scheme=scheme))
        add_marking(record, "Market Quay", 1)
    absent = ("--absent", "C2", "M2", "--as", "Grace Okoro")

    before = run("meeting", path, "--round", "Autumn", "--json").json["areas"]
    said = run("meeting", path, "--round", "Autumn", "--area", "North Weald", *absent, "--json").json["areas"]
    words = run("meeting", path, "--round", "Autumn").out

    assert [(one["area"], len(one["quorum"]["deciding"]), one["quorum"]["holds"]) for one in before] == [
        ("Market Quay", 3, True),
        ("North Weald", 2, False),
        ("Harbour", 2, False),
    ]
    assert not any(one["quorum"]["met"] for one in before), "nobody recorded who is there"
    (weald,) = said
    assert weald["absent"] == ["Chair of North Weald", "Member of North Weald"]
    assert weald["meeting"] is None
    assert weald["quorum"]["members"] == 2
    assert "Market Quay: when and where is not recorded. Take part: 3 of 3, quorum 3." in words
