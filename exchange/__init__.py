"""Files in and out: workbooks, tables and papers, as frozen values on one side and bytes on the other.

Belongs here: reading what officers and form tools send, guarded against hostile files, and writing
schedules that agree to the penny. Does not belong here: sessions, SQL, windows, and sums.
"""
