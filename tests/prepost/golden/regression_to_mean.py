"""Truncated-normal expectations by 50-digit arithmetic (mpmath), written to regression_to_mean.json.

Where the density is not too narrow the mean is checked by integrating x f(x) beyond the cut-off.
Run: python3 regression_to_mean.py
"""
import json
from mpmath import mp, mpf, erfc, exp, sqrt, pi, quad, inf

mp.dps = 50
rows = []
for side, cut, mean, sd, r in [("above", 60, 50, 10, 0.7), ("below", 40, 50, 10, 0.7), ("above", 50, 50, 10, 0.5), ("above", 29, 14.2, 9.9, 0.93),
                               ("above", 10, 50, 10, 0.7), ("below", 95.5, 100, 15, 0.88), ("above", 105, 50, 10, 0.8), ("above", 111, 50, 10, 0.8),
                               ("above", 250, 50, 10, 0.6), ("below", -300, 50, 10, 0.0), ("above", 20, 3.1, 1.7, -0.2), ("above", 60, 50, 10, 0.999999)]:
    s = 1 if side == "above" else -1
    cut_, mean_, sd_, r_ = mpf(cut), mpf(mean), mpf(sd), mpf(r)
    z = s * (cut_ - mean_) / sd_
    sf = erfc(z / sqrt(mpf(2))) / 2
    c = exp(-z * z / 2) / sqrt(2 * pi) / sf
    if z < 8:
        integral = quad(lambda x: x * exp(-x * x / 2) / sqrt(2 * pi), [z, z + 1, z + 4, z + 12, inf]) / sf
        assert abs(integral / c - 1) < mpf(10) ** -25, (side, cut, integral, c)
    rows.append({"side": side, "cut": cut, "mean": mean, "sd": sd, "r": r, "share": mp.nstr(sf, 20),
                 "pre": mp.nstr(mean_ + s * sd_ * c, 20), "change": mp.nstr(-s * sd_ * (1 - r_) * c, 20)})
with open("regression_to_mean.json", "w") as out:
    out.write('{"source": "mpmath %s, 50 digits", "values": [\n' % __import__("mpmath").__version__)
    out.write(",\n".join(json.dumps(row) for row in rows))
    out.write("\n]}\n")
