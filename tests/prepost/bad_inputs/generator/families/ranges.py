"""Values at and beyond the bounds."""
from ..case import WIDE, at, case
from ..data import scores, wide


def cases():
    def beyond(id, title, wrong, line, column, cell, data=None, **plan):
        return case(id, title, wrong, "error", plan={**WIDE, **plan}, data=(data or wide(scores(id))).set(line, column, cell), defects=[at(line, column, cell)])

    small = lambda id: wide(scores(id, low=-9, high=9, fall=(0, 1)))  # noqa: E731  (one line says all)
    yield beyond("rng-below-negative", "below a negative minimum", "-11 on a scale of -10 to 10.", 8, "bdi_post", "-11", small("rng-below-negative"), range=[-10, 10])
    pairs = [(str(Half(a)), str(Half(b))) for a, b in scores("rng-decimal-bounds", low=3, high=9, fall=(0, 2))]
    pairs[2], pairs[6] = ("4.5", "0.5"), ("4.50", "0.50")
    yield case("rng-decimal-bounds", "values on decimal bounds", "0.5 and 4.5 (also as 4.50) are valid on 0.5 to 4.5.", "ok", plan={**WIDE, "range": [0.5, 4.5]}, data=wide(pairs), pairs=pairs)
    yield beyond("rng-decimal-above", "a little above a decimal bound", "4.500000000000000001 is more than 4.5; in binary it is not.", 5, "bdi_pre", "4.500000000000000001", wide(pairs), range=[0.5, 4.5])
    yield beyond("rng-not-whole", "a half point on a whole-number scale", "23.5, integer = true.", 9, "bdi_post", "23.5", range=[-10, 63], integer=True)
    pairs = scores("rng-whole-with-zeros")
    table = wide(pairs).set(4, "bdi_pre", pairs[2][0] + ".0").set(9, "bdi_post", pairs[7][1] + ".000")
    yield case("rng-whole-with-zeros", "whole numbers with zero decimals", "'23.0' is whole.", "ok", plan={**WIDE, "integer": True}, data=table, pairs=pairs)
    table = wide([(str(int(a) + 100), b) for a, b in scores("rng-all-out")])
    yield case("rng-all-out", "a whole column out of range", "All 12 baseline values pass 63: another column was exported under this name.", "error", plan={**WIDE, "range": [-10, 63]}, data=table,
               defects=[at(None, "bdi_pre", count=12)], mention=[["data.csv"], ["bdi_pre"], ["12"]])
    yield beyond("rng-lost-minus", "a lost minus sign", "'15' on a scale of -20 to 0.", 3, "bdi_pre", "15", wide([(f"-{20 - i % 9}", f"-{i % 7}") for i in range(12)]), range=[-20, 0])


class Half:
    """Half of a whole number, as text."""

    def __init__(self, doubled):
        self.doubled = int(doubled)

    def __str__(self):
        return f"{self.doubled // 2}.{'5' if self.doubled % 2 else '0'}"
