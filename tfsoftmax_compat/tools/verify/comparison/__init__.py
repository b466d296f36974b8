"""Compare a documented output with a measured one. :mod:`.judge` is the entry point."""
