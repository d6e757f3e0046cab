"""Writing a fund to a file, and reading back what was written before it is put in place."""

from pathlib import Path

from exchange.atomic import write_beside
from models.reference.fund_defaults import FundDefaults
from models.reference.fund_file import fund_text
from models.reference.schemes import read_funds
from models.trouble import Trouble
from scoring.refused import Refused


def write_fund(fund: FundDefaults, path: Path) -> Path:
    """Write a fund to a file and return the path it really has."""
    content = fund_text(fund).encode("utf-8")

    def write(part: Path) -> None:
        part.write_bytes(content)

    def check(part: Path) -> None:
        if read_funds(part) != (fund,):
            raise Trouble(f"{path.name} does not read back as it was written. Nothing of it was saved.")

    return write_beside(path, write, check)


def read_fund(path: Path) -> FundDefaults:
    """Return the fund of a file; raises Refused where it holds several, Trouble where it holds none."""
    funds = read_funds(path)
    if len(funds) != 1:
        raise Refused(f"{path.name} holds {len(funds)} funds. A file that is imported holds one.")
    return funds[0]
