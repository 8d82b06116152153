/** Where something goes in a folder, of whichever system the path is. */
export function exportTarget(folder: string, name: string): string {
  const trimmed = folder.trim();
  const separator = trimmed.includes('\\') && !trimmed.includes('/') ? '\\' : '/';
  return `${trimmed.replace(/[/\\]+$/, '')}${separator}${name}`;
}
