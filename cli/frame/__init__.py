"""What all subcommands stand on: the manual they are made from, opening a record, printing, and typed words.

Does not belong here: what one subcommand does, and what its answers say.
"""
