import pg from 'pg';

/** A column of an answer, as the server describes it before anything is asked. */
export interface DescribedColumn {
  readonly name: string;
  /** Of pg_type. */
  readonly type: number;
  /** `table.column` where it is one as it stands, else undefined: an expression, or a row of a union. */
  readonly origin: string | undefined;
  /** The table's column is declared NOT NULL; an outer join may still leave it empty. */
  readonly notNull: boolean;
}

export interface Described {
  readonly columns: readonly DescribedColumn[];
  readonly parameters: readonly number[];
}

export interface Describer {
  /** Parses and describes, and never runs. Rejects with what the server says of a text it cannot parse. */
  describe(text: string, parameters?: readonly number[]): Promise<Described>;
  close(): Promise<void>;
}

interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
}

/** Asks the server at this address. */
export async function openDescriber(url: string): Promise<Describer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ key: string; name: string; not_null: boolean }>(`
    select c.oid || '.' || a.attnum as key, c.relname || '.' || a.attname as name, a.attnotnull as not_null
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind in ('r', 'v', 'p') and not a.attisdropped`);
  const known = new Map(rows.map((row) => [row.key, row]));
  const read = ({ name, tableID, columnID, dataTypeID }: Field): DescribedColumn => {
    const column = known.get(`${tableID}.${columnID}`);
    return { name, type: dataTypeID, origin: column?.name, notNull: column?.not_null ?? false };
  };
  return {
    describe: (text, parameters = []) =>
      new Promise((resolve, reject) => {
        client.query(
          ask(text, parameters, (error, fields, types) =>
            error === undefined ? resolve({ columns: fields.map(read), parameters: types }) : reject(error),
          ),
        );
      }),
    close: () => client.end(),
  };
}

type Answer = (error: Error | undefined, fields: readonly Field[], parameters: readonly number[]) => void;

/** The driver describes only what it also runs: this one leaves the second half away. */
function ask(text: string, given: readonly number[], answer: Answer) {
  let fields: readonly Field[] = [];
  let parameters: readonly number[] = [];
  const hear = (message: { readonly dataTypeIDs: readonly number[] }): void => {
    parameters = message.dataTypeIDs;
  };
  return {
    submit(connection: pg.Connection): void {
      connection.on('parameterDescription', hear);
      connection.parse({ name: '', text, types: given.map(String) }, true);
      connection.describe({ type: 'S', name: '' }, true);
      connection.sync();
    },
    handleParseComplete: () => undefined,
    handleRowDescription(message: { readonly fields: readonly Field[] }): void {
      ({ fields } = message);
    },
    handleReadyForQuery(connection: pg.Connection): void {
      connection.off('parameterDescription', hear);
      answer(undefined, fields, parameters);
    },
    handleError(error: Error, connection: pg.Connection): void {
      connection.off('parameterDescription', hear);
      answer(error, [], []);
    },
  };
}
