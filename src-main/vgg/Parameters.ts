import type { Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';
import { layersOf, parametricLayers, type Architecture, type Layer, type ParametricLayer } from './layers.ts';

/** Gives the first weight and bias of a layer, as TensorFlow tensors in {@link weightShape}'s layout. */
export type Initialiser = (layer: ParametricLayer) => { weight: Tensor; bias: Tensor };

/** The weight and the bias of one layer. */
export interface LayerParameters {
  weight: Variable;
  bias: Variable;
}

/** The weights of a net, by layer. Their owner: {@link dispose} frees them all. */
export class Parameters {
  readonly architecture: Architecture;
  readonly layers: readonly Layer[];
  readonly #byLayer = new Map<string, LayerParameters>();

  constructor(architecture: Architecture, initialise: Initialiser) {
    this.architecture = architecture;
    this.layers = layersOf(architecture);
    for (const layer of this.parametricLayers()) {
      const { weight, bias } = initialise(layer);
      this.#byLayer.set(layer.name, { weight: new Variable(weight), bias: new Variable(bias) });
    }
  }

  parametricLayers(): ParametricLayer[] {
    return parametricLayers(this.layers);
  }

  of(layer: ParametricLayer): LayerParameters {
    const parameters = this.#byLayer.get(layer.name);
    if (!parameters) throw new Error(`${layer.name} has no parameters.`);
    return parameters;
  }

  /** All variables, in the order of the layers, the weight before the bias. */
  variables(): Variable[] {
    return [...this.#byLayer.values()].flatMap(({ weight, bias }) => [weight, bias]);
  }

  dispose(): void {
    for (const variable of this.variables()) variable.dispose();
    this.#byLayer.clear();
  }
}
