"""Golden gradients and Grad-CAMs: python lookInside.py (PyTorch, safetensors), reads the nets here, writes beside them.

Computed by PyTorch's autograd in float64 and stored as float32: the only error of a comparison is the other side's.
"""

import os

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch.nn import functional

HERE = os.path.dirname(os.path.abspath(__file__))
LABEL = 3
# Layers of each block, of filters 3x3 alone.
NETS = {"A": (1, 1, 2, 2, 2), "D": (2, 2, 3, 3, 3), "E": (2, 2, 4, 4, 4)}


def forward(tensors, blocks, x):
    """Logits, and each convolution's output after its ReLU and before the pool."""
    outputs, index = {}, 0
    for block, layers in enumerate(blocks, 1):
        for layer in range(1, layers + 1):
            name = f"features.{index}"
            x = functional.relu(functional.conv2d(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"], padding=1))
            x.retain_grad()
            outputs[f"conv{block}_{layer}"] = x
            index += 2
        x = functional.max_pool2d(x, 2)
        index += 1
    x = x.flatten(1)
    for index in (0, 3, 6):
        x = functional.linear(x, tensors[f"classifier.{index}.weight"], tensors[f"classifier.{index}.bias"])
        if index < 6:
            x = functional.relu(x)
    return x, outputs


stored = {}
for net, blocks in NETS.items():
    with safe_open(os.path.join(HERE, f"{net}.safetensors"), "pt") as file:
        names = [name for name in file.keys() if name.startswith(("features.", "classifier.", "input."))]
        tensors = {name: file.get_tensor(name).double() for name in names}
    image = tensors["input.nchw"][:1].requires_grad_()
    logits, outputs = forward(tensors, blocks, image)
    logits[0, LABEL].backward()
    stored[f"{net}.logits"] = logits[0]
    stored[f"{net}.input"] = image.grad[0]
    for layer in ("conv3_1", f"conv5_{blocks[-1]}"):
        output = outputs[layer]
        cam = functional.relu((output.grad.mean((2, 3), keepdim=True) * output).sum(1, keepdim=True))
        over = functional.interpolate(cam, image.shape[2:], mode="bilinear", align_corners=False)
        stored[f"{net}.{layer}.gradient"] = output.grad[0]
        stored[f"{net}.{layer}.cam"] = cam[0, 0]
        stored[f"{net}.{layer}.overInput"] = over[0, 0]
save_file(
    {name: tensor.detach().float().contiguous() for name, tensor in stored.items()},
    os.path.join(HERE, "lookInside.safetensors"),
    {"label": str(LABEL), "torch": torch.__version__},
)
