-- The days of each report's publication, with its outlet and language: what can be looked up without
-- the rest.
CREATE VIEW report_days AS
SELECT id AS report, source, language, published_first, published_last FROM dated_reports
