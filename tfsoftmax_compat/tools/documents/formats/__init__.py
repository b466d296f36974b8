"""One module per document format. Each has ``examples(text, document)``."""
