import type { WorkbenchClient } from '../../../workbench/api.ts';
import type { StartSignal } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';

type Input = Parameters<WorkbenchClient['startSignal']>[0];
type Measured = StartSignal & { net: string };

/** One line of JSON, or two tables, for each scheme. */
export async function lookForSignal(
  session: Session,
  options: { nets: string[]; schemes: string[]; raw?: true; data?: string } & Pick<
    Input,
    'deviation' | 'width' | 'crop' | 'classes' | 'images' | 'seed'
  >,
): Promise<void> {
  const { nets, schemes, raw, data, ...size } = options;
  await ensureEngine(session);
  for (const scheme of schemes) {
    const starts: Measured[] = [];
    for (const net of nets) {
      session.progress.show([`${scheme}: net ${net}`]);
      const input = { ...size, scheme, config: net, standardised: raw === undefined, dataset: data };
      // The API refuses unknown nets and schemes and names the known ones.
      starts.push({ net, ...(await session.client.startSignal(input as Input)) });
    }
    session.progress.clear();
    session.result({ scheme, nets: starts }, () =>
      [
        `Scheme ${scheme}: deviation of each layer's output, after its ReLU`,
        signalTable(starts, ({ activation }) => activation),
        `Scheme ${scheme}: norm of the gradient by each layer's weights`,
        signalTable(starts, ({ gradient }) => gradient),
      ].join('\n\n'),
    );
  }
}

/** Layers of the same name beside each other, in the order of the net that has the most. */
function signalTable(
  starts: readonly Measured[],
  pick: (layer: StartSignal['layers'][number]) => number | null,
): string {
  const longest = starts.toSorted((one, other) => other.layers.length - one.layers.length);
  const layers = [...new Set(longest.flatMap(({ layers }) => layers.map(({ name }) => name)))];
  return textTable(
    ['Layer', ...starts.map(({ net }) => `${net}>`)],
    layers.map((name) => [
      name,
      ...starts.map(({ layers: own }) => {
        const layer = own.find((each) => each.name === name);
        return (layer && pick(layer)?.toPrecision(3)) ?? '';
      }),
    ]),
  );
}
