"""What minutes say beside attendance and marks: what came of each item, and of each area's pot.

Does not belong here: the minutes as a whole (`models.queries.papers.minutes`), and their words and pages
(`exchange.papers.minutes`).
"""
