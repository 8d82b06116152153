"""What torch.save and its users wrote over the years, in small: python wildTorch.py FOLDER (PyTorch 2.14, NumPy 2.4).

PyTorch itself reads every file back, but for those with `os.system`, which are never loaded.
"""

import argparse
import collections
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import torch
import torch._utils
from torch.serialization import _legacy_save

out = Path(sys.argv[1])
base = torch.arange(24, dtype=torch.float32) / 8 - 1
state = collections.OrderedDict(
    {
        "features.0.weight": base.reshape(2, 3, 2, 2).clone(),
        "features.0.bias": torch.tensor([0.5, -0.25]),
        "window": base[5:9],
        "transposed": base[12:18].reshape(2, 3).t(),
        "double": torch.tensor([0.1, -3.5], dtype=torch.float64),
        "half": torch.tensor([0.5, 2.0]).half(),
        "counter": torch.tensor(7),
    }
)


class Malicious:
    def __reduce__(self):
        return os.system, ("touch executed",)


class Old:
    """A tensor as PyTorch 0.1 to 0.3 wrote it."""

    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        tensor = self.tensor
        return torch._utils._rebuild_tensor, (
            tensor.storage(),
            tensor.storage_offset(),
            tuple(tensor.size()),
            tuple(tensor.stride()),
        )


class Python2(pickle._Pickler):
    """Names as 8-bit texts, an ordered dictionary as a list of pairs."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_text(self, text):
        self.write(b"U" + bytes([len(text)]) + text.encode("latin1"))
        self.memoize(text)

    dispatch[str] = save_text

    def save_pairs(self, mapping):
        self.save_reduce(collections.OrderedDict, ([[key, value] for key, value in mapping.items()],))

    dispatch[collections.OrderedDict] = save_pairs


class Python2Module:
    """What `_legacy_save` takes for the pickle module."""

    Pickler = Python2

    @staticmethod
    def dump(value, file, protocol):
        Python2(file, protocol).dump(value)


def same(path, key=None, **options):
    read = torch.load(path, weights_only=False, **options)
    read = read[key] if key else read
    assert all(torch.equal(read[name], tensor) for name, tensor in state.items()), path


old = collections.OrderedDict((name, Old(tensor)) for name, tensor in state.items())
torch.save(state, out / "old-views.pth", _use_new_zipfile_serialization=False)
for name, module in (("old-2017.pth", pickle), ("old-python2.pth", Python2Module)):
    with open(out / name, "wb") as file:
        _legacy_save(old, file, module, 2)
    same(out / name, encoding="latin1")
same(out / "old-views.pth")

parameters = [torch.nn.Parameter(tensor.clone()) for tensor in list(state.values())[:2]]
optimiser = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
for parameter in parameters:
    parameter.grad = torch.ones_like(parameter)
optimiser.step()
beside = {
    "optimizer": optimiser.state_dict(),
    "args": argparse.Namespace(lr=0.1),
    "best": np.float64(12.5),
    "epoch": 3,
}
for key in ("model", "state_dict_ema", "anything"):
    torch.save({key: state, **beside}, out / f"key-{key}.pth")
    same(out / f"key-{key}.pth", key)
torch.save({"nested": {"deep": {"net": state}}, "epoch": 3}, out / "key-nested.pth")
other = collections.OrderedDict((name, tensor + 1) for name, tensor in state.items())
torch.save({"state_dict_ema": other, "state_dict": state}, out / "two-usual.pth")
torch.save({"teacher": other, "student": state}, out / "two-others.pth")
torch.save({"state_dict": state, "extra": Malicious()}, out / "malicious-beside.pth")
torch.save({"state_dict": {"features.0.weight": Malicious()}}, out / "malicious-within.pth")
torch.save({"features.0.weight": torch._neg_view(base), "features.0.bias": base}, out / "negative.pth")
torch.jit.script(torch.nn.Sequential(torch.nn.Linear(2, 2))).save(out / "program.pt")
np.savez(out / "arrays.npz", conv1_1_W=state["features.0.weight"].numpy())
assert not Path("executed").exists()
