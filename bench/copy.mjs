/**
 * `COPY` through the driver, which has no call for it: a query object of the shape the driver submits. Only for
 * statements `COPY … FROM STDIN` (with `data`) and `COPY … TO STDOUT`.
 */
export function copy(client, text, data) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let failure;
    client.query({
      submit: (connection) => connection.query(text),
      handleCopyInResponse(connection) {
        connection.sendCopyFromChunk(data);
        connection.endCopyFrom();
      },
      // The driver reads the next message into the same bytes.
      handleCopyData: (message) => parts.push(Buffer.from(message.chunk)),
      handleCommandComplete: () => undefined,
      handleError: (error) => {
        failure = error;
        reject(error);
      },
      handleReadyForQuery: () => (failure === undefined ? resolve(Buffer.concat(parts)) : undefined),
    });
  });
}
