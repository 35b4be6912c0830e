import { Router } from 'express';
import { z } from 'zod';
import { answerBody } from './answer-request.ts';
import { SimulatorRefusal } from './find-person.ts';
import type { Faults as SlackFaults } from './slack/faults.ts';
import type { LocalTeams } from './teams/types.ts';

const shared = { times: z.int().min(1).max(1000).default(1) };
const text = z.string().min(1).max(512);
const slackSchema = z.strictObject({
  platform: z.literal('slack'),
  ...shared,
  kind: z
    .string()
    .regex(
      /^(429|500|slow|lost-reply|refused|error:[a-z_]{1,60})$/,
      '429, 500, slow, lost-reply, refused or error:<code>',
    ),
  method: text.optional(),
  channel: text.optional(),
  retryAfter: z.int().min(1).max(3600).optional(),
  delayMs: z.int().min(1).max(60_000).optional(),
});
const teamsSchema = z.strictObject({
  platform: z.literal('teams'),
  ...shared,
  kind: z.enum(['429', '500', '502', '412', '403', 'slow', 'lost-reply', 'refused']),
  conversation: text.optional(),
  milliseconds: z.int().min(1).max(60_000).optional(),
});
const clearSchema = z.strictObject({ clear: z.literal(true) });
const oneSchema = z.discriminatedUnion('platform', [slackSchema, teamsSchema]);

/** A fault as it was asked for; how much of it is used up, only the platform knows. */
export interface AskedFault {
  readonly platform: 'slack' | 'teams';
  readonly kind: string;
  readonly times: number;
}
export interface FaultDesk {
  readonly router: Router;
  list(): readonly AskedFault[];
}

/** `POST /faults`: what goes wrong between Baton and a platform next. A new one replaces those of its platform. */
export function createFaultDesk(platforms: {
  readonly slack: SlackFaults | undefined;
  readonly teams: LocalTeams['faults'] | undefined;
}): FaultDesk {
  const { slack, teams } = platforms;
  let asked: readonly AskedFault[] = [];

  const clear = (platform: AskedFault['platform']): void => {
    if (platform === 'slack') slack?.set([]);
    else teams?.clear();
    asked = asked.filter((fault) => fault.platform !== platform);
  };
  const set = (fault: z.infer<typeof oneSchema>): void => {
    const { platform, kind, times } = fault;
    if ((platform === 'slack' ? slack : teams) === undefined) {
      throw new SimulatorRefusal(`There is no ${platform} in this simulator.`);
    }
    clear(platform);
    if (fault.platform === 'slack') {
      const { method, channel, retryAfter, delayMs } = fault;
      slack?.set([
        {
          // The schema's pattern admits exactly the kinds of the type.
          kind: fault.kind as 'slow',
          times,
          ...(method === undefined ? {} : { method }),
          ...(channel === undefined ? {} : { channel }),
          ...(retryAfter === undefined ? {} : { retryAfter }),
          ...(delayMs === undefined ? {} : { delayMs }),
        },
      ]);
    } else {
      const { conversation, milliseconds } = fault;
      teams?.add({
        kind: fault.kind,
        times,
        ...(conversation === undefined ? {} : { conversation }),
        ...(milliseconds === undefined ? {} : { milliseconds }),
      });
    }
    asked = [...asked, { platform, kind, times }];
  };

  const router = Router();
  router.post(
    '/faults',
    answerBody(z.looseObject({}), (body) => {
      if (clearSchema.safeParse(body).success) {
        clear('slack');
        clear('teams');
        return { faults: asked };
      }
      const fault = oneSchema.safeParse(body);
      if (!fault.success) {
        throw new SimulatorRefusal(
          'Say {"platform":"slack","kind":"429","times":3} (kinds: 429, 500, slow, lost-reply, refused; Teams also 502, 412, 403), or {"clear":true}.',
        );
      }
      set(fault.data);
      return { faults: asked };
    }),
  );
  return { router, list: () => asked };
}
