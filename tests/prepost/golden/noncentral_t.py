"""Noncentral t tails by 50-digit quadrature (mpmath), written to noncentral_t.json.

P(T > t) = integral over s of Q(t s - ncp) g(s), with s = sqrt(chi2/df); all terms are positive. The
integral is cut at the peak of the integrand and at widths around it; the figures are right to 16 digits.
Run: python3 noncentral_t.py
"""
import json
import sys
from mpmath import mp, mpf, erfc, sqrt, log, loggamma, exp, quad, pi

mp.dps = 50


def log_q(z):
    return log(erfc(z / sqrt(mpf(2))) / 2)


def tail(t, df, ncp, upper):
    t, df, ncp = mpf(t), mpf(df), mpf(ncp)
    const = log(mpf(2)) + df / 2 * log(df / 2) - loggamma(df / 2)
    sign = 1 if upper else -1

    def log_f(s):
        return const + (df - 1) * log(s) - df * s * s / 2 + log_q(sign * (t * s - ncp))

    # The integrand is log-concave in s: golden section for its peak.
    low, high = mpf(10) ** -12, 1 + 60 / sqrt(2 * df) + 20
    if df > 100:
        high = 1 + 60 / sqrt(2 * df)
        low = max(mpf(10) ** -12, 1 - 60 / sqrt(2 * df))
    g = (sqrt(mpf(5)) - 1) / 2
    save, mp.dps = mp.dps, 20
    a, b = low, high
    c, d = b - g * (b - a), a + g * (b - a)
    fc, fd = log_f(c), log_f(d)
    for _ in range(60):
        if fc > fd:
            b, d, fd = d, c, fc
            c = b - g * (b - a)
            fc = log_f(c)
        else:
            a, c, fc = c, d, fd
            d = a + g * (b - a)
            fd = log_f(d)
    peak = (a + b) / 2
    top = log_f(peak)

    def edge(direction):
        step = mpf(10) ** -12
        at = peak
        while True:
            at = peak + direction * step
            if at <= 0:
                return None, step
            if log_f(at) < top - 1:
                return at, step
            step *= 2

    points = {peak}
    narrow = min(edge(-1)[1], edge(1)[1]) / 2
    for direction in (-1, 1):
        k = narrow
        while True:
            at = peak + direction * k
            if at <= 0:
                points.add(mpf(0))
                break
            points.add(at)
            if log_f(at) < top - 75:
                break
            k *= 1.6
    mp.dps = save
    points = sorted(points)
    top = log_f(peak)
    value, error = quad(lambda s: exp(log_f(s) - top) if s > 0 else (exp(const + log_q(-sign * ncp) - top) if df == 1 else mpf(0)), points, error=True, maxdegree=9)
    assert error < value * mpf(10) ** -16, (t, df, ncp, error / value)
    return log(value) + top


dfs = [1, 2, 3, 4.5, 7, 19, 100, 1234, 100000, 1000000]
ncps = [0, 0.3, 2, -2, 6, -8, 37, 60, -200, 1000, -1000]
rows = []
for i, df in enumerate(dfs):
    for j, ncp in enumerate(ncps):
        spread = (1 + ncp * ncp / (2 * df)) ** 0.5
        ks = [-30, -12, -4, -1, 0.5, 3, 9, 25]
        for k in [ks[(i + j) % 8], ks[(i + 3 * j + 3) % 8]]:
            t = float("%.4g" % (ncp + k * spread))
            if t == 0:
                continue
            try:
                cdf, sf = tail(t, df, ncp, False), tail(t, df, ncp, True)
            except AssertionError as failed:  # a point the reference itself does not settle is no reference
                print('left out', failed, file=sys.stderr)
                continue
            total = exp(cdf) + exp(sf)
            assert abs(total - 1) < mpf(10) ** -16, (t, df, ncp, total)
            rows.append({"t": t, "df": df, "ncp": ncp, "log_cdf": float(cdf), "log_sf": float(sf),
                         "cdf": mp.nstr(exp(cdf), 20), "sf": mp.nstr(exp(sf), 20)})
            print(len(rows), t, df, ncp, mp.nstr(exp(cdf), 8), mp.nstr(exp(sf), 8), file=sys.stderr)
with open("noncentral_t.json", "w") as out:
    out.write('{"source": "mpmath %s, 50-digit quadrature", "values": [\n' % __import__("mpmath").__version__)
    out.write(",\n".join(json.dumps(row) for row in rows))
    out.write("\n]}\n")
