import type { AscentSettings } from '../../shared/looks/ascentSettings.ts';
import type { OcclusionSettings } from '../../shared/looks/occlusionSettings.ts';

/** What can be shown of several runs side by side, as the address says it. */
const looks = {
  maps: 'feature maps',
  'grad-cam': 'Grad-CAM',
  occlusion: 'occlusion',
  ascent: 'what units look for',
  top: 'what excites a unit',
} as const;
export type Look = keyof typeof looks;
export const lookOptions = (Object.keys(looks) as Look[]).map((value) => ({ value, title: looks[value] }));

/** The look that the address names; maps if it names none. */
export function lookFrom(text: string | null): Look {
  return text !== null && Object.hasOwn(looks, text) ? (text as Look) : 'maps';
}

/** Index of the class that the address names; undefined for the one that is predicted. */
export function labelFrom(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether it is about an image, rather than about a unit. */
export function isOfImage(look: Look): boolean {
  return look !== 'ascent' && look !== 'top';
}

/** What was started, and how: null for what was not. */
export interface Started {
  occlusion: OcclusionSettings | null;
  ascent: AscentSettings | null;
  top: { unit: number; images: number } | null;
}
export const nothingStarted: Started = { occlusion: null, ascent: null, top: null };
