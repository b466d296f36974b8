"""Rewrite documented outputs with what their examples print, in the place and style in which they are written."""


class NotAcceptedError(Exception):
    """An output is not accepted; the message says why."""
