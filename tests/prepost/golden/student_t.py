"""Student t tails and quantiles and the regularised beta with 50 digits (mpmath), written to student_t.json.

Run: python3 student_t.py
"""
import json
from mpmath import mp, mpf, betainc, log, quad, exp, loggamma, pi, sqrt, inf, findroot
import mpmath

mp.dps = 50


def log_sf(t, df):
    """By quadrature of the density from t on."""
    t, df = mpf(t), mpf(df)
    const = loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2
    f = lambda u: const - (df + 1) / 2 * log(1 + u * u / df)
    top = f(t)
    slope = max((df + 1) * t / (df + t * t), 1 / (1 + t))
    # u = t + e^v: doubly long range in one smooth variable
    centre = -log(slope)
    points = [centre + k for k in (-140, -60, -30, -15, -8, -4, -2, 0, 1, 2, 3, 4, 5, 7, 10, 15, 30, 60, 140, 300, 600)]
    value = quad(lambda v: exp(f(t + exp(v)) - top + v), points)
    return log(value) + top


def binomial_tail(a, b, x):
    """I_x(a, b) for whole a, b: P(Bin(a + b - 1, x) >= a), summed term by term."""
    n = int(a + b - 1)
    term = exp(loggamma(n + 1) - loggamma(a + 1) - loggamma(n - a + 1) + a * log(x) + (n - a) * log(1 - x))
    total = mpf(0)
    for j in range(int(a), n + 1):
        total += term
        term *= mpf(n - j) / (j + 1) * x / (1 - x)
    return total


rows = []
for df in [0.5, 1, 2, 3, 4.7, 10, 19, 99, 999, 20000, 1e6, 1e8, 1e12]:
    for t in [1e-8, 0.01, 0.5, 1, 1.96, 4, 9, 20, 35, 300, 1e5]:
        p = log_sf(t, df)
        if p < -2e7:
            continue
        rows.append({"t": t, "df": df, "log_sf": float(p), "sf": mp.nstr(exp(p), 20)})
beta = []
for a, b, x in [(0.5, 0.5, 0.3), (1, 2, 0.001), (3, 7, 0.3), (12, 19, 0.7), (200, 1, 0.97), (80, 120, 0.2), (1000, 1000, 0.47),
                (5000, 300, 0.95), (0.1, 0.2, 1e-10), (1e5, 1e5, 0.505), (2, 1e5, 1e-4), (40, 1e4, 0.002)]:
    value = binomial_tail(a, b, mpf(x)) if a == int(a) and b == int(b) else betainc(a, b, 0, mpf(x), regularized=True)
    beta.append({"a": a, "b": b, "x": x, "lower": mp.nstr(value, 20), "upper": mp.nstr(1 - value, 20)})
with open("student_t.json", "w") as out:
    out.write('{"source": "mpmath %s, 50 digits", "t": [\n' % mpmath.__version__)
    out.write(",\n".join(json.dumps(row) for row in rows))
    out.write('\n], "beta": [\n')
    out.write(",\n".join(json.dumps(row) for row in beta))
    out.write("\n]}\n")
