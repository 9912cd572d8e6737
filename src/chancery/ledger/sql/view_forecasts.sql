-- The forecasts of each report's newest run.
CREATE VIEW forecasts AS
SELECT stored_forecasts.* FROM stored_forecasts SEMI JOIN newest USING (report, run)
