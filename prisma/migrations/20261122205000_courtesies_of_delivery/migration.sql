-- Dedupe, bundles, throttle, quiet hours and second routes: docs/adr/0011.
ALTER TABLE "post" ADD COLUMN     "at_once" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "delivery" ADD COLUMN     "bundle_id" UUID,
ADD COLUMN     "further_routes" INTEGER NOT NULL DEFAULT 0;

-- What one person was told lately, and what waits for them. A line begins with its destination.
CREATE INDEX delivery_told ON "delivery" (organisation_id, split_part(line, '/', 1), sent_at)
  WHERE sent_at IS NOT NULL AND line LIKE 'person:%';
CREATE INDEX delivery_untold ON "delivery" (organisation_id, split_part(line, '/', 1))
  WHERE state IN ('pending', 'sending') AND line LIKE 'person:%';
CREATE INDEX delivery_bundle ON "delivery" (organisation_id, bundle_id) WHERE bundle_id IS NOT NULL;
