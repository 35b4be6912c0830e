/**
 * Keeps the process alive until `work` settles. The product's timers and the detached server never do, so without
 * this a program that waits for nothing but the database would end in the middle of its start.
 */
export async function stayAwake<T>(work: () => Promise<T>): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  port1.ref();
  try {
    return await work();
  } finally {
    port1.close();
    port2.close();
  }
}
