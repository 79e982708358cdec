"""Published data sets behind the known answers, as printed in their sources."""

import numpy as np

INF = np.inf


def intervals(text: str) -> tuple[np.ndarray, np.ndarray]:
    """ "(45,Inf] (6,10]" as two arrays."""
    pairs = [pair.strip("(]").split(",") for pair in text.split()]
    return np.array([float(low) for low, _ in pairs]), np.array([float(high) for _, high in pairs])


def numbers(text: str) -> np.ndarray:
    return np.array(text.split(), float)


def censored(time: str, event: str) -> tuple[np.ndarray, np.ndarray]:
    """Times with 1 for an event and 0 for right-censored, as intervals."""
    times = numbers(time)
    return times, np.where(numbers(event) == 1, times, INF)


# Breast cosmesis, months: Finkelstein and Wolfe 1985, Biometrics 41:933.
RADIOTHERAPY = intervals(
    """
(45,Inf] (6,10] (0,7] (46,Inf] (46,Inf] (7,16] (17,Inf] (7,14] (37,44] (0,8] (4,11] (15,Inf] (11,15]
(22,Inf] (46,Inf] (46,Inf] (25,37] (46,Inf] (26,40] (46,Inf] (27,34] (36,44] (46,Inf] (36,48] (37,Inf]
(40,Inf] (17,25] (46,Inf] (11,18] (38,Inf] (5,12] (37,Inf] (0,5] (18,Inf] (24,Inf] (36,Inf] (5,11]
(19,35] (17,25] (24,Inf] (32,Inf] (33,Inf] (19,26] (37,Inf] (34,Inf] (36,Inf]
"""
)
CHEMOTHERAPY = intervals(
    """
(8,12] (0,22] (24,31] (17,27] (17,23] (24,30] (16,24] (13,Inf] (11,13] (16,20] (18,25] (17,26] (32,Inf]
(23,Inf] (44,48] (14,17] (0,5] (5,8] (12,20] (11,Inf] (33,40] (31,Inf] (13,39] (19,32] (34,Inf] (13,Inf]
(16,24] (35,Inf] (15,22] (11,17] (22,32] (10,35] (30,34] (13,Inf] (10,17] (8,21] (4,9] (11,Inf] (14,19]
(4,8] (34,Inf] (30,36] (18,24] (16,60] (35,39] (21,Inf] (11,20] (48,Inf]
"""
)

# Ball bearings, millions of revolutions: Lieblein and Zelen 1956.
BEARINGS = numbers(
    "17.88 28.92 33.00 41.52 42.12 45.60 48.48 51.84 51.96 54.12 55.56 67.80 68.64 68.64 68.88 84.12 93.12 "
    "98.64 105.12 105.84 127.92 128.04 173.40"
)

# Remission in weeks, Freireich's 6-MP trial; R package MASS, data set gehan.
MERCAPTOPURINE = censored(
    "10 7 32 23 22 6 16 34 32 25 11 20 19 6 17 35 6 13 9 6 10", "1 1 0 1 1 1 1 0 0 0 0 0 0 1 0 0 1 1 0 0 0"
)
PLACEBO = numbers("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23")

# Ovarian cancer, days; R package survival, data set ovarian.
OVARIAN = censored(
    "59 115 156 421 431 448 464 475 477 563 638 744 769 770 803 855 1040 1106 1129 1206 1227 268 329 353 365 377",
    "1 1 1 0 1 0 1 1 0 1 1 0 0 0 0 0 0 0 0 0 0 1 1 1 1 0",
)

# Grouped counts of the lifelines test suite; the second attributed there to Reliasoft.
GROUPED_A = (
    numbers(".1 30.1 60.1 90.1 120.1 150.1 180.1 210.1"),
    numbers("30 60 90 120 150 180 210 inf"),
    numbers("15 17 19 26 19 43 20 15356"),
)
GROUPED_B = (
    numbers(".1 30 60 90 120 150 180 210 240"),
    numbers("30 60 90 120 150 180 210 240 inf"),
    numbers("2 5 1 9 6 6 5 2 2645"),
)

# Masses, log-likelihood and median of the two arms, as Fay and Shaw 2010 print them; Weibull shape and scale.
COSMESIS = {
    "radiotherapy": (
        {(4, 5): 0.0463, (6, 7): 0.0334, (7, 8): 0.0887, (11, 12): 0.0708, (24, 25): 0.0926, (33, 34): 0.0818,
         (38, 40): 0.1209, (46, 48): 0.4656}, -58.06002, (38, 40), 1.121613, 57.5131),
    "with chemotherapy": (
        {(4, 5): 0.0433, (5, 8): 0.0433, (11, 12): 0.0692, (16, 17): 0.1454, (18, 19): 0.1411, (19, 20): 0.1157,
         (24, 25): 0.0999, (30, 31): 0.0709, (35, 36): 0.1608, (44, 48): 0.0552, (48, 60): 0.0552},
        -65.63696, (19, 20), 2.030238, 28.04247),
}  # fmt: skip
