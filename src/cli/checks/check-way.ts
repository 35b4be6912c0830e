import { unprotectedSentence } from '../../store/read-database-url.ts';
import type { Check } from './check.ts';

/** Whether somebody between here and the database could read along. */
export const checkWay: Check = ({ database }) => {
  const check = 'way to the database';
  switch (database.protection) {
    case 'unprotected':
      return Promise.resolve([{ check, ok: false, says: unprotectedSentence }]);
    case 'checked':
      return Promise.resolve([{ check, ok: true, says: 'encrypted, and its certificate is checked' }]);
    default:
      return Promise.resolve([{ check, ok: true, says: 'does not leave this machine' }]);
  }
};
