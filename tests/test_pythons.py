"""Every Python that is promised runs the program: 3.11.0, 3.12.0 and 3.13.0 as much as the newest of each.

Types and syntax are checked as of 3.11 by mypy and ruff. Neither knows what came with a later third number
(a Debian 12 has 3.11.2), nor looks for it in tests: that is listed here, from the "Changed in version" notes
of the library's manual.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import metadata, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.sources import ROOMS, ROOT, walked

TREES = (*ROOMS, "benchmarks", "packaging", "tests")
OWN = {*TREES, "run"}
NEWER_OPTIONS = {
    "unpack_archive": {"filter": "3.11.4"},
    "extractall": {"filter": "3.11.4"},
    "extract": {"filter": "3.11.4"},
    "TarFile": {"stream": "3.13"},
    "getaddresses": {"strict": "3.11.11"},
    "parseaddr": {"strict": "3.11.11"},
    "HTMLParser": {"scripting": "3.11.14"},
    "glob": {"case_sensitive": "3.12", "recurse_symlinks": "3.13"},
    "rglob": {"case_sensitive": "3.12", "recurse_symlinks": "3.13"},
    "match": {"case_sensitive": "3.12"},
    "exists": {"follow_symlinks": "3.12"},
    "is_file": {"follow_symlinks": "3.13"},
    "is_dir": {"follow_symlinks": "3.13"},
    "read_text": {"newline": "3.13"},
    "relative_to": {"walk_up": "3.12"},
    "rmtree": {"onexc": "3.12"},
    "mkdtemp": {"delete": "3.12"},
    "NamedTemporaryFile": {"delete_on_close": "3.12"},
    "TemporaryDirectory": {"delete": "3.12"},
    "add_argument": {"deprecated": "3.13"},
    "shutdown": {"timeout": "3.12"},
    "add_parser": {"deprecated": "3.13"},
    "iterdump": {"filter": "3.13"},
    "dump": {"omit_empty": "3.13"},
    "batched": {"strict": "3.13"},
}
"""Calls by their name, with the options that came later than 3.11.0, and with which version."""
NEWER_NAMES = {
    "ALLOW_MISSING": "3.11.14",
    "EnumDict": "3.13",
    "SetReparseDeferralEnabled": "3.11.8",
    "batched": "3.12",
    "data_filter": "3.11.4",
    "fully_trusted_filter": "3.11.4",
    "from_uri": "3.13",
    "full_match": "3.13",
    "is_junction": "3.12",
    "listmounts": "3.12",
    "listvolumes": "3.12",
    "process_cpu_count": "3.13",
    "sumprod": "3.12",
    "tar_filter": "3.11.4",
    "verify_generated_headers": "3.11.11",
}
"""Names of the standard library that came later than 3.11.0."""


def sources() -> dict[str, str]:
    """Return the text of every Python file of the checkout by its path."""
    paths = [ROOT / "run.py", *(path for tree in TREES for path in sorted((ROOT / tree).rglob("*.py")))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def needing_newer(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what a Python 3.11.0 does not have."""
    for node in walked(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=options):
                known = NEWER_OPTIONS.get(name, {})
                for option in options:
                    if option.arg in known:
                        yield node.lineno, f"{name}({option.arg}=) of {known[option.arg]}"
            case ast.Attribute(attr=name) if name in NEWER_NAMES:
                yield node.lineno, f"{name} of {NEWER_NAMES[name]}"
            case ast.ImportFrom(names=names):
                for name in names:
                    if name.name in NEWER_NAMES:
                        yield node.lineno, f"{name.name} of {NEWER_NAMES[name.name]}"


def test_nothing_needs_a_python_later_than_three_eleven_nought() -> None:
    words = re.compile(rf"\b({'|'.join([*NEWER_OPTIONS, *NEWER_NAMES])})\b")

    found = [
        f"{path}:{line}: {name}"
        for path, text in sources().items()
        if path != "tests/test_pythons.py" and words.search(text)
        for line, name in needing_newer(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('shutil.unpack_archive(a, b, filter="data")', "unpack_archive(filter=) of 3.11.4"),
        ("archive.extractall(filter=tarfile.data_filter)", "extractall(filter=) of 3.11.4"),
        ("from itertools import batched", "batched of 3.12"),
        ("path.full_match(pattern)", "full_match of 3.13"),
    ],
)
def test_a_call_that_is_newer_is_found(text: str, name: str) -> None:
    assert name in dict(map(reversed, needing_newer(text)))  # type: ignore[arg-type]


def test_what_is_imported_is_declared() -> None:
    """A package that only comes along with another goes away with that one's next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    product = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    tools = {canonicalize_name(Requirement(line).name) for lines in extras.values() for line in lines}
    holders = packages_distributions()
    missing = set()
    for path, text in sources().items():
        declared = product if path.partition("/")[0] in ROOMS else product | tools
        for name in imported(text) - sys.stdlib_module_names - OWN:
            packages = {canonicalize_name(package) for package in holders.get(name, [])}
            if packages and not packages & declared:
                missing.add((path, name))

    assert missing == set()


def imported(text: str) -> set[str]:
    """Return the packages that a module imports, by their first name."""
    found = set()
    for line in re.finditer(r"^ *(?:import|from) +([A-Za-z_]\w*)", text, re.MULTILINE):
        found.add(line[1])
    return found


def test_readme_and_wheel_name_the_authors_and_what_is_not_chosen_yet() -> None:
    sentence = (
        "No licence has been chosen for this program yet; its parts are under those in `resources/licences`."
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert sentence in (ROOT / project["readme"]).read_text("utf-8").splitlines()
    assert metadata("grant-panel")["Author"] == "The Grant Panel authors"


def test_a_comment_names_only_documents_that_a_checkout_holds() -> None:
    held = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    named = re.compile(r"\b([a-z][a-z-]+\.md)\b")
    missing = {
        (path, name)
        for path, text in sources().items()
        if not path.startswith(("tests/", "packaging/"))
        for name in named.findall(text)
        if name not in held
    }

    assert missing == set()
