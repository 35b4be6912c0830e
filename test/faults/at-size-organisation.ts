/** Coordinators beside those of the sample, in ten teams of their own. */
const colleagues = 396;
const teams = 12;

/** Letters of a number: names and no digits, because a sheet matches its coordinators by name. */
const lettersOf = (index: number): string =>
  [...String(index)].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
const nameOf = (index: number): string => `Cora Q${lettersOf(index)}`;
const userOf = (index: number): string => `U0CORA${index}`;
const everybody = Array.from({ length: colleagues }, (_, index) => index);

/** The same people in the Slack workspace. */
export const colleaguesOnSlack = everybody.map((index) => ({
  id: userOf(index),
  name: `cora${index}`,
  real_name: nameOf(index),
}));

/** The sample organisation with all of them: 400 coordinators, 14 teams. */
export function withColleagues(text: string): string {
  const more = Array.from(
    { length: teams },
    (_, index) =>
      `  - { id: t${index}, name: Team ${index}, zone: America/New_York, workingDays: [mon, tue, wed, thu, fri], ` +
      `schedules: { dailyDigest: { at: "08:30" } } }`,
  );
  const people = everybody.map(
    (index) =>
      `  - { id: c${index}, name: ${nameOf(index)}, roles: [coordinator], team: t${index % teams}, ` +
      `identities: [{ workspace: rs-slack, user: ${userOf(index)} }] }`,
  );
  return [text.replace('\npeople:\n', `\n${more.join('\n')}\npeople:\n`).trimEnd(), ...people, ''].join('\n');
}

const given = 'Maria Mark James Mary John Martha Robert Linda Matthew David Susan Malik Joseph Marcus Karen Ana'.split(
  ' ',
);
const family = 'Smith Johnson Martinez Brown Garcia Miller Davis Lopez Wilson Marsh Thomas Moore Lee Clark'.split(' ');
const day = 24 * 60 * 60_000;

/**
 * A clinic's sheet of so many clients as they are spread: two frequent names each, born in forty years. Maya has every two
 * hundredth, the others the rest alike; of sixty one has been due for a while, one for each of the last four days, the others come.
 */
export function sheetAtSize(count: number, now: Date): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const first = given[Math.floor((given.length * ((index * 7919) % 10_007) ** 2) / 10_007 ** 2)] ?? '';
    const last = family[Math.floor((family.length * ((index * 104_729) % 9_973) ** 2) / 9_973 ** 2)] ?? '';
    const born = new Date(Date.UTC(1950, 0, 1) + ((index * 31) % 14_600) * day).toISOString().slice(0, 10);
    const due = new Date(now.getTime() + ((index * 17) % 60) * day - 4 * day).toISOString().slice(0, 10);
    const coordinator = index % 200 === 0 ? 'Maya Torres' : nameOf(index % colleagues);
    return `${first} ${last},${born},S${index},${coordinator},${due}`;
  });
  return ['Pt Name,DOB,MRN,Care Coordinator,Next Contact', ...rows, ''].join('\n');
}
