"""A second opinion on shares and shift tables: statsmodels, written to binary_second.json. Run: python3 binary_second.py"""
import json
import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

text = lambda values: [repr(float(v)) for v in values]
rng = np.random.default_rng(20261124)
shares, two, tables, paired = [], [], [], []
for n in [1, 4, 17, 60, 333]:
    for x in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        ends = lambda low, high: (0.0 if x == 0 else low, 1.0 if x == n else high)
        shares.append({
            "x": x, "n": n,
            "wilson": text(ends(*proportion_confint(x, n, method="wilson"))),
            "exact": text(ends(*proportion_confint(x, n, method="beta"))),
            "jeffreys": text(ends(*proportion_confint(x, n, method="jeffreys"))),
            "p": text([stats.binomtest(x, n, p0).pvalue for p0 in (0.1, 0.5, 0.62)]),
        })
for _ in range(20):
    n1, n2 = (int(v) for v in rng.integers(2, 80, 2))
    x1, x2 = int(rng.integers(0, n1 + 1)), int(rng.integers(0, n2 + 1))
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
    two.append({"counts": [x1, n1, x2, n2], "interval": text([low, high]),
                "fisher": repr(float(stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]])[1]))})
for k in [2, 3, 4, 5, 7]:
    for _ in range(4):
        t = rng.poisson(6, (k, k)) + 1
        square = SquareTable(t, shift_zeros=False)
        s, h, b = square.symmetry(), square.homogeneity(method="stuart_maxwell"), square.homogeneity(method="bhapkar")
        tables.append({"counts": t.tolist(), "values": text([s.statistic, s.df, s.pvalue, h.statistic, h.df, h.pvalue, b.statistic, b.pvalue])})
for _ in range(20):
    a, b, c, d = (int(v) for v in rng.integers(0, 25, 4))
    if b + c == 0:
        continue
    t = [[a, b], [c, d]]
    plain, corrected, exact = mcnemar(t, exact=False, correction=False), mcnemar(t, exact=False, correction=True), mcnemar(t, exact=True)
    # statsmodels takes (|b - c| - 1)^2 even at b = c, where R and we take 0
    p = [plain.pvalue, 1.0 if b == c else corrected.pvalue, exact.pvalue]
    paired.append({"counts": [a, b, c, d], "p": text(p)})
source = f"statsmodels {statsmodels.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
json.dump({"source": source, "shares": shares, "two": two, "tables": tables, "paired": paired}, open("binary_second.json", "w"), indent=0)
