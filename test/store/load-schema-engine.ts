import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/**
 * `"char"`, a type of PostgreSQL's own catalogue, is what the engine needs and Prisma's adapter refuses to read. So its
 * columns travel through the adapter under the name of its array type, and get their own on the other side.
 */
const CHAR = 18;
const CHAR_ARRAY = 1002;
const CHARACTER_COLUMN = 6;
const CHARACTER_ARRAY_COLUMN = 70;

/** The part of the WebAssembly interface used here: Node has it, its types for version 20 do not. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: Record<string, object>): Promise<{ exports: Record<string, unknown> }>;
};

interface Bindings {
  __wbg_set_wasm(exports: Record<string, unknown>): void;
}
interface AdapterUtilities {
  bindMigrationAwareSqlAdapterFactory(factory: PrismaPg): object;
}

export interface SchemaFile {
  path: string;
  content: string;
}

const require = createRequire(import.meta.url);

/**
 * Prisma's schema engine over a live database, without the native engine `prisma migrate` would download. The package
 * is made for bundlers, which load its WebAssembly for it; here that is done by hand.
 */
export async function loadSchemaEngine(pool: pg.Pool, files: readonly SchemaFile[]): Promise<SchemaEngine> {
  program ??= startProgram();
  await program;
  // The adapter's own copy of its utilities: they are not a dependency of ours.
  const utilities = createRequire(require.resolve('@prisma/adapter-pg'))(
    '@prisma/driver-adapter-utils',
  ) as AdapterUtilities;
  const factory = utilities.bindMigrationAwareSqlAdapterFactory(createFactory(pool));
  return bindings.SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => undefined,
    factory,
  );
}

/** Once a process: the bindings are one module, and forget nothing when they are given a second program. */
let program: Promise<void> | undefined;

async function startProgram(): Promise<void> {
  // The engine tells this global why it panics, and takes the process down when it is missing.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: noteEnginePanic } });
  const engine: Bindings = bindings;
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const compiled = await WebAssembly.compile(await readFile(file));
  const { exports } = await WebAssembly.instantiate(compiled, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(exports);
  const start = exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}

function noteEnginePanic(reason: string): void {
  process.stderr.write(`Prisma's schema engine gave up: ${reason}\n`);
}

function createFactory(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const read = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await read(query);
      const columnTypes = result.columnTypes.map((type) => (type === CHARACTER_ARRAY_COLUMN ? CHARACTER_COLUMN : type));
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return factory;
}

/** A pool for `loadSchemaEngine`; the caller ends it. */
export function createCataloguePool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const query = pool.query.bind(pool);
  Object.defineProperty(pool, 'query', {
    value: async (config: pg.QueryArrayConfig, values?: unknown[]) => {
      const result = await query(config, values);
      for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
      return result;
    },
  });
  return pool;
}
