"""The tests, as a package of its own: some distributions install one named `tests`, which would stand in the way."""
