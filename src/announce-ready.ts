import type { Log } from './log.ts';

/**
 * Says once that the service serves: a sentence for whoever started it, on standard output, and a line of the log for
 * whoever watches it.
 */
export function announceReady(
  ready: {
    readonly url: string;
    /** In words, for the sentence. */
    readonly what: string;
    /** `slack`, `teams`, both with a comma between them, or `local`. */
    readonly platform: string;
  },
  ports: { readonly log: Log; readonly say: (line: string) => void },
): void {
  const { url, what, platform } = ready;
  ports.say(`Baton is ready: ${url}/ (${what})\n`);
  ports.log.info('ready', { url, platform });
}
