"""The guide tells of commands as they are: each one, each action and option, and nothing that is not."""

import re
import shlex
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import cache

from cli.frame.parser import parser
from models.papers.guide import COMMANDS, page
from models.papers.kinds import KINDS
from tests.cli.offered import actions, options, tree
from tests.resources.test_guide import PAGES
from tests.sources import ROOT

CODE = re.compile(r"`([^`]+)`")
BLOCK = re.compile(r"^ {4}((?:[^\n\\]|\\\n)*)", re.M)
"""A line to be typed as it stands, with what it goes on with on the next."""
STARTED = re.compile(r"^(?:grant-panel|python3 run\.py)(?: |$)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
SHARED = {"--passphrase-file", "--fund", "--year", "--date-is-right", "--clock-is-right"}
"""What comes with a record, a round or a day, and is told once for all commands."""
OF_RUN = {"test", "soak", "bench", "package"}
"""What `run.py` does itself."""
PLACE = re.compile(r"[^a-z]+|.*[./…].*")
"""What stands for a name, a file or the like: nothing in small letters alone."""
PAPER = re.compile(r"^- \*\*(.+)\*\* \(((?:`[\w-]+`(?:, )?)+): (.+?)\)\. .+ Kept (.+)\.$", re.M)


def test_every_command_and_option_in_the_guide_is_one_that_there_is() -> None:
    wrong = [
        f"{name}: {code}"
        for name, text in _written().items()
        for code in CODE.findall(text)
        if (words := _words(code))
        and (asked := _asked(words[0]))
        and not any(_fits(one, words) for one in asked)
    ]

    assert wrong == []

    offered = {"--help"}.union(*(options(one) for _, one in tree()))

    strange = {
        (name, option)
        for name in (*PAGES, "CHANGELOG.md")
        for code in CODE.findall(_written()[name])
        if code.startswith("--")
        for option in OPTION.findall(code)
        if option not in offered
    }

    assert strange == set()


def test_a_command_that_stands_alone_on_its_line_can_be_typed_as_it_stands() -> None:
    typed = [
        (name, line)
        for name, text in _written().items()
        for line in BLOCK.findall(text)
        if STARTED.match(line) and not {"ARGS", *OF_RUN} & set(_words(line))
    ]

    assert len(typed) > len(PAGES)
    assert [one for one in typed if not _parses(_words(one[1]))] == []


def test_each_command_and_action_has_its_section_with_the_options_that_it_takes() -> None:
    sections = re.split(r"^## ", page(COMMANDS), flags=re.M)[1:]
    told = {tuple(one.split("\n")[0].split()): set(OPTION.findall(one)) for one in sections}

    assert told.keys() == {path for path, _ in tree()}
    assert [(path, lacking) for path, one in tree() if (lacking := options(one) - told[path] - SHARED)] == []
    assert set(OPTION.findall(page("command.md"))) >= SHARED
    places = [(path, one) for path, of in tree() for one in of._actions if one.metavar and one.help]
    taken = ((path, word, f"{one.metavar} {one.help}") for path, one in places for word in one.choices or ())
    assert [(path, word) for path, word, named in taken if word not in named] == []


def test_the_guide_has_every_paper_with_its_name_its_word_its_forms_and_how_long_it_is_kept() -> None:
    told = [
        (name, tuple(CODE.findall(words)), tuple(re.findall(r"\.\w+", forms)), kept)
        for name, words, forms, kept in PAPER.findall(page("paper-list.md"))
    ]

    assert told == [(kind.words, tuple(kind.asked), kind.endings, kind.kept.value) for kind in KINDS.values()]


def _written() -> dict[str, str]:
    written = {name: page(name) for name in PAGES}
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


@cache
def _parser() -> ArgumentParser:
    return parser()


def _parses(words: Sequence[str]) -> bool:
    try:
        _parser().parse_args(words)
    except SystemExit:
        return False
    return True
