"""Papers as a person asks for them: Papers and Reports, and the writing of files that both share.

Does not belong here: what a paper says (`models.papers`) and how it is set (`exchange.papers`).
"""
