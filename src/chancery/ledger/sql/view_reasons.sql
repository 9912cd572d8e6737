-- The reasons of each report's newest run.
CREATE VIEW reasons AS
SELECT stored_reasons.* FROM stored_reasons SEMI JOIN newest USING (report, run)
