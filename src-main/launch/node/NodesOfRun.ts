import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { freePorts } from '../../supervisor/freeAddresses.ts';
import type { StartTrainer, TrainerLink } from '../../supervisor/TrainerLink.ts';
import { addressOfNode, stepOn } from '../slurm/nodesOfJob.ts';
import { trainerElsewhere } from './trainerElsewhere.ts';

const run = promisify(execFile);

/** The nodes over which the processes of one run are spread, as many on each. The first is this one. */
export class NodesOfRun {
  readonly #nodes: readonly string[];
  readonly #perNode: number;
  readonly #program: readonly string[];
  readonly #startHere: StartTrainer;

  /** @param program the words that start this program on another node */
  constructor(
    { nodes, processes }: { nodes: readonly string[]; processes: number },
    program: readonly string[],
    startHere: StartTrainer,
  ) {
    this.#nodes = nodes;
    this.#perNode = processes / nodes.length;
    this.#program = program;
    this.#startHere = startHere;
  }

  /** Where each process is to listen, by rank: a port that is free on its node. */
  addresses = async (): Promise<string[]> => {
    const [here = '', ...others] = this.#nodes;
    const ports = [
      await freePorts(this.#perNode),
      ...(await Promise.all(others.map((node) => this.#portsOf(node)))),
    ];
    return [here, ...others].flatMap((node, index) => {
      const address = addressOfNode(node);
      return (ports[index] ?? []).map((port) => `${address}:${port}`);
    });
  };

  /** Starts the process of a rank on its node. */
  start = (threads: number | null, rank = 0): TrainerLink => {
    const gpu = rank % this.#perNode;
    const node = this.#nodes[Math.floor(rank / this.#perNode)];
    if (rank < this.#perNode || node === undefined) return this.#startHere(threads, gpu);
    return trainerElsewhere(
      this.#command(node, threads ?? 1, '--trainer', String(threads ?? ''), String(gpu)),
    );
  };

  async #portsOf(node: string): Promise<number[]> {
    const [program = '', ...words] = this.#command(node, 1, '--ports', String(this.#perNode));
    const { stdout } = await run(program, words);
    return z.array(z.int()).length(this.#perNode).parse(JSON.parse(stdout));
  }

  #command(node: string, threads: number, ...words: string[]): string[] {
    return [...stepOn([node], threads), ...this.#program, ...words];
  }
}
