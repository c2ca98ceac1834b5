"""Data on which statistics break."""
from ..case import case
from ..data import Draw, scores, wide

WORDS = ["NaN", "nan", "inf", "Infinity", "-inf"]
NO_SPREAD = ["constant", "variance", "variation", "spread", "SD", "estimable", "undefined", "identical", "same"]


def cases():
    def one(id, title, wrong, expect, *also, pairs, mention=(), **more):
        return case(id, title, wrong, expect, *also, data=wide(pairs), pairs=pairs, mention=list(mention), output={"number_forbid": WORDS}, **more)

    yield one("deg-all-constant", "everybody from 30 to 25", "Neither column varies: no t, no correlation, no standardised change.", "warn", harm="crash",
              pairs=[("30", "25")] * 8, mention=[NO_SPREAD])
    yield one("deg-constant-post", "everybody ends at 0", "A floor: the correlation does not exist, the paired test does.", "warn", "ok", harm="crash",
              pairs=[(a, "0") for a, _ in scores("deg-constant-post", n=8)], mention=[["post", "variance", "SD", "estimable", "undefined"]])
    yield one("deg-two-pairs", "two pairs", "One degree of freedom: everything exists, nothing is precise.", "ok", "warn", harm="crash", pairs=[("30", "21"), ("25", "24")])
    yield one("deg-two-pairs-constant", "two pairs with the same change", "No spread with n = 2.", "warn", harm="crash", pairs=[("30", "21"), ("25", "16")], mention=[NO_SPREAD])
    yield one("deg-one-nonzero", "one change, the rest zero", "Eleven of twelve pairs are equal: W is 1, t is 1.", "ok", "warn", pairs=[(a, a) for a, _ in scores("deg-one-nonzero", n=11)] + [("28", "33")])
    draw = Draw("deg-quadrillion")
    base = 10**15
    yield one("deg-quadrillion", "1e15 plus small whole numbers", "Squares pass 1e30; the differences are small and exact.", "ok", sources=["NIST StRD NumAcc1-4"],
              pairs=[(str(base + draw.whole(0, 9)), str(base + draw.whole(0, 9))) for _ in range(16)])
    draw = Draw("deg-eighteen-digits")
    base = 123456789012345670
    yield one("deg-eighteen-digits", "eighteen digits", "Beyond 2^53: as doubles, neighbours are 16 apart and most changes become 0 or 16.", "ok", sources=["NIST StRD NumAcc"],
              pairs=[(str(base + draw.whole(0, 9)), str(base + draw.whole(0, 9))) for _ in range(12)])
    draw = Draw("deg-tenth-ties-offset")
    yield one("deg-tenth-ties-offset", "ties of tenths on an offset", "1000.3 - 1000.1 and 7.3 - 7.1 are both 0.2, but not in binary.", "ok", sources=["scipy#17667"],
              pairs=[pair for offset in (0, 7, 100, 1000, 65536) for pair in tenths(draw, offset)])
    yield one("deg-tiny-scale", "scores of 1e-20", "t does not change with the scale; a square that underflows makes it infinite.", "ok", sources=["scipy#26113"],
              pairs=[(f"0.{int(a):021d}", f"0.{int(b):021d}") for a, b in scores("deg-tiny-scale", fall=(-2, 16))])
    yield one("deg-huge-scale", "scores of 1e30", "t does not change with the scale; whole numbers of 32 digits are still exact.", "ok", "error", sources=["scipy#26113"],
              pairs=[(a + "0" * 30, b + "0" * 30) for a, b in scores("deg-huge-scale", fall=(-2, 16))], mention=[["data.csv"]])
    draw = Draw("deg-nineteen-digits")
    base = 1234567890123456700
    start = [base + draw.whole(0, 9) for _ in range(12)]
    yield one("deg-nineteen-digits", "nineteen digits, everybody down by 5", "As doubles all scores are one number, and the change of 5 is none.", "warn", harm="wrong number",
              pairs=[(str(a), str(a - 5)) for a in start], mention=[["data.csv"], NO_SPREAD])
    draw = Draw("deg-twenty-eight-digits")
    base = 1234567890123456789012345600
    yield one("deg-twenty-eight-digits", "twenty-eight digits", "As doubles all scores are one number; the changes are small whole numbers with ties and zeros.", "ok",
              harm="wrong number", pairs=[(str(base + draw.whole(0, 9)), str(base + draw.whole(0, 9))) for _ in range(14)])
    for parts, name in ((3, "thirds"), (7, "sevenths")):
        for id, how, text in (
            ("17g", "as the shortest doubles of 17 digits", lambda part: f"{part:.17g}"),
            ("18f", "with 18 decimals of the double", lambda part: f"{part:.18f}"),
            ("20f", "with 20 decimals of the double", lambda part: f"{part:.20f}"),
            ("22d", "with 22 decimals of the fraction", None),
        ):
            draw = Draw(f"deg-{id}-{name}")
            write = (lambda n: text(n / parts)) if text else (lambda n: decimals(n, parts, 22))
            fall = lambda: draw.whole(1, 6) * (1 if draw.whole(0, 3) else -1)
            starts = [draw.whole(1, 60 * parts) for _ in range(18)] + [1, 2]
            yield one(f"deg-{id}-{name}", f"{name} {how}", "Ties are those of the text: equal fractions of points are no ties where their last digits differ.", "ok",
                      harm="wrong number", pairs=[(write(a), write(a + fall())) for a in starts])
    yield one("deg-zero-mean", "changes that cancel out", "The mean change is exactly 0 and t is 0, not -0 and not 1e-16.", "ok",
              pairs=[("20.1", "20.4"), ("31.7", "31.4"), ("22.2", "22.9"), ("40.5", "39.8"), ("28.3", "28.4"), ("35.0", "34.9")])
    yield one("deg-mixed-decimals", "changes equal as numbers, not as text", "'1.50' - '1.0' and '2' - '1.5' are ties; '0.30' - '0.3' is a zero.", "ok",
              pairs=[("1.0", "1.50"), ("1.5", "2"), ("0.3", "0.30"), ("4.25", "3.750"), ("10", "10.00"), ("7.1", "8.6"), ("6", "4.50")])


def decimals(numerator, denominator, places):
    """A fraction with so many decimals, rounded half up."""
    sign = "-" if numerator < 0 else ""
    units = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return f"{sign}{units // 10**places}.{units % 10**places:0{places}d}"


def tenths(draw, offset):
    """Three pairs that differ by 0.1, 0.2 or 0.3, up or down."""
    out = []
    for _ in range(3):
        start, step = draw.whole(4, 60), draw.whole(1, 3) * (1 if draw.whole(0, 2) == 0 else -1)
        out.append((decimal(10 * offset + start), decimal(10 * offset + start + step)))
    return out


def decimal(tenths):
    return f"{tenths // 10}.{tenths % 10}"
