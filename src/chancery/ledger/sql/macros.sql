-- The shared filters, written once.
CREATE MACRO code_is(code, wanted) AS
    code = wanted OR starts_with(code, wanted || '.');

CREATE MACRO all_take_part(codes, wanted) AS
    wanted IS NULL OR list_bool_and(
        list_transform(wanted, lambda one: coalesce(list_bool_or(
            list_transform(codes, lambda code: code_is(code, one))), false)));

-- The same where the codes stand as ` USA. USA.GOV. `: two parties, the usual case, need no list.
CREATE MACRO all_are_parties(parties, wanted) AS
    wanted IS NULL
    OR (contains(parties, ' ' || wanted[1] || '.')
        AND (len(wanted) < 2 OR contains(parties, ' ' || wanted[2] || '.'))
        AND (len(wanted) < 3 OR list_bool_and(
            list_transform(wanted, lambda one: contains(parties, ' ' || one || '.')))));

CREATE MACRO frame_is(frame, type, mode, wanted) AS
    wanted IS NULL OR list_contains(wanted, frame) OR list_contains(wanted, type)
    OR coalesce(list_contains(wanted, mode), false);

-- Where the first day is open ("by 31 August"), the last day alone decides: it must lie within.
CREATE MACRO days_meet(first_day, last_day, since, until) AS
    (since IS NULL AND until IS NULL)
    OR ((first_day IS NOT NULL OR last_day IS NOT NULL)
        AND (since IS NULL OR last_day IS NULL OR last_day >= since)
        AND (until IS NULL OR coalesce(first_day, last_day) <= until));

CREATE MACRO voice_is(kind, actor, wanted) AS
    wanted IS NULL OR kind = wanted OR coalesce(code_is(actor, wanted), false);

CREATE MACRO known_codes(mentions) AS
    list_sort(list_distinct(list_filter(
        list_transform(mentions, lambda one: one.actor), lambda code: code IS NOT NULL)))
;

-- A name as it stands in an address: its letters and digits in small, without accents or a first
-- article. A name that has none, or is very long, is told apart by a digest; no name is '-'. What
-- is short already stays as it is.
CREATE MACRO dashed(name) AS
    regexp_replace(
        trim(regexp_replace(
            lower(strip_accents(nfc_normalize(name))), '[^\p{L}\p{N}]+', '-', 'g'), '-'),
        '^((a|an|the)-)+(.+)$', '\3');

CREATE MACRO shortened(dashed, name) AS
    CASE WHEN dashed = '' THEN 'x' || left(md5(name), 8)
        WHEN length(dashed) > 72 THEN rtrim(left(dashed, 63), '-') || '-' || left(md5(dashed), 8)
        ELSE dashed END;

CREATE MACRO slug_of(name) AS
    CASE WHEN coalesce(name, '-') = '-' THEN '-' ELSE shortened(dashed(name), name) END;

-- The state or body of an actor's code: BLR of BLR.GOV, IGO.NATO as it is.
CREATE MACRO party_of(code) AS
    CASE WHEN split_part(code, '.', 1) IN ('IGO', 'IMG', 'ISM', 'NGO', 'MNC')
        THEN array_to_string(list_slice(string_split(code, '.'), 1, 2), '.')
        ELSE split_part(code, '.', 1) END
