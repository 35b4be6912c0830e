import type { Post } from '../feature/feature.ts';
import { courtesiesOf } from './courtesies.ts';
import { priorities } from './states.ts';

/** What was kept back from one person or team while something large went on. */
export interface Muted {
  readonly to: Post['to'];
  /** How many things they would have been told of. */
  readonly things: number;
}

/**
 * Keeps posts back while something large goes on, e.g. an import of hundreds of clients: whoever muted tells each
 * destination once, at the end. Escalations and what somebody asked for are not kept.
 */
export function createMute(): {
  /** True when the post is kept back; otherwise it must be written now. */
  keeps(post: Post): boolean;
  /** What was kept, by destination, in the order of the first. */
  kept(): readonly Muted[];
} {
  const kept = new Map<string, { readonly to: Post['to']; readonly things: Set<string> }>();
  return {
    keeps(post) {
      const { mute } = courtesiesOf({ priority: priorities[post.priority], atOnce: post.atOnce === true });
      if (!mute) return false;
      const name = 'person' in post.to ? `person:${post.to.person}` : `team:${post.to.team}`;
      const known = kept.get(name) ?? { to: post.to, things: new Set<string>() };
      known.things.add(`${post.kind}:${post.subject}`);
      kept.set(name, known);
      return true;
    },
    kept: () => [...kept.values()].map(({ to, things }) => ({ to, things: things.size })),
  };
}
