"""What the code cites is here: each section of the guide that is named, and no other document."""

import re
from pathlib import Path

import pytest

import resources
from tests.sources import ROOT

FILES = sorted(
    path
    for room in (
        "scoring",
        "models",
        "exchange",
        "cli",
        "gui",
        "resources",
        "tests",
        "packaging",
        "benchmarks",
    )
    for ending in ("py", "toml", "j2", "txt", "md")
    for path in (ROOT / room).rglob(f"*.{ending}")
    if "licence" not in str(path).lower() and path != Path(__file__)
)
CITED = re.compile(r"[Gg]uide, ([a-z-]+) (\d+)(?: to (\d+))?")
"""A section of the guide: "guide, scoring 3 to 5"."""
ELSEWHERE = re.compile(
    r"source paper|scoring rules|\.\./shared|(?:formats|facts|design|safety|interface|plain-english)\.md"
    r"|house-(?:plan|style)\.md|^# Section \d|\(sections? \d"
)
"""Words that cite what is not in the repository."""


PAGES = sorted(path.stem for path in resources.path("help").glob("*.md"))


def sections(page: str) -> list[int]:
    """Return the numbers of the sections of a page of the guide."""
    return [int(one) for one in re.findall(r"^## (\d+)\. ", resources.text(f"help/{page}.md"), re.M)]


def cited() -> list[tuple[str, str, int]]:
    """Return each section that is cited: by which file, of which page, and its number."""
    return [
        (path.name, page, number)
        for path in FILES
        for page, first, last in CITED.findall(path.read_text("utf-8"))
        for number in range(int(first), int(last or first) + 1)
    ]


def test_each_section_that_is_cited_is_there() -> None:
    assert {page for _, page, _ in cited()} == {
        *("command", "files", "importing", "packs"),
        *("round-workbook", "scoring"),
    }
    assert [one for one in cited() if one[2] not in sections(one[1])] == []


def test_nothing_cites_what_a_clone_does_not_hold() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
        if ELSEWHERE.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_the_sections_of_a_page_are_all_numbered_from_one_or_none_is(page: str) -> None:
    headings = re.findall(r"^## ", resources.text(f"help/{page}.md"), re.M)
    numbered = [*range(1, len(headings) + 1)]
    is_cited = page in {"approval", *(of for _, of, _ in cited())}

    assert sections(page) in ([numbered] if is_cited else [numbered, []])
