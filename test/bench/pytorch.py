"""Throughput of PyTorch on the nets of the bench: the same step, the same sizes, random images.

Prints one JSON object: trainImagesPerSecond, inferenceImagesPerSecond, peakRssBytes.
"""

import json
import resource
import sys
import time

import torch
from torch import nn

BLOCKS = {
    "A": [(64,), (128,), (256, 256), (512, 512), (512, 512)],
    "D": [(64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)],
}


def build(config, crop, width, classes):
    def scaled(channels):
        return max(1, round(channels * width))

    layers, inputs = [], 3
    for block in BLOCKS[config]:
        for channels in block:
            outputs = scaled(channels)
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = outputs
        layers.append(nn.MaxPool2d(2, 2))
    hidden = scaled(4096)
    side = crop // 32
    layers += [
        nn.Flatten(),
        nn.Linear(inputs * side * side, hidden), nn.ReLU(inplace=True), nn.Dropout(0.5),
        nn.Linear(hidden, hidden), nn.ReLU(inplace=True), nn.Dropout(0.5),
        nn.Linear(hidden, classes),
    ]
    return nn.Sequential(*layers)


def throughput(steps, images, run):
    """Best of the steps after one that warms up, as the workbench's own bench measures."""
    best = float("inf")
    for step in range(steps + 1):
        began = time.perf_counter()
        run()
        if step > 0:
            best = min(best, time.perf_counter() - began)
    return images / best


def main():
    config, crop, width, batch, steps, layout = sys.argv[1:7]
    crop, width, batch, steps, classes = int(crop), float(width), int(batch), int(steps), 1000
    memory_format = torch.channels_last if layout == "channels_last" else torch.contiguous_format
    torch.manual_seed(1)
    net = build(config, crop, width, classes).to(memory_format=memory_format)
    images = torch.randn(batch, 3, crop, crop).contiguous(memory_format=memory_format)
    labels = torch.randint(0, classes, (batch,))
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)

    def train():
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.step()
        loss.item()

    def infer():
        with torch.inference_mode():
            net(images).sum().item()

    trained = throughput(steps, batch, train)
    net.eval()
    inferred = throughput(steps, batch, infer)
    print(json.dumps({
        "trainImagesPerSecond": trained,
        "inferenceImagesPerSecond": inferred,
        "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
