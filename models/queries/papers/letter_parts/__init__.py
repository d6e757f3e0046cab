"""What letters to applicants say, part by part: feedback by criterion, place in words, gates not passed.

Does not belong here: the letters themselves (`models.queries.papers.letters`), and their words and pages
(`exchange.papers.letters`).
"""
