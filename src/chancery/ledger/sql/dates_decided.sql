-- The days that people settled for reports.
SELECT unnest(
    CAST(getvariable('dates_decided')
        AS STRUCT(report VARCHAR, first_day DATE, last_day DATE)[]),
    recursive := true)
