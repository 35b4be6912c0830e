-- How much somebody looked within an hour, or was refused within minutes, is asked at every look and at every refusal.
CREATE INDEX audit_event_looking ON "audit_event" (organisation_id, actor, at)
  WHERE verb IN ('client.see', 'client.reveal', 'contact.copy-note', 'note.read', 'reach.break-glass',
              'escalation.break-glass-read', 'client.search', 'access.denied');
-- Whether it was told already, and by whom it was looked at.
CREATE INDEX audit_event_looking_told ON "audit_event" (organisation_id, subject_id, at)
  WHERE verb IN ('looking.unusual', 'looking.reviewed');
-- Sealed values that could not be read: each is on record once a day.
CREATE INDEX audit_event_broken ON "audit_event" (organisation_id, subject_id, at) WHERE verb = 'seal.broken';
