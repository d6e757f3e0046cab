"""What the command offers: its commands, their actions and their options."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache

from cli.frame.parser import parser


@cache
def tree() -> tuple[tuple[tuple[str, ...], ArgumentParser], ...]:
    """Return every command and action, by the words that lead to it."""
    return tuple(_below(parser(), ()))


def _below(one: ArgumentParser, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ArgumentParser]]:
    for word, under in actions(one).items():
        yield (*path, word), under
        yield from _below(under, (*path, word))


def actions(one: ArgumentParser) -> dict[str, ArgumentParser]:
    """Return the actions of a command by name; none where it has none."""
    held = [action for action in one._actions if isinstance(action, _SubParsersAction)]
    return dict(held[0].choices) if held else {}


def options(one: ArgumentParser) -> set[str]:
    """Return the options of a command or an action, but for `--help`, which all have."""
    every = {word for action in one._actions for word in action.option_strings if word.startswith("--")}
    return every - {"--help"}
