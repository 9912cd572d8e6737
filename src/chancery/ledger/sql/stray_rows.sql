-- Rows that no reading, and readings that no report, accounts for.
SELECT 'mentions', count(*) FROM stored_mentions ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'times', count(*) FROM stored_times ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'statements', count(*) FROM stored_statements ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'claims', count(*) FROM stored_claims ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'reasons', count(*) FROM stored_reasons ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'forecasts', count(*) FROM stored_forecasts ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'states', count(*) FROM stored_states ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'traits', count(*) FROM stored_traits ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'contexts', count(*) FROM stored_contexts ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'same_sources', count(*) FROM stored_same_sources ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'signatures', count(*) FROM stored_signatures ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'readings', count(*) FROM stored_readings
    ANTI JOIN stored_reports ON stored_reports.id = stored_readings.report
