import pg from 'pg';

/**
 * Does what the server does by itself a minute later: statistics, and which pages everybody may see. Its owner's
 * connection; a commit that has not reached the disk yet, as on a server that forgets, would leave pages unmarked.
 */
export async function vacuumAnalyze(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('set synchronous_commit = on');
  await owner.query('create temporary table written_out ()');
  await owner.query('vacuum analyze');
  await owner.end();
}
