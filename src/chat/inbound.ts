import { platforms } from '../platform.ts';
import { z } from 'zod';

/**
 * One thing a person (or a platform) did, verified by an adapter and free of any platform's shape.
 * Text arrives as typed, with platform entities already turned into `@<user id>` words.
 */
const id = z.string().min(1).max(255);

export const inboundSchema = z.strictObject({
  platform: z.enum(platforms),
  /** Slack team id or Teams tenant id. */
  tenant: id,
  /** The workspace it happened in, when that is another one than the person's own (a channel shared by companies). */
  via: id.optional(),
  /** Slack user id, or the Entra object id on Teams. */
  user: id,
  /** Where it happened. `direct` = only this person and the bot. */
  place: z.strictObject({ id: z.string().max(512), kind: z.enum(['direct', 'channel', 'group']) }),
  /** Unique for one delivery of the platform; the same on every repetition of it. */
  delivery: z.string().min(1).max(512),
  what: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('command'), text: z.string().max(45_000) }),
    z.strictObject({
      kind: z.literal('button'),
      action: id,
      subject: z.string().max(255).optional(),
      version: z.int().optional(),
      choice: z.string().max(75).optional(),
      /** The message it stands on, where it stands on one. */
      message: id.optional(),
    }),
    z.strictObject({
      kind: z.literal('form-submitted'),
      form: id,
      session: id,
      values: z.record(z.string().max(75), z.union([z.string(), z.array(z.string()), z.boolean()])),
    }),
    z.strictObject({ kind: z.literal('form-closed'), form: id, session: id }),
    z.strictObject({
      kind: z.literal('option-search'),
      search: z.enum(['clients', 'people']),
      query: z.string().max(3000),
    }),
    z.strictObject({ kind: z.literal('home-opened') }),
    /** `at`: when it happened by the platform's clock; it may be told late, after what came next. */
    z.strictObject({ kind: z.literal('installed'), at: z.iso.datetime().optional() }),
    /** Gone from the whole workspace, or from this conversation only. */
    z.strictObject({
      kind: z.literal('uninstalled'),
      at: z.iso.datetime().optional(),
      only: z.literal('conversation').optional(),
    }),
    /** An emoji on a message of ours. Which emoji is not read: none of them acts. */
    z.strictObject({ kind: z.literal('reacted'), message: id }),
    /** The platform says this user can no longer sign in, or can again, or is a guest now. `user` is that user. */
    z.strictObject({
      kind: z.literal('user-changed'),
      active: z.boolean(),
      guest: z.boolean().optional(),
      /** The platform knows nobody of that id: a mistake of the organisation's file, or somebody who left. */
      missing: z.boolean().optional(),
    }),
  ]),
});
export type Inbound = z.infer<typeof inboundSchema>;
export type Happening = Inbound['what'];
