/** Bytes of UTF-8: every file system takes names of 255, and some room is left for endings of temporary files. */
const mostBytes = 180;

/** What Windows keeps for its devices, whatever the ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that somebody else gave a file, as one that any system takes and that is in no other folder: without the folders
 * before it, control characters and what Windows forbids; composed (NFC), not hidden, not too long. The ending stays.
 */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    // Also those that turn the direction of writing, which can make an ending look like another.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const name = plain === '' ? 'file' : plain;
  return shortened(reserved.test(name) ? `_${name}` : name);
}

function shortened(name: string): string {
  const bytes = (text: string) => Buffer.byteLength(text);
  if (bytes(name) <= mostBytes) return name;
  const ending = /\.[A-Za-z0-9]{1,16}$/.exec(name)?.[0] ?? '';
  let stem = '';
  for (const letter of name.slice(0, name.length - ending.length)) {
    if (bytes(stem + letter + ending) > mostBytes) break;
    stem += letter;
  }
  return stem + ending;
}
