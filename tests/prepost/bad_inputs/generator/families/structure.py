"""Lines, records, quotes, headers, and files that are something else."""
import struct
import zlib
from statistics import mean, quantiles

from ..case import WIDE, File, at, case
from ..data import Table, quoted, scores, wide


def cases():
    yield from line_numbers()
    yield from extra_rows()
    yield from headers()
    yield from rows_of_other_length()
    yield from quotes()
    yield from separators()
    yield from other_files()


def line_numbers():
    table = wide(scores("str-cr-only-bad-cell")).set(9, "bdi_post", "l5")
    yield case("str-cr-only-bad-cell", "bad cell in a file with CR alone", "An old Mac export: to a reader that counts LF the whole file is line 1.", "error",
               files=[File(table, newline="cr")], defects=[at(9, "bdi_post", "l5")])
    table = wide(scores("str-crlf-quoted-breaks")).add("note", ["", "slept\r\nbadly", "", "called\r\non\r\nMonday", *[""] * 8], before="bdi_pre")
    table.set(9, "bdi_pre", "3O")
    yield case("str-crlf-quoted-breaks", "bad cell after quoted CRLF breaks", "Two notes hold three line breaks, so record 8 stands on line 12.", "error",
               files=[File(table, newline="crlf")], defects=[at(12, "bdi_pre", "3O")])
    pairs = scores("str-blank-lines")
    lines = wide(pairs).lines()
    yield case("str-blank-lines", "blank lines between records", "A blank line after every fourth row, and two at the end.", "ok", "warn",
               pairs=pairs, files=[File(lines[:5] + [""] + lines[5:9] + [""] + lines[9:] + ["", ""], newline="crlf")])


def extra_rows():
    def summary(id, title, wrong, place, *rows, also=("warn",), more=()):
        pairs = scores(id)
        table = wide(pairs)
        for step, row in enumerate(rows):
            table.insert(place + step, row)
        return case(id, title, wrong, "error", *also, data=table, pairs=pairs, harm="wrong number",
                    defects=[at(place + step, "subject", row[0]) for step, row in enumerate(rows)], **dict(more))

    yield summary("str-summary-heikin", "a row of means at the end ('平均')", "It parses, so n grows by one.", 14, ("平均", "31", "24"))
    yield summary("str-summary-mean-sd", "two summary rows ('Mean', 'SD')", "The SD row enters as a subject who starts at 8.", 14, ("Mean", "32.4", "25.1"), ("SD", "8.2", "9.0"))
    yield summary("str-summary-total-middle", "a subtotal in the middle", "'Total' stands after the first site's rows.", 8, ("Total", "201", "166"))
    yield summary("str-summary-n", "a row of counts ('n=12')", "Both cells are 12, as if a subject did not change.", 14, ("n=12", "12", "12"))
    yield summary("str-summary-max-min", "'Minimum' and 'Maximum' at the end", "Both parse; the means hardly move, the spread does.", 14, ("Minimum", "20", "4"), ("Maximum", "46", "44"))
    def of_all(id, statistic, places):
        return [f"{statistic([int(score) for score in column]):.{places}f}" for column in zip(*scores(id))]

    yield summary("str-summary-m-initial", "a row of means called 'M'", "'M' could be somebody's initial; its scores are the means of the others.", 14,
                  ("M", *of_all("str-summary-m-initial", mean, 2)))
    quarter = lambda which: of_all("str-summary-m-q", lambda column: quantiles(column, method="inclusive")[which], 2)
    yield summary("str-summary-m-q", "rows 'M', 'Q1' and 'Q3'", "Names that could be ids; their scores are mean and quartiles of the others.", 14,
                  ("M", *of_all("str-summary-m-q", mean, 1)), ("Q1", *quarter(0)), ("Q3", *quarter(2)))
    for id, label, title in (("fullwidth", "ＭＥＡＮ", "in full width"), ("stars", "*Mean*", "between stars"), ("bracket", "Mean [95% CI]", "with a bracket"), ("total", "Gesamtergebnis", "of a pivot table")):
        yield summary(f"str-summary-{id}", f"a row of means {title}", "It parses, so n grows by one.", 14, (label, *of_all(f"str-summary-{id}", mean, 2)))
    yield summary("str-summary-goukei", "a totals row ('合計')", "The sum of all scores as one more subject.", 14, ("合計", "384", "301"))
    pairs = scores("str-units-row")
    yield case("str-units-row", "a row of units under the header", "'(points)' under each score, 'ID' under the subject.", "error", "warn", pairs=pairs,
               data=wide(pairs).insert(2, ("ID", "(points)", "(points)")), defects=[at(2, "bdi_pre", "(points)")], mention=[["data.csv"], ["2"], ["(points)", "unit"]])
    pairs = scores("str-repeated-header")
    yield case("str-repeated-header", "the header again in the middle", "Two exports were pasted one below the other.", "error", "warn", pairs=pairs,
               data=wide(pairs).insert(8, ("subject", "bdi_pre", "bdi_post")), defects=[at(8)])
    first, second = scores("str-second-table"), scores("str-second-table-2")
    lines = wide(first).lines() + [""] + wide(second, header=("subject", "gaf_pre", "gaf_post")).lines()
    yield case("str-second-table", "another table below the first", "After a blank line a second instrument's table begins, with its own header and the same ids.", "error",
               data=lines, defects=[at(15, value="gaf_pre")], mention=[["data.csv"], ["15"]])


def headers():
    pairs = scores("str-preamble-declared")
    lines = ["Trial export 2024-03-01", "site: North, South", ""] + wide(pairs).lines()
    yield case("str-preamble-declared", "title lines before the header, declared", "The plan says that the header is on line 4; the second title line holds a comma.", "ok",
               plan={**WIDE, "header_line": 4}, pairs=pairs, files=[File(lines, header_line=4)])
    yield case("str-preamble-line-number", "a bad cell below declared title lines", "Lines are counted from the top of the file, not from the header.", "error",
               plan={**WIDE, "header_line": 4}, files=[File(["Export", "made 2024-03-01", "", *wide(scores("str-preamble-line-number")).set(6, "bdi_post", "2x").lines()], header_line=4)],
               defects=[at(9, "bdi_post", "2x")])
    pairs = scores("str-merged-header-declared")
    lines = [",BDI,"] + wide(pairs, header=("subject", "pre", "post")).lines()
    yield case("str-merged-header-declared", "two header rows, the second declared", "'BDI' was a merged cell; the plan points at line 2.", "ok",
               plan={**WIDE, "pre": "pre", "post": "post", "header_line": 2}, pairs=pairs, files=[File(lines, header_line=2)])
    table = wide(scores("str-duplicate-used")).add("bdi_post", [after for _, after in scores("str-duplicate-used-2")])
    yield case("str-duplicate-used", "two columns named bdi_post", "They hold other numbers: first or last is a guess.", "error", data=table,
               defects=[at(1, "bdi_post")])
    pairs = scores("str-duplicate-unused")
    yield case("str-duplicate-unused", "two columns named 'note', not used", "Only a name that the plan uses must be unique.", "ok", "warn", pairs=pairs,
               data=wide(pairs).add("note", ["a"] * 12).add("note", ["b"] * 12))
    pairs = scores("str-pandas-index")
    yield case("str-pandas-index", "an unnamed index column", "pandas wrote its index: the first header cell is empty.", "ok", pairs=pairs,
               data=wide(pairs).add("", [str(i) for i in range(12)], before="subject"))
    pairs = scores("str-r-write-table")
    lines = ['"subject","bdi_pre","bdi_post"'] + [f'"{i}","S{i:02d}",{a},{b}' for i, (a, b) in enumerate(pairs, 1)]
    yield case("str-r-write-table", "header one cell short (R's write.table)", "Row names have no header cell, so every name stands one column too far left.", "error", "warn",
               pairs=pairs, data=lines, defects=[at(2)], mention=[["data.csv"], ["3"], ["4"]])
    lines = ["subject,bdi_pre,bdi_post"] + [f"S{i:02d},{a},{b},{'late' if i % 4 else 'early'}" for i, (a, b) in enumerate(scores("str-unnamed-column"), 1)]
    yield case("str-unnamed-column", "a column without a name in the header", "A remark stands behind every row; nothing of it looks like R's row names.", "error", "warn",
               pairs=scores("str-unnamed-column"), data=lines, defects=[at(2)], mention=[["data.csv"], ["3"], ["4"], ["header"]], output={"terminal_forbid": ["write.table"]})
    yield case("str-header-near-miss", "a column misspelled", "The file says 'bdi_psot'; the plan 'bdi_post'.", "error",
               data=wide(scores("str-header-near-miss"), header=("subject", "bdi_pre", "bdi_psot")), defects=[at(1, "bdi_post")],
               mention=[["data.csv"], ["bdi_post"], ["bdi_psot"]])


def rows_of_other_length():
    table = wide(scores("str-long-row")).add("note", [""] * 12, before="bdi_pre")
    lines = table.lines()
    lines[6] = lines[6].replace(",,", ",tired, slept badly,")
    yield case("str-long-row", "a comma in an unquoted note", "Line 7 has 5 cells under 4 names, so the scores moved one column to the right.", "error",
               data=lines, defects=[at(7)], mention=[["data.csv"], ["7"], ["5"], ["4"]])
    pairs = scores("str-trailing-separator")
    yield case("str-trailing-separator", "every line ends with a separator", "The header too: a fourth column without name and content.", "ok", "warn", pairs=pairs,
               data=[line + "," for line in wide(pairs).lines()])
    pairs = scores("str-trailing-separator-rows")
    lines = wide(pairs).lines()
    yield case("str-trailing-separator-rows", "rows end with a separator, the header does not",
               "Each row has 4 cells, the last empty, under 3 names: pandas takes the first column for an index and shifts every name.", "error", "ok", "warn", pairs=pairs,
               data=lines[:1] + [line + "," for line in lines[1:]], defects=[at(2)], mention=[["data.csv"], ["3"], ["4"]])
    pairs = scores("str-short-rows-two")
    lines = wide(pairs).add("site", ["N"] * 12, before="bdi_pre").lines()
    lines[3], lines[8] = lines[3].replace(",N", ""), lines[8].replace(",N", "")
    yield case("str-two-short-rows", "two rows with one cell missing", "Both lines are to be named in one run.", "error",
               data=lines, defects=[at(4), at(9)], mention=[["data.csv"], ["4"], ["9"], ["3"]])


def quotes():
    def noted(id, line, text):
        pairs = scores(id)
        lines = wide(pairs).add("note", ["fine"] * 12, before="bdi_pre").lines()
        lines[line - 1] = lines[line - 1].replace("fine", text)
        return pairs, lines

    lines = wide(scores("str-quote-own-line")).lines()
    yield case("str-quote-own-line", "a quote that opens on a line of its own", "A stray quote above and one inside an id: three people become one id with line breaks.", "error",
               harm="lost rows", data=lines[:4] + ['"'] + lines[4:6] + ['S06"' + lines[6][3:]] + lines[7:], defects=[at(5, "subject")], mention=[["data.csv"], ["5"], ["quote"]])
    _, lines = noted("str-quote-unclosed", 6, '"fine')
    yield case("str-quote-unclosed", "a quote that never closes", "The rest of the file becomes one cell; a reader that forgives it loses eight subjects.", "error",
               harm="lost rows", data=lines, defects=[at(6, "note", '"fine')], mention=[["data.csv"], ["6"], ["quote"]])
    pairs, lines = noted("str-quote-then-text", 7, '"fine" today')
    yield case("str-quote-then-text", "text after a closing quote", "'\"fine\" today' is no cell of RFC 4180.", "error", "ok", "warn",
               data=lines, pairs=pairs, defects=[at(7)])
    pairs, lines = noted("str-quote-inside", 5, '5" scar')
    yield case("str-quote-inside", "an inch mark inside an unquoted cell", "The quote does not begin the cell, so it is a letter.", "ok", "warn", "error",
               data=lines, pairs=pairs, mention=[["data.csv"]])
    _, lines = noted("str-quote-swallows", 4, '"fine')
    lines[6] = lines[6].replace("fine", 'fine"')
    yield case("str-quote-swallows", "a note opened on line 4 and closed on line 7", "The cell between the quotes holds whole records; the row has the right number of cells and another subject's scores.", "error",
               harm="lost rows", data=lines, defects=[at(4, "note", '"fine')], mention=[["data.csv"], ["4", "7"]])
    pairs = scores("str-quoted-padded")
    lines = wide(pairs).lines(every=True)
    lines[4] = f'"S04"," {pairs[3][0]} ","{pairs[3][1]} "'
    yield case("str-quoted-padded", "blanks inside quoted numbers", "'\" 23 \"' is 23.", "ok", "warn", data=lines, pairs=pairs)
    pairs = scores("str-quoted-separators")
    notes = ["a, b", "say \"yes\"", "line one\nline two", "", "x;y", "tab\there", *[""] * 6]
    yield case("str-quoted-separators", "separators, quotes and a break inside notes", "All quoted as RFC 4180 asks.", "ok", pairs=pairs,
               data=wide(pairs).add("note", notes, before="bdi_pre"))


def separators():
    pairs = scores("str-tab-undeclared")
    yield case("str-tab-undeclared", "tab separated, not declared", "Notes hold commas, so ',' appears more often than the tab in some rows.", "ok", "error", pairs=pairs,
               files=[File(wide(pairs).add("note", ["a,b,c,d"] * 12), separator="\t")], mention=[["data.csv"], ["tab", "separator", "delimiter"]])
    pairs = scores("str-sep-comma-bom")
    yield case("str-sep-comma-bom", "BOM, then 'sep=,'", "Excel's hint behind a byte-order mark.", "ok", "error", pairs=pairs,
               files=[File(["sep=,"] + wide(pairs).lines(), bom=True, newline="crlf", header_line=2, more={"sep_line": True})], mention=[["data.csv"]])
    yield case("str-two-separators", "';' in some rows, ',' in others", "Rows of two exports were pasted together: lines 8 to 13 use ';'.", "error",
               data=[line if i < 7 else line.replace(",", ";") for i, line in enumerate(wide(scores("str-two-separators")).lines())],
               defects=[at(8)], mention=[["data.csv"], ["8"]])


def other_files():
    def other(id, title, wrong, data, *words, also=(), pairs=None):
        return case(id, title, wrong, "error", *also, data=data, pairs=pairs, harm="crash",
                    mention=[["data.csv"]] + ([list(words)] if words else []))

    yield other("str-empty-file", "a file of 0 bytes", "The download failed.", b"", "empty", "0 bytes")
    yield other("str-whitespace-only", "blanks and line ends only", "Nothing that could be a header.", b"  \r\n\t\r\n \r\n", "empty", "blank", "header", "no ")
    page = ["<!DOCTYPE html>", "<html lang=\"en\"><head><title>Log in</title></head>", "<body><form action=\"/login\" method=\"post\">",
            "<input name=\"user\"><input name=\"password\" type=\"password\">", "</form></body></html>"]
    yield other("str-html-login", "a login page saved as CSV", "The session had expired when the script downloaded the data.", page, "HTML", "html", "web page")
    yield other("str-html-table", "an HTML table named .csv", "'Export to Excel' of many web systems writes HTML.",
                ["<table>", "<tr><th>subject</th><th>bdi_pre</th><th>bdi_post</th></tr>", "<tr><td>S01</td><td>31</td><td>22</td></tr>", "</table>"], "HTML", "html", "web page")
    yield other("str-json-array", "JSON records saved as CSV", "The API was asked for json, not csv.",
                ['[{"subject":"S01","bdi_pre":"31","bdi_post":"22"},', '{"subject":"S02","bdi_pre":"25","bdi_post":"12"}]'], "JSON", "json")
    yield other("str-pdf", "a PDF named .csv", "'Print to file' was chosen.",
                b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n", "PDF")
    pairs = scores("str-gzip")
    yield other("str-gzip", "a gzip file named .csv", "1F 8B: say that it is compressed, not that the encoding is unknown.",
                gzip("".join(line + "\n" for line in wide(pairs).lines()).encode()), "gzip", "gz", "compressed", "archive", also=("ok", "warn"), pairs=pairs)
    yield other("str-one-column", "everything in one quoted cell a line", "Excel wrote each record as one cell: '\"S01,31,22\"'.",
                [quoted(line) for line in wide(scores("str-one-column")).lines()], "subject", "bdi_pre", "one column", "1 column")
    yield other("str-error-text", "an error text saved as CSV", "'ERROR: You do not have permissions to use the API'.",
                ["ERROR: You do not have permissions to use the API"])


def gzip(data):
    """A gzip member with one stored block: the same bytes from every version of zlib."""
    block = b"\x01" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block + struct.pack("<II", zlib.crc32(data), len(data))
