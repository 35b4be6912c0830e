import { byPlatform } from '../doer.ts';
import { lockDepartures } from '../access/departures.ts';
import { endAccess } from '../feature/end-access.ts';
import { isMistaken, noteIdentity } from '../access/note-identity.ts';
import { forgetChat, isDeserted, markInstalled, markRemoved, notePlace } from '../access/workspaces.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Clock } from '../clock.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import type { Outbox } from '../feature/create-work.ts';
import { createSystemWork } from '../feature/create-system-work.ts';
import type { Happening, Inbound } from '../chat/inbound.ts';
import { toProductTime } from '../feature/product-time.ts';
import { noteWorkspace } from '../feature/tell-administrators.ts';

/** Told by the platform about a workspace or its people: nobody of them asks for anything. */
export type Lifecycle = Extract<Happening, { kind: 'installed' | 'uninstalled' | 'user-changed' }>;

export const isLifecycle = (what: Happening): what is Lifecycle =>
  what.kind === 'installed' || what.kind === 'uninstalled' || what.kind === 'user-changed';

export interface LifecyclePorts {
  readonly features: CollectedFeatures;
  readonly outbox: Outbox;
  /** The installation's own privacy mode. */
  readonly privacy: 'minimal' | 'full';
  readonly clock: Pick<Clock, 'now' | 'wallNow'>;
}

/** Where and by whom it was told. */
type Told = Pick<Inbound, 'platform' | 'user' | 'place'> & { readonly workspace: string; readonly now: Date };

/** Does what follows when people or the app itself come and go. Saying the same twice changes nothing. */
export async function handleLifecycle(
  tx: OrganisationTransaction,
  told: Told,
  what: Lifecycle,
  ports: LifecyclePorts,
): Promise<void> {
  switch (what.kind) {
    case 'user-changed':
      return changeUser(tx, told, what, ports);
    case 'installed':
      return install(tx, told, ports);
    case 'uninstalled':
      return uninstall(tx, told, what, ports);
  }
}

/** Signed out on one platform is signed out everywhere; signing in again gives nothing back (an administrator does). */
async function changeUser(
  tx: OrganisationTransaction,
  { platform, user, workspace, now }: Told,
  { active, guest = false, missing = false }: Extract<Lifecycle, { kind: 'user-changed' }>,
  { features, outbox, privacy }: LifecyclePorts,
): Promise<void> {
  const standing = { active, guest };
  if (missing && (await isMistaken(tx, workspace, user))) return;
  if (!active || guest) await lockDepartures(tx);
  const known = await noteIdentity(tx, workspace, user, standing);
  if (known === undefined) return;
  const { person, admitted, changed } = known;
  if (changed) {
    await recordEvent(tx, {
      actor: byPlatform(platform),
      verb: admitted ? 'identity.activated' : 'identity.deactivated',
      subjectKind: 'person',
      subjectId: person,
      detail: { guest },
      at: now,
    });
  }
  if (admitted) return;
  const work = await createSystemWork(tx, { features, outbox, privacy, now });
  await endAccess(work, {
    person,
    reason: missing ? 'unreachable' : active ? 'guest' : 'deactivated',
    by: byPlatform(platform),
  });
}

async function install(
  tx: OrganisationTransaction,
  { platform, workspace, place, now }: Told,
  ports: LifecyclePorts,
): Promise<void> {
  if (place.kind !== 'direct') await notePlace(tx, { workspace, place: place.id, left: false });
  if (await markInstalled(tx, workspace, now))
    await noteWorkspace(tx, ports, { workspace, verb: 'workspace.installed', by: byPlatform(platform), now });
}

async function uninstall(
  tx: OrganisationTransaction,
  { platform, user, workspace, place, now }: Told,
  { at, only }: Extract<Lifecycle, { kind: 'uninstalled' }>,
  ports: LifecyclePorts,
): Promise<void> {
  const when = at === undefined ? now : toProductTime(ports.clock, new Date(at));
  if (only === 'conversation') {
    if (place.kind === 'direct') await forgetChat(tx, { workspace, user, at: when });
    else await notePlace(tx, { workspace, place: place.id, left: true });
    if (!(await isDeserted(tx, workspace))) return;
  }
  if (await markRemoved(tx, workspace, when))
    await noteWorkspace(tx, ports, { workspace, verb: 'workspace.removed', by: byPlatform(platform), now });
}
