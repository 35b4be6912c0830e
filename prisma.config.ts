import { defineConfig } from 'prisma/config';

// Prisma downloads a schema engine when it finds none, even for commands that never use it (`generate`, `validate`).
// Naming any program that exists stops that, so everything works offline. It also means that `prisma migrate …` must
// not be used: migrations are written by `npm run migration -- NAME`.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
