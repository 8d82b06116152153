import type { NetworkDescription } from '../../src-main/workbench/contract.ts';
import { n, svgFile, svgText, svgTitle } from '../charts/print/svg.ts';
import { layerBars } from './layerBars.ts';

const colours = { conv: '#0b62a8', fc: '#4d5869', lrn: '#8a4b00' } as const;
const [width, height, margin] = [720, 140, 16];
/** Of the title above the bars, and of the layers' names below them. */
const [titleHeight, nameHeight] = [30, 60];

/**
 * A net to scale as an SVG of its own, dark on white, with the name of each layer under its bar; `family` is its attribute
 * `font-family`.
 */
export function barsSvg(net: NetworkDescription, family: string): string {
  const whole = { width: width + 2 * margin, height: titleHeight + height + nameHeight + margin };
  const middle = titleHeight + height / 2;
  const bars = layerBars(net, { width, height });
  return svgFile(
    whole,
    family,
    [
      svgTitle(margin, 20, barsTitle(net)),
      ...bars.flatMap((bar) => {
        const x = margin + bar.x;
        const under = { x: x + bar.width / 2 + 3, y: titleHeight + height + 6 };
        return [
          `<rect x="${n(x)}" y="${n(middle - bar.height / 2)}" width="${n(bar.width)}" height="${n(bar.height)}" rx="1" fill="${colours[bar.kind]}"><title>${bar.title}</title></rect>`,
          svgText(
            under.x,
            under.y,
            bar.name,
            `text-anchor="end" transform="rotate(-90 ${n(under.x)} ${n(under.y)})"`,
          ),
        ];
      }),
    ],
    9,
  );
}

export function barsTitle({ config, crop, depth }: NetworkDescription): string {
  return `Net ${config}, crop ${crop}: ${depth} layers with weights`;
}
