/**
 * The words of this house, used in code, cards and docs, and no others.
 *
 * - **client**: a person in care; shown in chat by a code, `K7T2-9`.
 * - **contact**: one attempt or conversation with or about a client: mode, outcome, minutes.
 * - **follow-up**: something one named person will do for a client by a day.
 * - **coordinator**: the one person accountable for a client now.
 * - **tier**: how closely a client is followed: high, medium, low, maintenance.
 * - **caseload**: the clients of one coordinator.
 * - **referral**: a request that somebody else serves a client; its loop closes with the requester.
 * - **handoff**: passing one client to a colleague, warmly, until accepted.
 * - **cover**: taking a colleague's clients for an absence.
 * - **huddle**: the team's regular short meeting over the caseload.
 * - **escalation**: a concern that one named human must take, by a time.
 * - **partner**: an outside agency: hospital, housing, court, school.
 * - **place**: a channel or conversation that several people read.
 * - **to chart**: to copy an entry into the health record, the system of record.
 * - **entered in error**: kept, visible in history, counted nowhere.
 * - **reveal**: showing a client's name or number to one person, on record.
 */
export {};
