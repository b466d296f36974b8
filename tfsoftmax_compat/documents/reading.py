"""Stub until merged."""

from tfsoftmax_compat.documents import markdown


def documents_in(paths):
    return list(paths)


def read(path):
    return markdown.examples(open(path).read(), path)
