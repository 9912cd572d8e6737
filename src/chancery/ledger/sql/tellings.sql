-- Which outlets tell each happening, and how: in its own voice; alone; first; or only by reports
-- that are no account of its own. First is who told it on a day before any other outlet that tells
-- it too. A report is no account of its own where it credits an agency or another outlet, or where
-- another outlet had the same text before, or on that day. `named` gives the name that each stated
-- outlet goes by among those that are credited.
WITH pairs AS (
    SELECT first AS report, second AS other FROM ties
    WHERE holds AND kind IN ('same-text', 'copy', 'excerpt', 'retranslation')
    UNION
    SELECT second, first FROM ties
    WHERE holds AND kind IN ('same-text', 'copy', 'excerpt', 'retranslation')
), printed AS (
    SELECT id, source, published_first, published_last FROM reports
), copies AS (
    SELECT DISTINCT mine.id AS report
    FROM pairs
    JOIN printed AS mine ON mine.id = pairs.report
    JOIN printed AS theirs ON theirs.id = pairs.other
    WHERE mine.source IS DISTINCT FROM theirs.source
        AND NOT coalesce(mine.published_last < theirs.published_first, false)
), credits AS (
    SELECT first AS report, list(second) AS agencies FROM ties
    WHERE holds AND kind IN ('wire', 'quotes') GROUP BY first
), named AS (
    SELECT source, slug_of(source) AS outlet,
        list(goes_by) FILTER (goes_by IS NOT NULL) AS names
    FROM (SELECT DISTINCT source FROM stored_reports) LEFT JOIN (
        SELECT unnest($named::STRUCT(stated VARCHAR, goes_by VARCHAR)[], recursive := true)
    ) ON stated = source
    GROUP BY source
), accounts AS (
    SELECT printed.id AS report, outlet, published_first, published_last,
        copies.report IS NOT NULL
            OR NOT list_has_all(coalesce(names, []), coalesce(agencies, [])) AS copied
    FROM printed
    JOIN named ON named.source IS NOT DISTINCT FROM printed.source
    LEFT JOIN copies ON copies.report = printed.id
    LEFT JOIN credits ON credits.report = printed.id
), own AS (
    SELECT DISTINCT told.happening, claims.report
    FROM (SELECT id AS happening, unnest(claims) AS claim FROM happenings) AS told
    JOIN claims ON claims.id = told.claim
    WHERE claims.voice_kind = 'own'
), told AS (
    SELECT members.happening, outlet, bool_or(own.report IS NOT NULL) AS own,
        bool_and(copied) AS copied,
        min(published_last) FILTER (NOT copied) AS mine,
        CASE WHEN bool_and(published_first IS NOT NULL) THEN min(published_first) END AS opens
    FROM (SELECT id AS happening, unnest(reports) AS report FROM happenings) AS members
    JOIN accounts ON accounts.report = members.report
    LEFT JOIN own ON own.happening = members.happening AND own.report = members.report
    GROUP BY members.happening, outlet
)
SELECT told.happening, told.outlet, any_value(told.own) AS own, any_value(told.copied) AS copied,
    count(others.outlet) = 0 AS alone,
    count(others.outlet) > 0 AND count(others.outlet) = count(others.opens)
        AND coalesce(any_value(told.mine) < min(others.opens), false) AS first
FROM told
LEFT JOIN told AS others
    ON others.happening = told.happening AND others.outlet <> told.outlet
GROUP BY told.happening, told.outlet
ORDER BY told.happening, told.outlet
