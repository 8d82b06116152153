"""Writes reference.json: what SciPy, statsmodels and published examples say of paired proportions.

Run it with SciPy 1.17 and statsmodels 0.15:  python test/statistics/writeReference.py
Then format it:  npx prettier --write test/statistics/reference.json
"""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

pairs = []
for images, first, second in [(48, 26, 4), (1000, 97, 120), (2000, 130, 131), (3925, 400, 300),
                              (50000, 5100, 4900), (100, 0, 0), (100, 12, 0), (20, 1, 2), (10000, 3, 40)]:
    both = images - first - second
    exact = mcnemar([[both, first], [second, 0]], exact=True).pvalue
    assert first + second == 0 or abs(exact - stats.binomtest(first, first + second).pvalue) < 1e-12
    pairs.append(dict(images=images, onlyFirstRight=first, onlySecondRight=second, pValue=float(exact)))

seeds = []
for first, second in [([30.1, 29.4, 31.0], [31.9, 30.2, 31.4]), ([20.0, 22.0], [21.0, 22.5]),
                      ([10.2, 9.8, 10.5, 10.0], [9.1, 9.9, 9.0, 9.4])]:
    test = stats.ttest_rel(first, second)
    interval = test.confidence_interval(0.95)
    lower = [float(stats.ttest_rel(first, np.array(second) + margin, alternative="less").pvalue) for margin in (1.0, 1.5)]
    seeds.append(dict(first=first, second=second, effect=float(np.mean(np.subtract(first, second))),
                      low=float(interval.low), high=float(interval.high), pValue=float(test.pvalue), below=lower))

families = []
for family in [[0.01, 0.04, 0.03, 0.005], [0.5], [0.001, 0.001, 0.9, 0.04, 0.02], [0.2, 0.2, 0.2], []]:
    adjusted = [] if not family else [float(p) for p in multipletests(family, method="holm")[1]]
    families.append(dict(pValues=family, adjusted=adjusted))

distributions = dict(
    student=[[t, df, float(stats.t.cdf(t, df))] for t in (-12.7, -2.1, 0.3, 4.0) for df in (1, 2, 9, 99)],
    studentQuantile=[[p, df, float(stats.t.ppf(p, df))] for p in (0.95, 0.975, 0.999) for df in (1, 2, 3, 49)],
    normalQuantile=[[p, float(stats.norm.ppf(p))] for p in (0.95, 0.975, 0.99, 0.9999)],
    normal=[[x, float(stats.norm.cdf(x))] for x in (-5.0, -1.3, 0.0, 2.2)],
    fairCoin=[[k, n, float(stats.binom.cdf(k, n, 0.5))] for k, n in ((0, 5), (40, 100), (4900, 10000), (10, 100))],
)

wilson = []
for wrong, images in [(395, 2000), (0, 100), (100, 100), (12500, 50000), (3, 20)]:
    interval = stats.binomtest(wrong, images).proportion_ci(0.95, method="wilson")
    wilson.append(dict(wrong=wrong, images=images, low=100 * float(interval.low), high=100 * float(interval.high)))

target = Path(__file__).with_name("reference.json")
target.write_text(json.dumps(dict(
    made_by=f"writeReference.py, SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}",
    pairs=pairs, seeds=seeds, families=families, distributions=distributions, wilson=wilson), indent=1) + "\n")
