import type { Mention } from './activity.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** HTML entities as characters, each once: `&amp;lt;` is `&lt;`, not `<`. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,6}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (code === 160) return ' ';
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Hands out the mentions of one text in order: two people of one name are two mentions with the same words. */
function createMentionQueue(mentions: readonly Mention[]): (words: string) => Mention | undefined {
  const left = [...mentions];
  return (words) => {
    const index = left.findIndex((mention) => mention.text === words);
    if (index < 0) return mentions.find((mention) => mention.text === words);
    return left.splice(index, 1)[0];
  };
}

/**
 * The command in a Teams message: mentions of Baton itself are gone, mentions of other people are `@<id>` words,
 * entities are characters, and `/care` in front is optional. A message without text is an empty command.
 */
export function readText(text: string | undefined, botId: string, mentions: readonly Mention[]): string {
  const next = createMentionQueue(mentions);
  const plain = (text ?? '').replace(/<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi, (words, name: string) => {
    const mention = next(words) ?? next(name);
    if (mention === undefined) return name;
    if (mention.mentioned.id === botId) return ' ';
    return ` @${mention.mentioned.aadObjectId ?? mention.mentioned.id} `;
  });
  return decodeEntities(plain)
    .replace(/\u00a0/g, ' ')
    .replace(/\r\n?/g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(/^\/?care(?=\s|$)\s*/i, '');
}
