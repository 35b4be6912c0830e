-- What the code has always read and written as a list is one: Prisma leaves its lists nullable, and sees no difference.
-- Nobody writes null there, 0.2.0 neither, so nothing is filled in first.
ALTER TABLE "team" ALTER COLUMN working_days SET NOT NULL, ALTER COLUMN closures SET NOT NULL;
ALTER TABLE "person" ALTER COLUMN roles SET NOT NULL;
ALTER TABLE "huddle_attendance" ALTER COLUMN roles SET NOT NULL, ALTER COLUMN qualifications SET NOT NULL;
