"""The guide as a page, beside one and on paper, the tour of the sample, and the search over all of it.

Does not belong here: the guide's text, which is in `resources/help`.
"""
