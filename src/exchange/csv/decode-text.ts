import { csvProblem, type CsvResult } from './csv-problem.ts';

const startsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // The decoder's own message is of no use to anybody who has to correct the file.
    return undefined;
  }
};

/** What Windows-1252 has where Latin-1 has control characters, 0x80 to 0x9f. */
const windowsOnly = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Written out because the runtime's own decoder takes Windows-1252 for Latin-1 in some of its versions. */
const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => windowsOnly[character.charCodeAt(0) - 0x80] ?? character);

/**
 * Bytes of a file to text without its byte order mark. UTF-16 only with a mark, UTF-8 otherwise, both strict;
 * Windows-1252 only when asked for and only when the bytes are not UTF-8, since every byte string is "valid" there.
 */
export function decodeText(bytes: Uint8Array, options: { windows1252?: boolean } = {}): CsvResult<{ text: string }> {
  // A header may well begin with the letters PK: only a whole zip signature says "workbook".
  const isZip = startsWith(bytes, 0x50, 0x4b) && [0x03, 0x05, 0x07].includes(bytes[2] ?? 0);
  if (isZip && bytes[3] === (bytes[2] ?? 0) + 1) return csvProblem('looks-like-xlsx');
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return csvProblem('looks-like-xls');

  const wide = startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined;
  const text =
    wide !== undefined
      ? decode(bytes, wide)
      : (decode(bytes, 'utf-8') ?? (options.windows1252 === true ? decodeWindows1252(bytes) : undefined));
  if (text === undefined) return csvProblem(wide === undefined ? 'not-utf8' : 'not-utf16');
  return text.includes('\0') ? csvProblem('contains-nul') : { text };
}
