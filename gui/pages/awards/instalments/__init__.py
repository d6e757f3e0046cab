"""The instalments of the award at hand: what each waits for, and what may be done with it.

Does not belong here: the dialogs that ask about one (see `gui.pages.awards`), and files of finance.
"""
