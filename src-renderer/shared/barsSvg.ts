import type { NetworkDescription } from '../../src-main/workbench/contract.ts';
import { layerBars } from './layerBars.ts';

const colours = { conv: '#0b62a8', fc: '#4d5869', lrn: '#8a4b00' } as const;
const ink = '#1a2230';
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
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}" font-family="${family}" font-size="9" fill="${ink}">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="${margin}" y="20" font-size="14" font-weight="bold">${barsTitle(net)}</text>`,
    ...bars.flatMap((bar) => {
      const x = margin + bar.x;
      const under = { x: x + bar.width / 2 + 3, y: titleHeight + height + 6 };
      return [
        `<rect x="${n(x)}" y="${n(middle - bar.height / 2)}" width="${n(bar.width)}" height="${n(bar.height)}" rx="1" fill="${colours[bar.kind]}"><title>${bar.title}</title></rect>`,
        `<text x="${n(under.x)}" y="${n(under.y)}" text-anchor="end" transform="rotate(-90 ${n(under.x)} ${n(under.y)})">${bar.name}</text>`,
      ];
    }),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

export function barsTitle({ config, crop, depth }: NetworkDescription): string {
  return `Net ${config}, crop ${crop}: ${depth} layers with weights`;
}

/** A tenth of a pixel is finer than any printer's dot. */
function n(value: number): string {
  return String(Number(value.toFixed(1)));
}
