"""What a shell completes of a command that is typed: `eval "$(register-python-argcomplete grant-panel)"`."""

import os

import argcomplete
from argcomplete.finders import safe_actions

from cli.frame.parser import Once, parser


def complete() -> None:
    """Tell the shell what may come next, and end."""
    safe_actions.add(Once)
    argcomplete.autocomplete(parser(os.environ.get("COMP_LINE", "").split()[1:]))
