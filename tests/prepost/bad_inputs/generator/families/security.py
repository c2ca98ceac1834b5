"""Hostile text in ids, labels, names and cells."""
from ..case import LONG, WIDE, File, at, case
from ..data import Table, names, scores, wide

GROUPED = {**WIDE, "group": "site"}
EVERY = {**LONG, "instrument_column": "instrument"}


def cases():
    yield from formulas()
    yield from markup()
    yield from terminal()
    yield from file_names()
    yield from long_ids()


def grouped(pairs, labels):
    return wide(pairs).add("site", [labels[i % len(labels)] for i in range(len(pairs))])


def instruments(pairs, labels):
    """Every instrument has the same pairs in another order, so that each result has the expected numbers."""
    rows = []
    for turn, label in enumerate(labels):
        turned = pairs[turn:] + pairs[:turn]
        rows += [(one, visit, label, score) for one, pair in zip(names(len(pairs)), turned) for visit, score in zip(("pre", "post"), pair)]
    return Table(("subject", "visit", "instrument", "bdi"), rows)


def formulas():
    csv_safe = {"csv_no_cell_starts": ["=", "+", "@", "\t", "\r", "-1+"], "csv_negative_numbers_stay": True}
    pairs = scores("sec-formula-groups")
    yield case("sec-formula-groups", "formulas as group labels", "Labels get into tables of results; negative changes there must stay numbers.", "ok", "warn", harm="unsafe output",
               plan=GROUPED, data=grouped(pairs, ("=1+1", "@SUM(1)", "-1+2", "+A1")), pairs=pairs, output=csv_safe)
    pairs = scores("sec-formula-hidden")
    ids = ["\t=HYPERLINK(\"http://example.invalid\")", " =1+1", "=cmd|' /C calc'!A0", "+81-3", "@x", "'=1+1", "-5", *names(5)]
    yield case("sec-formula-hidden", "formulas behind blanks, and a number as id", "A TAB before '=' is trimmed by the reader; '-5' is a number and a subject.", "ok", "warn", harm="unsafe output",
               data=wide(pairs, ids), pairs=pairs, output=csv_safe)
    pairs = scores("sec-formula-instrument")
    yield case("sec-formula-instrument", "a formula as the name of an instrument", "Outcome names are the first cell of every row of results.", "ok", "warn", "error", harm="unsafe output",
               plan=EVERY, data=instruments(pairs, ("=2+5", "@bdi")), pairs=pairs, output={**csv_safe, "stay_inside": True}, mention=[["data.csv"]])


def markup():
    bad = ("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "</td></tr></table><h1>x", "\"><svg onload=alert(3)>", "a&lt;b&amp;c", "]]><!--")
    html = {"html_forbid": ["<script>alert(", "<img src=x", "<h1>x", "<svg onload"], "json_valid": True}
    pairs = scores("sec-html-ids")
    yield case("sec-html-ids", "HTML as subject ids", "Figures and tables of single people show ids where asked for.", "ok", "warn", harm="unsafe output", data=wide(pairs, [*bad, *names(6)]), pairs=pairs, output=html)
    pairs = scores("sec-html-groups")
    yield case("sec-html-groups", "HTML as group labels", "Labels stand in the report and in figures.", "ok", "warn", harm="unsafe output", sources=["gtsummary#1307"],
               plan=GROUPED, data=grouped(pairs, bad[:3]), pairs=pairs, output=html)
    pairs = scores("sec-html-instrument")
    yield case("sec-html-instrument", "HTML as the name of an instrument", "It becomes a heading, a file name and a text alternative.", "ok", "warn", "error", harm="unsafe output",
               plan=EVERY, data=instruments(pairs, bad[:2]), pairs=pairs, output={**html, "stay_inside": True}, mention=[["data.csv"]])
    pairs = scores("sec-markdown-groups")
    labels = ("a|b", "`x` | **y**", "[x](javascript:alert(1))", "![i](http://example.invalid/i.png)")
    yield case("sec-markdown-groups", "Markdown as group labels", "A pipe must not add a column; links and images must stay text.", "ok", "warn", harm="unsafe output", plan=GROUPED,
               data=grouped(pairs, labels), pairs=pairs, output={"markdown_columns_stay": True, "html_forbid": ["href=\"javascript:", "<img src=\"http://example.invalid"]})
    pairs = scores("sec-json-groups")
    yield case("sec-json-groups", "quotes, backslashes and separators as group labels", "results.json and JSON inside HTML stay valid.", "ok", "warn", harm="unsafe output", plan=GROUPED,
               data=grouped(pairs, ("q\"q", "b\\n", "l\u2028s", "</script><!--")), pairs=pairs, output={"json_valid": True, "html_forbid": ["</script><!--"]})
    pairs = scores("sec-group-control")
    yield case("sec-group-control", "control characters in group labels", "U+0007 and ESC are not allowed in XML: an SVG with them does not open; U+009B starts a terminal sequence.", "ok", "warn", "error", harm="unsafe output", plan=GROUPED,
               data=grouped(pairs, ("N\x07orth", "\x1b[31mSouth", "E\x9b2J")), pairs=pairs, mention=[["data.csv"]],
               output={"json_valid": True, "html_forbid": ["\x07", "\x1b"], "terminal_forbid": ["\x07", "\x1b", "\x9b"]})


def terminal():
    """Cells that end in error messages."""
    def shown(id, title, wrong, cell, forbidden, line=6):
        return case(id, title, wrong, "error", harm="unsafe output", data=wide(scores(id)).set(line, "bdi_post", cell), defects=[at(line, "bdi_post", cell)],
                    mention=[["data.csv"], [str(line)], ["bdi_post"]], output={"terminal_forbid": forbidden})

    yield shown("sec-ansi-cell", "colours and a cleared screen in a cell", "ESC sequences must not reach the terminal.", "\x1b[2J\x1b[1;1H\x1b[32m12", ["\x1b"])
    yield shown("sec-osc-cell", "OSC 52 in a cell", "It would write the clipboard of whoever reads the message.", "\x1b]52;c;ZWNobyBoaQ==\x07", ["\x1b", "\x07"])
    yield shown("sec-c1-cell", "C1 control characters in a cell", "U+009B is a CSI without ESC.", "\x9b31m12", ["\x9b"])
    yield shown("sec-bidi-cell", "a right-to-left override in a cell", "'12' behind U+202E shows as 21, and turns the rest of the message.", "\u202e12", ["\u202e"])
    yield shown("sec-backspace-cell", "backspaces and a carriage return in a cell", "They overwrite the message on the screen.", "9\b\b\b\x7fok", ["\b", "\x7f"])
    table = wide(scores("sec-cr-in-id"), names()).set(6, "bdi_post", "x1")
    table.set(6, "subject", "S05\rprepost: no problem found")
    yield case("sec-cr-in-id", "a carriage return in an id", "A forged line: the id holds CR and a message of success.", "error", harm="unsafe output", data=table,
               defects=[at(6, "bdi_post")], mention=[["data.csv"], ["6"], ["bdi_post"], ["x1"]], output={"terminal_line_forbid": ["prepost: no problem found"]})
    table = wide(scores("sec-header-control"), header=("subject", "\x1b[31mbdi_pre", "bdi_post"))
    yield case("sec-header-control", "ESC in a header name", "The message lists the columns that were found.", "error", harm="unsafe output", data=table, defects=[at(1, "bdi_pre")],
               mention=[["data.csv"], ["bdi_pre"]], output={"terminal_forbid": ["\x1b"]})


def file_names():
    """Names from data that become names of files: one to one, and inside the output folder."""
    for id, title, wrong, labels, more in (
        ("sec-dot-names", "instruments named '.', '..', 'a/b' and 'a\\b'", "Outputs must stay in their folder and apart.", (".", "..", "a/b", "a\\b"), {}),
        ("sec-absolute-name", "an instrument whose name is an absolute path", "'/tmp/prepost_absolute' and 'C:\\prepost_absolute'.", ("/tmp/prepost_absolute", "C:\\prepost_absolute"), {"no_file_named": ["prepost_absolute"]}),
        ("sec-reserved-names", "names that Windows reserves", "'CON', 'NUL', 'aux.txt' and 'COM1'.", ("CON", "NUL", "aux.txt", "COM1"), {}),
        ("sec-case-names", "names that differ in case only", "'Bdi', 'BDI' and 'bdi' are one file on many disks.", ("Bdi", "BDI", "bdi"), {}),
        ("sec-slug-names", "names that become one slug", "'a b', 'a-b', 'a/b' and 'a_b'.", ("a b", "a-b", "a/b", "a_b"), {}),
        ("sec-long-names", "names of 300 characters that differ at the end", "Longer than a file name may be; cut, they are equal.", ("n" * 299 + "1", "n" * 299 + "2"), {}),
    ):
        pairs = scores(id)
        yield case(id, title, wrong, "ok", "warn", "error", harm="unsafe output", plan=EVERY, data=instruments(pairs, labels), pairs=pairs, mention=[["data.csv"]],
                   output={"stay_inside": True, "distinct_results": len(labels), **more})


def long_ids():
    pairs = scores("sec-id-256")
    yield case("sec-id-256", "an id of 256 characters", "768 bytes, 256 characters: allowed.", "ok", "warn", harm="unsafe output", data=wide(pairs, ["患" * 256, *names(11)]), pairs=pairs, output={"terminal_max_line": 2000})
    table = wide(scores("sec-id-257"), [*names(4), "i" * 257, *names(7, "T{:02d}")])
    yield case("sec-id-257", "an id of 257 characters", "Probably a note that slipped into the column.", "error", harm="unsafe output", data=table, defects=[at(6, "subject", "i" * 257)],
               mention=[["data.csv"], ["6"], ["256", "257"]], output={"terminal_max_line": 2000})
    table = wide(scores("sec-long-cell")).set(7, "bdi_post", "9" * 40000)
    yield case("sec-long-cell", "a score of 40 000 digits", "A number beyond f64; the message cuts it.", "error", harm="unsafe output", data=table, defects=[at(7, "bdi_post")],
               mention=[["data.csv"], ["7"], ["bdi_post"]], output={"terminal_max_line": 2000})
