"""What must not reach an output: unused columns, small cells, ids in reports."""
from ..case import LONG, TWO, WIDE, File, at, case
from ..data import long, names, scores, two, wide
from ..statistics import describe

CANARIES = ["Zzname", "Yysurname", "+81-90-5550"]


def personal(table):
    """Name, surname and phone columns that no plan uses, between the id and the scores."""
    n = len(table.rows)
    for column, form in (("phone", "+81-90-5550-{:04d}"), ("surname", "Yysurname{:02d}"), ("name", "Zzname{:02d}")):
        table.add(column, [form.format(i) for i in range(n)], before=table.header[1])
    return table


def cases():
    yield from canaries()
    yield from small_cells()
    yield from ids_in_reports()


def canaries():
    def kept(id, title, wrong, expect, *also, forbid=CANARIES, **more):
        return case(id, title, wrong, expect, *also, harm="leak", output={"any_forbid": forbid}, **more)

    table = personal(wide(scores("prv-many-errors"))).set(3, "bdi_pre", "x").set(5, "bdi_post", "64").set(8, "subject", "").set(11, "subject", "S02")
    yield kept("prv-many-errors", "errors of four kinds on rows with names", "Text, out of range, no id, an id twice: messages name line, column and value, not the rest of the row.", "error",
               plan={**WIDE, "range": [0, 63]}, data=table, defects=[at(3, "bdi_pre", "x"), at(5, "bdi_post", "64"), at(8, "subject"), at(11, "subject", "S02")],
               mention=[["data.csv"], ["3"], ["5"], ["8"], ["11"], ["64"]])
    lines = personal(wide(scores("prv-short-row"))).lines()
    lines[5] = lines[5].rsplit(",", 1)[0]
    yield kept("prv-short-row", "a short row with a name", "The message counts cells; it does not show them.", "error", data=lines, defects=[at(6)], mention=[["data.csv"], ["6"], ["5"]])
    lines = personal(wide(scores("prv-open-quote"))).lines()
    lines[8] = lines[8].replace("Zzname", '"Zzname')
    yield kept("prv-open-quote", "an open quote in a name", "The cell swallows the rest of the file: none of it may be shown.", "error", data=lines, defects=[at(9)])
    data = ("\n".join(personal(wide(scores("prv-bad-byte"))).lines()) + "\n").encode().replace(b"Yysurname06", b"Yysurname\xfc06")
    yield kept("prv-bad-byte", "an undecodable byte in a surname", "The message names line and byte; it does not quote the text around.", "error", data=data, defects=[at(8)])
    pairs = scores("prv-missing-and-names")
    table = personal(wide(pairs)).set(6, "bdi_post", "").set(10, "bdi_post", "NA")
    yield kept("prv-missing-and-names", "missing scores on rows with names", "The warning counts; no output holds the names.", "warn", data=table,
               pairs=[pair for row, pair in enumerate(pairs) if row not in (4, 8)], mention=[["2"]])
    pairs = scores("prv-free-text-long")
    yield kept("prv-free-text-long", "free text in a long table", "Comments with names and the names of other visits' staff.", "ok", plan=LONG, pairs=pairs,
               data=long(pairs).add("comment", [f"Dr Zzname{i} called, +81-90-5550-{i:04d}" for i in range(24)]))
    table = personal(wide(scores("prv-header-names"), header=("subject", "bdi_pre", "bdi_past")))
    yield kept("prv-column-absent", "a planned column is absent", "The message may list the header; it may not show cells.", "error", data=table, defects=[at(1, "bdi_post")],
               mention=[["data.csv"], ["bdi_post"], ["bdi_past"]])


def small_cells():
    def grouped(id, sizes):
        pairs = [(f"{a}.37", f"{b}.11") for a, b in scores(id, n=sum(sizes.values()), fall=(0, 16))]
        labels = [label for label, size in sizes.items() for _ in range(size)]
        return pairs, labels, wide(pairs).add("site", labels)

    def means(pairs, labels, which):
        """The first digits of a group's means: long enough to be nobody's score."""
        numbers = describe([pair for pair, label in zip(pairs, labels) if label == which])
        return [repr(numbers[key])[:9] for key in ("mean_pre", "mean_post", "mean_change", "sd_change") if len(repr(numbers[key])) >= 9]

    plan = {**WIDE, "group": "site", "min_cell": 5}
    pairs, labels, table = grouped("prv-small-cell-complement", {"North": 13, "South": 3})
    yield case("prv-small-cell-complement", "3 of 16 people at one site", "South is below the least cell of 5; North's figures would give South's by subtraction from the total.", "warn", harm="leak",
               plan=plan, data=table, pairs=pairs, mention=[["South"], ["5"]], output={"any_forbid": means(pairs, labels, "South") + means(pairs, labels, "North")})
    pairs, labels, table = grouped("prv-small-cell-of-three", {"North": 11, "East": 7, "South": 3})
    yield case("prv-small-cell-of-three", "one small site of three", "South is withheld, and one of the others with it, or the total does not stand.", "warn", harm="leak",
               plan=plan, data=table, pairs=pairs, mention=[["South"], ["5"]], output={"any_forbid": means(pairs, labels, "South")})
    pairs, labels, table = grouped("prv-small-cell-by-loss", {"North": 11, "South": 6})
    kept = [row for row in range(len(pairs)) if row not in (12, 15)]
    for row in (12, 15):
        table.set(row + 2, "bdi_post", "")
    whole, sites = [pairs[row] for row in kept], [labels[row] for row in kept]
    yield case("prv-small-cell-by-loss", "a site that falls below the minimum by missing scores", "South has 6 people and 4 pairs; the least cell is 5.", "warn", harm="leak",
               plan=plan, data=table, pairs=whole, mention=[["South"], ["5"]], output={"any_forbid": means(whole, sites, "South") + means(whole, sites, "North")})
    pairs, labels, table = grouped("prv-cells-large-enough", {"North": 8, "South": 5})
    yield case("prv-cells-large-enough", "no cell is too small", "5 and 8 people, the least cell is 5: nothing is withheld, nothing is said.", "ok", harm="leak", plan=plan, data=table, pairs=pairs)


def ids_in_reports():
    pairs = scores("prv-ids-lost")
    ids = names(12, "PAT-88{:02d}")
    pre, post = two(pairs, ids)
    post.drop(9)
    yield case("prv-ids-lost", "hospital numbers, one person lost", "The report counts who is lost and does not name them.", "warn", harm="leak", plan=TWO,
               files=[File(pre, name="pre.csv"), File(post, name="post.csv")], pairs=[pair for row, pair in enumerate(pairs) if row != 7], mention=[["1"], ["11", "12"]],
               output={"html_forbid": ["PAT-88"]})
    pairs = scores("prv-ids-long")
    yield case("prv-ids-long", "e-mail addresses as ids", "Ids identify people here: no report, figure or text alternative may show them.", "ok", harm="leak", plan=LONG,
               data=long(pairs, names(12, "person{:02d}@example.invalid")), pairs=pairs, output={"html_forbid": ["@example.invalid"]})
