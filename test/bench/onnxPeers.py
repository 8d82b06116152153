"""Throughput of inference by ONNX Runtime or OpenVINO on the nets of the bench, random weights and images.

The net is written as ONNX, so both compute the same graph. Prints one JSON object, as pytorch.py does.
"""

import json
import resource
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from nets import BLOCKS, scaled, throughput


def onnx_model(config, crop, width, batch, classes):
    """The net as an ONNX model of one fixed batch."""
    random = np.random.default_rng(1)
    nodes, weights, current, inputs = [], [], "images", 3

    def weight(name, *shape):
        fan_in = shape[1:] if len(shape) > 1 else (1,)
        values = random.standard_normal(shape, np.float32) / np.float32(np.sqrt(np.prod(fan_in)))
        weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def add(kind, name, *reads, **attributes):
        nonlocal current
        nodes.append(helper.make_node(kind, [current, *reads], [name], **attributes))
        current = name

    for number, block in enumerate(BLOCKS[config]):
        for index, channels in enumerate(block):
            name, outputs = f"conv{number}_{index}", scaled(channels, width)
            filters = weight(f"{name}_weight", outputs, inputs, 3, 3)
            add("Conv", name, filters, weight(f"{name}_bias", outputs), kernel_shape=[3, 3], pads=[1] * 4)
            add("Relu", f"{name}_relu")
            inputs = outputs
        add("MaxPool", f"pool{number}", kernel_shape=[2, 2], strides=[2, 2])
    add("Flatten", "rows")
    side, hidden = crop // 32, scaled(4096, width)
    sizes = [inputs * side * side, hidden, hidden, classes]
    for index in range(3):
        matrix = weight(f"fc{index}_weight", sizes[index + 1], sizes[index])
        add("Gemm", f"fc{index}", matrix, weight(f"fc{index}_bias", sizes[index + 1]), transB=1)
        if index < 2:
            add("Relu", f"fc{index}_relu")
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, [batch, 3, crop, crop])
    scores = helper.make_tensor_value_info(current, TensorProto.FLOAT, [batch, classes])
    graph = helper.make_graph(nodes, "net", [images], [scores], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def inference_of(mode, model):
    """A function that scores images with the engine of a mode."""
    if mode == "onnxruntime":
        import onnxruntime

        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        return lambda images: session.run(None, {"images": images})[0]
    import openvino

    core = openvino.Core()
    # Throughput in float32, as all others compute.
    settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    compiled = core.compile_model(core.read_model(model.SerializeToString()), "CPU", settings)
    return lambda images: compiled(images)[0]


def main():
    config, crop, width, batch, steps, mode = sys.argv[1:7]
    crop, width, batch, steps, classes = int(crop), float(width), int(batch), int(steps), 1000
    infer = inference_of(mode, onnx_model(config, crop, width, batch, classes))
    images = np.random.default_rng(2).standard_normal((batch, 3, crop, crop), np.float32)
    inferred = throughput(steps, batch, lambda: infer(images).sum())
    print(json.dumps({
        "trainImagesPerSecond": None,
        "inferenceImagesPerSecond": inferred,
        "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
