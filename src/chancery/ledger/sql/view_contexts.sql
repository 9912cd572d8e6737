-- The contexts of each report, as its newest run found them.
CREATE VIEW contexts AS
SELECT stored_contexts.* FROM stored_contexts SEMI JOIN newest USING (report, run)
