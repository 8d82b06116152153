"""Values of single units: python unitValues.py (PyTorch, safetensors), reads the nets here, writes beside them.

Of every convolution and fully-connected layer of three nets at the first image of NET.safetensors, at a corner, at the
opposite one and in the middle: what the layer's sum is, bias included, and what batch norm makes of it. In float64.
"""

import json
import os

import torch
from laterNets import NETS
from safetensors.torch import load_file
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
CHOSEN = ("D-7x7", "E-skip", "resnet-34")


def values_of(output):
    """The unit, its row and column, and its value."""
    if output.dim() == 2:
        units = sorted({0, output.shape[1] // 2, output.shape[1] - 1})
        return [[unit, 0, 0, output[0, unit].item()] for unit in units]
    _, channels, height, width = output.shape
    places = [(0, 0, 0), (channels // 2, height // 2, width // 3), (channels - 1, height - 1, width - 1)]
    return [[*place, output[(0, *place)].item()] for place in places]


def recorded(name):
    net = NETS[name].net().double().eval()
    tensors = load_file(os.path.join(HERE, f"{name}.safetensors"))
    known = net.state_dict().keys()
    net.load_state_dict({key: value.double() for key, value in tensors.items() if key in known}, strict=False)
    found = {}
    for path, module in net.named_modules():
        if isinstance(module, (nn.Conv2d, nn.Linear, nn.BatchNorm2d)):
            module.register_forward_hook(lambda _, __, output, path=path: found.update({path: values_of(output)}))
    with torch.no_grad():
        net(tensors["input.nchw"][:1].double())
    return found


with open(os.path.join(HERE, "unitValues.json"), "w") as file:
    json.dump({name: recorded(name) for name in CHOSEN}, file, separators=(",", ":"))
    file.write("\n")
