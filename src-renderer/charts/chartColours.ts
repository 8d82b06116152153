/** The theme's colours, as a canvas needs them. */
export interface ChartColours {
  text: string;
  ink: string;
  grid: string;
  ground: string;
  accent: string;
}

/** Of the theme that an element is shown in. */
export function chartColours(element: Element): ChartColours {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: value('--text-soft'),
    ink: value('--text'),
    grid: value('--line'),
    ground: value('--surface'),
    accent: value('--accent'),
  };
}
