"""The expected numbers: exact fractions, rounded once."""
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction


def root(value):
    """The square root of a fraction as the nearest double."""
    with localcontext() as context:
        context.prec = 80
        context.Emin, context.Emax = -10**6, 10**6
        return float((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def signed_rank(changes):
    """W+ and W- with zeros dropped and mid-ranks, and how many magnitudes repeat an earlier one."""
    count = Counter(abs(change) for change in changes if change)
    rank, below = {}, 0
    for magnitude in sorted(count):
        rank[magnitude] = below + Fraction(count[magnitude] + 1, 2)
        below += count[magnitude]
    plus = sum((rank[abs(change)] for change in changes if change > 0), Fraction(0))
    minus = sum((rank[abs(change)] for change in changes if change < 0), Fraction(0))
    return plus, minus, sum(count.values()) - len(count)


def describe(pairs, rel_tol=1e-09):
    """[expected] of these (pre, post) pairs, each a decimal text or a fraction."""
    pre = [Fraction(before) for before, _ in pairs]
    post = [Fraction(after) for _, after in pairs]
    changes = [after - before for before, after in zip(pre, post)]
    n = len(pairs)
    mean = sum(changes) / n
    out = {"n_pairs": n, "mean_pre": float(sum(pre) / n), "mean_post": float(sum(post) / n), "mean_change": float(mean)}
    if n > 1:
        variance = sum((change - mean) ** 2 for change in changes) / (n - 1)
        out["sd_change"] = root(variance)
        if variance:
            size = root(mean * mean * n / variance)
            out["t_change"] = -size if mean < 0 else size
    plus, minus, tied = signed_rank(changes)
    out |= {"n_zero_change": changes.count(0), "w_plus": float(plus), "w_minus": float(minus), "tied_magnitudes": tied}
    return out | {"rel_tol": rel_tol}
