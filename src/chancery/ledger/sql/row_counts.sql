-- How many rows each table has.
SELECT 'reports', count(*) FROM stored_reports
UNION ALL SELECT 'readings', count(*) FROM stored_readings
UNION ALL SELECT 'mentions', count(*) FROM stored_mentions
UNION ALL SELECT 'times', count(*) FROM stored_times
UNION ALL SELECT 'statements', count(*) FROM stored_statements
UNION ALL SELECT 'claims', count(*) FROM stored_claims
UNION ALL SELECT 'problems', count(*) FROM stored_problems
