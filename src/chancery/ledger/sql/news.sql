-- How many claims and reports are new since an earlier commit: those whose ids it did not know.
SELECT (
    SELECT count(DISTINCT claims.id) FROM claims
    WHERE added > $since
        AND NOT EXISTS (FROM stored_claims AS old WHERE old.id = claims.id AND old.added <= $since)
)::INTEGER AS claim_count,
    (SELECT count(*) FROM stored_reports WHERE added > $since)::INTEGER AS report_count
