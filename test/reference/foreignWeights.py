"""Writes net D of D.images.safetensors as the tools that VGG's weights come from write it, into foreign/.

The .pth takes pixels of 0-1, less torchvision's means, divided by its deviations: the first layer is scaled so that the
net stays in the range of values that it has without, and foreign/posteriors.json holds what PyTorch answers then. The others take BGR
and the means of posteriors.json, and must answer just that.

    KERAS_BACKEND=torch python foreignWeights.py        (torch, keras, h5py, protobuf, safetensors, pillow, numpy)
"""

import json
import os
from pathlib import Path

import h5py
import keras
import numpy as np
import torch
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from PIL import Image
from safetensors.numpy import load_file
from torch import nn

here = Path(__file__).parent
out = here / "foreign"
out.mkdir(exist_ok=True)

TABLE = [[64, 64], [128, 128], [256] * 3, [512] * 3, [512] * 3]
WIDTH, SIDE, HIDDEN, CLASSES = 1 / 16, 2, 256, 10
MEAN = np.array([123.68, 116.779, 103.939], np.float32)
TORCH_MEAN = np.array([0.485, 0.456, 0.406]) * 255
TORCH_DEVIATION = np.array([0.229, 0.224, 0.225]) * 255


def channels(count):
    return round(count * WIDTH)


def torch_net():
    features, inputs = [], 3
    for block in TABLE:
        for count in block:
            features += [nn.Conv2d(inputs, channels(count), 3, padding=1), nn.ReLU(True)]
            inputs = channels(count)
        features.append(nn.MaxPool2d(2))
    net = nn.Module()
    net.features = nn.Sequential(*features)
    net.classifier = nn.Sequential(
        nn.Linear(inputs * SIDE**2, HIDDEN), nn.ReLU(True), nn.Dropout(),
        nn.Linear(HIDDEN, HIDDEN), nn.ReLU(True), nn.Dropout(), nn.Linear(HIDDEN, CLASSES),
    )  # fmt: skip
    return net


def dense_posterior(net, image):
    """The class score map averaged before the softmax, mean with the mirrored image's."""
    fc6, fc7, fc8 = (layer for layer in net.classifier if isinstance(layer, nn.Linear))

    def one(pixels):
        maps = net.features(pixels[None])
        maps = torch.relu(nn.functional.conv2d(maps, fc6.weight.view(HIDDEN, -1, SIDE, SIDE), fc6.bias))
        maps = torch.relu(nn.functional.conv2d(maps, fc7.weight[:, :, None, None], fc7.bias))
        maps = nn.functional.conv2d(maps, fc8.weight[:, :, None, None], fc8.bias)
        return torch.softmax(maps.mean((2, 3)), 1)[0]

    with torch.no_grad():
        return (one(image) + one(image.flip(2))) / 2


def images():
    for path in sorted((here / "images" / "val").glob("*/*.png")):
        yield f"{path.parent.name}/{path.name}", np.array(Image.open(path).convert("RGB"), np.float32)


def posteriors(net, mean, deviation):
    net.eval()
    return {
        name: dense_posterior(net, torch.tensor((pixels - mean) / deviation).float().permute(2, 0, 1)).tolist()
        for name, pixels in images()
    }


golden = {name: value for name, value in load_file(here / "D.images.safetensors").items()}
state = {name: torch.tensor(value) for name, value in golden.items() if name.startswith(("features", "classifier"))}
indices = [name.split(".")[1] for name in state if name.startswith("features") and name.endswith("weight")]
indices = sorted(map(int, indices))
conv_names = [f"conv{b + 1}_{i + 1}" for b, block in enumerate(TABLE) for i in range(len(block))]
torch_names = dict(zip(conv_names, (f"features.{i}" for i in indices), strict=True))
torch_names |= {"fc6": "classifier.0", "fc7": "classifier.3", "fc8": "classifier.6"}

# This script's dense evaluation is that of posteriors.json.
net = torch_net()
net.load_state_dict(state, strict=True)
expected = json.loads((here / "posteriors.json").read_text())["nets"]["D"]["posterior"]
own = posteriors(net, MEAN, 1)
assert max(np.abs(np.subtract(own[name], expected[name])).max() for name in expected) < 1e-5

# torchvision
scaled = dict(state)
scaled["features.0.weight"] = state["features.0.weight"] * torch.tensor(TORCH_DEVIATION).float()[None, :, None, None]
torch.save(scaled, out / "D.pth")
net.load_state_dict(scaled)
by_torchvision = posteriors(net, TORCH_MEAN, TORCH_DEVIATION)
(out / "posteriors.json").write_text(json.dumps(by_torchvision, indent=1) + "\n")

# What torch.save may do with a tensor besides float32 in its plain order.
tensors = torch.arange(24, dtype=torch.float32).reshape(2, 3, 2, 2) / 8 - 1
shared = torch.arange(10, dtype=torch.float32)
special = torch.tensor([0, -0.0, 6e-8, -6.1e-5, 65504, float("inf"), float("nan"), 1 / 3])
torch.save(
    {
        "half": special.half(),
        "brain": special.bfloat16(),
        "channelsLast": tensors.to(memory_format=torch.channels_last),
        "transposed": tensors[0, 0].t(),
        "window": shared[3:7],
        "strided": shared[1::3],
        "parameter": nn.Parameter(shared),
        "counter": torch.tensor(3),
        "double": torch.ones(2, dtype=torch.float64),
    },
    out / "kinds.pth",
)
torch.save({"state_dict": {"features.0.weight": shared}, "epoch": 3, "lr": 0.1}, out / "checkpoint.pth")


class Malicious:
    def __reduce__(self):
        return os.system, ("touch executed",)


torch.save({"features.0.weight": shared, "extra": Malicious()}, out / "malicious.pth")
torch.save(nn.Linear(2, 2), out / "module.pth")
torch.save({"features.0.weight": shared}, out / "old.pth", _use_new_zipfile_serialization=False)


# Caffe: the messages of caffe.proto that hold weights, by their field numbers.
def messages():
    file = descriptor_pb2.FileDescriptorProto(name="caffe.proto", package="caffe", syntax="proto2")
    kinds = descriptor_pb2.FieldDescriptorProto

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for field, number, kind, repeated, of in fields:
            made = added.field.add(name=field, number=number, type=kind)
            made.label = kinds.LABEL_REPEATED if repeated else kinds.LABEL_OPTIONAL
            if of:
                made.type_name = f".caffe.{of}"
            if repeated and kind in (kinds.TYPE_FLOAT, kinds.TYPE_INT64):
                made.options.packed = True

    message("BlobShape", ("dim", 1, kinds.TYPE_INT64, True, None))
    message(
        "BlobProto",
        *((name, number, kinds.TYPE_INT32, False, None) for number, name in enumerate(["num", "channels", "height", "width"], 1)),
        ("data", 5, kinds.TYPE_FLOAT, True, None), ("shape", 7, kinds.TYPE_MESSAGE, False, "BlobShape"),
    )  # fmt: skip
    message(
        "V1LayerParameter", ("bottom", 2, kinds.TYPE_STRING, True, None), ("top", 3, kinds.TYPE_STRING, True, None),
        ("name", 4, kinds.TYPE_STRING, False, None), ("type", 5, kinds.TYPE_INT32, False, None),
        ("blobs", 6, kinds.TYPE_MESSAGE, True, "BlobProto"), ("blobs_lr", 7, kinds.TYPE_FLOAT, True, None),
    )  # fmt: skip
    message(
        "LayerParameter", ("name", 1, kinds.TYPE_STRING, False, None), ("type", 2, kinds.TYPE_STRING, False, None),
        ("bottom", 3, kinds.TYPE_STRING, True, None), ("top", 4, kinds.TYPE_STRING, True, None),
        ("blobs", 7, kinds.TYPE_MESSAGE, True, "BlobProto"),
    )  # fmt: skip
    message(
        "NetParameter", ("name", 1, kinds.TYPE_STRING, False, None),
        ("layers", 2, kinds.TYPE_MESSAGE, True, "V1LayerParameter"), ("input", 3, kinds.TYPE_STRING, True, None),
        ("input_dim", 4, kinds.TYPE_INT32, True, None), ("layer", 100, kinds.TYPE_MESSAGE, True, "LayerParameter"),
    )  # fmt: skip
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("caffe.NetParameter"))


def bgr(name, weight):
    return weight[:, ::-1] if name == "conv1_1" else weight


def weights(name):
    weight, bias = (state[f"{torch_names[name]}.{kind}"].numpy() for kind in ("weight", "bias"))
    return bgr(name, weight), bias


def caffemodel(old):
    model = messages()(name="VGG_ILSVRC_16_layers", input=["data"], input_dim=[10, 3, 64, 64])
    for name in torch_names:
        layer = model.layers.add(name=name, type=4, blobs_lr=[1, 2]) if old else model.layer.add(name=name, type="Convolution")
        for values in weights(name):
            blob = layer.blobs.add(data=values.ravel().tolist())
            if old:
                blob.num, blob.channels, blob.height, blob.width = (1,) * (4 - values.ndim) + values.shape
            else:
                blob.shape.dim.extend(values.shape)
        relu = model.layers.add(name=f"relu_{name}", type=18) if old else model.layer.add(name=f"relu_{name}", type="ReLU")
        relu.bottom.append(name)
    return model.SerializeToString()


(out / "D.v1.caffemodel").write_bytes(caffemodel(True))
(out / "D.v2.caffemodel").write_bytes(caffemodel(False))


# Keras
def keras_weights(name):
    weight, bias = weights(name)
    if weight.ndim == 4:
        return weight.transpose(2, 3, 1, 0), bias
    if name == "fc6":
        return weight.reshape(HIDDEN, -1, SIDE, SIDE).transpose(2, 3, 1, 0).reshape(-1, HIDDEN), bias
    return weight.T, bias


keras_names = {name: f"block{name[4]}_conv{name[6:]}" for name in conv_names}
keras_names |= {"fc6": "fc1", "fc7": "fc2", "fc8": "predictions"}
layers = [keras.layers.Input((32 * SIDE, 32 * SIDE, 3))]
for index, block in enumerate(TABLE, 1):
    for position, count in enumerate(block, 1):
        layers.append(
            keras.layers.Conv2D(channels(count), 3, padding="same", activation="relu", name=f"block{index}_conv{position}")
        )
    layers.append(keras.layers.MaxPooling2D(name=f"block{index}_pool"))
layers += [
    keras.layers.Flatten(name="flatten"),
    keras.layers.Dense(HIDDEN, activation="relu", name="fc1"),
    keras.layers.Dense(HIDDEN, activation="relu", name="fc2"),
    keras.layers.Dense(CLASSES, activation="softmax", name="predictions"),
]
model = keras.Sequential(layers)
for name, layer in keras_names.items():
    model.get_layer(layer).set_weights(keras_weights(name))
model.save_weights(out / "D.weights.h5")
model.save(out / "D.h5")

# Keras and PyTorch agree on the middle of an image, so that the order of fc6 is right.
net.load_state_dict(state)
pixels = next(images())[1][16:80, 16:80]
with torch.no_grad():
    maps = net.features(torch.tensor(pixels - MEAN).permute(2, 0, 1)[None])
    answer = torch.softmax(net.classifier(maps.flatten(1)), 1)[0].numpy()
assert np.abs(np.asarray(model.predict((pixels - MEAN)[None, ..., ::-1], verbose=0))[0] - answer).max() < 1e-5

# The layout of the files that Keras itself offers for download: no group within a layer's, and names of Keras 1.
with h5py.File(out / "D.keras1.h5", "w") as file:
    file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
    for layer in model.layers:
        group = file.create_group(layer.name)
        kinds = ["W", "b"] if layer.weights else []
        group.attrs["weight_names"] = [f"{layer.name}_{kind}_1:0".encode() for kind in kinds]
        for kind, values in zip(kinds, layer.get_weights()):
            group[f"{layer.name}_{kind}_1:0"] = values
