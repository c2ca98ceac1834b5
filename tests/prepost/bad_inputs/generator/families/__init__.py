"""The cases, one module a category."""
from . import dates, degenerate, encoding, ids, items, layout, missing, numbers, privacy, ranges, resources, security, structure, workbooks


def every():
    """All cases, in the order of their ids."""
    parts = (dates, degenerate, encoding, ids, items, layout, missing, numbers, privacy, ranges, resources, security, structure, workbooks)
    return sorted((case for part in parts for case in part.cases()), key=lambda case: case.id)
