"""What Pillow's BICUBIC makes of made-up pixels: python rescaled.py FOLDER (Pillow 11 or later)."""

import hashlib
import json
import sys
from pathlib import Path

from PIL import Image

SIZES = [
    [28, 28, 64, 64],
    [28, 28, 129, 129],
    [3, 2, 12, 8],
    [1, 1, 32, 32],
    [40, 40, 40, 40],
    [128, 128, 97, 97],
    [90, 120, 30, 40],
    [213, 160, 85, 64],
    [500, 61, 262, 32],
    [71, 300, 56, 237],
]


def pixels(count):
    return bytes((index * 2654435761 % 2**32) >> 24 for index in range(count))


def rescaled(width, height, to_width, to_height):
    image = Image.frombytes("RGB", (width, height), pixels(width * height * 3))
    # In two steps, as Pillow 13 begins with the columns of an image that is far taller than wide, others with the lines.
    lines = image.resize((to_width, height), Image.Resampling.BICUBIC)
    return lines.resize((to_width, to_height), Image.Resampling.BICUBIC).tobytes()


cases = [{"from": size[:2], "to": size[2:], "sha256": hashlib.sha256(rescaled(*size)).hexdigest()} for size in SIZES]
(Path(sys.argv[1]) / "rescaled.json").write_text(json.dumps(cases, indent=2) + "\n")
