import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixture, openCli, type Cli } from './open-cli.ts';

let cli: Cli;
const open = async (): Promise<void> => {
  cli = await openCli();
};
const close = (): Promise<void> => cli.close();

const sample = (): Promise<string> => readFile(fixture('org.yaml'), 'utf8');
/** The sample with one thing changed, as a file. */
async function changed(...pairs: readonly (readonly [string, string])[]): Promise<string> {
  let text = await sample();
  for (const [from, to] of pairs) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return cli.file('org.yaml', text);
}

describe('baton apply', () => {
  beforeEach(open);
  afterEach(close);

  it('makes the organisation and says what it made', async () => {
    const first = await cli.run('apply', fixture('org.yaml'));
    expect(first.exit).toBe(0);
    expect(first.json).toMatchObject({ organisation: 'riverside', dryRun: false, created: true });
    expect(await cli.store.organisations()).toEqual(['riverside']);
    expect(first.text).toContain('  person maya: created');
    expect(first.text).toContain('  team east: created');
  });

  it('changes nothing the second time', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const before = await cli.audit();
    expect(await cli.run('apply', fixture('org.yaml'))).toEqual({
      exit: 0,
      text: 'riverside: Nothing to change.',
      json: { organisation: 'riverside', dryRun: false, created: false, changes: [] },
    });
    expect(await cli.audit()).toEqual(before);
  });

  it('names one changed person, and with --dry-run only names it', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const file = await changed(['fte: 0.8', 'fte: 0.6']);
    const changes = [{ kind: 'person', id: 'jon', what: 'updated' }];
    for (const time of ['once', 'twice']) {
      const dry = await cli.run('apply', file, '--dry-run');
      expect(dry.json, time).toEqual({ organisation: 'riverside', dryRun: true, created: false, changes });
      expect(dry.text).toBe('riverside: Would change 1.\n  person jon: updated');
    }
    expect((await cli.run('apply', file)).json).toMatchObject({ changes });
    expect((await cli.run('apply', file)).json).toMatchObject({ changes: [] });
  });
});

describe('baton apply changes nothing', () => {
  beforeAll(open);
  afterAll(close);
  afterEach(async () => expect(await cli.store.organisations()).toEqual([]));

  it('in a dry run', async () => {
    const dry = await cli.run('apply', fixture('org.yaml'), '--dry-run');
    expect(dry).toMatchObject({ exit: 0, text: 'The organisation riverside would be created.' });
  });

  it('for a bad file, refused as a whole with every path named at once', async () => {
    const file = await changed(
      ['zone: America/New_York', 'zone: America/New_Yrok'],
      ['team: east, fte: 1.0', 'team: esat, fte: 1.0'],
      ['privacy: minimal', 'privacy: minimum'],
    );
    const { exit, text, json } = await cli.run('apply', file);
    expect(exit).toBe(1);
    expect(text.split('\n')[0]).toBe('The file was refused as a whole; nothing was changed.');
    expect(json).toMatchObject({
      refused: expect.arrayContaining([
        expect.objectContaining({ path: 'organisation.privacy' }),
        expect.objectContaining({ path: 'teams[0].zone' }),
      ]),
    });
  });

  it('for a person of a team that is not there', async () => {
    const { exit, text } = await cli.run('apply', await changed(['team: east, fte: 1.0', 'team: esat, fte: 1.0']));
    expect(exit).toBe(1);
    expect(text).toContain('people[0].team');
  });

  it.each([
    ['a list', '- 1\n- 2\n'],
    ['nothing', ''],
    ['a word', 'hello\n'],
  ])('for a file that holds %s', async (_name, content) => {
    const { exit, text } = await cli.run('apply', await cli.file('org.yaml', content));
    expect(exit).toBe(1);
    expect(text).toContain('nothing was changed');
  });

  it.each([
    ['a bracket left open', 'organisation: [1\npeople: 2\n'],
    ['one key twice', 'organisation: { id: a, id: b }\n'],
  ])('for %s, whose line it names', async (_name, content) => {
    const { exit, text } = await cli.run('apply', await cli.file('org.yaml', content));
    expect(exit).toBe(1);
    expect(text).toMatch(/^The file is not valid YAML \(line \d\)\. Nothing was changed\.$/);
  });

  it('when the file cannot be read', async () => {
    expect(await cli.run('apply', `${await cli.file('a', '')}.missing`)).toMatchObject({
      exit: 1,
      text: 'That file cannot be read. Check its name and its permissions.',
    });
  });

  it.each([[[]], [['a.yaml', 'b.yaml']], [['a.yaml', '--force']]])(
    'when it is not given exactly one file but %j',
    async (words) => {
      expect((await cli.run('apply', ...words)).exit).toBe(2);
    },
  );
});
