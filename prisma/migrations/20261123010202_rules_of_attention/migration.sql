-- What one digest speaks of besides: looked for at each drawing of it.
CREATE INDEX delivery_folded ON "delivery" (organisation_id, folded_into) WHERE folded_into IS NOT NULL;
