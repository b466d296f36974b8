"""Markup that takes a library to read. The formats import these modules when a document needs them."""
