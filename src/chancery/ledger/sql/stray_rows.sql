-- Rows that no reading, and readings that no report, accounts for.
SELECT 'mentions', count(*) FROM stored_mentions ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'times', count(*) FROM stored_times ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'statements', count(*) FROM stored_statements ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'claims', count(*) FROM stored_claims ANTI JOIN stored_readings USING (report, run)
UNION ALL SELECT 'readings', count(*) FROM stored_readings
    ANTI JOIN stored_reports ON stored_reports.id = stored_readings.report
