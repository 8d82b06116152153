"""HDF5 files as versions and habits of Keras lay them out, in small: python wildKeras.py FOLDER (h5py 3.16).

The layer `conv` has the kernel 0, 0.5, 1, … of shape 3×3×2×4 and the bias 1, −2, 3, −4; all values are exact in float16.
"""

import json
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np

out = Path(sys.argv[1])
kernel = (np.arange(72, dtype="float32") / 2).reshape(3, 3, 2, 4)
bias = np.array([1, -2, 3, -4], dtype="float32")


def write(name, places, kind="<f4"):
    with h5py.File(out / name, "w") as file:
        for place, values in places.items():
            file[place] = values.astype(kind)


def layer(place, names=("kernel:0", "bias:0")):
    return {f"{place}/{names[0]}": kernel, f"{place}/{names[1]}": bias}


for name, kind in (("half", "<f2"), ("double", "<f8"), ("big-endian", ">f4")):
    write(f"{name}.h5", layer("block1_conv1/block1_conv1"), kind)
write("model.h5", layer("model_weights/block1_conv1/block1_conv1") | {"optimizer_weights/SGD/kernel:0": kernel})
write("scoped.h5", layer("model_weights/dense_1/sequential/dense_1"))
write("nested.h5", layer("model_weights/vgg16/block1_conv1"))
write("nested.weights.h5", layer("layers/functional/layers/conv2d_3/vars", ("0", "1")) | {"optimizer/vars/0": bias})
normalisation = {f"bn1/bn1/{role}:0": bias for role in ("gamma", "beta", "moving_mean", "moving_variance")}
write("normalised.h5", layer("conv1/conv1") | normalisation)
for name, method in (("model.keras", zipfile.ZIP_STORED), ("packed.keras", zipfile.ZIP_DEFLATED)):
    with zipfile.ZipFile(out / name, "w", method) as archive:
        archive.writestr("metadata.json", "{}")
        archive.write(out / "nested.weights.h5", "model.weights.h5")
with zipfile.ZipFile(out / "bomb.keras", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("model.weights.h5", bytes(3_000_000))


def model(name, layers, config):
    """A whole model as Keras 1 and 2 write it, which lists its layers and their tensors in the order of the net."""
    with h5py.File(out / name, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = [layer.encode() for layer, _ in layers]
        for layer, within in layers:
            tensors = [f"{each}/{role}:0" for each in within for role in ("kernel", "bias")]
            group = root.create_group(layer)
            group.attrs["weight_names"] = [tensor.encode() for tensor in tensors]
            for index, tensor in enumerate(tensors):
                group[tensor] = (kernel, bias)[index % 2].astype("<f4")


def described(name, **config):
    return {"class_name": name, "config": config}


body = described("Functional", layers=[described("Conv2D", activation="elu"), described("AveragePooling2D")])
own = described("Sequential", layers=[described("Rescaling", scale=1 / 255), body, described("Dense", activation="softmax")])
model("words.h5", [("body", ["second", "first"]), ("answer", ["answer"])], own)
with zipfile.ZipFile(out / "described.keras", "w") as archive:
    archive.writestr("config.json", json.dumps(own))
    archive.write(out / "nested.weights.h5", "model.weights.h5")
