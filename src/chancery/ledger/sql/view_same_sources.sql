-- Anonymous voices that may be one source, proposed by each report's newest run.
CREATE VIEW same_sources AS
SELECT stored_same_sources.* FROM stored_same_sources SEMI JOIN newest USING (report, run)
