-- How many rows each table has.
SELECT 'reports', count(*) FROM stored_reports
UNION ALL SELECT 'readings', count(*) FROM stored_readings
UNION ALL SELECT 'mentions', count(*) FROM stored_mentions
UNION ALL SELECT 'times', count(*) FROM stored_times
UNION ALL SELECT 'statements', count(*) FROM stored_statements
UNION ALL SELECT 'claims', count(*) FROM stored_claims
UNION ALL SELECT 'reasons', count(*) FROM stored_reasons
UNION ALL SELECT 'forecasts', count(*) FROM stored_forecasts
UNION ALL SELECT 'states', count(*) FROM stored_states
UNION ALL SELECT 'traits', count(*) FROM stored_traits
UNION ALL SELECT 'contexts', count(*) FROM stored_contexts
UNION ALL SELECT 'same_sources', count(*) FROM stored_same_sources
UNION ALL SELECT 'signatures', count(*) FROM stored_signatures
UNION ALL SELECT 'problems', count(*) FROM stored_problems
