"""The papers that are owed, as frozen values: what each says, before it is a file of any kind.

Belongs here: the values of a finance schedule, a notice, letters, a book, a list for publication, the
year's figures; their constructors refuse sums that do not add up. The award schedule's class is in
`scoring.schedule`; `award_schedule` here fills it. `guide` is the guide, which lists the kinds by itself.

A new kind of paper is a line in `kinds`, which registers it once for the record, the command and the
window, and three files: its values here, the query that makes them in `models.queries`, and what writes
them in `exchange.papers`. Does not belong here: pages, sheets and cells.
"""
