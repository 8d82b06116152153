/** `12 s`, `3 min 05 s`, `1 h 02 min`, `2 d 03 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${two((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${two((whole % 86_400) / 3600)} h`;
}

/** In MB or GB of the decimal kind, as downloads are counted. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e5) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** An error rate; empty where there is none. */
export function formatError(percent: number | null): string {
  return percent === null ? '' : `${percent.toFixed(2)} %`;
}

/** How images were scored: `dense, averaged before softmax, with flip`. */
export function formatProtocol({
  protocol,
  average,
  horizontalFlip,
}: {
  protocol: string;
  average: string;
  horizontalFlip: boolean;
}): string {
  const averaged = protocol.includes('dense') ? [`averaged ${average.replace('-', ' ')}`] : [];
  return [protocol, ...averaged, horizontalFlip ? 'with flip' : 'without flip'].join(', ');
}

/** `138,357,544`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** S as a number or a range, Q as a list. */
export function formatScales(scales: number | readonly number[], between: '-' | ','): string {
  return [scales].flat().join(between);
}

/** An ISO time as people read it, in UTC. */
export function formatTime(iso: string | null): string {
  return iso === null ? '' : iso.slice(0, 16).replace('T', ' ');
}

/** `█████░░░░░` for a share of 0–1. */
export function bar(share: number, width = 12): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
