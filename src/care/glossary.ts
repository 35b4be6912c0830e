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
 * - **absence**: a time in which somebody does not work: off sick, or away. What cannot wait goes to a **cover**, one
 *   named colleague; the rest waits for the first working day.
 * - **huddle**: the team's regular short meeting over the caseload.
 * - **agenda**: whom a huddle speaks about, in the order of a case review; frozen when it begins.
 * - **recommendation**: what a huddle advises for a client; a prescriber or consultant accepts or declines it.
 * - **decision**: what a huddle gave one named person to do by a day: a follow-up of theirs.
 * - **escalation**: a concern that one named human must take, by a time.
 * - **severity**: how soon somebody must have an escalation, chosen by who raises it: crisis, urgent, concern.
 * - **ladder**: whom an escalation tells, and when, until somebody takes it; its **rungs** name people by what they are.
 * - **to acknowledge**: to take an escalation, by a button of one's own; seeing it, or an emoji, is not that.
 * - **week**: Monday to Sunday of a team, as its supervisors read it in one post; **reviewed** once, by a named human.
 * - **points**: what a client weighs in a caseload by tier; the **ceiling** is what a coordinator's time carries.
 * - **doer**: who did something: a person, a schedule (a time somebody set), an import, the command line, or Baton itself.
 *   Only a person acts on a **platform**, Slack or Teams; everything else came from none.
 * - **partner**: an outside agency: hospital, housing, court, school.
 * - **place**: a channel or conversation that several people read.
 * - **to chart**: to copy an entry into the health record, the system of record.
 * - **entered in error**: kept, visible in history, counted nowhere.
 * - **reveal**: showing a client's name or number to one person, on record.
 * - **push**: a message to one person that they did not ask for. A day has a budget of them; the rest is **folded** into
 *   the next digest.
 */
export {};
