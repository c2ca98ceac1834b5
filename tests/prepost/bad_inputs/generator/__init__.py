"""The generator of the bad-input cases of the set "more"."""
