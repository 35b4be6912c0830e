import { aloneOf, interleave, median, resultOf } from '../measure.mjs';

const rounds = 9;
const messages = 30;

/** A message of a person in their own chat, from the signed request until it is answered and acknowledged. */
export async function benchTeamsMessage({ channel, baton, echo, people, codes, disk }) {
  let turn = 0;
  const next = () => (turn += 1) % people.length;
  const sides = {
    // Verified, kept against repetition and answered with a card; changes nothing, like the echo.
    help: () => channel.message(baton.url, people[next()].teams, 'help', 'log'),
    log: () => {
      const index = next();
      return channel.message(baton.url, people[index].teams, `log ${codes[index]} phone reached 15m fu +3d`, 'Logged');
    },
    echo: () => channel.message(echo.url, people[next()].teams, 'help', 'echo help'),
    disk: () => disk.sync(),
  };
  const slice = (count) =>
    Object.fromEntries(
      Object.entries(sides).map(([name, send]) => [
        name,
        async () => {
          const taken = [];
          for (let sent = 0; sent < count; sent += 1) taken.push(await send());
          return median(taken);
        },
      ]),
    );
  await interleave(1, slice(30));
  const p50 = await interleave(rounds, slice(messages));
  const unit = 'ms, median of a round';
  const shared = { counterpart: 'botbuilder echo', theirs: p50.echo, unit };
  const log = { name: 'teams message, log', ours: p50.log, unit };
  const withDisk = (times) => p50.echo.map((echoed, round) => echoed + times * p50.disk[round]);
  return [
    resultOf({ name: 'teams message, help', ours: p50.help, ...shared }),
    resultOf({ ...log, counterpart: 'echo + 1.3 measured fsync', theirs: withDisk(1.3) }),
    resultOf({ ...log, counterpart: 'the floor: echo + one measured fsync', theirs: withDisk(1) }),
    resultOf({ ...log, ...shared }),
    aloneOf({ name: 'one page made durable (fsync)', ours: median(p50.disk), rounds, unit }),
  ];
}
