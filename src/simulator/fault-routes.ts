import { Router } from 'express';
import { z } from 'zod';
import { answerBody } from './answer-request.ts';
import { SimulatorRefusal } from './find-person.ts';
import { slackFaultKinds, type Faults as SlackFaults } from './slack/faults.ts';
import { teamsFaultKinds, type LocalTeams } from './teams/types.ts';

const shared = { times: z.int().min(1).max(1000).default(1) };
const text = z.string().min(1).max(512);
const slackSchema = z.strictObject({
  platform: z.literal('slack'),
  ...shared,
  kind: z.union([
    z.enum(slackFaultKinds),
    z.templateLiteral(['error:', z.string().regex(/^[a-z_]{1,60}$/)]),
    z.templateLiteral(['done-error:', z.string().regex(/^[a-z_]{1,60}$/)]),
  ]),
  method: text.optional(),
  channel: text.optional(),
  retryAfter: z.int().min(1).max(3600).optional(),
  delayMs: z.int().min(1).max(60_000).optional(),
});
const teamsSchema = z.strictObject({
  platform: z.literal('teams'),
  ...shared,
  kind: z.enum(teamsFaultKinds),
  conversation: text.optional(),
  milliseconds: z.int().min(1).max(60_000).optional(),
  retryAfter: z.int().min(1).max(3600).optional(),
  code: z
    .string()
    .regex(/^\w{1,60}$/)
    .optional(),
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

type Unset<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };
/** Optional words of a request that were not said are left out. */
function dropUnset<T extends object>(given: T): Unset<T> {
  // Exactly the entries that are undefined are gone.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Unset<T>;
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
      const { platform: _slack, ...wanted } = fault;
      slack?.set([dropUnset(wanted)]);
    } else {
      const { platform: _teams, ...wanted } = fault;
      teams?.add(dropUnset(wanted));
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
          `Say {"platform":"slack","kind":"429","times":3}, or {"clear":true}. Kinds of Slack: ${slackFaultKinds.join(', ')}, error:<code>, done-error:<code>. Kinds of Teams: ${teamsFaultKinds.join(', ')}.`,
        );
      }
      set(fault.data);
      return { faults: asked };
    }),
  );
  return { router, list: () => asked };
}
