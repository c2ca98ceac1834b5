"""Codes and words for missing values, declared and not."""
from ..case import WIDE, at, case
from ..data import Draw, scores, wide


def coded(id, cells, n=12, **about):
    """A wide table with cells replaced: {(line, column): cell}; and the pairs that stay whole."""
    pairs = scores(id, n, **about)
    table = wide(pairs)
    for (line, column), cell in cells.items():
        table.set(line, column, cell)
    lost = {line - 2 for line, _ in cells}
    return table, [pair for row, pair in enumerate(pairs) if row not in lost]


def defects(cells):
    return [at(line, column, cell) for (line, column), cell in cells.items()]


def cases():
    yield from declared()
    yield from words()
    yield from undeclared()
    yield from sentinels()
    yield from contradictions()


def declared():
    def code(id, title, wrong, codes, cells, *also, mention=None, **plan):
        table, left = coded(id, cells)
        return case(id, title, wrong, "warn", *also, plan={**WIDE, "missing": codes, **plan}, data=table, pairs=left, defects=defects(cells),
                    mention=mention or [[str(len(cells))]])

    post = "bdi_post"
    yield code("mis-code-999-formats", "declared 999 written as 999.0 and 0999", "A code is compared as a number too.", ["999"], {(3, post): "999", (6, post): "999.0", (9, post): "0999"}, range=[0, 63])
    yield code("mis-code-u2212", "declared -99 typed with U+2212", "'−99' is the number -99; a reader that refuses it is safe too.", ["-99"], {(4, post): "−99", (8, post): "-99"}, "error")
    yield code("mis-code-fullwidth", "declared 99 typed in full width", "'９９' is the number 99.", ["99"], {(4, post): "９９", (8, post): "99", (12, post): "９９"}, "error", range=[0, 63])
    yield code("mis-stata-declared", "Stata's '.', '.a' and '.z', declared", "Extended missing values.", [".", ".a", ".z"], {(2, post): ".", (7, post): ".a", (13, post): ".z"})
    yield code("mis-ja-declared", "Japanese words for missing, declared", "'未回答' twice, '欠測' once.", ["未回答", "欠測"], {(3, post): "未回答", (5, post): "未回答", (10, post): "欠測"})
    yield code("mis-castor-all", "Castor's five codes, declared", "-95 to -99, with a range of 0 to 63.", ["-95", "-96", "-97", "-98", "-99"],
               {(2, post): "-95", (4, post): "-96", (6, post): "-97", (8, post): "-98", (10, post): "-99"}, range=[0, 63])
    yield code("mis-code-outside-range", "a code just outside the range", "Range 0-98 and code 99: no doubt.", ["99"], {(5, post): "99", (9, post): "99"}, range=[0, 98])
    yield code("mis-dash-declared", "'-' and '--', declared", "A dash is a word here, not a sign.", ["-", "--"], {(4, post): "-", (11, post): "--"})
    yield code("mis-code-with-spaces", "a declared code with blanks around it", "' NI ', and 'NI' behind a no-break space.", ["NI"], {(4, post): " NI ", (7, post): "\u00a0NI", (9, post): "NI"})


def words():
    cells = {(2, "bdi_post"): "NA", (4, "bdi_post"): "n/a", (6, "bdi_post"): "NULL", (8, "bdi_post"): "None", (10, "bdi_post"): "none"}
    table, left = coded("mis-words", cells)
    yield case("mis-words", "the documented words", "NA, n/a, NULL, None and none need no declaration; they are counted.", "warn", data=table, pairs=left,
               defects=defects(cells), mention=[["5"]])
    cells = {(3, "bdi_post"): "N/A", (5, "bdi_post"): "N/A", (7, "bdi_post"): "", (9, "bdi_post"): "", (11, "bdi_post"): ""}
    table, left = coded("mis-two-kinds", cells)
    yield case("mis-two-kinds", "N/A and empty in one column", "LimeSurvey: not shown (2) and not answered (3) are two kinds of missing.", "warn", data=table, pairs=left,
               defects=defects(cells), mention=[["2"], ["3"]])
    pairs = scores("mis-all-post")
    yield case("mis-all-post", "no follow-up score at all", "The post column is empty from top to bottom: there is no pair.", "error",
               data=wide([(a, "") for a, _ in pairs]), harm="crash", mention=[["pair", "pairs", "bdi_post"], ["0", "no ", "12"]])


def undeclared():
    def refused(id, title, wrong, cells, mention=None, **plan):
        table, _ = coded(id, cells)
        return case(id, title, wrong, "error", plan={**WIDE, **plan}, data=table, defects=defects(cells), mention=mention)

    yield refused("mis-stata-undeclared", "'.A', not declared", "A Stata or SAS missing value.", {(6, "bdi_post"): ".A"})
    yield refused("mis-dash-undeclared", "'-' three times, not declared", "A word for missing, or a sign whose number was lost.",
                  {(3, "bdi_post"): "-", (6, "bdi_post"): "-", (9, "bdi_post"): "-"}, [["data.csv"], ["bdi_post"], ["3"]])
    yield refused("mis-code-other-text", "a code near the declared one", "'NIL' is not the declared 'NI'.", {(6, "bdi_pre"): "NIL"}, missing=["NI"])
    yield refused("mis-limesurvey-other", "'No answer', not declared", "LimeSurvey with full answers writes the words.", {(4, "bdi_post"): "No answer", (8, "bdi_post"): "No answer"})
    yield refused("mis-castor-undeclared", "Castor's -99 and -96, not declared", "The range 0-63 shows that they are no scores.", {(5, "bdi_post"): "-99", (9, "bdi_post"): "-96"}, range=[0, 63])
    yield refused("mis-spss-undeclared", "SPSS '#NULL!', not declared", "Text in a score column.", {(7, "bdi_post"): "#NULL!"})
    yield refused("mis-minus9-range", "-9 outside the range, not declared", "Range 0-63.", {(7, "bdi_pre"): "-9"}, range=[0, 63])
    table, left = coded("mis-code-other-case", {(6, "bdi_post"): "ni"})
    yield case("mis-code-other-case", "a declared code in lower case", "The plan says 'NI', the cell 'ni'.", "error", "warn", plan={**WIDE, "missing": ["NI"]}, data=table, pairs=left,
               defects=[at(6, "bdi_post", "ni")], mention=[["bdi_post"], ["6", "1"]])


def sentinels():
    """A repeated 99, 999, 888 or -9 far outside the rest, no range and no code declared: the numbers stand, with a warning."""
    for id, title, cell, lines, wrong in (
        ("mis-sentinel-99", "99 three times, not declared, no range", "99", (3, 7, 12), "The rest lies below 50."),
        ("mis-sentinel-minus9", "-9 twice, not declared, no range", "-9", (4, 9), "The rest lies between 20 and 46."),
        ("mis-sentinel-888", "888 twice, not declared, no range", "888", (5, 10), "A usual code for 'not applicable'."),
        ("mis-sentinel-decimal", "999.00 twice, not declared, no range", "999.00", (5, 10), "The same code with decimals."),
    ):
        pairs = scores(id, fall=(0, 12) if cell != "-9" else (-2, 0))
        table = wide(pairs)
        for line in lines:
            table.set(line, "bdi_post", cell)
            pairs[line - 2] = (pairs[line - 2][0], cell)
        yield case(id, title, wrong, "warn", "error", data=table, pairs=pairs, defects=[at(line, "bdi_post", cell) for line in lines],
                   mention=[["bdi_post"], [cell.split(".")[0], cell], [str(len(lines))]])
    pairs = scores("mis-99-legal", low=80, high=100, fall=(-3, 9))
    pairs = [(a, str(min(int(b), 100))) for a, b in pairs]
    for row in (1, 5, 8):
        pairs[row] = (pairs[row][0], "99")
    yield case("mis-99-legal", "99 is a score", "Range 0-100 declared, the scores lie between 71 and 100: three people with 99 are no codes.", "ok",
               plan={**WIDE, "range": [0, 100]}, data=wide(pairs), pairs=pairs)


    draw = Draw("mis-scale-to-nine")
    pairs = [(str(draw.whole(1, 9)), str(draw.whole(1, 9))) for _ in range(24)]
    yield case("mis-scale-to-nine", "a scale from 1 to 9", "7, 8 and 9 are scores among scores, no codes.", "ok", data=wide(pairs), pairs=pairs)


def contradictions():
    pairs = scores("mis-code-zero", low=5, high=27, fall=(0, 2))
    yield case("mis-code-zero", "0 declared missing on a scale from 0", "Range 0-27 and code 0, which stands in three cells: a healthy person cannot be told from a missing one.", "error",
               plan={**WIDE, "missing": ["0"], "range": [0, 27]}, data=wide(pairs).set(3, "bdi_post", "0").set(6, "bdi_post", "0").set(9, "bdi_post", "0"),
               defects=[at(3, "bdi_post", "0")], mention=[["0"], ["missing", "range"]])
