"""The papers that are owed, as frozen values: what each says, before it is a file of any kind.

Belongs here: the values of a finance schedule, a notice, letters, a book, a list for publication, the
year's figures; their constructors refuse sums that do not add up. How they are found in the record is in
`models.queries`; how they are written is in `exchange`. The award schedule's values are in `scoring`.
"""
