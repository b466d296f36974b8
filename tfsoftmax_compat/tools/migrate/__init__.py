"""Find TF1's softmax calls, and rewrite them without changing what they compute.

It parses with :mod:`ast` and edits tokens, so that comments and spaces stay. The code is never run, and TensorFlow
is never imported. The parts, from the ground up:

* :mod:`~tfsoftmax_compat.tools.migrate.functions`: TF1's functions and the order of their parameters;
* :mod:`~tfsoftmax_compat.tools.migrate.names`: which name stands for what, scope by scope;
* :mod:`~tfsoftmax_compat.tools.migrate.sites`: the places in a file where one of the functions is called or named;
* :mod:`~tfsoftmax_compat.tools.migrate.rules`: one module for each thing that changed between TF1 and TF2;
* :mod:`~tfsoftmax_compat.tools.migrate.edits`, :mod:`~tfsoftmax_compat.tools.migrate.imports`: the changes as tokens;
* :mod:`~tfsoftmax_compat.tools.migrate.source`: a Python text in, findings and the migrated text out;
* :mod:`~tfsoftmax_compat.tools.migrate.cells`, ``notebook``, ``markdown``: documents that hold Python;
* :mod:`~tfsoftmax_compat.tools.migrate.files`, ``report``, ``command``: the files, what is printed, the command line.
"""
