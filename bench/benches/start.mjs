import { interleave, milliseconds, resultOf } from '../measure.mjs';
import { startService } from '../processes.mjs';
import { createSlack } from '../slack-requests.mjs';

const rounds = 7;

/** From the start of the process until its first command is acknowledged. */
export async function benchStart({ settings, embedded, people, codes, channel, teamsSettings }) {
  const first = (script, environment, code) => async () => {
    const slack = createSlack(1);
    let service;
    const taken = await milliseconds(async () => {
      service = await startService(script, environment);
      await slack.command(service.url, people[0].slack, `log ${code} phone reached 15m fu +3d`);
    });
    slack.close();
    await service.stop();
    return taken;
  };
  const firstInTeams = (script, expected) => async () => {
    let service;
    const taken = await milliseconds(async () => {
      service = await startService(script, teamsSettings);
      await channel.message(service.url, people[0].teams, 'help', expected);
    });
    await service.stop();
    return taken;
  };
  const sides = {
    baton: first('dist/main.js', settings, codes.own),
    own: first('dist/main.js', embedded, codes.embedded),
    echo: first('bench/counterparts/slack-echo.mjs', settings, codes.own),
    teams: firstInTeams('dist/main.js', 'log'),
    teamsEcho: firstInTeams('bench/counterparts/teams-echo.mjs', 'echo help'),
  };
  await interleave(1, sides);
  const taken = await interleave(rounds, sides);
  const shared = { counterpart: 'Bolt echo', theirs: taken.echo, unit: 'ms' };
  return [
    resultOf({ name: 'start to first acknowledgement, warm', ours: taken.baton, ...shared }),
    resultOf({
      name: 'start to first answer in Teams, warm',
      counterpart: 'botbuilder echo',
      ...{ ours: taken.teams, theirs: taken.teamsEcho, unit: 'ms' },
    }),
    resultOf({ name: 'start to first acknowledgement, starting its own PostgreSQL', ours: taken.own, ...shared }),
  ];
}
