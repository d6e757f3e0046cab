"""Questions about due diligence: what registers say, what the record finds by itself, what was recorded.

Does not belong here: subsidy control (see `models.queries.awards.subsidy`).
"""
