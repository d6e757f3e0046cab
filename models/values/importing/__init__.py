"""What an import goes by and finds, as values: its round, headings and areas matched, look-alikes.

Does not belong here: an application's own fields (see `models.values.application_fields`).
"""
