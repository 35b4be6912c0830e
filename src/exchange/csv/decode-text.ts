import { isUtf8 } from 'node:buffer';
import { csvProblem, type CsvResult } from './csv-problem.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const startsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** What Windows-1252 has where Latin-1 has control characters, 0x80 to 0x9f. */
const windowsOnly = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Written out because the runtime's own decoder takes Windows-1252 for Latin-1 in some of its versions. */
const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => windowsOnly[character.charCodeAt(0) - 0x80] ?? character);

/** So many bytes are text at once: a long file costs no more room than a short one. Even, for the sake of UTF-16. */
const chunkBytes = 64 * 1024;

/**
 * How a file's bytes are to be read. UTF-16 only with a mark, UTF-8 otherwise, both strict; Windows-1252 only when asked
 * for and only when the bytes are not UTF-8, since every byte string is "valid" there.
 */
export function findEncoding(
  bytes: Uint8Array,
  options: { windows1252?: boolean } = {},
): CsvResult<{ encoding: Encoding }> {
  // A header may well begin with the letters PK: only a whole zip signature says "workbook".
  const isZip = startsWith(bytes, 0x50, 0x4b) && [0x03, 0x05, 0x07].includes(bytes[2] ?? 0);
  if (isZip && bytes[3] === (bytes[2] ?? 0) + 1) return csvProblem('looks-like-xlsx');
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return csvProblem('looks-like-xls');
  const encoding = chooseEncoding(bytes, options);
  if (encoding === undefined) return csvProblem('not-utf8');
  try {
    for (const text of decodeText(bytes, encoding)) if (text.includes('\0')) return csvProblem('contains-nul');
  } catch {
    // The decoder's own message is of no use to anybody who has to correct the file.
    return csvProblem(encoding === 'utf-8' ? 'not-utf8' : 'not-utf16');
  }
  return { encoding };
}

function chooseEncoding(bytes: Uint8Array, { windows1252 }: { windows1252?: boolean }): Encoding | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  return windows1252 === true ? 'windows-1252' : undefined;
}

/** The text of a file, piece by piece, without its byte order mark. Throws where the bytes are not of the encoding. */
export function* decodeText(bytes: Uint8Array, encoding: Encoding): Generator<string, void> {
  const decoder = encoding === 'windows-1252' ? undefined : new TextDecoder(encoding, { fatal: true });
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    const chunk = bytes.subarray(from, from + chunkBytes);
    yield decoder?.decode(chunk, { stream: true }) ?? decodeWindows1252(chunk);
  }
  // A letter cut off at the end of the file is noticed here.
  yield decoder?.decode() ?? '';
}
