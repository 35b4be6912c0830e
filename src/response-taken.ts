import type { ServerResponse } from 'node:http';

/**
 * Resolves to true once the whole response was handed on to the network, to false when the connection ended before.
 * What the other side read of it nobody knows; what never left is known.
 */
export const responseTaken = (response: ServerResponse): Promise<boolean> =>
  new Promise((resolve) => {
    response.once('finish', () => resolve(true));
    response.once('close', () => resolve(response.writableFinished));
  });
