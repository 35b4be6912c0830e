import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * What one address may take of this process, whatever it sends. Slow heads and bodies end, a connection is given back
 * after so many requests, and beyond so many connections a new one is closed at once. Bodies have limits of their own
 * where they are read: 256 KB on both platforms.
 */
export const httpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  /** How often slow ones are looked for, in milliseconds. */
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  maxHeadersCount: 100,
  maxRequestsPerSocket: 1_000,
  maxConnections: 1_000,
} as const;

export type HttpLimits = Readonly<Record<keyof typeof httpLimits, number>>;

export function serveHttp(app: RequestListener, limits: HttpLimits = httpLimits): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval, maxHeaderSize } = limits;
  const server = createServer(
    { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval, maxHeaderSize },
    app,
  );
  server.maxHeadersCount = limits.maxHeadersCount;
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket;
  server.maxConnections = limits.maxConnections;
  return server;
}

/** Resolves to where it listens, once it does. */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${bound}`);
    });
  });
}
