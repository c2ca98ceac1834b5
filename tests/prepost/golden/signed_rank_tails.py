"""Exact tails of the signed-rank law by integer counting: python3 signed_rank_tails.py > signed_rank_tails.json

Midranks of tied magnitudes, doubled; P(W <= w) as a ratio of integers, rounded once to 17 digits.
"""
import json
import sys
from fractions import Fraction


def midranks(magnitudes):
    ordered = sorted(magnitudes)
    return [2 * ordered.index(m) + ordered.count(m) + 1 for m in ordered]


def counts(ranks, upto):
    ways = [0] * (upto + 1)
    ways[0] = 1
    for rank in ranks:
        for w in range(upto, rank - 1, -1):
            ways[w] += ways[w - rank]
    return ways


def case(name, magnitudes, tails):
    ranks = midranks(magnitudes)
    ways = counts(ranks, max(tails))
    p = [float(Fraction(sum(ways[: t + 1]), 2 ** len(ranks))) for t in tails]
    return {"name": name, "doubled_ranks": ranks, "at_most": tails, "p": p}


untied = lambda n: list(range(1, n + 1))
tied = lambda n, k: [1 + (i * i * 7 + i) % k for i in range(n)]
print(json.dumps({"made_with": {"python": sys.version.split()[0]}, "cases": [
    case("untied 100", untied(100), [0, 20, 300, 1000, 2500, 4000, 5049, 5050]),
    case("untied 250", untied(250), [10, 2000, 10000, 20000, 28000, 31374]),
    case("ties 120", tied(120, 11), [0, 500, 2000, 4000, 6500, 7259]),
    case("ties 400", tied(400, 9), [3000, 12000, 40000, 70000, 80199]),
    case("half ranks 81", tied(81, 40), [7, 100, 900, 2100, 3320]),
    case("untied 1000", untied(1000), [300, 4000, 20000, 60000]),
]}))
