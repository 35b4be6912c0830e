/** Why a column is never null though nobody can see it in the statement: `function.column`, by file. */
export type Accepted = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * This list may only shrink: an entry that is not needed any more fails the test. Before adding one, try to say it in the
 * statement (`coalesce`, a NOT NULL column) or in the row (`| null`).
 */
export const acceptedNulls: Accepted = {
  'src/access/find-person-by-identity.ts': {
    'findPersonByIdentity.by_identity': 'true in one half, false in the other',
  },
  'src/access/note-identity.ts': { 'noteIdentity.admitted': 'made of two given values and a test for null' },
  'src/access/phones.ts': { 'findPhones.phone': 'asked for: phone is not null' },
  'src/audit/measure-broken.ts': {
    'countAll.table': 'audit/record-broken.ts writes it into every seal.broken',
    'countAll.column': 'audit/record-broken.ts writes it into every seal.broken',
  },
  'src/care/absences/happening-records.ts': { 'listHappenings.what': 'each half of the union writes its own word' },
  'src/care/clients/agenda-records.ts': {
    'listForAgenda.enrolledOn': "enrolled_on, else the client's created_at",
    'listForAgenda.today': "a given moment in the team's zone",
    'listForAgenda.isNew': 'compares moments of which none is null',
    'listForAgenda.inContact': 'the status of a client against a given list without nulls',
  },
  'src/care/deliveries/page-records.ts': { 'listParkedPages.reason': 'asked for: parked; CHECK page_settled' },
  'src/care/deliveries/records.ts': { 'listParked.reason': 'asked for: parked; CHECK delivery_parked' },
  'src/care/escalations/open-records.ts': {
    'listOpenings.team': "the client's team, else the escalation's own",
    'listOpenings.told': 'array(…), in a common table',
  },
  'src/care/follow-ups/due-records.ts': { 'listNextDueDays.owner': 'of a given list without nulls' },
  'src/care/huddles/records.ts': { 'listTurns.heldFor': 'asked for: on or after a day' },
  'src/care/referrals/records.ts': { 'findReferrals.to_name': 'exactly one of three; CHECK referral_to' },
  'src/care/week-reviews/contact-records.ts': {
    'readWeeks.from': 'a given day and a number of generate_series',
    'readMissed.lastOn': 'the last of contacts in a common table, of which there is one in each group',
  },
  'src/care/week-reviews/unmet-records.ts': { 'readUnmet.reason': 'asked for: one of a given list' },
  'src/delivery/claim.ts': {
    'claimDue.holder': 'the same statement sets it',
    'claimDue.was': 'delivery.state, through a union',
  },
  'src/delivery/hold-claim.ts': { 'holdClaim.left': 'asked for: sending; whoever sets that sets lease_until' },
  'src/delivery/late-answers.ts': {
    'handOver.person': 'dispatch/records.ts sets answer_due_at only where there is one',
  },
  'src/delivery/read-situation.ts': { 'readSituation.at': 'asked for: sent_at after a moment' },
  'src/dispatch/answer-records.ts': { 'findKeptAnswer.answer': 'asked for: answer is not null' },
  'src/paging/claim-pages.ts': {
    'claimPages.holder': 'the same statement sets it',
    'claimPages.firstTriedAt': 'the same statement sets it',
  },
  'src/retention/old-posts.ts': {
    'listKinds.kind': 'asked for: kind is not null',
    'findOldPosts.kind': 'of a given list without nulls',
    'findOldPosts.before': 'of a given list without nulls',
  },
};
