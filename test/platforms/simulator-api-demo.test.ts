import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readOrganisationFile } from '../../src/access/organisation-file.ts';
import { readCode } from '../../src/care/clients/code.ts';
import { nameAndBirthKey, preferencesSchema, statusSchema, tierSchema } from '../../src/care/clients/rules.ts';
import { demoClients } from '../../src/simulator/demo/demo-clients.ts';
import { collectedFeatures } from '../../src/app.ts';

const file = (path: string): Buffer => readFileSync(new URL(`../../${path}`, import.meta.url));
const today = '2026-11-23';
const clients = demoClients(today);
const of = (coordinator: string) => clients.filter((client) => client.coordinator === coordinator);

describe('the demo', () => {
  it('is the sample organisation, to the byte', () => {
    expect(file('src/simulator/demo/riverside.yaml').equals(file('test/fixtures/org.yaml'))).toBe(true);
    expect(
      readOrganisationFile(
        parse(file('src/simulator/demo/riverside.yaml').toString('utf8')),
        collectedFeatures.settings,
      ).ok,
    ).toBe(true);
  });

  it('is the same every time, and only its dates follow the day', () => {
    expect(demoClients(today)).toEqual(clients);
    const later = demoClients('2026-11-24');
    expect(later.map(({ fullName, birthDate }) => [fullName, birthDate])).toEqual(
      clients.map(({ fullName, birthDate }) => [fullName, birthDate]),
    );
    expect(later[0]?.nextContactOn).toBe('2026-11-22');
  });

  it('gives each of the six coordinators clients, and Maya a full day', () => {
    expect(clients.length).toBeGreaterThanOrEqual(58);
    for (const coordinator of ['maya', 'jon', 'sara', 'keisha', 'li', 'tom']) {
      expect(of(coordinator).length).toBeGreaterThanOrEqual(7);
    }
    const served = of('maya').filter(({ status }) => status !== 'inactive');
    expect(served.length).toBeGreaterThanOrEqual(14);
    expect(served.filter(({ nextContactOn = '9' }) => nextContactOn <= today).length).toBeGreaterThanOrEqual(10);
  });

  it('knows the codes of the documentation, all Maya’s', () => {
    const wished = clients.filter(({ code }) => code !== undefined);
    expect(wished.map(({ code }) => code)).toEqual(['K7T2-9', 'M4XR-1', 'P0Q8-7']);
    for (const { code = '', coordinator } of wished) {
      expect(readCode(code)).toBe(code);
      expect(coordinator).toBe('maya');
    }
  });

  it('has two clients of one name, told apart by their birth years', () => {
    const same = of('maya').filter(({ fullName }) => fullName === 'Rosa Delgado');
    expect(new Set(same.map(({ birthDate }) => birthDate.slice(0, 4))).size).toBe(2);
  });

  it('holds every tier, some preferences, and words the product knows', () => {
    expect(new Set(clients.map(({ tier }) => tierSchema.parse(tier))).size).toBe(4);
    for (const client of clients) {
      statusSchema.parse(client.status);
      expect(preferencesSchema.parse(client.preferences)).toEqual(client.preferences);
      expect(client.phone).toMatch(/^\(\d{3}\) 555-01\d\d$/);
      expect(client.nextContactOn === undefined).toBe(client.status === 'inactive');
    }
    expect(clients.filter(({ status }) => status === 'inactive').length).toBeGreaterThanOrEqual(2);
    expect(clients.some(({ preferences }) => preferences.zone !== undefined)).toBe(true);
    expect(clients.some(({ preferences }) => preferences.from !== undefined)).toBe(true);
  });

  it('meets nobody of the sample caseload, so that importing it refuses no row because of the demo', () => {
    const keys = clients.map(nameAndBirthKey);
    expect(new Set(keys).size).toBe(clients.length);
    const sheet = file('test/fixtures/caseload.csv').toString('utf8');
    expect(sheet.split('\n').length).toBeGreaterThan(180);
    for (const { fullName } of clients) expect(sheet).not.toContain(fullName);
  });
});
