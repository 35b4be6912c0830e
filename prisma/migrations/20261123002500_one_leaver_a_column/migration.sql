-- When several people leave at once, a referral between two of them changes hands one column after the other: only the
-- name that is being written must be of somebody who is here.
DROP TRIGGER refuse_leaver_update ON "referral";
CREATE TRIGGER refuse_leaver_requester AFTER UPDATE ON "referral" FOR EACH ROW
  WHEN (NEW.requester_id IS DISTINCT FROM OLD.requester_id) EXECUTE FUNCTION refuse_leaver('requester_id');
CREATE TRIGGER refuse_leaver_receiver AFTER UPDATE ON "referral" FOR EACH ROW
  WHEN (NEW.receiver_id IS DISTINCT FROM OLD.receiver_id) EXECUTE FUNCTION refuse_leaver('receiver_id');
