"""The guide names what there is: each page, button and menu entry, each command and option, each link."""

import re
from functools import cache

import pytest
from docx import Document
from PIL import Image

import resources
from gui.pages.papers.exports.choices import TICKS, WORDS_OF
from gui.shell.actions import ACTIONS
from gui.shell.main_window import MENUS
from gui.shell.page_list import PAGES as PAGE_LIST
from models.papers.guide import FIRST, LINK
from models.papers.guide import page as text_of
from tests.sources import ROOT, texts

PAGES = sorted(path.name for path in resources.path("help").glob("*.md"))
NAMED = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+)\*(?!\*)")
"""What stands in italics: a page, a button, a menu entry, or something that a screen or a paper says."""
IN_MENU = re.compile(r"(?<!\*)\*([^*]+)\*(?=[^*.:;])[^*.:;]*?in the (?:menu \*?(\w+)|(?!same)(\w+) menu)")
"""An entry and the menu that it is said to stand in."""
COMMANDS = re.compile(r"`grant-panel(?![-.])([^`]*)`|^ {4}grant-panel((?:[^\n]|\\\n)*)", re.M)
EXAMPLES = {
    "Clauses of its agreements": "clauses of its agreements",
    "Add 3 members": "Add {counted(number, 'member')}",
    "Agree 7 unanimous marks": "Agree {counted(number, 'unanimous mark')}",
    "Delete … paid and evidenced…": "Delete {counted(accounts, 'account')} paid and evidenced…",
    "Erase the 12 due…": "Erase the {due:,} due…",
    "Open scoring…": "Open scoring",
    "Remind …": "Remind {counted(len(waiting), 'member')}",
    "Write draft …": "Write draft ",
    "Move back to Score…": "Move back to {WORDS[stage - 1]}…",
    "Record 1 decision…": "Record {counted(len(at.answer.chosen), one, f'{one}s')}…",
    "Upheld, to be decided again": "{one.value.capitalize()}, to be decided again",
    "upheld, to be decided again": "{one.value.capitalize()}, to be decided again",
}
"""What is named or quoted with a value in it, and how the program writes it."""
QUOTED = re.compile(r"“([A-Z][^”()\d=]*[^”()\d.,=])[.,]?”")
"""What a paper or a screen is said to say, but for what has somebody's own words or figures in it."""
ON_A_PAGE = re.compile(r"\*([^*]+)\*(?: \([^)]*\))? on \*([^*]+)\*")
OF_A_PAGE = re.compile(r"[Oo]n \*([^*]+)\*[^.*:;]{0,60}\*([^*]+)\*(?! in the)")
"""Something that is said to be on a page; the same the other way round, in one sentence."""
VAGUE = {"Next", "Previous", "Close", "Done", "OK", "Save", "Open", "Change", "Add"}
"""Words that stand on a button somewhere, and by which nobody finds it on the page that is meant."""
SYLLABLE = re.compile(r"[aeiouy]+(?<!(?<=[^aeiouyl])e\b)")
"""A run of vowels, but for a last e that is not heard."""
MOST_OF_A_PICTURE = 80_000
TABLES = {
    "models/papers/texts.py": "forms/paper-texts.toml",
    "models/papers/office.py": "forms/office.toml",
    "models/queries/applications/waiting.py": "forms/waiting.toml",
    "models/values/attachments.py": "forms/attachments.toml",
    "models/papers/kinds.py": "forms/papers.toml",
    "models/values/payments.py": "forms/payments.toml",
    "gui/pages/overview/figures.py": "forms/ways.toml",
    "gui/shell/actions.py": "window/actions.json",
    "gui/help/tour.py": "window/tour.json",
}
"""What an office writes into papers and says of itself, papers and tasks, by the module that reads it."""
OF_THE_WINDOW = [f"{role}.md" for role in ("member", "chair", "officer", "decider", "finance", "first-list")]
NOT_OURS = {
    *("Windows app (Win32)", "System", "Resource Monitor", "Network"),
    *("Local policing area", "Neighbourhood policing unit", "Council", "From 1 Apr"),
    *("Expenditure", "Start-up spent"),
}
"""The own words of Windows, and what an office might write."""


def test_every_name_in_the_guide_stands_in_the_program() -> None:
    said = _said()

    lacking = [
        f"{page}: {name}"
        for page in PAGES
        for name in _named(page)
        if name not in NOT_OURS and EXAMPLES.get(name, name) not in said
    ]

    assert lacking == []
    vague = [f"{page}: {name}" for page in PAGES for name in _named(page) if name in VAGUE]
    assert vague == [], "many buttons say that, and the one that is meant may not"


def test_every_sentence_and_heading_that_the_guide_quotes_is_one_of_ours() -> None:
    templates = [
        paragraph.text
        for path in resources.path("letters").glob("*.docx")
        for paragraph in Document(str(path)).paragraphs
    ]
    sentences = (path.read_text("utf-8") for path in resources.path("sentences").iterdir())
    tables = [resources.text("forms/columns.txt"), *sentences]
    said = "\n".join([*texts("cli", "exchange", "gui", "models", "scoring").values(), *templates, *tables])

    quoted = {(page, one) for page in PAGES for one in QUOTED.findall(_plain(page))}

    assert {(page, one) for page, one in quoted if EXAMPLES.get(one, one) not in said} == set()


def test_what_the_guide_finds_on_a_page_is_held_by_that_page() -> None:
    modules = {entry.words: entry.module for entry in PAGE_LIST}
    found = [
        (guide, name, page)
        for guide in PAGES
        for name, page in [
            *ON_A_PAGE.findall(_plain(guide)),
            *(pair[::-1] for pair in OF_A_PAGE.findall(_plain(guide))),
        ]
        if page in modules and name not in modules
    ]

    assert {page for _, _, page in found} >= {"Papers", "Awards & payments", "Decisions"}
    lacking = [one for one in found if EXAMPLES.get(one[1], one[1]) not in _said_by(modules[one[2]])]
    assert lacking == []


def test_what_the_guide_finds_in_a_menu_stands_in_that_menu() -> None:
    entries = {action.name: action.words.replace("&", "") for action in ACTIONS}
    held = {
        title.replace("&", ""): {entries[name] for name in names if name in entries} for title, names in MENUS
    }

    found = [
        (page, found[1], found[2] or found[3])
        for page in PAGES
        for found in IN_MENU.finditer(" ".join(text_of(page).split()))
    ]

    assert len(found) >= len(MENUS)
    assert [(page, name, menu) for page, name, menu in found if name not in held[menu]] == []


def test_every_link_leads_to_a_page_and_those_who_work_in_the_window_to_no_terminal() -> None:
    linked = {page: set(LINK.findall(text_of(page))) for page in PAGES}

    assert linked[FIRST] | {FIRST} == set(PAGES)
    assert set().union(*linked.values()) <= set(PAGES)

    asked = [page for page in OF_THE_WINDOW if COMMANDS.search(text_of(page))]

    assert asked == []

    named = {name for page in PAGES for name in _named(page)}

    assert {*TICKS.values(), *WORDS_OF.values()} <= named


@pytest.mark.parametrize("page", ["member.md", "first-list.md"])
def test_members_and_newcomers_need_a_reading_age_of_twelve(page: str) -> None:
    plain = re.sub(r"!?\[|\]\([^)]+\)|[*#`]|^(\d+\.|-) ", " ", text_of(page), flags=re.M)
    sentences = [one.split() for one in re.split(r"[.?!:]\s|\n\n", plain) if one.strip()]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(max(len(SYLLABLE.findall(word.lower())), 1) for word in words)

    # Flesch and Kincaid's grade, 1975; a child of that grade is five years older
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade + 5 <= 12


def test_every_picture_that_is_shown_is_there_is_small_and_says_nothing_of_where_it_was_made() -> None:
    folder = resources.path("help/pictures")
    texts = [(ROOT / "README.md").read_text("utf-8"), *(text_of(page) for page in PAGES)]
    named = {
        name for text in texts for name in re.findall(r"!\[[^]]+\]\([^)]*pictures/([\w-]+\.png)\)", text)
    }

    assert {path.name for path in folder.iterdir()} == named
    for path in folder.iterdir():
        with Image.open(path) as picture:
            assert picture.info == {}, path.name
        assert path.stat().st_size < MOST_OF_A_PICTURE, path.name


def _plain(page: str) -> str:
    """Return a page without what is typed, on one line."""
    return " ".join(re.sub(r"`[^`]*`", "", text_of(page)).split())


def _named(page: str) -> list[str]:
    return [
        one for found in NAMED.findall(_plain(page)) for one in re.split(r"\s*→\s*", " ".join(found.split()))
    ]


@cache
def _said() -> frozenset[str]:
    """Return all that stands in quotation marks in the program, a menu's letters not underlined.

    So do headings of a round workbook and of papers' lists, which stand in files of their own.
    """
    every = (*texts("gui", "models", "exchange", "scoring").values(), *map(resources.text, TABLES.values()))
    tables = "\n".join(map(resources.text, ("forms/round-workbook.txt", "forms/columns.txt")))
    headings = re.findall(r"^([^|\n#]+?)[!*~]* \|", tables, re.M)
    return frozenset(headings).union(
        re.sub(r"&(?=\w)", "", words) for text in every for words in re.findall(r'"([^"\n]*)"', text)
    )


@cache
def _said_by(module: str) -> frozenset[str]:
    """Return all that stands in quotation marks in a page and in what its code, and that in turn, imports."""
    every = texts("gui", "models")
    held, wanted = set[str](), [module]
    while wanted:
        path = wanted.pop().replace(".", "/") + ".py"
        if path in every and path not in held:
            held.add(path)
            for package, names in re.findall(r"^\s*from ([\w.]+) import ?([\w, ]*)", every[path], re.M):
                wanted += [package, *(f"{package}.{name}" for name in names.split(", "))]
    tables = (resources.text(table) for path, table in TABLES.items() if path in held)
    said = (*(every[path] for path in held), *tables)
    return frozenset(words for text in said for words in re.findall(r'"([^"\n]*)"', text))
