"""Letters in Word from templates that an office edits in Word.

Belongs here: what placeholders a template may have, checking it, filling it in, and the folder that the
letters go into. What a letter says of an application does not belong here; see `models.papers.letters`.
"""
