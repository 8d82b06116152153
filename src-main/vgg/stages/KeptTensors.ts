import type { Tensor } from '../../engine/tensorflow.ts';

/** The tensors a stage keeps from its forward to its backward pass, by name. */
export class KeptTensors<Name extends string> {
  readonly #tensors = new Map<Name, Tensor>();

  keep(name: Name, tensor: Tensor): Tensor {
    this.#tensors.set(name, tensor);
    return tensor;
  }

  get(name: Name): Tensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw new Error(`No ${name} is kept: backward() comes after forward().`);
    return tensor;
  }

  find(name: Name): Tensor | undefined {
    return this.#tensors.get(name);
  }

  release(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}
