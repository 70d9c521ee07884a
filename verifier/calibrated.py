"""How often verdicts of each kind were right; made by `tests/benchmarks/fit_confidence.py`.

Measured on 4,973 verdicts on labelled claims of these sets:
counterfact, pararel, relations, factbench, factkg, seed, drafts.
The program was developed with most of these, so on claims of other kinds a figure may promise
too much. Ways that one set alone has (tied, nearest, existence: factkg) are as sure as it is.
"""

from __future__ import annotations

__all__ = ["RIGHT"]

# cell                        verdicts  right  figure
# given/named/stated               505  1.000  0.995
# given/named/absent               309  1.000  0.995
# given/near/stated                170  1.000  0.995
# given/near/absent                 90  1.000  0.995
# given/far/stated                  33  1.000  0.995
# given/far/absent                  20  1.000  0.995
# phrasing/named/stated           1731  0.998  0.995
# phrasing/named/absent            767  0.993  0.994
# phrasing/near/stated               1  1.000  0.890
# phrasing/far/stated                2  0.000  0.654
# phrasing/far/absent                1  1.000  0.782
# words/named/stated               190  1.000  0.995
# words/named/absent               104  0.990  0.991
# kinds/named/stated                61  1.000  0.995
# kinds/named/absent                47  1.000  0.995
# tied/named/stated                408  0.944  0.944
# tied/near/stated                   1  0.000  0.699
# tied/far/stated                    2  0.500  0.699
# nearest/named/stated              48  0.958  0.953
# nearest/named/absent             392  0.926  0.926
# nearest/near/absent                5  1.000  0.926
# nearest/far/absent                 2  1.000  0.926
# existence/named/stated            52  0.827  0.811
# existence/named/absent            32  0.594  0.634
#
# set left out  verdicts  right  promised  calibration error  Brier score
# counterfact       1059  0.994     0.994              0.002        0.006
# pararel           1145  1.000     0.993              0.007        0.000
# relations          532  0.996     0.994              0.002        0.004
# factbench         1114  1.000     0.994              0.006        0.000
# factkg             970  0.916     0.995              0.079        0.083
# seed                33  1.000     0.995              0.005        0.000
# drafts             120  1.000     0.994              0.006        0.000
#
# a fifth left out: calibration error 0.010, Brier score 0.016
# fitted on all: calibration error 0.004, Brier score 0.015

RIGHT: dict[str, float] = {
    "given/named/stated": 0.995,
    "given/named/absent": 0.995,
    "given/near/stated": 0.995,
    "given/near/absent": 0.995,
    "given/far/stated": 0.995,
    "given/far/absent": 0.995,
    "phrasing/named/stated": 0.995,
    "phrasing/named/absent": 0.994,
    "phrasing/near/stated": 0.89,
    "phrasing/near/absent": 0.881,
    "phrasing/far/stated": 0.654,
    "phrasing/far/absent": 0.782,
    "words/named/stated": 0.995,
    "words/named/absent": 0.991,
    "words/near/stated": 0.995,
    "words/near/absent": 0.991,
    "words/far/stated": 0.995,
    "words/far/absent": 0.991,
    "kinds/named/stated": 0.995,
    "kinds/named/absent": 0.995,
    "kinds/near/stated": 0.995,
    "kinds/near/absent": 0.995,
    "kinds/far/stated": 0.995,
    "kinds/far/absent": 0.995,
    "tied/named/stated": 0.944,
    "tied/named/absent": 0.944,
    "tied/near/stated": 0.699,
    "tied/near/absent": 0.757,
    "tied/far/stated": 0.699,
    "tied/far/absent": 0.757,
    "nearest/named/stated": 0.953,
    "nearest/named/absent": 0.926,
    "nearest/near/stated": 0.953,
    "nearest/near/absent": 0.926,
    "nearest/far/stated": 0.953,
    "nearest/far/absent": 0.926,
    "existence/named/stated": 0.811,
    "existence/named/absent": 0.634,
    "existence/near/stated": 0.769,
    "existence/near/absent": 0.634,
    "existence/far/stated": 0.769,
    "existence/far/absent": 0.634,
}
"""Way, link and ground of a verdict -> the probability that it is right."""
