"""The nets of the bench, and how a contestant is timed."""

import time

BLOCKS = {
    "A": [(64,), (128,), (256, 256), (512, 512), (512, 512)],
    "D": [(64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)],
}


def scaled(channels, width):
    return max(1, round(channels * width))


def throughput(steps, images, run):
    """Best of the steps after one that warms up, as the workbench's own bench measures."""
    best = float("inf")
    for step in range(steps + 1):
        began = time.perf_counter()
        run()
        if step > 0:
            best = min(best, time.perf_counter() - began)
    return images / best
