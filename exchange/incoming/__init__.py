"""What comes in for an import as files: folders, a form tool's .zip of uploads, e-mails, and filled-in forms.

`gathering` finds the files, `placing` says to which application each belongs and what becomes of it.
Does not belong here: what a form or a row means, and what is kept in the record.
"""
