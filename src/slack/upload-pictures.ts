import { z } from 'zod';
import type { Card } from '../chat/card.ts';
import type { Log } from '../log.ts';
import { tryDrawPng } from '../pictures/draw-png.ts';
import { hashPicture } from '../pictures/hash-picture.ts';
import type { Picture } from '../pictures/picture.ts';
import { answersGoTo } from './answer-hosts.ts';
import type { Call } from './call-slack.ts';
import { limits } from './limits.ts';
import { noFiles, type PictureFiles } from './render-node.ts';

/** Uploads the pictures of cards; the ids of those that Slack has then. Never throws: a message goes without, too. */
export type UploadPictures = (tenant: string, cards: readonly (Card | undefined)[]) => Promise<PictureFiles>;

const placeSchema = z.object({ upload_url: z.url(), file_id: z.string().regex(/^F[A-Z0-9]{6,}$/) });
/** Uploads remembered a process: a card that is drawn again with the same picture does not upload it again. */
const mostRemembered = 500;

function picturesIn(cards: readonly (Card | undefined)[]): ReadonlyMap<string, Picture> {
  const found = new Map<string, Picture>();
  for (const node of cards.flatMap((card) => card?.nodes ?? [])) {
    if (node.kind === 'picture') found.set(hashPicture(node.draw), node.draw);
  }
  return found;
}

/** Slack names the address; bytes go nowhere but to Slack, or to the local one of tests. */
function isSlacks(url: string, apiUrl: string | undefined): boolean {
  if (apiUrl !== undefined && new URL(url).host === new URL(apiUrl).host) return true;
  return answersGoTo(url, apiUrl);
}

/**
 * Slack's three steps: an address for so many bytes, the bytes, the completion. Shared with no channel: the file is seen
 * only where a message of ours shows it. Nothing of a try that broke off is used again; Slack forgets what was never
 * completed, so a further try simply begins anew.
 */
export function createPictureUploads(ports: {
  readonly call: Call;
  readonly log: Log;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly apiUrl: string | undefined;
}): UploadPictures {
  const { call, log, pause, apiUrl } = ports;
  const uploaded = new Map<string, string>();

  async function upload(tenant: string, hash: string, picture: Picture): Promise<string | undefined> {
    const png = tryDrawPng(picture);
    if (png === undefined) return undefined;
    // Names are opaque: whoever lists the workspace's files learns nothing from them.
    const filename = `${hash.slice(0, 16)}.png`;
    const asked = await call(tenant, 'outbox', 'files.getUploadURLExternal', { filename, length: png.length });
    const place = asked.ok ? placeSchema.safeParse(asked.body).data : undefined;
    if (place === undefined || !isSlacks(place.upload_url, apiUrl)) return undefined;
    const sent = await fetch(place.upload_url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(png),
      redirect: 'error',
      signal: AbortSignal.timeout(limits.image.upload),
    });
    await sent.body?.cancel();
    if (!sent.ok) return undefined;
    const files = [{ id: place.file_id, title: 'Picture' }];
    const done = await call(tenant, 'outbox', 'files.completeUploadExternal', { files });
    return done.ok ? place.file_id : undefined;
  }

  async function once(tenant: string, hash: string, picture: Picture): Promise<readonly [string, string] | undefined> {
    const key = `${tenant} ${hash}`;
    const known = uploaded.get(key);
    if (known !== undefined) return [hash, known];
    const id = await upload(tenant, hash, picture).catch(() => undefined);
    if (id === undefined) {
      log.warn('slack.picture-not-uploaded', { platform: 'slack' });
      return undefined;
    }
    uploaded.set(key, id);
    const [oldest] = uploaded.keys();
    if (uploaded.size > mostRemembered && oldest !== undefined) uploaded.delete(oldest);
    return [hash, id];
  }

  return async (tenant, cards) => {
    const pictures = picturesIn(cards);
    if (pictures.size === 0) return noFiles;
    const files = new Map<string, string>();
    const all = [...pictures].map(async ([hash, picture]) => {
      const made = await once(tenant, hash, picture);
      if (made !== undefined) files.set(...made);
    });
    // What is not there by then comes too late for this message, and is remembered for the next.
    await Promise.race([Promise.all(all), pause(limits.image.upload)]);
    return new Map(files);
  };
}
