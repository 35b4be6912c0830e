-- As a statement trigger it also woke the delivery engine when no card was posted anywhere: for every command of
-- everybody. As a row trigger it fires for a copy that is to be drawn again, and costs nothing where there is none.
DROP TRIGGER wake_delivery_stale ON "delivery";
CREATE TRIGGER wake_delivery_stale AFTER UPDATE OF stale ON "delivery" FOR EACH ROW WHEN (NEW.stale) EXECUTE FUNCTION wake_delivery();
