"""Golden posteriors of Tables 5 and 6: python multiCrop.py FOLDER (PyTorch, safetensors, Pillow).

Nets D and E of NET.images.safetensors on the twenty images at Q=96, their own size: the 5 x 5 grid of crops, the whole
image, the mean of both, each with flip (Sect. 3.2), and the mean of both nets (Sect. 4.4). In float64, stored as float32.
"""

import json
import math
import sys
from pathlib import Path

import numpy
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from torch.nn import functional

CROP = 64
MEAN = torch.tensor([123.68, 116.779, 103.939], dtype=torch.float64)
POOLED = {"D": [2, 2, 3, 3, 3], "E": [2, 2, 4, 4, 4]}


def scores(net, weights, images):
    """The class score map, the fully-connected layers as convolutions: [batch, classes, rows, columns]."""
    index, x = 0, images
    for layers in POOLED[net]:
        for _ in range(layers):
            name = f"features.{index}"
            x = functional.relu(functional.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1))
            index += 2
        x = functional.max_pool2d(x, 2)
        index += 1
    side = CROP // 32
    for number, layer in enumerate(["classifier.0", "classifier.3", "classifier.6"]):
        matrix = weights[f"{layer}.weight"]
        kernel = matrix.reshape(len(matrix), -1, *([side, side] if number == 0 else [1, 1]))
        x = functional.conv2d(x, kernel, weights[f"{layer}.bias"])
        x = functional.relu(x) if number < 2 else x
    return x


def posterior(net, weights, images):
    return torch.softmax(scores(net, weights, images).mean(dim=(2, 3)), dim=1)[0]


def starts(extent):
    return [math.floor((extent - CROP) * place / 4 + 0.5) for place in range(5)]


def crops(image):
    _, _, height, width = image.shape
    return [
        image[:, :, top : top + CROP, left : left + CROP] for top in starts(height) for left in starts(width)
    ]


def mean(posteriors):
    return torch.stack(posteriors).mean(dim=0)


def main(folder):
    files = sorted((folder / "images" / "val").glob("*/*.png"))
    names = [f"{file.parent.name}/{file.name}" for file in files]
    found = {}
    for net in POOLED:
        weights = {name: values.double() for name, values in load_file(folder / f"{net}.images.safetensors").items()}
        ways = {"dense": [], "multi-crop": []}
        for file in files:
            pixels = torch.from_numpy(numpy.array(Image.open(file).convert("RGB"))).double()
            image = (pixels - MEAN).permute(2, 0, 1)[None]
            assert min(image.shape[2:]) == 96
            both = [image, image.flip(3)]
            ways["dense"].append(mean([posterior(net, weights, each) for each in both]))
            ways["multi-crop"].append(mean([posterior(net, weights, crop) for each in both for crop in crops(each)]))
        for way, rows in ways.items():
            found[f"{net}.{way}"] = torch.stack(rows)
        found[f"{net}.multi-crop+dense"] = (found[f"{net}.dense"] + found[f"{net}.multi-crop"]) / 2
    for way in ["dense", "multi-crop", "multi-crop+dense"]:
        found[f"fused.{way}"] = (found[f"D.{way}"] + found[f"E.{way}"]) / 2
    known = json.loads((folder / "posteriors.json").read_text())["nets"]
    for net in POOLED:
        expected = torch.tensor([known[net]["posterior"][name] for name in names], dtype=torch.float64)
        assert (found[f"{net}.dense"] - expected).abs().max() < 1e-6, "the dense posteriors are known already"
    save_file(
        {name: values.float().contiguous() for name, values in found.items()},
        folder / "multiCrop.safetensors",
        metadata={"images": json.dumps(names)},
    )


main(Path(sys.argv[1]))
