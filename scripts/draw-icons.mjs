// node scripts/draw-icons.mjs
// Draws the two icons of the Teams app into manifests/teams: a baton, in colour and as a white outline.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const folder = path.resolve(import.meta.dirname, '../manifests/teams');
const ground = [0x1f, 0x5f, 0x66];
const white = [0xff, 0xff, 0xff];
/** Samples a pixel and side: edges come out smooth. */
const samples = 8;

/** Distance of a point to the baton's surface, negative inside. The unit is the icon's width. */
function distanceToBaton(x, y, { from, to, radius }) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const nearest = Math.min(1, Math.max(0, along));
  return { distance: Math.hypot(x - from[0] - nearest * dx, y - from[1] - nearest * dy) - radius, along };
}

/** A long stick with two bands: one for the hand that gives, one for the hand that takes. */
const bands = [0.3, 0.7];
const inBand = (along, width) => bands.some((at) => Math.abs(along - at) < width);

/** Teams rounds the corners itself and may cover the rim: the mark stays in the middle. */
const colourBaton = { from: [0.27, 0.73], to: [0.73, 0.27], radius: 0.062 };
function isInkOfColour(x, y) {
  const { distance, along } = distanceToBaton(x, y, colourBaton);
  return distance < 0 && !inBand(along, 0.03);
}

const outlineBaton = { from: [0.17, 0.83], to: [0.83, 0.17], radius: 0.13 };
const stroke = 0.06;
function isInkOfOutline(x, y) {
  const { distance, along } = distanceToBaton(x, y, outlineBaton);
  return distance < 0 && (distance > -stroke || inBand(along, stroke * 0.55));
}

/** How much of each pixel is ink, 0 to 1, row by row. */
function cover(size, isInk) {
  return Array.from({ length: size * size }, (_, index) => {
    let hits = 0;
    for (let sample = 0; sample < samples * samples; sample += 1) {
      const x = (index % size) + ((sample % samples) + 0.5) / samples;
      const y = Math.floor(index / size) + (Math.floor(sample / samples) + 0.5) / samples;
      if (isInk(x / size, y / size)) hits += 1;
    }
    return hits / (samples * samples);
  });
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** An 8-bit RGBA picture as PNG. */
function encode(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, row) => [0, ...pixels.slice(row * size, (row + 1) * size).flat()]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const blend = (share) => ground.map((value, channel) => Math.round(value + (white[channel] - value) * share));

await writeFile(
  path.join(folder, 'color.png'),
  encode(
    192,
    cover(192, isInkOfColour).map((share) => [...blend(share), 255]),
  ),
);
await writeFile(
  path.join(folder, 'outline.png'),
  encode(
    32,
    cover(32, isInkOfOutline).map((share) => [...white, Math.round(share * 255)]),
  ),
);
