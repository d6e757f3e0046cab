"""Grant agreements in Word and as PDF, from a template that an office edits in Word.

Belongs here: what placeholders the template may have, rows and paragraphs that repeat, and its pages as a
PDF. Does not belong here: what an agreement says of an award; see `models.papers.agreements`.
"""
