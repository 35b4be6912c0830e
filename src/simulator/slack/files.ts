import express, { Router } from 'express';
import { z } from 'zod';
import { fromJson, method, no, type Method } from './api-answer.ts';
import type { Block, Problem } from './check-blocks.ts';
import type { LocalFile, Workspace } from './workspace.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const isPicture = ({ bytes }: LocalFile): boolean => bytes !== undefined && png.equals(bytes.subarray(0, 4));

/** files.*: what the bot uploads. The address takes exactly the announced bytes, once. */
export function fileMethods(workspace: Workspace, origin: () => string): Record<string, Method> {
  const { files } = workspace;
  return {
    'files.getUploadURLExternal': method(
      z.strictObject({
        token: z.string().optional(),
        filename: z.string().min(1).max(255),
        length: z.coerce.number().int().min(1).max(1_000_000),
        alt_txt: z.string().max(1_000).optional(),
      }),
      ({ filename, length }) => {
        const id = workspace.nextId('F').slice(0, 11);
        files.set(id, { id, name: filename, length, completed: false });
        return { ok: true, upload_url: `${origin()}/upload/${id}`, file_id: id };
      },
    ),
    'files.completeUploadExternal': method(
      z.strictObject({
        token: z.string().optional(),
        files: fromJson.pipe(z.array(z.strictObject({ id: z.string(), title: z.string().max(255).optional() })).min(1)),
        channel_id: z.string().optional(),
      }),
      (values) => {
        if (values.channel_id !== undefined && typeof workspace.reachable(values.channel_id) === 'string') {
          return no('channel_not_found');
        }
        const found = values.files.map(({ id }) => files.get(id));
        // A file without its bytes does not exist yet, and one that was completed cannot be again.
        if (!found.every((file) => file?.bytes !== undefined && !file.completed)) return no('file_not_found');
        for (const file of found) if (file !== undefined) files.set(file.id, { ...file, completed: true });
        return { ok: true, files: values.files.map(({ id, title }) => ({ id, title: title ?? '' })) };
      },
    ),
  };
}

/** Slack's answer when a block shows a file that is not there for it; undefined when all are. */
export function checkFiles(workspace: Workspace, blocks: readonly Block[]): Problem | undefined {
  const messages = blocks.flatMap((block, index) => {
    if (block.type !== 'image' || block.slack_file === undefined) return [];
    const { id } = block.slack_file;
    const file = workspace.files.get(id);
    if (file !== undefined && file.completed && isPicture(file)) return [];
    return [`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`];
  });
  return messages.length === 0 ? undefined : { error: 'invalid_blocks', messages };
}

/** `POST /upload/<id>` takes the bytes; `GET /files/<id>` shows what was completed, for the page and for tests. */
export function serveFiles({ files }: Workspace): Router {
  const router = Router();
  router.post('/upload/:id', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
    const file = files.get(request.params['id'] ?? '');
    const bytes: unknown = request.body;
    if (file === undefined || file.bytes !== undefined) return void response.status(404).send('no such upload');
    if (!Buffer.isBuffer(bytes) || bytes.length !== file.length) return void response.status(400).send('wrong length');
    files.set(file.id, { ...file, bytes });
    response.send(`OK - ${bytes.length}`);
  });
  router.get('/files/:id', (request, response) => {
    const file = files.get(request.params.id);
    if (file?.bytes === undefined || !file.completed) return void response.status(404).send('no such file');
    response.type('image/png').set('cache-control', 'private, max-age=3600').send(Buffer.from(file.bytes));
  });
  return router;
}
