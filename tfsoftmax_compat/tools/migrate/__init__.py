"""Find TF1's softmax calls, and rewrite them so that they compute the same in TF2.

The code is parsed with :mod:`ast`, and edited as tokens, so that comments and spaces stay the same. It is never run,
and TensorFlow is never imported. Each module may import those before it:

* ``functions``: TF1's functions and the order of their parameters;
* ``origins``: the modules that the functions can come from;
* ``prefilter``: which files need not be parsed;
* ``names``: what each name refers to, by scope;
* ``patches``: the functions that a module replaces in TensorFlow;
* ``untraced``: functions whose module is not known;
* ``visible``: which names the code at one place can rely on;
* ``guards``: code that asks which TensorFlow is installed;
* ``sites``: the places in a file where one of the functions is called or named;
* ``edits``, ``imports``, ``changes``: the changes at a site, as edits of tokens;
* ``rules``: one module for each thing that changed between TF1 and TF2;
* ``source``: migrates a Python text;
* ``cells``: Python in pieces;
* ``lines``, ``notebook``: write changed code into a text file and into a notebook;
* ``excerpts``: blocks of code and sessions at prompts;
* ``documents``: all Python in a document, of any format that `verify` reads;
* ``files``, ``diffs``, ``reports``, ``command``: the files, what is printed, and the command line.
"""
