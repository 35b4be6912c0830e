import { KeyError } from '../../store/seal.ts';
import { listDataKeys, sampleSealed } from '../../store/sealed-columns.ts';
import type { Check } from './check.ts';

/** So many values a key are opened: one that is damaged does not condemn the key. */
const most = 3;

/**
 * Whether the master key of the settings opens what is stored: every key of every organisation is unwrapped, and what it
 * sealed is opened. Otherwise the service starts, and nobody's name can be read.
 */
export const checkSealedValues: Check = async ({ store }) => {
  const says: string[] = [];
  let opened = 0;
  for (const organisation of await store.organisations()) {
    try {
      const counts = await store.inOrganisation(organisation, async (tx) => {
        const found = [];
        for (const key of await listDataKeys(tx)) {
          const values = await sampleSealed(tx, key, most);
          const readable = values.filter(({ place, sealed }) => tx.open(place, sealed).readable).length;
          found.push({ key, looked: values.length, readable });
        }
        return found;
      });
      opened += counts.filter(({ readable }) => readable > 0).length;
      for (const { key, looked, readable } of counts) {
        if (looked > 0 && readable === 0) says.push(`${organisation}: nothing that key ${key} sealed can be read`);
        else if (readable < looked) {
          says.push(`${organisation}: ${looked - readable} of ${looked} values looked at cannot be read`);
        }
      }
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      says.push(`${organisation}: ${error.message}`);
    }
  }
  const fine = opened === 0 ? 'nothing is sealed yet' : `opened with ${opened === 1 ? '1 key' : `${opened} keys`}`;
  return [{ check: 'sealed values', ok: says.length === 0, says: says.length === 0 ? fine : says.join('; ') }];
};
