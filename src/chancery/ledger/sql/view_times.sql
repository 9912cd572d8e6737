-- The times of each report's newest run.
CREATE VIEW times AS
SELECT stored_times.* FROM stored_times SEMI JOIN newest USING (report, run)
