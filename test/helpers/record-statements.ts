import type { Store } from '../../src/store/store.ts';
import { readTemplate } from '../../src/store/tagged-statement.ts';
import type { Database, OrganisationTransaction } from '../../src/store/transaction.ts';

/** A statement as the service sent it: the role it ran as, and what it was asked with. */
export interface SentStatement {
  readonly organisation: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

const methods = ['$queryRaw', '$executeRaw', '$writeRaw'] as const;

/** The same store, which notes each tagged statement: by its text, the last three values it was asked with. */
export function recordStatements(store: Store): { readonly store: Store; sent(): readonly SentStatement[] } {
  const heard = new Map<string, SentStatement[]>();
  const listen = (db: Database, organisation?: string): Database =>
    new Proxy(db, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name);
        if (typeof own !== 'function' || !methods.some((method) => method === name)) return own;
        return (strings: TemplateStringsArray, ...values: unknown[]): unknown => {
          const { text } = readTemplate(strings);
          const key = `${organisation === undefined ? 'worker' : 'app'} ${text}`;
          heard.set(key, [...(heard.get(key) ?? []).slice(-2), { organisation, text, values }]);
          return Reflect.apply(own, target, [strings, ...values]);
        };
      },
    });
  return {
    sent: () => [...heard.values()].flat(),
    store: {
      ...store,
      inOrganisation: (organisation, work) =>
        store.inOrganisation(organisation, (tx: OrganisationTransaction) =>
          work({ ...tx, db: listen(tx.db, organisation) }),
        ),
      asWorker: (work) => store.asWorker((db) => work(listen(db))),
    },
  };
}
