import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** Checks a manifest against a JSON schema: node .ci/check-manifest.mjs MANIFEST SCHEMA */
const [manifest, schema] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const ajv = new Ajv.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);
if (!validate(manifest)) {
  for (const { instancePath, message } of validate.errors) console.log(`${instancePath || '/'} ${message}`);
  process.exitCode = 1;
}
