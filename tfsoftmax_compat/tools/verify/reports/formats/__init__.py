"""The report formats: one module per format.

The module's name is the value of ``verify --format``, and its function `write` is that of
:class:`tfsoftmax_compat.tools.verify.reports.ReportFormat`. To add a format, add a module and its test.
"""
