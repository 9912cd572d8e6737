-- What the formats share. A day in any of the forms the sets use; NULL where it is none. Slashes are month first.
CREATE OR REPLACE MACRO day_of(words) AS coalesce(
    TRY_CAST(left(words, 10) AS DATE),
    CAST(try_strptime(words, ['%Y%m%d', '%d %B %Y', '%m/%d/%Y', '%d-%b-%Y', '%d %b %Y']) AS DATE)
);
-- A day in three columns, where -9 stands for a month or day that is not known: the first it can be, …
CREATE OR REPLACE MACRO first_day(y, m, d) AS TRY(make_date(
    TRY_CAST(y AS INTEGER),
    CASE WHEN TRY_CAST(m AS INTEGER) > 0 THEN TRY_CAST(m AS INTEGER) ELSE 1 END,
    CASE WHEN TRY_CAST(m AS INTEGER) > 0 AND TRY_CAST(d AS INTEGER) > 0
        THEN TRY_CAST(d AS INTEGER) ELSE 1 END
));
-- … and the last.
CREATE OR REPLACE MACRO final_day(y, m, d) AS CASE
    WHEN TRY_CAST(m AS INTEGER) > 0 AND TRY_CAST(d AS INTEGER) > 0 THEN first_day(y, m, d)
    WHEN TRY_CAST(m AS INTEGER) > 0 THEN last_day(first_day(y, m, 1))
    ELSE TRY(make_date(TRY_CAST(y AS INTEGER), 12, 31))
END;
-- An id for a set that has none: the same words give the same id on any machine.
CREATE OR REPLACE MACRO id_of(words) AS left(md5(words), 16);
