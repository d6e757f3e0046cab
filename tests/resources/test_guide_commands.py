"""The guide tells of commands as they are: each one, each action and option, and nothing that is not."""

import re
import shlex
from argparse import ArgumentParser
from collections.abc import Sequence

import resources
from cli.frame.parser import parser
from models.papers.kinds import KINDS
from tests.cli.offered import actions, options, tree
from tests.resources.test_guide import PAGES
from tests.sources import ROOT

OF_COMMANDS = "command.md"
CODE = re.compile(r"`([^`]+)`")
BLOCK = re.compile(r"^ {4}((?:[^\n\\]|\\\n)*)", re.M)
"""A line to be typed as it stands, with what it goes on with on the next."""
STARTED = re.compile(r"^(?:grant-panel|python3 run\.py)(?: |$)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OF_RUN = {"test", "soak", "bench", "package"}
"""What `run.py` does itself."""
PLACE = re.compile(r"[^a-z]+|.*[./…].*")
"""What stands for a name, a file or the like: nothing in small letters alone."""
PAPER = re.compile(r"^\| ([^|]+) \| ((?:`[\w-]+`(?:, )?)+) \| ([^|]+) \|$", re.M)


def test_every_command_in_the_guide_is_one_with_theseoptions() -> None:
    wrong = [
        f"{page}: {code}"
        for page, text in _written().items()
        for code in CODE.findall(text)
        if (words := _words(code))
        and (asked := _asked(words[0]))
        and not any(_fits(one, words) for one in asked)
    ]

    assert wrong == []


def test_a_command_that_stands_alone_on_its_line_can_be_typed_as_it_stands() -> None:
    typed = [
        (page, line)
        for page, text in _written().items()
        for line in BLOCK.findall(text)
        if STARTED.match(line) and not {"ARGS", *OF_RUN} & set(_words(line))
    ]

    assert len(typed) > len(PAGES)
    assert [one for one in typed if not _parses(_words(one[1]))] == []


def test_the_page_of_commands_has_a_line_for_each_and_names_all_that_it_does() -> None:
    text = _written()[OF_COMMANDS]
    rows = {row.split()[0] for row in re.findall(r"^\| `([^`]+)`", text, re.M)}
    named = {word for code in CODE.findall(text) for word in _words(code)}

    assert {path[0] for path, _ in tree()} - rows == set()
    assert [path for path, _ in tree() if path[-1] not in named] == []


def test_the_guide_names_every_option() -> None:
    text = " ".join(resources.text(f"help/{page}") for page in PAGES)
    named = set(OPTION.findall(text))

    lacking = {(*path, option) for path, one in tree() for option in options(one) - named}

    assert lacking == set()


def test_every_option_in_the_guide_is_one_of_some_command() -> None:
    offered = {"--help"}.union(*(options(one) for _, one in tree()))

    strange = {
        (page, option)
        for page in (*PAGES, "CHANGELOG.md")
        for code in CODE.findall(_written()[page])
        if code.startswith("--")
        for option in OPTION.findall(code)
        if option not in offered
    }

    assert strange == set()


def test_the_guide_says_which_commands_answer_in_json() -> None:
    (told,) = re.findall(r"^\*\*Scripts\.\*\* `--json` .*?names\s+it\.", _written()[OF_COMMANDS], re.S | re.M)

    answering = {path[0] for path, one in tree() if "--json" in options(one)}

    assert {code for code in CODE.findall(told) if " " not in code} - {"--json", "--help"} == answering


def test_the_guide_has_every_paper_with_its_name_its_word_and_its_forms() -> None:
    told = [
        (name, tuple(CODE.findall(words)), tuple(re.findall(r"\.\w+", forms)))
        for name, words, forms in PAPER.findall(_written()["papers.md"])
    ]

    assert told == [(kind.words, tuple(kind.asked), kind.endings) for kind in KINDS.values()]


def test_something_is_told_of_every_paper_beside_its_line_in_the_table() -> None:
    pages = (PAPER.sub("", resources.text(f"help/{page}")) for page in PAGES)
    told = " ".join(" ".join(pages).split()).casefold()

    assert [kind.words for kind in KINDS.values() if kind.words.casefold() not in told] == []


def _written() -> dict[str, str]:
    written = {page: resources.text(f"help/{page}") for page in PAGES}
    return written | {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CHANGELOG.md")}


def _words(code: str) -> list[str]:
    """Return the words of a command without the program's name; none where quotation marks are not closed."""
    plain = STARTED.sub("", " ".join(code.replace("\\\n", " ").split()))
    return shlex.split(plain) if plain.count('"') % 2 == 0 and "'" not in plain else []


def _asked(word: str) -> list[ArgumentParser]:
    """Return the commands and actions of that name."""
    return [one for path, one in tree() if path[-1] == word]


def _fits(one: ArgumentParser, words: Sequence[str]) -> bool:
    """Whether what follows are actions of it, places for names, and options of it or of those that led on."""
    offered = {"--help", *options(one)}
    for word in words[1:]:
        if word.startswith("--"):
            if word.partition("=")[0] not in offered:
                return False
        elif word in actions(one):
            one = actions(one)[word]
            offered |= options(one)
        elif actions(one) and not PLACE.fullmatch(word):
            return False
    return True


def _parses(words: Sequence[str]) -> bool:
    try:
        parser().parse_args(words)
    except SystemExit:
        return False
    return True
