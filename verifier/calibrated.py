"""How often verdicts of each kind were right; made by `tests/benchmarks/fit_confidence.py`.

Measured on 14,935 verdicts on labelled claims of these sets:
drafts, counterfact, factbench, factkg, pararel, relations, seed.
The program was developed with most of these, so on claims of other kinds a figure may promise
too much. Ways that one set alone has (tied, nearest, existence: factkg) are as sure as that set is.
"""

from __future__ import annotations

__all__ = ["RIGHT"]

# cell                        verdicts  right  figure
# given/named/stated              1808  1.000  0.995
# given/named/absent              1001  1.000  0.995
# given/near/stated                536  1.000  0.995
# given/near/absent                288  1.000  0.995
# given/far/stated                 128  1.000  0.995
# given/far/absent                  71  1.000  0.995
# phrasing/named/stated           4520  0.999  0.994
# phrasing/named/absent           2051  0.993  0.993
# phrasing/near/stated               1  1.000  0.992
# phrasing/far/stated                2  0.000  0.737
# phrasing/far/absent                1  1.000  0.870
# words/named/stated               593  0.998  0.995
# words/named/absent               303  1.000  0.995
# kinds/named/stated               171  0.994  0.994
# kinds/named/absent               154  1.000  0.995
# tied/named/stated               1417  0.946  0.946
# tied/near/stated                   1  1.000  0.946
# tied/far/stated                    3  0.667  0.846
# nearest/named/stated             150  0.907  0.907
# nearest/named/absent            1426  0.917  0.917
# nearest/near/absent               10  0.900  0.906
# nearest/far/absent                11  1.000  0.906
# existence/named/stated           140  0.814  0.807
# existence/named/absent           145  0.641  0.648
# existence/near/stated              2  0.500  0.672
# existence/far/absent               2  0.000  0.540
#
# set left out  verdicts  right  promised  calibration error  Brier score
# drafts             107  1.000     0.993              0.007        0.000
# counterfact       3759  0.996     0.993              0.007        0.004
# factbench         3832  1.000     0.979              0.021        0.000
# factkg            3420  0.912     0.995              0.083        0.087
# pararel           3210  1.000     0.992              0.008        0.000
# relations          574  0.997     0.993              0.004        0.003
# seed                33  1.000     0.994              0.006        0.000
#
# a fifth left out: calibration error 0.008, Brier score 0.019
# fitted on all: calibration error 0.004, Brier score 0.018

RIGHT: dict[str, float] = {
    "given/named/stated": 0.995,
    "given/named/absent": 0.995,
    "given/near/stated": 0.995,
    "given/near/absent": 0.995,
    "given/far/stated": 0.995,
    "given/far/absent": 0.995,
    "phrasing/named/stated": 0.994,
    "phrasing/named/absent": 0.993,
    "phrasing/near/stated": 0.992,
    "phrasing/near/absent": 0.992,
    "phrasing/far/stated": 0.737,
    "phrasing/far/absent": 0.87,
    "words/named/stated": 0.995,
    "words/named/absent": 0.995,
    "words/near/stated": 0.995,
    "words/near/absent": 0.995,
    "words/far/stated": 0.995,
    "words/far/absent": 0.995,
    "kinds/named/stated": 0.994,
    "kinds/named/absent": 0.995,
    "kinds/near/stated": 0.994,
    "kinds/near/absent": 0.995,
    "kinds/far/stated": 0.994,
    "kinds/far/absent": 0.995,
    "tied/named/stated": 0.946,
    "tied/named/absent": 0.946,
    "tied/near/stated": 0.946,
    "tied/near/absent": 0.946,
    "tied/far/stated": 0.846,
    "tied/far/absent": 0.891,
    "nearest/named/stated": 0.907,
    "nearest/named/absent": 0.917,
    "nearest/near/stated": 0.907,
    "nearest/near/absent": 0.906,
    "nearest/far/stated": 0.907,
    "nearest/far/absent": 0.906,
    "existence/named/stated": 0.807,
    "existence/named/absent": 0.648,
    "existence/near/stated": 0.672,
    "existence/near/absent": 0.648,
    "existence/far/stated": 0.63,
    "existence/far/absent": 0.54,
}
"""Way, link and ground of a verdict -> the probability that it is right."""
