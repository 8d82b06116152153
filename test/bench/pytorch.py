"""Throughput of PyTorch on the nets of the bench: the same step, the same sizes, random images.

Prints one JSON object: trainImagesPerSecond, inferenceImagesPerSecond, peakRssBytes.
"""

import json
import resource
import sys

import torch
from torch import nn

from nets import BLOCKS, scaled, throughput


def build(config, crop, width, classes):
    layers, inputs = [], 3
    for block in BLOCKS[config]:
        for channels in block:
            outputs = scaled(channels, width)
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = outputs
        layers.append(nn.MaxPool2d(2, 2))
    hidden = scaled(4096, width)
    side = crop // 32
    layers += [
        nn.Flatten(),
        nn.Linear(inputs * side * side, hidden), nn.ReLU(inplace=True), nn.Dropout(0.5),
        nn.Linear(hidden, hidden), nn.ReLU(inplace=True), nn.Dropout(0.5),
        nn.Linear(hidden, classes),
    ]
    return nn.Sequential(*layers)


def main():
    config, crop, width, batch, steps, mode = sys.argv[1:7]
    crop, width, batch, steps, classes = int(crop), float(width), int(batch), int(steps), 1000
    memory_format = torch.contiguous_format if mode == "default" else torch.channels_last
    torch.manual_seed(1)
    net = build(config, crop, width, classes).to(memory_format=memory_format)
    images = torch.randn(batch, 3, crop, crop).contiguous(memory_format=memory_format)
    labels = torch.randint(0, classes, (batch,))
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)

    run = torch.compile(net) if mode == "compile" else net
    precision = torch.autocast("cpu", dtype=torch.bfloat16, enabled=mode == "bfloat16")

    def train():
        optimiser.zero_grad()
        with precision:
            loss = nn.functional.cross_entropy(run(images), labels)
        loss.backward()
        optimiser.step()
        loss.item()

    def infer():
        with torch.inference_mode(), precision:
            run(images).sum().item()

    trained = throughput(steps, batch, train)
    net.eval()
    inferred = throughput(steps, batch, infer)
    print(json.dumps({
        "trainImagesPerSecond": trained,
        "inferenceImagesPerSecond": inferred,
        "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
