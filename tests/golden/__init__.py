"""What the program says today, kept so that a change of the code shows whether it changed what is said.

`story.txt` is a list of commands, each run on the demonstration's record in turn. Two sets are kept: *facts*
(exit statuses, JSON, the canonical values of issued papers) and *words* (what commands print, the text of
every file they write). A rebuild
changes neither; a change of words is a commit of its own that changes no fact. Days stand still; hashes and
random identities are masked.

    python3 run.py golden                 write both sets anew
    python3 run.py golden --check         say what differs from the kept ones
    python3 run.py golden --show NAME     print what is kept of the entries whose name holds NAME
"""
