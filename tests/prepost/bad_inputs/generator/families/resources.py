"""Large and lopsided files."""
from ..case import LONG, TWO, File, at, case
from ..data import long, names, scores, two, wide

LIMITS = {"max_seconds": 20, "max_rss_mib": 512}


def cases():
    def heavy(id, title, wrong, expect, *also, limits=LIMITS, **more):
        return case(id, title, wrong, expect, *also, harm="crash", limits=limits, **more)

    pairs = scores("res-100000-columns", n=6)
    lines = wide(pairs).lines()
    lines[0] += "," + ",".join(f"q{i:05d}" for i in range(99_997))
    yield heavy("res-100000-columns", "100 000 columns", "Three are used. A limit may be reached, with a message.", "ok", "error", pairs=pairs, data=lines[:1] + [line + "," * 99_997 for line in lines[1:]],
                mention=[["data.csv"]])
    pairs = scores("res-5mb-cell")
    yield heavy("res-5mb-cell", "a note of 5 MB", "A quoted cell with breaks, commas and doubled quotes, in a column that is not used.", "ok", "warn", pairs=pairs,
                data=wide(pairs).add("note", ["a \"scan\", as text\n" * 270_000, *[""] * 11], before="bdi_pre"))
    pairs = scores("res-50000-rows", n=25_000)
    yield heavy("res-50000-rows", "50 000 rows of a long table", "25 000 people at two visits.", "ok", "warn", plan=LONG, pairs=pairs, data=long(pairs, names(25_000, "P{:05d}")))
    pairs = scores("res-near-misses", n=3000)
    yield heavy("res-near-misses", "3000 ids in other case", "Near misses are counted and the first few shown; the search must not compare all with all.", "error", "warn", plan=TWO, pairs=pairs,
                limits={**LIMITS, "max_message_lines": 60}, mention=[["3000"]],
                files=[File(table, name=name) for name, table in zip(("pre.csv", "post.csv"), two(pairs, names(3000, "P{:04d}"), names(3000, "p{:04d}")))])
    table = wide(scores("res-short-rows", n=3000), names(3000, "P{:04d}"))
    yield heavy("res-short-rows", "3000 short rows", "Every row lacks its last cell: a count and the first few lines.", "error", limits={**LIMITS, "max_message_lines": 60},
                data=[table.lines()[0]] + [line.rsplit(",", 1)[0] for line in table.lines()[1:]], defects=[at(2, count=3000)], mention=[["data.csv"], ["2"], ["3000", "bdi_post"]])
    pairs = scores("res-quotes")
    yield heavy("res-quotes", "a cell of 200 000 quotes", "Every one doubled.", "ok", pairs=pairs, data=wide(pairs).add("note", ['"' * 200_000, *[""] * 11], before="bdi_pre"))
    pairs = scores("res-blank-rows")
    yield heavy("res-blank-rows", "100 000 empty rows", "Excel saved the whole sheet: ',,' a hundred thousand times.", "ok", "warn", pairs=pairs, data=wide(pairs).lines() + [",,"] * 100_000)
