-- A digest begins a day: between five in the morning and noon.
ALTER TABLE "team"
  ADD CONSTRAINT team_digest_at CHECK (digest_at ~ '^(0[5-9]|1[01]):[0-5][0-9]$' OR digest_at = '12:00');
ALTER TABLE "person"
  ADD CONSTRAINT person_digest_at CHECK (digest_at ~ '^(0[5-9]|1[01]):[0-5][0-9]$' OR digest_at = '12:00'),
  ADD CONSTRAINT person_digest_style CHECK (digest_style IN ('detailed', 'condensed'));
