"""Writes the lookup tables that config.ocio reads: make_luts.py FOLDER.

Each table is sampled from a formula that stands here, so that the tables need not be kept under version control. The
Filmic formulas describe the published film emulation of the same name (T. Sobotka, "Filmic Blender", 2017): a base 2
logarithm over 25 stops, a path to white for bright saturated colours, and contrast curves over the 16.5 stops from 10
below to 6.5 above middle grey. Their coefficients are fitted to measured pictures of that emulation, to 2e-5.
"""

import math
import sys
from pathlib import Path

MIDDLE_GREY = 0.18
STOPS_BELOW, STOPS_ABOVE = 10.0, 6.5  # what Filmic shows, around middle grey
LATITUDE = 25.0  # stops that its logarithm covers, from STOPS_BELOW on
PIVOT = STOPS_BELOW / (STOPS_BELOW + STOPS_ABOVE)  # where the logarithm has middle grey

# Contrast curves: display value over the logarithm as two Chebyshev series, one below and one above PIVOT.
CONTRAST = {
    "very_high_contrast": (
        (0.12365, 0.206556, 0.120245, 0.046978, 0.009204, -0.002279, -0.002792, -0.001193, -0.000216, 7.4e-05, 7.3e-05, 3.1e-05),
        (0.843907, 0.232736, -0.09619, 0.01972, 0.001729, -0.002623, 0.000792, -2.6e-05, -7e-05, 2.8e-05, -4e-06, -2e-06)),
    "high_contrast": (
        (0.135982, 0.217822, 0.112308, 0.035625, 0.003703, -0.00287, -0.001871, -0.000515, 0.0, 6.8e-05, 3.2e-05, 7e-06),
        (0.833001, 0.240986, -0.08654, 0.010658, 0.00346, -0.001866, 0.000261, 7.5e-05, -4.3e-05, 6e-06, 2e-06, -1e-06)),
    "medium_high_contrast": (
        (0.146922, 0.226196, 0.103738, 0.026766, 0.000604, -0.002694, -0.001188, -0.000197, 5.1e-05, 4.2e-05, 1.2e-05, 1e-06),
        (0.820733, 0.246184, -0.074136, 0.004764, 0.003507, -0.001139, 3.4e-05, 6.7e-05, -1.8e-05, -1e-06, 1e-06)),
    "medium_contrast": (
        (0.159778, 0.233761, 0.091916, 0.018309, -0.001014, -0.001948, -0.000595, -4.5e-05, 3.8e-05, 1.5e-05, 3e-06, -1e-06),
        (0.80972, 0.25105, -0.062732, -0.000694, 0.003204, -0.000501, -8.3e-05, 4e-05, -2e-06, -2e-06)),
    "medium_low_contrast": (
        (0.17054, 0.238876, 0.081472, 0.012581, -0.001616, -0.001386, -0.000303, 0.0, 2.5e-05, 5e-06, 1e-06, -1e-06),
        (0.797686, 0.253315, -0.049885, -0.00327, 0.002373, -0.000155, -8e-05, 1.6e-05, 1e-06, -1e-06)),
    "low_contrast": (
        (0.182918, 0.242879, 0.068686, 0.007958, -0.001375, -0.000781, -0.000126, 1e-06, 1.1e-05, -1e-06, 1e-06, -1e-06),
        (0.785991, 0.255521, -0.037316, -0.005698, 0.001457, 9.5e-05, -5.2e-05, 0.0, 2e-06)),
    "very_low_contrast": (
        (0.194921, 0.244967, 0.055903, 0.005442, -0.000656, -0.00036, -5.5e-05, -9e-06, 6e-06, -3e-06, 2e-06, -1e-06),
        (0.774714, 0.257511, -0.025008, -0.007782, 0.000367, 0.000207, -3e-06, -5e-06)),
}

# False colours: sRGB display values at stops from middle grey, blended linearly in between. Below the first the picture
# is black, above the last white.
FALSE_COLORS = (
    (-10.0, (0.25, 0.00, 0.35)),  # purple: almost clipped
    (-7.0, (0.00, 0.10, 0.80)),  # blue
    (-4.0, (0.00, 0.65, 0.80)),  # cyan
    (-2.0, (0.00, 0.55, 0.20)),  # green
    (-0.5, (0.46, 0.46, 0.46)),  # grey: about middle grey
    (0.5, (0.54, 0.54, 0.54)),
    (2.0, (0.45, 0.80, 0.10)),  # green
    (4.0, (0.95, 0.90, 0.00)),  # yellow
    (5.5, (0.90, 0.10, 0.00)),  # red
    (6.5, (0.90, 0.10, 0.00)),
)


def chebyshev(coefficients, u):
    """The sum of c_k T_k(u), by Clenshaw's recurrence."""
    b1 = b2 = 0.0
    for c in reversed(coefficients[1:]):
        b1, b2 = 2.0 * u * b1 - b2 + c, b1
    return u * b1 - b2 + coefficients[0]


def contrast(curve, x):
    """Display value in [0, 1] of a contrast curve at x in [0, 1], the logarithm over the 16.5 shown stops."""
    low, high = curve
    value = chebyshev(low, 2.0 * x / PIVOT - 1.0) if x <= PIVOT else chebyshev(high, 2.0 * (x - PIVOT) / (1.0 - PIVOT) - 1.0)
    return min(1.0, max(0.0, value))


def linear(x):
    """Scene-linear value of a logarithm over the whole latitude."""
    return MIDDLE_GREY * 2.0 ** (LATITUDE * x - STOPS_BELOW)


def toward_white(peak):
    """How far a pixel whose largest channel is `peak` goes toward grey of that value: from 6 stops over middle grey on."""
    start, end = MIDDLE_GREY * 2.0 ** 6.0, linear(1.0)
    return max(0.0, (peak - start) / (end - start)) ** 1.1


def path_to_white(size=65):
    """The 3D table of Filmic's logarithm, red fastest."""
    nodes = [i / (size - 1) for i in range(size)]
    linears = [linear(x) for x in nodes]
    shares = [toward_white(v) for v in linears]
    # The emulation's table holds the linear black in place of its logarithm.
    floor = linear(0.0)
    rows = []
    for b in range(size):
        for g in range(size):
            for r in range(size):
                peak = max(r, g, b)
                share = shares[peak]
                out = []
                for c in (r, g, b):
                    x = nodes[c]
                    if share > 0.0 and c != peak:
                        x = (math.log2((linears[c] + share * (linears[peak] - linears[c])) / MIDDLE_GREY) + STOPS_BELOW) / LATITUDE
                    out.append(max(floor, x))
                rows.append(out)
    return rows


def false_color(x):
    """Display colour for x in [0, 1], the logarithm over the 16.5 shown stops; black and white at the very ends."""
    stop = (STOPS_BELOW + STOPS_ABOVE) * x - STOPS_BELOW
    if x <= 0.0:
        return (0.0, 0.0, 0.0)
    if x >= 1.0:
        return (1.0, 1.0, 1.0)
    for (at, color), (following, next_color) in zip(FALSE_COLORS, FALSE_COLORS[1:]):
        if stop <= following:
            t = (stop - at) / (following - at)
            return tuple(a + (b - a) * t for a, b in zip(color, next_color))
    return FALSE_COLORS[-1][1]


def agx_sigmoid(x):
    """AgX's contrast: a curve through middle grey with slope 2.4 and rational ends of power 1.5.

    T. Sobotka, "AgX", 2022; the sigmoid is T_s(x) = s (x - p) / (1 + |s (x - p) / y|^n)^(1/n) on each side of the pivot,
    with the scale y such that it ends exactly at 0 and 1.
    """
    pivot_x, pivot_y, slope, power = PIVOT, 0.5, 2.4, 1.5

    def scale(room_x, room_y):
        return ((slope * room_x) ** -power * ((slope * room_x / room_y) ** power - 1.0)) ** (-1.0 / power)

    y = scale(pivot_x, pivot_y) if x < pivot_x else scale(1.0 - pivot_x, 1.0 - pivot_y)
    run = abs(slope * (x - pivot_x))
    value = run / (1.0 + (run / y) ** power) ** (1.0 / power)
    return min(1.0, max(0.0, pivot_y + math.copysign(value, x - pivot_x)))


def number(value):
    return f"{value:.6f}".rstrip("0").rstrip(".")


def write_curve(path, values):
    """A 1D table over [0, 1] (Sony Pictures Imageworks .spi1d); `values` holds floats or triples."""
    components = len(values[0]) if isinstance(values[0], tuple) else 1
    lines = ["Version 1", "From 0.0 1.0", f"Length {len(values)}", f"Components {components}", "{"]
    lines += [" ".join(number(c) for c in (v if components > 1 else (v,))) for v in values]
    path.write_text("\n".join(lines) + "\n}\n")


def write_cube(path, rows, size):
    """A 3D table over [0, 1] (Sony Pictures Imageworks .spi3d, which OpenColorIO reads fastest), red fastest in `rows`."""
    lines = ["SPILUT 1.0", "3 3", f"{size} {size} {size}"]
    for i, (r, g, b) in enumerate(rows):
        lines.append(f"{i % size} {i // size % size} {i // size // size} {number(r)} {number(g)} {number(b)}")
    path.write_text("\n".join(lines) + "\n")


def main(folder):
    """Writes all tables into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    length = 4096
    axis = [i / (length - 1) for i in range(length)]
    for name, curve in CONTRAST.items():
        write_curve(folder / f"filmic_{name}.spi1d", [contrast(curve, x) for x in axis])
    write_curve(folder / "false_color.spi1d", [false_color(x) for x in axis])
    write_curve(folder / "agx_contrast.spi1d", [agx_sigmoid(x) for x in axis])
    write_cube(folder / "filmic_path_to_white.spi3d", path_to_white(65), 65)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
