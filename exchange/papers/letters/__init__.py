"""Letters in Word from templates that an office edits in Word.

Belongs here: the facts that a template may name, finding and filling it, and the folder that the letters go
into. The words stand in the templates, `resources/letters`; what is known of an application does not belong
here: see `models.papers.letters`.
"""
