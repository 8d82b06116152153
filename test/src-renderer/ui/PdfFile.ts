/** What jsPDF writes, read back as ISO 32000-1 says: streams, and text by the tables `ToUnicode` (9.10.3). */
export class PdfFile {
  /** The file with its streams inflated, a character for each byte. */
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static async of(file: Blob): Promise<PdfFile> {
    const raw = latin1(await file.arrayBuffer());
    const parts: string[] = [];
    let at = 0;
    for (const match of raw.matchAll(/\/Length (\d+)\s[^>]*>>\s*stream\r?\n/g)) {
      const start = match.index + match[0].length;
      const stream = raw.slice(start, start + Number(match[1]));
      const isDeflated = match[0].includes('/FlateDecode');
      parts.push(raw.slice(at, start), isDeflated ? await inflated(stream) : stream);
      at = start + stream.length;
    }
    return new PdfFile([...parts, raw.slice(at)].join(''));
  }

  /** The texts on the page, each as it was set. */
  get written(): string[] {
    return [...this.text.matchAll(/\/(F\d+) [\d.]+ Tf[^]*?<([0-9a-f]+)> Tj/g)].map(
      ([, font = '', glyphs = '']) => {
        const characters = this.#charactersOf(font);
        return (glyphs.match(/.{4}/g) ?? []).map((glyph) => characters.get(glyph) ?? '').join('');
      },
    );
  }

  #charactersOf(font: string): Map<string, string> {
    const table = this.#object(this.#reference(this.text, font), 'ToUnicode');
    return new Map(
      [...table.matchAll(/<([0-9a-f]{4})><([0-9a-f]{4})>/g)].map(([, glyph = '', code = '']) => [
        glyph,
        String.fromCharCode(parseInt(code, 16)),
      ]),
    );
  }

  /** The object that the entry of another names. */
  #object(number: string, entry: string): string {
    return this.#body(this.#reference(this.#body(number), entry));
  }

  #body(number: string): string {
    return new RegExp(`(?:^|\\n)${number} 0 obj\\n([^]*?)endobj`).exec(this.text)?.[1] ?? '';
  }

  #reference(within: string, entry: string): string {
    return new RegExp(`/${entry} (\\d+) 0 R`).exec(within)?.[1] ?? '';
  }
}

async function inflated(stream: string): Promise<string> {
  const bytes = Uint8Array.from(stream, (character) => character.charCodeAt(0));
  const inflating = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return latin1(await new Response(inflating).arrayBuffer());
}

function latin1(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
}
