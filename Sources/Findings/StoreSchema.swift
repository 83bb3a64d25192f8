import Corpus

/// Tables and views of `findings.sqlite`. Views join names for people; tables hold numbers for programs.
enum StoreSchema {
    static let version = 1

    static let tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE shards (shard INTEGER PRIMARY KEY, corpus TEXT NOT NULL, name TEXT NOT NULL,
            first_row INTEGER NOT NULL, rows INTEGER NOT NULL);
        CREATE TABLE kinds (kind INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE difference_classes (difference INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE rules (rule INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE slice_values (slice_value INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL);
        CREATE TABLE slice_sets (slice_set INTEGER NOT NULL, slice_value INTEGER NOT NULL,
            PRIMARY KEY (slice_set, slice_value)) WITHOUT ROWID;
        CREATE TABLE removals (\(matchColumns));
        CREATE TABLE spared_rows (\(matchColumns));
        CREATE TABLE pairs (row INTEGER NOT NULL, keeper INTEGER NOT NULL, similarity REAL NOT NULL,
            kind INTEGER NOT NULL);
        CREATE TABLE cluster_rows (rank INTEGER PRIMARY KEY, keeper INTEGER NOT NULL,
            keeper_shard INTEGER NOT NULL, keeper_ordinal INTEGER NOT NULL, members INTEGER NOT NULL,
            frame INTEGER NOT NULL, frame_offset INTEGER NOT NULL);
        CREATE TABLE quarantined_rows (shard INTEGER NOT NULL, ordinal INTEGER NOT NULL,
            byte_offset INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, frame INTEGER NOT NULL,
            frame_offset INTEGER NOT NULL, PRIMARY KEY (shard, ordinal)) WITHOUT ROWID;
        CREATE TABLE frames (file TEXT NOT NULL, frame INTEGER NOT NULL, byte_offset INTEGER NOT NULL,
            first_line INTEGER NOT NULL, PRIMARY KEY (file, frame)) WITHOUT ROWID;
        CREATE TABLE slice_loss_rows (place INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL,
            before INTEGER NOT NULL, removed INTEGER NOT NULL, identical INTEGER NOT NULL,
            after INTEGER NOT NULL, share REAL NOT NULL, text_lost REAL, distinct_before INTEGER NOT NULL,
            distinct_after INTEGER NOT NULL, clusters INTEGER NOT NULL, q REAL);
        CREATE TABLE verdicts (verdict INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE eval_items (item INTEGER PRIMARY KEY, eval_set TEXT NOT NULL, name TEXT NOT NULL,
            ordinal INTEGER NOT NULL, state TEXT NOT NULL, verdict INTEGER NOT NULL, reason TEXT NOT NULL,
            rows INTEGER NOT NULL);
        CREATE TABLE overlap_rows (row INTEGER NOT NULL, shard INTEGER NOT NULL, ordinal INTEGER NOT NULL,
            item INTEGER NOT NULL, verdict INTEGER NOT NULL, component TEXT NOT NULL, role TEXT NOT NULL,
            turn INTEGER NOT NULL, coverage REAL NOT NULL, frame INTEGER NOT NULL,
            frame_offset INTEGER NOT NULL);
        CREATE TABLE doors (place INTEGER PRIMARY KEY, door TEXT NOT NULL, eval_set TEXT NOT NULL,
            rows INTEGER NOT NULL, items INTEGER NOT NULL, detail TEXT NOT NULL);
        CREATE TABLE door_joins (door TEXT NOT NULL, hmac TEXT, row INTEGER NOT NULL, shard INTEGER NOT NULL,
            ordinal INTEGER NOT NULL, item INTEGER NOT NULL);
        CREATE TABLE cues (place INTEGER PRIMARY KEY, phrase TEXT NOT NULL, quoted INTEGER NOT NULL,
            rows INTEGER NOT NULL, of_rows INTEGER NOT NULL, occurrences INTEGER NOT NULL, words INTEGER NOT NULL,
            baseline_rows INTEGER, baseline_of INTEGER, baseline_occurrences INTEGER, baseline_words INTEGER);
        CREATE TABLE quarantined_items (item INTEGER PRIMARY KEY, file TEXT NOT NULL, ordinal INTEGER NOT NULL,
            byte_offset INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL);
        CREATE TABLE misspelling_forms (form INTEGER PRIMARY KEY, wrong TEXT NOT NULL, right TEXT NOT NULL,
            kind TEXT NOT NULL, wrong_rows INTEGER NOT NULL, right_rows INTEGER NOT NULL, rate REAL NOT NULL,
            low REAL NOT NULL, high REAL NOT NULL, clusters INTEGER NOT NULL, authors INTEGER);
        CREATE TABLE misspelling_roles (form INTEGER NOT NULL, role TEXT NOT NULL, wrong_rows INTEGER NOT NULL,
            right_rows INTEGER NOT NULL, rate REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL);
        CREATE TABLE misspelling_slices (form INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
            wrong_rows INTEGER NOT NULL, right_rows INTEGER NOT NULL);
        CREATE TABLE misspelling_places (form INTEGER NOT NULL, shard TEXT NOT NULL, ordinal INTEGER NOT NULL);
        CREATE TABLE features (feature TEXT NOT NULL, category TEXT NOT NULL, role TEXT NOT NULL,
            turns INTEGER NOT NULL, hits INTEGER NOT NULL, rate REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL);
        CREATE TABLE phrases (phrase TEXT NOT NULL, rows INTEGER NOT NULL, position TEXT NOT NULL,
            authors INTEGER, clusters INTEGER NOT NULL, cluster_rows INTEGER NOT NULL, shard TEXT NOT NULL,
            ordinal INTEGER NOT NULL);
        CREATE TABLE feature_slices (feature TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
            role TEXT NOT NULL, turns INTEGER NOT NULL, hits INTEGER NOT NULL);
        CREATE TABLE removed_features (feature TEXT NOT NULL, category TEXT NOT NULL, role TEXT NOT NULL,
            removed_turns INTEGER NOT NULL, removed_rate REAL NOT NULL, removed_low REAL NOT NULL,
            removed_high REAL NOT NULL, kept_turns INTEGER NOT NULL, kept_rate REAL NOT NULL, kept_low REAL NOT NULL,
            kept_high REAL NOT NULL, difference REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL, q REAL NOT NULL);
        CREATE TABLE comparison_features (place INTEGER PRIMARY KEY, feature TEXT NOT NULL, kind TEXT NOT NULL,
            left_mean REAL NOT NULL, right_mean REAL NOT NULL, delta REAL NOT NULL, ks REAL NOT NULL, h REAL,
            q REAL NOT NULL, stands INTEGER NOT NULL);
        CREATE TABLE comparison_terms (place INTEGER PRIMARY KEY, term TEXT NOT NULL, left_rows INTEGER NOT NULL,
            right_rows INTEGER NOT NULL, z REAL NOT NULL);
        CREATE TABLE comparison_groups (place INTEGER NOT NULL, side TEXT NOT NULL, field TEXT NOT NULL,
            value TEXT NOT NULL, rows INTEGER NOT NULL, share REAL NOT NULL, nearest REAL NOT NULL,
            matched_nearest REAL NOT NULL, own_nearest REAL NOT NULL, z REAL NOT NULL, stands INTEGER NOT NULL,
            other_rows INTEGER);
        CREATE TABLE comparison_shapes (place INTEGER PRIMARY KEY, shape TEXT NOT NULL, left_share REAL NOT NULL,
            right_share REAL NOT NULL, missing INTEGER NOT NULL);
        CREATE TABLE terms (place INTEGER PRIMARY KEY, term TEXT NOT NULL, before INTEGER NOT NULL,
            after INTEGER NOT NULL, share REAL NOT NULL, text_lost REAL);
        """

    private static let matchColumns = """
        row INTEGER PRIMARY KEY, shard INTEGER NOT NULL, ordinal INTEGER NOT NULL, keeper INTEGER NOT NULL,
            keeper_shard INTEGER NOT NULL, keeper_ordinal INTEGER NOT NULL, kind INTEGER NOT NULL,
            similarity REAL NOT NULL, text_lost REAL NOT NULL, difference INTEGER NOT NULL,
            rule INTEGER NOT NULL, slice_set INTEGER NOT NULL, frame INTEGER NOT NULL,
            frame_offset INTEGER NOT NULL
        """

    static let views = """
        CREATE VIEW casualties AS \(matches("removals"));
        CREATE VIEW spared AS \(matches("spared_rows"));
        CREATE VIEW clusters AS SELECT c.rank, s.corpus, s.name AS shard, c.keeper_ordinal AS ordinal,
            c.members + 1 AS rows, c.members, c.keeper AS row
            FROM cluster_rows c JOIN shards s ON s.shard = c.keeper_shard;
        CREATE VIEW quarantine AS SELECT s.corpus, s.name AS shard, q.ordinal, q.byte_offset, q.code, q.message
            FROM quarantined_rows q JOIN shards s USING (shard)
            UNION ALL SELECT 'eval:' || i.eval_set, q.file, q.ordinal, q.byte_offset, q.code, q.message
            FROM quarantined_items q JOIN eval_items i USING (item);
        CREATE VIEW slice_losses AS SELECT field, value, before, removed, identical, after, share, text_lost,
            distinct_before, distinct_after, clusters, q FROM slice_loss_rows ORDER BY place;
        CREATE VIEW overlaps AS SELECT s.name AS shard, o.ordinal, i.eval_set, i.name AS item,
            i.ordinal AS item_ordinal, v.name AS verdict, o.component, o.role, o.turn, o.coverage, o.row
            FROM overlap_rows o JOIN shards s ON s.shard = o.shard JOIN eval_items i ON i.item = o.item
            JOIN verdicts v ON v.verdict = o.verdict;
        CREATE VIEW uncovered AS SELECT side, field, value, rows, share, other_rows, matched_nearest, own_nearest
            FROM comparison_groups WHERE stands = 1 ORDER BY share DESC;
        CREATE VIEW flagged_items AS SELECT i.eval_set, i.name AS item, i.ordinal, v.name AS verdict, i.rows
            FROM eval_items i JOIN verdicts v ON v.verdict = i.verdict WHERE i.state = 'flagged';
        CREATE VIEW uncheckable_items AS SELECT eval_set, name AS item, ordinal, reason FROM eval_items
            WHERE state = 'uncheckable';
        CREATE VIEW door_rows AS SELECT d.door, d.hmac, s.name AS shard, d.ordinal, i.eval_set, i.name AS item, d.row
            FROM door_joins d JOIN shards s ON s.shard = d.shard JOIN eval_items i ON i.item = d.item;
        CREATE VIEW misspellings AS SELECT wrong, right, kind, wrong_rows, right_rows, rate, low, high, clusters,
            authors FROM misspelling_forms ORDER BY form;
        CREATE VIEW misspellings_by_role AS SELECT f.wrong, f.right, r.role, r.wrong_rows, r.right_rows, r.rate,
            r.low, r.high FROM misspelling_roles r JOIN misspelling_forms f USING (form);
        CREATE VIEW misspellings_by_slice AS SELECT f.wrong, f.right, s.field, s.value, s.wrong_rows, s.right_rows
            FROM misspelling_slices s JOIN misspelling_forms f USING (form);
        CREATE VIEW casualty_slices AS SELECT r.row, v.field, v.value
            FROM removals r JOIN slice_sets USING (slice_set) JOIN slice_values v USING (slice_value);
        """

    private static func matches(_ table: String) -> String {
        """
        SELECT m.row, s.name AS shard, m.ordinal, ks.corpus AS keeper_corpus, ks.name AS keeper_shard,
            m.keeper_ordinal, m.keeper AS keeper_row, k.name AS kind, m.similarity, m.text_lost,
            d.name AS difference, u.name AS rule, m.slice_set
            FROM \(table) m JOIN shards s ON s.shard = m.shard JOIN shards ks ON ks.shard = m.keeper_shard
            JOIN kinds k USING (kind) JOIN difference_classes d USING (difference) JOIN rules u USING (rule)
        """
    }
}
