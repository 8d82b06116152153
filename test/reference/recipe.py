"""Several steps of the whole recipe, by PyTorch: python recipe.py FOLDER

`steps`: net A of width 1/16 at crop 32, ten classes, float64, from weights that a formula gives, of He's deviation: six steps of
SGD with momentum and weight decay, after a warm-up a rate that falls evenly, the gradient's norm clipped, inputs divided by
their deviation, no dropout. Of each step the loss, the rate and the norm before it is clipped; of each parameter afterwards its
norm and sixteen values evenly apart, in the workbench's layout.
`plateau`: the rates of ReduceLROnPlateau after each of some errors.
`fans`: the deviation of what kaiming_normal_ draws for a layer, by its inputs and by its outputs.
"""
import json, math, sys
from pathlib import Path
import torch
from torch import nn

class Formula:
    """Random numbers of a fixed sequence, in [0, 1), that JavaScript computes just so."""
    def __init__(self, seed): self.state = seed
    def next(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) / 2**24

def uniform(shape, bound, seed):
    draw = Formula(seed)
    values = [bound * (2 * draw.next() - 1) for _ in range(math.prod(shape))]
    # The workbench keeps weights in float32.
    return torch.tensor(values, dtype=torch.float64).float().double().reshape(shape)

settings = {'crop': 32, 'images': 8, 'epochs': 2, 'stepsPerEpoch': 3, 'warmUpEpochs': 2 / 3, 'learningRate': 0.003,
            'momentum': 0.9, 'weightDecay': 5e-3, 'clipNorm': 20, 'mean': [126, 127, 128], 'deviation': [72, 74, 76]}
hidden, classes = 256, 10
layers, inputs = [], 3
for part in '4 M 8 M 16 16 M 32 32 M 32 32 M'.split():
    if part == 'M':
        layers.append(nn.MaxPool2d(2))
    else:
        layers += [nn.Conv2d(inputs, int(part), 3, padding=1), nn.ReLU()]
        inputs = int(part)
layers += [nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, classes)]
net = nn.Sequential(*layers).double()
parametric = [part for part in net if isinstance(part, (nn.Conv2d, nn.Linear))]

def ours(weight):
    """[outputs, inputs, 3, 3] as [3, 3, inputs, outputs], [outputs, inputs] as [inputs, outputs]; its own inverse for the second."""
    return weight.permute(2, 3, 1, 0) if weight.dim() == 4 else weight.T

with torch.no_grad():
    for index, part in enumerate(parametric):
        shape = ours(part.weight).shape
        drawn = uniform(shape, math.sqrt(6 / math.prod(shape[:-1])), index + 1)
        part.weight.copy_(drawn.permute(3, 2, 0, 1) if drawn.dim() == 4 else drawn.T)
        part.bias.zero_()

draw = Formula(100)
def batch():
    count, crop = settings['images'], settings['crop']
    pixels = torch.tensor([int(256 * draw.next()) for _ in range(count * crop * crop * 3)]).reshape(count, crop, crop, 3)
    labels = torch.tensor([int(classes * draw.next()) for _ in range(count)])
    images = (pixels.double() - torch.tensor(settings['mean'])) / torch.tensor(settings['deviation']).double()
    return images.permute(0, 3, 1, 2), labels

warm = round(settings['warmUpEpochs'] * settings['stepsPerEpoch'])
steps = settings['epochs'] * settings['stepsPerEpoch']
sgd = torch.optim.SGD(net.parameters(), settings['learningRate'], settings['momentum'], weight_decay=settings['weightDecay'])
rising = torch.optim.lr_scheduler.LinearLR(sgd, 1 / warm, 1, warm - 1)
falling = torch.optim.lr_scheduler.LinearLR(sgd, 1, 0, steps - warm)
schedule = torch.optim.lr_scheduler.SequentialLR(sgd, [rising, falling], [warm])
seen = []
for _ in range(steps):
    images, labels = batch()
    sgd.zero_grad()
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(net.parameters(), settings['clipNorm'])
    seen.append({'loss': loss.item(), 'rate': sgd.param_groups[0]['lr'], 'norm': norm.item()})
    sgd.step()
    schedule.step()
norms = [step['norm'] for step in seen]
assert min(norms) < settings['clipNorm'] < max(norms), norms

def summary(values):
    flat = values.detach().flatten()
    return {'norm': flat.norm().item(), 'values': [flat[i * flat.numel() // 16].item() for i in range(16)]}
after = [summary(values) for part in parametric for values in (ours(part.weight).contiguous(), part.bias)]

draw = Formula(7)
errors = [round(100 * math.exp(-i / 12) + 8 * draw.next(), 2) for i in range(60)]
plateau = {'errors': errors, 'patience': 3, 'factor': 10, 'threshold': 0.25, 'drops': 3, 'rates': []}
sgd = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 0.01)
# The rate falls at the patience-th validation without improvement: PyTorch's is the number that it bears.
reduce = torch.optim.lr_scheduler.ReduceLROnPlateau(sgd, factor=1 / plateau['factor'], patience=plateau['patience'] - 1,
    threshold=plateau['threshold'], threshold_mode='abs', min_lr=0.01 / plateau['factor'] ** plateau['drops'], eps=0)
for error in errors:
    reduce.step(error)
    plateau['rates'].append(sgd.param_groups[0]['lr'])

fans = {}
torch.manual_seed(1)
for name, shape in {'conv3_1': (64, 32, 3, 3), 'fc6': (1024, 128)}.items():
    fans[name] = {}
    for mode in ('fan_in', 'fan_out'):
        drawn = torch.stack([nn.init.kaiming_normal_(torch.empty(shape), mode=mode, nonlinearity='relu') for _ in range(20)])
        fans[name][mode] = drawn.std().item()

found = {'steps': {'settings': settings, 'seen': seen, 'after': after}, 'plateau': plateau, 'fans': fans}
(Path(sys.argv[1]) / 'recipe.json').write_text(json.dumps(found, indent=1) + '\n')
print([round(step['norm'], 3) for step in seen], [round(step['loss'], 4) for step in seen], plateau['rates'], fans)
