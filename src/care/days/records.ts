import type { OrganisationTransaction } from '../../store/transaction.ts';

/** What a person logged of a local date; what is entered in error counts nowhere, nor what was imported. */
export async function countDay(
  tx: OrganisationTransaction,
  person: string,
  date: string,
): Promise<{ readonly contacts: number; readonly minutes: number; readonly uncharted: number }> {
  const rows = await tx.db.$queryRaw<{ contacts: number; minutes: number; uncharted: number }[]>`
    select count(*)::int as contacts, coalesce(sum(minutes), 0)::int as minutes,
           count(*) filter (where charted_at is null)::int as uncharted
    from contact
    where organisation_id = ${tx.organisation} and person_id = ${person} and occurred_on = ${date}::date
      and state = 'recorded' and source in ('slack', 'teams')`;
  return rows[0] ?? { contacts: 0, minutes: 0, uncharted: 0 };
}

/** Their entries of a day that are not in the chart yet and were logged by a moment, as they happened. */
export async function listUncharted(
  tx: OrganisationTransaction,
  of: { readonly person: string; readonly date: string; readonly until: Date },
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from contact
    where organisation_id = ${tx.organisation} and person_id = ${of.person} and occurred_on = ${of.date}::date
      and state = 'recorded' and source in ('slack', 'teams') and charted_at is null and logged_at <= ${of.until}
    order by occurred_at, logged_at, id`;
  return rows.map(({ id }) => id);
}

/** Whose an entry is, and of which day. */
export async function findEntryDay(
  tx: OrganisationTransaction,
  contact: string,
): Promise<{ readonly person: string; readonly date: string } | undefined> {
  const rows = await tx.db.$queryRaw<{ person: string; date: string }[]>`
    select person_id as person, occurred_on::text as date from contact
    where organisation_id = ${tx.organisation} and id = ${contact}::uuid`;
  return rows[0];
}
