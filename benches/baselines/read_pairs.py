"""Reads a long CSV or Parquet (id, visit, o0 … o4) and pairs pre with post: what `prepost ingest PLAN --check` is timed against.

    python3 read_pairs.py duckdb|polars FILE
"""
import sys

engine, path = sys.argv[1:]
outcomes = [f"o{i}" for i in range(5)]
if engine == "duckdb":
    import duckdb

    changes = ", ".join(f"count(b.{o} - a.{o}), avg(b.{o} - a.{o})" for o in outcomes)
    read = "read_csv" if path.endswith(".csv") else "read_parquet"
    print(duckdb.sql(
        f"with t as (select * from {read}('{path}')) select {changes} from t a join t b on a.id = b.id and a.visit = 'pre' and b.visit = 'post'"
    ).fetchall())
else:
    import polars as pl

    table = pl.scan_csv(path) if path.endswith(".csv") else pl.scan_parquet(path)
    pre, post = (table.filter(pl.col("visit") == visit).drop("visit") for visit in ("pre", "post"))
    pairs = pre.join(post, on="id", suffix="_post")
    change = [(pl.col(f"{o}_post") - pl.col(o)) for o in outcomes]
    print(pairs.select([c.count().alias(f"n{i}") for i, c in enumerate(change)] + [c.mean().alias(f"m{i}") for i, c in enumerate(change)]).collect(engine="streaming"))
