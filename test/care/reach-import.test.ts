import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEmergencyContact } from '../../src/care/caseloads/read-emergency-contact.ts';
import { findClients } from '../../src/care/clients/records.ts';
import { fixture, openCli, type Cli } from '../cli/open-cli.ts';

describe('an emergency contact in a sheet', () => {
  it.each([
    [
      { emergencyName: 'Rosa Dee', emergencyPhone: '555-0177' },
      { name: 'Rosa Dee', phone: '555-0177' },
    ],
    [
      { emergencyName: 'Rosa Dee', emergencyRelation: 'sister', emergencyPhone: '555-0177' },
      { name: 'Rosa Dee', relation: 'sister', phone: '555-0177' },
    ],
    [{ emergencyName: 'Rosa Dee (658) 555-0177' }, { name: 'Rosa Dee', phone: '(658) 555-0177' }],
    [
      { emergencyName: 'Rosa Dee - sister, +1 658 555 0177 ext. 4' },
      { name: 'Rosa Dee - sister', phone: '+1 658 555 0177 ext. 4' },
    ],
    [{ emergencyName: '658-555-0177: Rosa' }, { name: 'Rosa', phone: '658-555-0177' }],
    [{ emergencyName: '658.555.0177' }, { name: 'name not on file', phone: '658.555.0177' }],
    [{ emergencyPhone: '555-0177' }, { name: 'name not on file', phone: '555-0177' }],
    [
      { emergencyName: 'Rosa, room 12', emergencyPhone: '555-0177' },
      { name: 'Rosa, room 12', phone: '555-0177' },
    ],
  ])('is read from its cells: %j', (cells, expected) => {
    expect(readEmergencyContact(cells)).toEqual({ emergencyContact: expected });
  });

  it.each([{}, { emergencyName: 'Rosa Dee' }, { emergencyRelation: 'sister' }, { emergencyName: 'Rosa, room 12' }])(
    'without a number is nobody to call: %j',
    (cells) => {
      expect(readEmergencyContact(cells)).toEqual({});
    },
  );

  it('keeps every digit of a number, and every letter of a name, whatever stands in the cell', () => {
    const letters = (text: string): string => (text.match(/\p{L}/gu) ?? []).join('');
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-zÀ-ÿ ,()-]{0,30}$/),
        fc.stringMatching(/^[2-9]\d{2}-\d{3}-\d{4}$/),
        (name, phone) => {
          const { emergencyContact } = readEmergencyContact({ emergencyName: `${name} ${phone}` });
          expect(emergencyContact?.phone.replace(/\D/g, '')).toBe(phone.replaceAll('-', ''));
          if (letters(name) !== '') expect(letters(emergencyContact?.name ?? '')).toBe(letters(name));
        },
      ),
    );
  });
});

describe('a sheet with addresses and emergency contacts', () => {
  let cli: Cli;
  beforeAll(async () => {
    cli = await openCli();
    await cli.run('apply', fixture('org.yaml'));
  });
  afterAll(() => cli.close());

  const sheet = (...rows: readonly string[]): string =>
    ['Pt Name,DOB,Care Coordinator,Home Address,Emergency Contact Name,Relationship,Emergency Phone', ...rows].join(
      '\n',
    );
  const identities = (): Promise<unknown[]> =>
    cli.store.inOrganisation('riverside', async (tx) => {
      const rows = await tx.db.$queryRaw<{ id: string }[]>`select id::text as id from client order by created_at, code`;
      const clients = await findClients(
        tx,
        rows.map(({ id }) => id),
      );
      return clients
        .flatMap(({ identity }) => (identity.readable ? [identity.value] : []))
        .sort((a, b) => a.fullName.localeCompare(b.fullName));
    });

  it('brings them with the client, sealed, whatever the clinic calls the columns', async () => {
    const file = await cli.file(
      'reach.csv',
      sheet(
        'Ana Haddad,1983-01-11,Maya Torres,"12 Alder Street, Apt 3",Rosa Haddad,mother,555-0177',
        'Bo Lind,1990-05-05,Maya Torres,,,,',
      ).replace('Relationship', 'Emergency Contact Relationship'),
    );
    expect((await cli.run('import', 'caseload', file)).json).toMatchObject({ imported: 2, refused: [] });
    expect(await identities()).toEqual([
      {
        fullName: 'Ana Haddad',
        birthDate: '1983-01-11',
        address: '12 Alder Street, Apt 3',
        emergencyContact: { name: 'Rosa Haddad', relation: 'mother', phone: '555-0177' },
      },
      { fullName: 'Bo Lind', birthDate: '1990-05-05' },
    ]);
    const stored = await cli.store.inOrganisation('riverside', async (tx) => [
      await tx.db.$queryRaw`select encode(identity, 'escape') as sealed from client`,
      await tx.db.$queryRaw`select encode(record, 'escape') as record from imported_row`,
      (await cli.run('export', 'audit', '--json')).json,
    ]);
    expect(JSON.stringify(stored)).not.toMatch(/Alder|Rosa|555-0177/);
  });

  it('changes nothing the second time, and never overwrites what people corrected', async () => {
    const file = await cli.file(
      'again.csv',
      sheet('Ana Haddad,1983-01-11,Maya Torres,9 Other Street,,,').replace('Relationship', 'Emergency Relation'),
    );
    const before = await identities();
    expect((await cli.run('import', 'caseload', file)).json).toMatchObject({
      imported: 0,
      refused: [{ row: 2, code: 'client-exists' }],
    });
    expect(await identities()).toEqual(before);
  });

  it.each([
    ['Home Address', 'x'.repeat(301)],
    ['Emergency Phone', '5'.repeat(65)],
  ])('refuses a row whose %s is longer than one is', async (column, cell) => {
    const at = sheet().split(',').indexOf(column);
    const row = ['Cy Young', '1980-01-01', 'Maya Torres', '', '', '', ''].map((value, index) =>
      index === at ? cell : value,
    );
    const file = await cli.file('long.csv', sheet(row.join(',')).replace('Relationship', 'Emergency Relation'));
    expect((await cli.run('import', 'caseload', file)).json).toMatchObject({
      imported: 0,
      refused: [{ row: 2, column, code: 'too-long' }],
    });
  });
});
