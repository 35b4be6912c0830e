import { sizeMemory } from './size-memory.ts';

/**
 * What forgets lives for minutes: nothing in it grows old enough to be cleaned, and its connections live for seconds, in
 * which a statement is planned once and not five times.
 */
const forgetful: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  plan_cache_mode: 'force_generic_plan',
};

/**
 * The server's settings, given on its command line so that nothing is read from a file somebody may have edited.
 * `log_min_messages=log` lets through the server's own messages and fatal ones, but no ERROR: those repeat values
 * (`invalid input syntax … "Jane Doe"`), and `terse` drops DETAIL, which repeats rows and statements.
 */
export function listSettings(options: {
  tag: string;
  socketDir: string;
  durable: boolean;
  /** Bytes of the machine. */
  memory: number;
}): string[] {
  const settings: Record<string, string> = {
    cluster_name: options.tag,
    listen_addresses: '',
    unix_socket_directories: options.socketDir,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    ...(options.durable ? { ...sizeMemory(options.memory), wal_compression: 'on' } : forgetful),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
