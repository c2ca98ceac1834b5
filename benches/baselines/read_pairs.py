"""Reads the long CSV of `examples/generate_long.rs` (subject, visit, o1 … o5), or the same as Parquet, and pairs the visits: what
`prepost ingest PLAN --check` is timed against. It checks nothing.

    python3 read_pairs.py duckdb|polars FILE
"""
import sys

engine, path = sys.argv[1:]
outcomes = [f"o{i}" for i in range(1, 6)]
if engine == "duckdb":
    import duckdb

    changes = ", ".join(f"count(b.{o} - a.{o}), avg(b.{o} - a.{o})" for o in outcomes)
    read = "read_csv" if path.endswith(".csv") else "read_parquet"
    print(duckdb.sql(
        f"with t as (select * from {read}('{path}')) select {changes} from t a join t b on a.subject = b.subject and a.visit = 'baseline' and b.visit = 'month_3'"
    ).fetchall())
else:
    import polars as pl

    table = pl.scan_csv(path) if path.endswith(".csv") else pl.scan_parquet(path)
    pre, post = (table.filter(pl.col("visit") == visit).drop("visit") for visit in ("baseline", "month_3"))
    pairs = pre.join(post, on="subject", suffix="_post")
    change = [(pl.col(f"{o}_post") - pl.col(o)) for o in outcomes]
    print(pairs.select([c.count().alias(f"n{i}") for i, c in enumerate(change)] + [c.mean().alias(f"m{i}") for i, c in enumerate(change)]).collect(engine="streaming"))
