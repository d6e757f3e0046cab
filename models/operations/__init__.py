"""The changes that a record knows: a folder for each subject, a file for each noun, one `apply` each.

The eight words name the same subject here and in every other tree: `set_up`, `applications`, `panel`,
`deciding`, `awards`, `papers`, `packs`, `retention`.

Belongs here: operations and what they share in writing rows. Does not belong here: who may do them
(`models.permissions`), questions that change nothing, sums, files, and anything that draws a time or a
number of its own.
"""
