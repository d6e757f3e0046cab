"""An area that comes into a round after it began has its step of the chain, and takes a name for it."""

from pathlib import Path

from tests.cli.conftest import Says
from tests.demo import made_sample

ROUND = ("--round", "Autumn round")


def test_a_new_area_of_a_round_that_began_has_its_own_step(done: Says, tmp_path: Path) -> None:
    record, late = made_sample(tmp_path / "sample.panel"), tmp_path / "late.csv"
    late.write_text(
        "Reference,Organisation,Project title,Area,Amount requested\nZ-1,Zed Club,Zed work,Newtown,900\n"
    )
    done("import", record, late, *ROUND)

    assert "Commander, Newtown " in done("signatories", record, *ROUND)
    done("signatories", record, *ROUND, "--set", "Commander, Newtown=Nell New")

    (line,) = (line for line in done("signatories", record, *ROUND).splitlines() if "Newtown" in line)
    assert line.split() == ["1", "Commander,", "Newtown", "Nell", "New"]
