"""The command under a limit on the size of files, which stands in for a full disk: a task that is forked."""

import os
import resource
import sys

from alembic import command as command

from cli.command import main
from exchange.papers import paper_writing as paper_writing
from models.operations import registry as registry


def run(folder: str, size: str, out: str, err: str, *arguments: str) -> None:
    """Run the command in a folder, with its own output and errors in files, and end as it ends."""
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        kept = os.open(path, os.O_WRONLY | os.O_CREAT)
        stream.flush()
        os.dup2(kept, stream.fileno())
    os.chdir(folder)
    sys.dont_write_bytecode = True  # what is compiled would be cut short as well, and found by the next test
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    status = main(list(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
