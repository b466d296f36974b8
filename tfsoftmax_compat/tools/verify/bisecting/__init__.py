"""``verify --bisect``: find the two neighbouring releases between which an output moved.

`search` decides which release comes next, `trials` runs it, `report` says what was found, `bisection` joins them, and
`command` carries out the option.
"""
