"""Golden values of the nets that vary VGG or came after it: python laterNets.py FOLDER (PyTorch, safetensors).

Written from the papers alone, in float64 and stored as float32: the only error of a comparison is the other side's.
"""

import json
import math
import sys

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

SEED = 1409
CROP = 64
CLASSES = 10
SGD = {"momentum": 0.9, "weight_decay": 5e-4}

E = [[(3, 64)] * 2, [(3, 128)] * 2, [(3, 256)] * 4, [(3, 512)] * 4, [(3, 512)] * 4]
D_7X7 = [[(3, 64)] * 2, [(3, 128)] * 2, [(7, 256)], [(7, 512)], [(7, 512)]]


class Vgg(nn.Module):
    """Table 1's blocks, each ended by a max-pool; a pair of convolutions may have an identity shortcut."""

    def __init__(self, blocks, width, shortcuts=False, average=False):
        super().__init__()
        self.features = nn.Module()
        self.plan = []
        inputs, index = 3, 0
        for block in blocks:
            row = []
            for kernel, channels in block:
                outputs = round(channels * width)
                self.features.add_module(str(index), nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2))
                row.append(index)
                inputs, index = outputs, index + 2
            self.plan.append(row)
            index += 1
        self.shortcuts, self.average = shortcuts, average
        if average:
            self.fc = nn.Linear(inputs, CLASSES)
        else:
            hidden = round(4096 * width)
            fc6 = nn.Linear(inputs * (CROP // 32) ** 2, hidden)
            layers = [fc6, nn.ReLU(), nn.Identity(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Identity()]
            self.classifier = nn.Sequential(*layers, nn.Linear(hidden, CLASSES))

    def convolve(self, index, x):
        return self.features.get_submodule(str(index))(x)

    def map(self, x):
        for number, row in enumerate(self.plan):
            if self.shortcuts and number > 0:
                for first, second in zip(row[::2], row[1::2]):
                    y = self.convolve(second, functional.relu(self.convolve(first, x)))
                    grown = torch.zeros(len(x), y.shape[1] - x.shape[1], *x.shape[2:], dtype=x.dtype)
                    x = functional.relu(y + torch.cat([x, grown], dim=1))
            else:
                for index in row:
                    x = functional.relu(self.convolve(index, x))
            x = functional.max_pool2d(x, 2)
        return x

    def head(self, window):
        if self.average:
            return self.fc(window.mean(dim=(2, 3)))
        return self.classifier(window.flatten(1))

    def forward(self, x):
        return self.head(self.map(x))


class Block(nn.Module):
    """Two 3x3 convolutions with batch norm; with a shortcut around them, or plain (He et al. 2015, Fig. 3)."""

    def __init__(self, inputs, outputs, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = shortcut
        self.downsample = None
        if shortcut and (stride != 1 or inputs != outputs):
            projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection, nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if self.shortcut:
            y = y + (x if self.downsample is None else self.downsample(x))
        return functional.relu(y)


class Residual34(nn.Module):
    """The 34 layers of He et al. 2015, Table 1, in torchvision's names."""

    def __init__(self, width, shortcut, classes=CLASSES):
        super().__init__()
        stem = round(64 * width)
        self.conv1 = nn.Conv2d(3, stem, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        inputs = stem
        for number, (channels, count) in enumerate([(64, 3), (128, 4), (256, 6), (512, 3)], start=1):
            outputs = round(channels * width)
            blocks = []
            for position in range(count):
                stride = 2 if number > 1 and position == 0 else 1
                blocks.append(Block(inputs, outputs, stride, shortcut))
                inputs = outputs
            self.add_module(f"layer{number}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inputs, classes)

    def map(self, x):
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for number in range(1, 5):
            x = self.get_submodule(f"layer{number}")(x)
        return x

    def head(self, window):
        return self.fc(window.mean(dim=(2, 3)))

    def forward(self, x):
        return self.head(self.map(x))


class Plan:
    """A net with its width, learning rate, what He's deviation of its weights is multiplied by, and the seed of these."""

    def __init__(self, width, build, rate=0.01, gain=1, seed=SEED):
        self.width, self.build, self.rate, self.gain, self.seed = width, build, rate, gain, seed

    def net(self):
        torch.manual_seed(self.seed)
        net = self.build(self.width)
        initialise(net, self.gain)
        return net


# The learning rates and the gain keep two steps from multiplying the error of float32: it stays below 3e-5. With plain-34's
# seed no value before a ReLU is nearer to 0 than 7e-6 of the greatest: float32 cannot take one for the other side.
NETS = {
    "D-7x7": Plan(1 / 32, lambda width: Vgg(D_7X7, width)),
    "E-skip": Plan(1 / 32, lambda width: Vgg(E, width, shortcuts=True), gain=0.6),
    "E-gap": Plan(1 / 16, lambda width: Vgg(E, width, average=True)),
    "plain-34": Plan(1 / 16, lambda width: Residual34(width, False), rate=1e-3, gain=0.3, seed=1437),
    "resnet-34": Plan(1 / 16, lambda width: Residual34(width, True), rate=1e-3, gain=0.3),
}


def initialise(net, gain):
    """He's deviation for weights; all else random too, so that none of it could be left out unnoticed."""
    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.normal_(module.weight, std=gain * math.sqrt(2 / module.weight[0].numel()))
            if module.bias is not None:
                nn.init.normal_(module.bias, std=0.05)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            # Most units pass their ReLU: else 34 plain layers multiply the error of float32 a thousandfold.
            nn.init.normal_(module.bias, mean=1, std=0.2)
            nn.init.normal_(module.running_mean, std=0.2)
            nn.init.uniform_(module.running_var, 0.5, 2)


def weights_of(net, prefix=""):
    kept = {name: value for name, value in net.state_dict().items() if value.is_floating_point()}
    return {prefix + name: value.clone() for name, value in kept.items()}


def windows(size, side):
    return range(size - side + 1)


def score_map(net, images):
    """[batch, classes, rows, columns]: the head on each window of the last map that has the crop's size."""
    last = net.map(images)
    side = CROP // 32
    rows = [
        torch.stack([net.head(last[:, :, y : y + side, x : x + side]) for x in windows(last.shape[3], side)], dim=2)
        for y in windows(last.shape[2], side)
    ]
    return torch.stack(rows, dim=2)


def golden(net, rate, dtype=torch.float64):
    generator = torch.Generator().manual_seed(SEED)
    net = net.to(dtype)
    images = torch.randn(4, 3, CROP, CROP, generator=generator).to(dtype)
    labels = torch.tensor([3, 1, 4, 9])
    large = torch.randn(1, 3, 96, 128, generator=generator).to(dtype)
    values = {**weights_of(net), "input.nchw": images, "labels": labels.int(), "dense.input.nchw": large}

    net.eval()
    with torch.no_grad():
        if any(isinstance(module, nn.BatchNorm2d) for module in net.modules()):
            values["logits.inference"] = net(images)
        scores, mirrored = score_map(net, large), score_map(net, large.flip(3))
        posteriors = [part.mean(dim=(2, 3)).softmax(dim=1) for part in (scores, mirrored)]
        values["dense.score_map"] = scores
        values["dense.posterior"] = sum(posteriors) / 2

    net.train()
    optimiser = torch.optim.SGD(net.parameters(), lr=rate, **SGD)
    for step in (1, 2):
        optimiser.zero_grad()
        logits = net(images)
        loss = functional.cross_entropy(logits, labels)
        loss.backward()
        if step == 1:
            values["logits"], values["loss"] = logits.detach(), loss.detach().reshape(1)
            values |= {f"grad.{name}": parameter.grad.clone() for name, parameter in net.named_parameters()}
        optimiser.step()
    return values | weights_of(net, "after2.")


def main(folder):
    for name, plan in NETS.items():
        values = golden(plan.net(), plan.rate)
        sizes = {"config": name, "width": plan.width, "crop": CROP, "classes": CLASSES, "seed": plan.seed}
        sgd = {"lr": plan.rate, **SGD, "decays": "all parameters", "dropout": 0}
        metadata = {key: str(value) for key, value in sizes.items()} | {"sgd": json.dumps(sgd)}
        stored = {key: v if v.dtype == torch.int32 else v.float() for key, v in values.items()}
        save_file({key: v.contiguous() for key, v in stored.items()}, f"{folder}/{name}.safetensors", metadata)


if __name__ == "__main__":
    main(sys.argv[1])
