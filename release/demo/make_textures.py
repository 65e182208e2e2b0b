"""Makes the pictures that the demo scenes use: make_textures.py FOLDER [SIZE].

Everything is computed here: tileable surfaces as PNG (color, roughness, normal) and two environments as Radiance HDR.
The same pictures come out on every run. SIZE is the edge of a surface in pixels, 1024 unless told; environments are
as wide and half as high.
"""

import struct
import sys
import zlib
from pathlib import Path

import numpy as np


# --- pictures as files --------------------------------------------------------------------------------------------------

def write_png(path, values):
    """Writes values in [0, 1], shape (rows, columns) or (rows, columns, 3), rows from the top, 8 bits."""
    data = (np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    if data.ndim == 2:
        data = data[:, :, None]
    height, width, channels = data.shape
    # Each row holds differences to the row above (filter 2), which suits smooth pictures.
    rows = data.reshape(height, width * channels)
    filtered = np.empty((height, width * channels + 1), np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2}[channels], 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(filtered.tobytes(), 6))
                     + chunk(b"IEND", b""))


def write_hdr(path, light):
    """Writes scene-linear light, shape (rows, columns, 3), rows from the top, as Radiance RGBE with run lengths."""
    light = np.maximum(light, 0.0)
    height, width, _ = light.shape
    mantissa, exponent = np.frexp(light.max(axis=2))
    scale = np.where(light.max(axis=2) > 1e-32, mantissa * 256.0 / np.maximum(light.max(axis=2), 1e-32), 0.0)
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, :, :3] = (light * scale[:, :, None]).astype(np.uint8)
    pixels[:, :, 3] = np.where(scale > 0.0, exponent + 128, 0)
    out = bytearray(f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {height} +X {width}\n".encode())
    for row in pixels:
        out += struct.pack(">BBH", 2, 2, width)
        for channel in range(4):
            out += run_lengths(row[:, channel])
    path.write_bytes(bytes(out))


def run_lengths(values):
    """The run-length code of one channel of a row."""
    out = bytearray()
    edges = np.flatnonzero(np.diff(values)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(values)]))
    literal = bytearray()

    def flush():
        for at in range(0, len(literal), 128):
            part = literal[at:at + 128]
            out.append(len(part))
            out.extend(part)
        literal.clear()

    for start, end in zip(starts, ends):
        if end - start < 4:
            literal.extend(values[start:end].tobytes())
            continue
        flush()
        value = int(values[start])
        left = int(end - start)
        while left > 0:
            count = min(left, 127)
            out.extend((128 + count, value))
            left -= count
    flush()
    return out


# --- patterns ---------------------------------------------------------------------------------------------------------

def grid(size):
    """Coordinates u (to the right) and v (down) of pixel centres, 0 to 1."""
    axis = (np.arange(size) + 0.5) / size
    return np.meshgrid(axis, axis)


def smooth(t):
    """The quintic blend of K. Perlin, "Improving noise", SIGGRAPH 2002."""
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0)


def noise(u, v, cells, seed):
    """Gradient noise that repeats at 1, about -1 to 1; `cells` are lattice cells along u and v."""
    columns, rows = cells
    angles = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, (rows, columns))
    x, y = u * columns, v * rows
    ix, iy = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = x - ix, y - iy

    def corner(dx, dy):
        angle = angles[(iy + dy) % rows, (ix + dx) % columns]
        return np.cos(angle) * (fx - dx) + np.sin(angle) * (fy - dy)

    sx, sy = smooth(fx), smooth(fy)
    top = corner(0, 0) + sx * (corner(1, 0) - corner(0, 0))
    bottom = corner(0, 1) + sx * (corner(1, 1) - corner(0, 1))
    return 1.5 * (top + sy * (bottom - top))


def fractal(u, v, cells, octaves, seed, gain=0.5):
    """Octaves of noise, each twice as fine and `gain` times as strong."""
    total = np.zeros_like(u)
    strength, sum_of_strengths = 1.0, 0.0
    for octave in range(octaves):
        total += strength * noise(u, v, (cells[0] << octave, cells[1] << octave), seed + octave)
        sum_of_strengths += strength
        strength *= gain
    return total / sum_of_strengths


def cells_of(u, v, count, seed):
    """Distances to the nearest and second nearest of `count` x `count` scattered points, repeating, and a random number
    for the nearest (S. Worley, "A cellular texture basis function", SIGGRAPH 1996)."""
    random = np.random.default_rng(seed)
    offsets, numbers = random.uniform(0.15, 0.85, (count, count, 2)), random.uniform(0.0, 1.0, (count, count))
    x, y = u * count, v * count
    ix, iy = np.floor(x).astype(int), np.floor(y).astype(int)
    nearest, second = np.full_like(u, 9.0), np.full_like(u, 9.0)
    number = np.zeros_like(u)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            column, row = (ix + dx) % count, (iy + dy) % count
            point = offsets[row, column]
            distance = np.hypot(ix + dx + point[..., 0] - x, iy + dy + point[..., 1] - y)
            is_nearest = distance < nearest
            second = np.where(is_nearest, nearest, np.minimum(second, distance))
            number = np.where(is_nearest, numbers[row, column], number)
            nearest = np.where(is_nearest, distance, nearest)
    return nearest, second, number


def blend(t, *colors):
    """Blends display colors that are equally spaced over [0, 1]."""
    t = np.clip(t, 0.0, 1.0)[..., None] * (len(colors) - 1)
    result = np.zeros(t.shape[:-1] + (3,))
    for i, color in enumerate(colors):
        result += np.clip(1.0 - np.abs(t - i), 0.0, 1.0) * np.asarray(color)
    return result


def step(low, high, x):
    """0 below `low`, 1 above `high`, smooth in between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def normal_map(height, strength):
    """Tangent-space normals of a repeating height field in [0, 1]; `strength` is the height over the edge length."""
    size = height.shape[0]
    dx = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * 0.5 * size * strength
    # Rows run down, the second axis of tangent space up.
    dy = -(np.roll(height, -1, 0) - np.roll(height, 1, 0)) * 0.5 * size * strength
    normal = np.stack((-dx, -dy, np.ones_like(dx)), axis=-1)
    return normal / np.linalg.norm(normal, axis=-1, keepdims=True) * 0.5 + 0.5


# --- surfaces: each gives color, roughness and height -------------------------------------------------------------------

def wood(u, v):
    """Planks of oiled oak, grain along v."""
    planks = 4
    number = np.floor(u * planks).astype(int) % planks
    across = u * planks - np.floor(u * planks)
    random = np.random.default_rng(11)
    shift, tone = random.uniform(0.0, 1.0, planks)[number], random.uniform(-1.0, 1.0, planks)[number]
    bend = fractal((u + shift) % 1.0, (v + shift) % 1.0, (4, 2), 3, 21)
    rings = np.abs(np.sin((across * 3.0 + shift * 7.0 + bend * 1.4) * np.pi * 2.0))
    fibre = fractal(u, (v + shift) % 1.0, (128, 4), 3, 31)
    grain = 0.55 * rings ** 1.5 + 0.25 * (fibre + 1.0) * 0.5
    color = blend(grain + 0.12 * tone + 0.1, (0.36, 0.22, 0.12), (0.56, 0.36, 0.20), (0.72, 0.51, 0.31), (0.80, 0.62, 0.42))
    gap = 1.0 - step(0.0, 0.02, np.minimum(across, 1.0 - across))
    color *= (1.0 - 0.75 * gap)[..., None]
    height = 0.8 + 0.08 * fibre - 0.06 * rings - 0.8 * gap
    return color, 0.38 + 0.18 * rings + 0.3 * gap, height


def marble(u, v):
    """White marble with grey veins, polished."""
    warp = fractal(u, v, (3, 3), 5, 41)
    warped_u, warped_v = (u + 0.12 * warp) % 1.0, (v + 0.12 * fractal(u, v, (3, 3), 5, 42)) % 1.0
    veins = 1.0 - np.abs(fractal(warped_u, warped_v, (4, 4), 6, 43)) * 2.2
    fine = 1.0 - np.abs(fractal(warped_u, warped_v, (9, 9), 4, 44)) * 2.6
    dark = np.clip(np.clip(veins, 0.0, 1.0) ** 6 + 0.35 * np.clip(fine, 0.0, 1.0) ** 8, 0.0, 1.0)
    clouds = fractal(u, v, (2, 2), 4, 45)
    color = blend(1.0 - dark, (0.34, 0.33, 0.35), (0.72, 0.71, 0.71), (0.93, 0.92, 0.90)) + 0.025 * clouds[..., None]
    return color, 0.12 + 0.1 * dark, 0.5 - 0.1 * dark


def bricks(u, v):
    """A wall of fired bricks with rough mortar; 4 x 8 bricks, every second row shifted by half."""
    columns, rows = 4, 8
    row = np.floor(v * rows).astype(int) % rows
    x = u * columns + 0.5 * (row % 2)
    column = np.floor(x).astype(int) % columns
    fx, fy = x - np.floor(x), v * rows - np.floor(v * rows)
    wobble = 0.02 * fractal(u, v, (16, 16), 3, 51)
    edge = np.minimum(np.minimum(fx, 1.0 - fx) * 2.0, np.minimum(fy, 1.0 - fy)) + wobble
    brick = step(0.05, 0.11, edge)
    random = np.random.default_rng(52)
    tone = random.uniform(0.0, 1.0, (rows, columns))[row, column]
    grain = fractal(u, v, (32, 32), 4, 53)
    pits = step(0.25, 0.5, fractal(u, v, (48, 48), 2, 54))
    face = blend(0.5 * tone + 0.25 + 0.35 * grain, (0.30, 0.12, 0.09), (0.52, 0.22, 0.15), (0.66, 0.34, 0.24), (0.74, 0.47, 0.36))
    face *= (1.0 - 0.25 * pits)[..., None]
    mortar = blend(0.5 + 0.5 * grain, (0.45, 0.43, 0.40), (0.66, 0.64, 0.60))
    color = mortar + brick[..., None] * (face - mortar)
    height = 0.15 + 0.08 * grain + brick * (0.6 + 0.1 * (tone - 0.5) + 0.08 * grain - 0.12 * pits)
    return color, 0.92 - 0.12 * brick + 0.05 * grain, height


def rusty_metal(u, v):
    """Brushed steel that rusts from scratches on."""
    scratches = fractal(u, v, (4, 256), 2, 61)
    patches = fractal(u, v, (4, 4), 6, 62, gain=0.6)
    rust = step(0.02, 0.28, patches + 0.08 * scratches)
    flakes = fractal(u, v, (32, 32), 4, 63)
    steel = blend(0.5 + 0.25 * scratches, (0.42, 0.43, 0.45), (0.66, 0.67, 0.68))
    oxide = blend(0.5 + 0.6 * flakes, (0.17, 0.07, 0.04), (0.42, 0.18, 0.08), (0.62, 0.31, 0.13))
    color = steel + rust[..., None] * (oxide - steel)
    return color, 0.25 + 0.05 * scratches + rust * (0.6 + 0.1 * flakes), 0.5 + 0.02 * scratches + rust * (0.2 + 0.25 * flakes)


def fabric(u, v):
    """A plain weave of wool in two tones."""
    threads = 64
    x, y = u * threads, v * threads
    over = (np.floor(x).astype(int) + np.floor(y).astype(int)) % 2 == 0
    fx, fy = x - np.floor(x) - 0.5, y - np.floor(y) - 0.5
    warp, weft = np.cos(fx * np.pi) * (0.6 + 0.4 * np.cos(fy * np.pi)), np.cos(fy * np.pi) * (0.6 + 0.4 * np.cos(fx * np.pi))
    height = np.where(over, warp, weft)
    fuzz = fractal(u, v, (64, 64), 4, 71)
    tone = np.where(over, 0.55, 0.35) + 0.25 * (height - 0.5) + 0.18 * fuzz
    return blend(tone, (0.05, 0.09, 0.17), (0.15, 0.27, 0.42), (0.40, 0.55, 0.68)), 0.85 + 0.1 * fuzz, 0.5 * height + 0.1 * fuzz


def pebbles(u, v):
    """Rounded stones of a river bed."""
    warp = 0.02 * fractal(u, v, (8, 8), 3, 81)
    nearest, second, number = cells_of((u + warp) % 1.0, (v + warp) % 1.0, 12, 82)
    gap = second - nearest
    stone = step(0.02, 0.22, gap)
    grain = fractal(u, v, (24, 24), 5, 83)
    color = blend(number + 0.25 * grain, (0.24, 0.23, 0.22), (0.48, 0.44, 0.39), (0.62, 0.58, 0.52), (0.72, 0.66, 0.58))
    ground = np.array((0.13, 0.11, 0.09))
    color = ground + stone[..., None] * (color - ground)
    return color, 0.9 - 0.35 * stone + 0.08 * grain, stone ** 0.5 * (0.7 + 0.2 * number) + 0.04 * grain


SURFACES = {"wood": (wood, 0.010), "marble": (marble, 0.002), "bricks": (bricks, 0.012), "rusty_metal": (rusty_metal, 0.004),
            "fabric": (fabric, 0.006), "pebbles": (pebbles, 0.018)}


# --- environments -------------------------------------------------------------------------------------------------------

def directions(width):
    """Unit vectors of an equirectangular picture, Z up: +X in its centre, +Y a quarter to the left of it; shape
    (width / 2, width, 3)."""
    height = width // 2
    longitude = np.pi - (np.arange(width) + 0.5) / width * 2.0 * np.pi
    latitude = np.pi / 2.0 - (np.arange(height) + 0.5) / height * np.pi
    longitude, latitude = np.meshgrid(longitude, latitude)
    return np.stack((np.cos(longitude) * np.cos(latitude), np.sin(longitude) * np.cos(latitude), np.sin(latitude)), axis=-1)


def unit(*vector):
    return np.asarray(vector) / np.linalg.norm(vector)


def softbox(d, center, wide, tall, light, feather=0.02):
    """Light of a rectangular lamp at unit distance around `center`, `wide` and `tall` there, with soft edges."""
    center = unit(*center)
    right = unit(*np.cross(center, (0.0, 0.0, 1.0) if abs(center[2]) < 0.99 else (0.0, 1.0, 0.0)))
    up = np.cross(right, center)
    depth = d @ center
    safe = np.where(depth > 1e-3, depth, 1.0)
    x, y = np.abs(d @ right / safe), np.abs(d @ up / safe)
    inside = (1.0 - step(wide / 2 - feather, wide / 2 + feather, x)) * (1.0 - step(tall / 2 - feather, tall / 2 + feather, y))
    return np.where(depth > 1e-3, inside, 0.0)[..., None] * np.asarray(light)


def studio(width):
    """A grey studio with a large key light, a cool fill, a warm rim and a strip overhead."""
    d = directions(width)
    height = d[..., 2]
    light = blend(0.5 + 0.5 * height, (0.025, 0.024, 0.023), (0.05, 0.05, 0.052), (0.09, 0.09, 0.095))
    light += softbox(d, (-1.0, -1.0, 0.9), 1.0, 1.3, (16.0, 15.2, 14.0))
    light += softbox(d, (1.4, -0.6, 0.4), 1.2, 1.6, (2.6, 3.0, 3.6), feather=0.15)
    light += softbox(d, (0.5, 1.3, 0.7), 0.35, 1.6, (14.0, 10.5, 7.0))
    light += softbox(d, (0.0, -0.1, 1.0), 2.2, 0.35, (6.0, 6.0, 6.2))
    return light


def sky(width):
    """A clear afternoon with thin clouds over fields, the sun behind on the left of a camera that looks along +Y. Not physical, but plausible:
    the sky brightens toward the horizon and the sun."""
    d = directions(width)
    height = d[..., 2]
    sun = unit(-0.45, -0.6, 0.55)
    toward_sun = np.clip(d @ sun, 0.0, 1.0)
    horizon = np.exp(-np.clip(height, 0.0, 1.0) * 4.5)
    light = np.array((0.16, 0.36, 0.86)) + horizon[..., None] * np.array((0.95, 0.98, 0.80))
    light = light * (0.75 + 0.5 * toward_sun[..., None] ** 3)
    light += (toward_sun[..., None] ** 64) * np.array((3.2, 2.6, 1.8))

    # Clouds lie on a plane far above.
    safe = np.maximum(height, 0.02)
    u, v = (d[..., 0] / safe * 0.12) % 1.0, (d[..., 1] / safe * 0.12) % 1.0
    cover = step(0.0, 0.5, fractal(u, v, (3, 3), 6, 91, gain=0.55)) * step(0.03, 0.25, height) * 0.75
    cloud = np.array((1.35, 1.35, 1.38)) * (0.8 + 0.9 * toward_sun[..., None] ** 4)
    light += cover[..., None] * (cloud - light)
    # The sun's disk is 2 degrees wide, four times the real one, to be found by few pixels; its light is right for noon.
    disk = step(np.cos(np.radians(1.1)), np.cos(np.radians(0.9)), d @ sun)
    light += disk[..., None] * np.array((2600.0, 2300.0, 1800.0)) * (1.0 - 0.8 * cover[..., None])

    # Fields below the horizon.
    depth = np.maximum(-height, 0.02)
    u, v = (d[..., 0] / depth * 0.05) % 1.0, (d[..., 1] / depth * 0.05) % 1.0
    _, _, field = cells_of(u, v, 16, 92)
    ground = blend(field, (0.06, 0.09, 0.025), (0.13, 0.14, 0.04), (0.20, 0.17, 0.08)) * 1.6
    haze = np.exp(-np.clip(-height, 0.0, 1.0) * 9.0)[..., None]
    ground = ground + haze * (np.array((0.75, 0.85, 0.95)) - ground)
    is_ground = step(-0.004, 0.004, -height)[..., None]
    return light + is_ground * (ground - light)


def main(folder, size):
    """Writes all pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    u, v = grid(size)
    for name, (surface, depth) in SURFACES.items():
        color, roughness, height = surface(u, v)
        write_png(folder / f"{name}_color.png", color)
        write_png(folder / f"{name}_roughness.png", roughness)
        write_png(folder / f"{name}_normal.png", normal_map(height, depth))
    write_hdr(folder / "studio.hdr", studio(size))
    write_hdr(folder / "sky.hdr", sky(size))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1024)
