"""Papers as templates: the words of a paper in a file of its own, filled with the facts of the record.

Belongs here: the sandbox and the filters that all templates share, the check of a template against the
facts it is filled with, and the reader that makes blocks of a filled template. The templates lie in
`resources/papers`. What the facts are does not belong here: they come from `models/papers`.
"""
