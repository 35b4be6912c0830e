import { z } from 'zod';

/**
 * The part of a Bot Framework activity that Baton reads. Everything else in a request is ignored, so a field that
 * Teams adds one day changes nothing.
 */
const account = z.object({
  id: z.string().min(1).max(255),
  name: z.string().max(1000).optional().catch(undefined),
  aadObjectId: z.string().min(1).max(255).optional().catch(undefined),
});

export const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string().max(1000).optional(),
  mentioned: account,
});
export type Mention = z.infer<typeof mentionSchema>;

export const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(512).optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  /** When it happened, by the clock of Teams. */
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  membersRemoved: z.array(account).max(500).optional().catch(undefined),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().max(2000),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1).max(512),
    conversationType: z.string().max(50).optional(),
    tenantId: z.string().max(255).optional(),
  }),
  channelData: z
    .object({ tenant: z.object({ id: z.string().max(255) }).optional(), eventType: z.string().max(100).optional() })
    .optional()
    .catch(undefined),
  text: z.string().optional().catch(undefined),
  replyToId: z.string().min(1).max(512).optional().catch(undefined),
  value: z.unknown().optional(),
  /** Emojis put on the message `replyToId`. Which ones is not read. */
  reactionsAdded: z.array(z.unknown()).max(100).optional().catch(undefined),
  entities: z.array(z.unknown()).max(500).optional().catch(undefined),
});
export type TeamsActivity = z.infer<typeof activitySchema>;
