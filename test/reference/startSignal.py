"""Signals and gradients of nets before their first step, by PyTorch: python startSignal.py FOLDER

`golden`: of the weights, inputs and labels of NET.safetensors, each layer's deviation after its ReLU, and the norm of the
gradient of the mean cross-entropy by its weights; no dropout, float64.
`drawn`: net A of width 1/8 at crop 32, drawn anew with 20 seeds by torch.nn.init, on noise divided by its deviation: the
geometric mean over the seeds of each convolution's deviation, and of the loss's gradient by it.
"""
import json, math, sys
from pathlib import Path
import torch
from safetensors.torch import load_file
from torch import nn

plans = {
    'A': '1 M 2 M 4 4 M 8 8 M 8 8 M', 'B': '1 1 M 2 2 M 4 4 M 8 8 M 8 8 M',
    'C': '1 1 M 2 2 M 4 4 4c M 8 8 8c M 8 8 8c M', 'D': '1 1 M 2 2 M 4 4 4 M 8 8 8 M 8 8 8 M',
    'E': '1 1 M 2 2 M 4 4 4 4 M 8 8 8 8 M 8 8 8 8 M',
}

def build(plan, width, hidden, side, classes):
    layers, inputs = [], 3
    for part in plan.split():
        if part == 'M':
            layers.append(nn.MaxPool2d(2))
            continue
        outputs, kernel = round(64 * width * int(part.rstrip('c'))), 1 if part.endswith('c') else 3
        layers += [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2), nn.ReLU()]
        inputs = outputs
    features = nn.Sequential(*layers)
    classifier = nn.Sequential(nn.Linear(inputs * side * side, hidden), nn.ReLU(), nn.Identity(),
                               nn.Linear(hidden, hidden), nn.ReLU(), nn.Identity(), nn.Linear(hidden, classes))
    net = nn.Module()
    net.features, net.classifier = features, classifier
    return net.double()

def signal(net, images, labels):
    found, x = [], images
    for part in [*net.features, nn.Flatten(), *net.classifier]:
        x = part(x)
        if isinstance(part, (nn.Conv2d, nn.Linear)):
            found.append([part, x])
        elif isinstance(part, nn.ReLU):
            found[-1][1] = x
    loss = nn.functional.cross_entropy(x, labels)
    loss.backward()
    return loss.item(), [(out.std(unbiased=False).item(), part.weight.grad.norm().item()) for part, out in found]

folder = Path(sys.argv[1])
golden = {}
for name, plan in plans.items():
    tensors = load_file(folder / f'{name}.safetensors')
    net = build(plan, 1 / 16, 256, 2, 10)
    net.load_state_dict({key: value.double() for key, value in tensors.items() if key in net.state_dict()})
    loss, layers = signal(net, tensors['input.nchw'].double(), tensors['labels'].long())
    golden[name] = {'loss': loss, 'activations': [a for a, _ in layers], 'gradients': [g for _, g in layers]}

def he(w): nn.init.kaiming_normal_(w, nonlinearity='relu')
schemes = {'normal': lambda w: nn.init.normal_(w, std=0.01), 'glorot': nn.init.xavier_uniform_, 'he': he, 'pytorch': None}
drawn = {}
for scheme, draw in schemes.items():
    sums = None
    for seed in range(20):
        torch.manual_seed(seed)
        net = build(plans['A'], 1 / 8, 512, 1, 10)
        for part in net.modules():
            if draw and isinstance(part, (nn.Conv2d, nn.Linear)):
                draw(part.weight)
                nn.init.zeros_(part.bias)
        pixels = torch.randint(0, 256, (8, 3, 32, 32)).double()
        _, layers = signal(net, (pixels - pixels.mean()) / pixels.std(), torch.randint(0, 10, (8,)))
        logs = [[math.log(value) for value in layer] for layer in layers]
        sums = logs if sums is None else [[a + b for a, b in zip(one, two)] for one, two in zip(sums, logs)]
    drawn[scheme] = {'activations': [math.exp(a / 20) for a, _ in sums], 'gradients': [math.exp(g / 20) for _, g in sums]}

(folder / 'startSignal.json').write_text(json.dumps({'golden': golden, 'drawn': drawn}, indent=1) + '\n')
