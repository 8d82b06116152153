"""Renders scenes of fashion-scenes anew, with Python's unbounded integers, and prints the SHA-256 of their pixels.

python test/reference/scenes.py TRAIN_IMAGES_IDX_GZ FIRST COUNT
It follows the description in src-main/data/scenes, not its arithmetic: no 32-bit wrapping but explicit masks.
"""

import gzip
import hashlib
import sys

M = 0xFFFFFFFF


def mixed(v):
    v &= M
    v = ((v ^ (v >> 16)) * 0x21F0AAAD) & M
    v = ((v ^ (v >> 15)) * 0x735A2D97) & M
    return v ^ (v >> 15)


class Draws:
    def __init__(self, seed):
        self.state = mixed(seed)

    def bits(self):
        self.state = (self.state + 0x9E3779B9) & M
        return mixed(self.state)

    def integer(self, least, most):
        return least + (self.bits() * (most - least + 1) >> 32)

    def colour(self):
        return [self.integer(0, 255) for _ in range(3)]

    def strong(self):
        place = self.integer(0, 1535)
        r = place % 256
        pure = [[255, r, 0], [255 - r, 255, 0], [0, 255, r], [0, 255 - r, 255], [r, 0, 255], [255, 0, 255 - r]]
        white = self.integer(0, 160)
        return [mix(c, 255, white) for c in pure[place // 256]]


def mix(a, b, share):
    return (a * (256 - share) + b * share) // 256


def clamp(v):
    return max(0, min(255, v))


def noise(seed, power):
    cell = 2**power
    corner = lambda c, r: mixed(seed ^ (r * 17 + c)) % 256

    def at(x, y):
        c, r, u, v = x // cell, y // cell, x % cell, y % cell
        upper = corner(c, r) * (cell - u) + corner(c + 1, r) * u
        lower = corner(c, r + 1) * (cell - u) + corner(c + 1, r + 1) * u
        return (upper * (cell - v) + lower * v) // (cell * cell)

    return at


def texture(d):
    kind = d.integer(0, 3)
    if kind == 0:
        across, down, period = d.integer(-8, 8), d.integer(1, 8), 8 * d.integer(6, 24)

        def stripes(x, y):
            ramp = (x * across + y * down) % period * 512 // period
            return ramp if ramp < 256 else 511 - ramp

        return stripes
    if kind == 1:
        size = d.integer(5, 24)
        shift = d.integer(0, size - 1)
        return lambda x, y: 255 if ((x + shift) // size + (y + shift) // size) % 2 else 0
    power = 5 if kind == 2 else 4
    coarse, fine = noise(d.bits(), power), noise(d.bits(), power - 1)
    return lambda x, y: (2 * coarse(x, y) + fine(x, y)) // 3


def outline(grey):
    outside, waiting = set(), [(x, y) for x in range(28) for y in range(28) if x in (0, 27) or y in (0, 27)]
    while waiting:
        x, y = waiting.pop()
        if (x, y) in outside or not (0 <= x < 28 and 0 <= y < 28) or grey[y * 28 + x] > 12:
            continue
        outside.add((x, y))
        waiting += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return [0 if (i % 28, i // 28) in outside else 255 for i in range(784)]


def enlarge(values, side):
    places = []
    for to in range(side):
        place = min(max((2 * to + 1) * 28 * 256 // (2 * side) - 128, 0), 27 * 256)
        places.append((place // 256, min(place // 256 + 1, 27), place % 256))
    rows = []
    for up, low, down in places:
        for left, right, part in places:
            above = values[up * 28 + left] * (256 - part) + values[up * 28 + right] * part
            below = values[low * 28 + left] * (256 - part) + values[low * 28 + right] * part
            rows.append((above * (256 - down) + below * down) // 65536)
    return rows


def render(grey, seed):
    d = Draws(seed)
    size = d.integer(39, 128)
    left, top = d.integer(0, 128 - size), d.integer(0, 128 - size)
    colour = d.strong()
    first = d.colour()
    second = [clamp(c + d.integer(-96, 96)) for c in first]
    paint, grains, seed = texture(d), d.integer(0, 24), d.bits()
    pixels = bytearray()
    for y in range(128):
        for x in range(128):
            share, grain = paint(x, y), (mixed(seed ^ (y * 128 + x)) % 256 - 128) * grains // 128
            pixels += bytes(clamp(mix(a, b, share) + grain) for a, b in zip(first, second))
    light, cover = enlarge(grey, size), enlarge(outline(grey), size)
    for i, (l, c) in enumerate(zip(light, cover)):
        at = 3 * ((top + i // size) * 128 + left + i % size)
        for k in range(3):
            cloth = colour[k] * (64 + l * 191 // 256) // 256
            pixels[at + k] = mix(pixels[at + k], cloth, c + (c >= 128))
    return bytes(pixels)


if __name__ == "__main__":
    path, start, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    images = gzip.open(path).read()[16:]
    sha = hashlib.sha256()
    for i in range(count):
        sha.update(render(images[784 * i : 784 * (i + 1)], start + i))
    print(sha.hexdigest())
