import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';

export type Logger = pino.Logger;

/** Values that never reach a log line, wherever they stand. */
const SECRETS = ['password', 'otp', 'token', 'accessToken', 'refreshToken', 'authorization', 'cookie', 'iban', 'email', 'to'];

export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '…' },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What a log may keep of an error. PostgreSQL's `detail` and parameters quote the row, so they stay out. */
function describeError(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { name, message, code, stack } = error as { name?: unknown; message?: unknown; code?: unknown; stack?: unknown };
  return { name, message, code, stack };
}

/** Nest's own messages, in the same stream. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    debug: (message: unknown) => logger.debug(String(message)),
    verbose: (message: unknown) => logger.debug(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) => logger.error({ rest: rest.map(String) }, String(message)),
    fatal: (message: unknown) => logger.fatal(String(message)),
  };
}

export const LOGGER = Symbol('logger');
