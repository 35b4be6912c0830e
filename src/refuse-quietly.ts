import type { ErrorRequestHandler } from 'express';

/** What no route caught: a status and nothing of the reason. Express knows an error handler by its four arguments. */
export const refuseQuietly: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const given: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
  response
    .status(status)
    .type('text/plain')
    .send(status === 500 ? 'Something went wrong.' : 'Refused.');
};
