import { chmod, readdir, stat } from 'node:fs/promises';

/** What Baton itself puts into a state folder. */
const OWN = /^(?:postgres|master\.key.*|database\.passwords.*)$/;

/**
 * Takes others' rights to a state folder away. Root's may have to be passed through by the user that PostgreSQL runs as:
 * then it stays so, and shows nothing. A folder that holds other things, that anybody may write to (`/tmp`), or that is
 * somebody else's, is left as it is.
 */
export async function closeStateFolder(folder: string, passedThrough: boolean): Promise<void> {
  const facts = await stat(folder);
  const wanted = passedThrough ? 0o711 : 0o700;
  if (facts.uid !== process.getuid?.() || (facts.mode & 0o777 & ~wanted) === 0 || (facts.mode & 0o1002) !== 0) return;
  if (!(await readdir(folder)).every((name) => OWN.test(name))) return;
  // A mounted folder may refuse: what is in it is closed all the same.
  await chmod(folder, wanted).catch(() => undefined);
}
