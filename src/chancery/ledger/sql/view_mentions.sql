-- The mentions of each report's newest run.
CREATE VIEW mentions AS
SELECT stored_mentions.* FROM stored_mentions SEMI JOIN newest USING (report, run)
