"""What the program says today, kept so that a change of the code shows whether it changed what is said.

`story.txt` is a list of commands, each run on the demonstration's record in turn. Two sets are kept: *facts*
(exit statuses, kinds of refusal and of change, JSON, the canonical values of issued papers) and *words* (what
commands print, the text of every file they write, what a screen reader is told of each page in the end). A
rebuild changes neither. Days stand still; hashes and random identities are masked.

    python3 run.py golden                 write both sets anew, in about a minute
    python3 run.py golden --check         say what differs from the kept ones, as the whole run does
    python3 run.py golden --show NAME     print what is kept of the entries whose name holds NAME

A change of words is a commit of its own that changes no fact: put what `--check` says of the words into its
body, write the sets anew, and commit `kept/` with the change. A new kind of paper gets lines in the story.
"""
