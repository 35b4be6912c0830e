-- Which request, or which turn, made a post: the same word as in the logs. The transaction says it, so no statement names it,
-- and a version that knows nothing of it leaves it empty.
-- AlterTable
ALTER TABLE "inbound_delivery" ADD COLUMN     "correlation" TEXT DEFAULT NULLIF(current_setting('baton.correlation'::text, true), ''::text);

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "correlation" TEXT DEFAULT NULLIF(current_setting('baton.correlation'::text, true), ''::text);
