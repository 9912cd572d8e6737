-- Happenings that an outlet tells in one way, by their earliest possible day, or by the last where
-- the first is open.
SELECT happenings.* FROM happenings
SEMI JOIN (
    FROM tellings
    WHERE outlet = $outlet::VARCHAR
        AND CASE $show::VARCHAR WHEN 'own' THEN own WHEN 'first' THEN first WHEN 'alone' THEN alone
            ELSE copied END
) AS told ON told.happening = happenings.id
ORDER BY coalesce(when_first, when_last) NULLS LAST, when_last NULLS LAST, id
LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
