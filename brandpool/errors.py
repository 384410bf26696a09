"""The one failure a clerk is meant to read; everything else is a bug."""


class UserError(Exception):
    """Something the clerk can put right: the text says where, what, and what to do."""
