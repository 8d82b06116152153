import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/*
 * What yauzl trusts before it reads: the 64-bit numbers of a zip file. A number beyond the safe integers makes it throw
 * where nobody can catch it. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16
 */

const endBytes = 22;
const endMark = 0x06054b50;
const locatorBytes = 20;
const locatorMark = 0x07064b50;
const recordBytes = 56;
const longestComment = 0xffff;
/** Of an entry in the directory, without its name. */
const leastEntryBytes = 46;

/** What is wrong with the 64-bit numbers at a zip file's end, after "its"; undefined if nothing is. To ask before yauzl opens it. */
export function zipFault(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytesAt = (begin: number, length: number) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, begin);
      return bytes;
    };
    const tail = bytesAt(
      Math.max(0, size - endBytes - locatorBytes - longestComment),
      Math.min(size, endBytes + locatorBytes + longestComment),
    );
    const locator = locatorIn(tail);
    if (locator === undefined) return undefined;
    const recordAt = tail.readBigUInt64LE(locator + 8);
    if (recordAt > BigInt(size - recordBytes)) return 'directory lies outside the file';
    const record = bytesAt(Number(recordAt), recordBytes);
    const entries = record.readBigUInt64LE(32);
    const directoryAt = record.readBigUInt64LE(48);
    if (directoryAt > BigInt(size)) return 'directory lies outside the file';
    if (entries > BigInt(Math.floor(size / leastEntryBytes)))
      return 'directory claims more entries than there is room for';
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Whether an entry that yauzl has read begins within the file and ends within it. */
export function isWithin(
  {
    relativeOffsetOfLocalHeader,
    compressedSize,
  }: { relativeOffsetOfLocalHeader: number; compressedSize: number },
  fileSize: number,
): boolean {
  return relativeOffsetOfLocalHeader + compressedSize <= fileSize;
}

/** Where the pointer to the 64-bit record begins, as yauzl finds it. */
function locatorIn(tail: Buffer): number | undefined {
  for (let end = tail.length - endBytes; end >= 0; end--) {
    if (tail.readUInt32LE(end) !== endMark) continue;
    const locator = end - locatorBytes;
    return locator >= 0 && tail.readUInt32LE(locator) === locatorMark ? locator : undefined;
  }
  return undefined;
}
