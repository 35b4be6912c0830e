/** The demo team on both platforms. */
export interface SimulatedPerson {
  /** Id in the organisation file, e.g. `maya`. */
  readonly id: string;
  readonly name: string;
  readonly slackUser?: string;
  /** Entra object id. */
  readonly teamsUser?: string;
}

export interface SimulatedUser {
  readonly id: string;
  readonly name: string;
}

/** Something asked of the simulator that cannot be; the message is a sentence for whoever asked. */
export class SimulatorRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'SimulatorRefusal';
  }
}

/** The platform's user for `who`: its own user id, or the id of a person who has an account there. */
export function findUser(
  who: string,
  platform: 'Slack' | 'Teams',
  users: readonly SimulatedUser[],
  people: readonly SimulatedPerson[],
): string {
  const person = people.find(({ id }) => id === who);
  const account = platform === 'Slack' ? person?.slackUser : person?.teamsUser;
  const found = users.find(({ id }) => id === who || id === account);
  if (found !== undefined) return found.id;
  const known = people.filter((one) => (platform === 'Slack' ? one.slackUser : one.teamsUser) !== undefined);
  const names = known.map(({ id }) => id).join(', ');
  throw new SimulatorRefusal(`Nobody by that id is on this ${platform}. People here: ${names}.`);
}
