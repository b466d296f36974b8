"""The two modes that TensorFlow runs code in. Python 3.6 and later; imports nothing."""

GRAPH, EAGER = "graph", "eager"
MODES = (GRAPH, EAGER)
