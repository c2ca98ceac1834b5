"""ln of the JZS Bayes factor of the one-sample t by 40-digit quadrature (mpmath), written to bayes_factor.json.

The integral over u = ln g of Rouder et al. (2009), cut at the peak of the log integrand and at widths around it. For moderate t
it is checked here against another integral: the noncentral t density over a Cauchy prior on delta, relative to the central one.
Run: python3 bayes_factor.py
"""
import json
from mpmath import mp, mpf, log, exp, quad, pi, sqrt, loggamma, hyp1f1, gamma, inf

mp.dps = 40


def by_g(t, n, s):
    t, n, s = mpf(t), mpf(n), mpf(s)
    v = n - 1
    a = t * t / v

    def h(u):
        g = exp(u)
        # ratio of the two brackets as 1 - w, so that no digits cancel
        return (-log(1 + n * g) / 2 - n / 2 * (log(1 + a / (1 + n * g)) - log(1 + a))
                + log(s) - log(2 * pi) / 2 - u / 2 - s * s / (2 * g))

    # a coarse scan for the top, then steps outward until nothing is left
    low, high = 2 * log(s) - 12, max(2 * log(s), log(a) if a else -log(n), -log(n)) + 100
    count = int(high - low) * 4
    grid = [low + (high - low) * k / count for k in range(count + 1)]
    values = [h(u) for u in grid]
    top = max(values)
    inside = [u for u, y in zip(grid, values) if y > top - 90]
    left, right = inside[0] - 1, inside[-1] + 1
    pieces = max(8, int((right - left) / 2))
    points = [left + (right - left) * k / pieces for k in range(pieces + 1)]
    value, error = quad(lambda u: exp(h(u) - top), points, error=True)
    assert error < value * mpf(10) ** -18, (t, n, s, error)
    return log(value) + top


def by_delta(t, n, s):
    t, n, s = mpf(t), mpf(n), mpf(s)
    v = n - 1

    def ratio(delta):
        # noncentral over central t density: e^(-m^2/2) [1F1((v+1)/2; 1/2; z) + sqrt(2) ... 1F1(v/2 + 1; 3/2; z)], z = m^2 t^2/(2 (v + t^2))
        m = delta * sqrt(n)
        z = m * m * t * t / (2 * (v + t * t))
        odd = sqrt(mpf(2)) * m * t / sqrt(v + t * t) * gamma(v / 2 + 1) / gamma((v + 1) / 2)
        return exp(-m * m / 2) * (hyp1f1((v + 1) / 2, mpf(1) / 2, z) + odd * hyp1f1(v / 2 + 1, mpf(3) / 2, z))

    centre, width = t / sqrt(n), 1 / sqrt(n)
    reach = 14 + abs(t)
    points = sorted({centre + k * width for k in [-reach, -8, -4, -2, -1, 0, 1, 2, 4, 8, reach]} | {mpf(0)})
    return log(quad(lambda d: ratio(d) * s / (pi * (s * s + d * d)), points))


r2 = 0.5 ** 0.5
cases = [(t, n, s) for s in (r2, 0.2, 2.0) for n in (2, 3, 5, 10, 40, 500, 10000, 1000000) for t in (0.0, 0.3, 1.0, 2.03, 4.5, 13.303)]
cases += [(t, n, s) for s in (r2, 2.0) for n in (2, 3, 20, 1000, 1000000) for t in (40.0, 1e3, 1e6, 3e6, 1e9, 1e15)]
rows = []
for t, n, s in cases:
    value = by_g(t, n, s)
    if n in (5, 10, 40) and t in (0.3, 1.0, 2.03, 4.5):
        save, mp.dps = mp.dps, 25
        other = by_delta(t, n, s)
        mp.dps = save
        # the Cauchy tails beyond the cut of by_delta carry nothing: the likelihood has fallen by e^-98 there
        assert abs(other - value) < mpf(10) ** -15, (t, n, s, value, other)
    rows.append({"t": t, "n": n, "scale": s, "log_bf10": mp.nstr(value, 20)})
with open("bayes_factor.json", "w") as out:
    out.write('{"source": "mpmath %s, 40-digit quadrature", "values": [\n' % __import__("mpmath").__version__)
    out.write(",\n".join(json.dumps(row) for row in rows))
    out.write("\n]}\n")
